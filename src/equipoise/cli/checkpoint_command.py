"""`equipoise checkpoint DIR [--out FILE]`: the ledger's head, signed; to be kept where the ledger is not."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    parser.add_argument("--out", type=Path, help="the file to write (default: checkpoint-N.json in the current folder)")
    parser.add_argument("--as", dest="actor", metavar="PERSON", help="who keeps it: noted on the ledger")
    parser.add_argument("--kept", metavar="PLACE", help="where its copy is kept, for the note")


def run(args: argparse.Namespace) -> int:
    """Write the checkpoint and print its words, to be read over the telephone."""
    from equipoise.conduct.folder.checkpointing import write_study_checkpoint
    from equipoise.conduct.folder.study import open_study

    study = open_study(args.folder)
    path, checkpoint, words = write_study_checkpoint(study, args.out)
    print(f"{path}: entry {checkpoint.seq}, head {checkpoint.head}")
    print(f"in words: {words}")
    print(
        "Keep it on another machine: `equipoise verify STUDY --anchor FILE` then reveals a shortened or rewritten ledger."
    )
    if args.actor is not None:
        from equipoise.conduct.acts import NoteCheckpoint

        note = NoteCheckpoint(checkpoint.seq, checkpoint.head, args.kept or str(path))
        print(study.desk().perform(note, as_=args.actor).summary)
    return 0
