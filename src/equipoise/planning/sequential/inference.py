"""Estimates and p-values that are honest about having looked several times.

Repeated confidence intervals and p-values hold at every look whatever is decided there (Jennison and Turnbull 1989, J R
Stat Soc B 51:305). After stopping, results are ordered by the look at which the trial stopped and then by the statistic
(Tsiatis, Rosner and Mehta 1984, Biometrics 40:797): p-value, median-unbiased estimate and interval follow from that one
order. Effects are minus the log hazard ratio; looks are counted from 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from equipoise.design.spec import Spending
from equipoise.planning.sequential.boundaries import efficacy_bounds, spending_bounds
from equipoise.planning.sequential.crossing import crossing_probabilities, expect_apart
from equipoise.planning.sequential.monitoring import Boundaries
from equipoise.planning.sequential.spending import SPENDING_KINDS, read_efficacy, spent
from equipoise.roots import find_root

__all__ = [
    "ConfidenceInterval",
    "FinalInference",
    "final_inference",
    "repeated_intervals",
    "repeated_p_value",
    "stagewise_p_value",
]

_LEAST_ALPHA, _MOST_ALPHA = 1e-12, 0.5 - 1e-7


@dataclass(frozen=True, slots=True)
class ConfidenceInterval:
    """Limits of the effect."""

    lower: float
    upper: float

    @property
    def hazard_ratios(self) -> tuple[float, float]:
        """The same limits as hazard ratios, the smaller first."""
        return math.exp(-self.upper), math.exp(-self.lower)


@dataclass(frozen=True, slots=True)
class FinalInference:
    """After stopping: a p-value (of one side, or of both where the design has two), a median-unbiased estimate, an
    interval.
    """

    p_value: float
    estimate: float
    interval: ConfidenceInterval
    confidence: float

    @property
    def hazard_ratio(self) -> float:
        """The median-unbiased estimate as a hazard ratio."""
        return math.exp(-self.estimate)


def repeated_intervals(bounds: Boundaries, statistics: Sequence[float]) -> tuple[ConfidenceInterval, ...]:
    """For each look so far, the effects that its boundary does not reject: (z -+ upper)/slope.

    They cover the true effect at all looks together with probability 1 - 2 alpha (one side) or 1 - alpha (two sides);
    without limits where nothing can be rejected.
    """
    if len(statistics) > bounds.looks:
        raise ValueError(f"{len(statistics)} statistics for {bounds.looks} looks")
    pairs = zip(statistics, bounds.upper, bounds.slopes, strict=False)
    return tuple(ConfidenceInterval((z - up) / slope, (z + up) / slope) for z, up, slope in pairs)


def repeated_p_value(
    efficacy: Spending | str, fractions: Sequence[float], look: int, z: float, *, sides: int = 1
) -> float:
    """The smallest alpha at which a design of this kind would reject at this look: of both sides together where `sides`
    is 2.

    `fractions`: of the planned information, at all the looks. It is 0.5 (1 with two sides) where no design would
    reject. A Haybittle-Peto boundary is the same for every alpha, so that it has none before the last look. Raises
    ValueError for fractions that no looks are at.
    """
    rule = read_efficacy(efficacy)
    if not 1 <= look <= len(fractions):
        raise ValueError(f"there is no look {look}: they are counted from 1 to {len(fractions)}")
    if sides not in (1, 2):
        raise ValueError(f"a test has 1 or 2 sides, not {sides}")
    marks = list(map(float, fractions))
    if not all(map(math.isfinite, (*marks, z))) or marks[0] <= 0 or marks != sorted(set(marks)):
        raise ValueError("the statistic is finite, and the fractions are positive, finite and increase")
    expect_apart(marks)
    if rule.kind == "haybittle_peto" and look < len(fractions):
        raise ValueError(
            "a Haybittle-Peto boundary is the same at every alpha: no repeated p-value before the last look"
        )
    if rule.kind == "user":
        raise ValueError("what a user spends belongs to one alpha: it has no repeated p-value")
    two_sided = sides == 2

    def excess(alpha: float) -> float:
        if rule.kind in SPENDING_KINDS:
            until = fractions[:look]
            by_look = [spent(rule.kind, t, alpha, rule.parameter) for t in until]
            return spending_bounds(until, by_look, two_sided=two_sided)[-1] - z
        return efficacy_bounds(rule, fractions, alpha, two_sided=two_sided)[look - 1] - z

    least = _LEAST_ALPHA
    if rule.kind == "haybittle_peto":
        constant = [3.0 if rule.parameter is None else rule.parameter] * (len(fractions) - 1)
        floor = [-c for c in constant] if two_sided else None
        spent_before = crossing_probabilities(fractions[:-1], 0.0, constant, floor).upper.sum() if constant else 0.0
        least = float(spent_before) * (1 + 1e-9) + _LEAST_ALPHA
    if excess(_MOST_ALPHA) > 0:
        return 0.5 * sides
    if excess(least) < 0:
        return least * sides
    # On the scale of logarithms: p-values are compared by their ratio.
    log = find_root(lambda x: excess(math.exp(x)), math.log(least), math.log(_MOST_ALPHA), xtol=1e-10)
    return math.exp(log) * sides


def stagewise_p_value(bounds: Boundaries, look: int, z: float, effect: float = 0.0) -> float:
    """The probability, at this effect, of a result at least as good: an earlier crossing of `upper`, or here at least
    `z`.

    A futility boundary counts where it binds, so that the p-value holds whether or not one that does not bind was
    obeyed.
    """
    if not 1 <= look <= bounds.looks:
        raise ValueError(f"there is no look {look}: they are counted from 1 to {bounds.looks}")
    if not math.isfinite(z):
        raise ValueError("the statistic at stopping is finite")
    k = look - 1
    shift = [slope * effect for slope in bounds.slopes[:look]]
    upper = [*bounds.upper[:k], z]
    counted = bounds.binding or bounds.sides == 2
    lower = [*bounds.lower[:k], -math.inf] if counted else [-math.inf] * look
    crossed = crossing_probabilities(
        bounds.information[:look],
        0.0,
        [u - s for u, s in zip(upper, shift, strict=True)],
        [low - s for low, s in zip(lower, shift, strict=True)],
    )
    return float(crossed.upper.sum())


def final_inference(bounds: Boundaries, look: int, z: float, confidence: float = 0.95) -> FinalInference:
    """p-value, median-unbiased estimate and confidence interval of the effect after the trial stopped at `look` with
    `z`.

    The p-value grows with the effect: the limits are the effects at which it is (1 - confidence)/2 and its complement.

    >>> from equipoise.planning import event_information, plan_sequential, planned_boundaries
    >>> plan = plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy="lan_demets_obrien_fleming")
    >>> found = final_inference(planned_boundaries(plan, event_information(332)), 1, 3.1)
    >>> round(found.p_value, 5), round(found.estimate, 3)
    (0.00097, 0.481)
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, and {confidence} does not")
    p = stagewise_p_value(bounds, look, z)
    tail = (1 - confidence) / 2
    low, estimate, high = (_effect_at(bounds, look, z, share) for share in (tail, 0.5, 1 - tail))
    return FinalInference(
        min(1.0, 2 * min(p, 1 - p) if bounds.sides == 2 else p), estimate, ConfidenceInterval(low, high), confidence
    )


def _effect_at(bounds: Boundaries, look: int, z: float, share: float) -> float:
    """The effect at which a result at least as good has this probability."""
    slope = bounds.slopes[look - 1]
    low, high, step = z / slope, z / slope, 4 / slope
    while stagewise_p_value(bounds, look, z, low) > share:
        low -= step
        step *= 2
    step = 4 / slope
    while stagewise_p_value(bounds, look, z, high) < share:
        high += step
        step *= 2
    if low == high:
        return low
    return float(find_root(lambda e: stagewise_p_value(bounds, look, z, e) - share, low, high, xtol=1e-12))
