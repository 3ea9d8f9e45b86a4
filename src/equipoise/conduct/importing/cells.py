"""From rows of text to typed columns: what does not fit is told row by row, accepted only where the mapping says so.

A value is what the mapping makes of it in this order: stands for missing; is `written` as accepted; has the column's
type or date format; is accepted `when` a rule holds. Every rule sees the values as they stood before any other was
accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equipoise.conduct.importing.dates import describe_format, read_day
from equipoise.conduct.importing.mapping import Accept
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.retelling import retell
from equipoise.conduct.importing.table_reading import FileRow, FileTable
from equipoise.conduct.importing.values import in_sql, quoted_name, read_cell, shown
from equipoise.conduct.importing.words import finding, phrase, warning
from equipoise.findings import Finding, Where
from equipoise.forms.values import Unusable
from equipoise.rules import evaluate, polars_type
from equipoise.words import Phrase

if TYPE_CHECKING:
    import polars as pl

__all__ = ["DATES", "Cells", "Taken", "accept_clause", "type_cells"]

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

    `faulty` are the places of rows that cannot be used; `taken` is keyed by place and column.
    """

    table: FileTable
    rows: list[FileRow]
    frame: pl.DataFrame
    exact: dict[str, list[Any]]
    taken: dict[tuple[int, str], Taken] = field(default_factory=dict)
    faulty: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def where(self, place: int, *columns: str) -> Where:
        """The file, the line of the row, and the columns."""
        return Where(self.table.file, self.rows[place].line, ", ".join(columns))

    def original(self, place: int, column: str) -> str:
        """What stands in the file."""
        return self.rows[place].cells[self.table.header.index(column)]


def type_cells(table: FileTable, source: MappingFile, progress: Progress) -> Cells:
    """Every cell typed, every blemish told."""
    import polars as pl

    mapping = source.mapping
    rows = [row for row in table.rows if len(row.cells) == len(table.header)]
    cells = Cells(table, rows, pl.DataFrame(), {})
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
    pairs: list[tuple[Any, Any]] = []
    for place, row in enumerate(cells.rows):
        text = row.cells[index]
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
                if form is None:
                    pairs.append(read_cell(kind, text))
                    continue
                day = read_day(text.strip(), form.format, form.century)
            except Unusable as fault:
                pairs.append((None, None))
                cells.faulty.add(place)
                cells.findings.append(_unfit(cells, source, place, name, kind, fault))
                continue
            pairs.append((day, day.isoformat()))
            if day.isoformat() != text:
                why = describe_format(form.format, form.century)
                where, reason = source.where(DATES, name), f"{why.in_('en')} / {why.in_('zh')}"
                cells.taken[place, name] = Taken(DATES, where, name, text, day.isoformat(), reason, why)
    return pairs


def _taken(source: MappingFile, number: int, clause: Accept, original: str) -> Taken:
    becomes = phrase("missing") if clause.becomes is None else str(clause.becomes)
    said = clause.reason
    where, why = source.where("accept", number), Phrase(said.en.rstrip(". "), said.zh.rstrip("。 "))
    return Taken(clause.id, where, clause.column, original, becomes, f"{said.en} / {said.zh}", why, clause.replaces)


def _unfit(cells: Cells, source: MappingFile, place: int, name: str, kind: str, fault: Unusable) -> Finding:
    text, map_file = cells.original(place, name), source.file
    if source.mapping.dates.get(name) or kind not in ("date", "datetime"):
        key = "correct_format_or_accept" if name in source.mapping.dates else "correct_or_accept"
        mend = phrase(key, map_file=map_file, clause=accept_clause(name, kind, text, written=True))
    else:
        mend = phrase("say_format", map_file=map_file, column=quoted_name(name))
    return retell(fault.found, f"import.{fault.code}", cells.where(place, name), mend=mend)


def accept_clause(column: str, kind: str, value: Any, *, written: bool = False, keep: bool = False) -> str:
    """How to write a clause that takes a value as missing (or, with `keep`, as it stands)."""
    word = "".join(
        letter if letter.isascii() and letter.isalnum() else "_"
        for letter in f"{column}_{'missing' if value is None else value}"
    )[:40]
    name = word if word[:1].isalpha() else f"c_{word}"
    if written:
        condition = f"written: {_in_yaml(str(value))}"
    else:
        rule = f"{quoted_name(column)} IS NULL" if value is None else f"{quoted_name(column)} = {in_sql(kind, value)}"
        condition = f"when: {_in_yaml(rule) if any(sign in rule for sign in _YAML_SIGNS) else rule}"
    becomes = "" if keep else "becomes: null, "
    shown_column = column if column.isidentifier() else _in_yaml(column)
    return f"{{id: {name}, column: {shown_column}, {condition}, {becomes}reason: {{en: ..., zh: ...}}}}"


_YAML_SIGNS = "\"'{}[],:#&*!|>%@`"


def _in_yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


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
