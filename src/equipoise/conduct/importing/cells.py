"""From rows of text to typed columns: what does not fit is told row by row, accepted only where the mapping says so.

A value is what the mapping makes of it in this order: stands for missing; is `written` as accepted; has the column's
type or date format; is accepted `when` a rule holds. Every rule sees the values as they stood before any other was
accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equipoise.conduct.importing.dates import describe_format
from equipoise.conduct.importing.mapping import Accept
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.reading_cells import read_written
from equipoise.conduct.importing.remedies import ColumnOfText, remedy
from equipoise.conduct.importing.retelling import retell, said_reason
from equipoise.conduct.importing.table_reading import FileRow, FileTable
from equipoise.conduct.importing.values import read_cell, shown
from equipoise.conduct.importing.words import finding, phrase, warning
from equipoise.findings import Finding, Where
from equipoise.forms.values import Unusable
from equipoise.rules import evaluate, polars_type
from equipoise.words import Phrase

if TYPE_CHECKING:
    import polars as pl

__all__ = ["DATES", "Cells", "Taken", "type_cells"]

DATES = "dates"  # the part of a mapping that accepts a date as it is written

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """One cell that was taken in because the mapping says so: `clause` is its id there, `original` what the file says.

    `reason` in both languages goes into the ledger, `why` is for the terminal.
    """

    clause: str
    where: Where
    column: str
    original: str
    becomes: Phrase | str
    reason: str
    why: Phrase
    replaced: bool = True


@dataclass(slots=True)
class Cells:
    """Typed columns. `rows` are aligned with `frame`; `exact` holds canonical values.

    `faulty` are the places of rows that cannot be used; `taken` is keyed by place and column. `left_out` counts the
    rows that each clause of `leave_out` left out: they are not among `rows`.
    """

    table: FileTable
    rows: list[FileRow]
    frame: pl.DataFrame
    exact: dict[str, list[Any]]
    taken: dict[tuple[int, str], Taken] = field(default_factory=dict)
    faulty: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def where(self, place: int, *columns: str) -> Where:
        """The file, the line of the row, and the columns."""
        return Where(self.table.file, self.rows[place].line, ", ".join(columns))

    def original(self, place: int, column: str) -> str:
        """What stands in the file."""
        return self.rows[place].cells[self.table.header.index(column)]


def type_cells(table: FileTable, source: MappingFile, progress: Progress) -> Cells:
    """Every cell typed, every blemish told; rows that the mapping leaves out are gone."""
    import polars as pl

    mapping = source.mapping
    rows, left_out = _leave_out(table, source)
    cells = Cells(table, rows, pl.DataFrame(), {}, left_out=left_out[0], findings=left_out[1])
    plain: dict[str, list[Any]] = {}
    for done, name in enumerate(mapping.columns):
        progress(done * len(rows), len(mapping.columns) * len(rows))
        pairs = _type_column(cells, source, name)
        plain[name], cells.exact[name] = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    schema = {name: polars_type(mapping.type_of(name)) for name in mapping.columns}
    cells.frame = pl.DataFrame(plain, schema=schema, strict=False)
    for place, clause in enumerate(mapping.accept):
        if clause.when is not None:
            _accept_when(cells, source, place, clause, plain)
    cells.frame = pl.DataFrame(plain, schema=schema, strict=False)
    used = {taken.clause for taken in cells.taken.values()}
    for place, clause in enumerate(mapping.accept):
        if clause.id not in used and not cells.faulty:
            cells.findings.append(warning("import.accept_unused", source.where("accept", place), clause=clause.id))
    for (place, column), taken in sorted(cells.taken.items(), key=lambda item: item[0][0]):
        cells.findings.append(_told(cells, place, column, taken))
    return cells


def _leave_out(table: FileTable, source: MappingFile) -> tuple[list[FileRow], tuple[dict[str, int], list[Finding]]]:
    """The rows that are taken in, how many each clause left out, and a word about each of these.

    The rules see the row as it can be read; what cannot be read in a row that is left out is nobody's matter.
    """
    import polars as pl

    mapping = source.mapping
    rows = [row for row in table.rows if len(row.cells) == len(table.header)]
    if not mapping.leave_out:
        return rows, ({}, [])
    draft = Cells(table, rows, pl.DataFrame(), {})
    plain = {name: [pair[0] for pair in _type_column(draft, source, name)] for name in mapping.columns}
    frame = pl.DataFrame(plain, schema={n: polars_type(mapping.type_of(n)) for n in mapping.columns}, strict=False)
    counts: dict[str, int] = {}
    found: list[Finding] = []
    gone = set[int]()
    for number, clause in enumerate(mapping.leave_out):
        where, why = str(source.where("leave_out", number)), said_reason(clause.reason)
        for place, hit in enumerate(evaluate(clause.when, frame)):
            if hit and place not in gone:
                gone.add(place)
                counts[clause.id] = counts.get(clause.id, 0) + 1
                found.append(warning("import.left_out", draft.where(place), why=why, where=where))
        if clause.id not in counts:
            found.append(warning("import.accept_unused", source.where("leave_out", number), clause=clause.id))
    return [row for place, row in enumerate(rows) if place not in gone], (counts, found)


def _told(cells: Cells, place: int, column: str, taken: Taken) -> Finding:
    where, original = cells.where(place, column), shown(taken.original)
    by: dict[str, Any] = {"original": original, "why": taken.why, "where": str(taken.where)}
    if not taken.replaced:
        return warning("import.accepted/kept", where, **by)
    key = "import.accepted/date" if taken.clause == DATES else "import.accepted"
    return warning(key, where, becomes=taken.becomes, **by)


def _type_column(cells: Cells, source: MappingFile, name: str) -> list[tuple[Any, Any]]:
    mapping = source.mapping
    kind, index = mapping.type_of(name), cells.table.header.index(name)
    missing, form = frozenset(mapping.reads.missing), mapping.dates.get(name)
    written = {
        clause.written: (place, clause)
        for place, clause in enumerate(mapping.accept)
        if clause.column == name and clause.written is not None
    }
    texts = [row.cells[index] for row in cells.rows]
    # How a column is written is looked for among the cells that hold something and are not accepted one by one.
    unsaid = [text for text in texts if text not in missing and text not in written]
    written_as = mapping.columns[name] if kind == "text" else kind
    column = ColumnOfText(name, written_as, unsaid, mapping.reads, form, source.file)
    pairs: list[tuple[Any, Any]] = []
    notes: dict[str, list[tuple[int, Any]]] = {}
    for place, text in enumerate(texts):
        if text in written:
            number, clause = written[text]
            pairs.append(read_cell(kind, clause.becomes))
            cells.taken[place, name] = _taken(source, number, clause, text)
        elif text in missing or not text.strip():
            pairs.append((None, None))
            if text.strip():
                where = cells.where(place, name)
                cells.findings.append(warning("import.missing_marker", where, text=text, map_file=source.file))
        else:
            try:
                read = read_written(written_as, text, mapping.reads, form)
            except Unusable as fault:
                pairs.append((None, None))
                cells.faulty.add(place)
                where = cells.where(place, name)
                cells.findings.append(retell(fault.found, f"import.{fault.code}", where, mend=remedy(column, text)))
                continue
            pairs.append((read.plain, read.exact))
            if read.note is not None:
                notes.setdefault(read.note, []).append((place, read.exact))
            if form is not None and str(read.exact) != text:
                why, where = describe_format(form), source.where(DATES, name)
                reason = f"{why.in_('en')} / {why.in_('zh')}"
                cells.taken[place, name] = Taken(DATES, where, name, text, str(read.exact), reason, why)
    for note, noted in notes.items():
        place, value = noted[0]
        facts = {"text": texts[place][:40], "value": shown(value), "count": len(noted)}
        cells.findings.append(warning(f"import.read_as/{note}", cells.where(place, name), **facts))
    return pairs


def _taken(source: MappingFile, number: int, clause: Accept, original: str) -> Taken:
    becomes = phrase("missing") if clause.becomes is None else str(clause.becomes)
    said = clause.reason
    where, why = source.where("accept", number), said_reason(said)
    return Taken(clause.id, where, clause.column, original, becomes, f"{said.en} / {said.zh}", why, clause.replaces)


def _accept_when(cells: Cells, source: MappingFile, number: int, clause: Accept, plain: dict[str, list[Any]]) -> None:
    name = clause.column
    value = read_cell(source.mapping.type_of(name), clause.becomes) if clause.replaces else None
    for place, hit in enumerate(evaluate(clause.when or "", cells.frame)):
        if not hit or place in cells.faulty:
            continue
        before = cells.taken.get((place, name))
        if before is not None and before.clause != DATES:
            facts = {"original": shown(before.original), "place": str(before.where)}
            other = str(source.where("accept", number))
            where = cells.where(place, name)
            found = finding("import.accepted_twice", where, first=before.clause, second=clause.id, other=other, **facts)
            cells.findings.append(found)
            cells.faulty.add(place)
            continue
        cells.taken[place, name] = _taken(source, number, clause, cells.original(place, name))
        if value is not None:
            plain[name][place], cells.exact[name][place] = value
