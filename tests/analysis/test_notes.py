"""What an analysis notes of itself: who was left out and what could not be estimated, each with its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from equipoise import survival
from equipoise.analysis import analyze_cut
from equipoise.datacut import freeze
from tests.analysis.trial import small_trial
from tests.spec.minimal import minimal_protocol

NAMES = """
variables:
- {id: dead, label: {en: Dead, zh: 死亡}, type: boolean, rule: died_on IS NOT NULL}
- {id: third, label: {en: Third, zh: 三分}, type: text, rule: "CASE WHEN age < 55 THEN 'a' WHEN age < 69 THEN 'b' ELSE 'c' END"}
endpoints:
- {kind: continuous, id: heavy, label: {en: W, zh: 重}, short: W, description: {en: a, zh: a}, role: exploratory, rule: weight}
- {kind: time_to_event, id: measured, label: {en: M, zh: 时}, short: M, description: {en: a, zh: a}, role: exploratory, duration: age, event: weight > 1, death: event}
- kind: time_to_event
  id: after
  label: {en: After death, zh: 死后}
  short: A
  description: {en: a, zh: a}
  role: exploratory
  origin: died_on
  events: [{id: seen, label: {en: Seen, zh: 见}, date: last_seen}]
  censoring: [{id: start, label: {en: Start, zh: 起}, date: died_on}]
  death: event
"""
# The plan; the code that is noted; what it says in English and in Chinese.
CASES = [
    (
        "endpoint: heavy, method: mean",
        "analysis.incomplete",
        "1 participants of the set lack a known value",
        "缺少终点的已知值",
    ),
    (
        "endpoint: os, method: cox, covariates: [weight]",
        "analysis.incomplete",
        "lack a value of its grouping",
        "协变量的值",
    ),
    ("endpoint: measured, method: kaplan_meier", "analysis.no_status", "it is not known whether", "不知是否发生事件"),
    (
        "endpoint: measured, method: kaplan_meier",
        "analysis.no_end",
        "neither an event nor a censoring",
        "既无事件也无删失",
    ),
    ("endpoint: after, method: kaplan_meier", "analysis.no_origin", "have no date of origin", "没有起点日期"),
    ("endpoint: after, method: kaplan_meier", "analysis.before_origin", "an end before the origin", "早于起点"),
    ("endpoint: os, method: milestone", "analysis.not_estimated", "could not be estimated", "未能估计"),
    ("endpoint: os, method: cumulative_incidence", "analysis.not_estimated", "could not be estimated", "未能估计"),
    ("endpoint: os, method: cox, by: ~", "analysis.not_estimated", "could not be estimated", "未能估计"),
    ("endpoint: os, method: cox, by: dead", "analysis.not_estimated", "could not be estimated", "未能估计"),
    (
        "endpoint: os, method: cox, covariates: [dead]",
        "analysis.unbounded",
        "of dead: true has no finite",
        "dead: true的风险比没有",
    ),
    ("endpoint: os, method: cox, subgroup: third", "analysis.level_left_out", "leaves out: c", "未包括：c"),
    (
        "endpoint: os, method: cox, subgroup: age",
        "analysis.not_estimated",
        "interaction could not be tested",
        "交互作用未能检验",
    ),
]


def notes(folder, plan):
    line = f"analyses: [{{id: it, label: {{en: It, zh: 它}}, set: itt, role: secondary, {plan}}}]"
    trial = small_trial(folder, protocol=minimal_protocol(NAMES, line))
    for name, arm in (
        ("P101", "A"),
        ("P102", "B"),
    ):  # alive while others die, so that the dead and they can be compared
        trial.enter(name, date(2024, 1, 1), arm=arm)
        trial.record(name, "every_3_months", "follow_up", {"seen_date": "2025-01-01", "progressed": False})
    trial.correct("P001", "screening", "baseline", "weight", "60.0", None)
    trial.correct("P002", "screening", "baseline", "age", 41, None)
    results = analyze_cut(freeze(trial), trial.protocol).results["results"]
    return [note for r in results if r["analysis"] == "it" for note in r["findings"]]


@pytest.mark.parametrize(("plan", "code", "english", "chinese"), CASES)
def test_what_is_left_out_or_not_estimated_is_told_in_both_languages(tmp_path, plan, code, english, chinese):
    mine = [note for note in notes(tmp_path, plan) if note["code"] == code]
    assert any(english in note["what"] and chinese in note["zh"]["what"] for note in mine), mine


def test_a_larger_model_that_fits_worse_did_not_reach_its_maximum(tmp_path, monkeypatch):
    estimate, fits = survival.estimate_cox, []

    def worse(*arrays, **options):
        fits.append(replace(estimate(*arrays, **options), log_likelihood=-float(len(fits))))
        return fits[-1]

    monkeypatch.setattr(survival, "estimate_cox", worse)
    told = notes(tmp_path, "endpoint: os, method: cox, subgroup: sex")
    assert [n["why"] for n in told if n["code"] == "analysis.not_estimated"] == [
        "the model with the interaction has no finite estimate"
    ]


def test_control_a_complete_trial_has_nothing_to_note(tmp_path):
    assert notes(tmp_path, "endpoint: os, method: cox") == []
