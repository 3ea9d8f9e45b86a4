"""Functions of rules

Every function that a rule may use, with an example.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from equipoise.rules import FUNCTIONS, compute
from tests.spec.example import named_columns

# Name: what it gives, an example, and its value for age 70, weight 64.5 kg, sex F, visit_date 2024-02-29, and ae_term ' Nausea '.
VALUES = {"age": 70, "weight": 64.5, "sex": "F", "visit_date": date(2024, 2, 29), "ae_term": " Nausea ", "height": None}
EXAMPLES: dict[str, tuple[str, str, Any]] = {
    "ABS": ("the number without its sign", "ABS(60 - age)", 10),
    "AGE": (
        "the age in completed years, of a birth on a day (29 February: 1 March of other years); missing before birth",
        "AGE(DATE '2000-02-29', DATE '2023-02-28')", 22,
    ),
    "CEIL": ("rounded up", "CEIL(weight)", 65.0),
    "COALESCE": ("the first that is not missing", "COALESCE(height, 1.7)", 1.7),
    "CONCAT": ("texts joined", "CONCAT(sex, '-', site)", "F-S01"),
    "CONCAT_WS": ("texts joined by the first", "CONCAT_WS('/', sex, 'x')", "F/x"),
    "DATE": ("a text as a date", "DATE('2024-02-29')", date(2024, 2, 29)),
    "DATE_DIFF": (
        "the completed days, weeks, months or years from one date to another, negative backwards",
        "DATE_DIFF('month', DATE '2024-01-31', visit_date)", 0,
    ),
    "DATE_PART": ("a part of a date", "DATE_PART('year', visit_date)", 2024),
    "ENDS_WITH": ("whether a text ends so", "ENDS_WITH('S01', '01')", True),
    "EXP": ("e to the power", "EXP(0)", 1.0),
    "FLOOR": ("rounded down", "FLOOR(weight)", 64.0),
    "GREATEST": ("the greatest that is not missing", "GREATEST(weight, height, 60)", 64.5),
    "IF": ("one of two", "IF(age > 65, 'old', 'young')", "old"),
    "IFNULL": ("the second when the first is missing", "IFNULL(height, 0)", 0.0),
    "LEAST": ("the least that is not missing", "LEAST(weight, height, 60)", 60.0),
    "LEFT": ("the first characters", "LEFT('NPC-001', 3)", "NPC"),
    "LENGTH": ("how many characters", "LENGTH('鼻咽癌')", 3),
    "LN": ("the natural logarithm", "LN(1)", 0.0),
    "LOG": ("the logarithm to a base", "LOG(8, 2)", 3.0),
    "LOG10": ("the decimal logarithm, inexact in the last digit: compare `x >= 1000`, not `LOG10(x) >= 3`", "ROUND(LOG10(1000), 9)", 3.0),
    "LOG2": ("the binary logarithm", "LOG2(8)", 3.0),
    "LOWER": ("in small letters", "LOWER('ECOG')", "ecog"),
    "LPAD": ("filled up on the left", "LPAD('7', 3, '0')", "007"),
    "LTRIM": ("without spaces on the left", "LTRIM(ae_term)", "Nausea "),
    "MOD": ("the remainder", "MOD(age, 60)", 10),
    "NULLIF": ("missing when both are equal", "NULLIF(age, 70)", None),
    "POW": ("to the power", "POW(2, 3)", 8.0),
    "POWER": ("to the power", "POWER(weight, 0)", 1.0),
    "REPLACE": ("a text with one part replaced", "REPLACE('T1a', 'a', 'b')", "T1b"),
    "RIGHT": ("the last characters", "RIGHT('NPC-001', 3)", "001"),
    "ROUND": ("rounded to decimals", "ROUND(weight / 3, 1)", 21.5),
    "RPAD": ("filled up on the right", "RPAD('7', 3, '0')", "700"),
    "RTRIM": ("without spaces on the right", "RTRIM(ae_term)", " Nausea"),
    "SIGN": ("-1, 0 or 1", "SIGN(60 - age)", -1),
    "SQRT": ("the square root", "SQRT(weight * 0 + 4)", 2.0),
    "STARTS_WITH": ("whether a text begins so", "STARTS_WITH(site, 'S')", True),
    "STRFTIME": ("a date as text in a format", "STRFTIME(visit_date, '%d.%m.%Y')", "29.02.2024"),
    "STRPTIME": ("a text in a format as date and time", "CAST(STRPTIME('29/02/2024', '%d/%m/%Y') AS DATE)", date(2024, 2, 29)),
    "SUBSTR": ("a part of a text", "SUBSTR('NPC-001', 5, 3)", "001"),
    "TRIM": ("without spaces on either side", "TRIM(ae_term)", "Nausea"),
    "UPPER": ("in capital letters", "UPPER('f')", "F"),
}  # fmt: skip


def value_of(rule: str) -> Any:
    return compute(rule, {**VALUES, "site": "S01"}, named_columns())


def test_every_function_of_the_language_has_an_example_and_no_other():
    assert sorted(FUNCTIONS - EXAMPLES.keys()) == []
    assert {name for name, (_, rule, _) in EXAMPLES.items() if f"{name}(" not in rule} == set()


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_gives_what_its_example_says(name: str):
    _, rule, expected = EXAMPLES[name]
    assert value_of(rule) == expected
