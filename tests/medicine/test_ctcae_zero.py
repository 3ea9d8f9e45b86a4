"""A grade of 0 means "looked and normal": every analyte, edition and direction, read from the tables of the criteria."""

import csv
from datetime import date
from importlib.resources import files

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.ctcae import laboratory_methods
from equipoise.medicine.method import Observation


def table(name):
    text = files("equipoise.medicine").joinpath("ctcae", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


TERMS = [row for row in table("terms.csv") if row["analytes"] and row["direction"]]
LIMITS = table("limits.csv")
EDITIONS = ("5.0", "6.0")
SIDES = sorted({(analyte, row["direction"]) for row in TERMS for analyte in row["analytes"].split()})


def has_limits(analyte, direction, edition):
    named = {row["id"] for row in TERMS if analyte in row["analytes"].split() and row["direction"] == direction}
    return any(row["term"] in named and edition in row["versions"].split() for row in LIMITS)


def grade(analyte, edition, value, *, lln=None, uln=None, unit=None, **options):
    method = method_of("ctcae_lab_row_grade")
    chosen = {key: option.default for key, option in method.options.items()}
    chosen |= {"version": f"CTCAE v{edition}", "analyte": analyte} | options
    values = {"value": value, "lln": lln, "uln": uln, "unit": unit}
    return method.derive(Observation(date(2025, 3, 1), "cycle_1", 1, values), [], chosen)


def codes(derived):
    return [one.code for one in derived.remarks]


def unit_of(analyte, edition):
    """A unit of the edition's limits of the analyte, in either direction; none where they are multiples alone."""
    named = {row["id"] for row in TERMS if analyte in row["analytes"].split()}
    stated = [row["unit"] for row in LIMITS if row["term"] in named and edition in row["versions"].split()]
    return next(filter(None, stated), None)


def answer_beyond(analyte, side, edition, **options):
    """A result grossly beyond the limit of normal of that side, symptoms and baseline not known."""
    value, lln, uln = (1000.0, 2.0, 3.0) if side == "high" else (0.001, 2000.0, 3000.0)
    return grade(analyte, edition, value, lln=lln, uln=uln, unit=unit_of(analyte, edition), **options)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("analyte", "direction"), SIDES)
def test_what_lies_far_beyond_normal_is_never_graded_zero(analyte, direction, edition):
    found = answer_beyond(analyte, direction, edition)
    assert found.values["grade"] != "0"
    if has_limits(analyte, direction, edition):
        assert found.values["grade"] is not None or "ungraded" in codes(found) or "baseline_missing" in codes(found)
    else:
        assert found.values["grade"] is None
        assert "not_in_version" in codes(found)
        assert found.values["reason_en"]
        assert found.values["reason_zh"]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("analyte", "direction"), SIDES)
def test_a_direction_that_an_edition_does_not_grade_is_open_when_asked_for_alone(analyte, direction, edition):
    found = answer_beyond(analyte, direction, edition, direction=direction)
    assert found.values["grade"] != "0"
    assert found.values["grade"] is not None or codes(found)


def test_control_an_edition_whose_missing_limits_are_not_looked_at_grades_zero(monkeypatch):
    monkeypatch.setattr(laboratory_methods, "terms_without_limits", lambda analyte, version: ())
    lost = [
        (analyte, edition)
        for edition in EDITIONS
        for analyte, direction in SIDES
        if answer_beyond(analyte, direction, edition).values["grade"] == "0"
    ]
    assert ("glucose", "5.0") in lost
    assert ("lymphocytes", "6.0") in lost


@pytest.mark.parametrize(
    ("value", "limits", "expected", "said"),
    [
        (33, {"lln": 3.9, "uln": 6.1}, None, ["not_in_version"]),
        (12, {"lln": 3.9, "uln": 6.1}, None, ["not_in_version"]),
        (6.1, {"lln": 3.9, "uln": 6.1}, "0", []),
        (5.0, {"lln": 3.9, "uln": 6.1}, "0", []),
        (5.0, {"lln": 3.9}, None, ["not_in_version"]),  # nobody knows whether it is too high
        (2.5, {"lln": 3.9, "uln": 6.1}, "2", []),
        (2.5, {"lln": 3.9}, "2", []),
        (5.0, {}, None, ["not_in_version", "lln_missing"]),
        (5.0, {"lln": 6.1, "uln": 3.9}, None, ["not_in_version", "limits_invalid", "lln_missing"]),
        (-1, {"lln": 3.9, "uln": 6.1}, None, ["value_invalid"]),
    ],
)
def test_glucose_in_v5_is_graded_where_it_is_low_and_open_where_it_is_high(value, limits, expected, said):
    found = grade("glucose", "5.0", value, unit="mmol/L", **limits)
    assert (found.values["grade"], codes(found)) == (expected, said)


def test_the_remark_names_the_term_that_the_edition_leaves_to_judgement():
    found = grade("glucose", "5.0", 33, lln=3.9, uln=6.1, unit="mmol/L")
    assert "Hyperglycemia" in found.remarks[0].say("en").what
    assert "高血糖" in found.remarks[0].say("zh").what


@pytest.mark.parametrize(
    ("value", "limits", "direction", "expected", "said"),
    [
        (300, {"uln": 190}, "high", None, ["not_in_version"]),
        (150, {"uln": 190}, "high", "0", []),
        (150, {}, "high", None, ["not_in_version"]),
        (-150, {"uln": 190}, "high", None, ["value_invalid"]),
    ],
)
def test_an_analyte_without_any_limits_in_an_edition_says_so(value, limits, direction, expected, said):
    found = grade("creatine_kinase", "6.0", value, unit="U/L", direction=direction, **limits)
    assert (found.values["grade"], codes(found)) == (expected, said)


def test_lymphocytes_in_v6_are_open_where_they_are_low():
    found = grade("lymphocytes", "6.0", 0.1, lln=1.1, uln=3.2, unit="10*9/L")
    assert (found.values["grade"], codes(found)) == (None, ["not_in_version"])
    assert grade("lymphocytes", "6.0", 3.3, lln=1.1, uln=3.2, unit="10*9/L").values["grade"] == "0"


def test_where_neither_direction_can_be_known_both_reasons_are_told():
    found = grade("potassium", "5.0", 4.2, unit="mmol/L")
    assert codes(found) == ["lln_missing", "uln_missing"]
