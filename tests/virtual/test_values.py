"""How an item comes about: within its range, by its distribution, the same for the same uniforms."""

from datetime import date

import pytest

from equipoise.chance import Stream
from equipoise.design import Distribution
from equipoise.forms import Item
from equipoise.forms.values import check_range, read_value
from equipoise.virtual.values import Asked, default_value, default_words, drawn_value, entered

LABEL = {"en": "Item", "zh": "条目"}
DAY = date(2021, 5, 3)


def item(type_="decimal", **more):
    return Item(**{"id": "x", "label": LABEL, "type": type_, **more})


def asked(of, number=0, **more):
    a, b, c = Stream(5, number).uniform(0, 3).tolist()
    return Asked(of, (a, b, c), DAY, **more)


def test_values_are_written_as_a_person_would_enter_them():
    assert entered(item(decimals=1), 61.449) == "61.4"
    assert entered(item(decimals=2), -0.001) == "0.00"
    assert entered(item("integer"), 3.6) == 4
    assert entered(item("boolean"), "true") is True
    assert entered(item("boolean"), "false") is False
    assert entered(item("date"), DAY) == "2021-05-03"
    assert entered(item(), None) is None


@pytest.mark.parametrize(
    "how",
    [
        {"normal": [50, 30]},
        {"lognormal": [4, 1]},
        {"uniform": [0, 500]},
        {"normal": [500, 1]},
        {"normal": [60, 0]},
    ],
)
@pytest.mark.parametrize("type_", ["integer", "decimal"])
def test_a_number_never_leaves_its_hard_range(how, type_):
    of = item(type_, hard={"min": 40, "max": 80.5 if type_ == "decimal" else 80})
    for number in range(100):
        value = drawn_value(asked(of, number), Distribution(**how), {})
        assert how.get("uniform") or check_range(of, value, "hard") is None


def test_a_normal_item_has_its_mean_and_spread():
    of = item(decimals=3)
    drawn = [
        float(drawn_value(asked(of, k, level=Stream(6, k).uniform(0)), Distribution(normal=(10, 2)), {}))
        for k in range(2000)
    ]
    mean = sum(drawn) / 2000
    sd = (sum((x - mean) ** 2 for x in drawn) / 1999) ** 0.5
    assert abs(mean - 10) < 4 * 2 / 2000**0.5
    assert abs(sd - 2) < 4 * 2 / 4000**0.5


def test_codes_come_by_their_weights_and_one_of_weight_zero_never():
    how = Distribution(choice={"a": 3, "b": 1, "c": 0})
    drawn = [drawn_value(asked(item("text"), k), how, {}) for k in range(2000)]
    assert abs(drawn.count("a") - 1500) < 4 * (2000 * 0.75 * 0.25) ** 0.5
    assert "c" not in drawn


def test_missing_is_as_frequent_as_it_should_be():
    drawn = [drawn_value(asked(item("integer"), k), Distribution(value=1, missing=0.3), {}) for k in range(2000)]
    assert abs(drawn.count(None) - 600) < 4 * (2000 * 0.21) ** 0.5


def test_days_after_an_unknown_date_are_unknown():
    how = Distribution.model_validate({"days_after": [2, 4], "from": "start"})
    drawn = {drawn_value(asked(item("date"), k), how, {"start": DAY}) for k in range(60)}
    assert drawn == {"2021-05-05", "2021-05-06", "2021-05-07"}
    assert drawn_value(asked(item("date")), how, {"start": None}) is None


@pytest.mark.parametrize("type_", ["integer", "decimal"])
def test_without_a_distribution_a_number_lies_within_its_soft_range(type_):
    of = item(type_, hard={"min": 0, "max": 300}, soft={"min": 35, "max": 120})
    for number in range(100):
        assert check_range(of, default_value(asked(of, number)), "soft") is None


def test_a_habit_is_given_up_when_the_answer_does_not_fit():
    codes = ("a", "b", "c")
    of = item("code", codelist="x")
    kept = [default_value(asked(of, k, codes=codes, last="b")) for k in range(300)]
    again = [default_value(asked(of, k, codes=codes, last="b", redrawn=True)) for k in range(300)]
    assert kept.count("b") > 230 > 150 > again.count("b")
    assert 120 < sum(default_value(asked(item("boolean"), k)) for k in range(300)) < 180  # equally likely, as is told
    assert sum(default_value(asked(item("boolean"), k, redrawn=True)) for k in range(300)) > 115


def test_the_forms_own_date_is_the_visit_and_others_lie_shortly_before():
    assert default_value(asked(item("date"), is_date_item=True)) == "2021-05-03"
    days = [date.fromisoformat(default_value(asked(item("date"), k))) for k in range(100)]
    assert all(0 <= (DAY - day).days < 15 for day in days)
    again = [date.fromisoformat(default_value(asked(item("date"), k, redrawn=True))) for k in range(100)]
    assert max((DAY - day).days for day in again) > 60


def test_remarks_are_in_the_language_of_the_site():
    remark = default_value(asked(item("text"), language="zh"))
    assert all("\u4e00" <= sign <= "\u9fff" for sign in remark)


def test_a_date_known_in_part_is_mostly_known_and_lacks_no_more_than_it_may():
    whole = item("partial_date")
    known = [len(default_value(asked(whole, k))) for k in range(600)]
    assert 500 < known.count(10) < 580
    assert known.count(7) > 20
    assert known.count(4) > 5
    assert {len(default_value(asked(item("partial_date", at_least="month"), k))) for k in range(300)} == {7, 10}
    assert {len(default_value(asked(item("partial_date", at_least="day"), k))) for k in range(300)} == {10}
    assert default_value(asked(whole, is_date_item=True)) == "2021-05-03"
    assert entered(whole, DAY) == "2021-05-03"
    assert entered(whole, "2021-05") == "2021-05"


def test_a_qualified_number_is_mostly_a_number_and_bears_each_of_its_qualifiers():
    viral = item("qualified_number", qualifiers={"<": "half", "ND": 0}, decimals=0, soft={"min": 50, "max": 500})
    drawn = [default_value(asked(viral, k)) for k in range(600)]
    assert all(read_value(viral, value) == value for value in drawn)
    assert 10 < sum(value.startswith("<") for value in drawn) < 60
    assert 10 < drawn.count("ND") < 60
    assert drawn_value(asked(viral), Distribution(choice={"<50": 1.0}), {}) == "<50"
    assert entered(viral, 61.4) == "61"


def test_what_is_supposed_of_a_birthday_is_told():
    assert default_words(item("date", id="birth_date")).in_("en") == "is 20 to 75 years before"
    assert default_words(item("date", id="birth_date", required=False)).in_("zh") == "为此前20至75年，五分之一为空"
