"""Estimates from arrays that are not survival: proportions and means, with intervals and tests. Knows no trial.

Every function takes plain numbers and returns numbers or a frozen record. Input that carries no answer is refused with
a Finding.
"""

from equipoise.estimation.difference import EstimatedDifference
from equipoise.estimation.means import estimate_mean_difference
from equipoise.estimation.proportions import estimate_proportion, estimate_risk_difference
from equipoise.estimation.ratios import EstimatedRatio, estimate_risk_ratio, risk_ratio_score

__all__ = [
    "EstimatedDifference",
    "EstimatedRatio",
    "estimate_mean_difference",
    "estimate_proportion",
    "estimate_risk_difference",
    "estimate_risk_ratio",
    "risk_ratio_score",
]
