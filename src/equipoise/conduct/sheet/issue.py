"""One thing that is wrong with a page, and the items that it is about. Knows no rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equipoise.conduct.sheet import words
from equipoise.findings import Finding
from equipoise.words import Phrase, Words

__all__ = ["Issue", "asked", "judged_alone", "said_by"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A Finding about a page; `names` are the items it is about. `check` is set when it is soft: what to confirm."""

    finding: Finding
    names: frozenset[str]
    check: str | None = None


def judged_alone(finding: Finding) -> Finding:
    """The same of one value that is corrected by itself: an answer that needs another one is not mended that way."""
    key = {"form.check": "form.check/alone", "form.not_shown": "form.not_shown/alone"}.get(finding.code)
    if key is None or finding.severity != "error":
        return finding
    return words.finding(key, finding.where, **finding.facts)


def said_by(said: Words, facts: Any) -> tuple[Phrase, Phrase, Phrase]:
    """What, why and mend of somebody else's words, each as a fact of our own."""
    what, why, mend = (Phrase(en, zh, facts) for en, zh in zip(said.en, said.zh, strict=True))
    return what, why, mend


def asked(path: str, what: Phrase, why: Phrase, check: str, names: frozenset[str]) -> Issue:
    """A soft fault: whoever looked at the source again may confirm it with a reason."""
    return Issue(words.finding("form.soft", path, what=what, why=why, check=check), names, check)
