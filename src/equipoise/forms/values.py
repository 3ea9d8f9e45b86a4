"""Reading an entered value: from what a person typed to the one canonical form that the ledger keeps.

Promises a value or a Finding that says what was typed and what would do; never a guess. A decimal stays the text that
was entered (4.20 is not 4.2). Refuses to know the form around the item: what depends on other answers is judged by the
desk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from equipoise.findings import Finding, Where
from equipoise.forms import words
from equipoise.forms.clock import find_doubt, said_at
from equipoise.forms.facets import NOWHERE, Around, rule_type, rule_value
from equipoise.forms.partial_dates import PartialDate, read_partial
from equipoise.forms.qualified_numbers import QualifiedNumber, may_lie, read_qualified
from equipoise.forms.writing import plain_writing
from equipoise.units import EARLIEST_DAY
from equipoise.wording.literals import literals_checked
from equipoise.words import Phrase, nearest

if TYPE_CHECKING:
    from equipoise.forms.spec import Codelist, Item, Range

__all__ = ["Unusable", "canonical_value", "check_clock", "check_range", "plain_value", "read_value", "same_value"]

_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{1,15})?|\.[0-9]{1,15})")
_EXPONENT = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})[eE][+-]?[0-9]{1,2}")
_WHOLE = re.compile(r"([+-]?[0-9]{1,15})\.0{1,15}")
_MANY_DIGITS = re.compile(r"[+-]?[0-9]+")
_ANY_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUE = frozenset({"true", "yes", "y", "是"})
_FALSE = frozenset({"false", "no", "n", "否"})
_BEYOND_MICROSECONDS = re.compile(r"[.,][0-9]{7}")
_DIGITS_MAX = 15
_TEXT_LONGEST = 10_000
_CODES_LISTED_MAX = 12


class Unusable(ValueError):
    """A value that does not fit: the Finding that says why, still without a place."""

    def __init__(self, found: Finding) -> None:
        self.found = found
        super().__init__(found.code)

    @property
    def code(self) -> str:
        """What is wrong, whoever says it: `not_a_date`."""
        return self.found.code.partition(".")[2]

    def at(self, where: Where, room: str = "value") -> Finding:
        """The Finding at a place, under the code of whoever read the value there."""
        return replace(self.found, code=f"{room}.{self.code}", where=where)


def _unusable(key: str, **facts: Any) -> Unusable:
    return Unusable(words.finding(f"value.{key}", **facts))


def read_value(item: Item, raw: Any, codelist: Codelist | None = None, timezone: str | None = None) -> Any:
    """The canonical value of what was entered for `item`; None for nothing. Raises Unusable.

    integer -> int, boolean -> bool, decimal -> the text as entered, date -> YYYY-MM-DD, datetime -> ISO 8601,
    partial_date -> the known part in ISO 8601, qualified_number -> qualifier and number as entered, text and code ->
    text. A datetime with an offset is kept as the clock of the site (`timezone`, an IANA name) told it, with that
    clock's offset. Full-width signs, as an input method leaves them, and figures of any script are read as plain ones.
    """
    if raw is None:
        return None
    if isinstance(raw, str):
        raw = unicodedata.normalize("NFC", raw).strip()
        if not raw:
            return None
    value: Any = _READERS[item.type](item, raw, codelist)
    return _at_site(value, timezone) if item.type == "datetime" else value


def _shown(raw: Any) -> str:
    text = str(raw)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


def _at_site(text: str, timezone: str | None) -> str:
    """A time with an offset as the clock at the site told it, so that its day is the day there."""
    try:
        return said_at(datetime.fromisoformat(text), timezone).isoformat()
    except OverflowError:  # at the very end of the calendar
        raise _unusable("not_a_datetime", value=_shown(text)) from None


def _read_integer(_item: Item, raw: Any, _codelist: Codelist | None) -> int:
    if isinstance(raw, bool):
        raise _unusable("not_an_integer/truth", value=_shown(raw))
    if isinstance(raw, int) and abs(raw) < 10**15:
        return raw
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 10**15:
        return int(raw)
    text = plain_writing(raw) if isinstance(raw, str) else ""
    if (whole := _WHOLE.fullmatch(text)) is not None:
        text = whole[1]  # 52.0, as programs write whole numbers, is 52
    if _INTEGER.fullmatch(text):
        return int(text)
    if _MANY_DIGITS.fullmatch(text):
        raise _unusable("not_an_integer/long", value=_shown(text), most=_DIGITS_MAX)
    raise _unusable("not_an_integer", value=_shown(raw))


def _read_decimal(item: Item, raw: Any, _codelist: Codelist | None) -> str:
    text = ""
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        text = format(Decimal(str(raw)), "f") if Decimal(str(raw)).is_finite() else ""
    elif isinstance(raw, str):
        text = plain_writing(raw)
        if _EXPONENT.fullmatch(text):
            text = format(Decimal(text), "f")  # the same number, written out
    if not _DECIMAL.fullmatch(text):
        if _ANY_NUMBER.fullmatch(text):
            raise _unusable("not_a_number/long", value=_shown(raw), most=_DIGITS_MAX)
        raise _unusable("not_a_number", value=_shown(raw))
    digits = len(text.partition(".")[2])
    if item.decimals is not None and digits > item.decimals:
        # A height in meters shows by its digits: whoever reads the unit sees what went wrong.
        if item.unit:
            raise _unusable("decimals/unit", value=_shown(text), digits=digits, most=item.decimals, unit=item.unit)
        raise _unusable("decimals", value=_shown(text), digits=digits, most=item.decimals)
    return text


def _read_boolean(_item: Item, raw: Any, _codelist: Codelist | None) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        text = plain_writing(raw).lower()
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
    raise _unusable("not_true_or_false", value=_shown(raw), yes="是", no="否")


def _read_date(_item: Item, raw: Any, _codelist: Codelist | None) -> str:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.isoformat()
    text = plain_writing(raw) if isinstance(raw, str) else ""
    if not _DATE.fullmatch(text):
        raise _unusable("not_a_date", value=_shown(raw))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _unusable("impossible_date", value=_shown(text)) from None
    if day < EARLIEST_DAY:
        raise _unusable("impossible_date/early", value=_shown(text), earliest=EARLIEST_DAY.year)
    return day.isoformat()


def _read_datetime(_item: Item, raw: Any, _codelist: Codelist | None) -> str:
    text = plain_writing(raw) if isinstance(raw, str) else raw.isoformat() if isinstance(raw, datetime) else ""
    try:
        if not _DATE.match(text) or len(text) < 16:
            raise ValueError
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _unusable("not_a_datetime", value=_shown(raw)) from None
    if _BEYOND_MICROSECONDS.search(text):
        raise _unusable("not_a_datetime/digits", value=_shown(text), most=6)
    if moment.date() < EARLIEST_DAY:
        raise _unusable("impossible_date/early", value=_shown(text), earliest=EARLIEST_DAY.year)
    return moment.isoformat()


_LEAST = {"nothing": (), "year": ("year",), "month": ("year", "month"), "day": ("year", "month", "day")}


def _read_partial_date(item: Item, raw: Any, _codelist: Codelist | None) -> str:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.isoformat()
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)  # YAML and JSON give a bare year as a number
    partial = read_partial(plain_writing(raw)) if isinstance(raw, str) else None
    if partial is None:
        raise _unusable("not_a_partial_date", value=_shown(raw))
    if partial.year is not None and not partial.possible():
        raise _unusable("impossible_date", value=_shown(raw))
    if partial.year is not None and partial.possible()[-1] < EARLIEST_DAY:
        raise _unusable("impossible_date/early", value=_shown(raw), earliest=EARLIEST_DAY.year)
    if any(getattr(partial, part) is None for part in _LEAST[item.at_least]):
        raise _unusable("too_little_known", value=_shown(raw), least=words.phrase(f"least.{item.at_least}"))
    return partial.known


def _read_qualified_number(item: Item, raw: Any, codelist: Codelist | None) -> str:
    if not isinstance(raw, str):
        return _read_decimal(item, raw, codelist)
    value = read_qualified(plain_writing(raw), item.qualifiers)
    if value is None or (value.number is None and value.qualifier is None):
        raise _unusable("unknown_qualifier", value=_shown(raw), qualifiers=list(item.qualifiers))
    if value.number is None:
        return value.text
    try:
        return QualifiedNumber(value.qualifier, _read_decimal(item, value.number, codelist)).text
    except Unusable as fault:
        if "most" in fault.found.facts:
            raise
        raise _unusable("not_a_qualified_number", value=_shown(raw), qualifiers=list(item.qualifiers)) from None


def _read_text(_item: Item, raw: Any, _codelist: Codelist | None) -> str:
    if isinstance(raw, (Mapping, list, tuple)):
        raise _unusable("not_text/several", value=_shown(raw))
    text = raw if isinstance(raw, str) else str(raw)
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # line ends as Windows and browsers write them
    if len(text) > _TEXT_LONGEST:
        raise _unusable("too_long", length=len(text), most=_TEXT_LONGEST)
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in text):
        raise _unusable("not_text", value=_shown(text.encode("unicode_escape").decode()))
    return text


def _read_code(item: Item, raw: Any, codelist: Codelist | None) -> str:
    codes = [code.code for code in codelist.codes] if codelist else []
    text = str(raw).lower() if isinstance(raw, bool) else str(raw)
    if text in codes:
        return text
    plain = plain_writing(text)
    if plain in codes:
        return plain
    facts = {"value": _shown(text), "codelist": item.codelist, "codes": _listed(codes)}
    near = nearest(plain, codes)
    raise _unusable("unknown_code", **facts) if near is None else _unusable("unknown_code/near", **facts, near=near)


def _listed(codes: Sequence[str]) -> Phrase | Sequence[str]:
    """The first codes of a list, and how many more there are: what one screen holds."""
    if len(codes) <= _CODES_LISTED_MAX:
        return codes
    return words.phrase("more", codes=codes[:_CODES_LISTED_MAX], count=len(codes) - _CODES_LISTED_MAX)


_READERS = {
    "integer": _read_integer,
    "decimal": _read_decimal,
    "boolean": _read_boolean,
    "date": _read_date,
    "datetime": _read_datetime,
    "text": _read_text,
    "code": _read_code,
    "partial_date": _read_partial_date,
    "qualified_number": _read_qualified_number,
}


def plain_value(item: Item, value: Any, around: Around = NOWHERE) -> Any:
    """A canonical value as rules compute with it: decimal text to float, date text to date; others as they are."""
    return rule_value(item, value, around)


def canonical_value(item: Item, value: Any) -> Any:
    """A value that was worked out, in the form in which an entered one is kept:
    rounded half up to the item's digits.
    """
    if value is None:
        return None
    type_ = rule_type(item.type)
    if type_ == "decimal":
        exact = Decimal(repr(float(value)))
        if not exact.is_finite():
            return None
        digits = item.decimals
        rounded = exact.normalize() if digits is None else exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return format(rounded, "f")
    if type_ == "integer":
        return int(value)
    if type_ in ("date", "datetime"):
        return value.isoformat()[:10] if type_ == "date" else value.isoformat()
    return bool(value) if type_ == "boolean" else str(value)


def same_value(kind: str, one: Any, other: Any) -> bool:
    """Whether two canonical values say the same: 4.2 and 4.20 do, as numbers; nothing equals only nothing."""
    if one is None or other is None:
        return one is other
    if kind == "datetime":
        first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
        return one == other or (None not in (first.tzinfo, second.tzinfo) and first == second)
    return Decimal(one) == Decimal(other) if kind == "decimal" else bool(one == other)


def check_clock(value: str, timezone: str | None) -> Finding | None:
    """What is wrong when a local time is no instant at a site: the clock skipped it, or showed it twice."""
    doubt = find_doubt(datetime.fromisoformat(value), timezone)
    if doubt is None:
        return None
    facts = {"value": _shown(value), "timezone": timezone, "first": doubt.first, "second": doubt.second}
    return words.finding("value.skipped_time" if doubt.why == "skipped" else "value.repeated_time", **facts)


@literals_checked
def check_range(item: Item, value: Any, which: Literal["hard", "soft"]) -> Finding | None:
    """What is wrong when a canonical value lies outside the item's hard or soft limits (inclusive),
    still without a place.
    """
    limits: Range | None = item.hard if which == "hard" else item.soft
    if limits is None or value is None:
        return None
    number: Any
    if item.type == "partial_date":
        below, above = _partial_beyond(value, limits)
        low, high = limits.min, limits.max
    elif item.type == "qualified_number":
        below, above = _qualified_beyond(item, value, limits)
        low, high = (None if end is None else f"{Decimal(str(end)).normalize():f}" for end in (limits.min, limits.max))
    elif item.type in ("date", "datetime"):
        number, low, high = value, *(None if end is None else str(end) for end in (limits.min, limits.max))
        below, above = low is not None and number[: len(low)] < low, high is not None and number[: len(high)] > high
    else:
        number = Decimal(value)
        below = limits.min is not None and number < _limit(limits.min)[0]
        above = limits.max is not None and number > _limit(limits.max)[0]
        if below or above:
            low, high = (None if end is None else _limit(end)[1] for end in (limits.min, limits.max))
    if not below and not above:
        return None
    unit = f" {item.unit}" if item.unit else ""
    facts: dict[str, Any] = {
        "value": f"{value}{unit}",
        "beyond": words.phrase("below") if below else words.phrase("above"),
        "limit": f"{low if below else high}{unit}",
    }
    return words.finding("value.out_of_range" if which == "hard" else "value.unusual", **facts)


@lru_cache(maxsize=4096, typed=True)
def _limit(end: float | str) -> tuple[Decimal, str]:
    """A limit exactly, and as it is told."""
    exact = Decimal(str(end))
    return exact, f"{exact.normalize():f}"


def _partial_beyond(value: str, limits: Range) -> tuple[bool, bool]:
    """Whether every day that is possible lies before or after the limits."""
    days = (read_partial(value) or PartialDate()).possible()
    if not days:
        return False, False
    low, high = (None if end is None else date.fromisoformat(str(end)[:10]) for end in (limits.min, limits.max))
    return low is not None and days[-1] < low, high is not None and days[0] > high


def _qualified_beyond(item: Item, value: str, limits: Range) -> tuple[bool, bool]:
    """Whether everything that the value may mean lies below or above the limits."""
    known = read_qualified(value, item.qualifiers)
    if known is None:
        return False, False
    low, high = (None if end is None else float(end) for end in (limits.min, limits.max))
    return not may_lie(known, low, None), not may_lie(known, None, high)
