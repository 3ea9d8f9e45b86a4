"""The difference of two independent estimates, and whether it is 0.

The limits come from the limits of the two: d - ((a - a_low)^2 + (b_high - b)^2)^1/2 to d + ((a_high - a)^2 + (b -
b_low)^2)^1/2 (Zou and Donner 2008, Stat Med 27:1693; for proportions it is Newcombe's method 10). So a difference never
leaves its range, holds where one estimate is 0 or 1, and is the plain normal interval where both limits are normal.

`test_difference` tests on the scale on which the estimates are nearly normal: restricted means as they are; survival at
one day, and incidence by one day, as log(-log) (Klein, Logan, Harhoff and Andersen 2007, Stat Med 26:4505, who found
that it keeps its level where the plain difference does not). Where one of the two has no variance there is no test.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from equipoise.survival.incidence import Incidence
from equipoise.survival.milestone import Milestone
from equipoise.survival.restricted_mean import RestrictedMean
from equipoise.survival.words import refuse
from equipoise.tails import two_sided

__all__ = ["EstimateDifference", "estimate_difference", "test_difference", "test_milestone_difference"]

_Estimate = Milestone | RestrictedMean | Incidence


@dataclass(frozen=True, slots=True)
class EstimateDifference:
    """First minus second; standard error, z and p are NaN where one of the two has no variance.

    z and p are those of the plain difference over its standard error, as R gives them for restricted means. Limits are
    NaN where one of the two has none.
    """

    estimate: float
    standard_error: float
    ci_lower: float
    ci_upper: float
    z: float
    p_value: float


def estimate_difference(first: _Estimate, second: _Estimate, confidence: float | None = None) -> EstimateDifference:
    """First minus second, for two groups of different people, at the confidence of the two.

    Raises Refusal for two that cannot be compared: of different kinds, days or levels of confidence.
    """
    _need_alike(first, second, confidence)
    value = first.estimate - second.estimate
    lower = value - math.hypot(first.estimate - first.ci_lower, second.ci_upper - second.estimate)
    upper = value + math.hypot(first.ci_upper - first.estimate, second.estimate - second.ci_lower)
    most = first.tau if isinstance(first, RestrictedMean) else 1.0
    error = math.hypot(first.standard_error, second.standard_error)
    z = value / error if _both_vary(first, second) else math.nan
    # Rounding may pass a limit by its last digit. A NaN stays one: it is not greater than anything.
    return EstimateDifference(value, error, _within(lower, most), _within(upper, most), z, two_sided(z))


def test_difference(first: _Estimate, second: _Estimate) -> tuple[float, float]:
    """z and p of the hypothesis that both are the same; positive when the first is greater, NaN without variance.

    Raises Refusal for two that cannot be compared.
    """
    _need_alike(first, second, None)
    z = _z(first, second)
    return z, two_sided(z)


def test_milestone_difference(first: Milestone, second: Milestone) -> tuple[float, float]:
    """z and p of equal survival at one time. Positive when the second survives better.

    Raises Refusal when one is 0 or 1, where the log-log scale has no value, and for two different days.
    """
    for at in (first, second):
        if not 0 < at.estimate < 1:
            refuse("survival.milestone", "day", day=at.day, estimate=at.estimate)
    _need_alike(first, second, None)
    z = -_z(first, second)
    return z, two_sided(z)


def _z(first: _Estimate, second: _Estimate) -> float:
    """Positive when the first is greater; NaN where one of the two has no variance."""
    if not _both_vary(first, second):
        return math.nan
    if isinstance(first, RestrictedMean):
        return (first.estimate - second.estimate) / math.hypot(first.standard_error, second.standard_error)
    (a, error_a), (b, error_b) = (_scaled(of) for of in (first, second))
    # Of survival, log(-log) falls as the estimate rises.
    return (b - a if isinstance(first, Milestone) else a - b) / math.hypot(error_a, error_b)


def _both_vary(first: _Estimate, second: _Estimate) -> bool:
    return first.standard_error > 0 and second.standard_error > 0


def _scaled(of: _Estimate) -> tuple[float, float]:
    survival = 1 - of.estimate if isinstance(of, Incidence) else of.estimate
    logarithm = math.log1p(-of.estimate) if isinstance(of, Incidence) else math.log(of.estimate)
    return math.log(-logarithm), of.standard_error / (survival * abs(logarithm))


def _within(limit: float, most: float) -> float:
    return math.copysign(most, limit) if abs(limit) > most else limit


def _need_alike(first: _Estimate, second: _Estimate, confidence: float | None) -> None:
    """Raise Refusal unless both estimate the same thing, at the same level of confidence."""
    if type(first) is not type(second):
        refuse("survival.unlike", "second", first=type(first).__name__, second=type(second).__name__)
    times = [of.tau if isinstance(of, RestrictedMean) else of.day for of in (first, second)]
    if times[0] != times[1]:
        refuse("survival.unlike/time", "second", first=times[0], second=times[1])
    levels = [first.confidence, second.confidence, first.confidence if confidence is None else confidence]
    if len(set(levels)) > 1:
        other = next(level for level in levels if level != levels[0])
        refuse("survival.unlike/confidence", "confidence", first=levels[0], second=other)


# pytest would collect functions of these names from a test module that imports them.
test_milestone_difference.__test__ = False  # type: ignore[attr-defined]
test_difference.__test__ = False  # type: ignore[attr-defined]
