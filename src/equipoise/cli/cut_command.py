"""`equipoise cut DIR [--date D | --entry N]`: freeze the data as they were at one ledger position."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--date", help="the last entry of this day, UTC (2026-01-31)")
    which.add_argument("--entry", type=int, help="up to this entry number")
    parser.add_argument(
        "--arms", choices=("shown", "masked", "hidden"), help="of the arms (default: all that the blinding allows)"
    )
    parser.add_argument("--name", help="name of the cut's folder (default: its entry number)")
    parser.add_argument("--as", dest="actor", metavar="PERSON", help="who makes it: noted on the ledger")


def run(args: argparse.Namespace) -> int:
    """Write the cut and say where it is."""
    from equipoise.conduct.folder.study import open_study
    from equipoise.datacut import check_place, freeze, write_cut
    from equipoise.findings import Refusal

    study = open_study(args.folder)
    cut = freeze(study, date=args.date, entry=args.entry, arms=args.arms)
    name = f"entry-{cut.seq}" if args.name is None else args.name
    if findings := check_place(cut, args.folder / "cuts", name):
        raise Refusal(findings)
    if args.actor is not None:
        from equipoise.conduct.acts import NoteCut

        # Noted before it is written: whoever may not make a cut gets none.
        print(study.desk().perform(NoteCut(name, cut.seq, cut.head), as_=args.actor).summary)
    path = write_cut(cut, args.folder / "cuts" / name)
    print(f"cut at entry {cut.seq} ({cut.at}), head {cut.head[:16]}: {cut.participants.height} participants; {path}")
    return 0
