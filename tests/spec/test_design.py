"""Design

What was assumed for the primary comparison, and how many participants, events and looks follow from it.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
design:
  endpoint: os
  question: superiority
  alpha: 0.05
  sides: 2
  power: 0.8
  control: {value: {survival: 0.66, at_months: 36}}
  hazard_ratio: 0.6
  accrual: {months: [6, 30], per_month: [3, 8]}
  follow_up_months: 36
  dropout_per_month: 0.002
  participants: 258
  events: 96
  looks: [{information: 0.5, label: {en: Interim, zh: 期中分析}}, {information: 1}]
  spending: {kind: lan_demets_obrien_fleming}
  futility: {kind: kim_demets, parameter: 2}
""")
def test_a_design_states_error_rates_hazards_accrual_and_looks():
    """A hazard is given by its median, by one point of the curve, or piece by piece: `{per_month: [0.02, 0.01], cuts_months: [12]}`."""


@refused("""
design: {alpha: 0.5}
""", "shape.not_consistent", "design")  # fmt: skip
def test_alpha_lies_between_0_and_one_half():
    pass


@refused("""
design: {question: non_inferiority}
""", "shape.not_consistent", "design")  # fmt: skip
def test_a_non_inferiority_design_states_its_margin():
    pass


@refused("""
design: {hazard_ratio: {value: 1}}
""", "design.no_effect", "design.hazard_ratio")  # fmt: skip
def test_superiority_assumes_a_difference():
    pass


@refused("""
design: {spending: ~}
""", "design.no_spending", "design.looks")  # fmt: skip
def test_several_looks_spend_alpha():
    pass


@refused("""
design: {spending: {kind: hwang_shih_decani}}
""", "design.spending", "design.spending")  # fmt: skip
def test_a_family_of_spending_functions_needs_its_parameter():
    pass


@refused("""
design: {participants: 100}
""", "design.events", "design.events")  # fmt: skip
def test_nobody_has_the_event_twice():
    pass


@warned("""
design: {endpoint: ttp}
""", "design.endpoint", "design.endpoint")  # fmt: skip
def test_the_size_of_a_trial_follows_from_its_primary_endpoint():
    pass


@refused("""
design:
  control: {value: {median_months: 30, survival: 0.6, at_months: 36}}
""", "shape.not_consistent", "design.control.value")  # fmt: skip
def test_a_hazard_is_given_in_one_way():
    pass
