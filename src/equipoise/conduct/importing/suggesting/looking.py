"""How a foreign file seems to be written: encoding, delimiter, what stands for nothing, and each column's type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from equipoise.conduct.importing.encodings import readable_as
from equipoise.conduct.importing.headers import header_line
from equipoise.conduct.importing.mapping import DateFormat, Mapping, Reads
from equipoise.conduct.importing.reading_cells import read_written
from equipoise.conduct.importing.remedies import MISSING_WORDS, propose_formats
from equipoise.conduct.importing.table_reading import read_bytes, read_rows, read_table
from equipoise.conduct.importing.workbooks import is_workbook, sheets_of
from equipoise.forms.values import Unusable

__all__ = ["FileColumn", "Sight", "look_at"]

_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_POINT = re.compile(r"[+-]?[0-9]+\.[0-9]+")
# A column of one of these types holds nothing that another would lose; the first that reads every cell is taken.
_FIRST = 20
_LINES, _SIGNS = 30, ",;\t|"
_TYPES = ("integer", "decimal", "boolean", "date", "datetime", "qualified_number", "partial_date")


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column as it seems to be: its type, its formats where it holds dates, its texts that stand for something.

    `other` are the day-and-month formats that would read it as well.
    """

    name: str
    type: str
    texts: Sequence[str]
    formats: tuple[str, ...] = ()
    century: int | None = None
    other: tuple[str, ...] = ()

    @property
    def values(self) -> list[str]:
        """The different texts, in the order of their first appearance."""
        return list(dict.fromkeys(self.texts))


@dataclass(frozen=True, slots=True)
class Sight:
    """What the file looks like. `encodings` are those in which it reads, the likeliest first."""

    reads: Reads
    columns: Sequence[FileColumn]
    rows: Sequence[dict[str, str]]
    encodings: Sequence[str]
    sheets: Sequence[str]


def look_at(path: Path) -> Sight:
    """The file at a glance; raises Unreadable where it is no table at all."""
    content = read_bytes(path)
    sheets = sheets_of(content, str(path)) if is_workbook(content) else []
    encodings = [] if is_workbook(content) else readable_as(content)
    reads = Reads(encoding=encodings[0] if encodings else "utf-8", sheet=sheets[0] if len(sheets) > 1 else None)  # type: ignore[arg-type]
    if encodings:
        text = content.decode(encodings[0].replace("utf-8", "utf-8-sig"), "replace")
        reads = reads.model_copy(update={"delimiter": _delimiter(text.splitlines()[:_LINES])})
    if content:
        every, _, _ = read_rows(content, reads, str(path), str(path))
        reads = reads.model_copy(update={"header": header_line(every)})
    draft = Mapping.model_validate(
        {"reads": reads.model_dump(), "columns": {"x": "text"}, "acts": {"participant": "x"}}
    )
    table, _ = read_table(path, draft, str(path))
    names = [name for name in dict.fromkeys(table.header) if name.strip()]
    rows = [
        {name: row.cells[table.header.index(name)].strip() for name in names}
        for row in table.rows
        if len(row.cells) == len(table.header)
    ]
    missing = sorted({text for row in rows for text in row.values() if text.lower() in MISSING_WORDS})
    texts = {name: [row[name] for row in rows if row[name] and row[name] not in missing] for name in names}
    reads = reads.model_copy(update={"missing": ("", *missing), "decimal": _decimal(texts)})
    return Sight(reads, [_column(name, texts[name], reads) for name in names], rows, encodings, sheets)


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that parts the names in the first line; below a title, the one that parts most lines into as many."""
    first = lines[0] if lines else ""
    if any(first.count(sign) for sign in _SIGNS) and all(
        max(map(first.count, _SIGNS)) * 2 >= max(map(line.count, _SIGNS)) for line in lines
    ):
        return max(_SIGNS, key=first.count)
    alike = {sign: Counter(line.count(sign) for line in lines if sign in line).most_common(1) for sign in _SIGNS}
    return max(_SIGNS, key=lambda sign: alike[sign][0][::-1] if alike[sign] else (0, 0))


def _decimal(texts: dict[str, list[str]]) -> str:
    """The decimal sign: a comma where whole columns are such numbers."""
    commas = any(
        some and all(_DECIMAL_COMMA.fullmatch(text) or text.lstrip("+-").isdigit() for text in some)
        for some in texts.values()
        if any(_DECIMAL_COMMA.fullmatch(text) for text in some)
    )
    points = any(_POINT.fullmatch(text) for some in texts.values() for text in some)
    return "." if not commas else "either" if points else ","


def _column(name: str, texts: list[str], reads: Reads) -> FileColumn:
    some = list(dict.fromkeys(texts))
    if not some or any(text != "0" and text[0] == "0" and text.isdigit() for text in some):
        return FileColumn(name, "text", texts)  # a number with zeros before it is a name
    for kind in _TYPES:
        if kind == "date" and (found := _dated(name, texts, some)) is not None:
            return found
        if kind == "qualified_number" and not any(text[0] in "<>=≤≥~" for text in some):
            continue
        if kind == "partial_date" and not any("-" in text for text in some):
            continue
        if all(_reads(kind, text, reads) for text in some):
            return FileColumn(name, kind, texts)
    return FileColumn(name, "text", texts)


def _dated(name: str, texts: list[str], some: list[str]) -> FileColumn | None:
    if all(_reads("date", text, Reads()) for text in some):
        return FileColumn(name, "date", texts)
    if propose_formats(some[:_FIRST]) is None:  # the column is one of days only if its first cells are
        return None
    proposed = propose_formats(some)
    if proposed is None:
        return None
    formats, century, other = proposed
    clause = DateFormat(formats=tuple(formats), century=century)
    for kind in ("date", "datetime"):
        if all(_reads(kind, text, Reads(), clause) for text in some):
            return FileColumn(name, kind, texts, tuple(formats), century, tuple(other or ()))
    return None


def _reads(kind: str, text: str, reads: Reads, dates: DateFormat | None = None) -> bool:
    try:
        read_written(kind, text, reads, dates)
    except Unusable:
        return False
    return True
