"""Proportions and means: intervals that keep their promise in small samples.

One proportion: the score interval (Wilson 1927). Difference of two: the hybrid score interval without continuity
correction (Newcombe 1998, Stat Med 17:873-890, method 10). Means: Welch (1947).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, variance

__all__ = ["Difference", "estimate_mean_difference", "estimate_proportion", "estimate_risk_difference"]


@dataclass(frozen=True, slots=True)
class Difference:
    """An estimate with its interval, and the p-value of the hypothesis that it is 0."""

    estimate: float
    lower: float
    upper: float
    p_value: float


def estimate_proportion(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float, float]:
    """Proportion with Wilson's interval; raises ValueError when nobody was observed."""
    if n <= 0:
        raise ValueError("a proportion needs at least one participant")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p = successes / n
    center = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p, max(0.0, center - half), min(1.0, center + half)


def estimate_risk_difference(a: int, n_a: int, b: int, n_b: int, confidence: float = 0.95) -> Difference:
    """p_a - p_b with Newcombe's interval (method 10), and the p-value of Pearson's chi-square test."""
    p_a, lower_a, upper_a = estimate_proportion(a, n_a, confidence)
    p_b, lower_b, upper_b = estimate_proportion(b, n_b, confidence)
    estimate = p_a - p_b
    lower = estimate - math.hypot(p_a - lower_a, upper_b - p_b)
    upper = estimate + math.hypot(upper_a - p_a, p_b - lower_b)
    pooled = (a + b) / (n_a + n_b)
    spread = pooled * (1 - pooled) * (1 / n_a + 1 / n_b)
    p_value = 1.0 if spread == 0 else 2 * NormalDist().cdf(-abs(estimate) / math.sqrt(spread))
    return Difference(estimate, lower, upper, p_value)


def estimate_mean_difference(a: Sequence[float], b: Sequence[float], confidence: float = 0.95) -> Difference:
    """mean(a) - mean(b), unequal variances; raises ValueError with fewer than two values in a group."""
    from scipy import stats

    if min(len(a), len(b)) < 2:
        raise ValueError("a mean needs at least two values in each group")
    v_a, v_b = variance(a) / len(a), variance(b) / len(b)
    estimate = fmean(a) - fmean(b)
    if v_a + v_b == 0:
        raise ValueError("all values of a group are equal: there is no spread to judge the difference by")
    df = (v_a + v_b) ** 2 / (v_a**2 / (len(a) - 1) + v_b**2 / (len(b) - 1))
    error = math.sqrt(v_a + v_b)
    reach = float(stats.t.ppf(0.5 + confidence / 2, df)) * error
    return Difference(estimate, estimate - reach, estimate + reach, float(2 * stats.t.sf(abs(estimate) / error, df)))
