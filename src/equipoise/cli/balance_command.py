"""`equipoise balance STUDY --as PERSON`: numbers by arm, and whether arms seem to have been foreseen."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.epilog = say("help.balance.ends")
    parser.add_argument("folder", type=Path, help=say("help.balance.folder"))
    add_person(parser, say)
    parser.add_argument("--values", nargs="+", default=[], metavar="NAME", help=say("help.balance.values"))
    parser.add_argument("--json", action="store_true", help=say("help.balance.json"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Print the numbers. Exit code 0 also where something is odd: that is an answer, and the text says it."""
    from equipoise.analysis.balance import watch_balance
    from equipoise.cli.balance_lines import balance_data, balance_lines

    study = open_to_read(args, say)
    balance = watch_balance(study, values=args.values)
    if args.json:
        print(json.dumps(balance_data(balance, say.language), ensure_ascii=False, indent=2))
        return 0
    for finding in balance.findings:
        print(say.tell(finding), file=sys.stderr)
    for line in balance_lines(balance, study.protocol, say):
        print(line)
    return 0
