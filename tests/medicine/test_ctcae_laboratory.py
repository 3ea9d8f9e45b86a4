"""Laboratory grades, worked out by hand from CTCAE as printed; and what is said when a grade cannot be known."""

import math

import pytest

from equipoise.medicine.ctcae import describe_grade, grade_result, term_of, terms_measured_by
from equipoise.medicine.ctcae.grading import LabResult
from equipoise.medicine.ctcae.terms import ORGAN_CLASSES, terms
from equipoise.medicine.ctcae.words import NOTES, REASONS


def grade(term, version, value, unit=None, **facts):
    return grade_result(term, version, LabResult(value, unit, **facts))


@pytest.mark.parametrize(
    ("term", "version", "value", "unit", "facts", "expected"),
    [
        ("neutrophil_decreased", "5.0", 0.8, "10*9/L", {"lln": 2}, 3),
        ("neutrophil_decreased", "6.0", 0.8, "10*9/L", {}, 2),
        ("neutrophil_decreased", "5.0", 0.3, "10*9/L", {"lln": 2}, 4),
        ("neutrophil_decreased", "6.0", 0.3, "10*9/L", {}, 3),
        ("neutrophil_decreased", "5.0", 1.0, "10*9/L", {"lln": 2}, 2),  # the lower bound belongs to the milder grade
        ("neutrophil_decreased", "5.0", 999, "/uL", {"lln": 2000}, 3),
        ("platelet_decreased", "5.0", 24, "10*9/L", {"lln": 125}, 4),
        ("platelet_decreased", "6.0", 24, "10*9/L", {"lln": 125}, 3),
        ("thrombocytopenia", "6.0", 9, "10*9/L", {"lln": 125}, 4),
        ("anemia", "5.0", 99, "g/L", {"lln": 115}, 2),
        ("anemia", "5.0", 9.9, "g/dL", {"lln": 11.5}, 2),
        ("anemia", "5.0", 6.2, "mmol/L", {"lln": 7.1}, 1),
        ("alt_increased", "5.0", 120, "U/L", {"uln": 40}, 1),  # 3 times the limit is still grade 1
        ("alt_increased", "5.0", 121, "U/L", {"uln": 40}, 2),
        ("alt_increased", "5.0", 89, "U/L", {"uln": 40, "baseline": 60}, 0),
        ("alt_increased", "5.0", 90, "U/L", {"uln": 40, "baseline": 60}, 1),
        ("alt_increased", "6.0", 130, "U/L", {"uln": 40, "baseline": 60}, 3),
        ("creatinine_increased", "5.0", 90, "umol/L", {"uln": 104, "baseline": 55}, 2),
        ("creatinine_increased", "6.0", 90, "umol/L", {"uln": 104, "baseline": 55, "lln": 45}, 0),
        ("creatinine_increased", "6.0", 90, "umol/L", {"uln": 104, "baseline": 40, "lln": 45}, 2),
        ("hypomagnesemia", "5.0", 1.21, "mg/dL", {"lln": 1.7}, 1),  # judged in mg/dL: 0.498 mmol/L would be grade 2
        ("hypomagnesemia", "5.0", 0.498, "mmol/L", {"lln": 0.7}, 2),
        ("hyponatremia", "5.0", 126, "meq/L", {"lln": 136, "symptoms": False}, 2),
        ("hyponatremia", "5.0", 126, "mmol/L", {"lln": 136, "symptoms": True}, 3),
        ("hyperkalemia", "5.0", 5.5, "mmol/L", {"uln": 5.1}, 1),
        ("acidosis", "5.0", 7.29, None, {"lln": 7.35}, 3),
        ("chronic_kidney_disease", "5.0", 44, "mL/min/{1.73_m2}", {"lln": 90}, 2),
        ("creatinine_clearance_decreased", "6.0", 40, "mL/min", {}, 2),
        ("hemoglobin_increased", "5.0", 180, "g/L", {"uln": 160}, 1),  # by 20 g/L, no more
        ("fibrinogen_decreased", "5.0", 1.9, "g/L", {"lln": 2.0, "baseline": 3.9}, 3),  # 51 % below baseline
        ("inr_increased", "5.0", 1.6, None, {"baseline": 1.0}, 2),
    ],
)
def test_a_result_has_the_grade_that_is_printed(term, version, value, unit, facts, expected):
    assert grade(term, version, value, unit, **facts).grade == expected


@pytest.mark.parametrize(
    ("term", "version", "value", "unit", "facts", "expected", "notes"),
    [
        ("anemia", "5.0", 110, "g/L", {}, None, ("lln_missing",)),
        ("anemia", "5.0", 90, "g/L", {}, 2, ()),
        ("alt_increased", "5.0", 130, None, {}, None, ("uln_missing",)),
        ("alt_increased", "5.0", 130, "U/L", {"uln": 40}, 2, ("baseline_missing",)),
        ("alt_increased", "5.0", 30, "U/L", {"uln": 40}, 0, ()),
        ("alp_increased", "6.0", 200, "U/L", {"uln": 120}, None, ("baseline_missing",)),
        ("alp_increased", "6.0", 100, "U/L", {"uln": 120}, 0, ()),
        ("creatinine_increased", "5.0", 90, "umol/L", {"uln": 104}, 0, ("baseline_missing",)),
        ("anemia", "5.0", 110, "g/L", {"lln": 165, "uln": 115}, None, ("limits_invalid", "lln_missing")),
        ("alt_increased", "5.0", 130, "U/L", {"uln": 0}, None, ("limits_invalid", "uln_missing")),
        ("alt_increased", "5.0", 60, "U/L", {"uln": 40, "baseline": -1}, 1, ("baseline_invalid", "baseline_missing")),
        ("anemia", "5.0", 9.9, None, {"lln": 11.5}, None, ("unit_missing",)),
        ("anemia", "5.0", 9.9, "bananas", {"lln": 11.5}, None, ("unit_unknown",)),
        ("anemia", "5.0", 9.9, "U/L", {"lln": 11.5}, None, ("unit_mismatch",)),
        ("acidosis", "5.0", 7.29, "%", {"lln": 7.35}, None, ("unit_mismatch",)),
        ("hyponatremia", "5.0", 129.5, "mmol/L", {"lln": 136, "symptoms": False}, 2, ("gap",)),
        ("hyponatremia", "6.0", 129.5, "mmol/L", {"lln": 136, "symptoms": False}, 2, ()),
        ("hyponatremia", "5.0", 127, "mmol/L", {"lln": 136}, 3, ("symptoms_assumed",)),
        ("creatinine_clearance_decreased", "6.0", 8, "mL/min", {}, None, ("ungraded",)),
        ("creatinine_clearance_decreased", "5.0", 40, "mL/min", {}, None, ("not_in_version",)),
        ("mucositis_oral", "5.0", 2, None, {}, None, ("not_in_version",)),
        ("no_such_term", "5.0", 2, None, {}, None, ("not_in_version",)),
        ("anemia", "5.0", None, "g/L", {}, None, ("value_missing",)),
        ("anemia", "5.0", math.nan, "g/L", {}, None, ("value_missing",)),
        ("anemia", "5.0", -5, "g/L", {}, None, ("value_invalid",)),
        ("anemia", "5.0", math.inf, "g/L", {}, None, ("value_invalid",)),
        ("fibrinogen_decreased", "5.0", 1.2, "g/L", {"baseline": 3.0}, None, ("lln_missing",)),
        ("inr_increased", "5.0", 1.3, None, {"anticoagulation": True}, 1, ("baseline_missing", "at_least")),
    ],
)
def test_what_cannot_be_known_is_not_graded_and_the_reason_is_told(term, version, value, unit, facts, expected, notes):
    found = grade(term, version, value, unit, **facts)
    assert (found.grade, found.notes) == (expected, notes)
    for language in ("en", "zh"):
        assert bool(found.reason(language)) == bool(notes)


def test_the_milder_reading_may_be_asked_for_where_symptoms_are_not_known():
    result = LabResult(127, "mmol/L", lln=136)
    assert grade_result("hyponatremia", "5.0", result, assume_symptoms=False).grade == 2
    potassium = LabResult(3.2, "mmol/L", lln=3.5)
    assert [grade_result("hypokalemia", "5.0", potassium, assume_symptoms=a).grade for a in (True, False)] == [2, 1]


def test_noise_of_floating_point_moves_no_grade():
    assert 0.1 * 3 > 0.3
    assert grade("cd4_decreased", "5.0", 0.1 + 0.2 + 0.2, "10*9/L", lln=0.6).grade == 1
    assert grade("alt_increased", "5.0", 3 * 0.1, "U/L", uln=0.1).grade == 1
    assert grade("anemia", "5.0", 8.0 * 1.0000000000001, "g/dL", lln=12).grade == 2
    assert grade("anemia", "5.0", 7.99, "g/dL", lln=12).grade == 3


def test_a_baseline_is_judged_by_its_own_limits_and_a_judgement_overrules_both():
    facts = {"uln": 40, "baseline": 60}
    assert grade("alt_increased", "5.0", 100, "U/L", **facts, baseline_uln=50).grade == 1  # 1.67 x baseline
    assert grade("alt_increased", "5.0", 130, "U/L", **facts, baseline_uln=70).grade == 2  # not abnormal: 3.25 x ULN
    assert grade("alt_increased", "5.0", 130, "U/L", **facts, baseline_state="normal").grade == 2
    assert grade("alt_increased", "5.0", 130, "U/L", **facts, baseline_state="high").grade == 1


def test_an_analyte_is_graded_under_all_its_terms():
    assert [one.id for one in terms_measured_by("hemoglobin", "5.0")] == ["anemia", "hemoglobin_increased"]
    assert [one.id for one in terms_measured_by("creatinine_clearance", "5.0")] == ["chronic_kidney_disease"]
    assert [one.id for one in terms_measured_by("creatinine_clearance", "6.0")] == ["creatinine_clearance_decreased"]
    assert terms_measured_by("glucose", "5.0")[0].id == "hypoglycemia"


def test_every_grade_that_exists_is_described_in_both_languages():
    for term in terms().values():
        for version, grades in term.grades.items():
            for number in range(6):
                said = describe_grade(term, number, version)
                assert (said is not None) == (number in grades), (term.id, version, number)
                assert said is None or all(said[language] for language in ("en", "zh"))


def test_a_description_of_a_measured_grade_says_its_limits():
    told = describe_grade(term_of("alt_increased"), 2, "5.0")
    assert told["en"] == "> 3 × ULN (baseline not above normal); or > 3 × baseline (baseline above normal)"
    assert describe_grade(term_of("anemia"), 3, "5.0")["zh"] == "< 80 g/L；或< 4.9 mmol/L"
    assert describe_grade(term_of("nausea"), 4, "5.0") is None


def test_terms_have_names_classes_and_aliases():
    assert term_of("cns_necrosis").id == "central_nervous_system_necrosis"
    assert term_of("platelet_decreased").name("6.0")["en"] == "Thrombocytopenia"
    assert term_of("platelet_decreased").organ_class == {"5.0": "investigations", "6.0": "blood"}
    names = [name for one in terms().values() for name in (one.id, *one.aliases)]
    assert len(names) == len(set(names))
    for one in terms().values():
        assert set(one.organ_class.values()) <= set(ORGAN_CLASSES)
        assert all(one.name(version)[language] for version in one.names for language in ("en", "zh"))


def test_every_note_has_words():
    assert all(REASONS[note]["en"] and REASONS[note]["zh"] for note in NOTES)
