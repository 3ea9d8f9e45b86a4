"""`equipoise restore BACKUP --to DIR [--database URL] [--keys FILE]`: bring a study back, verified."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from equipoise.cli.language import Voice

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("backup", type=Path, help=say("help.restore.backup"))
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help=say("help.restore.to"))
    parser.add_argument("--database", metavar="URL", help=say("help.restore.database"))
    parser.add_argument("--keys", type=Path, metavar="FILE", help=say("help.restore.keys"))
    parser.add_argument("--anchor", type=Path, action="append", default=[], help=say("help.restore.anchor"))
    parser.add_argument("--public-key", type=Path, help=say("help.restore.public_key"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Bring it back and tell what verifying it found. Raises Refusal; then there is no folder."""
    from equipoise.conduct.keeping.restore import lost_told, restore_study

    restored = restore_study(
        args.backup,
        args.to,
        database=args.database,
        keys=args.keys,
        anchors=args.anchor,
        public_key=args.public_key,
    )
    verification = restored.verification
    for finding in (*verification.findings, *lost_told(restored)):
        print(say.tell(finding), file=sys.stderr)
    keys = say("restore.keys" if restored.keys else "restore.no_keys")
    print(say("restore.made", path=restored.folder, entries=verification.chain.entries, keys=keys))
    for line in verification.lines(say.language):
        print(line)
    return 0
