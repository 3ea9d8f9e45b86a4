"""The log-rank test, stratified and weighted as planned.

Of two groups positive z is benefit of the second group against the reference. p-values are of two sides, as those
of every other result; the one of the side of benefit stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.planned_weights import planned_weights, read_weights
from equipoise.analysis.methods.saying import chi_square_cells, p_and_chance
from equipoise.analysis.pieces import Piece, arrays_of, need_two_groups
from equipoise.estimands import planned_method
from equipoise.numerals import number

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis

__all__ = ["LOGRANK"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    need_two_groups(selected, analysis)
    values = _weighted(selected, analysis) if analysis.weights else _plain(selected, analysis)
    return [Piece({"groups": list(selected.groups), **values})]


def _plain(selected: Selected, analysis: Analysis) -> dict[str, Any]:
    from equipoise.survival import test_logrank

    data = arrays_of(selected, analysis)
    test = test_logrank(data.time, data.event, data.group, strata=data.stratum, rho=analysis.rho, gamma=analysis.gamma)
    values = {
        "chi_square": float(test.chi_square),
        "degrees_of_freedom": int(test.degrees_of_freedom),
        "p_value": float(test.p_value),
        "rho": analysis.rho,
        "gamma": analysis.gamma,
    }
    if len(selected.groups) == 2:  # of more groups the test has no side
        fewer = float(test.expected[1] - test.observed[1])
        values["z"] = math.copysign(math.sqrt(values["chi_square"]), fewer)
    return values


def _weighted(selected: Selected, analysis: Analysis) -> dict[str, Any]:
    from equipoise.survival import test_weighted_logrank

    data = arrays_of(selected, analysis)
    (weight,) = read_weights(analysis)
    test = test_weighted_logrank(data.time, data.event, data.group, weight, data.stratum)
    return {
        "chi_square": test.z**2,
        "degrees_of_freedom": 1,
        "p_value": test.p_value,
        "rho": analysis.rho,
        "gamma": analysis.gamma,
        "z": test.z,
        "score": test.score,
        "variance": test.variance,
        "p_benefit": test.p_benefit,
        "weights": planned_weights(analysis),
    }


def _sentence(r: Mapping[str, Any], _names: GroupNames, alpha: float | None) -> Both:
    kind = ("Stratified log-rank test", "分层对数秩检验") if r["strata"] else ("Log-rank test", "对数秩检验")
    if weights := r.get("weights"):
        kind = f"{kind[0]}, {weights[0]['en']}", f"{kind[1]}，{weights[0]['zh']}"
    said = p_and_chance(r["p_value"], alpha)
    value, freedom = number(r["chi_square"], 3), r["degrees_of_freedom"]
    degrees = "1 degree of freedom" if freedom == 1 else f"{freedom} degrees of freedom"
    return (
        f"{kind[0]}: chi-square {value} on {degrees}, {said[0]}.",
        f"{kind[1]}：卡方 {value}，自由度 {freedom}，{said[1]}。",
    )


LOGRANK = AnalysisMethod(
    id="logrank",
    label=planned_method("logrank").label,
    perform=_perform,
    sentence=_sentence,
    cells=chi_square_cells,
)
