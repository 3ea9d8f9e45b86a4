"""Dates as files write them: stated formats alone, and a day that cannot be is never another one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from equipoise.conduct.importing.dates import format_fault, read_day
from equipoise.conduct.importing.mapping import DateFormat
from equipoise.forms.values import Unusable
from tests.conduct.importing.aid import MAPPING, findings_of, row, table, take_in


@pytest.mark.parametrize(
    ("text", "form", "century", "day"),
    [
        ("2468", "dddyy", 1900, "1968-01-24"),
        ("168", "dddyy", 1900, "1968-01-01"),
        ("36668", "dddyy", 1900, "1968-12-31"),
        ("02468", "dddyy", 1900, "1968-01-24"),
        ("100", "dddyy", 2000, "2000-01-01"),
        ("1968-01-24", "iso", None, "1968-01-24"),
        ("24/01/1968", "%d/%m/%Y", None, "1968-01-24"),
        ("4/1/1968", "%d/%m/%Y", None, "1968-01-04"),
        ("24.01.68", "%d.%m.%y", 1900, "1968-01-24"),
        ("24.01.68", "%d.%m.%y", 1800, "1868-01-24"),
        ("19680124", "%Y%m%d", None, "1968-01-24"),
        ("24 Jan 1968", "%d %b %Y", None, "1968-01-24"),
        ("1968/024", "%Y/%j", None, "1968-01-24"),
    ],
)
def test_a_day_is_read_as_its_format_says(text, form, century, day):
    assert format_fault(form, century) is None
    assert read_day(text, DateFormat(format=form, century=century)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "form", "century"),
    [
        ("36668", "dddyy", 1800 + 100 + 1),
        ("36667", "dddyy", 1900),
        ("068", "dddyy", 1900),
        ("68", "dddyy", 1900),
        ("-2468", "dddyy", 1900),
        ("246 8", "dddyy", 1900),
        ("2468.0", "dddyy", 1900),
        ("1968-1-24", "iso", None),
        ("1968-02-30", "iso", None),
        ("24/01/68", "%d/%m/%Y", None),
        ("1111968", "%d%m%Y", None),
        ("29.02.00", "%d.%m.%y", 1900),
        ("1968-01-24T00:00", "iso", None),
        ("", "iso", None),
    ],
)
def test_what_is_no_day_in_its_format_is_refused(text, form, century):
    with pytest.raises(Unusable):
        read_day(text, DateFormat(format=form, century=century))


@pytest.mark.parametrize(
    ("form", "century"),
    [
        ("dddyy", None),
        ("dddyy", 1968),
        ("%d.%m.%y", None),
        ("iso", 1900),
        ("%d/%m", None),
        ("%H:%M", None),
        ("%z", None),
        ("%Y", None),
        ("day", None),
        ("%d/%m/%Y %q", None),
    ],
)
def test_a_format_that_does_not_say_one_day_is_refused(form, century):
    assert format_fault(form, century) is not None


def test_every_day_of_five_years_is_read_back():
    day, form = date(1968, 1, 1), DateFormat(format="dddyy", century=1900)
    while day.year < 1973:
        assert read_day(f"{day.timetuple().tm_yday}{day.year % 100:02d}", form) == day
        day += timedelta(days=1)


def test_iso_dates_need_no_telling_and_others_are_told(tmp_path):
    said = MAPPING.replace("{format: dddyy, century: 1900}", "{format: iso}")
    report = take_in(tmp_path, table(row(1, entry_date="1968-01-24")), said, dry_run=True)
    assert not [f for f in report.findings if f.code == "import.accepted"]
    said = MAPPING.replace("{format: dddyy, century: 1900}", '{format: "%d/%m/%Y"}')
    report = take_in(tmp_path, table(row(1, entry_date="24/01/1968")), said)
    assert [f.what for f in report.findings if f.code == "import.accepted"] == ["`24/01/1968` is 1968-01-24"]


def test_a_wrong_format_is_told_at_every_row(tmp_path):
    said = MAPPING.replace("{format: dddyy, century: 1900}", "{format: iso}")
    assert [f.where.line for f in findings_of(tmp_path, table(row(1), row(2), row(3)), said)] == [2, 3, 4]
