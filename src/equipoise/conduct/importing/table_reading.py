"""A foreign CSV file to rows of text, each with the line it begins on; nothing is converted, nothing is guessed.

Raises Unreadable when the file cannot be read as a table at all; what can be told row by row comes back as Findings.
Follows RFC 4180; a UTF-8 byte order mark is passed over. Refuses to know what a cell means.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from equipoise.conduct.importing.mapping import Mapping, Reads
from equipoise.findings import Finding, Unreadable, Where, prose

__all__ = ["BYTES_MAX", "Row", "Table", "read_table"]

BYTES_MAX = (
    50_000_000  # all of it is held in one transaction and in memory; the largest trials' tables are a tenth of this
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on and its cells as text."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as text: its header, its rows, and the SHA-256 of its bytes."""

    file: str
    sha256: str
    size: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, mapping: Mapping, map_file: str) -> tuple[Table, list[Finding]]:
    """The table, and every Finding about its shape: columns that lack or repeat, rows that are too short or too long."""
    content = _read_bytes(path)
    text = _decode(content, mapping.reads, str(path), map_file)
    header, rows = _split(text, mapping.reads.delimiter, str(path))
    table = Table(str(path), hashlib.sha256(content).hexdigest(), len(content), header, tuple(rows))
    found = list(_check_header(table, mapping, map_file))
    if any(finding.severity == "error" for finding in found):
        return table, found
    if not any(row.cells for row in rows):
        found.append(
            prose(
                "import.no_rows",
                Where(table.file),
                "the file holds a header and no rows",
                "there is nothing to take in",
                "Name the file that holds the data.",
            )
        )
    return table, found + [finding for row in rows if (finding := _check_row(row, table)) is not None]


def _unreadable(code: str, where: Where, what: str, why: str, mend: str) -> NoReturn:
    raise Unreadable(prose(f"import.{code}", where, what, why, mend))


def _read_bytes(path: Path) -> bytes:
    where = Where(str(path))
    try:
        if path.is_dir():
            _unreadable(
                "folder", where, "this is a folder", "one CSV file is taken in at a time", "Name the file itself."
            )
        if path.exists() and not path.is_file():
            _unreadable(
                "not_a_file",
                where,
                "this is not an ordinary file",
                "its bytes could not be named again later",
                "Save the data as a CSV file.",
            )
        size = path.stat().st_size
        if size > BYTES_MAX:
            why = f"an import takes at most {BYTES_MAX // 1_000_000} MB, because all of it is kept or nothing"
            _unreadable(
                "too_large",
                where,
                f"the file has {size / 1e6:.0f} MB",
                why,
                "Divide it, for example by site, and import the parts.",
            )
        content = path.read_bytes()
    except FileNotFoundError:
        _unreadable("not_found", where, "there is no such file", "nothing can be read from it", "Check the path.")
    except OSError as error:
        _unreadable(
            "not_readable",
            where,
            "the file cannot be read",
            (error.strerror or str(error)).lower(),
            "Give yourself the right to read it.",
        )
    return content


def _decode(content: bytes, reads: Reads, file: str, map_file: str) -> str:
    """The text, in the encoding that the mapping states."""
    said = reads.encoding
    if said != "utf-16":
        if content.startswith(_UTF16) or content[:400].count(0) > 40:
            _encoding(file, 1, "UTF-16", said, map_file, "utf-16")
        if (at := content.find(0)) >= 0:
            line = content[:at].count(b"\n") + 1
            _unreadable(
                "nul",
                Where(file, line),
                "the file holds a NUL byte here",
                "it is not text; the file was damaged or is of another kind",
                "Export the file again.",
            )
    if said not in ("utf-8", "utf-16") and not content.isascii() and _is(content, "utf-8"):
        _encoding(file, 1, "UTF-8", said, map_file, "utf-8")
    try:
        text = content.decode("utf-8-sig" if said == "utf-8" else said)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        likely, write = _likely(content, said)
        _encoding(file, line, likely, said, map_file, write)
    if (at := text.find("\0")) >= 0:
        _unreadable(
            "nul",
            Where(file, text[:at].count("\n") + 1),
            "the file holds a NUL here",
            "it is not text; the file was damaged or is of another kind",
            "Export the file again.",
        )
    if not text.strip():
        _unreadable(
            "empty", Where(file), "the file is empty", "it has not even a header", "Name the file that holds the data."
        )
    return text


def _is(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _likely(content: bytes, said: str) -> tuple[str, str]:
    if said != "gb18030" and _is(content, "gb18030") and re.search("[\u4e00-\u9fff]", content.decode("gb18030")):
        return ("GBK", "gbk") if _is(content, "gbk") and said != "gbk" else ("GB 18030", "gb18030")
    return "Windows-1252 or Latin-1", "windows-1252"


def _encoding(file: str, line: int, likely: str, said: str, map_file: str, write: str) -> NoReturn:
    why = (
        f"{map_file} says `encoding: {said}`"
        if said != "utf-8"
        else "without another word of the mapping a file is read as UTF-8"
    )
    mend = f"If that is right, write `reads: {{encoding: {write}}}` in {map_file}; or save the file again as UTF-8."
    _unreadable("encoding", Where(file, line), f"the file looks like {likely}", why, mend)


def _split(text: str, delimiter: str, file: str) -> tuple[tuple[str, ...], list[Row]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    start = 1
    try:
        for cells in lines:
            rows.append(Row(start, tuple(cells)))
            start = lines.line_num + 1
    except csv.Error as error:
        _broken(str(error), Where(file, start), lines.line_num)
    while rows and not rows[-1].cells:  # empty lines at the end say nothing
        rows.pop()
    if not rows[0].cells:
        _unreadable(
            "no_header",
            Where(file, 1),
            "the first line is empty",
            "it holds the names of the columns",
            "Remove the empty line.",
        )
    return rows[0].cells, rows[1:]


def _broken(said: str, where: Where, until: int) -> NoReturn:
    mend = 'Look for a quote (") that is opened or closed too much; within quotes a quote is written twice.'
    if "unexpected end" in said or "field limit" in said:
        _unreadable(
            "quote",
            where,
            "a quote is opened in the row that begins here and never closed",
            "the rest of the file would be one cell",
            mend,
        )
    to = f" (and goes on to line {until})" if until > where.line else ""
    _unreadable(
        "quote",
        where,
        f"a quote in the row that begins here{to} is closed before the cell ends",
        "cells in quotes end with the closing quote",
        mend,
    )


def _check_header(table: Table, mapping: Mapping, map_file: str) -> list[Finding]:
    where = Where(table.file, 1)
    found: list[Finding] = []
    if len(table.header) == 1 and (
        others := [d for d in ";\t|," if d != mapping.reads.delimiter and d in table.header[0]]
    ):
        mend = f"If that is right, write `reads: {{delimiter: {others[0]!r}}}` in {map_file}.".replace("'", '"')
        return [
            prose(
                "import.delimiter",
                where,
                "the header is a single cell",
                f"it looks as if {others[0]!r} parts the cells, and {mapping.reads.delimiter!r} is expected",
                mend,
            )
        ]
    for place, name in enumerate(table.header, start=1):
        if not name.strip():
            found.append(
                prose(
                    "import.nameless_column",
                    where,
                    f"column {place} has no name",
                    "its values could not be asked for",
                    "Name it in the header of the file.",
                )
            )
        elif table.header.index(name) != place - 1:
            found.append(
                prose(
                    "import.duplicate_column",
                    Where(table.file, 1, name),
                    f"`{name}` is the name of columns {table.header.index(name) + 1} and {place}",
                    "which of them is meant would be a guess",
                    "Give each column its own name in the file.",
                )
            )
    for name in mapping.columns:
        if name not in table.header:
            near = get_close_matches(name, table.header, 1)
            mend = (
                f"Did you mean `{near[0]}`? Correct the name under `columns` in {map_file}."
                if near
                else f"Name the right file, or correct `columns` in {map_file}."
            )
            found.append(
                prose(
                    "import.missing_column",
                    Where(table.file, 1, name),
                    f"the file has no column `{name}`",
                    f"{map_file} asks for it",
                    mend,
                )
            )
    found += [
        prose(
            "import.extra_column",
            Where(table.file, 1, name),
            f"nothing is taken from the column `{name}`",
            f"{map_file} does not name it",
            f"Name it under `columns`, or write `ignore: [{name}]`.",
            "warning",
        )
        for name in dict.fromkeys(table.header)
        if name.strip() and name not in mapping.columns and name not in mapping.ignore
    ]
    return found


def _check_row(row: Row, table: Table) -> Finding | None:
    where = Where(table.file, row.line)
    if not row.cells:
        return prose("import.blank_line", where, "the line is empty", "it was passed over", "Nothing to do.", "warning")
    if len(row.cells) == len(table.header):
        return None
    what = f"the row has {len(row.cells)} cells and the header {len(table.header)}"
    return prose(
        "import.ragged_row",
        where,
        what,
        "whose value is missing or too much would be a guess",
        "Correct the row; a cell that holds the delimiter itself stands in quotes.",
    )
