"""`equipoise check PATH [--json]`: every Finding about a protocol, at once."""

from __future__ import annotations

import argparse
import gc
import json
import sys

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("path", help="a protocol folder, its protocol.yaml, or the name of a shipped protocol")
    parser.add_argument("--json", action="store_true", help="findings as JSON")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 clean, 1 findings, 2 could not read."""
    gc.disable()  # everything that is made here is kept until the end, so that collecting would find nothing
    try:
        return _check(args)
    finally:
        gc.enable()


def _check(args: argparse.Namespace) -> int:
    from equipoise.findings import Unreadable
    from equipoise.protocol.reading import find_protocol, read_protocol

    try:
        path = find_protocol(args.path)
        reading = read_protocol(path)
    except Unreadable as refusal:
        if args.json:
            print(
                json.dumps(
                    {"protocol": args.path, "readable": False, "findings": [f.as_data() for f in refusal.findings]},
                    ensure_ascii=False,
                    indent=2,
                )
            )
            return 2
        raise
    errors = [f for f in reading.findings if f.severity == "error"]
    if args.json:
        data = {"protocol": str(path), "readable": True, "findings": [f.as_data() for f in reading.findings]}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for finding in reading.findings:
            print(f"{'warning: ' if finding.severity == 'warning' else ''}{finding}")
        warnings = len(reading.findings) - len(errors)
        if reading.protocol is not None and not errors:
            study = reading.protocol.study
            also = f" ({warnings} warning{'s' if warnings > 1 else ''})" if warnings else ""
            print(f"{study.id} version {study.version}: nothing to mend{also}.")
        else:
            print(f"{len(errors)} finding{'s' if len(errors) != 1 else ''} to mend.", file=sys.stderr)
    return 1 if errors else 0
