"""Visits

The schedule, in the order of the trial: a rule at one visit may use what was recorded at it or before it. `day` counts from an anchor: consent,
enrollment or randomization.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
visits:
- id: week_4
  label: {en: Week 4, zh: 第4周}
  anchor: randomization
  day: 120
  window: {before: 3, after: 3}
  forms: [follow_up]
""")
def test_a_visit_has_an_anchor_a_day_a_window_and_forms():
    """The window says how many days before and after the planned day are still within the protocol."""


@accepted("""
visits:
- {id: every_3_months, repeat: {every_days: 91, count: 12}}
""")
def test_a_visit_may_come_back():
    """`count` occurrences, `every_days` apart; the first falls on the visit's own day."""


@warned("""
visits:
- {id: every_3_months, repeat: {every_days: 28, count: 12}}
""", "visit.windows_overlap", "visits.every_3_months.window")  # fmt: skip
def test_windows_that_overlap_are_told():
    """A day would belong to two occurrences, and nobody could say which of them was attended."""


@accepted("""
visits:
- id: events
  kind: log
  forms: [death]
""")
def test_a_log_takes_forms_at_any_time_and_any_number_of_times():
    """For what comes unplanned: adverse events, death, the end of participation."""


@refused("""
visits:
- {id: events, day: 10}
""", "shape.not_consistent", "visits.events")  # fmt: skip
def test_a_log_has_no_day():
    """What is scheduled is a visit."""


@refused("""
visits:
- {id: every_3_months, day: ~}
""", "shape.not_consistent", "visits.every_3_months")  # fmt: skip
def test_a_scheduled_visit_needs_a_day():
    """It is counted from the day of the anchor."""


@accepted("""
visits:
- id: biopsy
  label: {en: Second biopsy, zh: 再次活检}
  anchor: randomization
  day: 100
  optional: true
  when: weight > 60
""")
def test_a_visit_may_be_optional_or_for_some_participants_only():
    """An optional visit may be left out. `when` says for whom the visit is due; while the rule is not yet known it
    is not."""


@refused("""
visits:
- {id: screening, forms: [baseline, laboratory]}
""", "name.unknown", "visits.screening.forms[2]")  # fmt: skip
def test_the_forms_of_a_visit_exist():
    """A visit lists the forms that are due at it, by their ids."""


@refused("""
visits:
- {id: screening, forms: [baseline, baseline]}
""", "visit.form_twice", "visits.screening.forms[2]")  # fmt: skip
def test_a_form_is_filled_in_once_at_each_visit():
    """What is asked several times at one visit is a repeating group of the form."""


@warned("""
visits:
- {id: week_2, label: {en: Week 2, zh: 第2周}, anchor: randomization, day: 14, forms: []}
""", "visit.order", "visits.week_2.day")  # fmt: skip
def test_visits_stand_in_the_order_in_which_they_come():
    """The order decides what a rule at a visit may name, so a visit that stands after a later one is told."""


@refused("""
visits:
- {id: every_3_months, act: [randomize]}
""", "visit.act_twice", "visits.every_3_months.act[1]")  # fmt: skip
def test_consent_enrollment_and_randomization_happen_once():
    """`act` marks the visit at whose end they happen."""


@refused("""
visits:
- {id: screening, act: [enroll, randomize]}
- {id: every_3_months, act: [consent]}
""", "visit.act_order", "visits.screening.act")  # fmt: skip
def test_consent_comes_before_enrollment_and_that_before_randomization():
    """Nothing is done to a person without consent, and nobody is randomized who was not found eligible."""


@accepted("""
visits:
- {id: screening, forms: [baseline], past_forms: [baseline]}
""")
def test_a_form_may_tell_of_what_was_done_before_the_visit():
    """A visit is due on its planned day, as many days earlier or later as its `window` says. What is recorded outside
    it is taken as it was, and asked about: the system raises a query, which counts as a deviation until a correction
    mends it. A visit without a `window` is asked about when it lies half a year off. Forms that report what was done
    before the visit, such as an image or a sample from before consent, are named in `past_forms`: their days may lie
    before the window."""


@refused("""
visits:
- {id: screening, forms: [baseline], past_forms: [laboratory]}
""", "name.unknown", "visits.screening.past_forms[1]")  # fmt: skip
def test_the_past_forms_of_a_visit_are_forms_of_it():
    """They are named among its `forms` as well."""


@accepted("""
dates: {window: kept, order: asked, acts: kept, opening: kept, consent: asked, leaving: kept, death: refused}
""")
def test_a_protocol_chooses_what_becomes_of_dates_that_do_not_agree():
    """A query asks about them (`asked`: so it is of every kind about which nothing is said); they are kept as deviations, about which nobody is
    asked (`kept`); or the act that brings them about is refused (`refused`). Kinds: `window`, `order`, `acts`, `opening`, `consent`, `leaving`,
    `death`. What a correction mends is no deviation any more."""


@refused("""
dates: {window: forbidden}
""", "shape.unknown_choice", "dates.window")  # fmt: skip
def test_and_there_are_three_ways():
    """Anything else is refused."""
