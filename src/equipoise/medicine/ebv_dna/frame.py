"""EBV DNA for whole frames: the same results and patterns as one by one (tests/twins).

`result_frame` answers each row, `clearance_frame` each participant. Polars is imported inside, for whoever only reads a
form.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from equipoise.medicine.ebv_dna.clearance import PHASES

if TYPE_CHECKING:
    import polars as pl

__all__ = ["clearance_frame", "result_frame"]


def result_frame(frame: pl.DataFrame, threshold: float = 0.0) -> pl.DataFrame:
    """The frame with status, copies_per_ml, lod_copies_per_ml and reached added, as `derive_result` and `reaches` say.

    It has value, unit, detected, lod, loq and copies_per_iu; and, for results per reaction, copies_per_reaction,
    elution_ul, pcr_ul and plasma_ml. A column that is absent is not known anywhere.
    """
    import polars as pl

    def number(name: str) -> pl.Expr:
        return pl.col(name).cast(pl.Float64) if name in frame.columns else pl.lit(None, dtype=pl.Float64)

    def sound(name: str) -> pl.Expr:
        column = number(name)
        return pl.when(column.is_finite() & (column > 0)).then(column)

    unit, detected = pl.col("unit"), pl.col("detected")
    factor = sound("copies_per_iu")

    def in_copies(value: pl.Expr) -> pl.Expr:
        return pl.when(unit == "copies_per_ml").then(value).when(unit == "iu_per_ml").then(value * factor)

    copies = number("copies_per_reaction")
    computed = (
        pl.when(copies.is_finite() & (copies >= 0))
        .then(copies * (sound("elution_ul") / sound("pcr_ul")) / sound("plasma_ml"))
        .alias("computed")
    )
    lod, loq = sound("lod"), sound("loq")
    use = number("value").is_null() & pl.col("computed").is_not_null()
    prepared = frame.with_columns(computed).select(
        pl.when(use).then("computed").otherwise(number("value")).alias("value"),
        detected.cast(pl.Boolean).alias("detected"),
        pl.when(use).then(in_copies(lod)).otherwise(lod).alias("lod"),
        pl.when(use).then(in_copies(loq)).otherwise(loq).alias("loq"),
        pl.when(use).then("computed").otherwise(in_copies(number("value"))).alias("copies"),
        in_copies(lod).alias("lod_copies"),
    )
    answers = _answers(prepared, threshold)
    return frame.with_columns(answers.get_columns())


def _answers(prepared: pl.DataFrame, threshold: float) -> pl.DataFrame:
    import polars as pl

    value, detected, lod = pl.col("value"), pl.col("detected"), pl.col("lod")
    below_lod = (value < lod).fill_null(value=False)
    below_loq = (value < pl.col("loq")).fill_null(value=False)
    yes, no = detected.fill_null(value=False), ~detected.fill_null(value=True)
    status = (
        pl.when(value.is_not_null() & ~((value >= 0) & value.is_finite()))
        .then(pl.lit("not_known"))
        .when(no)
        .then(
            pl.when(value.is_null() | (value == 0) | below_lod)
            .then(pl.lit("not_detected"))
            .otherwise(pl.lit("not_known"))
        )
        .when(value == 0)
        .then(pl.when(yes).then(pl.lit("not_known")).otherwise(pl.lit("not_detected")))
        .when(value.is_null())
        .then(
            pl.when(~yes)
            .then(pl.lit("not_known"))
            .when(pl.col("loq").is_null())
            .then(pl.lit("detected"))
            .otherwise(pl.lit("below_quantification"))
        )
        .when(~yes & (lod.is_null() | below_lod))
        .then(pl.lit("not_known"))
        .when(below_lod | below_loq)
        .then(pl.lit("below_quantification"))
        .otherwise(pl.lit("detected"))
    )
    copies = (
        pl.when(pl.col("status") == "not_detected")
        .then(0.0)
        .when(pl.col("status") != "not_known")
        .then(pl.col("copies"))
    )
    lowest = pl.lit(value=True) if threshold <= 0 else (pl.col("lod_copies") <= threshold).fill_null(value=False)
    there = pl.lit(value=True) if threshold <= 0 else pl.col("copies_per_ml") >= threshold
    reached = (
        pl.when(pl.col("status") == "not_detected")
        .then(pl.when(lowest).then(pl.lit(value=False)))
        .when(pl.col("status") != "not_known")
        .then(there)
    )
    return (
        prepared.with_columns(status.alias("status"))
        .with_columns(copies.alias("copies_per_ml"))
        .select("status", "copies_per_ml", pl.col("lod_copies").alias("lod_copies_per_ml"), reached.alias("reached"))
    )


def clearance_frame(samples: pl.DataFrame, planned: Collection[str] = PHASES) -> pl.DataFrame:
    """One row per participant, in order of first appearance: state, cleared_on, pattern, lowest and rebound.

    `samples` has participant, day, phase, reached and copies_per_ml, each participant's in their order.
    """
    import polars as pl

    phase, reached, place = pl.col("phase"), pl.col("reached"), pl.int_range(pl.len())
    known = reached.is_not_null()
    base = reached.filter(known & (phase == "baseline")).last().alias("base")
    after = known & (phase != "baseline")
    first = place.filter(after & ~reached).first()
    seen = after & (place < first).fill_null(value=True)
    each = samples.group_by("participant", maintain_order=True).agg(
        base,
        (phase != "baseline").any().alias("begun"),
        first.alias("first"),
        pl.col("day").filter(after & ~reached).first().alias("day"),
        phase.filter(after & ~reached).first().alias("cleared_in"),
        (after & reached & (place > first)).any().alias("rebound"),
        reached.filter(after).last().alias("latest"),
        pl.col("copies_per_ml").filter(known).min().alias("lowest"),
        *((seen & (phase == name)).any().alias(f"seen_{name}") for name in PHASES),
    )
    return each.select("participant", *_clearance(planned))


def _clearance(planned: Collection[str]) -> list[pl.Expr]:
    import polars as pl

    base, cleared = pl.col("base"), pl.col("first").is_not_null()
    rebound, positive = pl.col("rebound"), pl.col("base").fill_null(value=False)
    state = (
        pl.when(base.is_null())
        .then(pl.lit("not_known"))
        .when(~base)
        .then(pl.lit("uninformative"))
        .when(~cleared)
        .then(pl.lit("not_cleared"))
        .when(pl.col("latest"))
        .then(pl.lit("rebound"))
        .otherwise(pl.lit("cleared"))
    )
    pattern = (
        pl.when(base.is_null())
        .then(pl.when("begun").then(pl.lit("not_assessable")))
        .when(~base)
        .then(pl.lit("baseline_negative"))
        .when(~cleared)
        .then(pl.when("seen_late").then(pl.lit("persistent")))
        .when(rebound)
        .then(pl.lit("rebound"))
    )
    unseen = pl.lit(value=False)
    for name in PHASES:
        here = pl.when(unseen).then(pl.lit("not_assessable")).otherwise(pl.lit(name))
        pattern = pattern.when(pl.col("cleared_in") == name).then(here)
        if name in planned:
            unseen = unseen | ~pl.col(f"seen_{name}")
    pattern = pattern.when("seen_late").then(pl.lit("persistent"))
    return [
        state.alias("state"),
        pl.when(positive).then("day").alias("cleared_on"),
        pattern.otherwise(pl.lit("not_assessable")).alias("pattern"),
        pl.col("lowest"),
        pl.when(positive).then(cleared & rebound).alias("rebound"),
    ]
