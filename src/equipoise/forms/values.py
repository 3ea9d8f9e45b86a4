"""Reading an entered value: from what a person typed to the one canonical form that the ledger keeps.

Promises a value or a Finding that says what was typed and what would do; never a guess. A decimal stays the text that
was entered (4.20 is not 4.2). Refuses to know the form around the item: what depends on other answers is judged by the desk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from equipoise.findings import Finding, Where, prose
from equipoise.units import EARLIEST_DAY

if TYPE_CHECKING:
    from equipoise.forms.spec import Codelist, Item, Range

__all__ = ["Unusable", "canonical_value", "check_range", "plain_value", "read_value", "same_value"]

_INTEGER = re.compile(r"[+-]?\d{1,15}")
_DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{1,15})?|\.\d{1,15})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TRUE = frozenset({"true", "yes", "y", "是"})
_FALSE = frozenset({"false", "no", "n", "否"})
_TEXT_LONGEST = 10_000


class Unusable(ValueError):
    """A value that does not fit: `code`, what it is, why it does not do, and what would mend it."""

    def __init__(self, code: str, what: str, why: str, mend: str) -> None:
        super().__init__(what)
        self.code, self.what, self.why, self.mend = code, what, why, mend

    def at(self, where: Where) -> Finding:
        """The Finding, at a place."""
        return prose(f"value.{self.code}", where, self.what, self.why, self.mend)


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
        raise Unusable(
            "not_an_integer", f"{_shown(raw)} is a truth value", "a whole number is asked for", "Enter digits only."
        )
    if isinstance(raw, int) and abs(raw) < 10**15:
        return raw
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 10**15:
        return int(raw)
    if isinstance(raw, str) and _INTEGER.fullmatch(text := _plain(raw)):
        return int(text)
    raise Unusable(
        "not_an_integer",
        f"{_shown(raw)} is not a whole number",
        "a whole number is asked for",
        "Enter digits only, without unit or point.",
    )


def _read_decimal(item: Item, raw: Any, _codelist: Codelist | None) -> str:
    text = ""
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        text = format(Decimal(str(raw)), "f") if Decimal(str(raw)).is_finite() else ""
    elif isinstance(raw, str):
        text = _plain(raw)
    if not _DECIMAL.fullmatch(text):
        mend = "Enter digits with a point, for example 4.2, without the unit."
        raise Unusable("not_a_number", f"{_shown(raw)} is not a number", "a number is asked for", mend)
    digits = len(text.partition(".")[2])
    if item.decimals is not None and digits > item.decimals:
        why = f"this item takes at most {item.decimals}{f', in {item.unit}' if item.unit else ''}"
        raise Unusable(
            "decimals",
            f"{_shown(text)} has {digits} digits after the point",
            why,
            "Round it as the instructions of the form say"
            + (", or convert it if the source states another unit." if item.unit else "."),
        )
    return text


def _read_boolean(_item: Item, raw: Any, _codelist: Codelist | None) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        text = _plain(raw).lower()
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
    raise Unusable(
        "not_true_or_false",
        f"{_shown(raw)} is neither yes nor no",
        "a yes or a no is asked for",
        "Enter yes (true, 是) or no (false, 否).",
    )


def _read_date(_item: Item, raw: Any, _codelist: Codelist | None) -> str:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.isoformat()
    text = _plain(raw) if isinstance(raw, str) else ""
    if not _DATE.fullmatch(text):
        raise Unusable(
            "not_a_date",
            f"{_shown(raw)} is not a date",
            "a date is written year-month-day",
            "Enter it as in 2024-06-30.",
        )
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unusable(
            "impossible_date",
            f"{_shown(text)} is not in the calendar",
            "there is no such day",
            "Correct day, month or year.",
        ) from None
    if day < EARLIEST_DAY:
        why = f"nobody in a trial was alive before {EARLIEST_DAY.year}"
        raise Unusable("impossible_date", f"{_shown(text)} is too early", why, "Correct the year.")
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
        why = "date and time are written as in 2024-06-30T14:05"
        raise Unusable(
            "not_a_datetime", f"{_shown(raw)} is not a date with a time", why, "Enter date and time."
        ) from None


def _read_text(_item: Item, raw: Any, _codelist: Codelist | None) -> str:
    text = raw if isinstance(raw, str) else str(raw)
    if len(text) > _TEXT_LONGEST:
        raise Unusable(
            "too_long", f"the text has {len(text)} characters", f"at most {_TEXT_LONGEST} are kept", "Shorten it."
        )
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in text):
        raise Unusable(
            "not_text",
            f"{_shown(text.encode('unicode_escape').decode())} holds control characters",
            "they are not text",
            "Remove them.",
        )
    return text


def _read_code(_item: Item, raw: Any, codelist: Codelist | None) -> str:
    codes = [code.code for code in codelist.codes] if codelist else []
    text = str(raw).lower() if isinstance(raw, bool) else str(raw)
    if text in codes:
        return text
    plain = _plain(text)
    if plain in codes:
        return plain
    raise Unusable(
        "unknown_code",
        f"{_shown(text)} is not a code of {codelist.id if codelist else 'the codelist'}",
        f"its codes are {_listed(codes)}",
        _nearest(plain, codes),
    )


def _listed(codes: Iterable[str]) -> str:
    known = list(codes)
    return ", ".join(known[:12]) + (f" and {len(known) - 12} more" if len(known) > 12 else "")


def _nearest(text: str, codes: list[str]) -> str:
    by_folded = {code.casefold(): code for code in codes}
    near = get_close_matches(text.casefold(), by_folded, 1)
    return f"Did you mean {by_folded[near[0]]}?" if near else "Choose one of them."


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
    """A value that was worked out, in the form in which an entered one is kept: rounded half up to the item's digits."""
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


def check_range(item: Item, value: Any, which: Literal["hard", "soft"]) -> Unusable | None:
    """What is wrong when a canonical value lies outside the item's hard or soft limits (inclusive); None when nothing is."""
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
    what = f"{value}{unit} is {'below' if below else 'above'} {low if below else high}{unit}"
    if which == "hard":
        return Unusable(
            "out_of_range",
            what,
            "this item cannot have such a value",
            "Look at the source again and enter what it says, in the unit asked for.",
        )
    return Unusable(
        "unusual",
        what,
        "such a value is unusual",
        "Look at the source again; if it says so, confirm the value and give the reason.",
    )
