"""`equipoise import DIR FILE.csv --map MAP.yaml [--dry-run]`: a completed trial's records, all or nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equipoise.conduct.importing import ImportReport

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    parser.add_argument("file", type=Path, help="the CSV file")
    parser.add_argument("--map", type=Path, required=True, dest="mapping", help="the mapping, a YAML file")
    parser.add_argument("--as", dest="actor", metavar="PERSON", help="who takes it in (default: the custodian)")
    parser.add_argument("--dry-run", action="store_true", help="tell everything, write nothing")
    parser.add_argument("--quiet", action="store_true", help="do not list row by row what the mapping accepts")


def run(args: argparse.Namespace) -> int:
    """Tell every blemish row by row; write everything or nothing."""
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.folder.study import open_study
    from equipoise.conduct.importing import run_import

    study = open_study(args.folder)
    progress = progress_bar("import")
    report = run_import(study, args.file, args.mapping, dry_run=args.dry_run, progress=progress, as_=args.actor)
    if report.errors:
        _print_refused(report)
        return 1
    _print_taken_in(report, args)
    return 0


def _print_refused(report: ImportReport) -> None:
    """Errors alone: what the mapping accepts is told when everything else fits."""
    from equipoise.conduct.importing import render_findings
    from equipoise.conduct.importing.report import ROWS_SHOWN_MAX

    for line in render_findings(report.errors, rows_max=ROWS_SHOWN_MAX):
        print(line, file=sys.stderr)
    print(
        f"\n{_count(len(report.errors), 'finding')} to mend in {_count(report.rows, 'row')}; nothing was written.",
        file=sys.stderr,
    )


def _print_taken_in(report: ImportReport, args: argparse.Namespace) -> None:
    from equipoise.conduct.importing import render_findings

    if report.taken_in_before is not None:
        print(f"{args.file} was taken in by this mapping before (entry {report.taken_in_before}); nothing was added.")
        return
    accepted = [f for f in report.findings if f.code == "import.accepted"]
    others = [f for f in report.findings if f.code != "import.accepted"]
    for line in render_findings(others):
        print(f"warning: {line}" if not line.startswith(" ") else line)
    if accepted and not args.quiet:
        print(f"Taken in as {args.mapping} says:")
        for line in render_findings(accepted):
            print(line)
    sites = f", {_count(len(report.sites_opened), 'site')} opened" if report.sites_opened else ""
    told = f"{_count(len(accepted), 'blemish', 'blemishes')} told, each accepted by the mapping"
    if report.dry_run:
        print(
            f"Dry run: {_count(report.rows, 'row')} would become {_count(report.acts, 'act')}{sites}; {told}. Nothing was written."
        )
        return
    first, last = report.entries or (0, 0)
    print(f"{_count(report.rows, 'row')}, {_count(report.acts, 'act')}{sites}; {told}.")
    print(f"Import {report.import_id}: entries {first} to {last}.")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
