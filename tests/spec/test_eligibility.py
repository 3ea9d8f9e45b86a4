"""Eligibility

A criterion is a text in both languages and a rule that says when the text is true of a participant. All inclusion criteria must be true and all exclusion
criteria false; *not yet known* lets nobody in.
"""

from tests.spec.example import accepted, refused


@accepted("""
eligibility:
  criteria:
  - {id: I2, kind: inclusion, text: {en: Weight from 40 to 120 kg, zh: 体重40至120公斤}, rule: weight BETWEEN 40 AND 120}
  - {id: E2, kind: exclusion, text: {en: Heavy smoker, zh: 重度吸烟者}, rule: smoker AND pack_years > 40}
""")
def test_a_criterion_is_a_text_and_a_rule():
    """The rule of an exclusion criterion is true of those who are excluded."""


@refused("""
eligibility:
  criteria:
  - {id: I1, rule: agee >= 18}
""", "rule.unknown_name", "eligibility.criteria.I1.rule")  # fmt: skip
def test_a_rule_that_names_the_unknown_is_refused_with_the_nearest_known_name():
    """A misspelt name would otherwise be a value that is always missing, and a criterion that never lets anybody in."""


@refused("""
eligibility:
  criteria:
  - {id: I1, rule: seen_date > visit_date}
""", "rule.not_yet_recorded", "eligibility.criteria.I1.rule")  # fmt: skip
def test_a_criterion_cannot_use_what_is_recorded_after_it_is_assessed():
    """What a later visit records is not yet known at the visit named in `at`."""


@refused("""
eligibility:
  criteria:
  - {id: I1, rule: age + 18}
""", "rule.wrong_type", "eligibility.criteria.I1.rule")  # fmt: skip
def test_a_criterion_is_true_or_false():
    """A sum is a number. What is meant here is a comparison."""


@refused("""
eligibility:
  criteria:
  - {id: I1, rule: sex = 'W'}
""", "rule.unknown_code", "eligibility.criteria.I1.rule")  # fmt: skip
def test_a_code_that_the_codelist_does_not_define_is_refused():
    """A comparison with a code that nobody can choose is never true, and would exclude or admit everybody without a
    word."""


@refused("""
eligibility:
  criteria:
  - {id: I1, rule: age > weight}
""", "rule.units_differ", "eligibility.criteria.I1.rule")  # fmt: skip
def test_two_units_are_not_set_against_each_other():
    """Years and kilograms are both numbers, and neither is greater."""


@refused("""
eligibility:
  criteria:
  - {id: I2, kind: inclusion, text: {en: At most 70, zh: 不超过70岁}, rule: age <= 70}
  - {id: I3, kind: inclusion, text: {en: At least 75, zh: 至少75岁}, rule: age >= 75}
""", "eligibility.contradiction", "eligibility.criteria.I3.rule")  # fmt: skip
def test_criteria_that_nobody_could_meet_are_refused():
    """All criteria are read together with the hard ranges of their items. Limits that leave no value are told at
    the criterion that closes the gap."""


@refused("""
eligibility:
  criteria:
  - {id: I1, rule: 1 = 1}
""", "eligibility.constant", "eligibility.criteria.I1.rule")  # fmt: skip
def test_a_criterion_says_something_of_the_participant():
    """A rule that names nothing is the same for everybody: it is no criterion."""


@refused("""
eligibility: {at: every_3_months}
""", "eligibility.too_late", "eligibility.at")  # fmt: skip
def test_eligibility_is_assessed_before_anybody_is_enrolled():
    """The visit in `at` does not come after the one at which enrollment or randomization happens."""
