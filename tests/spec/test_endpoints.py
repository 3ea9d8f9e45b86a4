"""Endpoints

What is measured to answer the question. The earliest event counts; without an event the latest censoring date does, and its label is the reason that
tables print. Dates are date items, variables, or built-ins.
"""

from tests.spec.example import accepted, refused, warned

PFS = """
endpoints:
- kind: time_to_event
  id: pfs
  label: {en: Progression-free survival, zh: 无进展生存期}
  short: PFS
  description: {en: Randomization to progression or death, zh: 从随机分组到进展或死亡的时间}
  role: secondary
  origin: randomized_date
  events:
  - {id: progression, label: {en: Progression, zh: 进展}, date: progressed_on}
  - {id: death, label: {en: Death, zh: 死亡}, date: died_on}
  censoring:
  - {id: seen, label: {en: No progression at the last visit, zh: 末次访视时无进展}, date: last_seen}
  - {id: start, label: {en: No visit after randomization, zh: 随机分组后无访视}, date: randomized_date}
  death: event
"""


@accepted(PFS)
def test_a_time_to_event_has_an_origin_event_sources_and_censoring_sources():
    """`death` says whether death is the event (or one of them), competes, or censors."""


@accepted("""
endpoints:
- id: ttp
  censoring:
  - {id: other_therapy, label: {en: Other therapy begun, zh: 开始其他治疗}, date: died_on, when: smoker, stops: true}
""")
def test_a_censoring_may_stop_follow_up_where_it_stands():
    """An event after it does not count."""


@refused("""
endpoints:
- id: ttp
  events:
  - {id: death, kind: event}
""", "endpoint.death", "endpoints.ttp.death")  # fmt: skip
def test_a_death_that_competes_has_a_competing_source():
    """`death: competing` says that death ends the possibility of the event. Some source must then say when it
    happened: an event source with `kind: competing`."""


@refused("""
endpoints:
- id: ttp
  events:
  - {id: progression, kind: competing}
""", "endpoint.no_event", "endpoints.ttp.events")  # fmt: skip
def test_something_must_be_the_event():
    """With competing sources alone there is nothing to measure the time to."""


@refused("""
endpoints:
- id: os
  events:
  - {id: death, date: progressed}
""", "rule.not_yet_recorded", "endpoints.os.events.death.date")  # fmt: skip
def test_the_date_of_an_event_has_one_value_per_participant():
    """`progressed` is asked at every visit. A variable picks one of its days: the first at which it was true."""


@refused("""
endpoints:
- {id: os, origin: age}
""", "rule.wrong_type", "endpoints.os.origin")  # fmt: skip
def test_time_is_counted_from_a_date():
    """The origin is a date of the participant, such as `randomized_date`."""


@refused("""
endpoints:
- {id: ttp, origin: ~}
""", "shape.not_consistent", "endpoints.ttp")  # fmt: skip
def test_an_endpoint_without_an_origin_is_refused():
    """Days can be counted only from a day. A record that holds durations alone gives `duration` and `event` in
    place of dates."""


@accepted("""
endpoints:
- {id: ttp, origin: ~, events: ~, censoring: ~, duration: age, event: smoker, death: censored}
""")
def test_a_record_that_holds_only_a_duration_gives_days_and_a_rule():
    """Instead of dates: `duration` names a number of days and `event` is a rule."""


@accepted("""
endpoints:
- kind: binary
  id: responded
  label: {en: Response, zh: 缓解}
  short: ORR
  description: {en: No progression and over 50 kg, zh: 无进展且体重超过50公斤}
  role: secondary
  rule: progressed_on IS NULL AND weight > 50
""")
def test_a_binary_endpoint_is_a_rule():
    """The rule is true of those who have the event, false of those who do not. Those of whom it is not yet known
    are left out, and the analysis says how many they are."""


@accepted("""
endpoints:
- {kind: continuous, id: bmi_start, label: {en: BMI, zh: 体重指数}, short: BMI, description: {en: BMI, zh: 体重指数}, role: exploratory, rule: bmi, unit: kg/m2}
""")
def test_a_continuous_endpoint_is_a_rule_that_gives_a_number():
    """The unit is that of the numbers, and is printed with every mean."""


@refused("""
endpoints:
- {id: heavy, rule: smoker}
""", "rule.wrong_type", "endpoints.heavy.rule")  # fmt: skip
def test_a_truth_value_is_no_number():
    """A rule that is true or false makes a binary endpoint."""


@refused("""
endpoints:
- {id: os, role: secondary}
design: ~
analyses:
- {id: os_logrank, role: secondary}
- {id: ttp_ci, label: {en: Incidence, zh: 累积发生率}, endpoint: ttp, set: itt, method: cumulative_incidence, role: secondary, at_days: [1096]}
""", "endpoint.no_primary", "endpoints")  # fmt: skip
def test_one_endpoint_is_primary():
    """The question of a trial is asked of one endpoint first; the design, the headline and the order of the report
    follow it."""


@warned("""
endpoints:
- {id: ttp, role: primary}
""", "endpoint.several_primary", "endpoints")  # fmt: skip
def test_several_primary_endpoints_are_told():
    """Each primary endpoint has its own chance of a false success. It is a warning: the plan may share alpha
    between them, and should say how."""


@refused("""
endpoints:
- {id: heavy, rule: 5.0 - 5.0}
""", "endpoint.constant", "endpoints.heavy.rule")  # fmt: skip
def test_an_endpoint_is_about_something_that_was_recorded():
    """A rule that names nothing gives the same in everybody, and no treatment could change it."""
