"""Scores of many questionnaires at once. Twin of `scoring.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.medicine.quality_of_life.scales import ScoredScale, instrument_of
from equipoise.medicine.quality_of_life.scoring import NOT_IN_SUMMARY

if TYPE_CHECKING:
    import polars as pl

__all__ = ["score_frame"]


def score_frame(
    frame: pl.DataFrame, instrument: str, *, item_prefix: str = "q", score_prefix: str = ""
) -> pl.DataFrame:
    """A column of scores for each scale beside the answers (`q1`, `q2`, ...);
    an item without a column was not asked.
    """
    import polars as pl

    of = instrument_of(instrument)
    scored = frame.with_columns(
        _score(scale, frame.columns, item_prefix).alias(score_prefix + scale.id) for scale in of.scales
    )
    if instrument != "qlq_c30":
        return scored
    parts = [
        pl.col(score_prefix + scale.id) if scale.high_is_good else 100 - pl.col(score_prefix + scale.id)
        for scale in of.scales
        if scale.id not in NOT_IN_SUMMARY
    ]
    total = pl.sum_horizontal(parts, ignore_nulls=False) / len(parts)
    return scored.with_columns(total.alias(f"{score_prefix}summary"))


def _score(scale: ScoredScale, columns: list[str], prefix: str) -> pl.Expr:
    import polars as pl

    answers = [pl.col(f"{prefix}{item}").cast(pl.Float64) for item in scale.items if f"{prefix}{item}" in columns]
    if not answers:
        return pl.lit(None, dtype=pl.Float64)
    given = [pl.when(one.is_between(scale.lowest, scale.highest)).then(one) for one in answers]
    count = pl.sum_horizontal([one.is_not_null().cast(pl.Int32) for one in given])
    share = (pl.sum_horizontal(given) - count * scale.lowest) / (count * (scale.highest - scale.lowest))
    score = 100 * (1 - share) if scale.kind == "function" else 100 * share
    return pl.when((count > 0) & (2 * count >= len(scale.items))).then(score)
