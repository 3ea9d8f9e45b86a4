"""The kind of entry of one participant's unblinding: who, why, when, who must know of it; the arm stands in none.

Never erased: that the blind was broken, and why, is what ICH E6(R3) 4.1.4 asks to be documented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.kind import EntryKind, Payload
from equipoise.conduct.entries.words import phrase, warning
from equipoise.conduct.state.state import ParticipantState, Unblinding

if TYPE_CHECKING:
    from equipoise.findings import Finding
    from equipoise.ledger import Entry

__all__ = ["UNBLINDED"]


def _unblinded(person: ParticipantState, entry: Entry, said: Payload) -> None:
    one = Unblinding(
        said["date"],
        said["category"],
        entry.actor,
        entry.seq,
        str(entry.at),
        said["reason"],
        told=said["told"],
        known_to=tuple(said["known_to"]),
        event=said["event"],
        notices=tuple(said["notices"]),
    )
    person.unblindings.append(one)


def _tells(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    return {"why": phrase(f"unblinding.{said['category']}")}


def _warns(entry: Entry, said: Payload) -> Iterator[Finding]:
    facts = {"participant": entry.participant}
    where = str(entry.participant)
    if said["earlier"] is not None:
        yield warning("unblinding.earlier", where, **facts, **said["earlier"])
    if said["told"]:
        yield warning("unblinding.dry" if said.get("dry") else "unblinding.seen", where, **facts)
    if said["nobody"]:
        yield warning("unblinding.nobody", where, **facts, names=said["nobody"])
    if said["notices"]:
        yield warning("unblinding.notices", where, **facts, people=said["notices"])
    else:
        yield warning("unblinding.notices/none", where, **facts)


UNBLINDED = EntryKind(
    "unblinded",
    "participant",
    ("{participant} was unblinded: {why}", "{participant}已揭盲：{why}"),
    on_person=_unblinded,
    tells=_tells,
    warns=_warns,
    makes_known=("unblinded", "unblinded_date", "unblinding_category"),
)
