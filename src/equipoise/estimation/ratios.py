"""The ratio of two proportions, by the score statistic: the test that a design by ratio is planned with.

Miettinen and Nurminen (1985), Stat Med 4:213, without their factor n/(n - 1): Koopman (1984), Biometrics 40:513;
Farrington and Manning (1990), Stat Med 9:1447. Limits are the ratios that the statistic does not reject, so that limit
and test agree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from equipoise.estimation.inputs import read_confidence, read_count, read_ratio

__all__ = ["EstimatedRatio", "estimate_risk_ratio", "risk_ratio_score"]

_FARTHEST = 1e12
"""A ratio beyond which no limit is looked for."""


@dataclass(frozen=True, slots=True)
class EstimatedRatio:
    """A ratio with its limits; `estimate` is None where nobody of the second group had the event, and a limit that does
    not exist is 0 or infinite."""

    estimate: float | None
    lower: float
    upper: float


def risk_ratio_score(a: int, n_a: int, b: int, n_b: int, ratio: float) -> float:
    """z of the hypothesis that the proportion of the first group (a of n_a) is `ratio` times that of the second.

    Positive where it is more. Raises Refusal when a group has nobody.

    >>> round(risk_ratio_score(36, 40, 16, 80, 1.0), 3)
    7.295
    """
    (a, n_a), (b, n_b), ratio = read_count(a, n_a, "a"), read_count(b, n_b, "b"), read_ratio(ratio)
    return _score(a, n_a, b, n_b, ratio)


def _score(a: int, n_a: int, b: int, n_b: int, ratio: float) -> float:
    # The likeliest pair of proportions with this ratio: the smaller root of a quadratic.
    total = n_a + n_b
    first = ratio * (n_a + b) + a + n_b
    q = (first - math.sqrt(max(first * first - 4 * ratio * total * (a + b), 0.0))) / (2 * ratio * total)
    q = min(max(q, 0.0), 1.0, 1 / ratio)
    p = min(ratio * q, 1.0)
    variance = p * (1 - p) / n_a + ratio * ratio * q * (1 - q) / n_b
    difference = a / n_a - ratio * b / n_b
    if variance <= 0:
        return 0.0 if abs(difference) < 1e-15 else math.copysign(math.inf, difference)
    return difference / math.sqrt(variance)


def estimate_risk_ratio(a: int, n_a: int, b: int, n_b: int, confidence: float = 0.95) -> EstimatedRatio:
    """(a/n_a)/(b/n_b) with the limits of the score statistic.

    >>> found = estimate_risk_ratio(36, 40, 16, 80)
    >>> round(found.lower, 2), round(found.upper, 2)
    (2.94, 7.15)
    """
    (a, n_a), (b, n_b) = read_count(a, n_a, "a"), read_count(b, n_b, "b")
    confidence = read_confidence(confidence)
    reach = -NormalDist().inv_cdf((1 - confidence) / 2)
    estimate = None if b == 0 else (a / n_a) / (b / n_b)
    lower = 0.0 if a == 0 else _where(a, n_a, b, n_b, reach)
    upper = math.inf if b == 0 else _where(a, n_a, b, n_b, -reach)
    return EstimatedRatio(estimate, lower, upper)


def _where(a: int, n_a: int, b: int, n_b: int, z: float) -> float:
    """The ratio at which the statistic, which falls as the ratio grows, is z; by halving on the logarithm."""
    low, high = -math.log(_FARTHEST), math.log(_FARTHEST)
    for _ in range(200):
        middle = (low + high) / 2
        if _score(a, n_a, b, n_b, math.exp(middle)) > z:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)
