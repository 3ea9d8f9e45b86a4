"""Running rules: SQL's answers for missing values, and no single value that stops or satisfies a rule by accident."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from equipoise.findings import Refusal
from equipoise.rules import Column, assess, compute, evaluate, polars_type, typed_frame

COLUMNS = {
    c.name: c
    for c in (
        Column("age", "integer"),
        Column("weight", "decimal"),
        Column("sex", "code"),
        Column("seen", "date"),
        Column("at", "datetime"),
        Column("well", "boolean"),
        Column("note", "text"),
    )
}


def test_a_rule_gives_one_answer_per_row() -> None:
    frame = pl.DataFrame({"age": [17, 18, None]})
    assert evaluate("age >= 18", frame).to_list() == [False, True, None]


def test_a_rule_that_names_nothing_gives_its_value_for_every_row() -> None:
    assert evaluate("TRUE", pl.DataFrame({"age": [1, 2, 3]})).to_list() == [True] * 3
    assert evaluate("TRUE", pl.DataFrame({"age": []}, schema={"age": pl.Int64})).to_list() == []
    assert compute("1 + 1", {}, {}) == 2


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("weight / 0 > 1", None),
        ("weight / (weight - weight) > 1", None),
        ("LN(weight - weight) < 0", None),
        ("SQRT(0 - weight) > 1", None),
        ("EXP(weight * 1000) > 1", None),
        ("MOD(age, 0) = 0", None),
        ("POW(0, -1) > 1", None),
        ("weight / 2", 1.25),
        ("age / 2", 2.5),
        ("age % 2", 1),
        ("ROUND(weight / 3, 2)", 0.83),
        ("COALESCE(weight / 0, 7)", 7.0),
    ],
)
def test_what_cannot_be_computed_is_not_yet_known_and_never_infinite(rule: str, value: object) -> None:
    assert compute(rule, {"age": 5, "weight": 2.5}, COLUMNS) == value


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("CAST(note AS INTEGER) > 2", [True, None, None]),
        ("DATE(note) > DATE '2020-01-01'", [None, None, True]),
        ("STRPTIME(note, '%d/%m/%Y') IS NULL", [True, False, True]),
    ],
)
def test_one_participants_unreadable_text_leaves_the_others_alone(rule: str, values: list[bool | None]) -> None:
    frame = pl.DataFrame({"note": ["12", "05/01/2020", "2020-01-05"]})
    assert evaluate(rule, frame).to_list() == values


def test_days_between_two_dates_are_a_whole_number() -> None:
    values = {"seen": dt.date(2024, 3, 1)}
    assert compute("CAST(seen AS INTEGER) - CAST(DATE '2024-02-28' AS INTEGER)", values, COLUMNS) == 2


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("60 * (DATE_PART('hour', b) - DATE_PART('hour', a)) + DATE_PART('minute', b) - DATE_PART('minute', a)", 295),
        ("100 * EXTRACT(MONTH FROM a)", 1200),
        ("LENGTH(text) - 5", -3),
    ],
)
def test_parts_of_a_time_and_lengths_are_whole_numbers_that_do_not_wrap_round(rule: str, value: int) -> None:
    row = {"a": dt.datetime(2024, 12, 1, 8, 10), "b": dt.datetime(2024, 12, 1, 13, 5), "text": "ab"}
    columns = {"a": Column("a", "datetime"), "b": Column("b", "datetime"), "text": Column("text", "text")}
    assert evaluate(rule, typed_frame(row, columns))[0] == value
    assert compute(rule, row, columns) == value


def test_a_division_has_the_same_last_digit_for_one_participant_and_for_many() -> None:
    frame = pl.DataFrame({"x": [3.0, 3.0, 7.0]})
    for divisor in ("2.5", "365.25", "0.3", "49"):
        assert evaluate(f"x / {divisor}", frame).to_list()[0] == evaluate(f"x / {divisor}", frame[:1])[0]


def test_a_verdict_says_what_is_missing() -> None:
    assert assess("age >= 18 AND weight > 30", {"age": 20}, COLUMNS).missing == ("weight",)
    assert assess("age >= 18 AND weight > 30", {"age": 20}, COLUMNS).truth is None
    assert assess("age >= 18 AND weight > 30", {"age": 17}, COLUMNS).truth is False
    assert assess("age >= 18", {"age": 18}, COLUMNS).truth is True


def test_a_typed_row_has_every_column_in_its_type() -> None:
    frame = typed_frame({"age": 5, "seen": dt.date(2024, 1, 1)}, COLUMNS)
    assert frame.height == 1
    assert dict(frame.schema) == {name: polars_type(column.type) for name, column in COLUMNS.items()}


def test_a_rule_that_cannot_be_computed_is_told_and_never_a_fault() -> None:
    with pytest.raises(Refusal, match="could not be computed") as refused:
        evaluate("age + 1", pl.DataFrame({"sex": ["F"]}))
    assert "规则“age + 1”无法计算；引擎提示“" in refused.value.findings[0].tell("zh")
