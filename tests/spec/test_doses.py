"""Doses that are changed

The regimen says what is planned. A treatment may say where the record tells what was given, and what its dose is multiplied with; dose rules say when the next dose
is reduced, delayed, omitted, or the treatment stopped. Rules advise: whoever treats decides, and the record keeps both. `equipoise doses` shows one participant's
doses by date and the advice for the next one, with its reasons and with everything that is missing.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
arms:
- id: A
  regimen:
  - id: cisplatin
    scaled_by: body_area
    given_by: {form: cycle, given: cycle_given, dose: cycle_mg, date: cycle_on}
""")
def test_a_treatment_says_what_scales_its_dose_and_where_it_is_recorded():
    """A dose per m2 is multiplied with a body surface, a dose per kg with a weight, a dose by AUC with a clearance (Calvert): an item or variable in m2, kg or mL/min.
    Each record of the form is one dose; where the items stand in a repeating group, each row is. Without `date` the form's own date counts."""


@accepted("""
arms:
- id: A
  regimen:
  - {id: cisplatin, given_by: {form: cycle, given: cycle_given, dose: cycle_mg, when: infused = 'cisplatin'}}
  - {kind: drug, id: carboplatin, label: {en: Carboplatin, zh: 卡铂}, dose: 5, unit: mg.min/mL, route: intravenous, schedule: {every_days: 21, count: 3}, given_by: {form: cycle, given: cycle_given, dose: cycle_mg, when: infused = 'carboplatin'}}
forms:
- id: cycle
  items: [{id: infused, label: {en: Infused, zh: 输注药物}, type: code, codelist: drug}]
codelists: [{id: drug, codes: [{code: cisplatin, label: {en: Cisplatin, zh: 顺铂}}, {code: carboplatin, label: {en: Carboplatin, zh: 卡铂}}]}]
""")  # fmt: skip
def test_one_form_may_record_several_treatments():
    """`when` says which of its records (or rows) are of this treatment: a rule over the form's own items, or over
    `visit`, `occurrence` and `observed`. Treatments that are told by items of their own need none."""


@refused("""
arms:
- id: A
  regimen:
  - {kind: drug, id: carboplatin, label: {en: Carboplatin, zh: 卡铂}, dose: 5, unit: mg.min/mL, route: intravenous, schedule: {every_days: 21, count: 3}, given_by: {form: cycle, given: cycle_given, dose: cycle_mg}}
""", "dose.given_twice", "arms.A.regimen.carboplatin.given_by")  # fmt: skip
def test_no_record_is_a_dose_of_two_treatments():
    """One record would count for both. Rules that some record could fulfil at once are no help, and are refused as well."""


@refused("""
arms: [{id: A, regimen: [{id: cisplatin, given_by: {when: age > 60}}]}]
""", "rule.not_yet_recorded", "arms.A.regimen.cisplatin.given_by.when")  # fmt: skip
def test_which_treatment_a_record_is_of_is_told_by_the_record():
    """What stands on another form does not tell one record from the next."""


@accepted("""
arms:
- {id: A, regimen: [{id: cisplatin, schedule: {every_days: 21, days: [1-3], count: 3}, given_by: {each: cycle}}]}
""")
def test_a_record_may_stand_for_all_doses_of_a_day_or_of_a_cycle():
    """Three doses a day are seldom recorded one by one. With `each: day` or `each: cycle` a record says their sum, and
    the sum is what is planned."""


@refused("""
arms: [{id: A, regimen: [{id: cisplatin, given_by: {each: day}}]}]
""", "dose.each", "arms.A.regimen.cisplatin.given_by.each")  # fmt: skip
def test_a_record_of_a_day_needs_several_doses_a_day():
    """With one dose a day nothing would change."""


@refused("""
forms: [{id: fraction, title: {en: Fraction, zh: 照射}, date_item: beam_on, items: [{id: beam_on, label: {en: Date, zh: 日期}, type: date}]}]
visits: [{id: cycles, forms: [cycle, fraction]}]
arms: [{id: A, regimen: [{id: imrt, given_by: {form: fraction, each: day}}]}]
""", "dose.each", "arms.A.regimen.imrt.given_by.each")  # fmt: skip
def test_fractions_are_counted_by_fractions():
    """A record of radiotherapy says how many fractions it is about."""


@refused("""
arms:
- {id: A, regimen: [{id: cisplatin, dose: 0.25, unit: mg, scaled_by: ~, schedule: {every_days: 7, count: 4}}]}
forms: [{id: cycle, items: [{id: cycle_mg, decimals: 1}]}]
dose_rules: [{id: grade_2, to_percent: 50}]
""", "dose.digits", "arms.A.regimen.cisplatin.given_by.dose")  # fmt: skip
def test_an_item_holds_the_planned_dose_to_its_last_digit():
    """A dose of 0.25 mg is no 0.3 mg. The same holds of an item that keeps an advised dose."""


@refused("""
arms: [{id: A, regimen: [{id: cisplatin, scaled_by: weight}]}]
""", "dose.scale", "arms.A.regimen.cisplatin.scaled_by")  # fmt: skip
def test_a_dose_is_not_multiplied_with_another_quantity():
    """A dose in mg/m2 is multiplied with an area. A weight in kilograms would give a number, and a wrong one."""


@refused("""
arms: [{id: A, regimen: [{id: cisplatin, given_by: {form: cycle, dose: cycle_given}}]}]
""", "dose.item", "arms.A.regimen.cisplatin.given_by.dose")  # fmt: skip
def test_what_was_given_is_told_by_items_of_the_right_type():
    """`dose` is a number in the unit of an amount, `given` is true or false, `date` is a date."""


@accepted("""
variables:
- {id: first_weight, label: {en: First weight, zh: 首次体重}, type: decimal, unit: kg, pick: {item: weight, which: first}}
dose_rules:
- id: light
  treatment: cisplatin
  when: first_weight < 45
  recommend: reduce
  to_dose: 80
  reason: {en: Weight below 45 kg, zh: 体重低于45公斤}
- {id: lighter, treatment: cisplatin, when: first_weight < 40, recommend: omit, reason: {en: Weight below 40 kg, zh: 体重低于40公斤}}
- {id: progressing, treatment: cisplatin, when: progressed_on IS NOT NULL, recommend: stop, reason: {en: The disease progressed, zh: 疾病进展}}
- {id: toxic, treatment: imrt, when: severe, recommend: delay, days: 7, reason: {en: Grade 2 at 65 or older, zh: 65岁及以上出现2级毒性}}
""")
def test_a_dose_rule_recommends_when_its_rule_is_true():
    """Of several rules that are true the most severe is followed: stop, omit, delay, reduce, give. Of several reductions the lowest dose is followed. A rule that
    is not yet known is listed with what it lacks; "give" is advised only when every rule is known."""


@refused("""
dose_rules: [{id: grade_2, to_percent: ~}]
""", "shape.not_consistent", "dose_rules.grade_2")  # fmt: skip
def test_a_reduction_says_to_what():
    """`to_percent` of the planned dose, or `to_dose` in the treatment's own unit; `delay` says for how many `days`."""


@refused("""
dose_rules: [{id: grade_2, to_percent: ~, to_dose: 120}]
""", "dose.not_lower", "dose_rules.grade_2.to_dose")  # fmt: skip
def test_a_reduced_dose_is_lower_than_the_planned_one():
    """`to_dose` stands in the treatment's own unit; what is not below the planned dose is no reduction."""


@refused("""
dose_rules: [{id: grade_2, treatment: imrt}]
""", "dose.no_dose", "dose_rules.grade_2.recommend")  # fmt: skip
def test_only_a_drug_is_reduced():
    """Radiotherapy is delayed (interrupted), a fraction is omitted, or the course is stopped."""


@refused("""
dose_rules: [{id: grade_2, treatment: carboplatin}]
""", "name.unknown", "dose_rules.grade_2.treatment")  # fmt: skip
def test_a_rule_is_about_a_treatment_of_some_arm():
    """`treatment` is the id of a line of some arm's regimen. A rule holds in each arm that has that treatment."""


@refused("""
dose_rules: [{id: grade_2, when: ae_grade = '2'}]
""", "rule.not_yet_recorded", "dose_rules.grade_2.when")  # fmt: skip
def test_a_rule_names_what_is_known_of_the_participant_when_a_dose_is_due():
    """Repeated items are picked by a variable: the last neutrophil count, the worst grade so far."""


@accepted("""
forms:
- id: cycle
  items:
  - {id: advised_percent, label: {en: Advised percent, zh: 建议百分比}, type: integer, unit: "%", required: false}
  - {id: advised_by, label: {en: Advised by rules, zh: 依据规则}, type: text, required: false}
  advice:
  - treatment: cisplatin
    gives: {recommendation: advised, percent: advised_percent, reasons: advised_by}
  checks:
  - id: as_advised
    rule: NOT (advised IN ('omit', 'stop', 'delay') AND cycle_given)
    severity: query
    message: {en: The rules advised not to give it. Say why it was given., zh: 规则建议不给药。请说明给药原因。}
    items: [cycle_given]
""")
def test_a_form_may_keep_what_was_advised():
    """The advice is worked out on the day of the form from what was known that day, and never changes afterwards: a correction of a blood count a week later does
    not change what somebody was told. A check compares it with what was given."""


@refused("""
forms: [{id: cycle, items: [{id: advised, required: true}]}]
""", "advice.entered", "forms.cycle.items.advised")  # fmt: skip
def test_nobody_is_asked_for_what_was_advised():
    """Items that keep advice are filled in by the system. They cannot be required, since a rule that is not yet
    known may advise nothing."""


@refused("""
forms: [{id: cycle, items: [{id: told, label: {en: Told, zh: 告知}, type: boolean, required: false}], advice: [{treatment: cisplatin, gives: {recommendation: told}}]}]
""", "advice.type", "forms.cycle.advice[1].gives.recommendation")  # fmt: skip
def test_advice_is_kept_by_an_item_that_can_hold_it():
    """A recommendation is a code (give, reduce, delay, omit, stop), a percent a number, reasons a text."""


@refused("""
variables: [{id: told, label: {en: Advised last, zh: 末次建议}, type: code, codelist: advice, pick: {item: advised}}]
dose_rules: [{id: grade_2, when: told = 'reduce'}]
""", "rule.circle", "dose_rules.grade_2.when")  # fmt: skip
def test_advice_does_not_rest_on_itself():
    """A rule that reads what was advised last would feed on its own words. What was given may be named."""


@warned("""
dose_rules: [{id: grade_2, remove: true}, {id: frail, remove: true}]
""", "advice.no_rules", "forms.cycle.advice[1].treatment")  # fmt: skip
def test_advice_that_no_rule_gives_is_told():
    """No rule is left for the treatment, so the advice would always be to give the planned dose."""
