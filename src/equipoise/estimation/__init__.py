"""Estimates from arrays that are not survival: proportions and means, with intervals and tests. Knows no trial.

Every function takes plain numbers and returns numbers or a frozen record. Input that carries no answer is refused with
a Finding.
"""

from equipoise.estimation.difference import EstimatedDifference
from equipoise.estimation.means import estimate_mean_difference
from equipoise.estimation.proportions import estimate_proportion, estimate_risk_difference

__all__ = ["EstimatedDifference", "estimate_mean_difference", "estimate_proportion", "estimate_risk_difference"]
