"""Design: error rates, assumed hazards, accrual, looks; and the scenarios in which the trial is played."""

from equipoise.design.scenario import Distribution, Outcome, Scenario
from equipoise.design.spec import Accrual, Design, Hazard, Look, Spending

__all__ = ["Accrual", "Design", "Distribution", "Hazard", "Look", "Outcome", "Scenario", "Spending"]
