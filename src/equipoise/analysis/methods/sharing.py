"""Shares of participants, said and printed as percentages: what proportions, milestones and incidences share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.saying import POINTS, estimate_cells, estimated, with_p

if TYPE_CHECKING:
    from equipoise.analysis.methods.method import Both
    from equipoise.wording import Language

__all__ = ["share_at_day", "share_cells", "share_sentence"]


def share_sentence(r: Mapping[str, Any], what: Both, alpha: float | None) -> Both:
    """`what` with its percentage, or its difference in percentage points."""
    return with_p(r, estimated(r, what, 1, 100, "%"), alpha)


def share_at_day(r: Mapping[str, Any], group: Both, reference: Both, what: Both) -> Both:
    """Of whom, and at which day; `what` of one group, the same words for every difference."""
    day = f"{r['at_days']:g}"
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
