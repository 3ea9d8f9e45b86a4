"""`equipoise show PATH`: the protocol as a document that a person reads."""

from __future__ import annotations

import argparse
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, protocol_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    add_person(parser, say)
    parser.add_argument("path", help=say("help.show.path"))
    parser.add_argument("--format", choices=("md", "html"), default="md", help=say("help.show.format"))
    parser.add_argument("--out", type=Path, help=say("help.show.out"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Print or write the document."""
    from equipoise.protocol.reading import load_protocol
    from equipoise.reports.protocol_document import render_protocol
    from equipoise.whole import write_whole

    text = render_protocol(load_protocol(protocol_to_read(args, say, "show")), say.language, args.format)
    if args.out is None:
        print(text)
    else:
        write_whole(args.out, text)
        print(args.out)
    return 0
