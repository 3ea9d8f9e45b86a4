"""`equipoise schema`: JSON Schema of the protocol and of a form file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from equipoise.cli.language import Voice

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("--form", action="store_true", help=say("help.schema.form"))
    parser.add_argument("--one-language", action="store_true", help=say("help.schema.one_language"))
    parser.add_argument("--out", type=Path, help=say("help.schema.out"))


def run(args: argparse.Namespace, _say: Voice) -> int:
    """Print one schema, or write both."""
    from equipoise.protocol.schema import form_schema, protocol_schema
    from equipoise.whole import write_all

    if args.out is None:
        print(
            json.dumps(
                form_schema(alone=args.one_language) if args.form else protocol_schema(), ensure_ascii=False, indent=2
            )
        )
        return 0
    schemas = {"protocol": protocol_schema(), "form": form_schema(), "form.one-language": form_schema(alone=True)}
    texts = {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }
    for path in write_all(args.out, texts):
        print(path)
    return 0
