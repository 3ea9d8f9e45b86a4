"""Proportions: intervals that keep their promise in small samples.

One proportion: the score interval (Wilson 1927). Difference of two: the hybrid score interval without continuity
correction (Newcombe 1998, Stat Med 17:873-890, method 10), tested by Pearson's chi-square, or by Fisher's exact test
where chi-square is unfit: where a count of less than 5 is expected in a cell (Cochran 1954, Biometrics 10:417).
"""

from __future__ import annotations

import math
from statistics import NormalDist

from equipoise.estimation.difference import EstimatedDifference
from equipoise.estimation.inputs import read_confidence, read_count
from equipoise.tails import LEAST, two_sided

__all__ = ["estimate_proportion", "estimate_risk_difference"]

_FIT = 5
"""The least expected count with which a chi-square test is fit."""


def estimate_proportion(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float, float]:
    """Proportion with Wilson's interval; raises Refusal for counts that cannot be."""
    successes, n = read_count(successes, n)
    confidence = read_confidence(confidence)
    z = -NormalDist().inv_cdf((1 - confidence) / 2)
    p = successes / n
    center = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    # Of none and of all, a limit is the estimate itself; rounding would leave it a digit away.
    return p, max(0.0, center - half) if successes else 0.0, min(1.0, center + half) if successes < n else 1.0


def estimate_risk_difference(a: int, n_a: int, b: int, n_b: int, confidence: float = 0.95) -> EstimatedDifference:
    """p_a - p_b with Newcombe's interval (method 10), and the p-value of the test that its counts are fit for."""
    (a, n_a), (b, n_b) = read_count(a, n_a, "a"), read_count(b, n_b, "b")
    p_a, lower_a, upper_a = estimate_proportion(a, n_a, confidence)
    p_b, lower_b, upper_b = estimate_proportion(b, n_b, confidence)
    estimate = p_a - p_b
    lower = estimate - math.hypot(p_a - lower_a, upper_b - p_b)
    upper = estimate + math.hypot(upper_a - p_a, p_b - lower_b)
    # A difference cannot be beyond 1, and rounding may not put it there.
    lower, upper = max(-1.0, lower), min(1.0, upper)
    total, events = n_a + n_b, a + b
    if min(n_a, n_b) * min(events, total - events) < _FIT * total:
        return EstimatedDifference(estimate, lower, upper, _fisher(a, n_a, b, n_b), "fisher")
    pooled = events / total
    z = estimate / math.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    return EstimatedDifference(estimate, lower, upper, two_sided(z), "chi_square")


def _fisher(a: int, n_a: int, b: int, n_b: int) -> float:
    """The probability of all tables with these margins that are no likelier than this one, in logarithms."""
    events = a + b

    def log_chance(of: int) -> float:
        return _log_choose(n_a, of) + _log_choose(n_b, events - of)

    logs = [log_chance(of) for of in range(max(0, events - n_b), min(n_a, events) + 1)]
    # As many as R counts in: equally likely tables differ by rounding.
    here = log_chance(a) + 1e-7
    p = math.fsum(math.exp(log - _log_choose(n_a + n_b, events)) for log in logs if log <= here)
    return min(1.0, max(p, LEAST))


def _log_choose(n: int, of: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(of + 1) - math.lgamma(n - of + 1)
