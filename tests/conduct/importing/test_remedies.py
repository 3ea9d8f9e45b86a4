"""The law of remedies: whoever follows the first remedy of a Finding to the letter keeps the value, up to the data cut.

Giving a value up comes last, and says what is lost.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from equipoise.conduct.importing import cells
from equipoise.conduct.importing.clauses import accept_clause
from equipoise.conduct.importing.mapping import Reads
from equipoise.conduct.importing.remedies import ColumnOfText, remedy
from equipoise.datacut.freeze import freeze
from equipoise.words import Phrase
from tests.conduct.importing.event_trial import ACTS, BASELINE, faults, new_study, taking
from tests.conduct.importing.remedying import first_remedy, follow

# What stands in the file, as what its column is read at first, the item that it fills, and what the cut then holds in
# the first row; cells after a bar are the rows below, which say how the column is written.
CASES: dict[str, tuple[str, str, str, Any]] = {
    "a decimal comma": ("60,5", "decimal", "size", 60.5),
    "a decimal comma among points": ("60,5|61.5", "decimal", "size", 60.5),
    "a decimal point among commas": ("60.5|61,5|7,25", "decimal", "size", 60.5),
    "a decimal comma for a whole number": ("52,0", "integer", "count_of", 52),
    "a point and nothing after it": ("52.0", "integer", "count_of", 52),
    "a number with its unit": ("60.5 cm", "decimal", "size", 60.5),
    "a whole number with its unit": ("52 years", "integer", "count_of", 52),
    "thousands with a comma": ("12,345", "integer", "count_of", 12345),
    "thousands with a space": ("12 345", "integer", "count_of", 12345),
    "thousands with an apostrophe": ("12'345", "integer", "count_of", 12345),
    "millions": ("1,234,567", "decimal", "size", 1234567.0),
    "thousands with a point and decimals": ("1.234,5|12,5", "decimal", "size", 1234.5),
    "thousands with a comma and decimals": ("1,234.5", "decimal", "size", 1234.5),
    "millions with spaces and decimals": ("1 234 567,25", "decimal", "size", 1234567.25),
    "thousands below a limit, without decimals": ("< 12,345", "qualified_number", "level_of", {"level_of_qualifier": "<", "level_of_number": 12345.0}),
    "thousands without a limit": ("1,234,567", "qualified_number", "level_of", {"level_of_qualifier": None, "level_of_number": 1234567.0}),
    "a limit with its unit": ("<400 copies", "qualified_number", "level_of", {"level_of_qualifier": "<", "level_of_number": 400.0}),
    "thousands below a limit": ("<1,234.5", "qualified_number", "level_of", {"level_of_qualifier": "<", "level_of_number": 1234.5}),
    "not detected in words": ("Not detected|<400", "qualified_number", "level_of", {"level_of_qualifier": "ND"}),
    "not detected in Chinese": ("未检出", "qualified_number", "level_of", {"level_of_qualifier": "ND"}),
    "a month among days with slashes, as known in part": ("UN/04/2025|13/04/2025", "partial_date", "onset_of", {"onset_of_known": "2025-04"}),
    "a full day with slashes, as known in part": ("13/04/2025", "partial_date", "onset_of", {"onset_of_known": "2025-04-13"}),
    "an afternoon of twelve hours": ("2023-03-01 02:30 PM", "datetime", "moment_of", datetime(2023, 3, 1, 14, 30)),
    "midnight of twelve hours": ("12/31/2023 12:05:09 AM", "datetime", "moment_of", datetime(2023, 12, 31, 0, 5, 9)),
    "a point at the end": ("52.", "decimal", "size", 52.0),
    "more digits than are kept": ("0.14285714285714285", "decimal", "size", 0.142857142857143),
    "more decimals than the item takes": ("60.123", "decimal", "short", 60.1),
    "what a computation left behind": ("60.300000000000004", "decimal", "short", 60.3),
    "a serial number with a time": ("44986.5|44987", "date", "day_of", date(2023, 3, 1)),
    "a serial number with a time, as a moment": ("44986.5", "date", "moment_of", datetime(2023, 3, 1, 12)),
    "a moment in a column of days": ("2023-03-01 10:00:00|2023-03-02 00:00:00", "date", "day_of", date(2023, 3, 1)),
    "a moment of ISO in a column of days": ("2023-03-01T10:00", "date", "day_of", date(2023, 3, 1)),
    "a minus sign of a word processor": ("−5", "decimal", "size", -5.0),
    "digits of another script": ("٥٢", "integer", "count_of", 52),
    "a power of ten": ("1e+05", "integer", "count_of", 100000),
    "full-width digits": ("５２", "integer", "count_of", 52),
    "full-width decimals": ("６０．５", "decimal", "size", 60.5),
    "one": ("1", "boolean", "smoker", True),
    "nought": ("0", "boolean", "smoker", False),
    "nought point nought": ("0.0", "boolean", "smoker", False),
    "yes in German": ("Ja", "boolean", "smoker", True),
    "no in French": ("Non", "boolean", "smoker", False),
    "a ticked box": ("Checked", "boolean", "smoker", True),
    "no box ticked": ("Unchecked", "boolean", "smoker", False),
    "one and two": ("2|1", "boolean", "smoker", False),
    "below": ("<400", "decimal", "level_of", {"level_of_qualifier": "<", "level_of_number": 400.0}),
    "above": (">1000", "decimal", "level_of", {"level_of_qualifier": ">", "level_of_number": 1000.0}),
    "below with a space and a comma": ("< 0,5", "decimal", "level_of", {"level_of_qualifier": "<", "level_of_number": 0.5}),
    "not detected": ("ND", "decimal", "level_of", {"level_of_qualifier": "ND", "level_of_number": None}),
    "below in a column of whole numbers": ("<400|12", "integer", "level_of", {"level_of_qualifier": "<", "level_of_number": 400.0}),
    "a day with slashes": ("2023/3/1", "date", "day_of", date(2023, 3, 1)),
    "slashes among hyphens": ("2023/3/1|2023-03-02", "date", "day_of", date(2023, 3, 1)),
    "a day in German": ("1.3.2023", "date", "day_of", date(2023, 3, 1)),
    "a day in Chinese": ("2023年3月1日", "date", "day_of", date(2023, 3, 1)),
    "a day in English": ("1-Mar-2023", "date", "day_of", date(2023, 3, 1)),
    "digits run together": ("20230301", "date", "day_of", date(2023, 3, 1)),
    "day first, as another row tells": ("03/01/2023|31/01/2023", "date", "day_of", date(2023, 1, 3)),
    "month first, as another row tells": ("03/01/2023|01/31/2023", "date", "day_of", date(2023, 3, 1)),
    "two digits of the year": ("01.03.23", "date", "day_of", date(2023, 3, 1)),
    "two digits of another century": ("01.03.47|01.03.99", "date", "day_of", date(1947, 3, 1)),
    "a serial number": ("44986", "date", "day_of", date(2023, 3, 1)),
    "a serial number among days": ("44986|2023-03-02|2023/3/3", "date", "day_of", date(2023, 3, 1)),
    "midnight": ("2023-03-01 00:00:00", "date", "day_of", date(2023, 3, 1)),
    "a moment with seconds": ("01/13/2023 10:30", "datetime", "moment_of", datetime(2023, 1, 13, 10, 30)),
    "a moment as databases write it": ("2023/03/01 10:30", "datetime", "moment_of", datetime(2023, 3, 1, 10, 30)),
    "a month": ("2025-04", "date", "onset_of", {"onset_of_known": "2025-04"}),
    "a month with UN": ("2025-04-UN", "date", "onset_of", {"onset_of_known": "2025-04"}),
    "a year with UN": ("1970-UN-UN|1971-02-03", "date", "onset_of", {"onset_of_known": "1970"}),
    "a month before days with slashes": ("UN/04/2025|13/04/2025", "date", "onset_of", {"onset_of_known": "2025-04"}),
    "a month alone before a slash": ("UN/04/2025", "date", "onset_of", {"onset_of_known": "2025-04"}),
    "a full day among months": ("2025-04-02|2025-04", "date", "onset_of", {"onset_of_known": "2025-04-02"}),
    "no value in words": ("Not available", "decimal", "size", None),
    "no value as a spreadsheet says it": ("#N/A", "integer", "count_of", None),
}  # fmt: skip
ROUNDS_MAX = 5


def mapping(kind: str, item: str) -> str:
    records = f"  - {{form: facts, visit: screening, values: {{{item}: value}}}}\n"
    return (
        f"columns: {{id: text, value: {kind}}}\nreads: {{delimiter: ;}}\nacts:\n{ACTS}  records:\n{BASELINE}{records}"
    )


def file(said: str) -> str:
    return "id;value\n" + "".join(f"P{n};{cell}\n" for n, cell in enumerate(said.split("|"), start=1))


def followed(folder, said: str, kind: str, item: str) -> tuple[str, list]:
    """The mapping after every first remedy was followed, and the Findings that were met on the way."""
    text, met = mapping(kind, item), []
    for _ in range(ROUNDS_MAX):
        found = faults(folder, file(said), text)
        if not found:
            return text, met
        met.append(found[0])
        text = follow(text, found[0])
    raise AssertionError(f"still refused after {ROUNDS_MAX} remedies: {found[0]}")


@pytest.mark.parametrize("case", CASES)
def test_the_first_remedy_keeps_the_value_up_to_the_cut(case, tmp_path):
    said, kind, item, value = CASES[case]
    text, _ = followed(tmp_path, said, kind, item)
    report = taking(tmp_path, file(said), text)
    assert not report.errors
    kept = freeze(new_study(tmp_path)).tables["facts"].filter(participant="P1")
    for name, wanted in (value if isinstance(value, dict) else {item: value}).items():
        assert kept[name][0] == wanted
        assert type(kept[name][0]) is type(wanted)


@pytest.mark.parametrize("case", CASES)
def test_giving_the_value_up_comes_last_and_says_what_is_lost(case, tmp_path):
    said, kind, item, _ = CASES[case]
    for finding in faults(tmp_path, file(said), mapping(kind, item)):
        if not finding.code.startswith("import."):
            continue
        for language, lost in (("en", "is lost"), ("zh", "将丢失")):
            mend = finding.say(language).mend
            assert mend.count("becomes: null") == 1
            assert mend.index(lost) < mend.index("becomes: null")
            assert first_remedy(finding, language)[1] not in mend[mend.index(lost) :]
            assert "becomes: null" not in first_remedy(finding, language)[1]


def test_control_a_remedy_that_gives_the_value_up_first_breaks_the_law(tmp_path, monkeypatch):
    def give_up(column, text):
        clause = accept_clause(column.name, column.kind, text, written=True)
        return Phrase(f"accept it under `accept`: {clause}", f"请在 `accept` 下接受：{clause}")

    monkeypatch.setattr(cells, "remedy", give_up)
    said, kind, item, value = CASES["a decimal comma"]
    text, _ = followed(tmp_path, said, kind, item)
    taking(tmp_path, file(said), text)
    assert value is not None
    assert freeze(new_study(tmp_path)).tables["facts"].filter(participant="P1")[item][0] is None


@pytest.mark.parametrize(
    ("said", "kind", "item", "english", "chinese"),
    [
        ("1,234", "decimal", "size", ("becomes: 1.234,", "becomes: 1234,"), "请视“1,234”的含义"),
        ("03/04/2023", "date", "day_of", ('"%d/%m/%Y"', '"%m/%d/%Y"'), "无从区分日与月"),
        ("maybe", "boolean", "smoker", ('`reads: {"yes": ["maybe"]}`', '`reads: {"no": ["maybe"]}`'), "请视其含义写"),
    ],
)
def test_what_can_mean_two_things_is_asked_about_with_both(said, kind, item, english, chinese, tmp_path):
    (finding,) = faults(tmp_path, file(said), mapping(kind, item))
    assert all(part in finding.mend for part in english)
    assert chinese in finding.say("zh").mend


def test_under_either_decimal_sign_a_comma_before_three_digits_is_asked_about(tmp_path):
    text = mapping("decimal", "size").replace("{delimiter: ;}", "{delimiter: ;, decimal: either}")
    (finding,) = faults(tmp_path, file("1,234"), text)
    assert "may part decimals or thousands" in finding.why
    assert not faults(tmp_path, file("1,5|1.5|1.234"), text)
    (finding,) = faults(tmp_path, file("1,5,5"), text)
    assert "more than one decimal sign" in finding.why


def test_how_cells_were_read_is_told_once_for_each_column(tmp_path):
    report = taking(tmp_path, file("1|0|1"), mapping("boolean", "smoker"), dry_run=True)
    (told,) = [f for f in report.findings if f.code == "import.read_as"]
    assert (told.severity, told.where.line) == ("warning", 2)
    assert told.what == "`1` is read as yes"
    assert "cells of this column: 3" in told.why
    assert "“1”读作是" in told.say("zh").what
    for said, kind, item, words in [
        ("52.0", "integer", "count_of", "nothing after its decimal sign"),
        ("1e+05", "integer", "count_of", "a power of ten"),
        ("５２", "integer", "count_of", "signs of another width or script"),
    ]:
        report = taking(tmp_path, file(said), mapping(kind, item), dry_run=True)
        assert words in next(f.why for f in report.findings if f.code == "import.read_as")


@pytest.mark.parametrize(
    ("said", "dates", "words"),
    [
        ("2023-13-45", "{formats: [iso, '%Y/%m/%d']}", "is not a day; the column is written as iso, %Y/%m/%d"),
        ("03/04/2023", "{formats: ['%d/%m/%Y', '%m/%d/%Y']}", "2023-04-03 (%d/%m/%Y), 2023-03-04 (%m/%d/%Y)"),
        ("60", "{format: excel}", "is not a day written as excel"),
        ("x", "{format: excel}", "is not a day written as excel"),
        ("9999999", "{format: excel1904}", "is not a day written as excel1904"),
        ("2023-03-01 10:30", "{format: '%Y-%m-%d %H:%M'}", "has a time of day"),
    ],
)
def test_what_is_no_day_in_the_stated_formats_is_told(said, dates, words, tmp_path):
    text = mapping("date", "day_of") + f"dates: {{value: {dates}}}\n"
    assert words in faults(tmp_path, file(said), text)[0].tell()


@pytest.mark.parametrize(
    ("said", "form", "day"),
    [
        ("1", "excel", date(1900, 1, 1)),
        ("59", "excel", date(1900, 2, 28)),
        ("61", "excel", date(1900, 3, 1)),
        ("44986.0", "excel", date(2023, 3, 1)),
        ("43524", "excel1904", date(2023, 3, 1)),
    ],
)
def test_serial_numbers_are_days_of_the_calendar_that_they_count_in(said, form, day):
    from equipoise.conduct.importing.dates import read_day
    from equipoise.conduct.importing.mapping import DateFormat

    assert read_day(said, DateFormat(format=form)) == day


@pytest.mark.parametrize("said", ["soon", "2025-13", "2025-04-"])
def test_what_says_nothing_of_a_day_is_told(said, tmp_path):
    assert "says nothing of a day" in faults(tmp_path, file(said), mapping("partial_date", "onset_of"))[0].what


@pytest.mark.parametrize("said", ["<", "!5"])
def test_what_is_no_number_with_a_sign_is_told(said, tmp_path):
    assert faults(tmp_path, file(said), mapping("qualified_number", "level_of"))


def test_a_format_and_several_formats_are_not_said_together(tmp_path):
    text = mapping("date", "day_of") + "dates: {value: {format: iso, formats: [iso]}}\n"
    assert "either one `format`" in faults(tmp_path, file("2023-03-01"), text)[0].tell()


def test_a_number_with_decimals_in_a_column_of_whole_numbers_is_told_its_type(tmp_path):
    (finding,) = faults(tmp_path, file("52.5"), mapping("integer", "size"))
    assert "`columns: {value: decimal}`" in finding.mend


def test_a_row_of_a_group_that_nobody_can_tell_is_told(tmp_path):
    group = "groups: {lesions: [{when: value > 1, values: {lesion: id, diameter: value}}]}"
    record = f"  - {{form: tumor, visit: screening, {group}}}\n"
    text = (
        f"columns: {{id: text, value: integer}}\nreads: {{delimiter: ;}}\nacts:\n{ACTS}  records:\n{BASELINE}{record}"
    )
    (finding,) = faults(tmp_path, file(""), text)
    assert "whether there is a row of lesions cannot be told" in finding.what


@pytest.mark.parametrize(
    ("rule", "says", "gives_up"),
    [("value", "`short: 'ROUND(value, 1)'`", True), ("value / more", "`short: 'ROUND(value / more, 1)'`", False)],
)
def test_more_decimals_than_the_item_takes_are_rounded_first(rule, says, gives_up, tmp_path):
    text = mapping("decimal", "short").replace("short: value", f"short: {rule}")
    text = text.replace("value: decimal}", "value: decimal, more: decimal}")
    (finding,) = faults(tmp_path, "id;value;more\nP1;60.123;7\n", text)
    for language in ("en", "zh"):
        mend = finding.say(language).mend
        assert says in mend
        assert ("becomes: null" in mend[mend.index(says) :]) == gives_up
    assert "decimals` in the protocol" in finding.mend


def test_a_number_of_more_digits_than_are_kept_is_told_once_and_a_tiny_one_is_asked_about(tmp_path):
    said = "id;value\nP1;0.14285714285714285\nP2;2.00000000000000011\n"
    report = taking(tmp_path, said, mapping("decimal", "size"), dry_run=True)
    (told,) = [finding for finding in report.findings if finding.code == "import.read_as"]
    assert "read as `0.142857142857143`" in told.what
    assert "15 digits after the point" in told.why
    assert "小数点后保留15位" in told.say("zh").why
    (refused,) = faults(tmp_path, "id;value\nP1;0.00000000000000000123\n", mapping("decimal", "size"))
    assert "more digits than are kept" in refused.what


def test_how_a_column_is_written_is_looked_for_once_and_not_at_every_cell():
    looked = []
    column = ColumnOfText("value", "decimal", [f"{n},5" for n in range(50)], Reads(), None, "map.yaml")
    object.__setattr__(column, "texts", _Counted(column.texts, looked))
    for text in list(column.texts):
        assert "decimal" in remedy(column, text).in_("en")
    assert len(looked) <= 3


class _Counted(list):
    def __init__(self, texts, looked):
        super().__init__(texts)
        self.looked = looked

    def __iter__(self):
        self.looked.append(1)
        return super().__iter__()
