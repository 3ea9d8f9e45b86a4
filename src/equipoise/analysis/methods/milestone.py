"""Survival at each planned day by group, and differences from the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.sharing import share_at_day, share_cells, share_sentence
from equipoise.analysis.pieces import Piece, both, contrasts, only, parts_of, place_of
from equipoise.analysis.words import warning
from equipoise.estimands import planned_method
from equipoise.findings import Finding, Refusal
from equipoise.words import Words

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis

__all__ = ["MILESTONE"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    from equipoise.survival import estimate_milestone

    if not analysis.at_days:
        raise Refusal(warning("analysis.not_estimated/at_days", place_of(analysis)))
    found: list[Piece] = []
    unknown: list[Finding] = []
    parts = parts_of(selected)
    for day in analysis.at_days:
        estimates = []
        for group, rows in parts:
            time = rows["time_days"].to_numpy().astype(float)
            event = rows["event"].to_numpy().astype("int64")
            try:
                at = estimate_milestone(time, event, day, confidence=analysis.confidence, conf_type=analysis.conf_type)
            except Refusal as refusal:  # early in a trial, nobody has been followed until the later days
                unknown += [_about(finding, group, analysis) for finding in refusal.findings]
                continue
            estimates.append((group, float(at.estimate), float(at.standard_error)))
            values = {
                "group": group,
                "quantity": "estimate",
                "at_days": day,
                "estimate": float(at.estimate),
                "standard_error": float(at.standard_error),
                "ci_lower": float(at.ci_lower),
                "ci_upper": float(at.ci_upper),
                "conf_type": analysis.conf_type,
            }
            found.append(Piece(values, f"{group}.day_{day:g}" if group else f"day_{day:g}", only(group)))
        if len(estimates) == len(parts):
            found += [
                Piece(values | {"at_days": day}, f"{values['group']}_difference.day_{day:g}", both(values))
                for values in contrasts(estimates, analysis)
            ]
    if not found:
        raise Refusal(unknown)
    return [replace(piece, findings=tuple(unknown)) for piece in found]


def _about(finding: Finding, group: str | None, analysis: Analysis) -> Finding:
    """The same finding, as a note on one group of an analysis."""
    words = finding.words
    if group:
        (what, *more), (what_zh, *more_zh) = words.en, words.zh
        words = Words((f"{{group}}: {what}", *more), (f"{{group}}：{what_zh}", *more_zh))  # type: ignore[arg-type]
    facts = {**finding.facts, "group": group}
    return replace(finding, where=place_of(analysis), words=words, facts=facts, severity="warning")


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
