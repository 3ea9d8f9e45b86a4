"""`equipoise import DIR FILE.csv --map MAP.yaml [--dry-run]`: a completed trial's records, all or nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    parser.add_argument("file", type=Path, help="the CSV file")
    parser.add_argument("--map", type=Path, required=True, dest="mapping", help="the mapping, a YAML file")
    parser.add_argument("--dry-run", action="store_true", help="tell everything, write nothing")
    parser.add_argument("--quiet", action="store_true", help="do not list what the mapping accepted row by row")


def run(args: argparse.Namespace) -> int:
    """Tell every blemish row by row; write everything or nothing."""
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.importing import run_import
    from equipoise.conduct.study import open_study

    study = open_study(args.folder)
    report = run_import(study, args.file, args.mapping, dry_run=args.dry_run, progress=progress_bar("import"))
    errors = [f for f in report.findings if f.severity == "error"]
    for finding in report.findings:
        if finding.severity == "error":
            print(finding, file=sys.stderr)
        elif not args.quiet:
            print(f"accepted: {finding}")
    if errors:
        print(f"{len(errors)} findings; nothing was written.", file=sys.stderr)
        return 1
    done = "would be taken in (dry run: nothing was written)" if args.dry_run else "taken in"
    print(
        f"{report.rows} rows, {report.acts} acts {done}; {len(report.findings)} blemishes told, each accepted by the mapping."
    )
    return 0
