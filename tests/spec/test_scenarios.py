"""Scenarios

Ways in which the trial may go: how virtual participants come about, and when dated events strike. A rehearsal plays them through the real doors.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
scenarios:
- id: base
  items:
    age: {normal: [55, 10]}
    weight: {lognormal: [4.1, 0.2]}
    height: {uniform: [1.5, 1.9]}
    sex: {value: {choice: {F: 1, M: 2}}}
    smoker: false
    bmi: {rule: weight / (height * height)}
    seen_date: {days_after: [0, 7], from: randomized_date}
    pack_years: {uniform: [1, 60], missing: 0.1}
""")
def test_an_item_comes_about_by_one_of_seven_distributions():
    """A fixed value (which may be written plainly), choice, normal, lognormal, uniform, days_after a date, or a rule over what the participant already has."""


@accepted("""
scenarios:
- id: base
  outcomes:
  - id: relapse
    form: follow_up
    visit: every_3_months
    date_item: seen_date
    hazard: {median_months: 40}
    hazard_ratio: {A: 0.7}
    sets: {progressed: true}
""")
def test_an_outcome_is_a_dated_event_with_a_hazard():
    """`after` lets it strike only after another outcome; `ends: true` stops all that would follow."""


@refused("""
scenarios:
- id: base
  items: {sex: {value: {choice: {F: 1, W: 2}}}}
""", "rule.unknown_code", "scenarios.base.items.sex")  # fmt: skip
def test_a_choice_is_among_the_codes():
    pass


@refused("""
scenarios:
- id: base
  items: {sex: {value: {normal: [1, 1]}}}
""", "scenario.type", "scenarios.base.items.sex")  # fmt: skip
def test_numbers_are_drawn_for_numbers():
    pass


@refused("""
scenarios:
- id: base
  items: {age: {normal: [55, 10], uniform: [20, 80]}}
""", "shape.not_consistent", "scenarios.base.items.age")  # fmt: skip
def test_a_distribution_is_of_one_kind():
    pass


@warned("""
scenarios:
- id: base
  items: {age: {missing: 0.2}}
""", "scenario.missing", "scenarios.base.items.age")  # fmt: skip
def test_a_required_item_that_is_left_empty_is_told():
    pass


@refused("""
scenarios:
- {id: base, prevalence: {value: 0, assumption: true, source: Judgement}}
""", "scenario.prevalence", "scenarios.base.prevalence")  # fmt: skip
def test_somebody_who_is_approached_is_of_the_trials_population():
    """`prevalence` thins the accrual: the others are approached and never screened."""


@refused("""
scenarios:
- {id: base, screen_failure: 1.2}
""", "scenario.probability", "scenarios.base.screen_failure")  # fmt: skip
def test_a_probability_lies_between_0_and_1():
    pass


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, visit: screening}
""", "pick.not_there", "scenarios.base.outcomes.dying.visit")  # fmt: skip
def test_an_outcome_is_recorded_where_its_form_is_used():
    pass


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, hazard_ratio: {C: 0.7}}
""", "name.unknown", "scenarios.base.outcomes.dying.hazard_ratio.C")  # fmt: skip
def test_a_hazard_ratio_belongs_to_an_arm():
    pass


@refused("""
scenarios:
- id: base
  site_shares: {S09: 1}
""", "name.unknown", "scenarios.base.site_shares.S09")  # fmt: skip
def test_a_share_belongs_to_a_site():
    pass


@refused("""
scenarios:
- {id: base, start: "2021-13-01"}
""", "date.impossible", "scenarios.base.start")  # fmt: skip
def test_a_scenario_begins_on_a_day():
    pass


@accepted("""
scenarios:
- id: base
  outcomes:
  - id: dying
    hazard: {value: {median_months: 30}}
    modifiers:
    - {arm: A, cuts_months: [6], ratios: [1.4, 0.8]}
    - {when: sex = 'M', ratios: [1.5]}
    - {arm: A, when: age >= 65, ratios: [1.2]}
    cured: 0.2
""")
def test_modifiers_multiply_a_hazard_over_time_by_arm_or_by_risk_group():
    """With a `hazard_ratio` of 0.7, the first makes the effect late: 0.98 for 6 months, 0.56 thereafter; the second says that men fare worse; the third that the effect is weaker in the old. A rule that is not yet known at randomization does not apply. `cured` is the share whom the outcome never strikes."""


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, modifiers: [{cuts_months: [6], ratios: [1]}]}
""", "shape.not_consistent", "scenarios.base.outcomes.dying.modifiers[1]")  # fmt: skip
def test_ratios_over_time_need_one_cut_fewer():
    pass


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, modifiers: [{when: cut_date > randomized_date, ratios: [2]}]}
""", "rule.not_yet_recorded", "scenarios.base.outcomes.dying.modifiers[1].when")  # fmt: skip
def test_a_modifier_knows_what_is_known_at_randomization():
    pass


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, modifiers: [{arm: C, ratios: [2]}]}
""", "name.unknown", "scenarios.base.outcomes.dying.modifiers[1].arm")  # fmt: skip
def test_a_modifier_belongs_to_an_arm_or_to_everybody():
    pass


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, hazard: {value: {survival: 0.3, at_months: 60}}, cured: 0.4}
""", "scenario.cured", "scenarios.base.outcomes.dying.cured")  # fmt: skip
def test_a_curve_does_not_fall_below_the_cured_share():
    pass
