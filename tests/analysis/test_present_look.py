"""An interim says that it is one: at which information, of what, against which boundary; the end uses the last bound.

Reference numbers: rpact 3.3.4 for 41 and 86 of 120 events (3.661, 2.406), and for looks at half and all of the information
(2.963, 1.969; Jennison and Turnbull 2000), one-sided 0.025, O'Brien-Fleming spending of Lan and DeMets.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from equipoise.analysis import analyze_cut
from equipoise.analysis.conclusion import finding_look
from equipoise.datacut import freeze
from equipoise.reports import write_report
from tests.analysis.asked import asked, binary, conclusions, continuous, outcomes_of, timed
from tests.analysis.three_arms import ARMS
from tests.analysis.trial import Trial, small_trial
from tests.spec.minimal import minimal_protocol

ONE = "question: superiority, alpha: 0.025, sides: 1, power: 0.9"
TWO = "question: superiority, alpha: 0.05, sides: 2, power: 0.9"
RATES, FEWER = "rates: {control: 0.6, experimental: 0.8}", "rates: {control: 0.6, experimental: 0.4}"
SPENDING = "spending: {kind: lan_demets_obrien_fleming}"
HALF = f"looks: [{{information: 0.5}}, {{information: 1}}], {SPENDING}"
THIRDS = f"looks: [{{information: 0.3416666}}, {{information: 0.7166666}}, {{information: 1}}], {SPENDING}"

# Outcome, method, design; stage, look, reached, planned, boundary (None: there is none), verdict.
TABLE = [
    (timed(20, 21), "logrank", f"{ONE}, hazard_ratio: 0.7, events: 120, {THIRDS}", "interim", 1, 41, 120, 3.661, "not_crossed"),
    (timed(40, 46), "logrank", f"{ONE}, hazard_ratio: 0.7, events: 120, {THIRDS}", "interim", 2, 86, 120, 2.406, "not_crossed"),
    (timed(40, 46, 4), "cox", f"{ONE}, hazard_ratio: 0.7, events: 120, {THIRDS}", "interim", 2, 86, 120, 2.406, "crossed"),
    (timed(40, 46, 0.2), "cox", f"{TWO}, hazard_ratio: 0.7, events: 120, {THIRDS}", "interim", 2, 86, 120, 2.406, "crossed_opposite"),
    (binary(56, 48), "proportion", f"{ONE}, {RATES}, participants: 300, {HALF}", "interim", 1, 150, 300, 2.963, "not_crossed"),
    (binary(20, 70), "proportion", f"{ONE}, {FEWER}, participants: 300, {HALF}", "interim", 1, 150, 300, 2.963, "crossed"),
    (binary(20, 70), "proportion", f"{ONE}, {RATES}, participants: 300, {HALF}", "interim", 1, 150, 300, 2.963, "not_crossed"),
    (binary(20, 70), "proportion", f"{ONE}, {RATES}, participants: 300, {HALF}, futility: {{kind: z, values: [0]}}", "interim", 1, 150, 300, 2.963, "futility"),
    # Nearer to the beginning than to the first look: what is listed for that look is not asked of this one.
    (binary(20, 70), "proportion", f"{ONE}, {RATES}, participants: 700, {HALF}, futility: {{kind: z, values: [0]}}", "interim", None, 150, 700, 4.702, "not_crossed"),
    (binary(56, 48), "proportion", f"{ONE}, {RATES}, participants: 300", "interim", None, 150, 300, None, "no_bound"),
    (binary(56, 48), "proportion", f"question: non_inferiority, margin: -0.1, alpha: 0.025, sides: 1, power: 0.9, {RATES}, participants: 300, {HALF}", "interim", 1, 150, 300, 2.963, "crossed"),
    (binary(48, 56), "proportion", f"question: non_inferiority, margin: -0.1, alpha: 0.025, sides: 1, power: 0.9, {RATES}, participants: 300, {HALF}", "interim", 1, 150, 300, 2.963, "not_crossed"),
    (continuous(0.3, 0), "mean", f"{ONE}, means: {{control: 0, experimental: 1, sd: 1}}, participants: 300, {HALF}", "interim", 1, 150, 300, 2.963, "not_crossed"),
    (binary(56, 48), "proportion", f"{ONE}, {RATES}, participants: 150, {HALF}", "final", 2, 150, 150, 1.969, "shown"),
    (timed(60, 60, 3), "cox", f"{ONE}, hazard_ratio: 0.7, events: 120, {HALF}", "final", 2, 120, 120, 1.969, "shown"),
    (binary(56, 48), "proportion", f"{ONE}, {RATES}, participants: 150", "final", 1, 150, 150, 1.960, "shown"),
]  # fmt: skip


def wrong(case):
    """What the design, the conclusion and the words of a case say that they should not."""
    outcome, method, design, stage, number, reached, planned, bound, verdict = case
    run = asked(outcome, design, method)
    said, (told,) = run.results["design"], conclusions(run)
    found = []
    expected = {"stage": stage, "look": number, "reached": reached, "planned": planned}
    found += [f"{key}: {said[key]}" for key, value in expected.items() if said[key] != value]
    given = None if said["bound"] is None else said["bound"]["upper_z"]
    if (given is None) != (bound is None) or (bound is not None and given != pytest.approx(bound, abs=5e-4)):
        found.append(f"bound: {given}")
    if told["verdict"] != verdict:
        found.append(f"verdict: {told['verdict']}")
    interim = stage == "interim"
    words, result = said["words"], next(r for r in run.results["results"] if r.get("conclusions"))
    if ("Interim" in words["en"]) != interim or ("期中" in words["zh"]) != interim:
        found.append(words["en"])
    if f"{reached} of {planned}" not in words["en"] or str(planned) not in words["zh"]:
        found.append(words["en"])
    if interim and re.search(r"planned 0\.|is superior|non-inferior to", result["interpretation"]["en"]):
        found.append(result["interpretation"]["en"])
    return found


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case[1]} {case[3]} {case[8]}")
def test_a_look_is_held_against_the_boundary_where_it_really_is(case):
    assert wrong(case) == []


def test_control_a_cut_that_is_always_taken_for_the_end_is_noticed(monkeypatch):
    counted = finding_look._counted
    monkeypatch.setattr(finding_look, "_counted", lambda *of: replace(counted(*of), final=True))
    assert sum(bool(wrong(case)) for case in TABLE) >= 10


def test_control_a_boundary_as_planned_and_not_as_reached_is_noticed(monkeypatch):
    bounded = finding_look.bounded

    def as_planned(look, design, ratio):
        found = bounded(replace(look, reached=round(look.planned * look.fractions[0])), design, ratio)
        return replace(found, reached=look.reached)

    early = (timed(10, 11), *TABLE[0][1:5], 21, 120, None, "not_crossed")
    assert not any(words.startswith("verdict") for words in wrong(early))
    exact = next(words for words in wrong(early) if words.startswith("bound"))
    monkeypatch.setattr(finding_look, "bounded", as_planned)
    assert next(words for words in wrong(early) if words.startswith("bound")) != exact


def test_at_the_end_of_a_design_with_looks_the_last_bound_is_used_and_not_alpha():
    """53/70 against 48/80, one-sided p 0.0201; with a look at 90 % of the information the last bound is below that."""
    late = "looks: [{information: 0.5}, {information: 0.9}, {information: 1}], spending: {kind: pocock}"
    plain = conclusions(asked(binary(53, 48), f"{ONE}, {RATES}, participants: 150", "proportion"))[0]
    looked = conclusions(asked(binary(53, 48), f"{ONE}, {RATES}, participants: 150, {late}", "proportion"))[0]
    assert plain["p_one_sided"] == looked["p_one_sided"] == pytest.approx(0.0201, abs=5e-4)
    assert (plain["verdict"], looked["verdict"]) == ("shown", "not_shown")
    assert looked["bound_p"] < looked["p_one_sided"] < 0.025
    assert "the final bound of" in looked["words"]["en"]
    assert "最终界值" in looked["words"]["zh"]


def locked(trial, *words):
    for kind in words:
        trial.say(kind, {"reason": "final analysis", "scope": "study", "open_queries": 0})
    return analyze_cut(freeze(trial), trial.protocol).results["design"]


def test_a_locked_database_is_the_end_with_whatever_was_reached(tmp_path):
    run = asked(binary(56, 48), f"{ONE}, {RATES}, participants: 300, {HALF}", "proportion")
    trial = replace(outcomes_of(None), folder=tmp_path)
    trial.protocol = run.protocol
    trial.say("locked", {"reason": "final analysis", "scope": "study", "open_queries": 0})
    try:
        found = analyze_cut(freeze(trial), trial.protocol).results["design"]
    finally:
        trial.say("unlocked", {"reason": "a correction", "scope": "study"})
    assert (found["stage"], found["why"], found["look"]) == ("final", "locked", 2)
    assert found["bound"]["alpha_spent_one_sided"] == pytest.approx(0.025)
    assert "locked database: 150 of 300" in found["words"]["en"]
    assert "数据库已锁定" in found["words"]["zh"]
    assert analyze_cut(freeze(trial), trial.protocol).results["design"]["stage"] == "interim"


VISITED = """
variables: [{id: moved, label: {en: Moved, zh: 进展}, type: boolean, pick: {item: progressed, which: last}}]
endpoints: [{kind: binary, id: out, label: {en: Out, zh: 结局}, short: O, description: {en: a, zh: a}, role: primary, rule: moved}]
analyses: [{id: it, label: {en: It, zh: 它}, endpoint: out, set: itt, method: proportion, role: primary}]
design: {endpoint: out, question: superiority, alpha: 0.05, sides: 2, power: 0.8, participants: 4, rates: {control: 0.2, experimental: 0.6}}
"""


@pytest.mark.parametrize(
    ("joined", "left", "stage"),
    [(date(2023, 12, 1), False, "interim"), (date(2023, 12, 1), True, "final"), (date(2020, 1, 1), False, "final")],
)
def test_a_trial_of_values_ends_when_nobodys_value_is_awaited(tmp_path, joined, left, stage):
    trial = Trial(tmp_path, protocol=minimal_protocol(VISITED))
    trial.say("study_opened", {"study": trial.protocol.study.id, "environment": "rehearsal"})
    for place in range(4):
        trial.enter(f"P{place}", joined, arm="AB"[place % 2])
        if place:
            seen = {"seen_date": joined.isoformat(), "progressed": place > 1}
            trial.record(f"P{place}", "every_3_months", "follow_up", seen)
    if left:
        trial.say("withdrawn", {"date": "2023-12-20", "reason": "moved away", "extent": "follow_up"}, "P0")
    said = analyze_cut(freeze(trial), trial.protocol).results["design"]
    assert (said["stage"], said["reached"], said["planned"]) == (stage, 3, 4)
    assert ("still awaited" in said["words"]["en"]) == (stage == "interim")
    assert ("尚待获得" in said["words"]["zh"]) == (stage == "interim")


@pytest.mark.parametrize(("months", "stage"), [(1, "final"), (60, "interim")])
def test_a_trial_planned_by_people_and_time_ends_when_time_has_passed(tmp_path, months, stage):
    design = {
        "endpoint": "os", "question": "superiority", "alpha": 0.05, "sides": 2, "power": 0.8, "hazard_ratio": 0.7,
        "participants": 12, "follow_up_months": months,
    }  # fmt: skip
    trial = small_trial(tmp_path, 12, protocol=minimal_protocol({"design": design}))
    trial.now = trial.now.replace(year=2025)
    trial.say("deviation_reported", {"date": "2024-05-01", "category": "other", "text": "late"}, "P001")
    said = analyze_cut(freeze(trial), trial.protocol).results["design"]
    assert (said["stage"], said["counted"], said["reached"]) == (stage, "participants", 12)
    # The last joined on 12 January 2024, and the cut is of 1 January 2025: 355 days, in months of 365.25 days a year.
    assert (said["followed_months"], said["follow_up_months"]) == (pytest.approx(355 / (365.25 / 12)), months)
    assert f"with {months} planned" in said["words"]["en"]
    assert f"（计划{months}个月）" in said["words"]["zh"]


def test_what_cannot_be_planned_has_no_boundary(tmp_path):
    """Three arms with looks, and no number stated: nobody knows how much information is all."""
    design = f"design: {{endpoint: os, {ONE}, hazard_ratio: 0.7, {HALF}}}"
    trial = small_trial(tmp_path, 12, protocol=minimal_protocol(ARMS, design))
    run = analyze_cut(freeze(trial), trial.protocol)
    said = run.results["design"]
    assert (said["planned"], said["bound"]) == (None, None)
    assert [told["verdict"] for told in conclusions(run)] == ["no_bound"]
    assert "is not known" in said["words"]["en"]


def test_a_test_of_several_arms_is_judged_without_a_side(tmp_path):
    from tests.analysis.three_arms import plan, three_arms

    plans = {"interim": 400, "final": 30}
    for stage, events in plans.items():
        design = f"design: {{endpoint: os, {TWO}, hazard_ratio: 0.7, events: {events}, {HALF}}}"
        change = "analyses: [{id: logrank, role: primary}, {id: cox, role: primary}]"
        protocol = minimal_protocol(ARMS, plan(), change, design)
        run = analyze_cut(freeze(three_arms(tmp_path / stage, protocol)), protocol)
        assert run.results["design"]["stage"] == stage
        told = conclusions(run)
        assert [(one["group"], one["reference"]) for one in told] == [(None, None), ("A", "B"), ("C", "B")]
        assert told[0]["p_two_sided"] == pytest.approx(run.results["results"][0]["p_value"])
        assert all(one["words"]["zh"] for one in told)


@pytest.mark.parametrize(("participants", "title"), [(300, "Interim result, not final"), (150, "Primary result")])
def test_the_page_calls_an_interim_an_interim(tmp_path, participants, title):
    run = asked(binary(56, 48), f"{ONE}, {RATES}, participants: {participants}, {HALF}", "proportion")
    trial = replace(outcomes_of(None), folder=tmp_path)
    trial.protocol = run.protocol
    report = write_report(trial)
    page = (report.out / "report.en.html").read_text(encoding="utf-8")
    top = page[: page.index("<nav")]
    assert f"<h2>{title}</h2>" in top
    assert run.results["design"]["words"]["en"].split(";")[0] in top.replace("\u00a0", " ")
    assert report.lines("en")[0] == run.results["design"]["words"]["en"]
    chinese = (report.out / "report.zh.html").read_text(encoding="utf-8")
    assert ("<h2>期中结果（非最终）</h2>" in chinese) == (participants == 300)


def test_a_plan_that_allows_for_dropout_is_whole_with_those_expected_to_have_a_value():
    """3 % a month for 6 months leave exp(-0.18) = 83.5 % of 176: 147 of 150 who have a value are all of it."""
    more = "dropout_per_month: 0.03, follow_up_months: 6"
    run = asked(binary(56, 48), f"{ONE}, {RATES}, participants: 176, {HALF}, {more}", "proportion")
    said = run.results["design"]
    assert (said["stage"], said["reached"], said["planned"], said["expected_with_value"]) == ("final", 150, 176, 147)
    assert "147 of them expected to have a value" in said["words"]["en"]
    assert "预计147名有终点值" in said["words"]["zh"]
    run = asked(binary(56, 48), f"{ONE}, {RATES}, participants: 360, {HALF}, {more}", "proportion")
    said = run.results["design"]
    assert (said["stage"], said["expected_with_value"]) == ("interim", 301)
    assert said["fraction"] == pytest.approx(150 / 301)
