"""What the forms and the desk found, told again about the row of a file: with another place and another mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from equipoise.conduct.importing import words
from equipoise.findings import Finding, Where
from equipoise.wording import Text
from equipoise.words import Phrase

__all__ = ["linked", "part_of", "retell", "said_reason"]


def part_of(finding: Finding, part: str) -> Phrase:
    """Its `what`, `why` or `mend`, as a fact for another Finding."""
    return Phrase(getattr(finding.say("en"), part), getattr(finding.say("zh"), part))


def said_reason(reason: Text) -> Phrase:
    """A reason that a mapping gives, as part of a sentence."""
    return Phrase(reason.en.rstrip(". "), reason.zh.rstrip("。 "))


def linked(parts: Iterable[Phrase]) -> Phrase:
    """Several things to be said in one go, each language with its own semicolon."""
    parts = list(parts)
    return Phrase("; ".join(part.in_("en") for part in parts), "；".join(part.in_("zh") for part in parts))


def retell(
    finding: Finding, code: str, where: Where, *, what: Phrase | None = None, mend: Phrase | None = None
) -> Finding:
    """The same Finding under that code at that place, with another `what` or `mend` where one is given."""
    told = words.finding(
        "import.retold",
        where,
        what=what or part_of(finding, "what"),
        why=part_of(finding, "why"),
        mend=mend or part_of(finding, "mend"),
    )
    return replace(told, code=code)
