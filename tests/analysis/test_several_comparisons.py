"""Several arms: what stands first names every comparison, and says that each was held against the whole of alpha."""

from __future__ import annotations

import pytest

from equipoise.analysis import analyze_cut
from equipoise.datacut import freeze
from equipoise.reports.headline import key_results
from tests.analysis.asked import asked, binary, conclusions, timed
from tests.analysis.three_arms import ARMS, three_arms
from tests.spec.minimal import minimal_protocol

REMOVED = "{id: os_logrank, remove: true}, {id: os_km, remove: true}"
PLANNED = "label: {en: a, zh: 甲}, endpoint: os, set: itt"
GLOBAL = f"{{id: it, {PLANNED}, method: logrank, role: primary}}"
STRATIFIED = f"{{id: it, {PLANNED}, method: logrank, role: primary, strata: [sex]}}"
COX = f"{{id: more, {PLANNED}, method: cox, role: secondary}}"
MEANS = f"{{id: more, {PLANNED}, method: rmst, role: secondary, tau_days: 120}}"
SHARES = f"{{id: more, {PLANNED}, method: milestone, role: sensitivity, at_days: [90]}}"
CURVES = f"{{id: more, {PLANNED}, method: kaplan_meier, role: descriptive}}"
DESIGN = (
    "design: {endpoint: os, question: superiority, hazard_ratio: 0.7, alpha: 0.9, power: 0.95, sides: 2, events: 20}"
)
UNADJUSTED = ("Not adjusted for the other comparisons.", "未针对其他比较作多重性校正。")


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    return three_arms(tmp_path_factory.mktemp("study"), minimal_protocol(ARMS))


def results(trial, *analyses, design=""):
    design = design.replace("alpha: 0.9", "alpha: 0.49").replace("sides: 2", "sides: 1")
    plan = f"analyses: [{', '.join((REMOVED, *analyses))}]"
    trial.protocol = minimal_protocol(ARMS, plan, *([design] if design else []))
    return analyze_cut(freeze(trial), trial.protocol).results["results"]


@pytest.mark.parametrize("first", [GLOBAL, STRATIFIED])
@pytest.mark.parametrize("second", [COX, MEANS, SHARES])
def test_beside_a_test_of_all_arms_every_comparison_is_named(trial, first, second):
    key = key_results(results(trial, first, second))
    assert {r["group"] for r in key if r.get("reference")} == {"A", "C"}
    assert key[0]["id"] == "it"


@pytest.mark.parametrize(
    ("second", "words", "chinese"),
    [
        (COX, "The comparisons tell which of them.", "具体差异见各项比较。"),
        (MEANS, "The comparisons tell which of them.", "具体差异见各项比较。"),
        (CURVES, "No planned analysis compares them one by one", "没有逐一比较各组的分析"),
    ],
)
def test_the_comparisons_are_promised_only_where_they_are_planned(trial, second, words, chinese):
    (said,) = [r["interpretation"] for r in results(trial, GLOBAL, second, design=DESIGN) if r["id"] == "it"]
    assert "The arms differ" in said["en"]
    assert words in said["en"]
    assert chinese in said["zh"]


def test_several_primary_comparisons_say_that_they_are_not_adjusted(trial):
    primary = COX.replace("secondary", "primary")
    for one in (r for r in results(trial, primary) if r["role"] == "primary"):
        assert one["interpretation"]["en"].endswith(UNADJUSTED[0])
        assert one["interpretation"]["zh"].endswith(UNADJUSTED[1])
    assert not any(UNADJUSTED[0] in r["interpretation"]["en"] for r in results(trial, GLOBAL, COX))


RATES, ONE = "rates: {control: 0.6, experimental: 0.6}", "alpha: 0.025, sides: 1, power: 0.9, participants: 150"


def test_an_estimate_at_the_margin_is_no_proof():
    """35 of 70 against 48 of 80 is the margin of -10 points itself, but for rounding: z is 0, and was once 8."""
    run = asked(binary(35, 48), f"question: non_inferiority, margin: -0.1, {RATES}, {ONE}", "proportion")
    (told,) = conclusions(run)
    assert told["z"] == pytest.approx(0, abs=1e-5)
    assert told["p_one_sided"] == pytest.approx(0.5, abs=1e-5)
    assert told["verdict"] == "not_shown"


@pytest.mark.parametrize(
    ("outcome", "design", "method", "worse"),
    [
        (binary(20, 70), f"margin: -0.1, {RATES}, {ONE}", "proportion", True),
        (binary(42, 56), f"margin: -0.1, {RATES}, {ONE}", "proportion", False),
        (timed(70, 80, 0.5), "margin: 1.9, hazard_ratio: 1, alpha: 0.025, sides: 1, power: 0.9, events: 150", "cox", True),
        (timed(70, 80, 1.14), "margin: 1.3, hazard_ratio: 1, alpha: 0.025, sides: 1, power: 0.9, events: 150", "cox", False),
    ],
)  # fmt: skip
def test_an_interval_that_excludes_no_effect_is_evidence_of_harm(outcome, design, method, worse):
    run = asked(outcome, f"question: non_inferiority, {design}", method)
    said = next(r["interpretation"] for r in run.results["results"] if r.get("conclusions"))
    assert conclusions(run)[0]["verdict"] == "not_shown"
    assert ("All of the interval lies where Experimental is worse" in said["en"]) == worse
    assert ("整个区间均位于试验组较差的一侧" in said["zh"]) == worse
    assert ("not evidence that it is inferior" in said["en"]) != worse


def test_nobody_is_half_a_participant():
    looks = "looks: [{information: 0.5}, {information: 1}], spending: {kind: lan_demets_obrien_fleming}"
    odd = f"question: superiority, {RATES}, {ONE.replace('150', '149')}, {looks}"
    said = asked(binary(35, 48), odd.replace("experimental: 0.6", "experimental: 0.8"), "proportion").results["design"]
    assert "held at 75 participants" in said["words"]["en"]
    assert "在75名受试者时" in said["words"]["zh"]
