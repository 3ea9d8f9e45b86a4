"""A rule is checked against the typed names that it may use, before anybody is enrolled by it."""

from __future__ import annotations

import pytest

from equipoise.findings import Finding, Where
from equipoise.rules import Column, Expectation, check_rule

COLUMNS = {
    c.name: c
    for c in (
        Column("age", "integer", "years"),
        Column("weight", "decimal", "kg"),
        Column("height", "decimal", "cm"),
        Column("sex", "code", codes=frozenset({"F", "M"})),
        Column("seen", "date"),
        Column("born", "date"),
        Column("at", "datetime"),
        Column("well", "boolean"),
        Column("note", "text"),
    )
}
HERE = Where("protocol.yaml", 3, "x")


def check(rule: str, expect: Expectation | None = "boolean") -> list[Finding]:
    return check_rule(
        rule, COLUMNS, expect=expect, where=HERE, known_elsewhere={"dose": "recorded at visit cycle_1, after screening"}
    )


def codes(rule: str, expect: Expectation | None = "boolean") -> list[str]:
    return [finding.code for finding in check(rule, expect)]


@pytest.mark.parametrize(
    "rule",
    [
        "age >= 18 AND sex IN ('F', 'M')",
        "weight / height > 0.3",
        "weight / 2 > 30",
        "seen > DATE '2020-01-01'",
        "well",
        "NOT well",
        "seen > born + INTERVAL '18 years'",
        "CAST(seen AS INTEGER) - CAST(born AS INTEGER) > 28",
        "note LIKE 'a%'",
        "sex IS NULL",
        "COALESCE(well, FALSE)",
        "CASE WHEN sex = 'F' THEN age > 18 ELSE age > 20 END",
        "age BETWEEN 18 AND 70",
        "EXTRACT(YEAR FROM seen) > 2020",
        "LEAST(seen, born) = born",
        "CAST(note AS INTEGER) > 3",
        "NULL",
        "DATE(note, '%Y%m%d') > seen",
        "at > seen",
    ],
)
def test_a_sound_rule_has_no_findings(rule: str) -> None:
    assert check(rule) == []


def test_an_unknown_name_is_answered_with_the_nearest_one() -> None:
    (finding,) = check("agee > 18")
    assert finding.code == "rule.unknown_name"
    assert "`age`" in finding.mend
    assert finding.where == HERE


def test_a_name_that_comes_later_in_the_trial_is_told_with_when_it_comes() -> None:
    (finding,) = check("dose > 1")
    assert (finding.code, finding.why) == ("rule.not_yet_recorded", "recorded at visit cycle_1, after screening")


@pytest.mark.parametrize(
    "rule",
    [
        "sex = 'X'",
        "sex IN ('F', 'X')",
        "sex <> 'X'",
        "'X' = sex",
        "CASE sex WHEN 'X' THEN TRUE END",
        "NULLIF(sex, 'X') = 'F'",
        "sex NOT IN ('X')",
    ],
)
def test_a_code_that_nobody_defined_is_found(rule: str) -> None:
    assert codes(rule) == ["rule.unknown_code"]


def test_a_code_that_a_rule_gives_must_be_in_the_codelist_of_what_it_fills() -> None:
    found = check_rule(
        "CASE WHEN age > 60 THEN 'old' ELSE 'yuong' END",
        COLUMNS,
        expect="code",
        where=HERE,
        expect_codes=frozenset({"old", "young"}),
    )
    assert [f.code for f in found] == ["rule.unknown_code"]
    assert "'young'" in found[0].mend


@pytest.mark.parametrize(
    "rule",
    [
        "weight > height",
        "weight + height > 3",
        "weight * 2 > height",
        "-weight > height",
        "weight + 0.5 > height",
        "weight * 1.5 > height",
        "weight BETWEEN height AND 3",
        "CASE WHEN weight = height THEN TRUE END",
    ],
)
def test_units_that_do_not_match_are_found(rule: str) -> None:
    assert "rule.units_differ" in codes(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "weight + height",
        "age = 'a'",
        "seen > '2020-01-01'",
        "weight > 3 AND height",
        "sex > 3",
        "LN(sex) > 1",
        "CAST(note AS DATE) > seen",
        "age",
        "'a'",
        "1",
    ],
)
def test_a_rule_of_the_wrong_type_is_found(rule: str) -> None:
    assert "rule.wrong_type" in codes(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "seen - born > 28",
        "seen - born = 28",
        "28 < seen - born",
        "seen - born > 28 AND well",
        "seen - born > 28.5",
        "(seen - born) / 365.25 >= 18",
        "(seen - born) / 2 > 9",
    ],
)
def test_a_length_of_time_is_not_compared_with_a_number_because_it_would_count_microseconds(rule: str) -> None:
    (finding,) = check(rule)
    assert finding.code == "rule.wrong_type"
    assert "CAST(later AS INTEGER)" in finding.mend


def test_a_length_of_time_is_not_taken_for_a_number_either() -> None:
    assert codes("(seen - born) / 365.25", "number") == ["rule.wrong_type"]


@pytest.mark.parametrize(
    ("rule", "expect"),
    [
        ("age", "integer"),
        ("weight", "number"),
        ("age", "number"),
        ("sex", "code"),
        ("note", "text"),
        ("seen", "date"),
        ("at", "datetime"),
        ("NULL", "date"),
        ("age / 2", "decimal"),
    ],
)
def test_a_rule_may_give_any_type_that_is_asked_for(rule: str, expect: Expectation) -> None:
    assert codes(rule, expect) == []


@pytest.mark.parametrize(
    ("rule", "expect"), [("weight", "integer"), ("well", "number"), ("at", "date"), ("seen", "text")]
)
def test_and_no_other(rule: str, expect: Expectation) -> None:
    assert codes(rule, expect) == ["rule.wrong_type"]


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("agee > 18", "Did you mean `age`?", "规则用到“agee”；没有该名称的条目、变量或内置值。是否指“age”？"),
        ("shoe > 18", "Define an item", "请定义该名称的条目或变量"),
        ("dose > 1", "`dose`, which cannot be used here", "规则用到“dose”，此处不可使用"),
        ("sex = 'X'", "The codes are: F, M.", "'X' 不是“sex”的代码；其代码表未定义该代码。代码为：F、M。"),
        ("weight > height", "sets kg against cm", "以kg对照cm；两侧单位不同"),
        ("sex > 3", "`sex` is a code (text). Compare like with like", "“sex”为代码（文本）。请以同类比较"),
        ("1 + 'a' > DATE '2020-01-01'", "does not fit together", "前后不符"),
        ("age", "gives a number; here true or false is needed", "结果为数值；此处需要真或假"),
        ("seen - born > 28", "a length of time against a number", "以时长与数值相比；将以微秒计"),
        ("seen - born", "gives a length of time", "结果为时长"),
        ("age IS TRUE", "hides what a missing value counts as", "掩盖了缺失值按何处理"),
        ("FOO(age) > 1", "the function FOO is not part", "函数 FOO 不属于规则语言"),
        ("age >", "for example: age >= 18", "请写成 SQL 表达式"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_in_both_languages(rule: str, english: str, chinese: str) -> None:
    (finding,) = check(rule)
    assert english in finding.tell()
    assert chinese in finding.tell("zh")


def test_a_day_is_not_a_day_with_a_time() -> None:
    (finding,) = check("at", "date")
    assert (finding.what, finding.why) == ("the rule `at` gives a date and time", "here a date is needed")
    assert "`CAST(at AS DATE)`, which takes the day" in finding.mend
    assert "`CAST(at AS DATE)`（取其日期）" in finding.say("zh").mend
