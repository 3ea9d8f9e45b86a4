"""A frame of stages is the plain function row by row; there is no tolerance."""

from itertools import product

import polars as pl

from equipoise.medicine.staging import derive_stages
from equipoise.medicine.staging.frame import stage_frame
from equipoise.medicine.staging.tables import M_8, N, T

NAMES = ("t", "n", "m", "ene", "metastatic_lesions")
ROWS = list(product((None, *T), (None, *N), (None, *M_8), (None, True, False), (None, -1, 0, 1, 2, 3, 4, 50)))


def framed(rows):
    types = (pl.String, pl.String, pl.String, pl.Boolean, pl.Int64)
    return stage_frame(pl.DataFrame(rows, schema=dict(zip(NAMES, types, strict=True)), orient="row"))


def apart(rows, plain):
    """Rows on which the frame and the plain function differ."""
    found = framed(rows).select("stage_8", "stage_9", "n_9", "m_9").rows()
    said = [(s.stage_8, s.stage_9, s.n_9, s.m_9) for s in (plain(*row) for row in rows)]
    return [row for row, a, b in zip(rows, found, said, strict=True) if a != b]


def test_a_frame_of_every_combination_is_the_plain_function_in_the_same_order():
    assert apart(ROWS, derive_stages) == []
    assert framed(ROWS).select(NAMES).rows() == ROWS


def test_control_another_limit_of_lesions_is_noticed():
    def stricter(t, n, m, ene, lesions):
        return derive_stages(t, n, m, ene, None if lesions is None else lesions + 1)

    assert {row[4] for row in apart(ROWS, stricter) if row[2] == "M1"} == {0, 3}
