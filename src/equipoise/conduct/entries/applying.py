"""What entries do to one participant, by the declarations of their kinds: the only reading there is.

The desk's replay, a decision that looks ahead, and a data cut all come here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from equipoise.conduct.entries.kind import EntryKind
from equipoise.conduct.state.state import ParticipantState, copy_of
from equipoise.ledger.entry import ERASED, Entry

if TYPE_CHECKING:
    from equipoise.ledger import Fact

__all__ = ["apply_to_person", "with_facts"]


def apply_to_person(person: ParticipantState, entry: Entry, kinds: Mapping[str, EntryKind]) -> None:
    """Bring one participant forward by one entry about them."""
    kind = kinds.get(entry.kind)
    said = {} if entry.payload is None else entry.payload
    if entry.kind == ERASED:
        gone = kinds.get(said.get("kind", ""))
        if gone is not None and gone.forget is not None:
            gone.forget(person, entry, said)
    elif kind is not None and kind.on_person is not None:
        kind.on_person(person, entry, said)


def with_facts(person: ParticipantState, facts: Sequence[Fact], kinds: Mapping[str, EntryKind]) -> ParticipantState:
    """The participant as they will stand once the facts are entered; they themselves are left alone."""
    after = copy_of(person)
    for fact in facts:
        apply_to_person(after, _as_entry(fact), kinds)
    return after


def _as_entry(fact: Fact) -> Entry:
    """The entry that the fact will be, without number, stamp and chain: those come when it is appended."""
    return Entry(
        study="",
        seq=0,
        kind=fact.kind,
        act="",
        actor="",
        role="",
        site=fact.site,
        participant=fact.participant,
        at="",
        payload=fact.payload,
        salt="",
        payload_hash="",
        prev_hash="",
        hash="",
    )
