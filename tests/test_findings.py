"""Every complaint says where, what, why and how to mend it."""

from __future__ import annotations

import json

from equipoise.findings import Refusal, Unreadable, Where
from tests.prose import prose

LIMITS = prose(
    "range.inverted",
    Where("protocol.yaml", 41, "eligibility.I3"),
    "lower limit 75 is above upper limit 70",
    "nobody could qualify",
    "Swap them, or remove one.",
)


def test_a_finding_reads_as_one_sentence_that_explains_and_one_that_mends() -> None:
    assert str(LIMITS) == (
        "protocol.yaml:41 eligibility.I3: lower limit 75 is above upper limit 70; nobody could qualify. "
        "Swap them, or remove one."
    )


def test_a_finding_without_a_place_does_not_begin_with_a_colon() -> None:
    assert str(prose("c", Where(), "what", "why", "Mend.")) == "what; why. Mend."
    assert str(Where("a.yaml")) == "a.yaml"
    assert str(Where(path="study.id")) == "study.id"


def test_a_finding_as_data_is_flat_and_can_be_written_as_json() -> None:
    data = LIMITS.as_data()
    assert list(data) == ["code", "file", "line", "path", "what", "why", "mend", "severity"]
    assert json.loads(json.dumps(data))["line"] == 41


def test_a_refusal_carries_all_its_findings_and_says_each() -> None:
    other = prose("x", Where(), "a", "b", "C.")
    refusal = Refusal(f for f in (LIMITS, other))
    assert refusal.findings == (LIMITS, other)
    assert str(refusal).count("\n") == 1
    assert Refusal(other).findings == (other,)
    assert isinstance(Unreadable(other), Refusal)
