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
    progressed: {rule: age > 80}
    seen_date: {days_after: [0, 7], from: randomized_date}
    pack_years: {uniform: [1, 60], missing: 0.1}
""")
def test_an_item_comes_about_by_one_of_nine_distributions():
    """A fixed value (which may be written plainly), choice, choice_by and chance (below), normal, lognormal, uniform, days_after a date, or a rule over what the participant already has."""


@accepted("""
scenarios:
- id: base
  latents:
    tumor_burden: {normal: [0, 1]}
    frailty: {normal: {mean: 0.4 * tumor_burden, sd: 0.9}, min: -3, max: 3}
    center_kind: {choice: {large: 2, small: 1}}
    careless: {chance: "0.1 + 0.1 * EXP(frailty)"}
  items:
    age: {normal: {mean: 55 + 4 * frailty, sd: 8}, min: 20}
    progressed: {chance: 1 / (1 + EXP(3 - tumor_burden))}
  outcomes:
  - {id: dying, modifiers: [{when: tumor_burden > 1, ratios: [1.8]}]}
""")
def test_latents_make_what_a_participant_has_hang_together():
    """A hidden trait is drawn once for each participant, in the order written, and is never recorded. Every rule of the scenario may name it: here it makes the old also the frail, and those with much tumor progress and die sooner. A simulation of the scenario draws the same traits."""


@accepted("""
scenarios:
- id: base
  latents:
    frailty: {normal: [0, 1]}
  items:
    weight: {normal: {mean: "COALESCE(previous, 64) - 0.3 * frailty", sd: 0.6}, min: 32}
    sex: {value: {choice_by: [{when: age < 40, choice: {F: 2, M: 1}}, {choice: {F: 1, M: 3}}]}}
    progressed: {chance: "CASE WHEN day > 200 THEN 0.1 ELSE 0.02 END"}
    ae_grade: {choice_by: [{when: occurrence = 1 AND row = 1, choice: {"2": 1}}, {choice: {"1": 3, "2": 1}}]}
""")
def test_chance_lies_around_a_rule_that_may_name_the_moment():
    """`visit`, `occurrence`, `day` (since randomization, 0 before it), `row` (of a group) and `previous` (the item's own last value), `days_left` (to the end of observation) and, on the form for those who leave, `leaving` (follow_up or consent) are names of the moment; items of the form are those above, items of other forms are as last known. Two plain numbers, `[62, 10]`, make values that last in a participant: two records correlate at 0.7. The long form draws each record for itself unless `correlation` says otherwise; what lasts is then said by latents and by `previous`. A rule that is not yet known gives no value."""


@accepted("""
scenarios:
- id: base
  rows:
    events: {choice_by: [{when: occurrence = 1, choice: {"2": 1, "3": 1}}, {choice: {"0": 1}}]}
  same_rows:
    events: [ae_term]
  items:
    ae_term: {rule: "CASE WHEN row = 1 THEN 'Nausea' ELSE 'Fatigue' END"}
    ae_grade: {rule: "CASE WHEN previous = '2' THEN '1' ELSE '2' END"}
""")
def test_rows_of_a_group_are_counted_and_may_come_again():
    """`rows` says how many there are. The rows of a group in `same_rows` come again at the next record of the form, in their order: the items that it names stay as they were, and for the others `previous` is the value of the same row. So lesions keep name and organ while their diameters change."""


@accepted("""
scenarios:
- id: base
  visit_days:
    every_3_months: {normal: {mean: "90 * occurrence + CASE WHEN progressed THEN 7 ELSE 0 END", sd: 3}}
""")
def test_a_visit_takes_place_on_the_days_that_a_rule_says():
    """In place of the planned day and its window: days after randomization, worked out on the planned day. For doses that are delayed by what was measured, and for a last contact that is as late as it was."""


@accepted("""
scenarios:
- id: base
  outcomes:
  - {id: relapse, form: follow_up, visit: every_3_months, date_item: seen_date, hazard: {per_month: [0.05]}, times: 3}
  follows:
  - {id: death_report, after: follow_up, when: progressed, form: death, visit: events, date_item: death_date, days: [20, 60]}
""")
def test_an_outcome_may_strike_again_and_a_record_may_follow_another():
    """`times` lets an outcome strike up to so often, each time at the hazard of that time. `follows` records a form because of a record of another form, when a rule is true of it: a report after a serious event, a deviation after a wrong dose. Its `sets` may name the items of the record that it follows."""


@accepted("""
scenarios:
- id: base
  outside_window: 0.03
  monitoring_days: 84
  queried: 0.02
  query_days: 9
  deviation: 0.08
  duplicate: 0.01
  wrong_stratum: {value: 0.02, assumption: true, source: Judgement}
  sites:
    S02: {value: {late_entry_days: 20, typing_error: 0.02, query_days: 25}, assumption: true, source: Judgement}
""")
def test_sites_work_with_their_own_speed_and_sloppiness():
    """What a site's clause is silent about is the scenario's, times a factor that is drawn for the site once. The monitor visits each site, questions values, and the site answers or corrects; queries that checks open are answered likewise."""


@refused("""
scenarios:
- id: base
  latents: {age: {normal: [0, 1]}}
""", "name.duplicate", "scenarios.base.latents.age")  # fmt: skip
def test_a_latent_has_a_name_of_its_own():
    """Rules of a scenario name items, variables and latents alike."""


@refused("""
scenarios:
- id: base
  latents: {frailty: {normal: {mean: age / 10, sd: 1}}}
""", "rule.not_yet_recorded", "scenarios.base.latents.frailty.normal.mean")  # fmt: skip
def test_a_latent_is_there_before_anything_is_recorded():
    """It may rest on latents written above it, and on nothing that is recorded."""


@refused("""
scenarios:
- id: base
  latents: {frailty: {rule: "1"}}
""", "scenario.latent", "scenarios.base.latents.frailty")  # fmt: skip
def test_a_latent_is_drawn():
    """A rule would draw nothing: what follows from other things is a rule of the item that needs it."""


@refused("""
scenarios:
- id: base
  items: {age: {normal: {mean: "'old'", sd: 2}}}
""", "rule.wrong_type", "scenarios.base.items.age.normal.mean")  # fmt: skip
def test_the_middle_of_a_distribution_is_a_number():
    """Means and standard deviations may be rules, and these give numbers."""


@refused("""
scenarios:
- id: base
  items: {age: {value: {chance: "0.5"}}}
""", "scenario.type", "scenarios.base.items.age")  # fmt: skip
def test_a_chance_is_that_of_a_truth():
    """`chance` makes an item true with that probability; a number has a distribution of numbers."""


@refused("""
scenarios:
- id: base
  items: {age: {uniform: [20, 60], min: 30}}
""", "shape.not_consistent", "scenarios.base.items.age")  # fmt: skip
def test_only_a_normal_or_lognormal_value_needs_bounds():
    """A uniform value says its bounds itself."""


@refused("""
scenarios:
- id: base
  items: {weight: {normal: {mean: previous * stage, sd: 1}}}
""", "rule.unknown_name", "scenarios.base.items.weight.normal.mean")  # fmt: skip
def test_a_distribution_names_what_there_is():
    """Items, variables, latents, and the names of the moment."""


@refused("""
scenarios:
- id: base
  items: {bmi: {normal: [24, 3]}}
""", "scenario.derived", "scenarios.base.items.bmi")  # fmt: skip
def test_what_follows_from_other_items_is_not_drawn():
    """A body mass index is computed by the form itself, here as at a site."""


@refused("""
scenarios:
- id: base
  rows: {lesions: 2}
""", "name.unknown", "scenarios.base.rows.lesions")  # fmt: skip
def test_rows_are_those_of_a_group():
    """`rows` says how many rows a repeating group has at each record."""


@refused("""
scenarios:
- id: base
  same_rows: {events: [age]}
""", "name.unknown", "scenarios.base.same_rows.events")  # fmt: skip
def test_what_stays_in_a_row_is_an_item_of_the_group():
    """`same_rows` lists the items of a row that keep their value from one record to the next."""


@refused("""
scenarios:
- id: base
  visit_days: {screening: 3}
""", "scenario.visit_days", "scenarios.base.visit_days.screening")  # fmt: skip
def test_only_visits_after_randomization_are_moved():
    """The days before randomization follow from screening and consent."""


@refused("""
scenarios:
- id: base
  follows:
  - {id: again, after: death, form: death, visit: events, date_item: death_date}
""", "rule.circle", "scenarios.base.follows.again.after")  # fmt: skip
def test_no_record_leads_to_itself():
    """A form that follows from itself would be recorded without end."""


@refused("""
scenarios:
- id: base
  follows:
  - {id: seen_again, after: death, form: follow_up, visit: every_3_months, date_item: seen_date}
""", "scenario.follow", "scenarios.base.follows.seen_again.visit")  # fmt: skip
def test_what_follows_stands_in_a_log():
    """A record that comes because of another one comes at no planned day."""


@refused("""
scenarios:
- id: base
  sites: {S09: {typing_error: 0.1}}
""", "name.unknown", "scenarios.base.sites.S09")  # fmt: skip
def test_habits_belong_to_a_site():
    """The site is one of the protocol's own."""


@refused("""
scenarios:
- {id: base, monitoring_days: 0}
""", "scenario.monitoring", "scenarios.base.monitoring_days")  # fmt: skip
def test_a_monitor_comes_once_a_day_at_most():
    """`monitoring_days` is the number of days from one visit of the monitor to the next."""


@warned("""
dates: {window: refused}
scenarios:
- {id: base, outside_window: 0.1}
""", "scenario.outside_refused", "scenarios.base.outside_window")  # fmt: skip
def test_visits_outside_their_windows_are_missed_where_the_protocol_takes_none():
    """A rehearsal keeps to its own protocol: what `dates` refuses is not entered by virtual people either."""


@warned("""
dates: {window: refused}
scenarios:
- {id: base, sites: {S01: {outside_window: 0.1}}}
""", "scenario.outside_refused", "scenarios.base.sites.S01.outside_window")  # fmt: skip
def test_nor_are_they_entered_by_one_site():
    """What a site does otherwise than the others is told in the same way."""


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
    """A virtual participant answers with a code that the form would take."""


@refused("""
scenarios:
- id: base
  items: {sex: {value: {normal: [1, 1]}}}
""", "scenario.type", "scenarios.base.items.sex")  # fmt: skip
def test_numbers_are_drawn_for_numbers():
    """A coded item is chosen: by `choice`, `choice_by`, a rule, or a fixed code."""


@refused("""
scenarios:
- id: base
  items: {age: {normal: [55, 10], uniform: [20, 80]}}
""", "shape.not_consistent", "scenarios.base.items.age")  # fmt: skip
def test_a_distribution_is_of_one_kind():
    """Two kinds would each give a value."""


@warned("""
scenarios:
- id: base
  items: {age: {missing: 0.2}}
""", "scenario.missing", "scenarios.base.items.age")  # fmt: skip
def test_a_required_item_that_is_left_empty_is_told():
    """The form refuses such a record unless somebody accepts it for a stated reason. A site that leaves it empty is
    then asked."""


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
    """This holds for every probability of a scenario: screening failures, typing errors, missed visits, loss."""


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, visit: screening}
""", "pick.not_there", "scenarios.base.outcomes.dying.visit")  # fmt: skip
def test_an_outcome_is_recorded_where_its_form_is_used():
    """The visit must be one at which the form of the outcome is due."""


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, hazard_ratio: {C: 0.7}}
""", "name.unknown", "scenarios.base.outcomes.dying.hazard_ratio.C")  # fmt: skip
def test_a_hazard_ratio_belongs_to_an_arm():
    """An arm that is not named has the hazard as it is."""


@refused("""
scenarios:
- id: base
  site_shares: {S09: 1}
""", "name.unknown", "scenarios.base.site_shares.S09")  # fmt: skip
def test_a_share_belongs_to_a_site():
    """Shares say how recruitment is divided among the sites."""


@refused("""
scenarios:
- {id: base, start: "2021-13-01"}
""", "date.impossible", "scenarios.base.start")  # fmt: skip
def test_a_scenario_begins_on_a_day():
    """`start` is the first day of the trial that is played, written as in `2024-02-29`."""


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
    """One cut makes two periods, and each has its ratio."""


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, modifiers: [{when: cut_date > randomized_date, ratios: [2]}]}
""", "rule.not_yet_recorded", "scenarios.base.outcomes.dying.modifiers[1].when")  # fmt: skip
def test_a_modifier_knows_what_is_known_at_randomization():
    """The course of a participant is drawn when treatment is allocated."""


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, modifiers: [{arm: C, ratios: [2]}]}
""", "name.unknown", "scenarios.base.outcomes.dying.modifiers[1].arm")  # fmt: skip
def test_a_modifier_belongs_to_an_arm_or_to_everybody():
    """Without `arm` it holds in all of them."""


@refused("""
scenarios:
- id: base
  outcomes:
  - {id: dying, hazard: {value: {survival: 0.3, at_months: 60}}, cured: 0.4}
""", "scenario.cured", "scenarios.base.outcomes.dying.cured")  # fmt: skip
def test_a_curve_does_not_fall_below_the_cured_share():
    """If 40 percent never have the event, no more than 60 percent can have had it after five years."""
