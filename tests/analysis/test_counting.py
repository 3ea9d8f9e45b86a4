"""Who is counted: every result counts its own rows, a comparison its own two groups, the flow whom the analysis holds."""

from __future__ import annotations

import re

import polars as pl
import pytest

from equipoise.analysis import analyze_cut, pieces
from equipoise.datacut import freeze
from equipoise.protocol.labels import arm_labels
from equipoise.reports import headline
from equipoise.reports.figures import flow_figure, survival_figures
from equipoise.reports.words import words_in
from tests.analysis.asked import asked, timed
from tests.analysis.three_arms import ARMS, METHODS, plan, three_arms
from tests.spec.minimal import minimal_protocol


def analyzed(folder, *changes):
    protocol = minimal_protocol(ARMS, plan(), *changes)
    trial = three_arms(folder, protocol)
    return analyze_cut(freeze(trial), protocol)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return analyzed(tmp_path_factory.mktemp("three"))


def miscounted(run):
    """Every result whose numbers are not those of its rows, or of the two groups that it compares."""
    found = []
    results = run.results["results"]
    for one in run.performed:
        result, rows = one.result, one.rows
        if result["n"] != rows.height:
            found.append(f"{result['id']}: n")
        pair = {result.get("group"), result.get("reference")} - {None}
        if len(pair) != 2:
            continue
        mine = rows.filter(rows["group"].is_in(list(pair)))
        counted = result.get("compared", result)
        if result["method"] != "cox" and set(rows["group"]) != pair:  # a model alone rests on everybody in it
            found.append(f"{result['id']}: others' rows")
        if counted["n"] != mine.height or counted.get("events", 0) != events(mine):
            found.append(f"{result['id']}: compared")
        groups = [
            r for r in results
            if r["analysis"] == result["analysis"] and r.get("level") == result.get("level")
            and r.get("quantity") == "estimate" and r.get("at_days") == result.get("at_days") and r["group"] in pair
        ]  # fmt: skip
        if groups and sum(r["n"] for r in groups) != counted["n"]:
            found.append(f"{result['id']}: not the sum of its groups")
    return found


def events(rows):
    if "event" in rows.columns:
        return int(rows["event"].sum())
    return int(rows["value"].sum()) if rows["value"].dtype == pl.Boolean else 0


def test_every_method_is_there(run):
    done = {r["method"] for r in run.results["results"] if not r.get("not_estimated")}
    assert done >= {method for methods in METHODS.values() for method in methods} | {"interaction"}


def test_every_result_counts_the_rows_that_it_traces_and_a_comparison_its_own_two_groups(run):
    assert miscounted(run) == []


def test_control_a_difference_of_everybody_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "both", lambda _: None)
    found = miscounted(analyzed(tmp_path))
    assert any(words.startswith("milestone.") for words in found), found


def test_a_model_of_three_arms_rests_on_all_of_them_and_says_whom_it_compares(run):
    by_id = {r["id"]: r for r in run.results["results"]}
    assert by_id["cox.A"]["n"] == 60
    assert by_id["cox.A"]["compared"]["n"] == 40


def test_levels_tell_their_own_missing_people_and_add_up(run):
    told = {}
    for result in run.results["results"]:
        if result["analysis"] == "mean_by":
            lacking = [n for n in result["findings"] if "lack a known value" in n["what"]]
            told[result["level"]] = sum(int(n["what"].split()[0]) for n in lacking)
    own = {"false": 0, "true": 0}
    for place in range(5, 60, 11):  # who lacks the age
        if place % 13 != 7:  # and has a weight
            own[["false", "true"][place // 3 % 2]] += 1
    assert told == own


def test_who_has_no_level_is_told_as_being_in_none(run):
    result = next(r for r in run.results["results"] if r["id"] == "mean_by.true.B")
    (note,) = [n for n in result["findings"] if "in none of its levels" in n["why"]]
    assert note["what"].startswith(f"{sum(place % 13 == 7 for place in range(60))} participants")
    assert "heavy" in note["zh"]["what"]


@pytest.mark.parametrize(
    ("endpoint", "method"), [(e, m) for e, methods in METHODS.items() for m in methods if m != "proportional_hazards"]
)
def test_the_flow_says_analyzed_of_whom_the_primary_analysis_holds(tmp_path, endpoint, method):
    strata = "[heavy]" if method in ("logrank", "cox") else "[]"
    change = f"analyses: [{{id: {method}, role: primary, strata: {strata}}}]"
    run = analyzed(tmp_path, change)
    mine = [p for p in run.performed if p.result["analysis"] == method]
    held = {who for p in mine for who in p.rows["participant"]}
    flow = run.results["flow"]["arms"]
    assert sum(arm["analyzed"] for arm in flow) == len(held)
    assert all(arm["analyzed"] + sum(arm["not_analyzed"].values()) == arm["in_set"] for arm in flow)
    reason = {"os": "ungrouped", "old": "no_value", "how_old": "no_value"}[endpoint]
    if endpoint != "os" or method in ("logrank", "cox"):
        assert sum(arm["not_analyzed"].get(reason, 0) for arm in flow) == 60 - len(held) > 0
    drawn = re.sub(
        r"<[^>]*>|\s+", " ", flow_figure(run.results["flow"], arm_labels(run.protocol), words_in("en"), "en")
    )
    assert [int(n) for n in re.findall(r"primary +endpoint: +(\d+)", drawn)] == [arm["analyzed"] for arm in flow]


def headline_lacks(results):
    """The comparisons of the primary question that the headline does not name."""
    ratios = {r["id"] for r in results if r["analysis"] == "cox"}
    return ratios - {r["id"] for r in headline.key_results(results)}


def test_the_headline_names_every_comparison_of_the_primary_question(tmp_path):
    results = analyzed(tmp_path, "analyses: [{id: logrank, role: primary}]").results["results"]
    assert {r["id"] for r in results if r["analysis"] == "cox"} == {"cox.A", "cox.C"}
    assert headline_lacks(results) == set()


def test_control_a_headline_of_the_first_comparison_alone_is_noticed(tmp_path, monkeypatch):
    results = analyzed(tmp_path, "analyses: [{id: logrank, role: primary}]").results["results"]
    every = headline.comparisons
    monkeypatch.setattr(headline, "comparisons", lambda *of: every(*of)[:1])
    assert headline_lacks(results) == {"cox.C"}


def test_values_have_no_unit_of_time(run):
    for result in run.results["results"]:
        assert ("display_unit" in result) == (result["endpoint"] == "os"), result["id"]


def test_a_limit_of_the_median_that_was_not_reached_is_said_so():
    """40 of 70 dead, and the upper limit beyond all deaths."""
    km = "analyses: [{id: k, label: {en: Survival, zh: 生存}, endpoint: out, set: itt, method: kaplan_meier, role: primary}]"
    run = asked(
        timed(40, 46, 2),
        "question: superiority, alpha: 0.05, sides: 2, power: 0.8, hazard_ratio: 0.7, events: 86",
        "logrank",
        km,
    )
    result = next(r for r in run.results["results"] if r["id"] == "k.A")
    assert result["median_upper"] is None
    assert "to not reached)" in result["interpretation"]["en"]
    assert "至 未达到）" in result["interpretation"]["zh"]
    (figure,) = survival_figures(run, arm_labels(run.protocol), words_in("en"), "en")
    assert "530 to not reached" in figure["svg"]
