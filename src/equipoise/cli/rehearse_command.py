"""`equipoise rehearse DIR --participants N --seed S`: virtual participants through the real doors."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from equipoise.cli.language import Voice

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.rehearse.folder"))
    parser.add_argument("--participants", type=int, required=True, help=say("help.rehearse.participants"))
    parser.add_argument("--seed", type=int, required=True, help=say("help.rehearse.seed"))
    parser.add_argument("--scenario", help=say("help.rehearse.scenario"))
    parser.add_argument("--until", type=day, help=say("help.rehearse.until"))


def day(text: str) -> date:
    """A day as it is typed; argparse tells a text that is none by this function's name."""
    return date.fromisoformat(text)


def run(args: argparse.Namespace, say: Voice) -> int:
    """Play, and say what came of it; 130 when interrupted (what was played is kept, and the same command goes on)."""
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.folder.study import open_study
    from equipoise.rehearsal.rehearsal import run_rehearsal

    report = run_rehearsal(
        open_study(args.folder),
        participants=args.participants,
        seed=args.seed,
        scenario=args.scenario,
        until=args.until,
        progress=progress_bar(say, "rehearse.bar"),
    )
    for line in report.lines(say.language):
        print(line)
    return 0 if report.finished else 130
