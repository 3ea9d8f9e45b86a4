"""`equipoise checkpoint DIR [--out FILE]`: the ledger's head, signed; to be kept where the ledger is not."""

from __future__ import annotations

import argparse
from pathlib import Path

from equipoise.cli.language import Voice

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.checkpoint.folder"))
    parser.add_argument("--out", type=Path, help=say("help.checkpoint.out"))
    parser.add_argument("--as", dest="actor", metavar="PERSON", help=say("help.checkpoint.actor"))
    parser.add_argument("--kept", metavar="PLACE", help=say("help.checkpoint.kept"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Write the checkpoint and print its words, to be read over the telephone."""
    from equipoise.conduct.folder.checkpointing import write_study_checkpoint
    from equipoise.conduct.folder.study import open_study
    from equipoise.conduct.folder.verification import require_verified

    study = open_study(args.folder, as_=args.actor)
    require_verified(study)  # a broken ledger is never signed
    path, checkpoint, words = write_study_checkpoint(study, args.out)
    print(say("checkpoint.made", path=path, seq=checkpoint.seq, head=checkpoint.head))
    print(say("checkpoint.words", words=words))
    print(say("checkpoint.keep"))
    if args.actor is not None:
        from equipoise.conduct.acts import NoteCheckpoint

        note = NoteCheckpoint(checkpoint.seq, checkpoint.head, args.kept or str(path))
        print(study.desk().perform(note, as_=args.actor).say(say.language))
    return 0
