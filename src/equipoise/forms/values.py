"""Reading an entered value: from what a person typed to the one canonical form that the ledger keeps.

Promises a value or a Finding that says what was typed and what would do; never a guess. A decimal stays the text that
was entered (4.20 is not 4.2). Refuses to know the form around the item: what depends on other answers is judged by the
desk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Literal

from equipoise.findings import Finding, Where
from equipoise.forms import words
from equipoise.units import EARLIEST_DAY
from equipoise.wording.literals import literals_checked
from equipoise.words import Phrase, nearest

if TYPE_CHECKING:
    from equipoise.forms.spec import Codelist, Item, Range

__all__ = ["Unusable", "canonical_value", "check_range", "plain_value", "read_value", "same_value"]

_INTEGER = re.compile(r"[+-]?\d{1,15}")
_DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{1,15})?|\.\d{1,15})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRUE = frozenset({"true", "yes", "y", "是"})
_FALSE = frozenset({"false", "no", "n", "否"})
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


def read_value(item: Item, raw: Any, codelist: Codelist | None = None) -> Any:
    """The canonical value of what was entered for `item`; None for nothing. Raises Unusable.

    integer -> int, boolean -> bool, decimal -> the text as entered, date -> YYYY-MM-DD, datetime -> ISO 8601,
    text and code -> text. Full-width digits and signs, as an input method leaves them, are read as plain ones.
    """
    if raw is None:
        return None
    if isinstance(raw, str):
        raw = unicodedata.normalize("NFC", raw).strip()
        if not raw:
            return None
    return _READERS[item.type](item, raw, codelist)


def _shown(raw: Any) -> str:
    text = str(raw)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"


def _plain(raw: str) -> str:
    return raw if raw.isascii() else unicodedata.normalize("NFKC", raw).strip()


def _read_integer(_item: Item, raw: Any, _codelist: Codelist | None) -> int:
    if isinstance(raw, bool):
        raise _unusable("not_an_integer/truth", value=_shown(raw))
    if isinstance(raw, int) and abs(raw) < 10**15:
        return raw
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 10**15:
        return int(raw)
    if isinstance(raw, str) and _INTEGER.fullmatch(text := _plain(raw)):
        return int(text)
    raise _unusable("not_an_integer", value=_shown(raw))


def _read_decimal(item: Item, raw: Any, _codelist: Codelist | None) -> str:
    text = ""
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        text = format(Decimal(str(raw)), "f") if Decimal(str(raw)).is_finite() else ""
    elif isinstance(raw, str):
        text = _plain(raw)
    if not _DECIMAL.fullmatch(text):
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
        text = _plain(raw).lower()
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
    raise _unusable("not_true_or_false", value=_shown(raw), yes="是", no="否")


def _read_date(_item: Item, raw: Any, _codelist: Codelist | None) -> str:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.isoformat()
    text = _plain(raw) if isinstance(raw, str) else ""
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
    if isinstance(raw, datetime):
        return raw.isoformat()
    text = _plain(raw) if isinstance(raw, str) else ""
    try:
        if not _DATE.match(text) or len(text) < 16:
            raise ValueError
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        raise _unusable("not_a_datetime", value=_shown(raw)) from None


def _read_text(_item: Item, raw: Any, _codelist: Codelist | None) -> str:
    text = raw if isinstance(raw, str) else str(raw)
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
    plain = _plain(text)
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
}


def plain_value(kind: str, value: Any) -> Any:
    """A canonical value as rules compute with it: decimal text to float, date text to date; others as they are."""
    if value is None:
        return None
    if kind == "decimal":
        return float(value)
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "datetime":
        return datetime.fromisoformat(value)
    return value


def canonical_value(item: Item, value: Any) -> Any:
    """A value that was worked out, in the form in which an entered one is kept:
    rounded half up to the item's digits.
    """
    if value is None:
        return None
    if item.type == "decimal":
        exact = Decimal(repr(float(value)))
        if not exact.is_finite():
            return None
        digits = item.decimals
        rounded = exact.normalize() if digits is None else exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return format(rounded, "f")
    if item.type == "integer":
        return int(value)
    if item.type in ("date", "datetime"):
        return value.isoformat()[:10] if item.type == "date" else value.isoformat()
    return bool(value) if item.type == "boolean" else str(value)


def same_value(kind: str, one: Any, other: Any) -> bool:
    """Whether two canonical values say the same: 4.2 and 4.20 do, as numbers; nothing equals only nothing."""
    if one is None or other is None:
        return one is other
    return Decimal(one) == Decimal(other) if kind == "decimal" else bool(one == other)


@literals_checked
def check_range(item: Item, value: Any, which: Literal["hard", "soft"]) -> Finding | None:
    """What is wrong when a canonical value lies outside the item's hard or soft limits (inclusive),
    still without a place.
    """
    limits: Range | None = item.hard if which == "hard" else item.soft
    if limits is None or value is None:
        return None
    number: Any
    if item.type in ("date", "datetime"):
        number, low, high = value, *(None if end is None else str(end) for end in (limits.min, limits.max))
        below, above = low is not None and number[: len(low)] < low, high is not None and number[: len(high)] > high
    else:
        number, low, high = (
            Decimal(value),
            *(None if end is None else f"{Decimal(str(end)).normalize():f}" for end in (limits.min, limits.max)),
        )
        below, above = low is not None and number < Decimal(low), high is not None and number > Decimal(high)
    if not below and not above:
        return None
    unit = f" {item.unit}" if item.unit else ""
    facts: dict[str, Any] = {
        "value": f"{value}{unit}",
        "beyond": words.phrase("below") if below else words.phrase("above"),
        "limit": f"{low if below else high}{unit}",
    }
    return words.finding("value.out_of_range" if which == "hard" else "value.unusual", **facts)
