"""`equipoise envelopes STUDY --as PERSON --each N --out DIR`: envelopes for the day on which the computer is down."""

from __future__ import annotations

import argparse
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.parsing import count

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.epilog = say("help.envelopes.ends")
    parser.add_argument("folder", type=Path, help=say("help.envelopes.folder"))
    parser.add_argument("--as", dest="actor", metavar="PERSON", required=True, help=say("help.envelopes.actor"))
    parser.add_argument("--each", type=count, required=True, metavar="N", help=say("help.envelopes.each"))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=say("help.envelopes.out"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Make a series and write it; names no arm on the terminal."""
    from equipoise.conduct.folder.envelopes import make_envelopes
    from equipoise.conduct.folder.study import open_study

    study = open_study(args.folder)
    receipt, written = make_envelopes(study, args.out, as_=args.actor, each=args.each, language=say.language)
    print(receipt.say(say.language))
    for path, what in zip(written, ("pages", "register"), strict=True):
        print(say(f"envelopes.{what}", path=path))
    return 0
