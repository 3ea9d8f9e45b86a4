"""`equipoise check PATH [--json]`: every Finding about a protocol, at once."""

from __future__ import annotations

import argparse
import gc
import json
import sys

from equipoise.cli.language import Voice

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("path", help=say("help.check.path"))
    parser.add_argument("--json", action="store_true", help=say("help.check.json"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Exit code 0 clean, 1 findings, 2 could not read."""
    gc.disable()  # everything that is made here is kept until the end, so that collecting would find nothing
    try:
        return _check(args, say)
    finally:
        gc.enable()


def _check(args: argparse.Namespace, say: Voice) -> int:
    from equipoise.protocol.reading import read_protocol

    reading = read_protocol(args.path)
    errors = [f for f in reading.findings if f.severity == "error"]
    code = 2 if reading.unreadable else 1 if errors else 0
    if args.json:
        data = {
            "protocol": reading.lines.file or args.path,
            "readable": not reading.unreadable,
            "findings": [f.as_data(say.language) for f in reading.findings],
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return code
    for finding in reading.findings:
        print(say.tell(finding))
    warnings = len(reading.findings) - len(errors)
    if code == 0 and reading.protocol is not None:
        study = reading.protocol.study
        also = say("check.also", warnings=say.count("warnings", warnings)) if warnings else ""
        print(say("check.clean", study=study.id, version=study.version, also=also))
    else:
        unread = say("check.unread") if reading.unreadable else ""
        print(say("check.mend", findings=say.count("findings", len(errors)), unread=unread), file=sys.stderr)
    return code
