"""Shares of participants, said and printed as percentages: what proportions, milestones and incidences share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.saying import POINTS, estimate_cells, estimated, with_p
from equipoise.analysis.pieces import estimates_at, place_of
from equipoise.analysis.words import warning
from equipoise.findings import Refusal
from equipoise.numerals import day_text

if TYPE_CHECKING:
    import polars as pl

    from equipoise.analysis.methods.method import Both
    from equipoise.analysis.pieces import Piece, Selected
    from equipoise.estimands import Analysis
    from equipoise.wording import Language

__all__ = ["at_each_day", "share_at_day", "share_cells", "share_sentence"]


def at_each_day(selected: Selected, analysis: Analysis, estimate: Callable[[pl.DataFrame, float], Any]) -> list[Piece]:
    """What is estimated of each group at each planned day, and the differences; each day once."""
    if not analysis.at_days:
        raise Refusal(warning("analysis.not_estimated/at_days", place_of(analysis)))
    days = dict.fromkeys(analysis.at_days)
    return estimates_at(selected, analysis, days, estimate, lambda day: (f".day_{day_text(day)}", {"at_days": day}))


def share_sentence(r: Mapping[str, Any], what: Both, alpha: float | None) -> Both:
    """`what` with its percentage, or its difference in percentage points."""
    return with_p(r, estimated(r, what, 1, 100, "%"), alpha)


def share_at_day(r: Mapping[str, Any], group: Both, reference: Both, what: Both) -> Both:
    """Of whom, and at which day; `what` of one group, the same words for every difference."""
    day = day_text(r["at_days"])
    if r["quantity"] == "difference":
        return (
            f"Difference at day {day}, {group[0]} minus {reference[0]}:",
            f"第 {day} 天的差值，{group[1]}减{reference[1]}：",
        )
    return f"{group[0]}: {what[0].format(day=day)}", f"{group[1]}：{what[1].format(day=day)}"


def share_cells(r: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """A percentage, or percentage points."""
    unit = POINTS[language == "zh"] if r["quantity"] == "difference" else "%"
    return estimate_cells(r, language, 1, 100, unit)
