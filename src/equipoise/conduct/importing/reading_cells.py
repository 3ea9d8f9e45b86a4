"""One cell: from the text that stands in the file to a typed value.

What a form would accept from a person's hand is accepted from a file; besides, what spreadsheets and databases write
for the same: 1 and 0 for yes and no, 52.0 for 52, 1e+05 for 100000, more digits than a number is known by, the decimal
sign that the mapping states. How such a cell was read is a note, which the import tells once for each column. Nothing
else is accepted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from equipoise.conduct.importing.dates import read_day, read_moment
from equipoise.conduct.importing.mapping import DateFormat, Reads
from equipoise.conduct.importing.values import read_cell
from equipoise.conduct.importing.words import finding
from equipoise.forms.partial_dates import read_partial
from equipoise.forms.qualified_numbers import SIGNS, read_qualified
from equipoise.forms.values import Unusable
from equipoise.forms.writing import plain_writing

__all__ = ["ReadCell", "read_written"]

_LONG = re.compile(r"[+-]?[0-9]{0,15}\.[0-9]{16,300}")
_KEPT, _LEAST_CUT = Decimal(1).scaleb(-15), Decimal("0.000001")  # what is cut off is below a billionth of the number
_WHOLE = re.compile(r"([+-]?[0-9]{1,15})\.0+")
_EXPONENT = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{1,15})?|\.[0-9]{1,15})[eE][+-]?[0-9]{1,2}")
_UNKNOWN = re.compile(r"(?:UN|UNK|NK|XX|\?+|0+)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class ReadCell:
    """The value as expressions compute with it, in canonical form, and how it was read where that is worth a word."""

    plain: Any
    exact: Any
    note: str | None = None


def read_written(kind: str, text: str, reads: Reads, dates: DateFormat | None) -> ReadCell:
    """The value of what is written in a cell that is not empty; raises Unusable."""
    if kind == "partial_date":
        return _read_partial(text, dates)
    if kind == "qualified_number":
        return _read_qualified(text, reads)
    if dates is not None:
        return _read_dated(kind, text, dates)
    if kind in ("integer", "decimal"):
        return _read_number(kind, text, reads)
    if kind == "boolean":
        return _read_truth(text, reads)
    return ReadCell(*read_cell(kind, text), "full_width" if kind == "date" and not text.isascii() else None)


def _read_dated(kind: str, text: str, dates: DateFormat) -> ReadCell:
    written = plain_writing(text)
    if kind == "datetime":
        moment = read_moment(written, dates)
        return ReadCell(moment, moment.isoformat())
    day = read_day(written, dates)
    return ReadCell(day, day.isoformat())


def _read_partial(text: str, dates: DateFormat | None) -> ReadCell:
    """A date of which a part may not be known: year, year and month, or all of it, in ISO 8601."""
    written = plain_writing(text)
    if dates is not None:
        try:
            known = read_day(written, dates).isoformat()
        except Unusable:
            known = _without_unknown(written, dates) or ""
            if not known:
                raise
    else:
        known = written
    partial = read_partial(known)
    if partial is None or (partial.year is not None and not partial.possible()):
        raise Unusable(finding("import.not_a_partial_date", text=text[:40]))
    return ReadCell(partial.known, partial.known)


def _without_unknown(written: str, dates: DateFormat) -> str | None:
    """What is known of a date in one of the formats whose day, or day and month, say UN or are left out."""
    for form in dates.all_formats:
        parts = re.findall(r"%[YmdbB]", form)
        texts = re.split(r"[^0-9A-Za-z?]+", written)
        if "%Y" not in parts or len(texts) > len(parts):
            continue
        parts = sorted(parts, key=lambda part: part != "%d")[len(parts) - len(texts) :] if len(texts) < 3 else parts
        if len(texts) < 3:
            parts = [part for part in re.findall(r"%[YmdbB]", form) if part in parts]
        if len(texts) == 1:
            parts = ["%Y"]
        said = {part: text for part, text in zip(parts, texts, strict=True) if not _UNKNOWN.fullmatch(text)}
        try:
            year = f"{int(said['%Y']):04d}"
            month = next((said[part] for part in ("%m", "%b", "%B") if part in said), None)
            if month is None or "%d" in said:
                return year if month is None else None
            number = int(month) if month.isdigit() else datetime.strptime(month[:3], "%b").month  # noqa: DTZ007
        except (KeyError, ValueError):
            continue
        return f"{year}-{number:02d}"
    return None


def _read_qualified(text: str, reads: Reads) -> ReadCell:
    """A number with or without a sign before it, or a word that stands for one; the form says which it takes."""
    written = plain_writing(text)
    value = read_qualified(written, dict.fromkeys(SIGNS))
    if value is None or not value.number:
        raise Unusable(finding("import.not_a_qualified_number", text=text[:40]))
    if value.qualifier is None and _WORD.fullmatch(value.number):
        return ReadCell(value.number, value.number)
    number = _read_number("decimal", value.number, reads)
    exact = f"{value.qualifier or ''}{number.exact}"
    return ReadCell(exact, exact, number.note)


def _read_number(kind: str, text: str, reads: Reads) -> ReadCell:
    written = plain_writing(text)
    note = "full_width" if written != text.strip() else None
    if "," in written and reads.decimal != ".":
        if written.count(",") > 1 or "." in written:
            raise Unusable(finding("import.not_a_number/signs", text=text[:40]))
        if reads.decimal == "either" and _THOUSANDS.fullmatch(written):
            raise Unusable(finding("import.not_a_number/thousands", text=text[:40]))
        written = written.replace(",", ".")
    elif "." in written and reads.decimal == ",":
        raise Unusable(finding("import.not_a_number/point", text=text[:40]))
    if _EXPONENT.fullmatch(written):
        written, note = format(Decimal(written), "f"), "exponent"
    if kind == "integer" and (whole := _WHOLE.fullmatch(written)):
        written, note = whole.group(1), note or "whole"
    if kind == "decimal" and _LONG.fullmatch(written) and abs(Decimal(written)) >= _LEAST_CUT:
        written, note = f"{Decimal(written).quantize(_KEPT):f}".rstrip("0").rstrip("."), "digits"
    try:
        return ReadCell(*read_cell(kind, written), note)
    except Unusable:
        return ReadCell(*read_cell(kind, text), note)  # told with what stands in the file


def _read_truth(text: str, reads: Reads) -> ReadCell:
    written = text.strip()
    for words, truth in ((reads.yes, True), (reads.no, False)):
        if written in words:
            return ReadCell(truth, truth)
    plain = plain_writing(written)
    if plain in ("1", "0", "1.0", "0.0"):
        return ReadCell(plain[0] == "1", plain[0] == "1", "one_zero")
    return ReadCell(*read_cell("boolean", text))
