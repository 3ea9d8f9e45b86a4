"""Reading dates as a foreign file writes them: ISO, day-of-year run together with the year, or a stated pattern.

Promises one reading or a fault; never a guess: no format is tried that the mapping did not state, and where a pattern
runs numbers together each must have its full width. Two-digit years belong to the century that the mapping names.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from equipoise.conduct.importing.words import finding, phrase
from equipoise.forms.values import Unusable
from equipoise.words import Phrase

__all__ = ["describe_format", "format_fault", "read_day"]

_DIRECTIVE = re.compile(r"%.?")
_KNOWN = {"%Y", "%y", "%m", "%d", "%j", "%b", "%B"}
_RUN_TOGETHER = re.compile(r"%[YymdjbB]%[YymdjbB]")
_DDDYY = re.compile(r"\d{3,5}")


def format_fault(form: str, century: int | None) -> tuple[str, dict[str, Any]] | None:
    """Why a format cannot be used (the wording of `mapping.date_format`, and its facts); None when it can."""
    two_digits = form == "dddyy" or "%y" in form
    if form not in ("dddyy", "iso"):
        used = _DIRECTIVE.findall(form)
        if odd := [directive for directive in used if directive not in _KNOWN]:
            return "part", {"directive": odd[0], "directives": _KNOWN}
        has = set(used)
        day = "%j" in has or ("%d" in has and bool(has & {"%m", "%b", "%B"}))
        if not used or not day or not has & {"%Y", "%y"} or len(has) != len(used):
            return "incomplete", {}
    if two_digits and (century is None or century % 100 or not 1000 <= century <= 2900):
        return "century", {}
    if not two_digits and century is not None:
        return "no_century", {}
    return None


def describe_format(form: str, century: int | None) -> Phrase:
    """The format in words."""
    said = phrase("written", format=form)
    if form == "dddyy":
        said = phrase("dddyy", written=said)
    return said if century is None else phrase("from_century", written=said, century=century)


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
        raise Unusable(finding("import.not_a_date", text=text[:40], format=form)) from None
    exact = form == "iso" or _RUN_TOGETHER.search(pattern)
    if exact and text != day.strftime(pattern) and form != "%j%y":
        raise Unusable(finding("import.not_a_date/ambiguous", text=text[:40], format=form))
    return day


def _read_dddyy(text: str, century: int) -> date:
    if not _DDDYY.fullmatch(text):
        raise Unusable(finding("import.not_a_date/dddyy", text=text[:40]))
    number, year = int(text[:-2]), century + int(text[-2:])
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    if not 1 <= number <= days:
        raise Unusable(finding("import.impossible_date", text=text, number=number, year=year, days=days))
    return date(year, 1, 1) + timedelta(days=number - 1)
