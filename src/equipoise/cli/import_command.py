"""`equipoise import DIR FILE --map MAP.yaml [--dry-run]`: a completed trial's records, all or nothing.

`equipoise import --suggest FILE --protocol P [--out MAP.yaml]` writes a mapping to begin with.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.cli.keeping import keep_and_tell
from equipoise.cli.language import Voice
from equipoise.cli.words import unreadable

if TYPE_CHECKING:
    from equipoise.conduct.importing import ImportReport

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, nargs="?", help=say("help.import.folder"))
    parser.add_argument("file", type=Path, nargs="?", help=say("help.import.file"))
    parser.add_argument("--map", type=Path, dest="mapping", help=say("help.import.mapping"))
    parser.add_argument("--suggest", type=Path, metavar="FILE", help=say("help.import.suggest"))
    parser.add_argument("--protocol", metavar="PROTOCOL", help=say("help.import.protocol"))
    parser.add_argument("--out", type=Path, metavar="MAP", help=say("help.import.out"))
    parser.add_argument("--as", dest="actor", metavar="PERSON", help=say("help.import.actor"))
    parser.add_argument("--dry-run", action="store_true", help=say("help.import.dry_run"))
    parser.add_argument("--quiet", action="store_true", help=say("help.import.quiet"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Tell every blemish row by row; write everything or nothing."""
    if args.suggest is not None:
        return _suggest(args, say)
    _need(args, "folder", "file", "mapping")
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.folder.study import open_study
    from equipoise.conduct.importing import run_import

    study = open_study(args.folder, as_=args.actor)
    progress = progress_bar(say, "import.bar")
    report = run_import(
        study, args.file, args.mapping, dry_run=args.dry_run, progress=progress, as_=study.reader().person
    )
    if report.errors:
        _print_refused(report, say)
        return 1
    _print_taken_in(report, args, say)
    if not args.dry_run:
        keep_and_tell(args.folder, say)
    return 0


_ASKED_AS = {"folder": "folder", "file": "file", "mapping": "--map", "protocol": "--protocol"}


def _need(args: argparse.Namespace, *names: str) -> None:
    """What this way of asking cannot do without."""
    lacking = [_ASKED_AS[name] for name in names if getattr(args, name) is None]
    if lacking:
        unreadable("usage/required", "equipoise import", program="equipoise import", names=", ".join(lacking))


def _suggest(args: argparse.Namespace, say: Voice) -> int:
    """Write a mapping to begin with: to a file that is not there yet, or to the terminal."""
    _need(args, "protocol")
    from equipoise.conduct.importing.suggesting import suggest_mapping
    from equipoise.protocol.reading import load_protocol
    from equipoise.whole import write_whole

    text = suggest_mapping(args.suggest, load_protocol(args.protocol), say.language)
    if args.out is None:
        print(text, end="")
        return 0
    if args.out.exists():
        unreadable("import.there", str(args.out), path=args.out)
    write_whole(args.out, text)
    print(say("import.suggested", path=args.out, doubts=text.count("# ?")))
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
