"""Days, study days, ages, and units: each number here was worked out by hand or is a published factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise import units
from equipoise.findings import Refusal
from equipoise.units.registry import ALIASES, CANONICAL, UNITS

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
SYMBOLS = sorted(UNITS)


def test_the_reference_date_is_day_one_and_there_is_no_day_zero() -> None:
    reference = date(2025, 3, 1)
    assert units.study_day(reference, reference) == 1
    assert units.study_day(reference, date(2025, 2, 28)) == -1
    assert units.study_day(reference, date(2025, 3, 15)) == 15
    with pytest.raises(Refusal, match="no study day 0"):
        units.date_of_study_day(reference, 0)


@given(DAYS, DAYS)
def test_a_study_day_leads_back_to_its_date_and_is_never_zero(reference: date, day: date) -> None:
    number = units.study_day(reference, day)
    assert number != 0
    assert units.date_of_study_day(reference, number) == day


def test_control_a_plain_difference_of_dates_has_a_day_zero() -> None:
    assert (date(2025, 3, 1) - date(2025, 3, 1)).days == 0 != units.study_day(date(2025, 3, 1), date(2025, 3, 1))


def test_a_year_has_twelve_months_and_a_month_has_30_4375_days() -> None:
    assert units.months_to_days(12) == units.years_to_days(1) == 365.25
    assert units.days_to_months(365.25) == 12
    assert units.days_to_years(1826.25) == 5
    assert units.weeks_to_days(3) == 21
    assert units.days_to_weeks(10.5) == 1.5


def test_age_is_in_completed_years() -> None:
    birth = date(1960, 7, 15)
    assert units.age_years(birth, date(2025, 7, 14)) == 64
    assert units.age_years(birth, date(2025, 7, 15)) == 65
    assert units.age_years(date(2000, 2, 29), date(2018, 2, 28)) == 17
    assert units.age_years(date(2000, 2, 29), date(2018, 3, 1)) == 18
    with pytest.raises(Refusal, match="before the birth date"):
        units.age_years(birth, birth - timedelta(days=1))


@pytest.mark.parametrize(
    ("value", "source", "target", "analyte", "expected"),
    [
        (1.5, "mg/dL", "umol/L", "creatinine", 132.6),
        (132.6, "µmol/L", "mg/dL", "creatinine", 1.5),
        (1.0, "mg/dL", "umol/L", "bilirubin", 17.104),
        (100, "mg/dL", "mmol/L", "glucose", 5.5507449),
        (10, "mg/dL", "mmol/L", "calcium", 2.4951345),
        (11.2, "g/dL", "g/L", None, 112.0),
        (1.5, "10^9/L", "/uL", None, 1500),
        (98.6, "degF", "Cel", None, 37.0),
        (37, "Cel", "[degF]", None, 98.6),
        (70, "Gy", "cGy", None, 7000),
        (2, "a", "mo", None, 24),
        (1, "ukat/L", "U/L", None, 60),
        (1, "kPa", "mmHg", None, 7.500616),
        (6, "L/h", "mL/min", None, 100),
        (5, "{copies}/uL", "copies/mL", None, 5000),
        (50, "%", "1", None, 0.5),
        (4.2, "g/dL", "g/L", "albumin", 42.0),
        (10, "mmol/L", "g/L", "hemoglobin", 161.145),
        (28.014, "mg/dL", "mmol/L", "urea_nitrogen", 10.0),
        (60.056, "mg/dL", "mmol/L", "urea", 10.0),
        (2.4305, "mg/dL", "mmol/L", "magnesium", 1.0),
        (4.6, "meq/L", "mmol/L", "calcium", 2.3),
        (140, "mEq/L", "mmol/L", "sodium", 140.0),
        (10.0195, "mg/dL", "meq/L", "calcium", 5.0),
        (3.2, "K/uL", "10*9/L", None, 3.2),
        (3200, "/mm3", "10^9/L", None, 3.2),
        (70, "lb", "kg", None, 31.7514659),
        (1.66, "m", "cm", None, 166.0),
        (1660, "mm", "m", None, 1.66),
        (212, "cGy", "Gy", None, 2.12),
    ],
)
def test_published_factors_are_kept(
    value: float, source: str, target: str, analyte: str | None, expected: float
) -> None:
    assert units.convert(value, source, target, analyte) == pytest.approx(expected, rel=1e-7)


def test_the_result_is_rounded_once() -> None:
    assert units.convert(1.1, "g/dL", "g/L") == 11.0
    assert units.convert(Decimal("0.1"), "kg", "g") == 100.0


def test_copies_and_international_units_need_the_factor_of_the_assay() -> None:
    with pytest.raises(Refusal, match="needs the factor of the assay"):
        units.convert(1000, "IU/mL", "copies/mL")
    assert units.convert(1000, "IU/mL", "copies/mL", copies_per_iu=0.5) == 500
    assert units.convert(500, "copies/mL", "IU/mL", copies_per_iu=0.5) == 1000


@pytest.mark.parametrize(
    ("source", "target", "analyte", "complaint"),
    [
        ("mg/dL", "umol/L", None, "needs to know what is measured"),
        ("mg/dL", "umol/L", "albumin", "needs to know what is measured"),
        ("meq/L", "mmol/L", "glucose", "on the charge"),
        ("", "umol/L", "creatinine", "the value has no unit"),
        ("mg/dL", None, "creatinine", "the value has no unit"),
        ("kg", "m", None, "one measures mass, the other length"),
        ("kg/m2", "mg/m2", None, "one measures body mass index"),
        ("furlong", "m", None, "is not known"),
    ],
)
def test_what_cannot_be_converted_is_refused_with_a_reason(
    source: str, target: str, analyte: str | None, complaint: str
) -> None:
    with pytest.raises(Refusal, match=complaint):
        units.convert(1.0, source, target, analyte)


def test_a_value_that_is_no_number_is_refused() -> None:
    with pytest.raises(Refusal, match="not a finite number"):
        units.convert(float("nan"), "g", "kg")


def test_a_conversion_of_a_column_is_the_conversion_of_each_value() -> None:
    factor, offset = units.conversion("degF", "Cel")
    assert factor == Fraction(5, 9) and offset == Fraction(-160, 9)
    factor, offset = units.conversion("mg/dL", "umol/L", "creatinine")
    assert (factor, offset) == (Fraction("88.4"), 0)
    assert units.convert(0.9, "mg/dL", "umol/L", "creatinine") == 0.9 * float(factor)


def test_each_analyte_is_kept_in_one_unit_whatever_was_reported() -> None:
    assert units.canonical_unit("mg/dL", "creatinine") == units.canonical_unit("mmol/L", "creatinine") == "umol/L"
    assert units.canonical_unit("g/dL", "albumin") == units.canonical_unit("g/dL", "hemoglobin") == "g/L"
    assert units.canonical_unit("mg/dL") == "g/L"
    for analyte in units.analytes():
        assert units.known_unit(units.canonical_unit("mg/dL", analyte))


def test_a_liter_may_be_written_small() -> None:
    assert units.convert(1, "mmol/l", "mmol/L") == units.convert(1, "10^9/l", "10*9/L") == 1
    assert (
        units.convert(1, "mg/dl", "mg/dL")
        == units.convert(1, "IU/ml", "[IU]/mL")
        == units.convert(1, "/ul", "/uL")
        == 1
    )
    assert not units.known_unit("mol")


@given(st.sampled_from(SYMBOLS), st.sampled_from(SYMBOLS), st.floats(-1e6, 1e6))
def test_there_and_back_again_is_where_one_began(a: str, b: str, value: float) -> None:
    if units.same_quantity(a, b):
        # Two roundings of a relative 1.1e-16 each; the offset of degF can cancel, hence the absolute part.
        assert units.convert(units.convert(value, a, b), b, a) == pytest.approx(value, rel=1e-14, abs=1e-10)
    else:
        assert units.quantity_of(a) != units.quantity_of(b)


def test_every_other_spelling_leads_to_a_unit_and_hides_none() -> None:
    for spelling, symbol in ALIASES.items():
        assert symbol in UNITS, spelling
        assert spelling not in UNITS, spelling


def test_every_quantity_has_one_canonical_unit_of_factor_one() -> None:
    for symbol in SYMBOLS:
        assert units.convert(1, units.canonical_unit(symbol), units.canonical_unit(symbol)) == 1
        assert units.canonical_unit(units.canonical_unit(symbol)) == units.canonical_unit(symbol)


def test_unknown_units_are_known_to_be_unknown() -> None:
    assert units.known_unit("mg/dL")
    assert not units.known_unit("furlong")
    assert not units.same_quantity("furlong", "furlong")


@pytest.mark.parametrize("quantity", CANONICAL)
def test_units_of_two_quantities_say_what_each_measures_in_both_languages(quantity: str) -> None:
    one, other = CANONICAL[quantity], "Gy" if quantity != "absorbed dose" else "a"
    with pytest.raises(Refusal) as refused:
        units.convert(1, one, other)
    (finding,) = refused.value.findings
    assert f"one measures {quantity}, the other" in finding.why
    assert finding.say("zh").what == f"无法将{one}换算为{other}"
    assert "前者度量" in finding.say("zh").why


@pytest.mark.parametrize(
    ("asked", "chinese"),
    [
        (lambda: units.date_of_study_day(date(2024, 1, 1), 0), "没有第0研究日"),
        (lambda: units.age_years(date(2024, 1, 2), date(2024, 1, 1)), "2024-01-01早于出生日期2024-01-02"),
        (lambda: units.convert(1, None, "g/L"), "该值没有单位"),
        (lambda: units.convert(1, "bananas", "g/L"), "单位'bananas'未知"),
        (lambda: units.convert(float("inf"), "g/L", "g/L"), "inf不是有限数值"),
        (lambda: units.convert(1, "[IU]/mL", "{copies}/mL"), "[IU]/mL换算为{copies}/mL需要该检测方法的系数"),
        (lambda: units.convert(1, "g/L", "mmol/L"), "g/L换算为mmol/L需要知道所测物质（未指定）"),
        (lambda: units.convert(1, "g/L", "mmol/L", "albumin"), "所测物质（albumin）"),
    ],
)
def test_what_cannot_be_converted_is_told_in_chinese(asked: Callable[[], object], chinese: str) -> None:
    with pytest.raises(Refusal) as refused:
        asked()
    assert chinese in refused.value.findings[0].tell("zh")
