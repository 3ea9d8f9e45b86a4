"""`equipoise import DIR FILE.csv --map MAP.yaml [--dry-run]`: a completed trial's records, all or nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.cli.language import Voice

if TYPE_CHECKING:
    from equipoise.conduct.importing import ImportReport

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.import.folder"))
    parser.add_argument("file", type=Path, help=say("help.import.file"))
    parser.add_argument("--map", type=Path, required=True, dest="mapping", help=say("help.import.mapping"))
    parser.add_argument("--as", dest="actor", metavar="PERSON", help=say("help.import.actor"))
    parser.add_argument("--dry-run", action="store_true", help=say("help.import.dry_run"))
    parser.add_argument("--quiet", action="store_true", help=say("help.import.quiet"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Tell every blemish row by row; write everything or nothing."""
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.folder.study import open_study
    from equipoise.conduct.importing import run_import

    study = open_study(args.folder)
    progress = progress_bar(say, "import.bar")
    report = run_import(study, args.file, args.mapping, dry_run=args.dry_run, progress=progress, as_=args.actor)
    if report.errors:
        _print_refused(report, say)
        return 1
    _print_taken_in(report, args, say)
    return 0


def _print_refused(report: ImportReport, say: Voice) -> None:
    """Errors alone: what the mapping accepts is told when everything else fits."""
    from equipoise.conduct.importing import render_findings
    from equipoise.conduct.importing.report import ROWS_SHOWN_MAX

    for line in render_findings(report.errors, rows_max=ROWS_SHOWN_MAX, language=say.language):
        print(line, file=sys.stderr)
    findings, rows = say.count("findings", len(report.errors)), say.count("import.rows", report.rows)
    print("\n" + say("import.refused", findings=findings, rows=rows), file=sys.stderr)


def _print_taken_in(report: ImportReport, args: argparse.Namespace, say: Voice) -> None:
    from equipoise.conduct.importing import render_findings

    if report.taken_in_before is not None:
        print(say("import.before", file=args.file, entry=report.taken_in_before))
        return
    accepted = [f for f in report.findings if f.code == "import.accepted"]
    others = [f for f in report.findings if f.code != "import.accepted"]
    for line in render_findings(others, language=say.language):
        print(line if line.startswith(" ") else say("warning", told=line))
    if accepted and not args.quiet:
        print(say("import.accepted", mapping=args.mapping))
        for line in render_findings(accepted, language=say.language):
            print(line)
    opened = len(report.sites_opened)
    facts = {
        "rows": say.count("import.rows", report.rows),
        "acts": say.count("import.acts", report.acts),
        "sites": say("import.opened", sites=say.count("import.sites", opened)) if opened else "",
        "blemishes": say.count("import.blemishes", len(accepted)),
    }
    if report.dry_run:
        print(say("import.dry", **facts))
        return
    first, last = report.entries or (0, 0)
    print(say("import.done", **facts))
    print(say("import.entries", id=report.import_id, first=first, last=last))
