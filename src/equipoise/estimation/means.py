"""Means of two groups whose spreads may differ (Welch 1947)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, variance

from equipoise.estimation.difference import EstimatedDifference
from equipoise.estimation.inputs import read_confidence, read_values
from equipoise.estimation.words import refuse
from equipoise.tails import two_sided_t

__all__ = ["estimate_mean_difference"]


def estimate_mean_difference(a: Sequence[float], b: Sequence[float], confidence: float = 0.95) -> EstimatedDifference:
    """mean(a) - mean(b), unequal variances.

    Raises Refusal with fewer than two values in a group, or where one has no spread: what is not known of its variance
    is not 0.
    """
    from scipy.special import stdtrit

    a, b, confidence = read_values(a, "a"), read_values(b, "b"), read_confidence(confidence)
    if min(len(a), len(b)) < 2:
        refuse("estimation.two_values", "values")
    v_a, v_b = variance(a) / len(a), variance(b) / len(b)
    estimate = fmean(a) - fmean(b)
    if min(v_a, v_b) == 0:
        refuse("estimation.no_spread", "values")
    df = (v_a + v_b) ** 2 / (v_a**2 / (len(a) - 1) + v_b**2 / (len(b) - 1))
    error = math.sqrt(v_a + v_b)
    reach = -float(stdtrit(df, (1 - confidence) / 2)) * error
    return EstimatedDifference(estimate, estimate - reach, estimate + reach, two_sided_t(estimate / error, df), "welch")
