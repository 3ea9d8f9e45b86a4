"""`equipoise archive STUDY --out DIR`, `... --check DIR`: everything, readable in decades; and the proof."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, nargs="?", help=say("help.archive.folder"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=say("help.archive.out"))
    add_person(parser, say)
    parser.add_argument("--arms", choices=("shown", "masked", "hidden"), help=say("help.archive.arms"))
    parser.add_argument("--check", type=Path, metavar="DIR", help=say("help.archive.check"))
    parser.add_argument("--anchor", type=Path, action="append", default=[], help=say("help.archive.anchor"))
    parser.add_argument("--public-key", type=Path, help=say("help.archive.public_key"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Write or check; exit code 1 when an archive is not whole."""
    from equipoise.reports.archive.words import refuse

    writes = args.folder is not None and args.out is not None
    only_written = args.folder is not None or args.out is not None or args.actor is not None or args.arms is not None
    if args.check is not None:
        if only_written:
            refuse("archive.both")
        return _check(args, say)
    if not writes or args.anchor or args.public_key is not None:
        refuse("archive.nothing")
    from equipoise.reports.archive.writing import write_archive

    made = write_archive(open_to_read(args, say), args.out, args.actor, arms=args.arms)
    print(say("archive.made", path=made.folder, files=made.files, seq=made.entry, head=made.head))
    print(say("archive.words", words=made.words))
    print(say("archive.digest", digest=made.digest))
    return 0


def _check(args: argparse.Namespace, say: Voice) -> int:
    from equipoise.reports.archive.checking import check_archive

    check = check_archive(args.check, args.anchor, args.public_key)
    for finding in check.findings:
        print(say.tell(finding), file=sys.stderr)
    for line in check.lines(say.language):
        print(line)
    return 0 if check.whole else 1
