"""`equipoise trace DIR RESULT_ID`: from a number back to who entered what, and when."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    parser.add_argument("result", help="the id of a result in results.json")
    parser.add_argument("--participant", help="show this participant's ledger entries")
    parser.add_argument("--out", type=Path, help="the analysis folder (default: the newest in reports/)")
    parser.add_argument("--rows", type=int, default=20, help="how many analysis rows to print (default: 20; 0: all)")


def run(args: argparse.Namespace) -> int:
    """Print the result, its rows and their entries."""
    from equipoise.analysis.tracing import trace
    from equipoise.conduct.folder.study import open_study

    traced = trace(open_study(args.folder), args.result, out=args.out, participant=args.participant)
    for line in traced.lines(args.rows):
        print(line)
    return 0
