"""Taking a file in: read, typed, planned, and then every act through the desk in one transaction, all or nothing.

The import is an entry of its own with the SHA-256 of file and mapping and the mapping's text; every act's id names the
import, the line of the row and the step (`import 1f0c…, line 137, baseline`), so that a number leads back to its row.
The same file by the same mapping is taken in once: again, it is told when that was, and nothing is added.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from pathlib import Path

from equipoise.conduct.acts import Act, Appoint, Dismiss, NoteImport, OpenSite
from equipoise.conduct.authority import CUSTODIAN, IMPORTER
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.study import Study
from equipoise.conduct.importing.cells import DATES, Cells, type_cells
from equipoise.conduct.importing.mapping_checks import check_mapping
from equipoise.conduct.importing.mapping_reading import MappingFile, read_mapping
from equipoise.conduct.importing.planned import Case, ImportStep, said_lines
from equipoise.conduct.importing.refusals import about_values, locate
from equipoise.conduct.importing.report import ImportReport
from equipoise.conduct.importing.retelling import said_reason
from equipoise.conduct.importing.row_acts import plan_cases
from equipoise.conduct.importing.table_reading import read_table
from equipoise.conduct.importing.words import warning
from equipoise.conduct.state.state import StudyState
from equipoise.findings import Finding, Refusal
from equipoise.ledger import Entry

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
    source = read_mapping(Path(mapping), study.protocol.languages)
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
    today = (study.desk().clock().astimezone(UTC) + timedelta(hours=14)).date()  # the latest day anywhere on Earth
    planned, more = plan_cases(source, study.protocol, cells, today)
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
    planned: Sequence[Case],
    report: ImportReport,
    progress: Progress | None,
    as_: str | None,
) -> ImportReport:
    desk = study.desk()
    before = desk.state()
    who = as_ or next(
        (person.id for person in before.people.values() if (CUSTODIAN, None) in person.appointed), CUSTODIAN
    )
    work = _Work(desk, who, f"import {report.import_id}", source, cells, planned, list(report.findings))
    sites = _sites_to_open(planned, before)
    refused: Refusal | None = None
    try:
        with desk.batch(progress, total=work.steps + len(sites) + 3, dry_run=report.dry_run):
            try:
                noted = desk.perform(_note(source, cells, report), as_=who).entries
            except Refusal as refusal:
                noted, refused = (), refusal  # kept as an entry, like every refusal of the desk
            if noted:
                report = replace(report, sites_opened=work.begin(sites), acts=work.perform_rows())
                last = work.end()
                report = replace(report, entries=None if report.dry_run else (noted[0].seq, last))
                if any(finding.severity == "error" for finding in work.findings):
                    raise _Rejected
    except _Rejected:
        return replace(report, findings=_in_order(work.findings), entries=None)
    if refused is not None:
        raise refused
    if not noted:
        return replace(report, findings=(), accepted=0, taken_in_before=desk.state().imports[report.import_id])
    return replace(report, findings=_in_order(work.findings))


def _note(source: MappingFile, cells: Cells, report: ImportReport) -> NoteImport:
    table, read = cells.table, source.mapping.reads
    file = {
        "name": Path(table.file).name,
        "sha256": table.sha256,
        "bytes": table.size,
        "rows": report.rows,
        "encoding": read.encoding,
    }
    mapping = {"name": Path(source.file).name, "sha256": source.sha256, "text": source.text}
    taken = cells.taken.values()
    counts = Counter(f"{DATES}.{one.column}" if one.clause == DATES else one.clause for one in taken)
    counts |= {f"leave_out.{clause}": count for clause, count in cells.left_out.items()}
    return NoteImport(report.import_id, file, mapping, dict(sorted(counts.items())))


def _sites_to_open(planned: Sequence[Case], before: StudyState) -> dict[str, str]:
    """Sites that nobody opened yet, each with the day of its first screening. A site that was closed stays closed."""
    days: dict[str, str] = {}
    for row in planned:
        if row.site is not None and row.screened is not None and row.site not in before.sites:
            days[row.site] = min(row.screened, days.get(row.site, row.screened))
    return dict(sorted(days.items()))


@dataclass(slots=True)
class _Work:
    """The acts of one import. What the desk refuses joins the findings, and the rows after it are still judged."""

    desk: Desk
    who: str
    named: str
    source: MappingFile
    cells: Cells
    planned: Sequence[Case]
    findings: list[Finding]
    used: set[str] = field(default_factory=set)

    @property
    def steps(self) -> int:
        """How many acts the rows ask for."""
        return sum(len(row.steps) for row in self.planned)

    def begin(self, sites: dict[str, str]) -> tuple[str, ...]:
        """Bring the importer into being and open the sites; returns those that were opened."""
        self.desk.perform(Appoint(IMPORTER, "Importer", IMPORTER), as_=self.who, act_id=f"{self.named}, appoint")
        # A site that cannot be opened is told at its rows, which are refused for want of it or for the same date.
        return tuple(site for site, day in sites.items() if not self._do(OpenSite(site, day), f"open {site}")[1])

    def perform_rows(self) -> int:
        """Every step of every participant; returns how many acts changed something."""
        acts = 0
        for row in self.planned:
            refused = False
            for step in row.steps:
                lines = said_lines(self.cells.rows[place].line for place in step.places)
                entries, found = self._do(step.act, f"{lines}, {step.name}")
                acts += len(entries) > 0
                self._confirmed(step, entries)
                # What follows a refused act in the same row is refused because of it; only faults of values are news.
                news = [finding for finding in found if not refused or about_values(finding)]
                self.findings += [locate(finding, step, self.cells, self.source) for finding in news]
                refused = refused or bool(found)
        return acts

    def _confirmed(self, step: ImportStep, entries: Sequence[Entry]) -> None:
        """Tell what clauses of `confirm` answered."""
        for entry in entries:
            for check in (entry.payload or {}).get("checks") or ():
                clause = step.confirms.get(str(check["check"])) or step.confirms.get(
                    str(check["check"]).partition("[")[0]
                )
                if clause is None or check["severity"] != "soft":
                    continue
                number = next(n for n, one in enumerate(self.source.mapping.confirm) if one.id == clause)
                said, where = self.source.mapping.confirm[number].reason, str(self.source.where("confirm", number))
                self.used.add(clause)
                facts = {"check": check["check"], "item": check["item"], "why": said_reason(said), "where": where}
                self.findings.append(warning("import.confirmed", self.cells.where(step.places[0]), **facts))

    def _unused(self) -> None:
        for number, clause in enumerate(self.source.mapping.confirm):
            if clause.id not in self.used:
                where = self.source.where("confirm", number)
                self.findings.append(warning("import.confirm_unused", where, clause=clause.id, check=clause.check))

    def end(self) -> int:
        """Dismiss the importer; returns the number of the last entry."""
        if not any(finding.severity == "error" for finding in self.findings):
            self._unused()
        dismissed = self.desk.perform(Dismiss(IMPORTER, IMPORTER), as_=self.who, act_id=f"{self.named}, dismiss")
        return dismissed.entries[-1].seq

    def _do(self, act: Act, step: str) -> tuple[Sequence[Entry], tuple[Finding, ...]]:
        """The entries that the act made, or the Findings that refused it."""
        try:
            return self.desk.perform(act, as_=IMPORTER, act_id=f"{self.named}, {step}").entries, ()
        except Refusal as refusal:
            if any(finding.code.startswith("ledger.") for finding in refusal.findings):
                raise  # the ledger itself cannot go on
            return (), refusal.findings


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.where.file, f.where.line, f.where.path)))
