"""Renal function from creatinine: two forms of Cockcroft-Gault, CKD-EPI 2021, Calvert, and what does not fit."""

from __future__ import annotations

from datetime import date

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Observation
from equipoise.medicine.renal_function import (
    carboplatin_dose,
    cockcroft_gault,
    egfr_ckd_epi_2021,
    remarks_on_creatinine,
    weight_for_clearance,
)

DAY = date(2026, 3, 2)


def derive(method: str, options: dict | None = None, **values):
    return method_of(method).derive(Observation(DAY, "week_1", 1, values), [], options or {})


def test_the_two_forms_of_cockcroft_gault_differ_by_the_rounding_of_their_factors_alone() -> None:
    for sex, difference in (("M", 1.23 / (88.4 / 72)), ("F", 1.04 / (88.4 / 72 * 0.85))):
        one = cockcroft_gault(50, sex, 60, 80)
        other = cockcroft_gault(50, sex, 60, 80, si=True)
        assert other / one == pytest.approx(difference, rel=1e-12)
    assert 1.23 / (88.4 / 72) - 1 == pytest.approx(0.0018, abs=5e-5)
    assert 1.04 / (88.4 / 72 * 0.85) - 1 == pytest.approx(-0.0035, abs=5e-5)


def test_which_weight_is_used_is_the_protocols_choice() -> None:
    person = {"age": 60, "sex": "F", "weight": 95.0, "creatinine": 80.0, "height": 160.0}
    by = {
        w: derive("creatinine_clearance", {"weight": w}, **person).values["creatinine_clearance"]
        for w in ("actual", "ideal", "adjusted", "lesser")
    }
    assert by["ideal"] == by["lesser"] < by["adjusted"] < by["actual"]
    assert weight_for_clearance("lesser", 45.0, 160.0, "F") == 45.0
    assert derive("creatinine_clearance", {"weight": "ideal"}, **{**person, "height": None}).values == {
        "creatinine_clearance": None
    }


def test_a_rate_of_this_very_body_is_given_where_its_surface_is_known() -> None:
    values = derive("egfr_ckd_epi_2021", age=55, sex="M", creatinine=90.0, body_surface=1.73).values
    assert values["egfr"] == values["egfr_absolute"]
    assert derive("egfr_ckd_epi_2021", age=55, sex="M", creatinine=90.0).values["egfr_absolute"] is None


def test_calvert_adds_25_and_may_be_capped() -> None:
    assert carboplatin_dose(5, 100) == 625
    assert derive("calvert_dose", {"auc": 5.0}, gfr=100.0).values == {"dose": 625.0}
    uncapped = derive("calvert_dose", {"auc": 5.0}, gfr=160.0)
    assert uncapped.values == {"dose": 925.0} and [r.code for r in uncapped.remarks] == ["gfr_high"]
    capped = derive("calvert_dose", {"auc": 5.0, "gfr_max": 125.0}, gfr=160.0)
    assert capped.values == {"dose": 750.0} and not capped.remarks
    assert derive("calvert_dose", {"auc": 5.0}, gfr=100.0, auc=6.0).values == {"dose": 750.0}


@pytest.mark.parametrize(
    ("creatinine", "severity", "expected"),
    [
        (0.9, "hard", "0.9 mg/dL are 80 umol/L"),
        (0.0, "hard", "does not exist"),
        (-5.0, "hard", "does not exist"),
        (15.0, "soft", "25 to 1500 was expected"),
        (7779.2, "soft", "88 umol/L may have been entered as mg/dL"),
    ],
)
def test_a_creatinine_in_another_unit_is_told(creatinine, severity, expected) -> None:
    (remark,) = remarks_on_creatinine(creatinine)
    assert remark.severity == severity and expected in remark.say("en").what and remark.say("zh").what
    derived = derive("creatinine_clearance", age=50, sex="M", weight=60.0, creatinine=creatinine)
    assert (derived.values["creatinine_clearance"] is None) == (severity == "hard")
    derived = derive("egfr_ckd_epi_2021", age=50, sex="M", creatinine=creatinine)
    assert (derived.values["egfr"] is None) == (severity == "hard")


@pytest.mark.parametrize("age", [17, 130])
def test_the_formulas_are_for_adults(age) -> None:
    for method, output in (("creatinine_clearance", "creatinine_clearance"), ("egfr_ckd_epi_2021", "egfr")):
        derived = derive(method, age=age, sex="M", weight=60.0, creatinine=80.0)
        assert derived.values[output] is None
        assert [r.code for r in derived.remarks] == ["age"]


def test_what_is_not_known_gives_nothing_and_no_remark() -> None:
    for missing in ("age", "sex", "weight", "creatinine"):
        values = {"age": 50, "sex": "M", "weight": 60.0, "creatinine": 80.0, missing: None}
        derived = derive("creatinine_clearance", **values)
        assert derived.values == {"creatinine_clearance": None} and not derived.remarks


@pytest.mark.parametrize(
    ("sex", "mg_dl", "expected"),
    [
        # 142 x (0.5/0.7)^-0.241 x 0.9938^50 x 1.012, and the same with the man's constants, worked out apart from the code
        ("F", 0.5, 114.192),
        ("F", 1.4, 45.833),
        ("M", 0.5, 124.260),
        ("M", 1.8, 45.290),
    ],
)
def test_the_equation_of_2021_on_either_side_of_its_bend(sex, mg_dl, expected) -> None:
    assert egfr_ckd_epi_2021(50, sex, mg_dl * 88.42) == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize(
    ("umol_l", "codes"),
    [
        (25.0, []),
        (1500.0, []),
        (24.9, [("creatinine_unit", "soft")]),
        (10.0, [("creatinine_unit", "soft")]),
        (1500.1, [("creatinine_unit", "soft")]),
        (9.9, [("creatinine_unit", "hard")]),
        (0.0, [("creatinine_unit", "hard")]),
    ],
)
def test_each_limit_of_a_creatinine_belongs_to_the_usual_side(umol_l, codes) -> None:
    assert [(remark.code, remark.severity) for remark in remarks_on_creatinine(umol_l)] == codes


@pytest.mark.parametrize(("age", "asked"), [(18.0, False), (110.0, False), (17.9, True), (110.1, True)])
def test_the_equations_are_for_adults_of_18_to_110(age, asked) -> None:
    found = derive("egfr_ckd_epi_2021", age=age, sex="F", creatinine=70.0)
    assert (found.values["egfr"] is None) is asked
    assert ([remark.code for remark in found.remarks] == ["age"]) is asked


def test_the_form_of_cockcroft_gault_is_the_protocols_choice() -> None:
    person = {"age": 50, "sex": "M", "weight": 60.0, "creatinine": 80.0}
    plain, si = (
        derive("creatinine_clearance", {"formula": f}, **person) for f in ("cockcroft_gault", "cockcroft_gault_si")
    )
    assert si.values["creatinine_clearance"] == 83.0  # 90 x 60 x 1.23 / 80
    assert plain.values["creatinine_clearance"] == 82.9


@pytest.mark.parametrize(("gfr", "dose", "codes"), [(0.0, 125.0, []), (125.0, 750.0, []), (126.0, 755.0, ["gfr_high"])])
def test_a_clearance_of_nothing_and_one_of_125_are_taken_as_they_are(gfr, dose, codes) -> None:
    found = derive("calvert_dose", {"auc": 5.0}, gfr=gfr)
    assert (found.values["dose"], [remark.code for remark in found.remarks]) == (dose, codes)
    assert derive("calvert_dose", {"auc": 5.0}, gfr=-0.1).values["dose"] is None
