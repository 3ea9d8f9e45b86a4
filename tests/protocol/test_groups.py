"""How many groups a method of two groups meets is told before the trial, by the grouping and by the rule of the set."""

from __future__ import annotations

import pytest

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
