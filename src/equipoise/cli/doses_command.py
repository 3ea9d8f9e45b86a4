"""`equipoise doses DIR PARTICIPANT --as PERSON`: planned and given doses by date, and what the dose rules advise next."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    parser.add_argument("participant", help="the participant's number")
    parser.add_argument(
        "--as", dest="actor", metavar="PERSON", required=True, help="who asks: one who may see the arm there"
    )
    parser.add_argument("--treatment", help="one treatment of the regimen, by its id (default: all)")
    parser.add_argument("--on", metavar="DATE", help="as known on that day (default: today at the site)")
    parser.add_argument("--lang", "--language", choices=("en", "zh"), default="en", help="language (default: en)")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the sheet; raises Refusal where the person may not know the arm."""
    from equipoise.conduct.folder.seeing import look_at_treatment
    from equipoise.conduct.folder.study import open_study
    from equipoise.reports.dose_sheet import dose_data, dose_lines

    study = open_study(args.folder)
    person, arm, courses, on = look_at_treatment(
        study, args.participant, as_=args.actor, treatment=args.treatment, on=args.on
    )
    if args.json:
        print(json.dumps(dose_data(person, arm, courses, on), ensure_ascii=False, indent=2))
        return 0
    for line in dose_lines(study.protocol, person, arm, courses, on, args.lang):
        print(line)
    return 0
