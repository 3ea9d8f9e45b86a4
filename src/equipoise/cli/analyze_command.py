"""`equipoise analyze DIR [--date D | --entry N] --out OUT`: the planned analyses, results.json and the report."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    add_person(parser, say)
    parser.add_argument("folder", type=Path, help=say("help.analyze.folder"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--cut", help=say("help.analyze.cut"))
    which.add_argument("--date", help=say("help.analyze.date"))
    which.add_argument("--entry", type=int, help=say("help.analyze.entry"))
    parser.add_argument("--arms", choices=("shown", "masked", "hidden"), help=say("help.analyze.arms"))
    parser.add_argument("--out", type=Path, help=say("help.analyze.out"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Write the results and the reports, and print the primary result."""
    known = gc.get_threshold()
    gc.set_threshold(100_000, 20, 50)  # nearly all that is made is kept: looking through it at every turn finds nothing
    try:
        return _analyze(args, say)
    finally:
        gc.set_threshold(*known)


def _analyze(args: argparse.Namespace, say: Voice) -> int:
    from equipoise.cli.cut_command import warn_of_the_future
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.folder.verification import require_verified
    from equipoise.reports import write_report

    date, entry = args.date, args.entry
    if args.cut is not None:
        date, entry = (None, int(args.cut)) if args.cut.isdecimal() else (args.cut, None)
    study = open_to_read(args, say)
    require_verified(study)
    run_ = write_report(
        study,
        date=date,
        entry=entry,
        arms=args.arms,
        out=args.out,
        language=say.language,
        progress=progress_bar(say, "analyze.bar"),
    )
    warn_of_the_future(date, run_.run.cut.at, say)
    for line in run_.lines(say.language):
        print(line)
    return 0
