"""Length of follow-up: Kaplan-Meier with event and censoring exchanged (Schemper and Smith 1996)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.curves import curve_pieces, median_cells
from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.saying import UNITS
from equipoise.estimands import planned_method
from equipoise.numerals import time_text

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Piece, Selected
    from equipoise.estimands import Analysis

__all__ = ["REVERSE_KAPLAN_MEIER"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    from equipoise.survival import estimate_follow_up

    return curve_pieces(selected, analysis, estimate_follow_up, drawn=False)


def _sentence(r: Mapping[str, Any], names: GroupNames, _alpha: float | None) -> Both:
    who, words = names(r.get("group")), UNITS[r["display_unit"]]
    if r["median"] is None:
        return (
            f"{who[0]}: median follow-up was not reached (reverse Kaplan-Meier).",
            f"{who[1]}：中位随访时间未达到（反向 Kaplan-Meier 法）。",
        )
    median = time_text(r["median"], r["display_unit"])
    return (
        f"{who[0]}: median follow-up {median} {words[0]} (reverse Kaplan-Meier).",
        f"{who[1]}：中位随访时间 {median} {words[1]}（反向 Kaplan-Meier 法）。",
    )


REVERSE_KAPLAN_MEIER = AnalysisMethod(
    id="reverse_kaplan_meier",
    label=planned_method("reverse_kaplan_meier").label,
    perform=_perform,
    sentence=_sentence,
    cells=median_cells,
    counts_events=False,  # here an event is the end of follow-up, and no death
)
