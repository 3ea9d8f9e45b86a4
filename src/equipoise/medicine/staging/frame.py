"""Both stages for a whole frame: every combination is answered once by the plain functions, then looked up.

Promises the answers of `derive_stages`, row by row (tests/twins). Polars is imported inside, for whoever only reads a
form.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from equipoise.medicine.staging.groups import LESIONS_M1A_MAX, derive_stages
from equipoise.medicine.staging.tables import M_8, N, T

if TYPE_CHECKING:
    import polars as pl

__all__ = ["stage_frame"]

# One count of lesions for each answer that a count can make: impossible, few, many.
_COUNTS = (0, 1, LESIONS_M1A_MAX + 1)


@cache
def _answers() -> pl.DataFrame:
    import polars as pl

    rows = [
        (*known, found.stage_8, found.stage_9, found.n_9, found.m_9)
        for known in product((None, *T), (None, *N), (None, *M_8), (None, False, True), (None, *_COUNTS))
        for found in [derive_stages(*known)]
    ]
    text = pl.String()
    schema = {
        "t": text,
        "n": text,
        "m": text,
        "ene": pl.Boolean(),
        "_count": pl.Int64(),
        "stage_8": text,
        "stage_9": text,
        "n_9": text,
        "m_9": text,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def stage_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with stage_8, stage_9, n_9 and m_9 added.

    It has t, n, m (text), ene (boolean) and metastatic_lesions (whole number), null where not known.
    """
    import polars as pl

    lesions = pl.col("metastatic_lesions")
    count = (
        pl.when(lesions < 1)
        .then(_COUNTS[0])
        .when(lesions <= LESIONS_M1A_MAX)
        .then(_COUNTS[1])
        .when(lesions > LESIONS_M1A_MAX)
        .then(_COUNTS[2])
        .cast(pl.Int64())
        .alias("_count")
    )
    keys = ["t", "n", "m", "ene", "_count"]
    return (
        frame.with_columns(count)
        .join(_answers(), on=keys, how="left", nulls_equal=True, maintain_order="left")
        .drop("_count")
    )
