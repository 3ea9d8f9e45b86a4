"""The difference of two independent estimates; and a test of survival at one time on the log-log scale.

The test: Klein, Logan, Harhoff and Andersen 2007 (Stat Med 26:4505), who found that it keeps its level where the plain
difference does not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from equipoise.survival.inputs import read_confidence
from equipoise.survival.milestone import Milestone
from equipoise.survival.restricted_mean import RestrictedMean
from equipoise.survival.words import refuse

__all__ = ["MilestoneDifference", "estimate_difference", "test_milestone_difference"]


@dataclass(frozen=True, slots=True)
class MilestoneDifference:
    """First minus second, by the normal approximation; z and p are NaN when neither varies."""

    estimate: float
    standard_error: float
    ci_lower: float
    ci_upper: float
    z: float
    p_value: float


def estimate_difference(
    first: Milestone | RestrictedMean, second: Milestone | RestrictedMean, confidence: float = 0.95
) -> MilestoneDifference:
    """First minus second, for two groups of different people."""
    reach = NormalDist().inv_cdf(0.5 + read_confidence(confidence) / 2)
    value = first.estimate - second.estimate
    error = math.hypot(first.standard_error, second.standard_error)
    z = value / error if error > 0 else math.nan
    return MilestoneDifference(
        value, error, value - reach * error, value + reach * error, z, math.erfc(abs(z) / math.sqrt(2))
    )


def test_milestone_difference(first: Milestone, second: Milestone) -> tuple[float, float]:
    """z and p of equal survival at one time. Positive when the second survives better.

    Raises Refusal when one is 0 or 1, where the log-log scale has no value.
    """
    scaled = []
    for at in (first, second):
        if not 0 < at.estimate < 1:
            refuse("survival.milestone", "day", day=at.day, estimate=at.estimate)
        logarithm = math.log(at.estimate)
        scaled.append((math.log(-logarithm), at.standard_error / (at.estimate * abs(logarithm))))
    z = (scaled[0][0] - scaled[1][0]) / math.hypot(scaled[0][1], scaled[1][1])
    return z, math.erfc(abs(z) / math.sqrt(2))


# pytest would collect a function of this name from a test module that imports it.
test_milestone_difference.__test__ = False  # type: ignore[attr-defined]
