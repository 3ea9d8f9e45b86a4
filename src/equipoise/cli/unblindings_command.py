"""`equipoise unblindings STUDY`: who was unblinded, why, at which rate by site. Names no arm."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    add_person(parser, say)
    parser.add_argument("folder", type=Path, help=say("help.unblindings.folder"))
    parser.add_argument("--site", help=say("help.unblindings.site"))
    parser.add_argument("--json", action="store_true", help=say("help.unblindings.json"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Print the report."""
    from equipoise.cli.unblinding_lines import unblinding_lines
    from equipoise.conduct.folder.unblindings import list_unblindings

    study = open_to_read(args, say)
    found = list_unblindings(study, site=args.site)
    if args.json:
        print(json.dumps(found.as_data(), ensure_ascii=False, indent=2))
        return 0
    for line in unblinding_lines(found, say):
        print(line)
    return 0
