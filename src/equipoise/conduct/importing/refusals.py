"""What the desk refused, told where it can be mended: the row and column of the file, and the clause to accept it."""

from __future__ import annotations

import re

from equipoise.conduct.importing.cells import Cells
from equipoise.conduct.importing.clauses import accept_clause, confirm_clause, different_clause, plain_or_quoted
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.planned import CellOrigin, ImportStep
from equipoise.conduct.importing.retelling import linked, part_of, retell
from equipoise.conduct.importing.values import shown
from equipoise.conduct.importing.words import phrase
from equipoise.findings import Finding
from equipoise.words import Phrase

__all__ = ["about_values", "locate"]

_ABOUT_NUMBERS = ("participant.taken", "participant.number", "participant.number_form", "participant.alike")
_ROW = re.compile(r"\[[0-9]+\]$")


def about_values(finding: Finding) -> bool:
    """Whether it is about what was entered, rather than about what could not be done because of something before it."""
    return finding.code.startswith(("value.", "form."))


def locate(finding: Finding, step: ImportStep, cells: Cells, source: MappingFile) -> Finding:
    """The desk's Finding about a step, at the row and the columns that it comes from."""
    asked, origin = _origin(finding, step, source)
    place, columns = origin.place, origin.columns
    if finding.code == "participant.alike":
        clause = different_clause(str(finding.facts["other"]), str(finding.facts["participant"]))
        told = phrase("different", map_file=source.file, clause=clause)
        return retell(finding, finding.code, cells.where(place, *columns), mend=told)
    if not about_values(finding):
        return retell(finding, finding.code, cells.where(place, *columns))
    mend = None
    if finding.code == "form.soft" and (check := finding.facts.get("check")) is not None and len(columns) != 1:
        mend = phrase("confirm", map_file=source.file, clause=confirm_clause(str(check)))
    elif len(columns) == 1:
        value, kind = cells.exact[columns[0]][place], source.mapping.type_of(columns[0])
        clause = accept_clause(columns[0], kind, value, keep=finding.code == "form.soft")
        key = (
            "correct_or_keep"
            if finding.code == "form.soft"
            else "correct_or_accept"
            if value is None
            else "correct_or_drop"
        )
        lost = {} if key != "correct_or_drop" else {"text": cells.original(place, columns[0])[:40]}
        mend = phrase(key, map_file=source.file, clause=clause, **lost)
        if finding.code == "value.decimals" and (keep := _rounded(finding, step, source, asked)) is not None:
            mend = phrase("round_or_drop", keep=keep, clause=clause, **lost)
    elif finding.code == "value.decimals" and (keep := _rounded(finding, step, source, asked)) is not None:
        mend = phrase("round_or_correct", keep=keep)
    what = _about(finding, asked, place, columns, cells)
    return retell(finding, finding.code, cells.where(place, *columns), what=what, mend=mend)


def _rounded(finding: Finding, step: ImportStep, source: MappingFile, item: str) -> Phrase | None:
    """The item's expression, rounded to the digits that it takes."""
    form = getattr(step.act, "form", None)
    records = [record for record in source.mapping.acts.records if record.form == form]
    rows = [row.values for record in records for of in record.groups.values() for row in of]
    for values in (*(record.values for record in records), *rows):
        if item in values:
            rule = f"ROUND({values[item]}, {finding.facts['most']})"
            return phrase("keep.round", item=item, rule=plain_or_quoted(rule), map_file=source.file)
    return None


def _origin(finding: Finding, step: ImportStep, source: MappingFile) -> tuple[str, CellOrigin]:
    """The item or field that a Finding is about, and where it comes from; the step's first row when it is about all."""
    path = finding.where.path
    within = path.partition(".")[2]
    asked = _ROW.sub("", path.rpartition(".")[2])
    named = "participant" if finding.code in _ABOUT_NUMBERS else asked
    origin = step.sources.get(within) or step.sources.get(named)
    if origin is None and len(step.sources) == 1:
        origin = next(iter(step.sources.values()))
    if origin is None:
        origin = step.sources.get("date", CellOrigin(step.places[0], ()))
    columns = tuple(name for name in origin.columns if name in source.mapping.columns)
    return asked, CellOrigin(origin.place, columns)


def _about(finding: Finding, item: str, place: int, columns: tuple[str, ...], cells: Cells) -> Phrase:
    """What the desk said, with what stands in the file where it does not say that itself."""
    originals = {name: cells.original(place, name) for name in columns}
    said = [
        phrase("cell", column=name, value=shown(text))
        for name, text in originals.items()
        if not text or text not in finding.what
    ]
    what = part_of(finding, "what")
    named = what if item in columns or item in finding.what else phrase("about", item=item, what=what)
    return linked([*said, named])
