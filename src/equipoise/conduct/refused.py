"""A refusal as an entry.

Its codes, what was said in English, and the facts, so that it can be told in another language.

A refusal is entered whatever it was about, so what no ledger can hold is spelled out here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from equipoise.conduct import words as desk_words
from equipoise.conduct.acts import words as act_words
from equipoise.conduct.doses import words as dose_words
from equipoise.conduct.entries.records import REFUSED
from equipoise.conduct.following import words as following_words
from equipoise.conduct.sheet import words as sheet_words
from equipoise.forms import words as form_words
from equipoise.knowledge import words as knowledge_words
from equipoise.ledger import Fact
from equipoise.ledger import words as ledger_words
from equipoise.randomization import words as randomization_words
from equipoise.rules import words as rule_words
from equipoise.words import Phrase, Said, Words

if TYPE_CHECKING:
    from equipoise.conduct.acts import Act
    from equipoise.conduct.state.state import ParticipantState
    from equipoise.findings import Finding, Refusal, Table

__all__ = ["found_under", "refused", "retold", "writable"]

T = TypeVar("T")
# Larger whole numbers have no canonical form; nobody means them either.
_WHOLE_MAX = 2**53 - 1


def writable(text: str) -> str:
    """What was typed, with what no ledger can hold spelled out."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")


def found_under(look_up: Callable[[str], T], name: str | None) -> T | None:
    """What a ledger holds under a name; nothing under one that no ledger can hold."""
    return look_up(name) if name is not None and writable(name) == name else None


def refused(act: Act, refusal: Refusal, person: ParticipantState | None) -> Fact:
    """The entry that says what was asked and why it was refused; about a participant only where that one is known."""
    payload: dict[str, Any] = {"act": act.right, "findings": [_kept(finding) for finding in refusal.findings]}
    if (door := getattr(act, "door", None)) is not None:
        payload["door"] = writable(str(door))[:200]
    asked = getattr(act, "participant", None)
    if asked is not None:
        payload["participant"] = writable(str(asked))[:200]
    return Fact(REFUSED.name, payload, person.id if person else None, person.site if person else None)


def _kept(finding: Finding) -> dict[str, Any]:
    said = finding.say()
    kept: dict[str, Any] = {"code": finding.code, **{part: writable(text) for part, text in said._asdict().items()}}
    if finding.wording:
        kept |= {"wording": finding.wording, "facts": {name: _plain(fact) for name, fact in finding.facts.items()}}
    if _words_of(kept) is None:  # a room above this one: its words are not known here when it is told again
        kept["zh"] = {part: writable(text) for part, text in finding.say("zh")._asdict().items()}
    return kept


def _plain(fact: Any) -> Any:
    """A fact as the ledger may hold it.

    What differs by language under `en` and `zh`, other numbers than whole as text.
    """
    if fact is None or isinstance(fact, bool) or (isinstance(fact, int) and abs(fact) <= _WHOLE_MAX):
        return fact
    if isinstance(fact, str):
        return writable(fact)
    if isinstance(fact, float):
        return f"{fact:g}"
    if isinstance(fact, date):  # and an instant
        return fact.isoformat()
    if isinstance(fact, Phrase):
        return {"en": writable(fact.in_("en")), "zh": writable(fact.in_("zh"))}
    if hasattr(fact, "en") and hasattr(fact, "zh"):  # a text of the protocol
        return {"en": writable(str(fact.en)), "zh": writable(str(fact.zh))}
    if isinstance(fact, Collection) and not isinstance(fact, (bytes, Mapping)):
        return [_plain(one) for one in (sorted(fact) if isinstance(fact, (set, frozenset)) else fact)]
    return writable(str(fact))


def retold(kept: Mapping[str, Any], language: str = "en") -> Said:
    """What a kept finding says, in `language`; as it was said where its words are not known any more, or never were."""
    as_said = Said(**kept["zh"]) if language == "zh" and "zh" in kept else Said(kept["what"], kept["why"], kept["mend"])
    words = _words_of(kept)
    if language == "en" or words is None:
        return as_said
    return words.say({name: _fact(value) for name, value in kept["facts"].items()}, language)


def _words_of(kept: Mapping[str, Any]) -> Words | None:
    room, _, key = str(kept.get("wording", "")).partition(": ")
    table = next((table for table in _TABLES if table.room == room), None)
    return table.words.get(key) if table is not None else None


def _fact(kept: Any) -> Any:
    if isinstance(kept, Mapping):
        return Phrase(kept["en"], kept["zh"])
    return [_fact(one) for one in kept] if isinstance(kept, list) else kept


_TABLES: tuple[Table, ...] = tuple(
    words.TABLE
    for words in (
        desk_words,
        act_words,
        sheet_words,
        following_words,
        dose_words,
        knowledge_words,
        form_words,
        randomization_words,
        rule_words,
        ledger_words,
    )
)
"""The tables of those who refuse an act."""
