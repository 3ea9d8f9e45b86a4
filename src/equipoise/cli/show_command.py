"""`equipoise show PATH`: the protocol as a document that a person reads."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("path", help="a protocol folder, its protocol.yaml, or the name of a shipped protocol")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language (default: en)")
    parser.add_argument("--format", choices=("md", "html"), default="md", help="Markdown or HTML (default: md)")
    parser.add_argument("--out", type=Path, help="write to this file instead of standard output")


def run(args: argparse.Namespace) -> int:
    """Print or write the document."""
    from equipoise.cli.writing import write_whole
    from equipoise.protocol.reading import find_protocol, load_protocol
    from equipoise.reports.protocol_document import render_protocol

    text = render_protocol(load_protocol(find_protocol(args.path)), args.lang, args.format)
    if args.out is None:
        print(text)
    else:
        write_whole(args.out, text)
        print(args.out)
    return 0
