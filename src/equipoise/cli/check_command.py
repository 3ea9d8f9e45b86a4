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
    from equipoise.protocol.reading import read_protocol

    reading = read_protocol(args.path)
    errors = [f for f in reading.findings if f.severity == "error"]
    code = 2 if reading.unreadable else 1 if errors else 0
    if args.json:
        data = {
            "protocol": reading.lines.file or args.path,
            "readable": not reading.unreadable,
            "findings": [f.as_data() for f in reading.findings],
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return code
    for finding in reading.findings:
        print(f"{'warning: ' if finding.severity == 'warning' else ''}{finding}")
    warnings = len(reading.findings) - len(errors)
    if code == 0 and reading.protocol is not None:
        study = reading.protocol.study
        also = f" ({warnings} warning{'s' if warnings > 1 else ''})" if warnings else ""
        print(f"{study.id} version {study.version}: nothing to mend{also}.")
    else:
        unread = " What could not be read was not checked." if reading.unreadable else ""
        print(f"{len(errors)} finding{'s' if len(errors) != 1 else ''} to mend.{unread}", file=sys.stderr)
    return code
