"""Reading dates as a foreign file writes them: ISO, serial numbers, day and year run together, patterns.

Promises one reading or a fault; never a guess: no format is tried that the mapping did not state, where a pattern runs
numbers together each must have its full width, and what two stated formats read differently is told. Two-digit years
belong to the century that the mapping names.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from equipoise.conduct.importing.mapping import DateFormat
from equipoise.conduct.importing.words import finding, phrase
from equipoise.forms.values import Unusable
from equipoise.words import Phrase

__all__ = ["describe_format", "format_fault", "read_day", "read_moment"]

_DIRECTIVE = re.compile(r"%.?")
_DAYS = {"%Y", "%y", "%m", "%d", "%j", "%b", "%B"}
_TIMES = {"%H", "%M", "%S", "%I", "%p"}
_RUN_TOGETHER = re.compile(r"%[YymdjbB]%[YymdjbB]")
_DDDYY = re.compile(r"[0-9]{3,5}")
_SERIAL = re.compile(r"[0-9]{1,7}(\.[0-9]{1,12})?")
# Excel counts from 1 January 1900 as day 1 and believes in 29 February 1900; files of old Macintoshes count from 1904.
_EPOCHS = {"excel": date(1899, 12, 30), "excel1904": date(1904, 1, 1)}
_NAMED = ("iso", "dddyy", *_EPOCHS)
_LEAP_DAY_THAT_NEVER_WAS = 60


def format_fault(form: str, century: int | None) -> tuple[str, dict[str, Any]] | None:
    """Why a format cannot be used (the wording of `mapping.date_format`, and its facts); None when it can."""
    two_digits = form == "dddyy" or "%y" in form
    if form not in _NAMED:
        used = _DIRECTIVE.findall(form)
        if odd := [directive for directive in used if directive not in _DAYS | _TIMES]:
            return "part", {"directive": odd[0], "directives": sorted(_DAYS | _TIMES)}
        has = set(used)
        day = "%j" in has or ("%d" in has and bool(has & {"%m", "%b", "%B"}))
        halves = has & {"%I", "%p"}
        hours = halves != {"%I", "%p"} if halves else False
        if not used or not day or not has & {"%Y", "%y"} or len(has) != len(used) or hours or {"%H", "%I"} <= has:
            return "incomplete", {}
    if two_digits and (century is None or century % 100 or not 1000 <= century <= 2900):
        return "century", {}
    if not two_digits and century is not None:
        return "no_century", {}
    return None


def describe_format(clause: DateFormat) -> Phrase:
    """The formats in words."""
    said = phrase("written", format=list(clause.all_formats))
    if "dddyy" in clause.all_formats:
        said = phrase("dddyy", written=said)
    return said if clause.century is None else phrase("from_century", written=said, century=clause.century)


def read_day(text: str, clause: DateFormat) -> date:
    """The day that `text` names in one of the stated formats; raises Unusable."""
    moment = read_moment(text, clause)
    if moment.time() != time():
        raise Unusable(finding("import.not_a_date/time", text=text[:40]))
    return moment.date()


def read_moment(text: str, clause: DateFormat) -> datetime:
    """Day and time that `text` names in one of the stated formats; raises Unusable."""
    found: dict[datetime, str] = {}
    faults: list[Unusable] = []
    for form in clause.all_formats:
        try:
            found.setdefault(_read(text, form, clause.century), form)
        except Unusable as fault:
            faults.append(fault)
    if len(found) > 1:
        facts = {"text": text[:40], "readings": [f"{day.date()} ({form})" for day, form in found.items()]}
        raise Unusable(finding("import.not_a_date/several", **facts))
    if not found:
        if len(faults) == 1:
            raise faults[0]
        raise Unusable(finding("import.not_a_date/none", text=text[:40], formats=list(clause.all_formats)))
    return next(iter(found))


def _read(text: str, form: str, century: int | None) -> datetime:
    if form == "dddyy":
        return datetime.combine(_read_dddyy(text, century or 0), time())
    if form in _EPOCHS:
        return _read_serial(text, form)
    pattern = "%Y-%m-%d" if form == "iso" else form
    try:
        moment = datetime.strptime(text, pattern)  # noqa: DTZ007 - a file does not say its zone
        if "%y" in pattern:
            # Python puts two digits into 1969 to 2068; 29 February 2000 existed, of 1900 it did not.
            moment = moment.replace(year=(century or 0) + moment.year % 100)
    except ValueError:
        raise Unusable(finding("import.not_a_date", text=text[:40], format=form)) from None
    exact = form == "iso" or _RUN_TOGETHER.search(pattern)
    if exact and text.lower() != moment.strftime(pattern).lower() and form != "%j%y":
        raise Unusable(finding("import.not_a_date/ambiguous", text=text[:40], format=form))
    return moment


def _read_dddyy(text: str, century: int) -> date:
    if not _DDDYY.fullmatch(text):
        raise Unusable(finding("import.not_a_date/dddyy", text=text[:40]))
    number, year = int(text[:-2]), century + int(text[-2:])
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    if not 1 <= number <= days:
        raise Unusable(finding("import.impossible_date", text=text, number=number, year=year, days=days))
    return date(year, 1, 1) + timedelta(days=number - 1)


def _read_serial(text: str, form: str) -> datetime:
    """Days since the spreadsheet's epoch, with the time as their fraction, to the second."""
    if not _SERIAL.fullmatch(text):
        raise Unusable(finding("import.not_a_date/serial", text=text[:40], format=form))
    days, epoch = float(text), _EPOCHS[form]
    if form == "excel":
        if int(days) in (0, _LEAP_DAY_THAT_NEVER_WAS):
            raise Unusable(finding("import.not_a_date/serial", text=text[:40], format=form))
        if days < _LEAP_DAY_THAT_NEVER_WAS:
            epoch += timedelta(days=1)
    try:
        return datetime.combine(epoch, time()) + timedelta(days=int(days), seconds=round(days % 1 * 86_400))
    except OverflowError:
        raise Unusable(finding("import.not_a_date/serial", text=text[:40], format=form)) from None
