"""`equipoise verify STUDY [--anchor FILE] [--rebuild] [--derive]`: is the ledger what it was?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    parser.add_argument(
        "--anchor", type=Path, action="append", default=[], help="a signed checkpoint kept elsewhere (repeatable)"
    )
    parser.add_argument("--public-key", type=Path, help="the key that checks the anchors (default: the study's own)")
    parser.add_argument("--rebuild", action="store_true", help="rebuild the projections from the ledger")
    parser.add_argument("--derive", action="store_true", help="derive again every item that a medical rule filled in")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 when everything holds, 1 when something does not."""
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.folder.study import open_study
    from equipoise.conduct.folder.verification import verify_study

    verification = verify_study(
        open_study(args.folder),
        anchors=args.anchor,
        public_key=args.public_key,
        rebuild=args.rebuild,
        derive=args.derive,
        progress=progress_bar("verify"),
    )
    for finding in verification.findings:
        print(f"{'warning: ' if finding.severity == 'warning' else ''}{finding}", file=sys.stderr)
    for line in verification.lines():
        print(line)
    return 1 if any(f.severity == "error" for f in verification.findings) else 0
