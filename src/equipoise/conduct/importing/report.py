"""What an import gives back, and how it reads in a terminal: every row is told, those that say the same stand together."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass

from equipoise.findings import Finding, Where

__all__ = ["ImportReport", "render_findings"]

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


def render_findings(findings: Iterable[Finding], *, rows_max: int | None = None, width: int | None = None) -> list[str]:
    """The findings as lines: one that stands alone in full, those of many rows under one heading, row by row."""
    width = width or max(60, min(shutil.get_terminal_size((120, 24)).columns, 140))
    groups: dict[tuple[str, str, str, str, str], list[Finding]] = {}
    for finding in findings:
        where = finding.where
        groups.setdefault((finding.code, where.file, where.path, finding.why, finding.mend), []).append(finding)
    lines: list[str] = []
    # Long lists first: what stands alone is then read last, and not scrolled away.
    for (_, file, path, why, mend), group in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        if len(group) == 1:
            lines.append(str(group[0]))
            continue
        what = {finding.what for finding in group}
        heading = f"{Where(file, 0, path)}, {len(group)} rows: "
        lines.append(heading + (f"{what.pop()}; {why}. {mend}" if len(what) == 1 else f"{why}. {mend}"))
        shown = group if rows_max is None else group[:rows_max]
        alike = len({finding.what for finding in group}) == 1
        lines += _columns([f"line {f.where.line}" if alike else f"line {f.where.line}: {f.what}" for f in shown], width)
        if len(shown) < len(group):
            lines.append(f"    and {len(group) - len(shown)} rows more")
    return lines


def _columns(cells: list[str], width: int) -> list[str]:
    """Short texts side by side, read downwards line by line."""
    wide = max(map(len, cells)) + 3
    across = max(1, (width - 4) // wide)
    return [
        "    " + "".join(cell.ljust(wide) for cell in cells[at : at + across]).rstrip()
        for at in range(0, len(cells), across)
    ]
