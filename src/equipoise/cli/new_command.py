"""`equipoise new DIR --protocol NAME|PATH`: a study folder with its own copy of the protocol, ledger and keys."""

from __future__ import annotations

import argparse
from pathlib import Path

from equipoise.cli.language import Voice

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help=say("help.new.folder"))
    parser.add_argument("--protocol", required=True, help=say("help.new.protocol"))
    parser.add_argument("--database", help=say("help.new.database"))
    parser.add_argument("--organization", metavar="NAME", help=say("help.new.organization"))
    parser.add_argument("--rehearsal", action="store_true", help=say("help.new.rehearsal"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Make the folder, or leave nothing behind."""
    from equipoise.conduct.folder.study import Environment, create_study
    from equipoise.protocol.files import find_protocol

    environment: Environment = "rehearsal" if args.rehearsal else "production"
    study = create_study(
        args.folder,
        find_protocol(args.protocol),
        database=args.database,
        environment=environment,
        organization=args.organization,
    )
    version, kind = study.protocol.study.version, say(f"environment.{environment}")
    print(say("new.made", study=study.protocol.study.id, folder=args.folder, environment=kind, version=version))
    print(say("new.secret", keys=args.folder / "keys"))
    return 0
