"""Where the names of the columns stand: on the line that the mapping states; titles above it are no rows of data.

Promises a Finding that names the line in which the columns of the mapping do stand, and a proposal for a file that no
mapping describes yet. Nothing is skipped that the mapping does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equipoise.conduct.importing.mapping import Mapping, Reads
from equipoise.conduct.importing.words import finding, unreadable
from equipoise.findings import Finding, Where

__all__ = ["FileRow", "find_title", "header_line", "place_header"]

_LOOKED_AT_MAX = 30  # rows; a title page is shorter


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: the line it begins on and its cells as text."""

    line: int
    cells: tuple[str, ...]


def place_header(
    rows: Sequence[FileRow], reads: Reads, file: str, map_file: str
) -> tuple[tuple[str, ...], list[FileRow]]:
    """The names of the columns and the rows below them. Raises Unreadable where the line that is stated holds none."""
    place = next((n for n, row in enumerate(rows) if row.line == reads.header), None)
    if place is not None and any(cell.strip() for cell in rows[place].cells):
        return rows[place].cells, list(rows[place + 1 :])
    first = next((row.line for row in rows if any(cell.strip() for cell in row.cells)), None)
    if first is None:
        unreadable("import.empty", Where(file))
    where, facts = Where(file, reads.header), {"first": first, "map_file": map_file}
    if reads.header == 1:
        unreadable("import.no_header", where, **facts)
    unreadable("import.no_header/line", where, line=reads.header, **facts)


def find_title(
    header: Sequence[str], rows: Sequence[FileRow], mapping: Mapping, where: Where, map_file: str
) -> list[Finding]:
    """That the names stand in another line, where most of those that the mapping asks for do."""
    asked = set(mapping.columns)

    def known(cells: Sequence[str]) -> int:
        return len(asked & {cell.strip() for cell in cells})

    best = max(rows[:_LOOKED_AT_MAX], key=lambda row: known(row.cells), default=None)
    if best is None or known(best.cells) <= known(header) or 2 * known(best.cells) < len(asked):
        return []
    facts = {"line": best.line, "said": mapping.reads.header, "count": known(best.cells), "asked": len(asked)}
    return [finding("import.title", where, map_file=map_file, **facts)]


def header_line(rows: Sequence[FileRow]) -> int:
    """The line that looks like the names: the first unless it fills less than half of the columns, as titles do."""
    looked = rows[:_LOOKED_AT_MAX]
    filled = [sum(1 for cell in row.cells if cell.strip()) for row in looked]
    width = max(filled, default=0)
    return next((row.line for row, count in zip(looked, filled, strict=True) if 2 * count > width), 1)
