"""Forms and items

A form is one page of questions. An item has a type (integer, decimal, text, date, datetime, boolean, code, partial_date, qualified_number), a unit when it is a quantity, limits, and
conditions. Item names are unique in a study, because rules name them.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
forms:
- id: baseline
  items:
  - {id: crea, label: {en: Creatinine, zh: 肌酐}, type: decimal, unit: umol/L, decimals: 1, hard: {min: 10, max: 2000}, soft: {min: 40, max: 150}}
""")
def test_a_hard_range_refuses_and_a_soft_range_asks():
    """Limits are included. Outside the soft range a value is taken when somebody confirms it with a reason, and the override is recorded."""


@refused("""
forms:
- id: baseline
  items:
  - {id: age, hard: {min: 120, max: 0}}
""", "range.empty", "forms.baseline.items.age.hard")  # fmt: skip
def test_a_lower_limit_above_the_upper_is_refused():
    """No value would fit, and nobody could fill in the form."""


@refused("""
forms:
- id: baseline
  items:
  - {id: age, hard: {min: 18, max: 90}, soft: {min: 16}}
""", "range.soft_outside_hard", "forms.baseline.items.age.soft.min")  # fmt: skip
def test_a_soft_range_lies_within_the_hard_one():
    """What the hard range refuses can never be asked about."""


@refused("""
forms:
- id: baseline
  items:
  - {id: height, hard: {min: 50, max: 250, unit: cm}, soft: ~}
""", "unit.mismatch", "forms.baseline.items.height.hard.unit")  # fmt: skip
def test_limits_in_another_unit_are_refused_not_converted():
    """Height is recorded in meters here. A limit may repeat its unit so that a reader sees it; it must then be the
    item's own."""


@refused("""
forms:
- id: baseline
  items:
  - {id: weight, unit: kilo}
""", "unit.unknown", "forms.baseline.items.weight.unit")  # fmt: skip
def test_units_are_those_of_ucum():
    """Common spellings are known too (`mmHg`, `10^9/L`, `years`). One quantity has one canonical unit, in which data cuts keep it."""


@refused("""
forms:
- id: baseline
  items:
  - {id: visit_date, hard: {min: "2024-02-30"}}
""", "date.impossible", "forms.baseline.items.visit_date.hard.min")  # fmt: skip
def test_a_limit_of_a_date_is_a_day_that_exists():
    """Dates are written as in `2024-02-29`, in quotes or without."""


@accepted("""
codelists:
- id: ecog
  label: {en: ECOG performance status, zh: ECOG 体能状态}
  source: Oken 1982
  codes:
  - {code: "0", label: {en: Fully active, zh: 活动能力完全正常}}
  - {code: "1", label: {en: Restricted, zh: 能从事轻体力活动}}
forms:
- id: baseline
  items:
  - {id: ecog, label: {en: ECOG, zh: ECOG}, type: code, codelist: ecog}
""")
def test_a_coded_item_takes_its_values_from_a_codelist():
    """A code is text; put it in quotes when it looks like a number."""


@refused("""
forms:
- id: baseline
  items:
  - {id: sex, codelist: sexes}
""", "name.unknown", "forms.baseline.items.sex.codelist")  # fmt: skip
def test_a_codelist_that_nobody_defined_is_refused():
    """The nearest name is offered, when there is one that can be meant."""


@refused("""
codelists:
- id: grade
  codes:
  - {code: 1, label: {en: Grade 1, zh: 1级}}
  - {code: "2", label: {en: Grade 2, zh: 2级}}
""", "shape.text_needed", "codelists.grade.codes[1].code")  # fmt: skip
def test_a_code_that_yaml_reads_as_a_number_is_refused():
    """`1` and `"1"` are different things in YAML, and `01` would lose its zero. A code is text."""


@refused("""
forms:
- id: baseline
  items:
  - {id: weight, codelist: sex}
""", "shape.not_consistent", "forms.baseline.items.weight")  # fmt: skip
def test_only_a_coded_item_has_a_codelist():
    """The type says how a value is entered, stored and compared: what is chosen from a list has the type `code`."""


@accepted("""
forms:
- id: baseline
  items:
  - {id: stopped, label: {en: Stopped smoking, zh: 已戒烟}, type: boolean, shown_when: smoker, required_when: smoker}
  - {id: stopped_on, label: {en: When, zh: 戒烟日期}, type: date, required: false, shown_when: stopped}
""")
def test_a_question_may_be_shown_or_required_only_when_a_rule_is_true():
    """An item is required unless `required: false` or its `required_when` is not true. What is not shown is not asked."""


@refused("""
forms:
- id: baseline
  items:
  - {id: smoker, shown_when: smoker}
""", "rule.circle", "forms.baseline.items.smoker.shown_when")  # fmt: skip
def test_a_question_cannot_decide_about_itself():
    """Whether it is asked would depend on its own answer."""


@refused("""
forms:
- id: baseline
  items:
  - {id: pack_years, shown_when: seen_date > visit_date}
""", "rule.not_yet_recorded", "forms.baseline.items.pack_years.shown_when")  # fmt: skip
def test_a_rule_of_a_form_cannot_use_what_is_recorded_later():
    """It may name the items of its own form and everything that has one value by the first visit at which the form is used."""


@accepted("""
forms:
- id: safety
  groups:
  - id: events
    items:
    - {id: ae_start, label: {en: Start, zh: 开始日期}, type: partial_date, at_least: month, impute: {day: first, not_before: [randomized_date], not_after: [ae_end, died_on]}}
    - {id: ae_end, label: {en: End, zh: 结束日期}, type: partial_date, required: false, impute: {day: last, month: last}}
variables:
- {id: first_event, label: {en: First event, zh: 首次事件}, type: date, pick: {item: ae_start, which: min}}
- {id: day_unknown, label: {en: A day is not known, zh: 有日期未知}, type: boolean, pick: {item: ae_start, which: any, where: ae_start_imputed = 'D'}}
""")
def test_a_date_may_be_known_in_part():
    """People say "in April 2025". `2025-04-30`, `2025-04` (or `2025-04-UN`), `2025` and `2025-UN-15` are taken, and `UN` where `at_least: nothing`
    allows that not even the year is known. The ledger and the data cut keep the known part: rules name it `ae_start_known`, as text in ISO 8601. `ae_start` itself
    is a date for rules, imputed as the protocol says (as ADaM does): `day` for a missing day within a known month (first, middle: the 15th, last), `month` for a missing month
    (first, middle: 30 June, last day of the year that agrees with what is known). What is not said is not imputed: the date is then missing.
    An imputed day is moved to `not_before` and `not_after` (built-in dates, items, variables) where the known part allows it. `ae_start_imputed` is `D` or `M`, whichever part was imputed."""


@refused("""
forms:
- id: safety
  groups:
  - id: events
    items:
    - {id: ae_onset, impute: {not_after: [age]}}
variables:
- {id: age, remove: true}
""", "impute.not_a_date", "forms.safety.groups.events.items.ae_onset.impute.not_after[1]")  # fmt: skip
def test_an_imputed_day_is_bounded_by_days():
    """Bounds are dates, and none that is imputed within bounds of its own: neither would be known first."""


@accepted("""
forms:
- id: baseline
  items:
  - {id: viral_load, label: {en: Viral load, zh: 病毒载量}, type: qualified_number, unit: "{copies}/mL", qualifiers: {"<": half, ">": limit, ND: 0, TNTC: nothing}}
variables:
- {id: suppressed, label: {en: Suppressed, zh: 已抑制}, type: boolean, rule: "viral_load < 50 OR viral_load_qualifier = 'ND'"}
""")
def test_a_number_may_bear_a_qualifier():
    """Laboratories report `<400`, `>1000`, `ND`. `qualifiers` lists what may stand before a number (`<`, `<=`, `>`, `>=`, `~`) or alone (a word), and what such a value
    counts as in rules: `nothing` (missing), `limit` (the number reported), `half` of it, or a number of your own. Nothing is lost: `viral_load_qualifier` and
    `viral_load_number` are what was reported, in rules and in the data cut. A range refuses a value only when all that it can mean lies outside."""


@accepted("""
forms:
- id: baseline
  items:
  - {id: sampled_at, label: {en: Time of sample, zh: 采样时间}, type: datetime}
variables:
- {id: sampled_utc, label: {en: Time of sample (UTC), zh: 采样时间（UTC）}, type: datetime, pick: {item: sampled_at_utc}}
""")
def test_a_time_is_the_time_at_the_site():
    """`2024-06-30T14:05` is the time on the wall of the site. With an offset (`2024-06-30T06:05Z`, `...+08:00`) it is that instant, kept as the local time there with its offset:
    the day of a record is the day at the site. `sampled_at_utc` is the same instant in UTC. A local time that a change of the clocks skipped or repeated is asked about."""


@accepted("""
forms:
- id: baseline
  items:
  - {id: bsa, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2, required: false, computed: SQRT(weight * height * 100 / 3600)}
""")
def test_a_computed_item_is_filled_in_by_a_rule():
    """Nobody types it; when something that it needs is missing, it is missing."""


@refused("""
forms:
- id: baseline
  items:
  - {id: bmi, required: true}
""", "item.required_filled_in", "forms.baseline.items.bmi.required")  # fmt: skip
def test_no_answer_is_asked_of_nobody():
    """`required` and `required_when` ask a person. A computed, derived or advised item is filled in, or it stays empty."""


@refused("""
forms:
- id: baseline
  items:
  - {id: bmi, computed: weight > 80}
""", "rule.wrong_type", "forms.baseline.items.bmi.computed")  # fmt: skip
def test_a_computed_value_has_the_type_of_its_item():
    """A comparison gives true or false, which a decimal item cannot hold."""


@refused("""
forms:
- id: baseline
  items:
  - {id: bmi, computed: bmi + 1}
""", "rule.circle", "forms.baseline.items.bmi")  # fmt: skip
def test_values_that_need_each_other_are_refused():
    """Computed items are worked out in the order in which they need each other; in a circle there is no first one."""


@accepted("""
forms:
- id: safety
  groups:
  - id: medication
    label: {en: Medication, zh: 合并用药}
    min_rows: 0
    max_rows: 20
    items:
    - {id: drug_name, label: {en: Drug, zh: 药物}, type: text}
    - {id: drug_start, label: {en: Since, zh: 开始日期}, type: date, required: false}
""")
def test_a_repeating_group_asks_its_questions_in_rows():
    """Between `min_rows` and `max_rows` of them. Rows are counted from 1; a correction names the row."""


@accepted("""
forms:
- id: baseline
  checks:
  - id: heavy
    rule: weight < 200 OR height > 1.5
    severity: soft
    message: {en: "Is the weight in kilograms?", zh: 体重单位是否为公斤？}
    items: [weight, height]
""")
def test_a_check_must_hold_over_the_form():
    """A hard check refuses the record, a soft one asks for a reason. While something is missing, the check says nothing."""


@refused("""
forms:
- id: safety
  groups:
  - {id: drugs, label: {en: Drugs, zh: 药物}, items: [{id: drug_start, label: {en: Since, zh: 开始日期}, type: date}]}
  checks:
  - {id: order, rule: drug_start > ae_seen AND ae_grade = '2', message: {en: Look again, zh: 请再核对}}
""", "check.two_groups", "forms.safety.checks.order.rule")  # fmt: skip
def test_a_check_looks_at_one_row_at_a_time():
    """Items of two groups stand in different rows, and no row of the one belongs to a row of the other."""


@refused("""
forms:
- id: baseline
  date_item: age
""", "item.not_a_date", "forms.baseline.date_item")  # fmt: skip
def test_the_date_of_a_form_is_a_date():
    """`date_item` says when the observation was made. By it records stand in order, and what was known on a day is
    worked out."""


@warned("""
forms:
- {id: extra, title: {en: Extra, zh: 附加}, items: [{id: extra_note, label: {en: Note, zh: 备注}, type: text}]}
""", "form.unused", "forms.extra")  # fmt: skip
def test_a_form_that_no_visit_uses_is_told():
    """Nobody would ever be asked to fill it in."""


@refused("""
forms:
- id: follow_up
  items:
  - {id: age, label: {en: Age, zh: 年龄}, type: integer}
""", "name.duplicate", "forms.follow_up.items.age")  # fmt: skip
def test_item_names_are_unique_in_the_study():
    """Rules name items without their form, so that one name means one thing everywhere."""


@refused("""
forms:
- id: baseline
  items:
  - {id: order, label: {en: Order, zh: 次序}, type: integer}
""", "name.reserved", "forms.baseline.items.order")  # fmt: skip
def test_a_word_of_sql_is_no_name():
    """In a rule it would be read as a part of the language."""


@refused("""
forms:
- id: baseline
  items:
  - {id: white cells, label: {en: White cells, zh: 白细胞}, type: decimal, unit: 10*9/L}
""", "shape.identifier", "forms.baseline.items.white cells.id")  # fmt: skip
def test_names_are_letters_digits_and_underscores():
    """They begin with a letter. What people read is the label, which may hold anything."""


@accepted("""
forms:
- id: baseline
  checks:
  - id: heavy_for_age
    rule: age >= 21 OR weight < 100
    severity: query
    items: [weight]
    message: {en: Unusually heavy at this age; look at the source and correct weight or age, zh: 在此年龄体重异常；请核对原始资料并更正体重或年龄}
""")
def test_a_check_may_keep_the_record_and_open_a_query():
    """The record is taken in without asking. The query states the message, the values found and the rule, in both languages; it
    is closed by the system in the act after which the rule holds, and stays open while the rule is not yet known."""


@warned("""
forms:
- id: follow_up
  checks:
  - {id: by_arm, rule: "arm = 'A' OR progressed", severity: query, message: {en: Look again, zh: 请再核对}}
""", "check.tells_the_arm", "forms.follow_up.checks.by_arm.rule")  # fmt: skip
def test_a_query_should_not_rest_on_the_arm():
    """Its text never names the arm, but being asked may tell it."""
