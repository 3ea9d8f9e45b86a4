"""What the desk refused, told where it can be mended: the row and column of the file, and the clause to accept it."""

from __future__ import annotations

import re

from equipoise.conduct.importing.cells import Cells, accept_clause
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.retelling import linked, part_of, retell
from equipoise.conduct.importing.row_acts import RowStep
from equipoise.conduct.importing.values import shown
from equipoise.conduct.importing.words import phrase
from equipoise.findings import Finding
from equipoise.words import Phrase

__all__ = ["about_values", "locate"]

_ROW = re.compile(r"\[\d+\]$")


def about_values(finding: Finding) -> bool:
    """Whether it is about what was entered, rather than about what could not be done because of something before it."""
    return finding.code.startswith(("value.", "form."))


def locate(finding: Finding, step: RowStep, place: int, cells: Cells, source: MappingFile) -> Finding:
    """The desk's Finding about a step of the row at `place`."""
    asked = _ROW.sub("", finding.where.path.rpartition(".")[2])
    columns = step.sources.get("participant" if finding.code == "participant.taken" else asked, ())
    if not columns and len(step.sources) == 1:
        columns = next(iter(step.sources.values()))
    if not columns and "date" in step.sources:
        columns = step.sources["date"]
    columns = tuple(name for name in columns if name in source.mapping.columns)
    if not about_values(finding):
        return retell(finding, finding.code, cells.where(place, *columns))
    mend = None
    if len(columns) == 1:
        value, kind = cells.exact[columns[0]][place], source.mapping.type_of(columns[0])
        clause = accept_clause(columns[0], kind, value, keep=finding.code == "form.soft")
        mend = phrase("correct_or_accept", map_file=source.file, clause=clause)
    what = _about(finding, asked, place, columns, cells)
    return retell(finding, finding.code, cells.where(place, *columns), what=what, mend=mend)


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
