"""Which language the command line speaks: `--lang`, else EQUIPOISE_LANG; else the environment's locale.

Decided here and nowhere else, before anything is said: `--help` and a wrong command line are told in the reader's
language too. Refuses a language that it does not speak.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equipoise.cli.words import TABLE, unreadable
from equipoise.findings import Finding
from equipoise.words import LANGUAGES, Language

__all__ = ["IN_FULL", "OPTION", "VARIABLE", "Voice", "choose_language", "locale_language", "split_leading"]

OPTION, IN_FULL, VARIABLE = "--lang", "--language", "EQUIPOISE_LANG"
# In the order in which POSIX asks them; the first that is set decides.
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_SPOKEN: Mapping[str, Language] = {language: language for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Voice:
    """Says the command line's own words in one language."""

    language: Language

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            # Here and not above: a command line is answered before anything heavy is imported.
            from equipoise.wording.literals import expect_word

            expect_word(type(self), "language", self.language, LANGUAGES)

    def __call__(self, key: str, /, **facts: Any) -> str:
        """The words of `key` with the facts filled in."""
        return TABLE.phrase(key, **facts).in_(self.language)

    def count(self, key: str, n: int, /) -> str:
        """So many of something, each language with its own plural."""
        return self(f"{key}/{'one' if n == 1 else 'many'}", n=n)

    def join(self, parts: Iterable[str], between: str = "comma") -> str:
        """The parts, as the language separates them."""
        return self(between).join(parts)

    def tell(self, finding: Finding) -> str:
        """A Finding as a line; a warning is marked as one."""
        told = finding.tell(self.language)
        return self("warning", told=told) if finding.severity == "warning" else told


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language that was asked for. Raises Unreadable for an EQUIPOISE_LANG that is none, unless `--lang` is given.

    A `--lang` that is none is left to the parser, which tells it like any other wrong choice.
    """
    asked, wanted = _asked(arguments), environment.get(VARIABLE, "").strip()
    found = _SPOKEN.get(asked or "") or _SPOKEN.get(wanted)
    if found is None and wanted and asked is None:
        unreadable("language", given=wanted, languages=LANGUAGES)
    return found or locale_language(environment)


def locale_language(environment: Mapping[str, str]) -> Language:
    """Chinese where the environment asks for messages in Chinese, whatever the region and encoding; else English."""
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return "zh" if locale[:2].lower() == "zh" and not locale[2:3].isalpha() else "en"


def split_leading(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """What is said of the language before the command's name, and the rest."""
    at = 0
    while at < len(arguments) and _is_option(arguments[at]):
        at += 1 if "=" in arguments[at] else 2
    return list(arguments[:at]), list(arguments[at:])


def _asked(arguments: Sequence[str]) -> str | None:
    """What the last `--lang` says, as the parser will read it."""
    asked = None
    for at, part in enumerate(arguments):
        if part == "--":
            break
        if _is_option(part):
            _, equals, value = part.partition("=")
            asked = value if equals else next(iter(arguments[at + 1 : at + 2]), "")
    return asked


def _is_option(part: str) -> bool:
    """Whether the parser reads it as `--lang`: it takes beginnings of an option for the option."""
    name = part.partition("=")[0]
    return name == IN_FULL or (len(name) > 2 and OPTION.startswith(name))
