"""`equipoise contact DIR`: whom a site must turn to: for the consent in force, or because of a lot. Names no arm."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, open_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.contact.folder"))
    add_person(parser, say)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--consent", action="store_true", help=say("help.contact.consent"))
    which.add_argument("--lot", help=say("help.contact.lot"))
    parser.add_argument("--site", help=say("help.contact.site"))
    parser.add_argument("--json", action="store_true", help=say("help.contact.json"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Print the list; raises Refusal for whoever may read of no participant."""
    from equipoise.conduct.folder.contacting import awaited_consents, received_lot

    study = open_to_read(args, say)
    if args.lot is None:
        awaited = awaited_consents(study, site=args.site)
        rows = [asdict(one) for one in awaited]
        lines = [say("contact.consent", **row) for row in rows]
        counted = Counter(one.site for one in awaited)
    else:
        received = received_lot(study, args.lot, site=args.site)
        rows = [asdict(one) for one in received]
        lines = [
            say(
                "contact.lot",
                **{**row, "observed": row["observed"] or "?", "row": "" if row["row"] is None else f"[{row['row']}]"},
            )
            for row in rows
        ]
        counted = Counter(of for _, of in {(one.participant, one.site) for one in received})
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for line in lines:
        print(line)
    told = say.join(say("contact.of_site", site=site, n=n) for site, n in sorted(counted.items()))
    print(say("contact.total", n=sum(counted.values()), sites=told) if counted else say("contact.nobody"))
    return 0
