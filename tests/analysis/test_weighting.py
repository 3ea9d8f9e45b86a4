"""Weighted log-rank tests and MaxCombo, as a protocol plans them: numbers of `survival`, words of both languages."""

import numpy as np
import pytest
from pydantic import ValidationError

from equipoise.analysis import analyze_cut
from equipoise.datacut import freeze
from equipoise.estimands import LogrankWeight
from equipoise.survival import LOGRANK, FlemingHarrington, MagirrBurman, test_maxcombo, test_weighted_logrank
from tests.analysis.trial import small_trial
from tests.spec.minimal import minimal_protocol

PLAN = """
analyses:
- {id: late, label: {en: Late, zh: 晚期}, endpoint: os, set: itt, method: logrank, role: sensitivity, weights: [{kind: fleming_harrington, gamma: 1}]}
- {id: modest, label: {en: Modest, zh: 适度}, endpoint: os, set: itt, method: logrank, role: sensitivity, strata: [sex], weights: [{kind: modest, delay_days: 60, cap: 3}]}
- {id: greatest, label: {en: Greatest, zh: 最大}, endpoint: os, set: itt, method: maxcombo, role: sensitivity, weights: [{kind: fleming_harrington}, {kind: fleming_harrington, gamma: 1}, {kind: fleming_harrington, rho: 1}]}
- {id: by_site, label: {en: By age, zh: 按年龄}, endpoint: os, set: itt, method: maxcombo, role: sensitivity, by: age, weights: [{kind: early_zero, delay_days: 10}]}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    trial = small_trial(tmp_path_factory.mktemp("study"), protocol=minimal_protocol(PLAN))
    return analyze_cut(freeze(trial), trial.protocol)


def result(run, name):
    return next(r for r in run.results["results"] if r["id"] == name)


def rows_of(run, name):
    rows = next(p.rows for p in run.performed if p.result["id"] == name)
    return rows["time_days"].to_numpy(), rows["event"].to_numpy(), (rows["group"] == "A").to_numpy().astype(int), rows


def test_a_weighted_test_is_that_of_the_rows_behind_it(run):
    time, event, arm, rows = rows_of(run, "modest")
    known = test_weighted_logrank(time, event, arm, MagirrBurman(delay=60, cap=3), rows["stratum"].to_numpy())
    found = result(run, "modest")
    assert (found["z"], found["p_value"]) == (pytest.approx(known.z), pytest.approx(known.p_value))
    assert found["chi_square"] == pytest.approx(known.z**2) and found["z"] < 0  # arm A dies earlier in this trial


def test_a_combination_is_that_of_the_rows_behind_it(run):
    time, event, arm, _ = rows_of(run, "greatest")
    weights = [LOGRANK, FlemingHarrington(0, 1), FlemingHarrington(1, 0)]
    known = test_maxcombo(time, event, arm, weights, sides=2)
    found = result(run, "greatest")
    assert (found["greatest_z"], found["p_value"]) == (pytest.approx(known.z), pytest.approx(known.p_value))
    assert np.array(found["correlation"]) == pytest.approx(known.correlation)
    assert [test["z"] for test in found["tests"]] == [pytest.approx(test.z) for test in known.tests]
    assert found["p_benefit"] > 0.5


def test_results_are_told_in_both_languages(run):
    control = next(arm for arm in minimal_protocol(PLAN).arms if arm.role == "control").label.model_dump()
    late, greatest = result(run, "late")["interpretation"], result(run, "greatest")["interpretation"]
    assert "Fleming-Harrington (ρ = 0, γ = 1)" in late["en"] and "Fleming-Harrington（ρ = 0，γ = 1）" in late["zh"]
    assert (
        result(run, "greatest")["greatest_z"] < 0
        and f"in favor of {control['en']}" in greatest["en"]
        and f"有利于{control['zh']}" in greatest["zh"]
    )
    assert "greatest of 3 weighted" in greatest["en"] and "3个加权对数秩统计量" in greatest["zh"]


def test_more_than_two_groups_are_refused_with_a_finding(run):
    found = result(run, "by_site")
    assert found["not_estimated"] and found["findings"][-1]["code"] == "survival.two_groups"


def test_every_weight_has_a_name_in_both_languages():
    weights = [
        LogrankWeight(kind="fleming_harrington"),
        LogrankWeight(kind="fleming_harrington", rho=1),
        LogrankWeight(kind="modest", delay_days=90),
        LogrankWeight(kind="modest", level=0.5, cap=2),
        LogrankWeight(kind="early_zero", delay_days=30),
    ]
    names = [weight.named for weight in weights]
    assert len(set(names)) == 5 and all(english != chinese for english, chinese in names)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "modest"},
        {"kind": "modest", "delay_days": 3, "level": 0.5},
        {"kind": "modest", "level": 0.5, "rho": 1},
        {"kind": "early_zero"},
        {"kind": "early_zero", "delay_days": 3, "cap": 2},
        {"kind": "fleming_harrington", "delay_days": 3},
        {"kind": "fleming_harrington", "rho": -1},
        {"kind": "modest", "level": 0.5, "cap": 0.5},
    ],
)
def test_a_weight_that_contradicts_itself_is_refused(given):
    with pytest.raises(ValidationError):
        LogrankWeight(**given)


def test_control_another_weight_would_be_noticed(run):
    time, event, arm, _ = rows_of(run, "late")
    assert result(run, "late")["z"] != pytest.approx(test_weighted_logrank(time, event, arm, LOGRANK).z, rel=1e-3)
