"""A foreign CSV file to rows of text, each with the line it begins on; nothing is converted, nothing is guessed.

Raises Unreadable when the file cannot be read as a table at all; what can be told row by row comes back as Findings.
Follows RFC 4180; a UTF-8 byte order mark is passed over. Refuses to know what a cell means.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from equipoise.conduct.importing.encodings import decode
from equipoise.conduct.importing.headers import FileRow, find_title, place_header
from equipoise.conduct.importing.mapping import Mapping, Reads
from equipoise.conduct.importing.words import finding, unreadable, warning
from equipoise.conduct.importing.workbooks import Merged, is_workbook, read_sheet
from equipoise.findings import Finding, Where
from equipoise.words import nearest, trouble_of

__all__ = ["BYTES_MAX", "FileRow", "FileTable", "read_bytes", "read_rows", "read_table"]

# All of it is held in one transaction and in memory; the largest trials' tables are a tenth of this.
BYTES_MAX = 50_000_000
COLUMNS_MAX = 5_000


@dataclass(frozen=True, slots=True)
class FileTable:
    """A file as text: its header, its rows, and the SHA-256 of its bytes."""

    file: str
    sha256: str
    size: int
    header: tuple[str, ...]
    rows: tuple[FileRow, ...]


def read_table(path: Path, mapping: Mapping, map_file: str) -> tuple[FileTable, list[Finding]]:
    """The table, and every Finding about its shape: columns that lack or repeat, rows too short or too long."""
    content = read_bytes(path)
    every, told, merged = read_rows(content, mapping.reads, str(path), map_file)
    header, rows = place_header(every, mapping.reads, str(path), map_file)
    header, rows, more = _without_empty_columns(header, rows, str(path))
    told = [*told, *more]
    filled, blank = _without_blank(rows, str(path))
    table = FileTable(str(path), hashlib.sha256(content).hexdigest(), len(content), header, tuple(filled))
    found = [*told, *_check_header(table, mapping, map_file), *_check_merged(table, mapping, merged)]
    if any(one.severity == "error" for one in found):
        return table, found
    if not filled:
        found.append(finding("import.no_rows", Where(table.file)))
    return table, found + blank + [fault for row in filled if (fault := _check_row(row, table)) is not None]


def read_rows(
    content: bytes, reads: Reads, file: str, map_file: str
) -> tuple[list[FileRow], list[Finding], list[Merged]]:
    """All rows of a text file or of a sheet, what was told of its encoding or of its cells, and merged cells."""
    if is_workbook(content):
        sheet, told, merged = read_sheet(content, file, reads.sheet, map_file)
        return [FileRow(line, tuple(row)) for line, row in enumerate(sheet, start=1)], told, merged
    text, told = decode(content, reads, file, map_file)
    if (columns := text.partition("\n")[0].count(reads.delimiter) + 1) > COLUMNS_MAX:
        unreadable("import.too_wide", Where(file, 1), columns=columns, most=COLUMNS_MAX)
    return _split(text, reads.delimiter, file), told, []


def _without_blank(rows: list[FileRow], file: str) -> tuple[list[FileRow], list[Finding]]:
    """The rows that hold something, and a word about those that do not: spreadsheets leave such rows at the end."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    blank = [row for row in rows if not any(cell.strip() for cell in row.cells)]
    said = [
        warning("import.blank_line" if not row.cells else "import.blank_line/cells", Where(file, row.line))
        for row in blank
    ]
    return filled, said


def _without_empty_columns(
    header: tuple[str, ...], rows: list[FileRow], file: str
) -> tuple[tuple[str, ...], list[FileRow], list[Finding]]:
    """Without the columns at the right that have no name and hold nothing: spreadsheets leave these behind, too."""
    named = max((place for place, name in enumerate(header, start=1) if name.strip()), default=0)
    used = max((_filled(row.cells) for row in rows), default=0)
    kept = max(named, used)
    widest = max((len(header), *(len(row.cells) for row in rows)))
    if not named or widest <= kept:
        return header, rows, []
    where = Where(file, 1)
    told = [warning("import.blank_column", where, count=widest - kept, place=kept + 1)]
    return header[:kept], [FileRow(row.line, row.cells[:kept]) for row in rows], told


def _filled(cells: tuple[str, ...]) -> int:
    """How many cells there are up to the last that holds something."""
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def read_bytes(path: Path) -> bytes:
    """The content of a file of a size that can be held. Raises Unreadable."""
    where = Where(str(path))
    try:
        if path.is_dir():
            unreadable("import.folder", where)
        if path.exists() and not path.is_file():
            unreadable("import.not_a_file", where)
        size = path.stat().st_size
        if size > BYTES_MAX:
            unreadable("import.too_large", where, size=size / 1e6, most=BYTES_MAX // 1_000_000)
        content = path.read_bytes()
    except FileNotFoundError:
        unreadable("import.not_found", where)
    except OSError as error:
        unreadable("import.not_readable", where, reason=trouble_of(error))
    return content


def _split(text: str, delimiter: str, file: str) -> list[FileRow]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[FileRow] = []
    start = 1
    try:
        for cells in lines:
            rows.append(FileRow(start, tuple(cells)))
            start = lines.line_num + 1
    except csv.Error as error:
        _broken(str(error), Where(file, start), lines.line_num)
    while rows and not rows[-1].cells:  # empty lines at the end say nothing
        rows.pop()
    return rows


def _broken(said: str, where: Where, until: int) -> NoReturn:
    if "unexpected end" in said or "field limit" in said:
        unreadable("import.quote/open", where)
    if until > where.line:
        unreadable("import.quote/lines", where, until=until)
    unreadable("import.quote", where)


def _check_header(table: FileTable, mapping: Mapping, map_file: str) -> list[Finding]:
    said = mapping.reads.delimiter
    if title := find_title(table.header, table.rows, mapping, Where(table.file, mapping.reads.header), map_file):
        return title
    if len(table.header) == 1 and (others := [d for d in ";\t|," if d != said and d in table.header[0]]):
        write = json.dumps(others[0])
        facts = {"likely": others[0], "said": said, "write": write, "map_file": map_file}
        return [finding("import.delimiter", Where(table.file, mapping.reads.header), **facts)]
    return [
        *_check_names(table, mapping),
        *_check_missing(table, mapping, map_file),
        *(
            warning(
                "import.extra_column", Where(table.file, mapping.reads.header, name), column=name, map_file=map_file
            )
            for name in dict.fromkeys(table.header)
            if name.strip() and name not in mapping.columns and name not in mapping.ignore
        ),
    ]


def _check_names(table: FileTable, mapping: Mapping) -> Iterator[Finding]:
    for place, name in enumerate(table.header, start=1):
        first = table.header.index(name) + 1
        if not name.strip():
            yield finding("import.nameless_column", Where(table.file, mapping.reads.header), place=place)
        elif first != place:
            where = Where(table.file, mapping.reads.header, name)
            yield finding("import.duplicate_column", where, column=name, first=first, place=place)


def _check_missing(table: FileTable, mapping: Mapping, map_file: str) -> Iterator[Finding]:
    for name in mapping.columns:
        where = Where(table.file, mapping.reads.header, name)
        if name in table.header:
            continue
        if near := nearest(name, table.header):
            yield finding("import.missing_column/near", where, column=name, near=near, map_file=map_file)
        else:
            yield finding("import.missing_column", where, column=name, map_file=map_file)


def _check_merged(table: FileTable, mapping: Mapping, merged: list[Merged]) -> Iterator[Finding]:
    """Merged cells below the header, in columns that something is taken from and rows that hold something besides."""
    asked = {place for place, name in enumerate(table.header, start=1) if name in mapping.columns}
    cells = {row.line: row.cells for row in table.rows}
    for one in merged:
        inside = range(one.left, one.right + 1)
        held = [
            line
            for line in range(one.top, one.bottom + 1)
            if any(cell.strip() and place not in inside for place, cell in enumerate(cells.get(line, ()), start=1))
        ]
        if asked.isdisjoint(inside) or not held or (one.left == one.right and held == [one.top]):
            continue
        column = table.header[one.left - 1] if one.left <= len(table.header) else ""
        yield finding("import.merged", Where(table.file, one.top, column), cells=one.cells)


def _check_row(row: FileRow, table: FileTable) -> Finding | None:
    where = Where(table.file, row.line)
    if len(row.cells) == len(table.header):
        return None
    return finding("import.ragged_row", where, cells=len(row.cells), columns=len(table.header))
