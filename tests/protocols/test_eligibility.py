"""The criteria of the registry record, each broken alone; "previously" means before this induction course."""

from __future__ import annotations

from typing import Any

import pytest

from tests.protocols.reading_aid import judged, protocol

ELIGIBLE: dict[str, Any] = {
    "age": 45, "sex": "M", "consent_signed": True, "newly_diagnosed": True, "histology_confirmed": True,
    "histology": "WHO_III", "prior_radiotherapy": False, "prior_chemotherapy": False, "prior_targeted_therapy": False,
    "t_category": "T3", "n_category": "N2", "m_category": "M0", "advanced_ene": False, "induction_cycles": 2,
    "ebv_dna_before_induction": 4200.0, "ebv_dna_after_induction": 35.0, "response_after_induction": "PR", "ecog": "1",
    "contraception": True, "entry_hemoglobin": 120.0, "entry_wbc": 5.5, "entry_platelets": 210.0, "entry_alt": 30.0,
    "entry_alt_uln": 50.0, "entry_ast": 25.0, "entry_ast_uln": 40.0, "entry_bilirubin": 11.0, "entry_bilirubin_uln": 20.5,
    "entry_creatinine": 75.0, "entry_creatinine_uln": 111.0,
}  # fmt: skip
WOMAN = {**ELIGIBLE, "sex": "F", "childbearing_potential": True, "pregnancy_test": "negative"}


def _against(row: dict[str, Any]) -> set[str]:
    """The criteria that keep somebody out: an inclusion that is not true, an exclusion that is not false."""
    eligibility = protocol().eligibility
    assert eligibility is not None
    return {c.id for c in eligibility.criteria if judged(c.id, row).truth is not (c.kind == "inclusion")}


def test_a_man_and_a_woman_who_fulfil_everything_may_enter() -> None:
    assert _against(ELIGIBLE) == set()
    assert _against(WOMAN) == set()


# At the limit and just beyond it: who is kept out, and by which criterion alone.
@pytest.mark.parametrize(
    ("change", "kept_out_by"),
    [
        ({"age": 18}, set()), ({"age": 17}, {"I1"}), ({"age": 70}, set()), ({"age": 71}, {"I1"}),
        ({"histology": "WHO_II"}, set()), ({"histology": "WHO_I"}, {"I2", "E1"}), ({"histology": "other"}, {"I2"}),
        ({"newly_diagnosed": False}, {"I2"}), ({"histology_confirmed": False}, {"I2"}),
        ({"t_category": "T2", "n_category": "N0"}, set()), ({"t_category": "T1", "n_category": "N0"}, {"I3"}),
        ({"t_category": "T4"}, set()), ({"m_category": "M1", "metastatic_lesions": 1}, {"I3"}),
        ({"induction_cycles": 1}, {"I4"}), ({"induction_cycles": 3}, {"I4"}),
        ({"ebv_dna_after_induction": 0.0}, {"I5"}), ({"ebv_dna_after_induction": 0.0, "response_after_induction": "SD"}, set()),
        ({"ecog": "0"}, set()), ({"ecog": "2"}, {"I6"}),
        ({"entry_hemoglobin": 90.0}, set()), ({"entry_hemoglobin": 89.0}, {"I7"}),
        ({"entry_wbc": 4.0}, set()), ({"entry_wbc": 3.99}, {"I8"}),
        ({"entry_platelets": 100.0}, set()), ({"entry_platelets": 99.0}, {"I9"}),
        ({"entry_alt": 124.0}, set()), ({"entry_alt": 125.0}, {"I10"}),
        ({"entry_ast": 99.0}, set()), ({"entry_ast": 100.0}, {"I11"}),
        ({"entry_bilirubin": 40.9}, set()), ({"entry_bilirubin": 41.0}, {"I12"}),
        ({"entry_creatinine": 166.0}, set()), ({"entry_creatinine": 166.5}, {"I13"}),
        ({"contraception": False}, {"I14"}), ({"consent_signed": False}, {"I15"}),
        ({"prior_radiotherapy": True}, {"E2"}), ({"prior_chemotherapy": True}, {"E2"}),
        ({"prior_targeted_therapy": True}, {"E2"}),
    ],
)  # fmt: skip
def test_each_criterion_has_its_limit_where_the_registry_puts_it(change: dict[str, Any], kept_out_by: set[str]) -> None:
    assert _against({**ELIGIBLE, **change}) == kept_out_by


def test_two_cycles_of_this_induction_course_are_no_previous_chemotherapy() -> None:
    assert judged("I4", ELIGIBLE).truth is True
    assert judged("E2", ELIGIBLE).truth is False
    asked = {item.id: item.label for form in protocol().forms for item in form.items if item.id.startswith("prior_")}
    for name in ("prior_radiotherapy", "prior_chemotherapy", "prior_targeted_therapy"):
        assert "before this induction course" in asked[name].en
        assert "本次诱导化疗之前" in asked[name].zh


def test_control_previously_read_literally_would_exclude_everybody_who_is_included() -> None:
    literal = {**ELIGIBLE, "prior_chemotherapy": ELIGIBLE["induction_cycles"] > 0}
    assert _against(literal) == {"E2"}


def test_a_pregnant_woman_is_excluded_and_a_test_not_done_leaves_the_question_open() -> None:
    assert _against({**WOMAN, "pregnancy_test": "positive"}) == {"E3"}
    assert judged("E3", {**WOMAN, "pregnancy_test": "not_done"}).truth is None
    assert judged("E3", {**WOMAN, "pregnancy_test": None}).truth is None
    assert judged("E3", {**WOMAN, "childbearing_potential": False, "pregnancy_test": None}).truth is False


@pytest.mark.parametrize(
    "name", sorted(ELIGIBLE.keys() - {"ebv_dna_before_induction", "response_after_induction", "advanced_ene", "sex"})
)
def test_whatever_is_missing_keeps_the_participant_out(name: str) -> None:
    assert _against({**ELIGIBLE, name: None})


def test_every_registered_criterion_is_there_and_none_is_invented() -> None:
    eligibility = protocol().eligibility
    assert eligibility is not None
    assert [c.id for c in eligibility.criteria] == [*(f"I{i}" for i in range(1, 16)), "E1", "E2", "E3"]
    assert {(c.source, c.assumption) for c in eligibility.criteria} == {("S1", False)}
