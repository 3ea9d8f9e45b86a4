"""`equipoise check PATH [--json]`: every Finding about a protocol, at once."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from typing import Any

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
    found = _outcome(args.path, say)
    if args.json:
        data = {"protocol": found["protocol"], "readable": found["readable"], "findings": found["data"]}
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return int(found["code"])
    for line in found["lines"]:
        print(line)
    if found["code"] == 0:
        warnings = found["warnings"]
        also = say("check.also", warnings=say.count("warnings", warnings)) if warnings else ""
        print(say("check.clean", study=found["study"], version=found["version"], also=also))
    else:
        unread = "" if found["readable"] else say("check.unread")
        print(say("check.mend", findings=say.count("findings", found["errors"]), unread=unread), file=sys.stderr)
    return int(found["code"])


def _outcome(path: str, say: Voice) -> dict[str, Any]:
    """What the check came to, in the language of the command; kept for as long as files and software are the same."""
    from equipoise.cache import Cache, cache_folder
    from equipoise.protocol.files import fingerprint

    files = fingerprint(path)
    cache = Cache(None if files is None else cache_folder("checks"))
    asked = {"path": path, "files": files, "language": say.language}
    found = cache.find(asked)
    if found is None:
        found = _checked(path, say)
        if files == fingerprint(path):  # nobody wrote while it was read
            cache.keep(asked, found)
    return dict(found)


def _checked(path: str, say: Voice) -> dict[str, Any]:
    from equipoise.protocol.reading import read_protocol

    reading = read_protocol(path)
    errors = sum(found.severity == "error" for found in reading.findings)
    study = reading.protocol.study if reading.protocol is not None else None
    return {
        "code": 2 if reading.unreadable else 1 if errors or study is None else 0,
        "readable": not reading.unreadable,
        "protocol": reading.lines.file or path,
        "errors": errors,
        "warnings": len(reading.findings) - errors,
        "lines": [say.tell(found) for found in reading.findings],
        "data": [found.as_data(say.language) for found in reading.findings],
        "study": "" if study is None else study.id,
        "version": "" if study is None else study.version,
    }
