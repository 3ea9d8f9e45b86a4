"""The one shape of every complaint: where, what, why, and how to mend it.

A Finding is a code and facts; its words stand in the table of the room that found it, in English and Chinese. Promises
that bad input is answered with a Finding and never with a traceback. Knows no room above it; every room speaks in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NoReturn

from equipoise.words import Phrase, Said, Words

__all__ = ["Finding", "Refusal", "Table", "Unreadable", "Where"]

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place a person can go to: a file and line, a path inside a document, or a ledger entry."""

    file: str = ""
    line: int = 0
    path: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return " ".join(part for part in (place, self.path) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint.

    `code` is stable and machine-readable, e.g. ``rule.unknown_name``; `facts` are what it is about.
    """

    code: str
    where: Where
    words: Words = field(repr=False)
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    severity: Severity = "error"
    wording: str = field(default="", repr=False, compare=False)
    """Room and key of its words, so that what is kept can be told again in another language."""

    def say(self, language: str = "en") -> Said:
        """What, why and mend in `language`."""
        return self.words.say(self.facts, language)

    @property
    def what(self) -> str:
        """What was found, in English."""
        return self.say().what

    @property
    def why(self) -> str:
        """Why it matters, in English."""
        return self.say().why

    @property
    def mend(self) -> str:
        """What would mend it, in English."""
        return self.say().mend

    def tell(self, language: str = "en") -> str:
        """One line: where, what, why, mend."""
        said = self.say(language)
        where = f"{self.where}: " if str(self.where) else ""
        if language == "zh":
            return f"{where}{said.what}；{said.why}。{said.mend}"
        return f"{where}{said.what}; {said.why}. {said.mend}"

    def __str__(self) -> str:
        return self.tell()

    def as_data(self, language: str = "en") -> dict[str, object]:
        """A flat mapping for JSON: code, file, line, path, what, why, mend, severity."""
        where = {"file": self.where.file, "line": self.where.line, "path": self.where.path}
        return {"code": self.code, **where, **self.say(language)._asdict(), "severity": self.severity}


class Refusal(Exception):
    """Something was asked that may not be done; carries the Findings that say why and what would mend it."""

    def __init__(self, findings: Iterable[Finding] | Finding) -> None:
        self.findings: tuple[Finding, ...] = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class Unreadable(Refusal):
    """The input could not be read at all (no such file, not text, not YAML): exit code 2 at the command line."""


class Table:
    """The words of one room: what it may find, by code, and phrases that its facts are made of.

    One code may have several wordings: `date.impossible` and `date.impossible/early` are both found as
    `date.impossible`. `watch` sees every wording that is used, with its table and facts; the tests hold by it that each
    is reached and that facts and words agree.
    """

    __slots__ = ("phrases", "room", "words")
    watch: ClassVar[Callable[[Table, str, Mapping[str, Any]], None] | None] = None

    def __init__(
        self, room: str, words: Mapping[str, Words], phrases: Mapping[str, tuple[str, str]] | None = None
    ) -> None:
        self.room, self.words, self.phrases = room, words, phrases or {}

    def finding(self, key: str, where: Where | str = "", severity: Severity = "error", /, **facts: Any) -> Finding:
        """The Finding of that code (and wording) about a place. A text names a path."""
        if Table.watch is not None:
            Table.watch(self, key, facts)
        place = where if isinstance(where, Where) else Where(path=where)
        # A missing word is a fault that a test finds; whoever meets it first still reads the code.
        words = self.words.get(key) or Words((key, "", ""), (key, "", ""))
        return Finding(key.partition("/")[0], place, words, facts, severity, f"{self.room}: {key}")

    def warning(self, key: str, where: Where | str = "", /, **facts: Any) -> Finding:
        """As `finding`, of what stops nothing."""
        return self.finding(key, where, "warning", **facts)

    def refuse(self, key: str, where: Where | str = "", /, **facts: Any) -> NoReturn:
        """Raise a Refusal with that one Finding."""
        raise Refusal(self.finding(key, where, **facts))

    def unreadable(self, key: str, where: Where | str = "", /, **facts: Any) -> NoReturn:
        """Raise Unreadable with that one Finding."""
        raise Unreadable(self.finding(key, where, **facts))

    def phrase(self, key: str, /, **facts: Any) -> Phrase:
        """A part of a sentence, to be given as a fact."""
        if Table.watch is not None:
            Table.watch(self, key, facts)
        english, chinese = self.phrases.get(key) or (key, key)
        return Phrase(english, chinese, facts)
