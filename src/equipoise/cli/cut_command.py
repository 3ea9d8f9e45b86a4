"""`equipoise cut DIR [--date D | --entry N]`: freeze the data as they were at one ledger position."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read
from equipoise.cli.words import TABLE

__all__ = ["add_arguments", "run", "warn_of_the_future"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.cut.folder"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--date", help=say("help.cut.date"))
    which.add_argument("--entry", type=int, help=say("help.cut.entry"))
    parser.add_argument("--arms", choices=("shown", "masked", "hidden"), help=say("help.cut.arms"))
    parser.add_argument("--name", help=say("help.cut.name"))
    parser.add_argument("--out", type=Path, help=say("help.cut.out"))
    add_person(parser, say)


def run(args: argparse.Namespace, say: Voice) -> int:
    """Write the cut and say where it is."""
    from equipoise.conduct.folder.noting import note_cut
    from equipoise.conduct.folder.verification import require_verified
    from equipoise.datacut import check_place, freeze, write_cut
    from equipoise.findings import Refusal

    study = open_to_read(args, say)
    verified = require_verified(study).chain
    cut = freeze(study, date=args.date, entry=args.entry, arms=args.arms, verified=verified)
    warn_of_the_future(args.date, cut.at, say)
    home = args.folder / "cuts" if args.out is None else args.out
    name = f"entry-{cut.seq}" if args.name is None else args.name
    if findings := check_place(cut, home, name):
        raise Refusal(findings)
    # Noted before it is written: whoever may not make a cut gets none.
    for receipt in note_cut(study, name, cut.seq, cut.head):
        print(receipt.say(say.language))
    path = write_cut(cut, home / name)
    people = cut.participants.height
    print(say("cut.made", seq=cut.seq, at=cut.at, head=cut.head[:16], people=people, path=path))
    return 0


def warn_of_the_future(day: str | None, last: str, say: Voice) -> None:
    """Tell whoever asks for a day that has not come that he gets what there is; `last`: the time of the last entry."""
    if day is not None and day > max(datetime.now(UTC).date().isoformat(), last[:10]):
        print(say.tell(TABLE.warning("cut.future", day=day, last=last)), file=sys.stderr)
