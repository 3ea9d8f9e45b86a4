"""Worst grade, onset and resolution for a whole table of grades at once. Twin of `episodes.py`,
which says what the words mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.medicine.ctcae.episodes import Level
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    import polars as pl

__all__ = ["shift_frame", "summarize_frame"]

_KEYS = ["participant", "term"]


@literals_checked
def summarize_frame(frame: pl.DataFrame, *, resolved_to: Level = "zero") -> pl.DataFrame:
    """One row per participant and term that was graded, sorted by both, with the fields of `Episode` as columns.

    Needs `participant`, `term`, `day` (Date), `grade`; `first_treatment` (Date, the same within a participant) if any.
    """
    import polars as pl

    day, grade = pl.col("day"), pl.col("grade")
    if "first_treatment" not in frame.columns:
        frame = frame.with_columns(first_treatment=pl.lit(None, dtype=pl.Date))
    known = frame.filter(grade.is_not_null()).with_columns(grade.cast(pl.Int8))
    daily = known.group_by([*_KEYS, "day"]).agg(grade.max(), pl.col("first_treatment").first()).sort([*_KEYS, "day"])
    during = pl.col("first_treatment").is_null() | (day > pl.col("first_treatment"))
    level = {"zero": pl.lit(0, pl.Int8), "one": pl.lit(1, pl.Int8), "baseline": pl.col("floor")}[resolved_to]
    facts = (
        daily.group_by(_KEYS, maintain_order=True)
        .agg(
            baseline=grade.filter(~during).last(),
            worst=grade.filter(during).max(),
            last_day=day.filter(during).last(),
        )
        .with_columns(floor=pl.col("baseline").fill_null(0))
        .with_columns(
            emergent=(pl.col("worst") > pl.col("floor")).fill_null(value=False),
            level=pl.min_horizontal(level, pl.col("worst") - 1),
        )
    )
    told = daily.filter(during).join(facts.filter(pl.col("emergent")), on=_KEYS)
    events = told.group_by(_KEYS).agg(
        onset=day.filter(grade > pl.col("floor")).min(),
        worst_on=day.filter(grade == pl.col("worst")).min(),
        last_above=day.filter(grade > pl.col("level")).max(),
    )
    after = told.join(events, on=_KEYS).filter(day > pl.col("last_above")).group_by(_KEYS).agg(resolved_on=day.min())
    return (
        facts.join(events, on=_KEYS, how="left")
        .join(after, on=_KEYS, how="left")
        .with_columns(
            duration_days=(pl.coalesce("resolved_on", "last_day") - pl.col("onset")).dt.total_days(),
            ongoing=pl.col("emergent") & pl.col("resolved_on").is_null(),
        )
        .select(*_KEYS, "baseline", "worst", "onset", "worst_on", "resolved_on", "duration_days", "ongoing", "emergent")
        .sort(_KEYS)
    )


def shift_frame(episodes: pl.DataFrame) -> pl.DataFrame:
    """Participants by term, grade at baseline and worst grade afterwards."""
    import polars as pl

    keys = ["term", "baseline", "worst"]
    return episodes.group_by(keys).agg(participants=pl.len()).sort(keys, nulls_last=False)
