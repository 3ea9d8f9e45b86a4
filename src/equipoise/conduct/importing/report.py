"""What an import gives back, and how it reads in a terminal: every row is told, those that say the same together."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass

from equipoise.conduct.importing.words import phrase
from equipoise.findings import Finding, Where
from equipoise.wording.literals import literals_checked
from equipoise.words import Language, Phrase

__all__ = ["ImportReport", "render_findings"]

PARTS_MAX = 5  # so many different values of one column are each told how to mend
ROWS_SHOWN_MAX = 500  # of errors that say the same; the wrong file would otherwise scroll for minutes


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`findings`: accepted blemishes are warnings; with an error among them nothing was kept.

    `acts` are those of the rows. `entries` are the first and last of the ledger that the import made, when it was kept.
    `taken_in_before` is the entry of an earlier import of the same file by the same mapping; then nothing was added.
    """

    import_id: str
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    acts: int = 0
    sites_opened: tuple[str, ...] = ()
    accepted: int = 0
    entries: tuple[int, int] | None = None
    taken_in_before: int | None = None
    dry_run: bool = False

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stopped it."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


@literals_checked
def render_findings(
    findings: Iterable[Finding], *, rows_max: int | None = None, width: int | None = None, language: Language = "en"
) -> list[str]:
    """The findings as lines: one that stands alone in full, those of many rows under one heading, row by row."""
    width = width or max(60, min(shutil.get_terminal_size((120, 24)).columns, 140))
    lines: list[str] = []
    # Long lists first: what stands alone is then read last, and not scrolled away.
    for group in sorted(_alike(findings), key=len, reverse=True):
        if len(group) == 1:
            lines.append(group[0].tell(language))
            continue
        alike = len({finding.what for finding in group}) == 1
        lines.append(_heading(group, language, alike=alike))
        shown = group[:rows_max]
        lines += _columns([_row(finding, language, alike=alike) for finding in shown], width)
        if len(shown) < len(group):
            lines.append(f"    {phrase('rows_more', count=len(group) - len(shown)).in_(language)}")
    return lines


def _heading(group: list[Finding], language: Language, *, alike: bool) -> str:
    """What the rows have in common; where they are mended differently, the first as an example."""
    first = group[0]
    said = first.say(language)
    mend: Phrase | str = said.mend
    if len({finding.mend for finding in group}) > 1:
        mend = phrase("for_line", line=first.where.line, mend=said.mend)
    because = phrase("because", why=said.why, mend=mend)
    what = phrase("what_first", what=said.what, rest=because) if alike else because
    where = str(Where(first.where.file, 0, first.where.path))
    return phrase("rows", where=where, count=len(group), what=what).in_(language)


def _row(finding: Finding, language: Language, *, alike: bool) -> str:
    line = finding.where.line
    said = phrase("line", line=line) if alike else phrase("line_says", line=line, what=finding.say(language).what)
    return said.in_(language)


def _alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that share why and mend; where they would be many groups of one column, those that share the code."""
    by_column: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        by_column.setdefault((finding.code, finding.where.file, finding.where.path), []).append(finding)
    groups: list[list[Finding]] = []
    for group in by_column.values():
        parts: dict[tuple[str, str], list[Finding]] = {}
        for finding in group:
            parts.setdefault((finding.why, finding.mend), []).append(finding)
        groups += [group] if len(parts) > PARTS_MAX else parts.values()
    return groups


def _columns(cells: list[str], width: int) -> list[str]:
    """Short texts side by side, read downwards line by line."""
    wide = max(map(len, cells)) + 3
    across = max(1, (width - 4) // wide)
    return [
        "    " + "".join(cell.ljust(wide) for cell in cells[at : at + across]).rstrip()
        for at in range(0, len(cells), across)
    ]
