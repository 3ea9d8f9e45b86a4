"""Curves and what is read from them: medians, follow-up, restricted mean time, survival at a day.

Translates between the words of results.json and the estimators of `survival`. Raises ValueError or Refusal when the
data do not allow the estimate.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from equipoise.analysis.parts import Part, arrays_of, contrasts, parts_of
from equipoise.findings import Finding, Refusal, Where, prose

if TYPE_CHECKING:
    import polars as pl

    from equipoise.analysis.selection import Selection
    from equipoise.estimands import Analysis

__all__ = [
    "estimate_curves",
    "estimate_follow_up_time",
    "estimate_incidences",
    "estimate_milestones",
    "estimate_restricted_means",
]


def estimate_curves(selection: Selection, analysis: Analysis, *, reverse: bool = False) -> list[Part]:
    """Kaplan-Meier by group, with the median and its interval (days)."""
    found = []
    for group, rows in parts_of(selection):
        curve = _curve(rows, analysis, reverse=reverse)
        values = {
            "group": group,
            "conf_type": analysis.conf_type,
            "median": _known(curve.median),
            "median_lower": _known(curve.median_lower),
            "median_upper": _known(curve.median_upper),
            "ci_lower": _known(curve.median_lower),
            "ci_upper": _known(curve.median_upper),
        }
        groups = None if group is None else (group,)
        found.append(Part(values, group or "", groups, curve=None if reverse else curve))
    return found


def estimate_follow_up_time(selection: Selection, analysis: Analysis) -> list[Part]:
    """Follow-up by group, reverse Kaplan-Meier."""
    return estimate_curves(selection, analysis, reverse=True)


def _curve(rows: pl.DataFrame, analysis: Analysis, *, reverse: bool) -> Any:
    import numpy as np

    from equipoise.survival import estimate_follow_up, estimate_kaplan_meier

    time = rows["time_days"].to_numpy().astype(np.float64)
    event = rows["event"].to_numpy().astype(np.int64)
    estimate = estimate_follow_up if reverse else estimate_kaplan_meier
    return estimate(time, event, confidence=analysis.confidence, conf_type=analysis.conf_type)


def _known(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def estimate_restricted_means(selection: Selection, analysis: Analysis) -> list[Part]:
    """Restricted mean time by group until `tau` (days), and differences from the reference."""
    from equipoise.survival import estimate_rmst

    data = arrays_of(selection, analysis)
    groups = selection.groups or (None,)
    # The latest time until which every group was observed, when the protocol names none.
    tau = analysis.tau_days or min(float(rows["time_days"].max()) for _, rows in parts_of(selection))  # type: ignore[arg-type]
    found, estimates = [], []
    for code, group in enumerate(groups):
        mine = data.group == code
        if not mine.any():
            continue
        estimate = estimate_rmst(data.time[mine], data.event[mine], tau=tau, confidence=analysis.confidence)
        estimates.append((group, estimate.estimate, estimate.standard_error))
        values = {"group": group, "quantity": "estimate", "tau_days": tau, "estimate": float(estimate.estimate),
                  "standard_error": float(estimate.standard_error), "ci_lower": float(estimate.ci_lower),
                  "ci_upper": float(estimate.ci_upper)}  # fmt: skip
        found.append(Part(values, group or "", None if group is None else (group,)))
    return found + [
        Part(values | {"tau_days": tau}, f"{values['group']}_difference") for values in contrasts(estimates, analysis)
    ]


def estimate_milestones(selection: Selection, analysis: Analysis) -> list[Part]:
    """Survival at each planned day by group, and differences from the reference."""
    from equipoise.survival import estimate_milestone

    if not analysis.at_days:
        raise ValueError("milestone survival needs `at_days`")
    found: list[Part] = []
    unknown: list[Finding] = []
    for day in analysis.at_days:
        estimates = []
        for group, rows in parts_of(selection):
            time = rows["time_days"].to_numpy().astype(float)
            event = rows["event"].to_numpy().astype("int64")
            try:
                at = estimate_milestone(time, event, day, confidence=analysis.confidence, conf_type=analysis.conf_type)
            except Refusal as refusal:  # early in a trial, nobody has been followed until the later days
                unknown += [_about(finding, group, analysis) for finding in refusal.findings]
                continue
            estimates.append((group, float(at.estimate), float(at.standard_error)))
            values = {"group": group, "quantity": "estimate", "at_days": day, "estimate": float(at.estimate),
                      "standard_error": float(at.standard_error), "ci_lower": float(at.ci_lower),
                      "ci_upper": float(at.ci_upper), "conf_type": analysis.conf_type}  # fmt: skip
            suffix = f"{group}.day_{day:g}" if group else f"day_{day:g}"
            found.append(Part(values, suffix, None if group is None else (group,)))
        if len(estimates) == len(parts_of(selection)):
            found += [
                Part(values | {"at_days": day}, f"{values['group']}_difference.day_{day:g}")
                for values in contrasts(estimates, analysis)
            ]
    if not found:
        raise Refusal(unknown)
    return [replace(part, findings=tuple(unknown)) for part in found]


def _about(finding: Finding, group: str | None, analysis: Analysis) -> Finding:
    """The same finding, as a note on one group of an analysis."""
    what = f"{group}: {finding.what}" if group else finding.what
    return prose(finding.code, Where(path=f"analyses.{analysis.id}"), what, finding.why, finding.mend, "warning")


def estimate_incidences(selection: Selection, analysis: Analysis) -> list[Part]:
    """Cumulative incidence at each planned day by group, competing events respected, and differences."""
    from equipoise.analysis.competing import estimate_cumulative_incidence

    if not analysis.at_days:
        raise ValueError("cumulative incidence needs `at_days`")
    found: list[Part] = []
    estimates: dict[float, list[tuple[str | None, float, float]]] = {day: [] for day in analysis.at_days}
    for group, rows in parts_of(selection):
        time, status = rows["time_days"].to_numpy(), rows["status"].to_numpy()
        points = estimate_cumulative_incidence(time, status, analysis.at_days, confidence=analysis.confidence)
        for day, at in zip(analysis.at_days, points, strict=True):
            estimates[day].append((group, at.estimate, at.standard_error))
            values = {"group": group, "quantity": "estimate", "at_days": day, "estimate": at.estimate,
                      "standard_error": at.standard_error, "ci_lower": at.ci_lower, "ci_upper": at.ci_upper,
                      "conf_type": "log", "competing": int((rows["status"] == 2).sum())}  # fmt: skip
            suffix = f"{group}.day_{day:g}" if group else f"day_{day:g}"
            found.append(Part(values, suffix, None if group is None else (group,)))
    return found + [
        Part(values | {"at_days": day}, f"{values['group']}_difference.day_{day:g}")
        for day, points in estimates.items()
        for values in contrasts(points, analysis)
    ]
