"""Where next to nothing is known, nothing is made up: every method, on data of every degenerate kind, under one set of laws.

No interval leaves its range or shrinks to its estimate, no p-value comes from a group without variance, nothing is told
beyond what was observed, what is not told has its reason, the reason is true, and no result costs another.
"""

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from equipoise import survival
from equipoise.analysis.methods import METHODS
from equipoise.survival.words import refuse
from tests.analysis.sparse import analyzed, people, protocol, rendered

# standard arm; test arm. The kinds that a review tried stand among them with their data.
CELLS = {
    "no events": ("150c 160c 200c 220c 300c", "150c 170c 220c 230c 300c"),
    "no events in one arm": ("50e 60e 80e 300c 300c", "300c 300c 300c 300c 300c"),
    "none in the reference": ("300c 310c 320c", "50e 60e 70x 300c"),
    "events after the day": ("150e 160c 200e 220c", "150c 170c 220c 230e"),
    "one level": ("50eF 60eF 80eF 300cF", "70eF 90eF 120eF 300cF"),
    "a level without an arm": ("50eF 60eF 80eF 300cF", "70eM 90eF 120eM 300cF"),
    "one participant with the event": ("50e 60e 80e 120e 300c", "90e"),
    "one participant without": ("50e 60e 80e 120e 300c", "300c"),
    "one participant, censored first": ("50e 60e 80e 120e 300c", "10c"),
    "one participant each": ("50e", "300c"),
    "all on day 0": ("0e 0e 0c 0c", "0e 0c 0c 0c"),
    "all dead on day 0": ("0e 0e 0e", "0e 0e 0e"),
    "seen on day 0 only": ("0c 0c 0c", "0c 0c"),
    "nobody censored": ("50e 60e 80e 120e 210e", "70e 150e 220e 230e 260e"),
    "nobody censored, others compete": ("50e 60x 80e 120x 210e 220e", "70x 150x 220x 230x 260x 270x"),
    "all tied": ("100e 100e 100e 100e", "100e 100e 100e 100e"),
    "all tied, some censored": ("100e 100e 100c 100c", "100e 100c 100c 100c"),
    "last seen before the day": ("10e 10e 10c 20c", "10e 10c 20c 20c"),
    "one arm seen before the day": ("10e 10e 10c 20c", "10e 50e 300c 300c"),
    "nobody in the reference": ("", "50e 60e 80e 300c"),
    "nobody in the other": ("50e 60e 80e 300c", ""),
    "arms apart in time": ("50e 60e 80e 90e 95e", "99e 100e 101e 104e 300e"),
    "one arm alive": ("50e 60e 80e 120e 300c", "150c 210c 250c 300c 300c"),
    "five against two": ("50e 60e 80e 300c 300c", "310c 310c 310c 310c 310c"),
    "four against one": ("50e 60e 80e 90e 300c", "50e 310c 310c 310c 310c"),
    "only competing": ("50x 60x 80x 300c", "70x 90x 120x 300c"),
    "one value": ("50e 60e 80e 300c", "70e 90e 120e 300c"),
}
LEVEL = {"one value": 7.0}


@cache
def run_of(cell):
    with TemporaryDirectory() as folder:
        return analyzed(Path(folder), people(*CELLS[cell], level=LEVEL.get(cell)))


def ranges(result):
    """The range of what a result estimates; None where it has none."""
    method, difference = result["method"], result.get("quantity") == "difference"
    if method in ("milestone", "cumulative_incidence", "proportion"):
        return (-1, 1) if difference else (0, 1)
    if method == "rmst":
        return (-result["tau_days"], result["tau_days"]) if difference else (0, result["tau_days"])
    return (0, float("inf")) if method == "cox" else None


def of_result(result):
    """Every law that one result breaks, in words."""
    found = []
    name, low, high = result["id"], result.get("ci_lower"), result.get("ci_upper")
    estimate, p = result.get("estimate", result.get("hazard_ratio")), result.get("p_value")
    if result.get("not_estimated"):
        found += [] if result["findings"] else [f"{name}: no reason"]
        found += [f"{name}: {key}" for key in ("estimate", "p_value", "ci_lower") if result.get(key) is not None]
        return found
    for language in ("en", "zh"):
        said = result["interpretation"][language]
        found += [f"{name}: a gap in: {said}" for gap in (" to –", "至 –", "– to", "NaN", "None", "nan") if gap in said]
    if (low is None) != (high is None) and result["method"] not in ("kaplan_meier", "reverse_kaplan_meier"):
        found.append(f"{name}: one limit")
    if low is not None and high is not None:
        if (place := ranges(result)) and not place[0] <= low <= high <= place[1]:
            found.append(f"{name}: {low} to {high} leaves {place}")
        if result["method"] not in ("kaplan_meier", "reverse_kaplan_meier") and not low < high:
            found.append(f"{name}: certain of {low}")
        if estimate is not None and not low <= estimate <= high:
            found.append(f"{name}: {estimate} outside {low} to {high}")
    if result.get("standard_error") == 0:
        found.append(f"{name}: an error of 0")
    if p is not None and not 0 < p <= 1:
        found.append(f"{name}: p {p}")
    if result.get("quantity") == "difference" and (p is None or low is None) and not result["findings"]:
        found.append(f"{name}: no p-value, and no reason")
    return found


def of_differences(results):
    """A difference has a p-value only where both sides vary, and exists only beside both."""
    found = []
    sides = {(r["analysis"], r.get("level"), r.get("at_days"), r.get("group")): r
             for r in results if r.get("quantity") == "estimate"}  # fmt: skip
    for r in results:
        if r.get("quantity") != "difference" or r["method"] in ("proportion", "mean"):
            continue
        mine = [sides.get((r["analysis"], r.get("level"), r.get("at_days"), r[who])) for who in ("group", "reference")]
        if None in mine:
            found.append(f"{r['id']}: a difference from nobody")
        elif r["p_value"] is not None and not all(side["standard_error"] for side in mine):
            found.append(f"{r['id']}: p from a side without variance")
    return found


def beyond(run):
    """What is told of a day that nobody of the group reached while somebody was left."""
    found = []
    for performed in run.performed:
        result, rows = performed.result, performed.rows
        day = result.get("at_days", result.get("tau_days"))
        if day is None or result.get("not_estimated") or result["quantity"] == "difference":
            continue
        last = rows["time_days"].max()
        lost = rows.filter((rows["time_days"] == last) & (rows["status"] == 0)).height
        if day > last and (lost or (result["method"] != "cumulative_incidence" and not all(
                rows.filter(rows["time_days"] == last)["status"] == 1))):  # fmt: skip
            found.append(f"{result['id']}: day {day}, last seen {last}")
    return found


def at_risk(rows, time):
    return [r for r in rows if r["time_days"] >= time]


def compared(rows):
    """The deaths at which two groups were at risk: time, all at risk, and who died; within each stratum."""
    found = []
    for stratum in {r["stratum"] for r in rows}:
        mine = [r for r in rows if r["stratum"] == stratum]
        for time in {r["time_days"] for r in mine if r["event"]}:
            there = at_risk(mine, time)
            if len({r["group"] for r in there}) > 1:
                found.append((there, [r for r in there if r["event"] and r["time_days"] == time]))
    return found


def some_survive(rows):
    return [(there, died) for there, died in compared(rows) if len(died) < len(there)]


def one_side(rows):
    return len({r["group"] for r in rows if r["event"]}) == 1


def at_the_first(rows):
    """Whether groups can only be compared at the first death, where 1 - S is 0."""
    first = {
        s: min(r["time_days"] for r in rows if r["event"] and r["stratum"] == s)
        for s in {r["stratum"] for r in rows if r["event"]}
    }
    return all(died[0]["time_days"] == first[died[0]["stratum"]] for _, died in some_survive(rows))


def apart(rows, result):
    """All events of one time in one arm, and not in the same arm for ever; covariates may say it together with the arm."""
    return not one_side(rows) and (
        result["covariates"] or len({d["group"] for _, died in some_survive(rows) for d in died}) == 1
    )


# What a note says, and whether it is so; `rows`: those that the result was made of.
REASONS = {
    "nobody has had the event": lambda rows, _: not any(r["event"] for r in rows),
    "no death happened while the groups were at risk together": lambda rows, _: not compared(rows),
    "everybody at risk in the groups died at the same time": lambda rows, _: (
        compared(rows) and all(len(there) == len(died) for there, died in compared(rows))
    ),
    "the weight S^0 (1 - S)^1 is 0": lambda rows, _: some_survive(rows) and at_the_first(rows),
    "there are not two groups to compare": lambda rows, _: len({r["group"] for r in rows}) < 2,
    "hazard ratio of arm: A has no finite estimate: its events are all": lambda rows, _: one_side(rows),
    "hazard ratio of arm: A has no finite estimate; its events are all": lambda rows, _: one_side(rows),
    "then at risk, by arm: A": apart,
    "all events are at one time": lambda rows, _: len({r["time_days"] for r in rows if r["event"]}) == 1,
    "at no event was somebody of A at risk": lambda rows, _: (
        not [r for there, _ in compared(rows) for r in there if r["group"] == "A"]
    ),
    "at no event was somebody of C at risk": lambda rows, _: (
        not [r for there, _ in compared(rows) for r in there if r["group"] == "C"]
    ),
}
SAID = re.compile(r"^(?:(\w+): )?nobody was observed until (?:day|tau,) ([\d.]+)")


def untrue(run):
    """Reasons that the rows contradict."""
    found = []
    for performed in run.performed:
        rows = performed.rows.to_dicts() if performed.rows.height and "time_days" in performed.rows.columns else []
        for note in performed.result["findings"]:
            told = f"{note['what']}; {note['why']}"
            if (seen := SAID.match(told)) and rows:
                mine = [r for r in rows if seen[1] is None or r["group"] == seen[1]]
                if mine and max(r["time_days"] for r in mine) >= float(seen[2]):
                    found.append(f"{performed.result['id']}: {told}")
            found += [
                f"{performed.result['id']}: {told}"
                for text, holds in REASONS.items()
                if text in told and rows and not holds(rows, performed.result)
            ]
    return found


def broken(run):
    """Every law that an analysis breaks."""
    results = run.results["results"]
    found = [law for result in results for law in of_result(result)]
    found += [f"{name}: twice" for name, count in Counter(r["id"] for r in results).items() if count > 1]
    found += [f"{a.id}: lost" for a in run.protocol.analyses if a.id not in {r["analysis"] for r in results}]
    ours = ("analysis.failed", "ValueError", "ZeroDivision", "LinAlg")
    found += [f"{r['id']}: {n['what']}; {n['why']}" for r in results for n in r["findings"]
              if n["code"] == ours[0] or any(word in n["why"] for word in ours[1:])]  # fmt: skip
    return found + of_differences(results) + beyond(run) + untrue(run)


@pytest.mark.parametrize("cell", CELLS)
def test_every_method_keeps_the_laws(cell):
    run = run_of(cell)
    assert broken(run) == []
    json.dumps(run.results, allow_nan=False, default=str)
    assert {r["method"] for r in run.results["results"]} == {method.id for method in METHODS}


@pytest.mark.parametrize("cell", CELLS)
def test_everything_that_is_known_is_told(cell):
    """Who was seen until a day has an estimate for it, whatever the other arm lacks."""
    run = run_of(cell)
    for arm, marks in zip("BA", CELLS[cell], strict=True):
        days = [int(mark.rstrip("FM")[:-1]) for mark in marks.split()]
        if not days or max(days) < 100:
            continue
        told = {r["id"] for r in run.results["results"] if not r.get("not_estimated")}
        assert {f"milestone_0.{arm}.day_100", f"cumulative_incidence_0.{arm}.day_100", f"rmst_0.{arm}"} <= told
        assert {f"kaplan_meier_0.{arm}", f"proportion_0.{arm}", f"mean_0.{arm}"} <= told


@pytest.mark.parametrize("cell", ["no events", "one participant, censored first", "nobody in the reference",
                                  "all dead on day 0", "arms apart in time"])  # fmt: skip
def test_the_report_is_written_in_both_languages(tmp_path, cell):
    for language in ("en", "zh"):
        page = re.sub(
            r"<style.*?</style>", "", rendered(tmp_path / language, people(*CELLS[cell]), language), flags=re.DOTALL
        )
        for result in run_of(cell).results["results"]:
            assert result["id"] in page
        assert not re.search(r"\bNone\b|\bnan\b|– to –|– 至 –", page)


def value(cell, name, key="estimate"):
    return next(r for r in run_of(cell).results["results"] if r["id"] == name)[key]


def test_five_of_five_against_two_of_five_is_no_proof():
    """R 4.2.2: binom.test(5, 5)$conf.int 0.478176; survfit log-log limits of 2 of 5; fisher.test 0.1666667.

    Newcombe's limits of 3 of 5 against 0 of 5 with the event are by hand from Wilson's: -0.8824 to -0.0298.
    """
    cell, name = "five against two", "milestone_0.A_difference.day_100"
    assert value(cell, "milestone_0.A.day_100", "ci_lower") == pytest.approx(0.478176249895019)
    # summary(survfit(Surv(c(50, 60, 80, 300, 300), c(1, 1, 1, 0, 0)) ~ 1, conf.type = "log-log"), times = 100)
    low, high = 0.0519757503774676, 0.7528157913587552
    assert value(cell, name, "ci_lower") == pytest.approx(
        0.6 - ((1 - 0.478176249895019) ** 2 + (high - 0.4) ** 2) ** 0.5, rel=1e-6
    )
    assert value(cell, name, "ci_upper") == pytest.approx(0.6 + (0 + (0.4 - low) ** 2) ** 0.5, rel=1e-6)
    assert value(cell, name, "p_value") is None
    assert value(cell, "proportion_0.A_difference", "p_value") == pytest.approx(1 / 6)
    assert value(cell, "proportion_0.A_difference", "ci_lower") == pytest.approx(-0.8823792, abs=1e-6)
    assert value(cell, "proportion_0.A_difference", "ci_upper") == pytest.approx(-0.0297899, abs=1e-6)
    assert value(cell, "rmst_0.A_difference", "p_value") is None


def test_a_tail_that_the_rest_would_swallow_keeps_its_digits(tmp_path):
    """20 of 300 against 130 of 300: R 4.2.2, prop.test(c(20, 130), c(300, 300), correct = FALSE)$p.value."""
    standard = " ".join([*(f"{50 + i % 40}e" for i in range(130)), *(["400c"] * 170)])
    test = " ".join([*(f"{50 + i % 40}e" for i in range(20)), *(["400c"] * 280)])
    run = analyzed(tmp_path, people(standard, test))
    found = {r["id"]: r for r in run.results["results"]}
    assert found["proportion_0.A_difference"]["p_value"] == pytest.approx(3.36343819832352e-25, rel=1e-9)
    for name in (
        "milestone_0.A_difference.day_100",
        "cumulative_incidence_0.A_difference.day_100",
        "rmst_0.A_difference",
    ):
        assert 0 < found[name]["p_value"] < 1e-15
    assert broken(run) == []


THIRD = (
    "arms: [{id: C, label: {en: Third, zh: 第三组}, role: experimental}]\nrandomization: {ratio: {A: 1, B: 1, C: 1}}"
)


@pytest.mark.parametrize("third", ["300c 300c 300c", "5c", "", "100e 100e"])
def test_a_third_arm_of_which_nothing_is_known_costs_the_others_nothing(tmp_path, third):
    two = people("50e 60e 80e 120e 300c", "70e 90e 150e 310c 320c")
    three = [*two, *(p.__class__(f"Q{at}", "C", p.day, p.how, "F", p.level) for at, p in enumerate(people(third, "")))]
    run = analyzed(tmp_path, three, protocol(THIRD))
    assert broken(run) == []
    found = {r["id"]: r for r in run.results["results"]}
    name = "cox_0.A" if third else "cox_0"
    assert found[name]["hazard_ratio"] > 0
    for name in (
        "milestone_0.A_difference.day_100",
        "rmst_0.A_difference",
        "proportion_0.A_difference",
        "mean_0.A_difference",
    ):
        assert found[name]["p_value"] is not None


def test_nobody_takes_the_place_of_an_empty_reference(tmp_path):
    run = analyzed(tmp_path, [p.__class__(f"Q{at}", "C" if p.arm == "B" else p.arm, p.day, p.how, "F", p.level)
                              for at, p in enumerate(people("50e 60e 80e 300c", "70e 90e 150e 310c"))], protocol(THIRD))  # fmt: skip
    assert broken(run) == []
    assert not [r["id"] for r in run.results["results"] if r.get("reference") and not r.get("not_estimated")]
    cox = next(r for r in run.results["results"] if r["analysis"] == "cox_0")
    assert "nobody of the reference Standard can be analyzed" in cox["findings"][-1]["why"]


def test_a_mean_time_that_nobody_lived_beyond_the_first_day_for_says_so(tmp_path):
    plan = "analyses: [{id: open, label: {en: a, zh: a}, endpoint: tte, set: itt, method: rmst, role: secondary}]"
    run = analyzed(tmp_path, people(*CELLS["seen on day 0 only"]), protocol(plan))
    (result,) = [r for r in run.results["results"] if r["analysis"] == "open"]
    assert [n["why"] for n in result["findings"]] == ["somewhere nobody was followed beyond the first day"]
    assert broken(run) == []


def test_control_normal_limits_are_noticed(monkeypatch, tmp_path):
    """As it was: where nobody had the event, limits at the estimate and an error of 0."""
    real = survival.estimate_milestone

    def normal(*arrays, **options):
        found = real(*arrays, **options)
        return replace(found, standard_error=0.0, ci_lower=1.0, ci_upper=1.0) if found.estimate == 1 else found

    monkeypatch.setattr(survival, "estimate_milestone", normal)
    found = broken(analyzed(tmp_path, people(*CELLS["five against two"])))
    assert any("certain of 1.0" in law for law in found)
    assert any("an error of 0" in law for law in found)


def test_control_an_incidence_beyond_what_was_seen_is_noticed(monkeypatch, tmp_path):
    real = survival.estimate_cumulative_incidence

    def until_the_last(time, status, at, **options):
        return real(time, status, [min(day, max(time)) for day in at], **options)

    monkeypatch.setattr(survival, "estimate_cumulative_incidence", until_the_last)
    found = broken(analyzed(tmp_path, people(*CELLS["last seen before the day"])))
    assert any(law.startswith("cumulative_incidence_0.A.day_100: day 100") for law in found)


def test_control_an_untrue_reason_is_noticed(monkeypatch, tmp_path):
    """As it was: whatever kept groups from being compared, they were said never to have been at risk together."""
    monkeypatch.setattr(survival.logrank, "refuse_comparison", lambda *_: refuse("survival.no_overlap", "group"))
    found = broken(analyzed(tmp_path, people(*CELLS["all tied"])))
    assert any(law.startswith("logrank_0: no death happened while") for law in found)
