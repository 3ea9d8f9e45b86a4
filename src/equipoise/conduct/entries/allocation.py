"""The kinds of entries about allocation: drawn under seal or taken down, and what is documented of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.kind import EntryKind, Payload
from equipoise.conduct.entries.words import warning
from equipoise.conduct.state.state import Allocated, ParticipantState, StudyState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from equipoise.findings import Finding
    from equipoise.ledger import Entry

__all__ = [
    "ALLOCATED",
    "ALLOCATION_MARKED_IN_ERROR",
    "ALLOCATION_RECORDED",
    "ENVELOPES_MADE",
    "LIST_TAKEN",
    "TRUE_STRATUM_RECORDED",
    "UNDRAWN",
]

UNDRAWN = ""
"""What stands in the place of a seal in a dry run: nothing was drawn, and nothing of it is kept."""


def _warn_of_a_dry_run(entry: Entry, said: Payload) -> Iterable[Finding]:
    return (
        [warning("allocation.dry", str(entry.participant), participant=entry.participant)] if not said["sealed"] else []
    )


def _take_slot(state: StudyState, entry: Entry, said: Payload) -> None:
    if state.allocations is None or not said:
        return
    factors = tuple(sorted(said["factors"].items()))
    version = said["scheme"].get("version", 1)
    state.allocations.append(
        Allocated(
            entry.participant or "",
            said["position"],
            said["stratum"],
            factors,
            version,
            said["sealed"],
            envelope=said.get("envelope"),
        )
    )


def _randomized(person: ParticipantState, entry: Entry, said: Payload) -> None:
    if person.randomized is not None:  # the first allocation stands
        return
    person.randomized, person.randomized_by, person.randomized_at = said.get("date", ""), entry.actor, str(entry.at)
    person.allocation, person.recorded_arm = said, said.get("arm")


def _mark_slot(state: StudyState, entry: Entry, _said: Payload) -> None:
    allocations = state.allocations or ()
    for allocated in allocations:
        if allocated.participant == entry.participant and allocated.in_error_after is None:
            allocated.in_error_after = len(allocations)


def _envelopes(state: StudyState, entry: Entry, said: Payload) -> None:
    state.envelopes[said["series"]] = said
    _saw_what_comes(state, entry)


def _list(state: StudyState, entry: Entry, said: Payload) -> None:
    state.foreign_list = said["digest"]
    _saw_what_comes(state, entry)


def _saw_what_comes(state: StudyState, entry: Entry) -> None:
    """Whoever made envelopes or read a list knows arms that nobody has yet, and knows them still in another role."""
    if (person := state.people.get(entry.actor)) is not None:
        person.saw.setdefault(entry.role, entry.seq)


def _short(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    return {"short": said["digest"][:16]}


def _mark(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    person.in_error_reason = said.get("reason") or ""


def _true_stratum(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    person.true_factors = {**(person.true_factors or {}), **said.get("factors", {})}


ALLOCATED = EntryKind(
    "allocated",
    "participant",
    ("{participant} is randomized at position {position}", "{participant}已随机，序号{position}"),
    on_study=_take_slot,
    on_person=_randomized,
    warns=_warn_of_a_dry_run,
    makes_known=("randomized", "randomized_date", "arm"),
    feeds=("allocations",),
)
ALLOCATION_RECORDED = EntryKind(
    "allocation_recorded",
    "participant",
    ("The allocation of {participant} was recorded", "已记录{participant}的分组"),
    on_person=_randomized,
    makes_known=("randomized", "randomized_date", "arm"),
)
ALLOCATION_MARKED_IN_ERROR = EntryKind(
    "allocation_marked_in_error",
    "participant",
    ("{participant} is marked as randomized in error", "{participant}已标记为误随机"),
    on_study=_mark_slot,
    on_person=_mark,
    feeds=("allocations",),
)
ENVELOPES_MADE = EntryKind(
    "envelopes_made",
    "study",
    ("{each} sealed envelopes for each stratum are series {series}", "已制作密封信封第{series}系列，每层{each}个"),
    on_study=_envelopes,
)
LIST_TAKEN = EntryKind(
    "list_taken",
    "study",
    (
        "The randomization list {short} ({slots} slots in {strata} strata) is in force",
        "随机表{short}（{strata}层共{slots}个位置）已启用",
    ),
    on_study=_list,
    tells=_short,
)
TRUE_STRATUM_RECORDED = EntryKind(
    "true_stratum_recorded",
    "participant",
    ("The true stratum of {participant} was recorded", "已记录{participant}的真实分层"),
    on_person=_true_stratum,
)
