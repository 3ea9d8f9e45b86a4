"""AGE and DATE_DIFF count completed units: for any two days as a plain counting does, alone and among others."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.rules import Column, calendar, compute, evaluate, reading
from equipoise.units import age_years
from tests.hunting import examples

COLUMNS = {"a": Column("a", "date"), "b": Column("b", "date")}
ENDS = [
    date(2000, 2, 29),
    date(2023, 2, 28),
    date(2024, 2, 29),
    date(2023, 1, 31),
    date(2023, 3, 1),
    date(2023, 12, 31),
]
DAYS = st.one_of(st.dates(date(1850, 1, 1), date(2150, 12, 31)), st.sampled_from(ENDS))


def steps(first: date, last: date, unit: str) -> int:
    """Completed units from the first day to a later one: the units that can be gone forward without passing it."""
    count = 0
    while _forward(first, count + 1, unit) <= last:
        count += 1
    return count


def _forward(day: date, count: int, unit: str) -> date:
    """So many units later; where the month has no such day, the first of the next."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    month = day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = day.year + month // 12, month % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def check(a: date, b: date) -> None:
    frame = pl.DataFrame(
        {"a": [None, a, date(2020, 1, 1)], "b": [b, b, date(2020, 1, 1)]}, schema={"a": pl.Date, "b": pl.Date}
    )
    for unit in ("week", "month", "year"):
        rule = f"DATE_DIFF('{unit}', a, b)"
        wanted = steps(a, b, unit) if a <= b else -steps(b, a, unit)
        assert compute(rule, {"a": a, "b": b}, COLUMNS) == wanted, rule
        assert evaluate(rule, frame).to_list() == [None, wanted, 0]
    assert compute("DATE_DIFF('day', a, b)", {"a": a, "b": b}, COLUMNS) == (b - a).days
    age = age_years(a, b) if a <= b else None
    assert compute("AGE(a, b)", {"a": a, "b": b}, COLUMNS) == age
    assert evaluate("AGE(a, b)", frame).to_list() == [None, age, 0]


@settings(max_examples=examples(30), deadline=None)
@given(a=DAYS, b=DAYS)
def test_completed_units_are_those_that_fit_between_two_days(a, b):
    check(a, b)


# Worked out by hand, and so given by PostgreSQL's age() and by java.time's Period and ChronoUnit.
@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        ("2000-02-29", "2023-02-28", 22),
        ("2000-02-29", "2023-03-01", 23),
        ("2000-02-29", "2024-02-28", 23),
        ("2000-02-29", "2024-02-29", 24),
        ("2005-03-01", "2024-02-29", 18),
        ("2006-03-01", "2024-02-29", 17),
        ("2006-03-01", "2024-03-01", 18),
        ("2024-01-01", "2024-01-01", 0),
    ],
)
def test_an_age_is_in_completed_years_also_around_the_29th_of_february(birth, on, age):
    assert compute("AGE(a, b)", {"a": date.fromisoformat(birth), "b": date.fromisoformat(on)}, COLUMNS) == age


def test_of_a_time_the_day_counts_and_calls_may_stand_within_calls():
    columns: dict[str, Any] = {**COLUMNS, "t": Column("t", "datetime")}
    values = {"a": date(2000, 5, 5), "b": None, "t": datetime(2018, 5, 5, 0, 1)}  # noqa: DTZ001 - a local time
    assert compute("AGE(a, t)", values, columns) == 18
    assert compute("AGE(a, COALESCE(b, DATE '2018-05-04')) < 18 AND age (a, t) >= 18", values, columns) is True
    assert compute("IF(DATE_DIFF('year', a, t) = AGE(a, t), 'AGE(a, b)', ')')", values, columns) == "AGE(a, b)"


def test_control_years_of_365_25_days_are_caught(monkeypatch):
    def rough(call: calendar.Call) -> str:
        days = f"(CAST(CAST(({call.dates[1]}) AS DATE) AS INTEGER) - CAST(CAST(({call.dates[0]}) AS DATE) AS INTEGER))"
        return f"FLOOR({days} / 365.25)" if call.unit == "a" else days

    monkeypatch.setattr(calendar, "_in_sql", rough)
    reading._read.cache_clear()
    try:
        with pytest.raises(AssertionError):
            check(date(2005, 3, 1), date(2023, 3, 1))
    finally:
        monkeypatch.undo()
        reading._read.cache_clear()
