"""A study, or one participant of it, from a ledger: no more is read than what is asked for.

One participant's act must not cost a walk through the whole study.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.in_place import in_place, kept_of
from equipoise.conduct.replay.kinds import KIND_OF, KINDS, kinds_about
from equipoise.conduct.replay.replaying import apply
from equipoise.conduct.state.state import Allocated, ParticipantState, StudyState
from equipoise.ledger.chain import check_entry

if TYPE_CHECKING:
    from equipoise.ledger import Entry, Store, Writer

__all__ = [
    "LOADED",
    "load_allocations",
    "load_identities",
    "load_numbers",
    "load_participant",
    "load_study",
    "participant_state",
]


def load_study(source: Store | Writer, study: str) -> StudyState:
    """The study's own state at its head, without its participants. Raises Unreadable where an entry was changed."""
    head = source.head(study) if callable(source.head) else source.head
    state = StudyState(study)
    for entry in _read(source, study, upto=head.seq, kinds=kinds_about("study")):
        check_entry(entry)
        apply(state, entry)
    state.seq = head.seq
    return state


def load_participant(state: StudyState, source: Store | Writer, participant: str) -> ParticipantState | None:
    """One participant at the state's entry, read from that participant's entries alone; None when unknown."""
    person = state.participants.get(participant)
    if person is None and not state.whole:
        person = participant_state(source, state.study, participant, upto=state.seq)
        if person is not None:
            state.participants[participant] = person
    return person


def participant_state(
    source: Store | Writer, study: str, participant: str, *, upto: int | None = None
) -> ParticipantState | None:
    """One participant by replay of that participant's entries, whatever the size of the study; None when unknown."""
    alone = StudyState(study, whole=True)
    entries = list(_read(source, study, upto=upto, participant=participant))
    for entry in in_place(entries, kept_of(entries)):
        apply(alone, entry)
    return alone.participants.get(participant)


def load_allocations(state: StudyState, source: Store | Writer) -> list[Allocated]:
    """Every allocation so far, in order of position. Raises Unreadable where one was changed: the next builds on it."""
    if state.allocations is None:
        found = _feed(StudyState(state.study, allocations=[]), source, "allocations", state.seq, check=True)
        state.allocations = found.allocations
    return state.allocations or []


def load_identities(state: StudyState, source: Store | Writer) -> dict[str, str]:
    """Site-held identity hash to the participant who was first screened with it."""
    if state.identities is None:
        found = _feed(StudyState(state.study, identities={}), source, "identities", state.seq)
        state.identities = found.identities
    return state.identities or {}


def load_numbers(state: StudyState, source: Store | Writer) -> dict[str, str]:
    """What makes numbers look alike to the participant who first had such a number."""
    if state.numbers is None:
        state.numbers = _feed(StudyState(state.study, numbers={}), source, "numbers", state.seq).numbers
    return state.numbers or {}


LOADED: Mapping[str, Callable[[StudyState, Writer], object]] = {
    "allocations": load_allocations,
    "identities": load_identities,
    "numbers": load_numbers,
}
"""How each list of the study that an act may need is loaded."""


def _feed(alone: StudyState, source: Store | Writer, what: str, upto: int, *, check: bool = False) -> StudyState:
    """A bare study that has seen the entries of the kinds that feed one of its lists."""
    kinds = tuple(kind.name for kind in KINDS if what in kind.feeds)
    for entry in _read(source, alone.study, upto=upto, kinds=kinds):
        if check:
            check_entry(entry)
        if (feed := KIND_OF[entry.kind].on_study) is not None:
            feed(alone, entry, entry.payload or {})
    return alone


def _read(source: Store | Writer, study: str, **which: Any) -> Iterable[Entry]:
    """A store is asked for a study; a writer already belongs to one."""
    from equipoise.ledger import Writer as _Writer

    return source.read(**which) if isinstance(source, _Writer) else source.read(study, **which)
