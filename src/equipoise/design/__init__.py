"""The clauses of a design: error rates, assumed hazards, accrual, looks, safety rules; and the scenarios that are
played.

What a protocol may say, and nothing that is computed from it: the numbers of a design are `planning`.
"""

from equipoise.design.safety_clause import BetaBinomial, ExactBinomial, Pocock, SafetyRule
from equipoise.design.scenario import Distribution, Modifier, Outcome, Scenario
from equipoise.design.spec import Accrual, Design, Futility, Hazard, Look, Means, Prior, PriorComponent, Rates, Spending

__all__ = [
    "Accrual",
    "BetaBinomial",
    "Design",
    "Distribution",
    "ExactBinomial",
    "Futility",
    "Hazard",
    "Look",
    "Means",
    "Modifier",
    "Outcome",
    "Pocock",
    "Prior",
    "PriorComponent",
    "Rates",
    "SafetyRule",
    "Scenario",
    "Spending",
]
