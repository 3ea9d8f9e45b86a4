"""`equipoise status DIR`: where a study stands. Counts people, never arms."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the status."""
    from equipoise.conduct.folder.status import render_status, study_status
    from equipoise.conduct.folder.study import open_study

    status = study_status(open_study(args.folder))
    print(json.dumps(asdict(status), ensure_ascii=False, indent=2, default=str) if args.json else render_status(status))
    return 0
