"""Body surface and body-mass index, and what is said of a height or weight that does not fit."""

from __future__ import annotations

from datetime import date

import pytest

from equipoise.medicine.body_size import adjusted_weight, ideal_weight, remarks_on_size, rounded
from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Observation
from tests.medicine.saying import is_whole

DAY = date(2026, 3, 2)


def derive(method: str, options: dict | None = None, **values):
    return method_of(method).derive(Observation(DAY, "week_1", 1, values), [], options or {})


def test_body_surface_of_170_cm_and_65_kg_is_1_75_by_either_formula() -> None:
    assert derive("body_surface_area", height=170.0, weight=65.0).values == {"body_surface": 1.75}
    assert derive("body_surface_area", {"formula": "du_bois"}, height=170.0, weight=65.0).values == {
        "body_surface": 1.75
    }
    assert derive("body_surface_area", {"decimals": 3}, height=170.0, weight=65.0).values == {"body_surface": 1.752}


def test_body_mass_index_is_weight_by_square_of_height() -> None:
    assert derive("body_mass_index", height=160.0, weight=64.0).values == {"body_mass_index": 25.0}


def test_nothing_is_derived_from_nothing() -> None:
    for method in ("body_surface_area", "body_mass_index"):
        assert set(derive(method, height=None, weight=65.0).values.values()) == {None}
        assert not derive(method, height=None, weight=None).remarks


@pytest.mark.parametrize(
    ("height", "weight", "code", "severity", "expected"),
    [
        (1.66, 60.0, "height", "hard", "166 cm"),
        (1660.0, 60.0, "height", "hard", "166 cm"),
        (5.5, 60.0, "height", "hard", "168 cm"),
        (65.0, 60.0, "height", "hard", "165 cm"),
        (110.0, 60.0, "height", "soft", "between 120 and 220 cm"),
        (166.0, 60000.0, "weight", "hard", "60 kg"),
        (166.0, 25.0, "weight", "soft", "between 30 and 200 kg"),
        (166.0, 130.0, "size", "soft", "65 kg if it was read in jin"),
        (166.0, 130.0, "size", "soft", "59.0 kg if in pounds"),
        (62.0, 168.0, "size", "hard", "look exchanged"),
    ],
)
def test_a_slip_of_unit_is_told_with_what_was_expected(height, weight, code, severity, expected) -> None:
    (remark,) = remarks_on_size(height, weight)
    assert (remark.code, remark.severity) == (code, severity)
    assert expected in remark.say("en").what
    assert is_whole(remark)
    derived = derive("body_surface_area", height=height, weight=weight)
    assert (derived.values["body_surface"] is None) == (severity == "hard")


def test_usual_people_are_not_remarked_on() -> None:
    for height, weight in ((150, 38), (166, 60), (185, 110), (172, 125)):
        assert not remarks_on_size(height, weight)


def test_ideal_weight_follows_devine_and_adjusted_weight_lies_between() -> None:
    assert ideal_weight(152.4, "M") == pytest.approx(50)
    assert ideal_weight(177.8, "F") == pytest.approx(45.5 + 23)
    assert ideal_weight(170, "M") < adjusted_weight(100, 170, "M") < 100


def test_halves_are_rounded_away_from_zero_by_the_digits_that_are_shown() -> None:
    assert rounded(1.745, 2) == 1.75
    assert rounded(-2.5, 0) == -3
    assert rounded(None, 2) is None
    assert rounded(1.2345, None) == 1.2345
    assert rounded(1e27, 3) == 1e27 and rounded(0.1, 30) == 0.1
    assert rounded(0.1234567890125, 12) == 0.123456789013  # twelve decimals are still rounded, thirteen no more
    assert rounded(0.12345678901235, 13) == 0.12345678901235
    assert rounded(float("inf"), 2) is rounded(float("nan"), 2) is None


@pytest.mark.parametrize(
    ("height", "said"),
    [
        (1.2, "120 cm"),
        (2.3, "230 cm"),
        (1200.0, "120 cm"),
        (2300.0, "230 cm"),
        (4.5, "137 cm"),
        (7.5, "229 cm"),
        (50.0, "127 cm"),
        (85.0, "216 cm"),
    ],
)
def test_the_first_and_the_last_height_of_each_slip_are_taken_for_it(height, said) -> None:
    (remark,) = remarks_on_size(height, None)
    assert said in remark.say("en").what


@pytest.mark.parametrize("height", [1.19, 2.31, 1199.0, 2301.0, 4.49, 7.51, 49.9, 85.1])
def test_a_height_beside_each_slip_is_only_odd(height) -> None:
    (remark,) = remarks_on_size(height, None)
    assert remark.say("en").what == remarks_on_size(10.0, None)[0].say("en").what.replace("10", f"{height:g}", 1)


@pytest.mark.parametrize(
    ("height", "weight", "codes"),
    [
        (120.0, None, []),
        (220.0, None, []),
        (119.9, None, [("height", "soft")]),
        (220.1, None, [("height", "soft")]),
        (90.0, None, [("height", "soft")]),
        (260.0, None, [("height", "soft")]),
        (89.9, None, [("height", "hard")]),
        (260.1, None, [("height", "hard")]),
        (None, 30.0, []),
        (None, 200.0, []),
        (None, 29.9, [("weight", "soft")]),
        (None, 200.1, [("weight", "soft")]),
        (None, 15.0, [("weight", "soft")]),
        (None, 400.0, [("weight", "soft")]),
        (None, 14.9, [("weight", "hard")]),
        (None, 400.1, [("weight", "hard")]),
        (200.0, 52.0, []),  # an index of 13 and of 45 is nobody's slip
        (200.0, 51.9, [("size", "soft")]),
        (200.0, 180.0, []),
        (200.0, 180.1, [("size", "soft")]),
        (30.0, 150.0, [("size", "hard")]),  # 150 cm and 30 kg
        (29.9, 150.0, [("height", "hard")]),
        (119.9, 170.0, [("size", "hard")]),  # 170 cm and 120 kg
        (120.0, 170.0, [("size", "soft")]),
        (60.0, 120.0, [("size", "hard")]),
        (60.0, 119.9, [("height", "hard")]),
        (65.0, 220.0, [("size", "hard")]),
        (65.0, 220.1, [("height", "hard"), ("weight", "soft")]),
        (52.0, 200.0, [("size", "hard")]),  # exchanged, the index is 13
        (51.9, 200.0, [("height", "hard")]),
        (101.25, 150.0, [("size", "hard")]),  # exchanged, it is 45
        (101.3, 150.0, [("height", "soft")]),
    ],
)
def test_each_limit_belongs_to_the_usual_side(height, weight, codes) -> None:
    assert [(remark.code, remark.severity) for remark in remarks_on_size(height, weight)] == codes


@pytest.mark.parametrize(("weight", "grams"), [(30000.0, True), (200000.0, True), (29999.0, False), (200001.0, False)])
def test_the_first_and_the_last_weight_in_grams_are_taken_for_it(weight, grams) -> None:
    (remark,) = remarks_on_size(None, weight)
    assert (f"{weight / 1000:g} kg" in remark.say("en").what) == grams
