"""How many groups a method of two groups meets is told before the trial, by the grouping and by the rule of the set."""

from __future__ import annotations

import pytest

from equipoise.estimands import METHODS
from equipoise.protocol.checks import groups
from tests.spec.example import read

_NAMED = "label: {en: M, zh: 最}, endpoint: os, role: secondary"
_MAX = f"id: more, {_NAMED}, method: maxcombo, weights: [{{kind: fleming_harrington}}]"
_LATE = f"id: more, {_NAMED}, method: logrank, weights: [{{kind: early_zero, delay_days: 60}}]"
_THREE = "arms: [{id: C, label: {en: Third, zh: 第三组}, description: {en: Third, zh: 第三组}}], randomization: {ratio: {A: 1, B: 1, C: 1}}"


def told(analysis: str, rule: str = "randomized", more: str = "", arms: str = _THREE) -> list[str]:
    """The wordings of the groups of this one analysis in the demonstration trial."""
    sets = f'sets: [{{id: some, label: {{en: Some, zh: 部分}}, rule: "{rule}"}}]'
    reading, _ = read(
        "{" + ", ".join(p for p in (arms, sets, more, f"analyses: [{{set: some, {analysis}}}]") if p) + "}"
    )
    mine = [f for f in reading.findings if f.where.path == "analyses.more"]
    assert all(f.severity == "warning" and all(f.say("zh")) for f in mine)
    return [f.what for f in mine]


_PAIR = "variables: [{id: pair, label: {en: Pair, zh: 两组}, type: boolean, rule: \"arm IN ('A', 'C')\"}]"
CASES = [
    (_MAX, "randomized", "", "weights in 3 groups"),
    (_LATE, "randomized AND age > 60", "", "weights in 3 groups"),
    (_LATE, "randomized AND arm <> 'C' OR age * 2 > 120", "", "weights in 3 groups"),
    (_MAX, "randomized AND arm IN ('A', 'C')", "", None),
    (_MAX, "arm <> 'B' AND age * 2 > 120", "", None),
    (_MAX, "randomized AND (arm = 'A' OR arm = 'B' AND smoker)", "", None),
    (_MAX, "randomized AND NOT (arm = 'A')", "", None),
    (_MAX, "randomized AND pair", _PAIR, None),
    (_MAX, "randomized AND NOT pair", _PAIR, "only B can be"),
    (_MAX + ", by: sex", "randomized", "", None),
    (f"id: more, {_NAMED}, method: logrank, rho: 1", "randomized", "", None),
    (f"id: more, {_NAMED}, method: logrank", "arm = 'A'", "", "only A can be"),
    (f"id: more, {_NAMED}, method: kaplan_meier", "arm = 'A'", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("analysis", "rule", "more", "expected"), CASES)
def test_a_test_of_two_groups_says_so_before_the_trial(analysis, rule, more, expected):
    found = told(analysis, rule, more)
    assert len(found) == (expected is not None), found
    assert expected is None or expected in found[0]


def test_two_arms_are_two_groups():
    assert told(_MAX, arms="") == []


def test_control_a_set_that_is_not_read_lets_every_arm_in(monkeypatch):
    monkeypatch.setattr(groups, "_possible", lambda *_: True)
    assert told(_MAX, "randomized AND arm IN ('A', 'C')")


# One arm, one value -----------------------------------------------------------------------------------------------------

_ONE = (
    "arms: [{id: B, remove: true}], randomization: {ratio: {A: 1, B: ~}, scheme: {kind: permuted_blocks, sizes: [2]}}"
)
_SOLE = "codelists: [{id: clinic, codes: [{code: C, label: {en: C, zh: 丙}}]}], forms: [{id: baseline, items: [{id: clinic, label: {en: Clinic, zh: 诊所}, type: code, codelist: clinic}]}]"
_OF = {"time_to_event": "os", "binary": "grown", "continuous": "age_then"}
_MORE = (
    "endpoints: [{kind: binary, id: grown, label: {en: G, zh: 增}, short: G, description: {en: G, zh: 增}, role: secondary, rule: age > 50}, "
    "{kind: continuous, id: age_then, label: {en: A, zh: 龄}, short: A, description: {en: A, zh: 龄}, role: secondary, rule: age}]"
)


def refused(analysis: str, *more: str) -> list[str]:
    """The codes of the errors about the groups and covariates of one more analysis."""
    planned = f"analyses: [{{id: os_logrank, remove: true}}, {{id: more, set: itt, label: {{en: M, zh: 最}}, role: secondary, {analysis}}}]"
    reading, _ = read("{" + ", ".join((*more, planned)) + "}")
    mine = [f for f in reading.findings if f.where.path.startswith("analyses.more") and f.severity == "error"]
    assert all("\u4e00" <= max(f.tell("zh")) for f in mine)
    return [f.code for f in mine]


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.id)
def test_of_one_arm_every_method_that_needs_groups_is_refused_and_no_other(method):
    """Which ones need groups is what they declare; the named ones are held here by hand."""
    options = {
        "at_days": "at_days: [90]",
        "weights": "weights: [{kind: fleming_harrington}]",
        "tau_days": "tau_days: 90",
    }
    needed = [words for option, words in options.items() if option in (*method.needs, *method.wants)]
    asked = ", ".join([f"endpoint: {_OF[method.kinds[0]]}", f"method: {method.id}", *needed])
    found = refused(asked, _ONE, _MORE)
    assert ("analysis.groups" in found) == (method.groups or bool(method.groups_or))
    assert "analysis.groups" not in refused(asked, _MORE)
    if method.id in ("logrank", "maxcombo", "cox", "rmst", "proportional_hazards"):
        assert "analysis.groups" in found
    if method.id in ("kaplan_meier", "proportion", "mean", "milestone", "cumulative_incidence"):
        assert found == []


def test_a_model_of_covariates_needs_no_second_arm():
    assert refused("endpoint: os, method: cox, covariates: [age]", _ONE) == []
    assert refused("endpoint: os, method: cox, by: sex", _ONE) == []
    assert refused("endpoint: os, method: logrank, by: ~", _ONE) == ["analysis.groups"]
    assert refused("endpoint: os, method: cox, by: ~") == ["analysis.by"]


def test_what_everybody_has_is_neither_a_grouping_nor_a_covariate():
    assert refused("endpoint: os, method: logrank, by: clinic", _SOLE) == ["analysis.groups"]
    assert refused("endpoint: os, method: cox, covariates: [clinic]", _SOLE) == ["analysis.covariate"]
    assert refused("endpoint: os, method: cox, covariates: [arm, age]", _ONE) == ["analysis.covariate"]
    assert refused("endpoint: os, method: cox, covariates: [sex, age]", _SOLE) == []


@pytest.mark.parametrize("key", ["strata", "covariates"])
def test_strata_and_covariates_that_are_not_there_are_refused(key):
    assert refused(f"endpoint: os, method: cox, {key}: [nowhere]") != []


def test_control_methods_that_declare_nothing_let_one_arm_pass(monkeypatch):
    monkeypatch.setattr(type(METHODS[0]), "needs_groups", lambda *_: False)
    assert refused("endpoint: os, method: logrank", _ONE) == []
