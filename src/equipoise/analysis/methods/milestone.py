"""Survival at each planned day by group, and differences from the reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.sharing import at_each_day, share_at_day, share_cells, share_sentence
from equipoise.estimands import planned_method

if TYPE_CHECKING:
    import polars as pl

    from equipoise.analysis.pieces import Piece, Selected
    from equipoise.estimands import Analysis

__all__ = ["MILESTONE"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    from equipoise.survival import estimate_milestone

    def estimate(rows: pl.DataFrame, day: float) -> Any:
        time, event = rows["time_days"].to_numpy(), rows["event"].to_numpy()
        return estimate_milestone(time, event, day, confidence=analysis.confidence, conf_type=analysis.conf_type)

    return at_each_day(selected, analysis, estimate)


def _sentence(r: Mapping[str, Any], names: GroupNames, alpha: float | None) -> Both:
    words = "without the event at day {day}", "第 {day} 天未发生事件的比例"
    what = share_at_day(r, names(r.get("group")), names(r.get("reference")), words)
    return share_sentence(r, what, alpha)


MILESTONE = AnalysisMethod(
    id="milestone",
    label=planned_method("milestone").label,
    perform=_perform,
    sentence=_sentence,
    cells=share_cells,
)
