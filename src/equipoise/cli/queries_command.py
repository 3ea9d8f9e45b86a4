"""`equipoise queries DIR`: what is asked of the sites, where, by whom and for how long. Names no arm."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]

WHICH = {
    "open": ("open",),
    "answered": ("answered",),
    "closed": ("closed",),
    "all": ("open", "answered", "closed"),
}


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    add_person(parser, say)
    parser.add_argument("folder", type=Path, help=say("help.queries.folder"))
    parser.add_argument("--site", help=say("help.queries.site"))
    parser.add_argument("--participant", help=say("help.queries.participant"))
    which = parser.add_mutually_exclusive_group()
    for name, statuses in WHICH.items():
        which.add_argument(
            f"--{name}", dest="which", action="store_const", const=statuses, help=say(f"help.queries.{name}")
        )
    parser.add_argument("--json", action="store_true", help=say("help.queries.json"))
    parser.set_defaults(which=("open", "answered"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Print the list."""
    from equipoise.cli.query_lines import query_lines
    from equipoise.conduct.folder.query_list import list_queries

    study = open_to_read(args, say)
    listed = list_queries(study, site=args.site, participant=args.participant, statuses=args.which)
    if args.json:
        print(json.dumps([{**one.row, "days": one.days} for one in listed], ensure_ascii=False, indent=2))
        return 0
    for line in query_lines(study.protocol, listed, say):
        print(line)
    return 0
