"""Kaplan-Meier: the curve of each group, with its median."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.curves import curve_pieces, median_cells
from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.saying import NOT_REACHED, UNITS
from equipoise.estimands import planned_method
from equipoise.numerals import percent_text, time_text

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Piece, Selected
    from equipoise.estimands import Analysis

__all__ = ["KAPLAN_MEIER"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    from equipoise.survival import estimate_kaplan_meier

    return curve_pieces(selected, analysis, estimate_kaplan_meier, drawn=True)


def _sentence(r: Mapping[str, Any], names: GroupNames, _alpha: float | None) -> Both:
    unit = r["display_unit"]
    median, low, high = (time_text(r[k], unit) for k in ("median", "median_lower", "median_upper"))
    who, words, level = names(r.get("group")), UNITS[unit], percent_text(r["confidence"])
    counts = f"{r['events']} of {r['n']}", f"{r['n']} 例中 {r['events']} 例发生事件"
    if r["median"] is None:
        return (
            f"{who[0]}: {counts[0]} had the event; the median was not reached.",
            f"{who[1]}：{counts[1]}；未达到中位数。",
        )
    ends = (high, high) if r["median_upper"] is not None else NOT_REACHED
    limits = f"{level} CI {low} to {ends[0]}", f"{level} CI {low} 至 {ends[1]}"
    if r["median_lower"] is None and r["median_upper"] is None:
        limits = f"no {level} CI", f"无 {level} CI"
    return (
        f"{who[0]}: {counts[0]} had the event; median {median} {words[0]} ({limits[0]}).",
        f"{who[1]}：{counts[1]}；中位数 {median} {words[1]}（{limits[1]}）。",
    )


KAPLAN_MEIER = AnalysisMethod(
    id="kaplan_meier",
    label=planned_method("kaplan_meier").label,
    perform=_perform,
    sentence=_sentence,
    cells=median_cells,
)
