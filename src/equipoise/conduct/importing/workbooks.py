"""A workbook (.xlsx, .xlsm, .ods, .xls) to rows of text, as a person would have saved its sheet as CSV.

Numbers are written without a needless fraction, days and times in ISO 8601, truths as yes and no. A cell that holds an
error, or a formula without its value, is told: the reader behind this gives nothing for it. Refuses to know what a
cell means.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING, Any

from equipoise.conduct.importing.words import finding, unreadable
from equipoise.findings import Finding, Where

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

__all__ = ["Merged", "is_workbook", "read_sheet", "sheets_of"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UNPACKED_MAX = 500_000_000  # bytes: a small file may unpack to more than a machine holds
# Looked for in the text and not parsed as XML: a foreign file's entities are never expanded.
_ERROR = re.compile(r"<(?:\w+:)?c\b([^>]*\bt=\"e\"[^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
# A formula whose value was left out by the program that wrote it, and never filled in by a spreadsheet.
_NEVER_COMPUTED = re.compile(
    r"<(?:\w+:)?c\b([^>/]*)>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*(?:/>|></(?:\w+:)?v>)\s*)?</"
)
_VALUE = re.compile(r"<(?:\w+:)?v>([^<]*)</")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(r"(?:\w+:)?(\w+)=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that were made one, of which the first alone holds a value: lines and columns, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def cells(self) -> str:
        """As a spreadsheet names them: A2:A4."""
        return f"{_letters(self.left)}{self.top}:{_letters(self.right)}{self.bottom}"


def is_workbook(content: bytes) -> bool:
    """Whether these are the bytes of a workbook, and not of text."""
    return content.startswith((_ZIP, _OLE))


def read_sheet(
    content: bytes, file: str, sheet: str | None, map_file: str
) -> tuple[list[list[str]], list[Finding], list[Merged]]:
    """The rows of the sheet, from its first row on, what was told of cells without a value, and merged cells.

    Raises Unreadable.
    """
    where = Where(file)
    book = _open(content, where)
    name = _sheet(list(book.sheet_names), sheet, book, where, map_file)
    try:
        found = book.get_sheet_by_name(name)
        rows = found.to_python(skip_empty_area=False)
    except Exception:  # noqa: BLE001
        unreadable("import.workbook", where)
    errors = [
        finding("import.error_cell", Where(file, line), cell=cell, text=text)
        if text
        else finding("import.error_cell/never", Where(file, line), cell=cell)
        for line, cell, text in _errors(content, name)
    ]
    merged = [Merged(a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1) for a, b in found.merged_cell_ranges or ()]
    texts = [[_text(cell) for cell in row] for row in rows]
    return _within(texts), errors, merged


def sheets_of(content: bytes, file: str) -> list[str]:
    """The names of the sheets that hold something."""
    book = _open(content, Where(file))
    return [name for name in book.sheet_names if book.get_sheet_by_name(name).to_python(nrows=1)]


def _open(content: bytes, where: Where) -> CalamineWorkbook:
    _check_unpacked(content, where)
    try:
        from python_calamine import load_workbook

        return load_workbook(io.BytesIO(content))
    except Exception:  # noqa: BLE001  the reader raises classes of its own for each format
        unreadable("import.workbook", where)


def _within(rows: list[list[str]]) -> list[list[str]]:
    """Without the empty columns to the right of the header, where no row has anything."""
    width = max((place for row in rows for place, text in enumerate(row, start=1) if text), default=0)
    return [row[:width] for row in rows]


def _check_unpacked(content: bytes, where: Where) -> None:
    if not content.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile:
        unreadable("import.workbook", where)
    if size > _UNPACKED_MAX:
        unreadable("import.workbook/large", where, size=size / 1e6, most=_UNPACKED_MAX // 1_000_000)


def _sheet(names: list[str], asked: str | None, book: CalamineWorkbook, where: Where, map_file: str) -> str:
    """The sheet that is asked for, or the only one that holds something."""
    if asked is not None:
        if asked not in names:
            unreadable("import.sheet/unknown", where, sheet=asked, sheets=names, map_file=map_file)
        return asked
    filled = [name for name in names if book.get_sheet_by_name(name).to_python(nrows=1)]
    if len(filled) > 1:
        unreadable("import.sheet", where, sheets=filled, example=_quoted(filled[0]), map_file=map_file)
    if not filled:
        unreadable("import.empty", where)
    return filled[0]


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        # 15 digits, as the spreadsheet shows it: 3 x 20.1 is 60.3 there, and 60.300000000000004 within the file.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(Decimal(f"{cell:.15g}"), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _errors(content: bytes, sheet: str) -> Iterator[tuple[int, str, str]]:
    """Line, place and text of cells of an .xlsx with an error, and of those with a formula that nobody computed: ""."""
    if not content.startswith(_ZIP):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        part = _part(packed, sheet)
        if part is None:
            return
        text = packed.read(part).decode("utf-8", "replace")
    for cell in _ERROR.finditer(text):
        place, value = _attributes(cell[1]).get("r", ""), _VALUE.search(cell[2])
        yield _line(place), place, unescape(value[1]) if value else "#"
    for cell in _NEVER_COMPUTED.finditer(text):
        said = _attributes(cell[1])
        if said.get("t") != "str":  # the formula's answer is an empty text
            yield _line(said.get("r", "")), said.get("r", ""), ""


def _line(place: str) -> int:
    return int(re.sub(r"\D", "", place) or 0)


def _letters(column: int) -> str:
    """A column as a spreadsheet names it."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _part(packed: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of the package that holds a sheet."""
    try:
        book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
        links = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return None
    ids = {said.get("name"): said.get("id") for said in map(_attributes, _SHEET.findall(book))}
    targets = {said.get("Id"): said.get("Target", "") for said in map(_attributes, _LINK.findall(links))}
    target = targets.get(ids.get(sheet), "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in packed.namelist() else None


def _attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag by their names without a prefix."""
    return {name: unescape(text) for name, text in _ATTRIBUTE.findall(tag)}
