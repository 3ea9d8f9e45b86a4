"""The numbers of a design: `plan_design` for a whole protocol; boundaries, sizes and designs of phase II by themselves.

Stands above the protocol, whose clauses it reads; checking a protocol never loads it. Sub-rooms: `sequential`
(boundaries and interim analyses), `sizes` (participants and events), `phase2` (one arm, and selection among arms).
"""

from equipoise.planning.alternatives import Alternative, MethodSize, assess_alternatives, compare_methods
from equipoise.planning.appraisal import Appraisal, AppraisedLook, StoppingAt, appraise
from equipoise.planning.attendance import Attendance
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.foresight import Belief, Interim, Observed
from equipoise.planning.of_protocol import plan_design
from equipoise.planning.outlook import EffectPower, Month
from equipoise.planning.phase2.bryant_day import BryantDayDesign, find_bryant_day_design
from equipoise.planning.phase2.selection import (
    SelectionChances,
    correct_selection_hazards,
    correct_selection_rates,
    screening_events,
    selection_events,
    selection_size,
)
from equipoise.planning.phase2.simon import SimonDesign, SimonDesigns, find_simon_designs, one_stage_size
from equipoise.planning.rival_tests import RivalTest, compare_tests
from equipoise.planning.safety import (
    SafetyBound,
    SafetyCharacteristics,
    SafetyPlan,
    find_crossing,
    plan_safety,
    safety_bounds,
    safety_characteristics,
    safety_level,
)
from equipoise.planning.sensitivity import Answers, Sensitivity
from equipoise.planning.sequential.combination import Combined, Fisher, combine_inverse_normal, plan_fisher
from equipoise.planning.sequential.conditional import (
    ConditionalPowers,
    conditional_crossing,
    conditional_power,
    conditional_powers,
    conditional_rejection_probability,
    posterior_at,
    predictive_crossing,
    predictive_power,
)
from equipoise.planning.sequential.crossing import CrossingProbabilities, crossing_probabilities
from equipoise.planning.sequential.group_sequential import Sequential, plan_sequential
from equipoise.planning.sequential.inference import (
    ConfidenceInterval,
    FinalInference,
    final_inference,
    repeated_intervals,
    repeated_p_value,
    stagewise_p_value,
)
from equipoise.planning.sequential.monitoring import (
    Boundaries,
    boundaries_reached,
    event_information,
    planned_boundaries,
)
from equipoise.planning.sequential.prior import NormalMixture, prior_of, update
from equipoise.planning.sequential.success import assurance, assurance_given_continuing, fixed_assurance
from equipoise.planning.sizes.events import (
    Arrivals,
    SurvivalCourse,
    TwoArms,
    calendar_time,
    expected_events,
    most_events,
    total_events,
)
from equipoise.planning.sizes.looks_power import LooksPlan, estimate_looks_power, plan_looks
from equipoise.planning.sizes.means import MeansPlan, estimate_mean_power, estimate_means_power, plan_mean, plan_means
from equipoise.planning.sizes.nonproportional import (
    AverageRatio,
    LachinFoulkes,
    MaxCombo,
    MilestoneSurvival,
    NonproportionalPlan,
    RestrictedMeans,
    WeightedLogrank,
    estimate_nonproportional_power,
    plan_nonproportional,
)
from equipoise.planning.sizes.rates import (
    ExactRatePlan,
    RatesPlan,
    estimate_rate_power,
    estimate_rates_power,
    plan_rate,
    plan_rate_exactly,
    plan_rates,
)
from equipoise.planning.sizes.reestimation import (
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
from equipoise.planning.sizes.survival import (
    SurvivalLook,
    SurvivalPlan,
    estimate_events,
    estimate_survival_power,
    plan_accrual,
    plan_follow_up,
    plan_survival,
    ratio_at_bound,
)
from equipoise.planning.sizes.weighted_logrank import ExpectedLook, Stratum, estimate_look
from equipoise.wording.numbers import check_exported

__all__ = [
    "Adapted",
    "Alternative",
    "Answers",
    "Appraisal",
    "AppraisedLook",
    "Arrivals",
    "Attendance",
    "AverageRatio",
    "Belief",
    "Boundaries",
    "BryantDayDesign",
    "Combined",
    "ConditionalPowers",
    "ConfidenceInterval",
    "CrossingProbabilities",
    "DesignPlan",
    "EffectPower",
    "ExactRatePlan",
    "ExpectedLook",
    "FinalInference",
    "Fisher",
    "Interim",
    "LachinFoulkes",
    "LooksPlan",
    "MaxCombo",
    "MeansPlan",
    "MethodSize",
    "MilestoneSurvival",
    "Month",
    "NonproportionalPlan",
    "NormalMixture",
    "Observed",
    "RatesPlan",
    "RestrictedMeans",
    "RivalTest",
    "SafetyBound",
    "SafetyCharacteristics",
    "SafetyPlan",
    "SelectionChances",
    "Sensitivity",
    "Sequential",
    "SimonDesign",
    "SimonDesigns",
    "StoppingAt",
    "Stratum",
    "SurvivalCourse",
    "SurvivalLook",
    "SurvivalPlan",
    "TwoArms",
    "WeightedLogrank",
    "adapt_size",
    "appraise",
    "assess_alternatives",
    "assurance",
    "assurance_given_continuing",
    "blinded_hazards",
    "blinded_rates",
    "blinded_variance",
    "boundaries_reached",
    "calendar_time",
    "combine_inverse_normal",
    "compare_methods",
    "compare_tests",
    "conditional_crossing",
    "conditional_power",
    "conditional_powers",
    "conditional_rejection_probability",
    "conventional_bound",
    "correct_selection_hazards",
    "correct_selection_rates",
    "crossing_probabilities",
    "estimate_events",
    "estimate_look",
    "estimate_looks_power",
    "estimate_mean_power",
    "estimate_means_power",
    "estimate_nonproportional_power",
    "estimate_rate_power",
    "estimate_rates_power",
    "estimate_survival_power",
    "event_information",
    "expected_events",
    "final_inference",
    "find_bryant_day_design",
    "find_crossing",
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
    "plan_looks",
    "plan_mean",
    "plan_means",
    "plan_nonproportional",
    "plan_rate",
    "plan_rate_exactly",
    "plan_rates",
    "plan_safety",
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
    "safety_bounds",
    "safety_characteristics",
    "safety_level",
    "screening_events",
    "selection_events",
    "selection_size",
    "stagewise_p_value",
    "total_events",
    "update",
]

# Whoever comes in from outside is checked once, at the door; the modules among themselves are not.
check_exported(globals(), __all__)
