"""What the data cannot say yet is told by name, and does not take along what they can say."""

from datetime import date

import pytest

from equipoise.analysis import analyze_cut
from equipoise.analysis.interpretation import render_interpretation
from equipoise.analysis.methods.model import by_name
from equipoise.datacut import freeze
from equipoise.findings import Refusal
from equipoise.survival.words import TABLE
from tests.analysis.trial import small_trial
from tests.spec.minimal import minimal_protocol

HEAD = "label: {en: a, zh: a}, endpoint: os, set: itt, role: secondary"


def results(folder, plan):
    trial = small_trial(folder, protocol=minimal_protocol(f"analyses:\n- {{{plan}, {HEAD}}}\n"))
    # One more in each arm, who is alive and was followed the longest: the curves do not end at 0.
    for name, arm in (("P101", "A"), ("P102", "B")):
        trial.enter(name, date(2024, 1, 1), arm=arm)
        trial.record(name, "every_3_months", "follow_up", {"seen_date": "2025-01-01", "progressed": False})
    return {r["id"]: r for r in analyze_cut(freeze(trial), trial.protocol).results["results"]}


def test_a_day_that_nobody_reached_is_a_note_beside_the_days_that_are_known(tmp_path):
    found = results(tmp_path, "id: at, method: milestone, by: arm, at_days: [200, 5000]")
    known = [r for name, r in found.items() if name.startswith("at")]
    assert {r["at_days"] for r in known} == {200}
    assert len(known) == 3  # two arms and their difference
    for result in known:
        assert {f["code"] for f in result["findings"]} == {"survival.beyond"}
        assert "A: nobody was observed until day 5000" in [f["what"] for f in result["findings"]]


def test_where_no_day_is_known_the_result_says_why(tmp_path):
    result = results(tmp_path, "id: at, method: milestone, by: arm, at_days: [5000]")["at"]
    assert result["not_estimated"]
    assert {f["code"] for f in result["findings"]} == {"survival.beyond"}


def test_a_restricted_mean_beyond_follow_up_says_why(tmp_path):
    result = results(tmp_path, "id: mean, method: rmst, by: arm, tau_days: 5000")["mean"]
    assert result["not_estimated"]
    assert {f["code"] for f in result["findings"]} == {"survival.beyond"}


def test_a_column_without_information_is_called_by_its_name_in_the_plan(tmp_path):
    result = results(tmp_path, "id: cox, method: cox, by: arm, strata: [sex], covariates: [sex]")["cox"]
    assert result["not_estimated"]
    assert [f["what"] for f in result["findings"]] == ["sex: M does not vary among those at risk"]


def test_proportional_hazards_are_tested_with_the_covariates(tmp_path):
    result = results(tmp_path, "id: ph, method: proportional_hazards, by: arm, covariates: [age]")["ph"]
    assert result["degrees_of_freedom"] == 2
    assert 0 < result["p_value"] < 1


def test_a_share_of_nobody_has_no_interval_and_says_so():
    result = {"method": "cumulative_incidence", "quantity": "estimate", "group": None, "at_days": 90.0, "estimate": 0.0,
              "ci_lower": None, "ci_upper": None, "confidence": 0.95, "p_value": None, "n": 4, "events": 0}  # fmt: skip
    told = render_interpretation(result, {}, 0.05)
    assert "0.0% (no 95% CI)" in told["en"]
    assert "无 95% CI" in told["zh"]
    assert "–%" not in told["en"] + told["zh"]


def test_columns_that_say_the_same_are_called_by_their_names_in_both_languages(tmp_path):
    result = results(tmp_path, "id: cox, method: cox, by: arm, covariates: [age, sex, weight]")["cox"]
    (note,) = result["findings"]
    assert note["what"] == "weight has the same value everywhere"
    assert note["zh"]["what"] == "weight处处取值相同"


def test_terms_that_cannot_be_told_apart_are_all_named():
    finding = TABLE.finding("survival.singular", columns=(0, 2))

    def refused():
        raise Refusal(finding)

    analysis = minimal_protocol().analyses[0]
    with pytest.raises(Refusal) as refusal:
        by_name([("arm: A", "A"), ("age", None), ("sex: M", None)], analysis, refused)
    (told,) = refusal.value.findings
    assert told.what == "arm: A, sex: M say the same"
    assert told.say("zh").what == "arm: A、sex: M所述相同"
