"""Cumulative incidence at each planned day by group, competing events respected, and differences from the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.sharing import at_each_day, share_at_day, share_cells, share_sentence
from equipoise.endpoints.dating import COMPETING
from equipoise.estimands import planned_method

if TYPE_CHECKING:
    import polars as pl

    from equipoise.analysis.pieces import Piece, Selected
    from equipoise.estimands import Analysis

__all__ = ["CUMULATIVE_INCIDENCE"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    import polars as pl

    from equipoise.survival import estimate_cumulative_incidence

    def estimate(rows: pl.DataFrame, day: float) -> Any:
        time, status = rows["time_days"].to_numpy(), rows["status"].to_numpy()
        return estimate_cumulative_incidence(time, status, [day], confidence=analysis.confidence)[0]

    def competing(piece: Piece) -> Piece:
        rows = selected.rows
        if group := piece.values["group"]:
            rows = rows.filter(pl.col("group") == group)
        count = int((rows["status"] == COMPETING).sum())
        return replace(piece, values={**piece.values, "competing": count})

    pieces = at_each_day(selected, analysis, estimate)
    return [competing(piece) if piece.values["quantity"] == "estimate" else piece for piece in pieces]


def _sentence(r: Mapping[str, Any], names: GroupNames, alpha: float | None) -> Both:
    words = (
        "with the event by day {day}, competing events counted as such",
        "至第 {day} 天的累积发生率（考虑竞争事件）",
    )
    what = share_at_day(r, names(r.get("group")), names(r.get("reference")), words)
    return share_sentence(r, what, alpha)


CUMULATIVE_INCIDENCE = AnalysisMethod(
    id="cumulative_incidence",
    label=planned_method("cumulative_incidence").label,
    perform=_perform,
    sentence=_sentence,
    cells=share_cells,
)
