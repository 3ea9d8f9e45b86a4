"""The study by replay of its entries, each as its kind declares.

Entries come in their order. An erased payload leaves what it said unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from equipoise.conduct.entries.applying import apply_to_person
from equipoise.conduct.entries.in_place import Kept, in_place, kept_of
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.conduct.state.state import StudyState, empty_state

if TYPE_CHECKING:
    from equipoise.ledger import Entry

__all__ = ["apply", "replay"]


def replay(study: str, entries: Iterable[Entry], kept: Kept | None = None) -> StudyState:
    """The whole study from all its entries, in their order. `kept`: see `in_place`; None: looked for in `entries`."""
    state = empty_state(study)
    if kept is None:
        entries = list(entries)
        kept = kept_of(entries)
    for entry in in_place(entries, kept):
        apply(state, entry)
    return state


def apply(state: StudyState, entry: Entry) -> None:
    """Bring the state forward by one entry."""
    state.seq, state.at = entry.seq, str(entry.at)
    kind = KIND_OF.get(entry.kind)
    if kind is None:
        return
    if entry.participant is None:
        if kind.about == "study" and kind.on_study is not None and entry.payload is not None:
            kind.on_study(state, entry, entry.payload)
    elif kind.about == "participant":
        person = state.participants.get(entry.participant)
        if kind.on_study is not None:
            kind.on_study(state, entry, entry.payload or {})
        if person is not None:
            apply_to_person(person, entry, KIND_OF)
