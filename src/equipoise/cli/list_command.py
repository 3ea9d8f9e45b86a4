"""`equipoise list FILE --protocol PROTOCOL [--study STUDY]`: is a list sound, and how much of it is left?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.parsing import count
from equipoise.cli.words import refuse, unreadable
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
    parser.add_argument("--as", dest="actor", metavar="PERSON", help=say("help.act.actor"))
    parser.add_argument("--take", action="store_true", help=say("help.list.take"))
    parser.add_argument("--agree", type=count, metavar="REQUEST", help=say("help.list.agree"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Exit code 0 when the list is sound and nothing has run out, 1 when not; asked for or agreed to only if sound."""
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
    if not errors and (args.take or args.agree is not None):
        _settle(args, say)
    return 1 if errors else 0


def _settle(args: argparse.Namespace, say: Voice) -> None:
    """Ask for the list, or agree to it; what the check found stands above."""
    from equipoise.conduct.folder.foreign_list import agree_to_list, ask_for_list
    from equipoise.conduct.folder.study import open_study

    if args.study is None or args.actor is None:
        refuse("list.whose", str(args.file))
    study, content = open_study(args.study), args.file.read_bytes()
    if args.agree is None:
        receipt = ask_for_list(study, content, as_=args.actor)
    else:
        receipt = agree_to_list(study, content, args.agree, as_=args.actor)
    print(receipt.say(say.language))
