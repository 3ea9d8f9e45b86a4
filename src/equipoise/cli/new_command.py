"""`equipoise new DIR --protocol NAME|PATH`: a study folder with its own copy of the protocol, ledger and keys."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder to make")
    parser.add_argument("--protocol", required=True, help="a protocol folder, or the name of a shipped protocol")
    parser.add_argument("--database", help="a PostgreSQL URL for the ledger (default: SQLite inside the folder)")
    parser.add_argument(
        "--rehearsal", action="store_true", help="mark the study as a rehearsal: it never holds real participants"
    )


def run(args: argparse.Namespace) -> int:
    """Make the folder, or leave nothing behind."""
    from equipoise.conduct.folder.study import Environment, create_study
    from equipoise.protocol.reading import find_protocol

    environment: Environment = "rehearsal" if args.rehearsal else "production"
    study = create_study(args.folder, find_protocol(args.protocol), database=args.database, environment=environment)
    print(
        f"{study.protocol.study.id}: study folder {args.folder} ({environment}), protocol {study.protocol.study.version}"
    )
    print(
        f"The allocation secret is in {args.folder / 'keys'}: keep a copy apart from the ledger, and away from the sites."
    )
    return 0
