"""`equipoise backup STUDY [--to FILE_OR_DIR] [--drill]`: keep a study in one file, and prove that it comes back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read
from equipoise.cli.words import refuse

if TYPE_CHECKING:
    from equipoise.conduct.keeping.backup import Backup

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.backup.folder"))
    parser.add_argument("--to", type=Path, metavar="FILE", help=say("help.backup.to"))
    parser.add_argument("--with-keys", type=Path, metavar="FILE", help=say("help.backup.with_keys"))
    parser.add_argument("--drill", action="store_true", help=say("help.backup.drill"))
    parser.add_argument("--database", metavar="URL", help=say("help.backup.database"))
    add_person(parser, say)


def run(args: argparse.Namespace, say: Voice) -> int:
    """Write the backup, drill it; exit code 1 when the drill finds a difference."""
    if args.to is None and not args.drill:
        refuse("backup.nothing")
    for option, given, other, needed in (
        ("--with-keys", args.with_keys, "--to", args.to),
        ("--database", args.database, "--drill", args.drill),
    ):
        if given is not None and not needed:
            refuse("backup.ignored", option, option=option, other=other)
    from equipoise.conduct.keeping.backup import write_backup
    from equipoise.conduct.keeping.drill import drill_backup

    study = open_to_read(args, say)
    backup = None
    if args.to is not None:
        backup = write_backup(study, args.to, keys=args.with_keys)
        _tell(backup, say)
    if not args.drill:
        return 0
    drill = drill_backup(study, backup, database=args.database)
    for finding in drill.findings:
        print(say.tell(finding), file=sys.stderr)
    for line in drill.lines(say.language):
        print(line)
    return 0 if drill.equal else 1


def _tell(backup: Backup, say: Voice) -> None:
    files = len(backup.manifest["files"])
    print(say("backup.made", path=backup.place, seq=backup.head.seq, head=backup.head.hash, files=files))
    print(say("backup.words", words=backup.manifest["words"]))
    for name in backup.left_out:
        print(say("backup.left_out", name=name))
    print(say("backup.no_keys") if backup.keys is None else say("backup.keys", path=backup.keys))
