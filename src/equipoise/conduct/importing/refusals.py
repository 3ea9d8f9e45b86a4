"""What the desk refused, told where it can be mended: the row and column of the file, and the clause that would accept it."""

from __future__ import annotations

import re

from equipoise.conduct.importing.cells import Cells, accept_clause
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.row_acts import Step
from equipoise.conduct.importing.values import shown
from equipoise.findings import Finding, prose

__all__ = ["about_values", "locate"]

_ROW = re.compile(r"\[\d+\]$")


def about_values(finding: Finding) -> bool:
    """Whether it is about what was entered, rather than about what could not be done because of something before it."""
    return finding.code.startswith(("value.", "form."))


def locate(finding: Finding, step: Step, place: int, cells: Cells, source: MappingFile) -> Finding:
    """The desk's Finding about a step of the row at `place`."""
    asked = _ROW.sub("", finding.where.path.rpartition(".")[2])
    columns = step.sources.get("participant" if finding.code == "participant.taken" else asked, ())
    if not columns and len(step.sources) == 1:
        columns = next(iter(step.sources.values()))
    if not columns and "date" in step.sources:
        columns = step.sources["date"]
    columns = tuple(name for name in columns if name in source.mapping.columns)
    about = _about(finding, asked, place, columns, cells) if about_values(finding) else finding.what
    mend = finding.mend
    if len(columns) == 1 and about_values(finding):
        value, kind = cells.exact[columns[0]][place], source.mapping.type_of(columns[0])
        clause = accept_clause(columns[0], kind, value, keep=finding.code == "form.soft")
        mend = f"Correct it in the file, or accept it under `accept` in {source.file}: {clause}"
    return prose(finding.code, cells.where(place, *columns), about, finding.why, mend)


def _about(finding: Finding, item: str, place: int, columns: tuple[str, ...], cells: Cells) -> str:
    """What the desk said, with what stands in the file where it does not say that itself."""
    originals = [cells.original(place, name) for name in columns]
    said = [
        f"{name} is {shown(text)}"
        for name, text in zip(columns, originals, strict=True)
        if not text or text not in finding.what
    ]
    named = finding.what if item in columns or item in finding.what else f"{item}: {finding.what}"
    return "; ".join([*said, named])
