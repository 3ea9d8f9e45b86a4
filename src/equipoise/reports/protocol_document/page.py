"""What every part of the document writes with: one protocol, one language, and the running list of assumptions.

A value that is an assumption gets its mark here and nowhere else, so that none is printed without being listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from equipoise.protocol.document import Protocol
from equipoise.reports.protocol_document.blocks import Facts, Line, Paragraph, Span, cell, plain
from equipoise.reports.protocol_document.words import words_in
from equipoise.wording import Language, Text
from equipoise.wording.literals import literals_checked

__all__ = ["Assumption", "Page", "Register", "begin_page"]

_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Assumption:
    """One line of the table of assumptions."""

    number: int
    what: str
    value: str
    source: str
    note: str

    @property
    def id(self) -> str:
        """The target that its marks lead to."""
        return f"assumption-{self.number}"


@dataclass
class Register:
    """Assumptions in the order in which the document first shows them; the same one twice keeps its number."""

    listed: list[Assumption] = field(default_factory=list)
    _by_clause: dict[int, Assumption] = field(default_factory=dict)
    _by_content: dict[tuple[str, str, str], Assumption] = field(default_factory=dict)

    def number(self, clause: Any, what: str, value: str, note: str = "") -> Assumption:
        """The assumption that `clause` is, entered now if it was not known."""
        known = self._by_clause.get(id(clause))
        if known is None:
            content = (what, value, str(clause.source or ""))
            known = self._by_content.get(content)
            if known is None:
                known = Assumption(len(self.listed) + 1, *content, note)
                self.listed.append(known)
                self._by_content[content] = known
            self._by_clause[id(clause)] = known
        return known

    def holds(self, clause: Any) -> bool:
        """Whether this very clause has been marked."""
        return id(clause) in self._by_clause


@lru_cache(maxsize=8)
def _citations(keys: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A key of a source, and keys in brackets; of the whole and of what lies between, as `re.split` gives them."""
    names = "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))
    one = rf"(?<![\w-])(?:{names})(?![\w-])"
    return re.compile(rf"({one})"), re.compile(rf"(\[{one}(?:[,，]\s*{one})*\])")


@literals_checked
@dataclass(frozen=True)
class Page:
    """The document in the making."""

    protocol: Protocol
    language: Language
    w: Mapping[str, str]
    register: Register

    def say(self, key: str, **values: object) -> str:
        """Words with their blanks filled in."""
        return self.w[key].format(**values)

    def bracketed(self, words: str, inside: str) -> str:
        """Words, and more of them in brackets."""
        return f"{words}{self.w['bracket_open']}{inside}{self.w['bracket_close']}"

    def words(self, text: Text | None) -> str:
        """A text of the protocol in the language of the page; empty for none."""
        return "" if text is None else text.in_(self.language)

    def text(self, text: Text | None) -> Line:
        """A text of the protocol, its citations leading to the list of sources."""
        return self.cited(self.words(text))

    def cited(self, words: str, *, everywhere: bool = False, style: str = "") -> Line:
        """`words` with the keys of sources as links: those in brackets, or `everywhere`."""
        keys = self.protocol.study.sources
        if not keys or not words:
            return (Span(words, style),) if words else ()  # type: ignore[arg-type]
        one, bracketed = _citations(tuple(keys))
        spans: list[Span] = []
        for part in (one if everywhere else bracketed).split(words):
            if everywhere or part.startswith("["):
                for piece in one.split(part):
                    known = piece in keys
                    spans.append(Span(piece, "ref" if known else style, f"source-{piece}" if known else ""))  # type: ignore[arg-type]
            else:
                spans.append(Span(part, style))  # type: ignore[arg-type]
        return tuple(span for span in spans if span.text)

    def foreign(self, words: str, style: str = "") -> Line:
        """Words that the protocol holds in one language only, marked when it is not that of the page."""
        english = re.search(r"[A-Za-z]{2}", words) and not _CHINESE.search(words)
        lang = "en" if self.language == "zh" and english else ""
        return tuple(
            Span(span.text, span.style, span.target, lang) for span in self.cited(words, everywhere=True, style=style)
        )

    def foreign_plain(self, words: str) -> Line:
        """As `foreign`, without links: for the list of sources itself."""
        line = self.foreign(words)
        return (Span(words, lang=line[0].lang),) if line else ()

    def source(self, source: str | None) -> Line:
        """Where a fact comes from: `[S1]` for keys alone, the words themselves otherwise."""
        if not source:
            return ()
        keys = [part.strip() for part in re.split(r"[,;，；]", source)]
        if all(key in self.protocol.study.sources for key in keys):
            return (Span(" ["), *self._keys(keys), Span("]"))
        opening = f" {self.w['bracket_open']}{self.w['source']}{self.w['colon']}"
        return (Span(opening, "small"), *self.foreign(source, "small"), Span(self.w["bracket_close"], "small"))

    def _keys(self, keys: list[str]) -> Line:
        spans: list[Span] = []
        for place, key in enumerate(keys):
            spans += [*plain(", " if place else ""), Span(key, "ref", f"source-{key}")]
        return tuple(spans)

    def standing(self, clause: Any, what: str, value: str, *, short: bool = False) -> Line:
        """What stands behind a value: the mark of an assumption, or the source of a fact, or nothing."""
        note = getattr(clause, "note", None)
        if getattr(clause, "assumption", False):
            one = self.register.number(clause, what, value, self.words(note) if isinstance(note, Text) else "")
            sign = f"A{one.number}" if short else self.say("assumption_mark", n=one.number)
            return (Span(" "), Span(sign, "mark", one.id))
        return self.source(getattr(clause, "source", None))

    def missing(self, what: str = "") -> Paragraph:
        """The plain statement that the protocol says nothing: of the whole item, or of `what`."""
        words = self.say("not_stated_part", what=what) if what else self.w["not_stated"]
        return Paragraph(plain(words), "missing")

    def narrative(self, id_: str) -> list[Paragraph]:
        """A part of the protocol that is words; nothing when there is none."""
        found = [part for part in self.protocol.narrative if part.id == id_]
        what = self.w[f"narrative_{id_}"]
        return [Paragraph((*self.text(p.text), *self.standing(p, what, self.w["whole_text"]))) for p in found]

    def facts(self, *pairs: tuple[str, Line | str]) -> Facts:
        """Terms and what is said of them; terms of which nothing is said are left out."""
        return Facts(tuple((self.w[term], cell(said)) for term, said in pairs if said))

    def listed(self, words: list[str]) -> str:
        """Words as an enumeration."""
        return self.w["list"].join(words)


@literals_checked
def begin_page(protocol: Protocol, language: Language) -> Page:
    """An empty page."""
    return Page(protocol, language, words_in(language), Register())
