"""One record is a dose of one treatment: which pairs of `given_by` are told apart, and which are refused."""

from __future__ import annotations

import pytest

from tests.spec.example import read

TRIAL = """
arms:
- id: A
  regimen:
  - {{id: cisplatin, given_by: {{form: cycle, given: {given}, dose: {dose}, when: {when}}}}}
  - {{kind: drug, id: other, label: {{en: Other, zh: 另一药}}, dose: 100, unit: mg, route: oral, schedule: {{every_days: 7, count: 3}},
     given_by: {{form: cycle, {also}}}}}
forms:
- id: cycle
  items:
  - {{id: infused, label: {{en: Infused, zh: 输注}}, type: code, codelist: drug}}
  - {{id: level, label: {{en: Level, zh: 水平}}, type: integer, required: false}}
  - {{id: batch, label: {{en: Batch, zh: 批号}}, type: text, required: false}}
  - {{id: second_mg, label: {{en: Second, zh: 第二药}}, type: decimal, unit: mg, required: false}}
  - {{id: second_given, label: {{en: Second given, zh: 已给第二药}}, type: boolean, required: false}}
codelists:
- id: drug
  codes: [{{code: a, label: {{en: A, zh: 甲}}}}, {{code: b, label: {{en: B, zh: 乙}}}}, {{code: c, label: {{en: C, zh: 丙}}}}]
"""
APART = [
    ("~", "dose: second_mg, given: second_given"),
    ("infused = 'a'", "dose: cycle_mg, when: infused = 'b'"),
    ("infused IN ('a', 'b')", "dose: cycle_mg, when: infused = 'c'"),
    ("level < 3", "dose: cycle_mg, when: level >= 3"),
    ("level BETWEEN 1 AND 3", "dose: cycle_mg, when: level > 3 OR level < 1"),
    ("batch = 'x'", "dose: cycle_mg, when: batch <> 'x'"),
    ("second_given", "dose: cycle_mg, when: NOT second_given"),
    ("occurrence <= 4", "dose: cycle_mg, when: occurrence > 4"),
    ("visit = 'cycles'", "dose: cycle_mg, when: visit = 'screening'"),
]
MEETING = [
    ("~", "dose: cycle_mg"),
    ("~", "dose: cycle_mg, when: infused = 'b'"),
    ("infused = 'a'", "dose: cycle_mg"),
    ("infused = 'a'", "dose: cycle_mg, when: infused = 'a'"),
    ("infused IN ('a', 'b')", "dose: cycle_mg, when: \"infused IN ('b', 'c')\""),
    ("level <= 3", "dose: cycle_mg, when: level >= 3"),
    ("level < 5", "dose: cycle_mg, when: level > 3"),
    ("infused = 'a'", "dose: cycle_mg, when: level > 3"),
    ("batch <> 'y'", "dose: cycle_mg, when: batch <> 'x'"),
    ("second_given", "dose: cycle_mg, when: level > 3 OR NOT second_given"),
    ("~", "date: cycle_on"),
    ("observed < DATE '2024-05-02'", "dose: cycle_mg, when: observed < DATE '2020-01-01' OR level = 3"),
]


def told(when, also):
    text = TRIAL.format(given="cycle_given", dose="cycle_mg", when=when if when == "~" else f'"{when}"', also=also)
    return [finding.code for finding in read(text)[0].findings]


@pytest.mark.parametrize(("when", "also"), APART)
def test_treatments_that_no_record_can_be_of_at_once_may_share_a_form(when, also):
    assert told(when, also) == []


def test_a_rule_that_cannot_be_computed_is_told_once_and_not_tried():
    assert told("observed < 'spring'", "dose: cycle_mg, when: level = 3") == ["rule.wrong_type"]


@pytest.mark.parametrize(("when", "also"), MEETING)
def test_treatments_that_one_record_could_be_of_are_refused(when, also):
    assert told(when, also) == ["dose.given_twice"]
