"""What an estimand asks for is called by its name: each measure of a summary, each strategy and what carries it out."""

from __future__ import annotations

import pytest

from equipoise.protocol.checks.estimands import MEASURES
from tests.spec.example import read

SAID = {
    "hazard_ratio": "Hazard ratio",
    "odds_ratio": "Odds ratio",
    "risk_ratio": "Risk ratio",
    "risk_difference": "Difference of proportions",
    "mean_difference": "Difference of means",
    "restricted_mean": "Restricted mean survival time",
    "incidence": "Cumulative incidence",
    "median": "Median survival",
    "adjusted": "An adjusted effect",
    "stratified": "A stratified effect",
    "imputed": "Under multiple imputation",
    "repeated": "A mixed model for repeated measures",
}
ANSWERED = """
analyses:
- {id: os_plain, label: {en: Plain, zh: 检验}, endpoint: os, estimand: second, set: itt, method: logrank, role: secondary}
estimands:
- id: second
  label: {en: In everybody, zh: 全部}
  population: itt
  treatment: {en: A against B, zh: A 组对比 B 组}
  endpoint: os
  summary: {en: %s, zh: 效应}
"""


def told(*changes: str) -> str:
    return " ".join(str(found) + found.say("zh").what for found in read(*changes)[0].findings)


def test_every_measure_has_a_case():
    assert SAID.keys() == MEASURES.keys()


@pytest.mark.parametrize("measure", sorted(SAID))
def test_a_measure_that_no_analysis_gives_is_called_by_its_name(measure):
    assert "estimands.second.summary" in told(ANSWERED % SAID[measure])


def test_control_a_summary_of_no_measure_asks_for_none():
    assert told(ANSWERED % "Survival") == ""


@pytest.mark.parametrize("strategy", ["principal_stratum", "while_on_treatment", "hypothetical", "composite"])
def test_a_strategy_that_nothing_carries_out_is_told_with_what_would(strategy):
    said = told(f"estimands: [{{id: main, intercurrent: [{{id: stopped, strategy: {strategy}, done_by: ~}}]}}]")
    assert "estimands.main.intercurrent.stopped" in said


def test_a_part_of_the_consent_that_nobody_named_is_told():
    assert "part of the consent" in told("forms: [{id: baseline, consent_part: samples}]")


@pytest.mark.parametrize(
    ("endpoint", "method", "measure"), [("toxic", "proportion", "risk ratio"), ("os", "logrank", "hazard")]
)
def test_a_ratio_that_chinese_calls_alike_is_read_by_its_endpoint(endpoint, method, measure):
    """风险比 is the ratio of two hazards and of two risks; a yes or no has no hazard."""
    plan = ANSWERED.replace("endpoint: os", f"endpoint: {endpoint}").replace("logrank", method)
    (found,) = read((plan % "Effect").replace("zh: 效应", "zh: 风险比"))[0].findings
    assert found.code == "estimand.summary"
    assert measure in str(found)
