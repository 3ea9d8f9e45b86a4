"""One fault that a rule of medicine or a soft check asks about and a hard check refuses: the reason alone is never the way."""

from __future__ import annotations

import pytest

from equipoise.conduct.acts import RecordForm
from equipoise.conduct.sheet import judging
from tests.conduct.small_trial import DAY, Trial, open_trial

FORM = """\
roles: ~
codelists:
- id: reading
  codes:
  - {code: detected, label: {en: Detected, zh: 检出}}
  - {code: below_quantification, label: {en: Below, zh: 低于定量下限}}
  - {code: not_detected, label: {en: Not detected, zh: 未检出}}
  - {code: not_known, label: {en: Not known, zh: 不详}}
forms:
- id: viral
  title: {en: Viral load, zh: 病毒载量}
  date_item: taken_on
  items:
  - {id: taken_on, label: {en: Date, zh: 日期}, type: date}
  - {id: found, label: {en: Detected, zh: 检出}, type: boolean}
  - {id: load, label: {en: Result, zh: 结果}, type: decimal, required: false, soft: {max: 1000}}
  - {id: loaded, label: {en: Status, zh: 状态}, type: code, codelist: reading, required: false}
  groups:
  - id: runs
    label: {en: Runs, zh: 批次}
    items: [{id: cycles, label: {en: Cycles, zh: 循环数}, type: integer, soft: {max: 40}}]
  derivations: [{id: result, method: ebv_dna, inputs: {value: load, detected: found}, gives: {status: loaded}}]
  checks:
  - {id: agrees, rule: load > 0 OR NOT found, severity: hard, message: {en: Detected is above 0, zh: 检出应大于0}}
  - {id: possible, rule: load < 5000 OR NOT found, severity: hard, message: {en: Not above 5000, zh: 不超过5000}}
  - {id: likely, rule: load < 2000, severity: soft, message: {en: Above 2000, zh: 超过2000}}
  - {id: runnable, rule: cycles < 60, severity: hard, message: {en: Not above 60, zh: 不超过60}}
visits: [{id: screening, forms: [baseline, viral]}]
"""
FIRST = ("First correct what is refused about the same answers", "请先更正同一答案被拒绝之处")


@pytest.fixture(scope="module")
def trial() -> Trial:
    opened = open_trial(FORM)
    opened.consented()
    return opened


def told(trial: Trial, load: str, *cycles: int) -> dict[str, tuple[bool, bool]]:
    """Of every question: whether it says in English, and in Chinese, that what is refused comes first."""
    values = {"taken_on": DAY, "found": True, "load": load}
    refused = trial.refused(RecordForm("P1", "screening", "viral", values, {"runs": [{"cycles": n} for n in cycles]}))
    return {
        f.facts["check"]: (FIRST[0] in f.say("en").mend, FIRST[1] in f.say("zh").mend)
        for f in refused.findings
        if f.code == "form.soft" and "missing" not in f.facts["check"]
    }


def test_a_question_about_answers_that_are_refused_says_what_comes_first(trial):
    assert told(trial, "0") == {"result.zero_though_detected": (True, True)}  # a rule of medicine
    assert told(trial, "6000") == {"load.range": (True, True), "likely": (True, True)}  # a range, and a soft check


def test_a_question_about_answers_that_nothing_refuses_asks_for_the_reason_alone(trial):
    assert told(trial, "3000") == {"load.range": (False, False), "likely": (False, False)}


def test_of_rows_it_is_said_in_the_row_that_is_refused_alone(trial):
    assert told(trial, "5", 41, 70) == {"cycles.range[1]": (False, False), "cycles.range[2]": (True, True)}


def test_control_a_page_that_looks_at_each_issue_alone_offers_the_reason_that_is_never_enough(trial, monkeypatch):
    monkeypatch.setattr(judging, "in_order", lambda issues: issues)
    assert told(trial, "0") == {"result.zero_though_detected": (False, False)}
