"""`equipoise checkpoint DIR [--out FILE]`: the ledger's head, signed; to be kept where the ledger is not."""

from __future__ import annotations

import argparse
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.checkpoint.folder"))
    parser.add_argument("--out", type=Path, help=say("help.checkpoint.out"))
    add_person(parser, say)
    parser.add_argument("--kept", metavar="PLACE", help=say("help.checkpoint.kept"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Write the checkpoint and print its words, to be read over the telephone."""
    from equipoise.conduct.folder.checkpointing import take_study_checkpoint
    from equipoise.conduct.folder.noting import note_checkpoint
    from equipoise.conduct.folder.verification import require_verified

    study = open_to_read(args, say)
    reader = study.reader()
    reader.come_in("checkpoint")
    require_verified(study)  # a broken ledger is never signed
    path, checkpoint, words = take_study_checkpoint(study, args.out)
    print(say("checkpoint.made", path=path, seq=checkpoint.seq, head=checkpoint.head))
    print(say("checkpoint.words", words=words))
    print(say("checkpoint.keep"))
    noted = note_checkpoint(study, checkpoint.seq, checkpoint.head, args.kept or str(path))
    if noted is not None:
        print(noted.say(say.language))
    return 0
