"""Reading dates as a foreign file writes them: ISO, day-of-year run together with the year, or a stated pattern.

Promises one reading or a fault; never a guess: no format is tried that the mapping did not state, and where a pattern
runs numbers together each must have its full width. Two-digit years belong to the century that the mapping names.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from equipoise.forms.values import Unusable

__all__ = ["describe_format", "format_fault", "read_day"]

_DIRECTIVE = re.compile(r"%.?")
_KNOWN = {"%Y", "%y", "%m", "%d", "%j", "%b", "%B"}
_RUN_TOGETHER = re.compile(r"%[YymdjbB]%[YymdjbB]")
_DDDYY = re.compile(r"\d{3,5}")


def format_fault(form: str, century: int | None) -> tuple[str, str] | None:
    """Why a format cannot be used and what to write instead; None when it can."""
    two_digits = form == "dddyy" or "%y" in form
    if form not in ("dddyy", "iso"):
        used = _DIRECTIVE.findall(form)
        if odd := [directive for directive in used if directive not in _KNOWN]:
            return f"{odd[0]} is not part of a date", f"Use {', '.join(sorted(_KNOWN))}, iso or dddyy."
        has = set(used)
        day = "%j" in has or ("%d" in has and bool(has & {"%m", "%b", "%B"}))
        if not used or not day or not has & {"%Y", "%y"} or len(has) != len(used):
            return "it does not say day, month and year, each once", "Write iso, dddyy, or for example %d/%m/%Y."
    if two_digits and (century is None or century % 100 or not 1000 <= century <= 2900):
        return "the year has two digits, and nothing says of which century", "Add for example `century: 1900`."
    if not two_digits and century is not None:
        return "the year has four digits, and needs no century", "Remove `century`."
    return None


def describe_format(form: str, century: int | None) -> tuple[str, str]:
    """The format in words, in English and Chinese."""
    en, zh = f"the dates of this column are written as {form}", f"该列日期的书写格式为{form}"
    if form == "dddyy":
        en, zh = f"{en} (day of the year and two-digit year run together)", f"{zh}（年内日序与两位年份连写）"
    if century is not None:
        en, zh = f"{en}, years from {century} on", f"{zh}，年份自{century}年起算"
    return en, zh


def read_day(text: str, form: str, century: int | None) -> date:
    """The day that `text` names; raises Unusable."""
    if form == "dddyy":
        return _read_dddyy(text, century or 0)
    pattern = "%Y-%m-%d" if form == "iso" else form
    try:
        day = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        if "%y" in pattern:
            # Python puts two digits into 1969 to 2068; 29 February 2000 existed, of 1900 it did not.
            day = day.replace(year=(century or 0) + day.year % 100)
    except ValueError:
        raise Unusable(
            "not_a_date", f"`{text[:40]}` is not a day written as {form}", "no such day, or another format", ""
        ) from None
    exact = form == "iso" or _RUN_TOGETHER.search(pattern)
    if exact and text != day.strftime(pattern) and form != "%j%y":
        raise Unusable(
            "not_a_date",
            f"`{text[:40]}` can be read in more than one way",
            f"{form} runs numbers together, so each needs all its digits",
            "",
        )
    return day


def _read_dddyy(text: str, century: int) -> date:
    if not _DDDYY.fullmatch(text):
        raise Unusable(
            "not_a_date",
            f"`{text[:40]}` is not a day written as dddyy",
            "dddyy is one to three digits of the day in the year, then two of the year",
            "",
        )
    number, year = int(text[:-2]), century + int(text[-2:])
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    if not 1 <= number <= days:
        raise Unusable("impossible_date", f"`{text}` would be day {number} of {year}", f"{year} has {days} days", "")
    return date(year, 1, 1) + timedelta(days=number - 1)
