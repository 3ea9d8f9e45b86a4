"""Variables

A variable is derived from what was recorded, for one participant in a web page and for a whole data cut by the same code. A *pick* takes one value out
of an item that can have many; a *rule* computes. Recorded values are never replaced.

An item may be named in a rule as it is when it can have one value only: its form is used at exactly one visit that is not repeated, and it stands in
no repeating group. Otherwise a variable picks.
"""

from tests.spec.example import accepted, refused


@accepted("""
variables:
- id: first_weight_loss
  label: {en: First progression, zh: 首次进展}
  type: date
  pick: {item: seen_date, which: first, visits: [every_3_months], where: progressed}
""")
def test_a_pick_takes_one_value_out_of_many():
    """`which` is first, last, min, max, sum, mean, count or any. Rows are ordered by visit, occurrence and row; `where` looks at one row at a time,
    and may also name its `visit`, `occurrence`, `row` and `observed` (the date of observation). `count` and `any` give 0 and false when nothing was recorded."""


@accepted("""
variables:
- {id: elderly_smoker, label: {en: Elderly smoker, zh: 老年吸烟者}, type: boolean, rule: age >= 65 AND smoker}
""")
def test_a_rule_computes_from_items_and_other_variables():
    """Variables may be named before they are defined; they are worked out in the order in which they need each
    other."""


@refused("""
variables:
- {id: nothing, label: {en: Nothing, zh: 无}, type: boolean}
""", "shape.not_consistent", "variables.nothing")  # fmt: skip
def test_a_variable_has_one_origin():
    """Either a pick or a rule."""


@refused("""
variables:
- {id: moved, label: {en: Moved, zh: 变化}, type: boolean, rule: progressed}
""", "rule.not_yet_recorded", "variables.moved.rule")  # fmt: skip
def test_an_item_with_many_values_cannot_be_named_without_a_pick():
    """Which of them would be meant? The first, the last, the worst?"""


@refused("""
variables:
- {id: mean_term, label: {en: Mean, zh: 均值}, type: decimal, pick: {item: ae_term, which: mean}}
""", "pick.which", "variables.mean_term.pick.which")  # fmt: skip
def test_only_numbers_have_a_sum_or_a_mean():
    """Texts and codes have a first, a last, and a count."""


@refused("""
variables:
- {id: heaviest, label: {en: Heaviest, zh: 最大体重}, type: date, pick: {item: weight, which: max}}
""", "variable.type", "variables.heaviest.type")  # fmt: skip
def test_a_pick_has_the_type_of_its_item():
    """`count` gives an integer, `any` a boolean, `mean` a decimal."""


@refused("""
variables:
- {id: heaviest, label: {en: Heaviest, zh: 最大体重}, type: decimal, unit: g, pick: {item: weight, which: max}}
""", "unit.mismatch", "variables.heaviest.unit")  # fmt: skip
def test_a_pick_keeps_the_unit_of_its_item():
    """Recorded values are never converted in passing. A rule may compute another unit."""


@refused("""
variables:
- {id: died_at_visit, label: {en: Died, zh: 死亡}, type: date, pick: {item: death_date, visits: [screening]}}
""", "pick.not_there", "variables.died_at_visit.pick.visits[1]")  # fmt: skip
def test_a_pick_looks_where_the_item_is_recorded():
    """The form of the item is not used at that visit, so the pick would always be missing."""


@refused("""
variables:
- {id: a, label: {en: A, zh: 甲}, type: boolean, rule: NOT b}
- {id: b, label: {en: B, zh: 乙}, type: boolean, rule: NOT a}
""", "rule.circle", "variables.a")  # fmt: skip
def test_variables_that_need_each_other_are_refused_once():
    """One Finding tells the circle, not one for each of its members."""


@refused("""
variables:
- {id: sex_code, label: {en: Sex, zh: 性别}, type: code, codelist: grade, pick: {item: ae_grade, which: last}}
- {id: sex_text, label: {en: Sex, zh: 性别}, type: code, codelist: sex, rule: "CASE WHEN age > 50 THEN 'F' ELSE 'X' END"}
""", "rule.unknown_code", "variables.sex_text.rule")  # fmt: skip
def test_a_coded_variable_gives_codes_of_its_codelist():
    """A rule that can give another text is refused, even when it seldom would."""


@refused("""
variables:
- {id: thinness, label: {en: BMI, zh: 体重指数}, type: decimal, unit: kg/m2, rule: weight / height}
""", "rule.unit_of_result", "variables.thinness.rule")  # fmt: skip
def test_what_a_rule_gives_is_in_the_unit_that_is_declared():
    """Kilograms over meters are no body mass index. Units are followed through products, quotients, powers and sums. A plain number may convert, and
    hides units in many formulas of medicine, so that what was multiplied with one is believed."""


@accepted("""
variables:
- {id: follow_up_months, label: {en: Months of follow-up, zh: 随访月数}, type: integer, unit: months, rule: "DATE_DIFF('month', randomized_date, last_seen)"}
- {id: age_at_death, label: {en: Age at death, zh: 死亡年龄}, type: integer, unit: years, rule: "AGE(visit_date, died_on)"}
""")
def test_completed_years_and_months_are_counted_by_the_calendar():
    """`AGE(birth, on)` and `DATE_DIFF('day'|'week'|'month'|'year', from, to)` count what is complete. Whoever was born on 29 February is a year older on 1 March of other years."""
