"""`equipoise doses DIR PARTICIPANT`: planned and given doses by date, and what the rules advise."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.doses.folder"))
    parser.add_argument("participant", help=say("help.doses.participant"))
    add_person(parser, say)
    parser.add_argument("--treatment", help=say("help.doses.treatment"))
    parser.add_argument("--on", metavar="DATE", help=say("help.doses.on"))
    parser.add_argument("--json", action="store_true", help=say("help.doses.json"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Print the sheet; raises Refusal where the person may not know the arm."""
    from equipoise.conduct.folder.seeing import look_at_treatment
    from equipoise.conduct.folder.versions import in_force
    from equipoise.reports.dose_sheet import dose_data, dose_lines

    study = open_to_read(args, say)
    person, arm, courses, on = look_at_treatment(study, args.participant, treatment=args.treatment, on=args.on)
    if args.json:
        print(json.dumps(dose_data(person, arm, courses, on), ensure_ascii=False, indent=2))
        return 0
    for line in dose_lines(in_force(study).united, person, arm, courses, on, say.language):
        print(line)
    return 0
