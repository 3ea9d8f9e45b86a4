"""Design: error rates, assumed hazards, accrual, looks; the scenarios in which the trial is played; and the numbers that follow.

The clauses of the protocol are here at once. The numbers are loaded when they are asked for: a protocol is read and checked
without them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from equipoise.design.scenario import Distribution, Outcome, Scenario
from equipoise.design.spec import Accrual, Design, Futility, Hazard, Look, Means, Prior, PriorComponent, Rates, Spending

if TYPE_CHECKING:
    from equipoise.design.crossing import Crossing, crossing_probabilities
    from equipoise.design.events import (
        Arrivals,
        Course,
        TwoArms,
        calendar_time,
        expected_events,
        most_events,
        total_events,
    )
    from equipoise.design.outlook import EffectPower, Month
    from equipoise.design.plan import Plan
    from equipoise.design.planning import plan_design
    from equipoise.design.sensitivity import Answers, Sensitivity
    from equipoise.design.sequential import Sequential, plan_sequential
    from equipoise.design.sizes_means import MeansPlan, estimate_mean_power, estimate_means_power, plan_mean, plan_means
    from equipoise.design.sizes_rates import (
        ExactRatePlan,
        RatesPlan,
        estimate_rate_power,
        estimate_rates_power,
        plan_rate,
        plan_rate_exactly,
        plan_rates,
    )
    from equipoise.design.sizes_survival import (
        SurvivalLook,
        SurvivalPlan,
        estimate_events,
        estimate_survival_power,
        plan_accrual,
        plan_follow_up,
        plan_survival,
        ratio_at_bound,
    )

_LATER = {
    "Sensitivity": "sensitivity",
    "Answers": "sensitivity",
    "plan_design": "planning",
    "Plan": "plan",
    "Month": "outlook",
    "EffectPower": "outlook",
    "Arrivals": "events",
    "Course": "events",
    "TwoArms": "events",
    "calendar_time": "events",
    "expected_events": "events",
    "most_events": "events",
    "total_events": "events",
    "SurvivalLook": "sizes_survival",
    "SurvivalPlan": "sizes_survival",
    "estimate_events": "sizes_survival",
    "estimate_survival_power": "sizes_survival",
    "plan_accrual": "sizes_survival",
    "plan_follow_up": "sizes_survival",
    "plan_survival": "sizes_survival",
    "ratio_at_bound": "sizes_survival",
    "ExactRatePlan": "sizes_rates",
    "RatesPlan": "sizes_rates",
    "estimate_rate_power": "sizes_rates",
    "estimate_rates_power": "sizes_rates",
    "plan_rate": "sizes_rates",
    "plan_rate_exactly": "sizes_rates",
    "plan_rates": "sizes_rates",
    "MeansPlan": "sizes_means",
    "estimate_mean_power": "sizes_means",
    "estimate_means_power": "sizes_means",
    "plan_mean": "sizes_means",
    "plan_means": "sizes_means",
    "Crossing": "crossing",
    "crossing_probabilities": "crossing",
    "Sequential": "sequential",
    "plan_sequential": "sequential",
}
"""What is loaded when it is asked for (PEP 562), and from which module."""

__all__ = [
    "Accrual",
    "Answers",
    "Arrivals",
    "Course",
    "Crossing",
    "Design",
    "Distribution",
    "EffectPower",
    "ExactRatePlan",
    "Futility",
    "Hazard",
    "Look",
    "Means",
    "MeansPlan",
    "Month",
    "Outcome",
    "Plan",
    "Prior",
    "PriorComponent",
    "Rates",
    "RatesPlan",
    "Scenario",
    "Sensitivity",
    "Sequential",
    "Spending",
    "SurvivalLook",
    "SurvivalPlan",
    "TwoArms",
    "calendar_time",
    "crossing_probabilities",
    "estimate_events",
    "estimate_mean_power",
    "estimate_means_power",
    "estimate_rate_power",
    "estimate_rates_power",
    "estimate_survival_power",
    "expected_events",
    "most_events",
    "plan_accrual",
    "plan_design",
    "plan_follow_up",
    "plan_mean",
    "plan_means",
    "plan_rate",
    "plan_rate_exactly",
    "plan_rates",
    "plan_sequential",
    "plan_survival",
    "ratio_at_bound",
    "total_events",
]


def __getattr__(name: str) -> Any:
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
