"""Weighted log-rank tests and their combination, as a protocol plans them: from clauses to numbers.

Positive z is benefit of the second group against the reference. p-values are of two sides, as those of every other result; the
one of the side of benefit stands beside it. Raises Refusal when there are not two groups.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from equipoise.analysis.parts import Part, arrays_of, need_two_groups

if TYPE_CHECKING:
    from equipoise.analysis.selection import Selection
    from equipoise.estimands import Analysis, LogrankWeight
    from equipoise.survival import Weight

__all__ = ["compare_by_combination", "compare_by_weighted_logrank", "planned_weights"]


def compare_by_weighted_logrank(selection: Selection, analysis: Analysis) -> list[Part]:
    """The log-rank test with the one planned weight."""
    from equipoise.survival import test_weighted_logrank

    need_two_groups(selection, analysis)
    data = arrays_of(selection, analysis)
    (weight,) = _read_weights(analysis)
    test = test_weighted_logrank(data.time, data.event, data.group, weight, data.stratum)
    values: dict[str, Any] = {
        "groups": list(selection.groups),
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
    return [Part(values)]


def compare_by_combination(selection: Selection, analysis: Analysis) -> list[Part]:
    """The greatest of the planned weighted tests (MaxCombo), with each of them."""
    from equipoise.survival import test_maxcombo

    need_two_groups(selection, analysis)
    data = arrays_of(selection, analysis)
    weights = _read_weights(analysis)
    both, one = (
        test_maxcombo(data.time, data.event, data.group, weights, data.stratum, sides=sides) for sides in (2, 1)
    )
    named = planned_weights(analysis)
    values: dict[str, Any] = {
        "groups": list(selection.groups),
        "greatest_z": both.z,
        "p_value": both.p_value,
        "p_benefit": one.p_value,
        "best": named[both.best],
        "weights": named,
        "tests": [
            {"weight": name, "z": test.z, "score": test.score, "variance": test.variance, "p_value": test.p_value}
            for name, test in zip(named, both.tests, strict=True)
        ],
        "correlation": both.correlation.tolist(),
    }
    return [Part(values)]


def planned_weights(analysis: Analysis) -> list[dict[str, str]]:
    """What each planned weight is called, in both languages."""
    return [dict(zip(("en", "zh"), weight.named, strict=True)) for weight in analysis.weights]


def _read_weights(analysis: Analysis) -> list[Weight]:
    from equipoise.survival import EarlyZero, FlemingHarrington, MagirrBurman

    def read(weight: LogrankWeight) -> Weight:
        if weight.kind == "fleming_harrington":
            return FlemingHarrington(weight.rho, weight.gamma)
        if weight.kind == "early_zero":
            return EarlyZero(weight.delay_days or 0.0)
        return MagirrBurman(weight.delay_days, weight.level, math.inf if weight.cap is None else weight.cap)

    return [read(weight) for weight in analysis.weights]
