"""Restricted mean survival time by group until a day, and differences from the reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.saying import UNITS, estimate_cells, estimated, with_p
from equipoise.analysis.pieces import Piece, arrays_of, both, contrasts, only, parts_of
from equipoise.estimands import planned_method

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis
    from equipoise.wording import Language

__all__ = ["RMST"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    from equipoise.survival import estimate_rmst

    data = arrays_of(selected, analysis)
    # The latest time until which every group was observed, when the protocol names none.
    tau = analysis.tau_days or min(float(rows["time_days"].max()) for _, rows in parts_of(selected))  # type: ignore[arg-type]
    found, estimates = [], []
    for code, group in enumerate(selected.groups or (None,)):
        mine = data.group == code
        if not mine.any():
            continue
        mean = estimate_rmst(data.time[mine], data.event[mine], tau=tau, confidence=analysis.confidence)
        estimates.append((group, mean.estimate, mean.standard_error))
        values = {
            "group": group,
            "quantity": "estimate",
            "tau_days": tau,
            "estimate": float(mean.estimate),
            "standard_error": float(mean.standard_error),
            "ci_lower": float(mean.ci_lower),
            "ci_upper": float(mean.ci_upper),
        }
        found.append(Piece(values, group or "", only(group)))
    differences = contrasts(estimates, analysis)
    return found + [
        Piece(values | {"tau_days": tau}, f"{values['group']}_difference", both(values)) for values in differences
    ]


def _sentence(r: Mapping[str, Any], names: GroupNames, alpha: float | None) -> Both:
    group, until = names(r.get("group")), f"{r['tau_days']:g}"
    if r["quantity"] == "difference":
        reference = names(r.get("reference"))
        what = (
            f"Difference in restricted mean time until day {until}, {group[0]} minus {reference[0]} (days):",
            f"至第 {until} 天的限制性平均时间差（天），{group[1]}减{reference[1]}：",
        )
    else:
        what = (
            f"{group[0]}: restricted mean time until day {until} (days)",
            f"{group[1]}：至第 {until} 天的限制性平均时间（天）",
        )
    return with_p(r, estimated(r, what, 1), alpha)


def _cells(r: Mapping[str, Any], language: Language) -> tuple[str, str]:
    return estimate_cells(r, language, 1, unit=f" {UNITS['days'][language == 'zh']}")


RMST = AnalysisMethod(
    id="rmst",
    label=planned_method("rmst").label,
    perform=_perform,
    sentence=_sentence,
    cells=_cells,
)
