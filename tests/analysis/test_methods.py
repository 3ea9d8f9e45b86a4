"""One table says what each method takes; checking, performing and the tables of a report read the same one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest

from equipoise.analysis import analyze_cut
from equipoise.analysis.methods import METHODS as PERFORMED
from equipoise.datacut import freeze
from equipoise.endpoints import KINDS
from equipoise.estimands import METHODS, OPTIONS, MethodName, as_used, unused_options, users_of
from equipoise.protocol.checking import check_protocol
from tests.analysis.trial import small_trial
from tests.spec.minimal import minimal_protocol

ENDPOINTS = """
endpoints:
- {kind: binary, id: old, label: {en: Age 50, zh: 50岁}, short: O, description: {en: a, zh: a}, role: exploratory, rule: age >= 50}
- {kind: continuous, id: how_old, label: {en: Age, zh: 年龄}, short: A, description: {en: a, zh: a}, role: exploratory, rule: age}
"""
ENDPOINT = {"time_to_event": "os", "binary": "old", "continuous": "how_old"}
# What each option says in these plans; something else than its default, and something that the trial can tell.
SAYS = {
    "strata": "[sex]",
    "covariates": "[age]",
    "confidence": "0.8",
    "conf_type": "plain",
    "ties": "breslow",
    "robust": "true",
    "rho": "1",
    "gamma": "1",
    "weights": "[{kind: fleming_harrington, gamma: 1}]",
    "at_days": "[150]",
    "tau_days": "130",
}
NEEDED = {"milestone": {"at_days": "[120]"}, "cumulative_incidence": {"at_days": "[120]"},
          "maxcombo": {"weights": "[{kind: fleming_harrington}, {kind: fleming_harrington, rho: 1}]"}}  # fmt: skip
PAIRS = [(method.id, option) for method in METHODS for option in OPTIONS]


def plan_of(method, name, more):
    """One analysis as YAML; `more`: options beside what the method needs."""
    endpoint = ENDPOINT[next(m for m in METHODS if m.id == method).kinds[0]]
    options = {"tau_days": "140"} if method == "rmst" else NEEDED.get(method, {})
    said = "".join(f", {key}: {value}" for key, value in (options | more).items())
    label = f"label: {{en: {name}, zh: 甲}}"
    return f"- {{id: {name}, {label}, endpoint: {endpoint}, set: itt, method: {method}, role: secondary{said}}}"


def protocol_of():
    lines = [plan_of(method.id, f"{method.id}_plain", {}) for method in METHODS]
    lines += [plan_of(method, f"{method}_with_{option}", {option: SAYS[option]}) for method, option in PAIRS]
    return minimal_protocol("analyses:\n" + "\n".join(lines) + ENDPOINTS)


@cache
def everything():
    """Findings by analysis and option, and results by analysis: without what names them, and their notes apart."""
    protocol = protocol_of()
    found = {f.where.path: f for f in check_protocol(protocol) if f.code == "analysis.option_unused"}
    with TemporaryDirectory() as folder:
        trial = small_trial(Path(folder), 64, protocol=protocol)
        results = analyze_cut(freeze(trial), protocol).results["results"]
    told = {}
    for result in results:
        notes = result.pop("findings")
        name = result.pop("analysis")
        for key in ("id", "label", "interpretation", "display_unit"):
            result.pop(key, None)
        told.setdefault(name, ([], []))[0].append(result)
        told[name][1].extend(notes)
    return found, told


def numbers(results):
    """What was computed, without the plan that stands beside it."""
    asked = {"strata", "covariates", "confidence", "conf_type", "ties", "robust", "rho", "gamma", "weights"}
    return json.dumps([{k: v for k, v in r.items() if k not in asked} for r in results], default=str)


@pytest.mark.parametrize(("method", "option"), PAIRS)
def test_an_option_changes_the_result_or_is_refused(method, option):
    found, told = everything()
    name = f"{method}_with_{option}"
    place = next((path for path in found if path == f"analyses.{name}.{option}"), None)
    plain, notes = told[f"{method}_plain"]
    given, more = told[name]
    assert not any(r.get("not_estimated") for r in (*plain, *given)), more
    if method in users_of(option):
        assert place is None
        assert numbers(given) != numbers(plain)
        return
    assert place is not None
    assert given == plain  # nor is it said of the result: no stratum is named that was not used
    (note,) = [n for n in more if n not in notes][:1]
    assert note["code"] == "analysis.option_unused"
    assert option in note["what"]
    assert option in note["zh"]["what"]


def test_what_is_refused_is_told_in_both_languages_with_the_methods_that_use_it():
    found = everything()[0]["analyses.rmst_with_strata.strata"]
    assert str(found).endswith(
        "`strata` with method rmst; the method does not use it, so that the plan would promise what is not done; "
        "it is used by: logrank, maxcombo, cox, proportional_hazards. Remove it, or choose a method that uses it."
    )
    assert "使用它的方法有：logrank、maxcombo、cox、proportional_hazards" in found.tell("zh")


def test_a_method_for_other_endpoints_is_no_remedy():
    found = everything()[0]["analyses.proportion_with_strata.strata"]
    assert str(found).endswith(
        "no method for true-or-false endpoints does. "
        "Remove it, and say in the estimand what the analysis does without it."
    )
    assert "没有适用于二分类终点的方法使用它" in found.tell("zh")


def test_control_a_method_that_claimed_an_option_would_be_noticed():
    """Were `strata` counted among the options of a proportion, the result would be the same with it and without."""
    _, told = everything()
    assert numbers(told["proportion_plain"][0]) == numbers(told["proportion_with_strata"][0])
    assert numbers(told["logrank_plain"][0]) != numbers(told["logrank_with_strata"][0])


def test_plan_and_performance_name_the_same_methods():
    named = [method.id for method in METHODS]
    assert named == list(get_args(MethodName))
    assert sorted(method.id for method in PERFORMED) == sorted([*named, "interaction"])
    assert {kind for method in METHODS for kind in method.kinds} == {kind.id for kind in KINDS}
    assert set(SAYS) == set(OPTIONS)


def test_every_option_is_used_by_some_method_and_every_method_has_its_words():
    assert all(users_of(option) for option in OPTIONS)
    assert all(english and chinese for method in PERFORMED for english, chinese in [method.label])


@pytest.mark.parametrize("nothing", ["strata: []", "covariates: []", "robust: false", "rho: 0", "tau_days: ~"])
def test_what_says_nothing_is_not_refused(nothing):
    protocol = minimal_protocol(f"analyses: [{{id: os_km, {nothing}}}]")
    assert unused_options(protocol.analyses[1]) == ()
    assert as_used(protocol.analyses[1]) is protocol.analyses[1]


def test_an_analysis_is_performed_without_what_its_method_does_not_use():
    protocol = minimal_protocol("analyses: [{id: os_km, strata: [sex], tau_days: 3, ties: breslow}]")
    analysis = protocol.analyses[1]
    assert unused_options(analysis) == ("strata", "ties", "tau_days")
    used = as_used(analysis)
    assert (used.strata, used.ties, used.tau_days, used.method) == ((), "efron", None, "kaplan_meier")
