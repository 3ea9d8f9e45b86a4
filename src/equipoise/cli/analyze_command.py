"""`equipoise analyze DIR [--date D | --entry N] --out OUT`: the planned analyses, results.json and the report."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--cut", help="a date (2026-01-31) or an entry number (default: now)")
    which.add_argument("--date", help="the last entry of this day, UTC")
    which.add_argument("--entry", type=int, help="up to this entry number")
    parser.add_argument(
        "--arms",
        choices=("shown", "masked", "hidden"),
        help="of the arms: shown; masked, true groups under letters that say nothing; hidden (default: all that the blinding allows)",
    )
    parser.add_argument("--out", type=Path, help="where to write (default: reports/entry-N inside the study folder)")
    parser.add_argument(
        "--lang", choices=("en", "zh"), default="en", help="language of report.html (both are always written)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the results and the reports, and print the primary result."""
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.folder.study import open_study
    from equipoise.reports import write_report

    date, entry = args.date, args.entry
    if args.cut is not None:
        date, entry = (None, int(args.cut)) if args.cut.isdecimal() else (args.cut, None)
    run_ = write_report(
        open_study(args.folder),
        date=date,
        entry=entry,
        arms=args.arms,
        out=args.out,
        language=args.lang,
        progress=progress_bar("analyze"),
    )
    for line in run_.lines(args.lang):
        print(line)
    return 0
