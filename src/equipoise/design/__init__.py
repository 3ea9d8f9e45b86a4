"""Design: error rates, assumed hazards, accrual, looks; the scenarios in which the trial is played; and the numbers that follow.

The clauses of the protocol are here at once. The numbers are loaded when they are asked for: a protocol is read and checked
without them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from equipoise.design.scenario import Distribution, Outcome, Scenario
from equipoise.design.spec import Accrual, Design, Futility, Hazard, Look, Means, Prior, PriorComponent, Rates, Spending

if TYPE_CHECKING:
    from equipoise.design.combination import Combined, Fisher, combine_inverse_normal, plan_fisher
    from equipoise.design.conditional import (
        ConditionalPowers,
        conditional_crossing,
        conditional_power,
        conditional_powers,
        conditional_rejection_probability,
        posterior_at,
        predictive_crossing,
        predictive_power,
    )
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
    from equipoise.design.inference import (
        FinalInference,
        Interval,
        final_inference,
        repeated_intervals,
        repeated_p_value,
        stagewise_p_value,
    )
    from equipoise.design.monitoring import Boundaries, boundaries_reached, event_information, planned_boundaries
    from equipoise.design.outlook import EffectPower, Month
    from equipoise.design.phase2_bryant_day import BryantDayDesign, find_bryant_day_design
    from equipoise.design.phase2_selection import (
        Selection,
        correct_selection_hazards,
        correct_selection_rates,
        screening_events,
        selection_events,
        selection_size,
    )
    from equipoise.design.phase2_simon import SimonDesign, SimonDesigns, find_simon_designs, one_stage_size
    from equipoise.design.plan import Plan
    from equipoise.design.planning import plan_design
    from equipoise.design.prior import NormalMixture, prior_of, update
    from equipoise.design.reestimation import (
        Adapted,
        adapt_size,
        blinded_hazards,
        blinded_rates,
        blinded_variance,
        conventional_bound,
        least_promising_power,
        participants_for_events,
        rescaled_size,
    )
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
    from equipoise.design.success import assurance, assurance_given_continuing, fixed_assurance

_LATER = {
    "assurance": "success",
    "assurance_given_continuing": "success",
    "fixed_assurance": "success",
    "Combined": "combination",
    "Fisher": "combination",
    "combine_inverse_normal": "combination",
    "plan_fisher": "combination",
    "ConditionalPowers": "conditional",
    "conditional_crossing": "conditional",
    "conditional_power": "conditional",
    "conditional_powers": "conditional",
    "conditional_rejection_probability": "conditional",
    "posterior_at": "conditional",
    "predictive_crossing": "conditional",
    "predictive_power": "conditional",
    "FinalInference": "inference",
    "final_inference": "inference",
    "Interval": "inference",
    "repeated_intervals": "inference",
    "repeated_p_value": "inference",
    "stagewise_p_value": "inference",
    "Boundaries": "monitoring",
    "boundaries_reached": "monitoring",
    "event_information": "monitoring",
    "planned_boundaries": "monitoring",
    "BryantDayDesign": "phase2_bryant_day",
    "find_bryant_day_design": "phase2_bryant_day",
    "Selection": "phase2_selection",
    "correct_selection_hazards": "phase2_selection",
    "correct_selection_rates": "phase2_selection",
    "screening_events": "phase2_selection",
    "selection_events": "phase2_selection",
    "selection_size": "phase2_selection",
    "SimonDesign": "phase2_simon",
    "SimonDesigns": "phase2_simon",
    "find_simon_designs": "phase2_simon",
    "one_stage_size": "phase2_simon",
    "NormalMixture": "prior",
    "prior_of": "prior",
    "update": "prior",
    "Adapted": "reestimation",
    "adapt_size": "reestimation",
    "blinded_hazards": "reestimation",
    "blinded_rates": "reestimation",
    "blinded_variance": "reestimation",
    "conventional_bound": "reestimation",
    "least_promising_power": "reestimation",
    "participants_for_events": "reestimation",
    "rescaled_size": "reestimation",
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
    "Adapted",
    "Answers",
    "Arrivals",
    "Boundaries",
    "BryantDayDesign",
    "Combined",
    "ConditionalPowers",
    "Course",
    "Crossing",
    "Design",
    "Distribution",
    "EffectPower",
    "ExactRatePlan",
    "FinalInference",
    "Fisher",
    "Futility",
    "Hazard",
    "Interval",
    "Look",
    "Means",
    "MeansPlan",
    "Month",
    "NormalMixture",
    "Outcome",
    "Plan",
    "Prior",
    "PriorComponent",
    "Rates",
    "RatesPlan",
    "Scenario",
    "Selection",
    "Sensitivity",
    "Sequential",
    "SimonDesign",
    "SimonDesigns",
    "Spending",
    "SurvivalLook",
    "SurvivalPlan",
    "TwoArms",
    "adapt_size",
    "assurance",
    "assurance_given_continuing",
    "blinded_hazards",
    "blinded_rates",
    "blinded_variance",
    "boundaries_reached",
    "calendar_time",
    "combine_inverse_normal",
    "conditional_crossing",
    "conditional_power",
    "conditional_powers",
    "conditional_rejection_probability",
    "conventional_bound",
    "correct_selection_hazards",
    "correct_selection_rates",
    "crossing_probabilities",
    "estimate_events",
    "estimate_mean_power",
    "estimate_means_power",
    "estimate_rate_power",
    "estimate_rates_power",
    "estimate_survival_power",
    "event_information",
    "expected_events",
    "final_inference",
    "find_bryant_day_design",
    "find_simon_designs",
    "fixed_assurance",
    "least_promising_power",
    "most_events",
    "one_stage_size",
    "participants_for_events",
    "plan_accrual",
    "plan_design",
    "plan_fisher",
    "plan_follow_up",
    "plan_mean",
    "plan_means",
    "plan_rate",
    "plan_rate_exactly",
    "plan_rates",
    "plan_sequential",
    "plan_survival",
    "planned_boundaries",
    "posterior_at",
    "predictive_crossing",
    "predictive_power",
    "prior_of",
    "ratio_at_bound",
    "repeated_intervals",
    "repeated_p_value",
    "rescaled_size",
    "screening_events",
    "selection_events",
    "selection_size",
    "stagewise_p_value",
    "total_events",
    "update",
]


def __getattr__(name: str) -> Any:
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{module}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
