"""Reading what was entered: the canonical value, or why it does not fit, said in English and in Chinese."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.findings import Where
from equipoise.forms import Code, Codelist, Item, Range
from equipoise.forms.values import Unusable, check_range, read_value
from equipoise.wording import Text
from tests.chinese import unsaid

LABEL = Text(en="Item", zh="项目")
FEW = Codelist(id="place", codes=tuple(Code(code=code, label=LABEL) for code in ("liver", "lung")))
MANY = Codelist(id="many", codes=tuple(Code(code=f"code_{n}", label=LABEL) for n in range(15)))


def item(kind: str, **more) -> Item:
    return Item(id="it", label=LABEL, type=kind, **({"codelist": "place"} if kind == "code" else {}), **more)


# The item, what was entered, the codelist; the code, and a part of what is said in each language.
UNFIT = [
    (item("integer"), True, None, "not_an_integer", "`True` is a truth value", "是逻辑值"),
    (item("integer"), "4.5", None, "not_an_integer", "`4.5` is not a whole number", "`4.5`不是整数"),
    (item("decimal"), "4,2", None, "not_a_number", "Enter digits with a point", "请填写数字和小数点"),
    (item("decimal", decimals=1), "4.25", None, "decimals", "takes at most 1. Round it as", "最多保留1位小数"),
    (item("decimal", decimals=0, unit="cm"), "1.7", None, "decimals", "at most 0, in cm. Round it", "以cm计"),
    (item("boolean"), "maybe", None, "not_true_or_false", "Enter yes (true, 是) or no (false, 否).", "否（false、no）"),
    (item("date"), "30.6.2024", None, "not_a_date", "`30.6.2024` is not a date", "不是日期"),
    (item("date"), "2023-02-29", None, "impossible_date", "there is no such day", "没有这一天"),
    (item("date"), "1066-10-14", None, "impossible_date", "before 1850", "1850年以前"),
    (item("datetime"), "2024-06-30", None, "not_a_datetime", "Enter date and time.", "请填写日期和时间。"),
    (item("text"), "x" * 10_001, None, "too_long", "the text has 10001 characters", "文本有10001个字符"),
    (item("text"), "a\x07b", None, "not_text", r"`a\x07b` holds control characters", "含有控制字符"),
    (item("code"), "lungs", FEW, "unknown_code", "its codes are liver, lung. Did you mean lung?", "是否应为lung？"),
    (item("code"), "toe", FEW, "unknown_code", "Choose one of them.", "可用代码为liver、lung。请从中选择。"),
    (item("code"), "toe", MANY, "unknown_code", "code_11 and 3 more", "code_11等（另有3个）"),
]


@pytest.mark.parametrize(("of", "raw", "codelist", "code", "english", "chinese"), UNFIT)
def test_a_value_that_does_not_fit_is_told_in_both_languages(of, raw, codelist, code, english, chinese):
    with pytest.raises(Unusable) as unusable:
        read_value(of, raw, codelist)
    found = unusable.value.at(Where(path="form.it"))
    assert found.code == f"value.{code}"
    assert found.where.path == "form.it"
    assert english in found.tell("en")
    assert chinese in found.tell("zh")


def test_whoever_read_the_value_says_it_under_a_code_of_their_own():
    with pytest.raises(Unusable) as unusable:
        read_value(item("integer"), "x")
    assert unusable.value.at(Where(file="a.csv", line=3), "import").code == "import.not_an_integer"


@pytest.mark.parametrize(
    ("codes", "typed", "meant"),
    [
        (("related", "possible"), "unrelated", None),
        (("unrelated", "possible"), "related", None),
        (("yes",), "yess", "yes"),
    ],
)
def test_a_code_is_never_suggested_that_says_the_opposite(codes, typed, meant):
    codelist = Codelist(id="c", codes=tuple(Code(code=code, label=LABEL) for code in codes))
    with pytest.raises(Unusable) as unusable:
        read_value(item("code"), typed, codelist)
    told = str(unusable.value.at(Where()))
    assert ("Did you mean" in told) == (meant is not None)
    assert meant is None or f"Did you mean {meant}?" in told


@pytest.mark.parametrize(
    ("which", "value", "english", "chinese"),
    [
        ("hard", "49.9", "49.9 cm is below 50 cm", "49.9 cm低于50 cm"),
        ("soft", "220.0", "220.0 cm is above 210 cm", "220.0 cm高于210 cm"),
        ("hard", "50.0", None, None),
        ("soft", "210.0", None, None),
    ],
)
def test_a_range_is_told_with_the_unit_and_includes_its_limits(which, value, english, chinese):
    height = item("decimal", unit="cm", hard=Range(min=50, max=250), soft=Range(min=120, max=210))
    found = check_range(height, value, which)
    if english is None:
        assert found is None
    else:
        assert found.code == ("value.out_of_range" if which == "hard" else "value.unusual")
        assert english in found.tell("en")
        assert chinese in found.tell("zh")


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.dates(), st.datetimes()
)


@pytest.mark.parametrize("kind", ["integer", "decimal", "boolean", "date", "datetime", "text", "code"])
@given(raw=ANYTHING)
def test_whatever_is_entered_gives_a_value_or_a_finding_in_both_languages(kind, raw):
    try:
        value = read_value(item(kind), raw, FEW)
    except Unusable as unusable:
        assert unsaid(unusable.at(Where())) == []
    else:
        assert value is None or isinstance(value, (str, int))
        assert not isinstance(value, (date, datetime, float))
