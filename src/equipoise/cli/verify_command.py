"""`equipoise verify STUDY [--anchor FILE] [--rebuild] [--derive] [--as PERSON]`: is the ledger what it was?"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.verify.folder"))
    parser.add_argument("--anchor", type=Path, action="append", default=[], help=say("help.verify.anchor"))
    parser.add_argument("--public-key", type=Path, help=say("help.verify.public_key"))
    parser.add_argument("--rebuild", action="store_true", help=say("help.verify.rebuild"))
    parser.add_argument("--derive", action="store_true", help=say("help.verify.derive"))
    parser.add_argument("--strict", action="store_true", help=say("help.verify.strict"))
    add_person(parser, say)


def run(args: argparse.Namespace, say: Voice) -> int:
    """Exit code 0 when everything holds, 1 when something does not."""
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.folder.study import open_study
    from equipoise.conduct.folder.verification import verify_study
    from equipoise.datacut import compare_with_cut

    # Whoever has no role is told by the verification itself, also where the ledger does not say who anybody is.
    study = replace(open_study(args.folder, checked=False), named=args.actor)
    verification = verify_study(
        study,
        anchors=args.anchor,
        public_key=args.public_key,
        rebuild=args.rebuild,
        derive=args.derive,
        strict=args.strict,
        progress=progress_bar(say, "verify.bar"),
    )
    # What a broken chain holds is no measure for a cut, and nobody can make one.
    cut = compare_with_cut(study) if args.derive and verification.chain.intact else None
    findings = (*verification.findings, *(cut.findings if cut is not None else ()))
    for finding in findings:
        print(say.tell(finding), file=sys.stderr)
    for line in (*verification.lines(say.language), *([cut.line(say.language)] if cut is not None else [])):
        print(line)
    return 1 if any(f.severity == "error" for f in findings) else 0
