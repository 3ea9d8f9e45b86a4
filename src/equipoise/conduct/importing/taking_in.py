"""Taking a file in: read, typed, planned, and then every act through the desk in one transaction, all or nothing.

The import is an entry of its own with the SHA-256 of file and mapping and the mapping's text; every act's id names the
import, the line of the row and the step (`import 1f0c…, line 137, baseline`), so that a number leads back to its row. The same
file by the same mapping is taken in once: again, it is told when that was, and nothing is added.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from equipoise.conduct.acts import Appoint, Dismiss, NoteImport, OpenSite
from equipoise.conduct.authority import CUSTODIAN, IMPORTER
from equipoise.conduct.desk import Desk
from equipoise.conduct.importing.cells import Cells, type_cells
from equipoise.conduct.importing.mapping_checks import check_mapping
from equipoise.conduct.importing.mapping_reading import MappingFile, read_mapping
from equipoise.conduct.importing.refusals import about_values, locate
from equipoise.conduct.importing.report import ImportReport
from equipoise.conduct.importing.row_acts import RowActs, plan_rows
from equipoise.conduct.importing.table_reading import read_table
from equipoise.conduct.state import StudyState
from equipoise.conduct.study import Study
from equipoise.findings import Finding, Refusal

__all__ = ["run_import"]

Progress = Callable[[int, int], None]


class _Rejected(Exception):
    """Something did not fit: the whole transaction is given up."""


def run_import(
    study: Study,
    file: str | Path,
    mapping: str | Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    as_: str | None = None,
) -> ImportReport:
    """Take `file` in by `mapping`, or tell everything that stands against it and keep nothing.

    Raises Unreadable when file or mapping cannot be read, Refusal when the mapping does not fit the protocol or `as_`
    (by default the custodian) may not import.
    """
    source = read_mapping(Path(mapping))
    said = check_mapping(source, study.protocol)
    if any(finding.severity == "error" for finding in said):
        raise Refusal(finding for finding in said if finding.severity == "error")
    table, found = read_table(Path(file), source.mapping, source.file)
    said += found
    import_id = hashlib.sha256(f"{table.sha256} {source.sha256}".encode()).hexdigest()[:16]
    report = ImportReport(import_id, tuple(said), len(table.rows), dry_run=dry_run)
    if _structural(found):
        return report
    cells = type_cells(table, source, progress or (lambda _done, _total: None))
    planned, more = plan_rows(source, study.protocol, cells)
    said += [*cells.findings, *more]
    return _through_the_desk(
        study, source, cells, planned, replace(report, findings=tuple(said), accepted=len(cells.taken)), progress, as_
    )


def _structural(found: Sequence[Finding]) -> bool:
    """Whether the columns themselves are wrong, so that no row can be judged."""
    return any(finding.severity == "error" and finding.code != "import.ragged_row" for finding in found)


def _through_the_desk(
    study: Study,
    source: MappingFile,
    cells: Cells,
    planned: Sequence[RowActs],
    report: ImportReport,
    progress: Progress | None,
    as_: str | None,
) -> ImportReport:
    desk, before = study.desk(), study.desk().state()
    who = as_ or next((person.id for person in before.people.values() if (CUSTODIAN, None) in person.roles), CUSTODIAN)
    findings = list(report.findings)
    refused: Refusal | None = None
    known = False
    try:
        with desk.batch(progress, total=sum(len(row.steps) for row in planned), dry_run=report.dry_run):
            try:
                noted = desk.perform(_note(source, cells, report), as_=who)
                known = not noted.entries
            except Refusal as refusal:
                refused = refusal  # kept as an entry, like every refusal of the desk
            if refused is None and not known:
                report = _perform(desk, planned, report, who, before, findings, cells, source, noted.entries[0].seq)
                if any(finding.severity == "error" for finding in findings):
                    raise _Rejected
    except _Rejected:
        return replace(report, findings=_in_order(findings), entries=None)
    if refused is not None:
        raise refused
    if known:
        return replace(report, findings=(), taken_in_before=desk.state().imports[report.import_id])
    return replace(report, findings=_in_order(findings), entries=None if report.dry_run else report.entries)


def _note(source: MappingFile, cells: Cells, report: ImportReport) -> NoteImport:
    table = cells.table
    counts = Counter(
        taken.clause if taken.clause != "dates" else f"dates.{taken.column}" for taken in cells.taken.values()
    )
    return NoteImport(
        report.import_id,
        {
            "name": Path(table.file).name,
            "sha256": table.sha256,
            "bytes": table.size,
            "rows": report.rows,
            "encoding": source.mapping.reads.encoding,
        },
        {"name": Path(source.file).name, "sha256": source.sha256, "text": source.text},
        dict(sorted(counts.items())),
    )


def _perform(
    desk: Desk, planned: Sequence[RowActs], report: ImportReport, who: str, before: StudyState, findings: list[Finding],
    cells: Cells, source: MappingFile, first: int,
) -> ImportReport:  # fmt: skip
    """Every act; what the desk refuses joins the findings, and the rows after it are still judged."""
    named = f"import {report.import_id}"
    desk.perform(Appoint(IMPORTER, "Importer", IMPORTER), as_=who, act_id=f"{named}, appoint")
    opened = _open_sites(desk, planned, before, named)
    acts = 0
    for row in planned:
        line, refused = cells.rows[row.place].line, False
        for step in row.steps:
            try:
                desk.perform(step.act, as_=IMPORTER, act_id=f"{named}, line {line}, {step.name}")
                acts += 1
            except Refusal as refusal:
                if any(finding.code.startswith("ledger.") for finding in refusal.findings):
                    raise  # the ledger itself cannot go on
                # What follows a refused act in the same row is refused because of it; only faults of values are news.
                findings += [
                    locate(f, step, row.place, cells, source)
                    for f in refusal.findings
                    if not refused or about_values(f)
                ]
                refused = True
    last = desk.perform(Dismiss(IMPORTER, IMPORTER), as_=who, act_id=f"{named}, dismiss").entries[-1].seq
    return replace(report, acts=acts, sites_opened=opened, entries=(first, last))


def _open_sites(desk: Desk, planned: Sequence[RowActs], before: StudyState, named: str) -> tuple[str, ...]:
    """Sites that nobody opened yet, each on the day of its first screening. A site that was closed stays closed."""
    days: dict[str, str] = {}
    for row in planned:
        if row.site is not None and row.screened is not None and row.site not in before.sites:
            days[row.site] = min(row.screened, days.get(row.site, row.screened))
    opened = []
    for site, day in sorted(days.items()):
        try:
            desk.perform(OpenSite(site, day), as_=IMPORTER, act_id=f"{named}, open {site}")
            opened.append(site)
        except Refusal as refusal:
            if any(finding.code.startswith("ledger.") for finding in refusal.findings):
                raise
            # Its rows are refused for want of the site, or for the same date, each with its line.
    return tuple(opened)


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.where.file, f.where.line, f.where.path)))
