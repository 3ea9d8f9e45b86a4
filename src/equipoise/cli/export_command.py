"""`equipoise export STUDY WHAT --out DIR [--as PERSON]`: true copies of what a study holds, for people and machines."""

from __future__ import annotations

import argparse
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read
from equipoise.cli.words import TABLE

__all__ = ["add_arguments", "run"]

# What each copy may be asked for, and without which it cannot be made.
TAKES = {
    "casebook": (frozenset({"participant"}), frozenset({"participant"})),
    "trail": (frozenset({"participant", "since", "until", "kind"}), frozenset[str]()),
    "roles": (frozenset({"on"}), frozenset({"on"})),
    "data": (frozenset({"date", "entry", "arms"}), frozenset[str]()),
}
_OPTIONS = {
    "participant": "--participant",
    "since": "--from",
    "until": "--to",
    "kind": "--kind",
    "on": "--on",
    "date": "--date",
    "entry": "--entry",
    "arms": "--arms",
}


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.export.folder"))
    parser.add_argument("what", choices=tuple(TAKES), help=say("help.export.what"))
    parser.add_argument("--out", type=Path, required=True, help=say("help.export.out"))
    add_person(parser, say)
    parser.add_argument("--participant", help=say("help.export.participant"))
    parser.add_argument("--from", dest="since", metavar="DATE", help=say("help.export.since"))
    parser.add_argument("--to", dest="until", metavar="DATE", help=say("help.export.until"))
    parser.add_argument("--kind", action="append", default=[], metavar="KIND", help=say("help.export.kind"))
    parser.add_argument("--on", metavar="DATE", help=say("help.export.on"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--date", help=say("help.export.date"))
    which.add_argument("--entry", type=int, help=say("help.export.entry"))
    parser.add_argument("--arms", choices=("shown", "masked", "hidden"), help=say("help.export.arms"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Write the copy and say where it is. Raises Refusal for what is lacking, or would be ignored."""
    _check(args)
    from equipoise.conduct.folder.verification import require_verified

    study = open_to_read(args, say)
    require_verified(study)  # a copy of what does not hold would vouch for it
    if args.what == "casebook":
        from equipoise.reports.copies.casebook_files import write_casebook

        place = write_casebook(study, args.participant, args.out, args.actor)
    elif args.what == "roles":
        from equipoise.reports.copies.roles_held import write_roles

        place = write_roles(study, args.out, args.on, args.actor)
    elif args.what == "data":
        from equipoise.reports.copies.data_files import write_data

        place = write_data(study, args.out, args.actor, date=args.date, entry=args.entry, arms=args.arms)
    else:
        from equipoise.reports.copies.trail import write_trail

        who, days = args.participant, (args.since, args.until)
        place = write_trail(
            study, args.out, args.actor, participant=who, first_day=days[0], last_day=days[1], kinds=args.kind
        )
    print(say("export.made", path=place))
    for file in sorted(place.iterdir()):
        print(say("export.file", name=file.name))
    return 0


def _check(args: argparse.Namespace) -> None:
    takes, needs = TAKES[args.what]
    for name, option in _OPTIONS.items():
        given = getattr(args, name) not in (None, [], "")
        if given and name not in takes:
            TABLE.refuse("export.ignored", option, option=option, what=args.what)
        if not given and name in needs:
            TABLE.refuse("export.needs", option, option=option, what=args.what)
