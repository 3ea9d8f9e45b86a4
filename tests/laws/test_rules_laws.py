"""Laws of rules: what a rule says of one participant does not depend on who else is there, and logic is SQL's."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.findings import Where
from equipoise.rules import Column, check_rule, compute, evaluate, evaluation, typed_frame
from equipoise.rules import plain as plain_room
from tests.hunting import examples

COLUMNS = {c.name: c for c in (Column("n", "integer"), Column("m", "integer"), Column("x", "decimal"), Column("y", "decimal"),
                               Column("code", "code"), Column("text", "text"), Column("d", "date"), Column("e", "date"),
                               Column("p", "boolean"), Column("q", "boolean"))}  # fmt: skip
ROWS = st.fixed_dictionaries(
    {
        "n": st.none() | st.integers(-9, 9),
        "m": st.none() | st.integers(-2, 2),
        "x": st.none() | st.integers(-40, 40).map(lambda v: v / 4),
        "y": st.none() | st.sampled_from([0.0, 0.5, -1.0, 800.0]),
        "code": st.none() | st.sampled_from(["A", "B", "C"]),
        "text": st.none() | st.sampled_from(["12", "abc", "", "2024-02-29", "29/02/2024", "3.5", "鼻"]),
        "d": st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2020, 3, 1)),
        "e": st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2020, 3, 1)),
        "p": st.none() | st.booleans(),
        "q": st.none() | st.booleans(),
    }
)
NUMBERS = st.recursive(
    st.sampled_from(["n", "m", "x", "y", "0", "1", "2.5", "CAST(text AS INTEGER)", "LENGTH(text)", "EXTRACT(DAY FROM d)",
                     "(CAST(d AS INTEGER) - CAST(e AS INTEGER))"]),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("+-*/%"), inner)
    | st.builds("{}({})".format, st.sampled_from(["ABS", "SQRT", "LN", "EXP", "FLOOR", "CEIL", "LOG10", "SIGN"]), inner)
    | st.builds("ROUND({}, {})".format, inner, st.sampled_from("012"))
    | st.builds("CAST({} AS DOUBLE)".format, inner)
    | st.builds("{}({}, {})".format, st.sampled_from(["COALESCE", "GREATEST", "LEAST", "POW", "MOD"]), inner, inner),
    max_leaves=4,
)  # fmt: skip
TRUTHS = st.recursive(
    st.sampled_from(["p", "q", "d > e", "code IN ('A', 'B')", "code = 'C'", "text LIKE '%2%'", "DATE(text) > d", "code NOT IN ('A')",
                     "STRPTIME(text, '%d/%m/%Y') > d", "x IS NULL", "n BETWEEN m AND 5", "d + INTERVAL '3 days' > e"])
    | st.builds("({} {} {})".format, NUMBERS, st.sampled_from(["<", "<=", "=", "<>", ">"]), NUMBERS),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["AND", "OR"]), inner)
    | st.builds("(NOT {})".format, inner)
    | st.builds("(CASE WHEN {} THEN {} ELSE {} END)".format, inner, inner, inner)
    | st.builds("({} IS NULL)".format, inner),
    max_leaves=5,
)  # fmt: skip


def sound(rule: str) -> bool:
    return not check_rule(rule, COLUMNS, expect=None, where=Where())


def together(rule: str, rows: list[dict[str, Any]]) -> list[Any]:
    frame = pl.concat([typed_frame(row, COLUMNS) for row in rows])
    return evaluate(rule, frame).to_list()


def one_by_one(rule: str, rows: list[dict[str, Any]]) -> list[Any]:
    return [compute(rule, row, COLUMNS) for row in rows]


@settings(deadline=None, max_examples=examples(150))
@given(TRUTHS, st.lists(ROWS, min_size=1, max_size=6))
def test_a_rule_says_of_one_participant_what_it_says_of_that_participant_among_others(
    rule: str, rows: list[dict[str, Any]]
) -> None:
    if sound(rule):
        assert together(rule, rows) == one_by_one(rule, rows)


@settings(deadline=None, max_examples=examples(100))
@given(NUMBERS, st.lists(ROWS, min_size=1, max_size=4))
def test_a_computed_number_is_finite_or_missing_and_the_same_alone_and_among_others(
    rule: str, rows: list[dict[str, Any]]
) -> None:
    if sound(rule):
        found = together(rule, rows)
        assert found == one_by_one(rule, rows)
        assert all(v is None or abs(v) < float("inf") for v in found)


def test_one_participant_among_thousands() -> None:
    rule = "(n / m > 1 OR code IN ('A') AND NOT p) AND (DATE(text) > d OR x IS NULL)"
    kinds = itertools.product([None, 3], [0, 2], ["A", None], [True, None], ["2024-02-29", "abc"], [None, 1.5])
    rows = [
        dict(zip(("n", "m", "code", "p", "text", "x"), k, strict=True)) | {"d": dt.date(2020, 1, 1)} for k in kinds
    ] * 40
    assert len(rows) > 2000
    frame = pl.concat([typed_frame(row, COLUMNS) for row in rows[:64]] * (len(rows) // 64))
    assert evaluate(rule, frame).to_list()[:64] == one_by_one(rule, rows[:64])
    assert evaluate(rule, frame).to_list()[-64:] == one_by_one(rule, rows[:64])


def test_control_a_rule_that_looks_at_the_whole_column_would_be_noticed() -> None:
    rows = [{"n": 2}, {"n": 1}]
    careless = pl.sql_expr("MIN(n) = n")
    alone = [typed_frame(row, COLUMNS).select(careless.alias("v"))["v"][0] for row in rows]
    whole = pl.concat([typed_frame(row, COLUMNS) for row in rows])
    assert whole.select(careless.alias("v"))["v"].to_list() != alone


KLEENE_AND = {
    (True, True): True,
    (True, False): False,
    (True, None): None,
    (False, False): False,
    (False, None): False,
    (None, None): None,
}
KLEENE_OR = {
    (True, True): True,
    (True, False): True,
    (True, None): True,
    (False, False): False,
    (False, None): None,
    (None, None): None,
}


def truth_table(operator: str) -> dict[tuple[bool | None, bool | None], bool | None]:
    return {
        (p, q): compute(f"p {operator} q", {"p": p, "q": q}, COLUMNS)
        for p in (True, False, None)
        for q in (True, False, None)
    }


@pytest.mark.parametrize(("operator", "table"), [("AND", KLEENE_AND), ("OR", KLEENE_OR)])
def test_logic_has_three_values_as_kleene_wrote_them_down(
    operator: str, table: dict[tuple[bool | None, bool | None], bool | None]
) -> None:
    for (p, q), answer in truth_table(operator).items():
        assert answer is table.get((p, q), table.get((q, p)))


def test_not_leaves_the_unknown_unknown() -> None:
    assert [compute("NOT p", {"p": p}, COLUMNS) for p in (True, False, None)] == [False, True, None]


@pytest.mark.parametrize("rule", ["n = 1", "n <> 1", "n > 1", "n IN (1, 2)", "n NOT IN (1, 2)", "n BETWEEN 1 AND 2", "n + 1 = 2", "code LIKE 'A%'",
                                  "NOT (n = 1)", "n = m", "n = NULL"])  # fmt: skip
def test_a_comparison_with_a_missing_value_is_not_yet_known(rule: str) -> None:
    assert compute(rule, {"m": 1}, COLUMNS) is None


@pytest.mark.parametrize(("rule", "answer"), [("n IS NULL", True), ("n IS NOT NULL", False), ("COALESCE(p, FALSE)", False),
                                              ("CASE WHEN p THEN 1 ELSE 2 END", 2), ("n IN (1, NULL)", None)])  # fmt: skip
def test_what_asks_about_missing_values_gets_an_answer(rule: str, answer: object) -> None:
    assert compute(rule, {}, COLUMNS) == answer


def test_an_in_list_with_a_missing_value_never_says_that_something_is_not_in_it() -> None:
    assert compute("n IN (1, NULL)", {"n": 1}, COLUMNS) is True
    assert compute("n NOT IN (1, NULL)", {"n": 2}, COLUMNS) is None


def test_control_a_two_valued_and_would_be_noticed() -> None:
    two_valued = {key: bool(key[0]) and bool(key[1]) for key in truth_table("AND")}
    assert two_valued != truth_table("AND")


def test_control_a_plain_twin_that_takes_missing_for_false_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_room, "_truth", bool)
    plain_room.plain.cache_clear()
    evaluation._computed.cache_clear()
    rule, rows = "p AND n > 1 OR q", [{"p": None, "n": 2, "q": None}]
    try:
        assert one_by_one(rule, rows) != together(rule, rows)
    finally:
        monkeypatch.undo()
        evaluation._computed.cache_clear()
    assert one_by_one(rule, rows) == together(rule, rows)


@pytest.mark.parametrize("rule", ["p AND n > 1", "x / n >= 2.5", "code IN ('A', 'B')", "CAST(d AS INTEGER) - CAST(e AS INTEGER) > 28",
                                  "CASE WHEN p THEN x ELSE y END", "NOT (p OR q)", "1 / (1 + EXP(3 - x))", "ROUND(POWER(2, x), 1)", "GREATEST(x, LN(y), 0)",
                                  "CONCAT('T', CAST(n AS VARCHAR))", "COALESCE(p, FALSE)", "d <= DATE '2020-02-01'"])  # fmt: skip
def test_the_everyday_questions_of_a_form_are_answered_without_a_frame(rule: str) -> None:
    assert plain_room.plain(rule) is not None
