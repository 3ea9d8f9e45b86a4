"""What the rule language is made of, and what it refuses."""

from __future__ import annotations

import polars as pl
import pytest

from equipoise.findings import Refusal, Where
from equipoise.rules import evaluate, read_rule


def refused(text: str) -> str:
    with pytest.raises(Refusal) as caught:
        read_rule(text, Where("protocol.yaml", 7, "eligibility.I1"))
    (finding,) = caught.value.findings
    assert finding.code == "rule.unreadable"
    assert finding.where.line == 7
    return str(finding)


def test_a_rule_knows_the_names_it_uses_in_order_of_appearance() -> None:
    rule = read_rule("ebv_dna > 0 OR response IN ('SD', 'PD') OR ebv_dna IS NULL")
    assert rule.names == ("ebv_dna", "response")


def test_a_name_may_stand_in_double_quotes() -> None:
    assert read_rule('"age" > 3').names == ("age",)


@pytest.mark.parametrize(
    "text",
    [
        "SUM(age) > 3",
        "COUNT(*) > 2",
        "MAX(age) > 3",
        "FIRST(age) > 1",
        "LAG(age) > 1",
        "ROW_NUMBER() > 1",
        "COLUMNS('a.*')",
        "UNNEST(age)",
        "read_csv('x')",
    ],
)
def test_a_function_that_looks_beyond_one_row_is_not_part_of_the_language(text: str) -> None:
    assert "is not part of the rule language" in refused(text)


def test_a_misspelled_function_is_answered_with_the_nearest_one() -> None:
    assert "Did you mean ROUND?" in refused("RUOND(age) > 3")


@pytest.mark.parametrize(
    "text",
    [
        "(SELECT 1)",
        "age IN (SELECT 1)",
        "age > 3; DROP TABLE x",
        "age > 3 -- really",
        "age /* x */ > 3",
        "AVG(age) OVER () > 1",
        "EXISTS (SELECT 1)",
    ],
)
def test_a_rule_is_one_expression_and_never_a_statement(text: str) -> None:
    refused(text)


@pytest.mark.parametrize("text", ["", "age >", "age > > 3", "*", "DATE '2020-02-31' > d"])
def test_what_is_not_an_expression_is_told_with_an_example(text: str) -> None:
    assert "for example" in refused(text)


def test_words_in_quotes_are_values_and_not_language() -> None:
    frame = pl.DataFrame({"text": ["select; --", "SUM(x)"]})
    assert evaluate("text = 'select; --'", frame).to_list() == [True, False]
    assert evaluate("text = 'SUM(x)' OR text = 'x IS TRUE'", frame).to_list() == [False, True]


def test_a_word_after_a_complete_rule_is_refused_because_sql_would_take_it_as_a_name() -> None:
    assert "`years`" in refused("age > 18 years")


@pytest.mark.parametrize("text", ["a IS TRUE", "a IS NOT TRUE", "a is not false"])
def test_is_true_is_refused_because_it_hides_what_a_missing_value_counts_as(text: str) -> None:
    assert "COALESCE" in refused(text)


def test_numbers_are_whole_or_double_so_a_cast_to_fixed_point_is_refused() -> None:
    assert "ROUND" in refused("CAST(weight AS DECIMAL(5, 2)) > 3")
