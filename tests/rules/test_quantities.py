"""Units through sums, products, powers and comparisons: what is wrong is found, and what cannot be known is left alone."""

from __future__ import annotations

import math
import re

import pytest

from equipoise.findings import Where
from equipoise.rules import Column, check_rule
from equipoise.units.dimensions import Dimensions, dimensions_of
from equipoise.units.registry import CANONICAL, UNITS, find_unit
from tests.chinese import unsaid

UNITS_OF = {
    "kg": "kg", "g": "g", "m": "m", "cm": "cm", "years": "years", "yr": "a", "days": "d", "crea": "umol/L", "crea_mg": "mg/dL",
    "wbc": "10*9/L", "neutrophils": "%", "dose": "mg", "per_kg": "mg/kg", "per_m2": "mg/m2", "bsa": "m2", "bmi": "kg/m2", "temp": "Cel",
    "egfr": "mL/min/{1.73_m2}", "flow": "mL/min", "auc": "mg.min/mL", "volume": "mL", "time": "min", "free": None,
}  # fmt: skip
COLUMNS = {name: Column(name, "decimal", unit) for name, unit in UNITS_OF.items()} | {
    "born": Column("born", "date"), "seen": Column("seen", "date")
}  # fmt: skip


def codes(rule: str, declared: str | None = None) -> list[str]:
    found = check_rule(rule, COLUMNS, expect=None, where=Where(), expect_unit=declared)
    assert [unsaid(one) for one in found if unsaid(one)] == []
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("rule", "declared"),
    [
        ("kg / m", "kg/m2"),
        ("kg / (cm * cm)", "kg/m2"),
        ("g / (m * m)", "kg/m2"),
        ("kg / POW(m, 3)", "kg/m2"),
        ("kg * m * m", "kg/m2"),
        ("kg", "g"),
        ("kg + kg", "g"),
        ("ABS(kg - kg)", "m"),
        ("COALESCE(kg, 0)", "g"),
        ("IF(free > 1, kg, kg)", "g"),
        ("dose / kg", "mg/m2"),
        ("per_m2 * kg", "mg"),
        ("wbc * neutrophils", "10*9/L"),
        ("SQRT(kg * m)", "m2"),
        ("kg / kg", "%"),
        ("AGE(born, seen)", "months"),
        ("DATE_DIFF('week', born, seen)", "d"),
        ("volume / time", "mL"),
    ],
)
def test_a_result_in_another_unit_than_declared_is_found(rule, declared):
    assert codes(rule, declared) == ["rule.unit_of_result"]


@pytest.mark.parametrize(
    ("rule", "declared"),
    [
        ("kg / (m * m)", "kg/m2"),
        ("kg / m / m", "kg/m2"),
        ("kg / POW(m, 2)", "kg/m2"),
        ("kg / ((cm / 100) * (cm / 100))", "kg/m2"),
        ("SQRT(cm * kg / 3600)", "m2"),
        ("0.007184 * POW(cm, 0.725) * POW(kg, 0.425)", "m2"),
        ("(140 - years) * kg / (72 * crea_mg)", "mL/min"),
        ("crea_mg * 88.4", "umol/L"),
        ("dose / kg", "mg/kg"),
        ("dose / bsa", "mg/m2"),
        ("per_kg * kg", "mg"),
        ("bmi * bsa", "kg"),
        ("volume / time", "mL/min"),
        ("dose / flow", "mg.min/mL"),
        ("auc * flow", "mg"),
        ("wbc * neutrophils / 100", "10*9/L"),
        ("kg / kg", "1"),
        ("free / m", "kg/m2"),
        ("temp / m", "kg"),
        ("egfr * bsa", "mL/min"),
        ("AGE(born, seen)", "years"),
        ("AGE(born, seen)", "a"),
        ("CAST(seen AS INTEGER) - CAST(born AS INTEGER)", "d"),
        ("kg / m", None),
        ("kg / m", "furlongs"),
    ],
)
def test_a_result_that_is_right_or_cannot_be_known_is_left_alone(rule, declared):
    assert codes(rule, declared) == []


@pytest.mark.parametrize(
    "rule",
    [
        "kg + g > 3",
        "kg / m > bmi",
        "kg / (m * m) > kg",
        "kg * m + kg > 1",
        "AGE(born, seen) > days",
        "DATE_DIFF('month', born, seen) > days",
        "GREATEST(kg, m) > 1",
        "COALESCE(kg, g) > 70",
        "IF(free > 1, kg, m) > 3",
        "kg + 0.5 > g",
        "temp > kg",
        "NULLIF(kg, m) > 3",
    ],
)
def test_unlike_units_do_not_meet(rule):
    assert codes(rule) == ["rule.units_differ"]


@pytest.mark.parametrize(
    "rule",
    [
        "kg / (m * m) > bmi",
        "years > yr",
        "kg * 1000 > g",
        "crea_mg * 88.4 > crea",
        "kg > 70",
        "kg + free > g",
        "AGE(born, seen) >= years",
        "dose / kg > per_kg",
        "kg / m > 3",
        "SQRT(kg * kg) > kg",
    ],
)
def test_like_units_and_what_a_number_may_convert_are_left_alone(rule):
    assert codes(rule) == []


def test_the_units_are_said_as_they_were_multiplied():
    (found,) = check_rule("kg / (m * m)", COLUMNS, expect=None, where=Where(), expect_unit="g")
    assert "gives kg/(m.m), and g is declared" in found.tell("en")


NOT_MULTIPLIED = {"flow by body surface", "biologically effective dose", "temperature", "loudness"}
"""Their values have a reference or a zero of their own."""


def test_every_quantity_has_dimensions_or_is_named():
    assert {known.quantity for unit, known in UNITS.items() if dimensions_of(unit) is None} == NOT_MULTIPLIED


def spelled(unit: str) -> Dimensions | None:
    """The dimensions of a unit from its parts, where they are units themselves: another way to the same."""
    over, *under = unit.split("/")
    result = Dimensions()
    for part, power in [*((one, 1) for one in over.split(".")), *((one, -1) for one in under)]:
        found = re.fullmatch(r"(?:10\*(\d+)|(.+?)([23])?)?", part)
        assert found is not None
        name, exponent = found[2] or "", int(found[3] or 1)
        one = Dimensions({}, 10.0 ** int(found[1])) if found[1] else dimensions_of(name) if name else Dimensions()
        if one is None:
            return None
        for _ in range(exponent):
            result = result.times(one, power)
    return result


SPELLED = sorted(u for u in UNITS if "/" in u and "(" not in u and "{" not in u and dimensions_of(u) and spelled(u))


@pytest.mark.parametrize("unit", SPELLED)
def test_a_unit_is_made_of_the_units_that_it_is_spelled_with(unit):
    made, parts = dimensions_of(unit), spelled(unit)
    assert made is not None
    assert parts is not None
    assert dict(parts.powers) == dict(made.powers)
    assert math.isclose(parts.amount, made.amount, rel_tol=1e-9)
    assert len(SPELLED) > 35


def test_spellings_and_canonical_units_have_the_dimensions_of_what_they_mean():
    for quantity, unit in CANONICAL.items():
        assert (dimensions_of(unit) is None) == (quantity in NOT_MULTIPLIED)
    one, other = dimensions_of("kg/m^2"), dimensions_of("kg/m2")
    assert one is not None
    assert other is not None
    assert one.same(other)
    assert find_unit("nothing") is None
    assert dimensions_of("nothing") is None
