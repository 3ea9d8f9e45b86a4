"""`equipoise safety DIR [--as PERSON]`: the events of the safety stopping rules against their boundaries."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.safety.folder"))
    add_person(parser, say)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--date", help=say("help.safety.date"))
    which.add_argument("--entry", type=int, help=say("help.safety.entry"))
    parser.add_argument("--json", action="store_true", help=say("help.safety.json"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Print the numbers. Exit code 0 also where a boundary was reached: that is an answer, and the text says it."""
    from equipoise.analysis.safety import watch_safety
    from equipoise.reports.safety_watch import watch_data, watch_lines

    study = open_to_read(args, say)
    watch = watch_safety(study, date=args.date, entry=args.entry)
    if args.json:
        print(json.dumps(watch_data(watch), ensure_ascii=False, indent=2))
        return 0
    for line in watch_lines(watch.cut.protocol, watch, say.language):
        print(line)
    return 0
