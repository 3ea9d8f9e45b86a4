"""Reading a command line, in the reader's language: argparse's own usage, help and complaints, said from our tables.

argparse speaks English by itself. What it complains of is recognized by its kind and told as a Finding.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from functools import partial
from typing import Any, NoReturn

from equipoise.cli.language import IN_FULL, OPTION, Voice
from equipoise.cli.words import TABLE, finding
from equipoise.findings import Finding, Where
from equipoise.reports.columns import wide
from equipoise.words import LANGUAGES, Phrase

__all__ = ["CommandParser", "add_language", "count", "explain"]

# What argparse complains of: the words' variant, and how it says it. Python's versions quote choices differently.
_KINDS = (
    ("usage/required", r"the following arguments are required: (?P<names>.+)"),
    ("usage/one_of", r"one of the arguments (?P<names>.+) is required"),
    ("usage/unknown", r"unrecognized arguments: (?P<given>.+)"),
    ("usage/ambiguous", r"ambiguous option: (?P<given>.+) could match (?P<names>.+)"),
    ("usage/choice", r"argument (?P<argument>.+?): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)"),
    ("usage/type", r"argument (?P<argument>.+?): invalid (?P<kind>\w+) value: (?P<value>.+)"),
    ("usage/exclusive", r"argument (?P<argument>.+?): not allowed with argument (?P<other>.+)"),
    ("usage/explicit", r"argument (?P<argument>.+?): ignored explicit argument (?P<value>.+)"),
    ("usage/one", r"argument (?P<argument>.+?): expected one argument"),
    ("usage/some", r"argument (?P<argument>.+?): expected at least one argument"),
)
_SECTIONS = {"positional arguments": "help.arguments", "options": "help.options"}
# A line may end after a Chinese character and may not begin with a closing sign; Latin words stay whole.
_PIECE = r"[^\s\u2e80-\uffef]+|\s+|[\u2e80-\uffef]"
_CLOSING = "，。；：、）》？！”"


class CommandParser(argparse.ArgumentParser):
    """A parser that speaks with one Voice; what it complains of is a Finding too, and ends with exit code 2."""

    def __init__(self, say: Voice, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=partial(_Formatter, say=say), **options)
        self.say = say
        self.add_argument("-h", "--help", action="help", help=say("help.help"))

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and leave."""
        self.print_usage(sys.stderr)
        print(self.say.tell(explain(message, self.prog)), file=sys.stderr)
        raise SystemExit(2)


def add_language(parser: CommandParser) -> None:
    """The option that every command has. It was read before the parser was made, which speaks the language already."""
    parser.add_argument(OPTION, choices=LANGUAGES, default=parser.say.language, help=parser.say("help.lang"))
    # Whoever writes the word in full means the same; it is told nowhere, so that there is one form.
    parser.add_argument(IN_FULL, dest="lang", choices=LANGUAGES, default=parser.say.language, help=argparse.SUPPRESS)


def count(text: str) -> int:
    """A whole number that is not negative. Raises ValueError."""
    if (number := int(text)) < 0:
        raise ValueError(text)
    return number


def explain(message: str, program: str) -> Finding:
    """What argparse complains of, as a Finding."""
    where = Where(path=program)
    for key, pattern in _KINDS:
        if (said := re.fullmatch(pattern, message, re.DOTALL)) is not None:
            facts: dict[str, Any] = said.groupdict()
            if "kind" in facts:
                facts["kind"] = _kind(facts["kind"])
            return finding(key, where, program=program, **facts)
    return finding("usage/other", where, program=program, message=message)


def _kind(name: str) -> Phrase | str:
    """The kind of value that was asked for; argparse names it by the function that reads it."""
    return TABLE.phrase(f"kind.{name}") if f"kind.{name}" in TABLE.phrases else name


class _Formatter(argparse.HelpFormatter):
    """argparse's own layout, with headings and folding for both languages; a text with lines of its own keeps them."""

    def __init__(self, prog: str, *, say: Voice) -> None:
        super().__init__(prog)
        self._say = say

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self._say("help.usage") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        key = _SECTIONS.get(heading or "")
        super().start_section(heading if key is None else self._say(key))

    # The two places at which argparse folds a text: it takes a Chinese character for one column, and folds at spaces.
    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(text, width) if self._say.language == "en" else _fold(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return "".join(indent + line for line in text.splitlines(keepends=True))
        if self._say.language == "en":
            return super()._fill_text(text, width, indent)
        return "\n".join(indent + line for line in _fold(text, width - len(indent)))


def _fold(text: str, width: int) -> list[str]:
    lines = [""]
    for piece in re.findall(_PIECE, text.strip()):
        fits = wide(lines[-1]) + wide(piece) <= width or piece in _CLOSING
        if fits or not lines[-1]:
            lines[-1] += piece
        else:
            lines.append("" if piece.isspace() else piece)
    return [line.rstrip() for line in lines]
