"""The high-risk rule on EBV DNA and RECIST: three-valued, and never a yes or a no from ignorance."""

from __future__ import annotations

from itertools import product

import pytest

from equipoise.knowledge.medical_rules import bind
from equipoise.medicine.method import Observation
from equipoise.protocol.document import Protocol
from tests.protocols.reading_aid import derived, judged, protocol

EBV = {"detected": 250.0, "undetected": 0.0, "unknown": None}
RESPONSES = ("CR", "PR", "SD", "PD", "NE", None)
# Columns: CR, PR, SD, PD, NE, not yet recorded.
TRUTH: dict[str, tuple[bool | None, ...]] = {
    "detected": (True, True, True, True, True, True),
    "undetected": (False, False, True, True, False, None),
    "unknown": (None, None, True, True, None, None),
}


def _differences(of: Protocol) -> list[str]:
    cells = list(product(EBV, RESPONSES))
    rows = [{"ebv_dna_after_induction": EBV[ebv], "response_after_induction": response} for ebv, response in cells]
    found = derived(["high_risk"], rows, of)["high_risk"].to_list()
    wanted = [value for line in TRUTH.values() for value in line]
    return [f"{cell}: {got}" for cell, got, want in zip(cells, found, wanted, strict=True) if got is not want]


def test_the_rule_follows_the_truth_table_of_three_values() -> None:
    assert _differences(protocol()) == []


def test_control_a_rule_that_takes_missing_for_zero_is_noticed() -> None:
    careless = "COALESCE(ebv_dna_after_induction, 0) > 0 OR response_after_induction IN ('SD', 'PD')"
    data = protocol().model_dump(by_alias=True)
    next(v for v in data["variables"] if v["id"] == "high_risk")["rule"] = careless
    assert _differences(Protocol.model_validate(data)) == [
        "('unknown', 'CR'): False",
        "('unknown', 'PR'): False",
        "('unknown', 'NE'): False",
    ]


def test_what_is_not_yet_known_lets_nobody_in_and_names_what_is_missing() -> None:
    verdict = judged("I5", {"ebv_dna_after_induction": None, "response_after_induction": "PR"})
    assert verdict.truth is None
    assert verdict.missing == ("high_risk",)


@pytest.mark.parametrize(
    ("ebv", "response", "reason"),
    [
        (12.0, "PR", "ebv_detected"),
        (12.0, "SD", "ebv_detected"),
        (0.0, "SD", "response_only"),
        (0.0, "PR", None),
        (None, "SD", None),
    ],
)
def test_the_reason_for_high_risk_prefers_the_virus_and_waits_for_it(
    ebv: float | None, response: str, reason: str | None
) -> None:
    rows = [{"ebv_dna_after_induction": ebv, "response_after_induction": response}]
    assert derived(["high_risk_reason"], rows)["high_risk_reason"].to_list() == [reason]


def test_ebv_that_was_never_detectable_is_told_as_uninformative() -> None:
    rows = [
        {"ebv_dna_before_induction": before, "ebv_dna_after_induction": after}
        for before, after in ((0.0, 0.0), (9000.0, 0.0), (0.0, 20.0), (None, 0.0))
    ]
    assert derived(["ebv_informative"], rows)["ebv_informative"].to_list() == [False, True, True, None]
    said = bind(protocol(), "ebv_dna")[1]
    before = Observation(None, "screening", 1, {"value": 0.0, "detected": False, "lod": 10.0, "unit": "copies_per_ml"})
    remarks = said.method.derive(before, [], said.options).remarks
    assert "baseline_negative" in {remark.code for remark in remarks}
