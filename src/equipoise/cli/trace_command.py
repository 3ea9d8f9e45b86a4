"""`equipoise trace DIR NAME`: from a number, or all of an analysis, back to who entered what, and when."""

from __future__ import annotations

import argparse
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.parsing import count
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    add_person(parser, say)
    parser.add_argument("folder", type=Path, help=say("help.trace.folder"))
    parser.add_argument("result", help=say("help.trace.result"))
    parser.add_argument("--participant", help=say("help.trace.participant"))
    parser.add_argument("--out", type=Path, help=say("help.trace.out"))
    parser.add_argument("--rows", type=count, default=20, help=say("help.trace.rows"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Print the result, or every result of the analysis, with its rows and their entries."""
    from equipoise.analysis.tracing import trace_all

    limit = args.rows or None
    found = trace_all(open_to_read(args, say), args.result, out=args.out, participant=args.participant, limit=limit)
    for place, traced in enumerate(found):
        if place:
            print()
        for line in traced.lines(args.rows, say.language):
            print(line)
    return 0
