"""`equipoise status DIR`: where a study stands. Counts people, never arms."""

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
    parser.add_argument("folder", type=Path, help=say("help.status.folder"))
    parser.add_argument("--json", action="store_true", help=say("help.status.json"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Print the status."""
    from equipoise.cli.status_lines import status_data, status_lines
    from equipoise.conduct.folder.status import study_status

    status = study_status(open_to_read(args, say))
    if args.json:
        print(json.dumps(status_data(status, say.language), ensure_ascii=False, indent=2))
        return 0
    for line in status_lines(status, say):
        print(line)
    return 0
