"""Reading what was entered: the canonical value, or why it does not fit, said in English and in Chinese."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.findings import Where
from equipoise.forms import Code, Codelist, Impute, Item, Range, values
from equipoise.forms.facets import rule_value
from equipoise.forms.partial_dates import imputed_day, read_partial
from equipoise.forms.values import Unusable, check_clock, check_range, read_value
from equipoise.wording import Text
from tests.chinese import unsaid

LABEL = Text(en="Item", zh="项目")
FEW = Codelist(id="place", codes=tuple(Code(code=code, label=LABEL) for code in ("liver", "lung")))
MANY = Codelist(id="many", codes=tuple(Code(code=f"code_{n}", label=LABEL) for n in range(15)))


def item(kind: str, **more) -> Item:
    more |= {"codelist": "place"} if kind == "code" else {}
    if kind == "qualified_number":
        more.setdefault("qualifiers", {"<": "half"})
    return Item(id="it", label=LABEL, type=kind, **more)


SIGNED = {"<": "half", "ND": 0}


# The item, what was entered, the codelist; the code, and a part of what is said in each language.
UNFIT = [
    (item("integer"), True, None, "not_an_integer", "`True` is a truth value", "是逻辑值"),
    (item("integer"), "4.5", None, "not_an_integer", "`4.5` is not a whole number", "`4.5`不是整数"),
    (item("integer"), "10²", None, "not_an_integer", "`10²` is not a whole number", "不是整数"),
    (item("integer"), "9" * 16, None, "not_an_integer", "at most 15. Look at the source", "最多15位"),
    (item("decimal"), "0." + "1" * 16, None, "not_a_number", "more digits than are kept", "各最多15位"),
    (item("decimal"), "1e400", None, "not_a_number", "more digits than are kept", "各最多15位"),
    (item("decimal"), "1½", None, "not_a_number", "`1½` is not a number", "不是数值"),
    (item("qualified_number"), "<" + "9" * 16, None, "not_a_number", "more digits than are kept", "各最多15位"),
    (item("decimal"), "4,2", None, "not_a_number", "Enter digits with a point", "请填写数字和小数点"),
    (item("decimal", decimals=1), "4.25", None, "decimals", "takes at most 1. Round it as", "最多保留1位小数"),
    (item("decimal", decimals=0, unit="cm"), "1.7", None, "decimals", "at most 0, in cm. Round it", "以cm计"),
    (item("boolean"), "maybe", None, "not_true_or_false", "Enter yes (true, 是) or no (false, 否).", "否（false、no）"),
    (item("date"), "30.6.2024", None, "not_a_date", "`30.6.2024` is not a date", "不是日期"),
    (item("date"), "2023-02-29", None, "impossible_date", "there is no such day", "没有这一天"),
    (item("date"), "1066-10-14", None, "impossible_date", "before 1850", "1850年以前"),
    (item("datetime"), "2024-06-30", None, "not_a_datetime", "Enter date and time.", "请填写日期和时间。"),
    (item("datetime"), "2024-06-30T10:00:00.1234567", None, "not_a_datetime", "at most 6 are kept", "最多保存6位小数"),
    (item("datetime"), datetime(1066, 10, 14, 9), None, "impossible_date", "before 1850", "1850年以前"),  # noqa: DTZ001
    (item("partial_date"), "April 2025", None, "not_a_partial_date", "2024-06-UN, 2024-06 or 2024", "未知部分写UN"),
    (item("partial_date"), "2025-13", None, "impossible_date", "there is no such day", "没有这一天"),
    (item("partial_date"), "2025-02-30", None, "impossible_date", "there is no such day", "没有这一天"),
    (item("partial_date"), "1066", None, "impossible_date", "before 1850", "1850年以前"),
    (item("partial_date"), "UN", None, "too_little_known", "needs at least the year", "至少须填写年"),
    (item("partial_date", at_least="month"), "2025", None, "too_little_known", "year and month", "年和月"),
    (item("partial_date", at_least="day"), "2025-04", None, "too_little_known", "the whole date", "完整日期"),
    (item("qualified_number", qualifiers=SIGNED), ">5", None, "unknown_qualifier", "are <, ND. Enter", "限定符为<、ND"),
    (
        item("qualified_number", qualifiers=SIGNED),
        "<four",
        None,
        "not_a_qualified_number",
        "no number",
        "没有可读取的数值",
    ),
    (
        item("qualified_number", qualifiers=SIGNED, decimals=1),
        "<4.25",
        None,
        "decimals",
        "at most 1",
        "最多保留1位小数",
    ),
    (item("text"), "x" * 10_001, None, "too_long", "the text has 10001 characters", "文本有10001个字符"),
    (item("text"), "a\x07b", None, "not_text", r"`a\x07b` holds control characters", "含有控制字符"),
    (item("text"), ["a", "b"], None, "not_text", "one text is asked for", "应填一段文本"),
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


FIGURES = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]
TYPED = [
    ("integer", "-2024", -2024), ("decimal", "20.24", "20.24"), ("date", "2024-02-29", "2024-02-29"),
    ("datetime", "2024-02-29T09:30", "2024-02-29T09:30:00"), ("partial_date", "2024-02", "2024-02"),
    ("qualified_number", "<40.5", "<40.5"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "meant"), TYPED)
def test_figures_of_every_script_are_the_same_value(kind, typed, meant):
    for figures in FIGURES:
        foreign = typed.translate(str.maketrans("0123456789", figures))
        assert read_value(item(kind), foreign) == meant
        assert read_value(item(kind), foreign.replace("-", "\u2212")) == meant


@pytest.mark.parametrize("raised", ["²", "₂", "②", "½", "Ⅳ", "1²", "⒈"])
@pytest.mark.parametrize("kind", ["integer", "decimal", "qualified_number"])
def test_what_is_raised_circled_or_a_fraction_is_never_taken_for_a_figure(kind, raised):
    with pytest.raises(Unusable):
        read_value(item(kind), raised)


def test_control_folding_by_compatibility_would_take_a_power_for_another_number(monkeypatch):
    """As it was once: NFKC, which makes 102 of 10²."""
    monkeypatch.setattr(values, "plain_writing", lambda text: unicodedata.normalize("NFKC", text))
    assert read_value(item("integer"), "10²") == 102


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [("decimal", "1.2e5", "120000"), ("decimal", "5E-05", "0.00005"), ("integer", "52.0", 52), ("decimal", "4.20", "4.20"),
     ("qualified_number", "<1e3", "<1000"), ("text", "00012", "00012"),
     ("text", "one\r\ntwo\rthree", "one\ntwo\nthree")],
)  # fmt: skip
def test_a_number_may_be_written_as_instruments_and_programs_write_it(kind, typed, meant):
    assert read_value(item(kind), typed) == meant


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


@pytest.mark.parametrize(
    "kind", ["integer", "decimal", "boolean", "date", "datetime", "text", "code", "partial_date", "qualified_number"]
)
@given(raw=ANYTHING)
def test_whatever_is_entered_gives_a_value_or_a_finding_in_both_languages(kind, raw):
    try:
        value = read_value(item(kind), raw, FEW)
    except Unusable as unusable:
        assert unsaid(unusable.at(Where())) == []
    else:
        assert value is None or isinstance(value, (str, int))
        assert not isinstance(value, (date, datetime, float))


@pytest.mark.parametrize(
    ("raw", "zone", "kept"),
    [
        ("2023-03-01T10:00:00+08:00", "Asia/Shanghai", "2023-03-01T10:00:00+08:00"),
        ("2023-03-01T18:00Z", "Asia/Shanghai", "2023-03-02T02:00:00+08:00"),
        ("2023-03-01T18:00Z", "America/New_York", "2023-03-01T13:00:00-05:00"),
        ("2023-07-01T18:00Z", "America/New_York", "2023-07-01T14:00:00-04:00"),
        ("2023-03-01T18:00Z", None, "2023-03-01T18:00:00+00:00"),
        ("2023-03-01T10:00", "Asia/Shanghai", "2023-03-01T10:00:00"),
    ],
)
def test_a_time_with_an_offset_is_kept_as_the_clock_of_the_site_told_it(raw, zone, kept):
    assert read_value(item("datetime"), raw, None, zone) == kept


def test_a_time_at_the_end_of_the_calendar_does_not_fit():
    with pytest.raises(Unusable) as unusable:
        read_value(item("datetime"), "9999-12-31T23:59-12:00", None, "Asia/Shanghai")
    assert unusable.value.code == "not_a_datetime"


@pytest.mark.parametrize(
    ("value", "zone", "code", "said"),
    [
        ("2023-03-12T02:30:00", "America/New_York", "value.skipped_time", "2023-03-12T01:30:00-05:00 or 2023-03-12T03:30:00-04:00"),
        ("2023-11-05T01:30:00", "America/New_York", "value.repeated_time", "2023-11-05T01:30:00-04:00 or 2023-11-05T01:30:00-05:00"),
        ("2023-03-12T03:00:00", "America/New_York", None, None),
        ("2023-11-05T02:00:00", "America/New_York", None, None),
        ("2023-11-05T01:30:00-05:00", "America/New_York", None, None),
        ("2023-03-12T02:30:00", "Asia/Shanghai", None, None),
        ("2023-03-12T02:30:00", None, None, None),
    ],
)  # fmt: skip
def test_a_local_time_that_the_clock_skips_or_repeats_is_told_with_both_that_may_be_meant(value, zone, code, said):
    found = check_clock(value, zone)
    assert (found and found.code) == code
    assert found is None or (said in found.tell("en") and unsaid(found) == [])


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("2025-04-30", "2025-04-30"),
        ("2025-04", "2025-04"),
        ("2025-04-UN", "2025-04"),
        ("2025-04-unk", "2025-04"),
        ("2025", "2025"),
        (2025, "2025"),
        ("2025-UN-UN", "2025"),
        ("2025-UN-15", "2025---15"),
        ("2025---15", "2025---15"),
        ("UN-UN", "UN"),
        ("UN-UN-UN", "UN"),
        ("２０２５-０４", "2025-04"),
        (date(2025, 4, 30), "2025-04-30"),
    ],
)
def test_the_known_part_of_a_date_is_kept_in_iso_8601(raw, kept):
    assert read_value(item("partial_date", at_least="nothing"), raw) == kept


# What is known, how the rest is imputed (day, month), bounds; the day, worked out by hand after ADaMIG 1.3, 3.1.3.
IMPUTED = [
    ("2025-04-30", None, None, (), (), "2025-04-30"),
    ("2025-04", None, None, (), (), None),
    ("2025-04", "first", None, (), (), "2025-04-01"),
    ("2025-04", "middle", None, (), (), "2025-04-15"),
    ("2025-04", "last", None, (), (), "2025-04-30"),
    ("2024-02", "last", None, (), (), "2024-02-29"),
    ("2025", "first", None, (), (), None),
    ("2025", None, "first", (), (), "2025-01-01"),
    ("2025", None, "middle", (), (), "2025-06-30"),
    ("2025", None, "last", (), (), "2025-12-31"),
    ("2025---15", None, "middle", (), (), "2025-06-15"),
    ("2025---31", None, "middle", (), (), "2025-05-31"),
    ("2025---31", None, "last", (), (), "2025-12-31"),
    ("UN", "first", "first", (), (), None),
    ("2025-04", "first", None, ("2025-04-10",), (), "2025-04-10"),
    ("2025-04", "first", None, ("2025-05-10",), (), "2025-04-01"),
    ("2025-04", "first", None, ("2025-03-10",), (), "2025-04-01"),
    ("2025-04", "last", None, (), ("2025-04-12",), "2025-04-12"),
    ("2025-04", "last", None, (), ("2025-03-12",), "2025-04-30"),
    ("2025---15", None, "last", (), ("2025-11-20",), "2025-11-15"),
    ("2025-04-20", "last", None, (), ("2025-04-12",), "2025-04-20"),
]


@pytest.mark.parametrize(("known", "day", "month", "before", "after", "wanted"), IMPUTED)
def test_a_missing_part_is_imputed_as_the_protocol_says_and_never_against_what_is_known(
    known, day, month, before, after, wanted
):
    how = Impute(day=day, month=month)
    bounds = ([date.fromisoformat(one) for one in side] for side in (before, after))
    found = imputed_day(read_partial(known), how, *bounds)
    assert (found and found.isoformat()) == wanted


MARKED = item("qualified_number", qualifiers={"<": "half", ">": "limit", "<=": 1.5, "ND": 0, "TNTC": "nothing"})


@pytest.mark.parametrize(
    ("raw", "kept", "counts", "qualifier", "number"),
    [
        ("<400", "<400", 200.0, "<", 400.0),
        ("< 400", "<400", 200.0, "<", 400.0),
        ("＜４００", "<400", 200.0, "<", 400.0),
        (">1000", ">1000", 1000.0, ">", 1000.0),
        ("≤3", "<=3", 1.5, "<=", 3.0),
        ("ND", "ND", 0.0, "ND", None),
        ("nd", "ND", 0.0, "ND", None),
        ("TNTC", "TNTC", None, "TNTC", None),
        ("5.20", "5.20", 5.2, None, 5.2),
        (5, "5", 5.0, None, 5.0),
    ],
)
def test_a_number_keeps_its_qualifier_and_counts_as_the_protocol_says(raw, kept, counts, qualifier, number):
    assert read_value(MARKED, raw) == kept
    said = [rule_value(MARKED, kept, key=key) for key in ("", "qualifier", "number")]
    assert said == [counts, qualifier, number]


@pytest.mark.parametrize(
    ("of", "value", "fits"),
    [
        (MARKED, "<400", True),
        (MARKED, "<50", False),
        (MARKED, "<51", True),
        (MARKED, ">300", False),
        (MARKED, ">299", True),
        (MARKED, "<=50", True),
        (MARKED, "301", False),
        (MARKED, "ND", True),
        (item("partial_date"), "2024", True),
        (item("partial_date"), "2023-12", False),
        (item("partial_date"), "2024-12-02", False),
        (item("partial_date"), "2024-12", True),
        (item("partial_date"), "UN", True),
    ],
)
def test_a_range_refuses_only_what_lies_outside_whatever_is_meant(of, value, fits):
    limits = Range(min="2024-01-05", max="2024-12-01") if of.type == "partial_date" else Range(min=50, max=300)
    found = check_range(of.model_copy(update={"hard": limits}), value, "hard")
    assert (found is None) == fits
    assert found is None or unsaid(found) == []
