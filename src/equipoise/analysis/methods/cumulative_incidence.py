"""Cumulative incidence at each planned day by group, competing events respected, and differences from the reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.sharing import share_at_day, share_cells, share_sentence
from equipoise.analysis.pieces import Piece, both, contrasts, only, parts_of, place_of
from equipoise.analysis.words import warning
from equipoise.endpoints.dating import COMPETING
from equipoise.estimands import planned_method
from equipoise.findings import Refusal

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis

__all__ = ["CUMULATIVE_INCIDENCE"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    from equipoise.survival import estimate_cumulative_incidence

    if not analysis.at_days:
        raise Refusal(warning("analysis.not_estimated/at_days", place_of(analysis)))
    found: list[Piece] = []
    estimates: dict[float, list[tuple[str | None, float, float]]] = {day: [] for day in analysis.at_days}
    for group, rows in parts_of(selected):
        time, status = rows["time_days"].to_numpy(), rows["status"].to_numpy()
        points = estimate_cumulative_incidence(time, status, analysis.at_days, confidence=analysis.confidence)
        for day, at in zip(analysis.at_days, points, strict=True):
            estimates[day].append((group, at.estimate, at.standard_error))
            values = {
                "group": group,
                "quantity": "estimate",
                "at_days": day,
                "estimate": at.estimate,
                "standard_error": at.standard_error,
                "ci_lower": at.ci_lower,
                "ci_upper": at.ci_upper,
                "conf_type": "log",
                "competing": int((rows["status"] == COMPETING).sum()),
            }
            found.append(Piece(values, f"{group}.day_{day:g}" if group else f"day_{day:g}", only(group)))
    return found + [
        Piece(values | {"at_days": day}, f"{values['group']}_difference.day_{day:g}", both(values))
        for day, known in estimates.items()
        for values in contrasts(known, analysis)
    ]


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
