"""Proportions: intervals that keep their promise in small samples.

One proportion: the score interval (Wilson 1927). Difference of two: the hybrid score interval without continuity
correction (Newcombe 1998, Stat Med 17:873-890, method 10).
"""

from __future__ import annotations

import math
from statistics import NormalDist

from equipoise.estimation.difference import EstimatedDifference
from equipoise.estimation.words import refuse

__all__ = ["estimate_proportion", "estimate_risk_difference"]


def estimate_proportion(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float, float]:
    """Proportion with Wilson's interval; raises Refusal when nobody was observed."""
    if n <= 0:
        refuse("estimation.nobody", "n")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p = successes / n
    center = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p, max(0.0, center - half), min(1.0, center + half)


def estimate_risk_difference(a: int, n_a: int, b: int, n_b: int, confidence: float = 0.95) -> EstimatedDifference:
    """p_a - p_b with Newcombe's interval (method 10), and the p-value of Pearson's chi-square test."""
    p_a, lower_a, upper_a = estimate_proportion(a, n_a, confidence)
    p_b, lower_b, upper_b = estimate_proportion(b, n_b, confidence)
    estimate = p_a - p_b
    lower = estimate - math.hypot(p_a - lower_a, upper_b - p_b)
    upper = estimate + math.hypot(upper_a - p_a, p_b - lower_b)
    pooled = (a + b) / (n_a + n_b)
    spread = pooled * (1 - pooled) * (1 / n_a + 1 / n_b)
    # Nobody or everybody in both groups: the data cannot speak against equality.
    p_value = 1.0 if spread == 0 else 2 * NormalDist().cdf(-abs(estimate) / math.sqrt(spread))
    return EstimatedDifference(estimate, lower, upper, p_value)
