"""Survival from arrays: curves, tests and models for times that may be censored. Knows no trial.

Every function takes one value per participant and returns a frozen record. Input that carries no answer is refused with
a Finding. Held to R's `survival` and `survRM2` in tests/reference; small problems never wait for a compiler.
"""

from equipoise.survival.cox import CoxFit, estimate_cox
from equipoise.survival.curve import Curve, estimate_follow_up, estimate_kaplan_meier
from equipoise.survival.difference import (
    EstimateDifference,
    estimate_difference,
    test_difference,
    test_milestone_difference,
)
from equipoise.survival.incidence import Incidence, estimate_cumulative_incidence
from equipoise.survival.logrank import LogrankTest, test_logrank
from equipoise.survival.milestone import Milestone, estimate_milestone
from equipoise.survival.proportionality import ProportionalityTest, test_proportional_hazards
from equipoise.survival.restricted_mean import RestrictedMean, estimate_rmst
from equipoise.survival.weighted import MaxComboTest, WeightedLogrankTest, test_maxcombo, test_weighted_logrank
from equipoise.survival.weights import LOGRANK, EarlyZero, FlemingHarrington, MagirrBurman, Weight
from equipoise.wording.numbers import check_exported

__all__ = [
    "LOGRANK",
    "CoxFit",
    "Curve",
    "EarlyZero",
    "EstimateDifference",
    "FlemingHarrington",
    "Incidence",
    "LogrankTest",
    "MagirrBurman",
    "MaxComboTest",
    "Milestone",
    "ProportionalityTest",
    "RestrictedMean",
    "Weight",
    "WeightedLogrankTest",
    "estimate_cox",
    "estimate_cumulative_incidence",
    "estimate_difference",
    "estimate_follow_up",
    "estimate_kaplan_meier",
    "estimate_milestone",
    "estimate_rmst",
    "test_difference",
    "test_logrank",
    "test_maxcombo",
    "test_milestone_difference",
    "test_proportional_hazards",
    "test_weighted_logrank",
]

# Whoever comes in from outside is checked once, at the door; the modules among themselves are not.
check_exported(globals(), __all__, reads_itself=True)
