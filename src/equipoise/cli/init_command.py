"""`equipoise init DIR [--from TEMPLATE] [--languages en,zh]`: a protocol to begin with; without DIR, a list of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.words import refuse
from equipoise.words import LANGUAGES, Language

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", nargs="?", type=Path, help=say("help.init.folder"))
    parser.add_argument("--from", dest="template", default="survival", help=say("help.init.from"))
    parser.add_argument("--languages", default="en,zh", help=say("help.init.languages"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Write the template, or list them all."""
    from equipoise.protocol.beginning import TEMPLATES, begin_protocol, template_label

    if args.folder is None:
        for name in TEMPLATES:
            print(f"{name:<12} {template_label(name).in_(say.language)}")
        return 0
    for file in begin_protocol(args.folder, args.template, _languages(args.languages), say.language):
        print(file)
    print(say("init.next", folder=args.folder))
    return 0


def _languages(given: str) -> tuple[Language, ...]:
    parts = [part.strip() for part in given.split(",")]
    named: tuple[Language, ...] = tuple(language for language in LANGUAGES if language in parts)
    if set(named) != set(parts):
        refuse("init.languages", given=given, languages=LANGUAGES)
    return named
