"""Every planned analysis gives a result that says what it is, whom it is about and where it comes from."""

import json
from datetime import date

import pytest

from equipoise.analysis import analyze_cut
from equipoise.datacut import freeze
from tests.analysis.trial import Trial, small_trial, write_analysis
from tests.spec.minimal import minimal_protocol

PLAN = """
analyses:
- {id: os_cox, label: {en: Cox model, zh: Cox 模型}, endpoint: os, set: itt, method: cox, role: primary}
- {id: os_strat, label: {en: Stratified, zh: 分层}, endpoint: os, set: itt, method: logrank, role: secondary, strata: [sex]}
- {id: os_adj, label: {en: Adjusted, zh: 校正}, endpoint: os, set: itt, method: cox, role: sensitivity, covariates: [age, sex]}
- {id: os_sex, label: {en: By sex, zh: 按性别}, endpoint: os, set: itt, method: cox, role: subgroup, subgroup: sex}
- {id: fu, label: {en: Follow-up, zh: 随访}, endpoint: os, set: itt, method: reverse_kaplan_meier, role: descriptive}
- {id: fifty, label: {en: Age 50, zh: 50岁}, endpoint: old, set: itt, method: proportion, role: secondary}
- {id: ages, label: {en: Age, zh: 年龄}, endpoint: how_old, set: itt, method: mean, role: secondary}
endpoints:
- {kind: binary, id: old, label: {en: Age 50, zh: 50岁}, short: O, description: {en: a, zh: a}, role: exploratory, rule: age >= 50}
- {kind: continuous, id: how_old, label: {en: Age, zh: 年龄}, short: A, description: {en: a, zh: a}, role: exploratory, rule: age}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    trial = small_trial(tmp_path_factory.mktemp("study"), protocol=minimal_protocol(PLAN))
    return analyze_cut(freeze(trial), trial.protocol)


def by_id(run):
    return {result["id"]: result for result in run.results["results"]}


def test_every_planned_analysis_has_its_results(run):
    assert list(by_id(run)) == [
        "os_logrank", "os_km.B", "os_km.A", "os_cox", "os_strat", "os_adj", "os_sex.F", "os_sex.M", "os_sex.interaction",
        "fu.B", "fu.A", "fifty.B", "fifty.A", "fifty.A_difference", "ages.B", "ages.A", "ages.A_difference",
    ]  # fmt: skip
    assert not [r["id"] for r in run.results["results"] if r.get("not_estimated")]


def test_every_number_carries_method_population_endpoint_cut_digest_and_software(run):
    for result in run.results["results"]:
        for name in (
            "method",
            "population",
            "set",
            "endpoint",
            "cut",
            "head",
            "protocol_digest",
            "software",
            "n",
            "interpretation",
        ):
            assert result[name] not in (None, ""), (result["id"], name)


def test_results_are_strict_json(run):
    json.dumps(run.results, allow_nan=False, default=str)


def test_the_reference_is_the_control_arm(run):
    cox = by_id(run)["os_cox"]
    assert (cox["reference"], cox["group"]) == ("B", "A")
    assert cox["hazard_ratio"] > 1  # arm A dies earlier in this trial


def test_control_exchanging_the_arms_inverts_the_hazard_ratio(tmp_path, run):
    arms = "arms: [{id: A, role: control}, {id: B, role: experimental}]"
    trial = small_trial(tmp_path, protocol=minimal_protocol(PLAN, arms))
    swapped = by_id(analyze_cut(freeze(trial), trial.protocol))["os_cox"]["hazard_ratio"]
    assert swapped == pytest.approx(1 / by_id(run)["os_cox"]["hazard_ratio"], rel=1e-9)
    assert swapped < 1


def test_control_an_earlier_cut_gives_other_numbers(tmp_path, run):
    trial = small_trial(tmp_path, protocol=minimal_protocol(PLAN))
    earlier = by_id(analyze_cut(freeze(trial, entry=200), trial.protocol))
    assert earlier["os_cox"]["n"] < by_id(run)["os_cox"]["n"]
    assert earlier["os_cox"]["head"] != by_id(run)["os_cox"]["head"]


def test_strata_use_the_level_with_which_chance_worked(tmp_path):
    trial = small_trial(tmp_path, protocol=minimal_protocol(PLAN))
    before = by_id(analyze_cut(freeze(trial), trial.protocol))
    trial.correct("P001", "screening", "baseline", "sex", "F", "M")
    after = by_id(analyze_cut(freeze(trial), trial.protocol))
    assert after["os_strat"]["chi_square"] == before["os_strat"]["chi_square"]
    assert after["os_sex.M"]["n"] == before["os_sex.M"]["n"] + 1


def test_nobody_yet_is_a_finding_and_not_a_crash(tmp_path):
    trial = Trial(tmp_path, protocol=minimal_protocol(PLAN))
    trial.enter("X", date(2024, 1, 1))
    results = analyze_cut(freeze(trial), trial.protocol).results["results"]
    assert all(r["not_estimated"] and r["findings"] for r in results)


def test_one_arm_only_cannot_be_compared_and_says_so(tmp_path):
    trial = Trial(tmp_path, protocol=minimal_protocol(PLAN))
    for place in range(4):
        trial.enter(f"P{place}", date(2024, 1, 1), arm="A")
    results = by_id(analyze_cut(freeze(trial), trial.protocol))
    assert results["os_cox"]["not_estimated"]
    assert results["os_cox"]["findings"][-1]["code"] == "analysis.one_group"


def test_hidden_arms_are_shown_together_and_not_compared(tmp_path):
    trial = small_trial(tmp_path, 12, protocol=minimal_protocol(PLAN, {"randomization": {"blinding": "double"}}))
    results = analyze_cut(freeze(trial), trial.protocol).results
    comparing = [r for r in results["results"] if r["method"] in ("logrank", "cox", "interaction")]
    assert all(r.get("not_estimated") for r in comparing)
    assert [arm["arm"] for arm in results["flow"]["arms"]] == [None]
    assert list(results["baseline"]["groups"]) == ["all"]


def test_a_p_value_above_alpha_is_never_called_no_difference(run):
    for result in run.results["results"]:
        words = result["interpretation"]["en"].lower()
        assert "no difference" not in words
        if (result.get("p_value") or 0) > 0.05 and result["method"] != "proportional_hazards":
            # A level that was planned is judged against with these words; without one the p-value stands alone.
            judged = any(said in words for said in ("not evidence", "no evidence", "compatible"))
            assert judged or "planned" not in words, words


def test_the_flow_counts_everybody_once(run):
    flow = run.results["flow"]
    assert (flow["screened"], flow["randomized"], flow["not_randomized"]) == (43, 40, 3)
    assert {r["id"]: r["n"] for r in flow["excluded_by_criterion"]} == {"I1": 2, "E1": 1}
    assert [(a["arm"], a["allocated"], a["analyzed"]) for a in flow["arms"]] == [("B", 20, 20), ("A", 20, 20)]
    assert flow["arms"][1]["withdrew"] == {"follow_up": 1}
    assert flow["arms"][1]["withdrew_reasons"] == {"follow_up": {"moved away": 1}}


def test_each_extent_of_a_withdrawal_has_its_own_number_in_the_flow(tmp_path):
    trial = small_trial(tmp_path)  # P003, of arm A, has left follow-up
    for who, day, extent in (
        ("P001", "2024-02-20", "treatment"),
        ("P001", "2024-06-02", "consent"),
        ("P002", "2024-05-01", "treatment"),
    ):
        trial.say("withdrawn", {"date": day, "reason": "a wish", "extent": extent}, who)
    flow = analyze_cut(freeze(trial), trial.protocol).results["flow"]
    assert {arm["arm"]: arm["withdrew"] for arm in flow["arms"]} == {
        "A": {"consent": 1, "follow_up": 1, "treatment": 1}, "B": {"treatment": 1},
    }  # fmt: skip


def test_the_baseline_table_tests_nothing_and_shows_what_is_missing(tmp_path):
    trial = small_trial(tmp_path)
    trial.correct("P001", "screening", "baseline", "weight", "60.0", None)
    baseline = analyze_cut(freeze(trial), trial.protocol).results["baseline"]
    weight = next(r for r in baseline["rows"] if r["id"] == "weight")
    assert weight["groups"]["A"]["missing"] == 1
    assert weight["groups"]["A"]["n"] == 19
    assert "p_value" not in json.dumps(baseline)


def test_a_second_run_writes_the_same_bytes(tmp_path):
    trial = small_trial(tmp_path)
    one, two = (write_analysis(trial, out=tmp_path / name) for name in ("one", "two"))
    assert [p.read_bytes() for p in one.paths] == [p.read_bytes() for p in two.paths]


def test_importing_the_room_waits_on_no_compiler_and_no_figures():
    import subprocess
    import sys

    code = "import sys, equipoise.analysis, equipoise.reports; print([m for m in ('numba', 'matplotlib', 'scipy', 'polars', 'jinja2') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
