"""`equipoise list FILE --protocol PROTOCOL [--study STUDY]`: is a list sound, and how much of it is left?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.parsing import count
from equipoise.cli.words import unreadable
from equipoise.findings import Where
from equipoise.words import trouble_of

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.epilog = say("help.list.ends")
    parser.add_argument("file", type=Path, help=say("help.list.file"))
    parser.add_argument("--protocol", required=True, help=say("help.list.protocol"))
    parser.add_argument("--blocks", type=count, nargs="+", default=[], metavar="SIZE", help=say("help.list.blocks"))
    parser.add_argument("--study", type=Path, metavar="STUDY", help=say("help.list.study"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Exit code 0 when the list is sound and nothing has run out, 1 when not."""
    from equipoise.conduct.folder.foreign_list import places_used
    from equipoise.conduct.folder.study import open_study
    from equipoise.protocol.files import find_protocol
    from equipoise.protocol.reading import load_protocol
    from equipoise.protocol.scope import strata_of
    from equipoise.randomization.uploaded import check_list, check_remaining, read_list, scheme_of_list

    protocol = load_protocol(find_protocol(args.protocol))
    try:
        rows = read_list(args.file.read_bytes(), str(args.file))
    except OSError as error:
        unreadable("act.file", Where(str(args.file)), trouble=trouble_of(error))
    strata = strata_of(protocol)
    found = check_list(rows, scheme_of_list(protocol.randomization, args.blocks), strata)
    if args.study is not None:
        found += check_remaining(rows, places_used(open_study(args.study)))
    for finding in found:
        print(say.tell(finding), file=sys.stderr)
    errors = sum(finding.severity == "error" for finding in found)
    print(say("list.counts", slots=len(rows), strata=len({row.stratum for row in rows})))
    print(say("list.labels") if not errors else say("list.mend", findings=say.count("findings", errors)))
    return 1 if errors else 0
