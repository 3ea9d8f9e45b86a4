"""Opening a study to read it: as the person who is named, or as the one whom this account stands for, and saying so."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.cli.language import Voice

if TYPE_CHECKING:
    from equipoise.conduct.authority import DoorName, Reader
    from equipoise.conduct.folder.study import Study

__all__ = ["add_person", "open_to_read", "protocol_to_read"]


def add_person(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The option that says who reads."""
    parser.add_argument("--as", dest="actor", metavar="PERSON", help=say("help.person"))


def open_to_read(args: argparse.Namespace, say: Voice) -> Study:
    """The study of `args.folder`, looked at by one person; raises Refusal where that is nobody."""
    from equipoise.conduct.folder.study import open_study

    study = open_study(args.folder, as_=args.actor)
    _tell(study.reader(), say)
    return study


def protocol_to_read(args: argparse.Namespace, say: Voice, door: DoorName) -> Path:
    """Where the protocol of `args.path` lies. A study's own copy is for the people of that study; raises Refusal."""
    from equipoise.conduct.folder.study import open_study
    from equipoise.protocol.files import find_protocol

    path = Path(args.path).absolute()
    folder = next((one for one in (path, path.parent, path.parent.parent) if (one / "study.yaml").is_file()), None)
    if folder is None:
        return find_protocol(args.path)
    reader = open_study(folder, as_=args.actor).reader()
    reader.come_in(door)
    _tell(reader, say)
    return folder / "protocol" if path == folder else Path(args.path)


def _tell(reader: Reader, say: Voice) -> None:
    if reader.account is not None:
        # Beside the answer, which a program may read.
        print(say("acting", person=reader.person, account=reader.account), file=sys.stderr)
