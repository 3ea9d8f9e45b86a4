"""Where a study stands after a ledger entry: the study's own state, and each participant's, by replay.

`apply` is the only reading of what an entry means for the conduct of the trial; the projections are made from these
states, so replay and projection cannot disagree. Knows no rules and no roles. Arms stay under their seals here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import TYPE_CHECKING, Any

from equipoise.conduct.state.query import QUERY_KINDS, Query, apply_to_queries
from equipoise.knowledge.records import RecordKey, RecordRow, corrected
from equipoise.ledger.chain import check_entry

if TYPE_CHECKING:
    from equipoise.ledger import Entry, Store, Writer

__all__ = [
    "Allocated",
    "ParticipantState",
    "Person",
    "StudyState",
    "apply",
    "load_participant",
    "load_study",
    "participant_state",
    "replay",
]

STUDY_KINDS = (
    "study_opened", "seed_committed", "site_opened", "site_closed", "person_appointed", "person_dismissed",
    "study_paused", "study_resumed", "locked", "unlocked", "amended", "allocations_unsealed", "cut_made",
    "file_imported",
)  # fmt: skip
PARTICIPANT_KINDS = (
    "screened", "duplicate_suspected", "consented", "form_recorded", "value_corrected", "enrolled", "allocated",
    "allocation_recorded", "true_stratum_recorded", "allocation_marked_in_error", "withdrawn", "deviation_reported",
    "erased", *QUERY_KINDS,
)  # fmt: skip
_SHORT = 24
ALLOCATION_KINDS = ("allocated", "allocation_marked_in_error")


@dataclass(slots=True)
class Person:
    """A person and what they were appointed to: (role, site) pairs, in order; site None for the whole study."""

    id: str
    name: str
    roles: list[tuple[str, str | None]] = field(default_factory=list)


@dataclass(slots=True)
class ParticipantState:
    """One participant: dates as ISO text, records by (visit, occurrence, form), the allocation still sealed."""

    id: str
    site: str
    screened: str
    identity_hash: str | None = None
    duplicate_of: str | None = None
    consents: list[tuple[str, str]] = field(default_factory=list)
    records: dict[RecordKey, RecordRow] = field(default_factory=dict)
    versions: dict[RecordKey, str] = field(default_factory=dict)
    enrolled: str | None = None
    randomized: str | None = None
    randomized_by: str = ""
    randomized_at: str = ""
    allocation: Mapping[str, Any] | None = None
    recorded_arm: str | None = None
    in_error: bool = False
    true_factors: Mapping[str, str] | None = None
    withdrawals: list[tuple[str, str]] = field(default_factory=list)
    deviations: int = 0
    queries: dict[str, Query] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """The furthest stage: screened, consented, enrolled, randomized, or withdrawn (from follow-up or consent)."""
        if any(extent != "treatment" for _, extent in self.withdrawals):
            return "withdrawn"
        if self.randomized:
            return "randomized"
        return "enrolled" if self.enrolled else "consented" if self.consents else "screened"


@dataclass(slots=True)
class Allocated:
    """One allocation as the ledger holds it. `in_error_after`: how many there were when it was marked as an error."""

    participant: str
    position: int
    stratum: str
    factors: tuple[tuple[str, str], ...]
    version: int
    sealed: str
    in_error_after: int | None = None


@dataclass(slots=True)
class StudyState:
    """The study after entry `seq`.

    `participants` holds those that were loaded, or everybody when `whole`. `allocations` and `identities` are None
    until somebody needs them: one participant's act must not cost a walk through the whole study.
    """

    study: str
    seq: int = 0
    at: str = ""
    whole: bool = False
    environment: str = "production"
    version: str = ""
    digest: str = ""
    commitment: str | None = None
    schemes: list[Mapping[str, Any]] = field(default_factory=list)
    sites: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    paused: str | None = None
    paused_strata: dict[str, str] = field(default_factory=dict)
    locked: str | None = None
    unsealed: bool = False
    imports: dict[str, int] = field(default_factory=dict)
    participants: dict[str, ParticipantState] = field(default_factory=dict)
    allocations: list[Allocated] | None = None
    identities: dict[str, str] | None = None


def empty_state(study: str) -> StudyState:
    """A study before its first entry, ready to hold everybody."""
    return StudyState(study, whole=True, allocations=[], identities={})


def replay(study: str, entries: Iterable[Entry]) -> StudyState:
    """The whole study from all its entries, in their order."""
    state = empty_state(study)
    for entry in entries:
        apply(state, entry)
    return state


def apply(state: StudyState, entry: Entry) -> None:
    """Bring the state forward by one entry. Entries must come in order; an erased payload leaves what it said unknown."""
    state.seq, state.at = entry.seq, str(entry.at)
    payload = entry.payload
    name = entry.participant
    if name is None:
        if payload is not None and (change := _STUDY.get(entry.kind)) is not None:
            change(state, payload)
        return
    if entry.kind not in PARTICIPANT_KINDS:
        return
    said: Mapping[str, Any] = {} if payload is None else payload
    if entry.kind in ALLOCATION_KINDS and state.allocations is not None:
        _allocation(state.allocations, entry.kind, name, said)
    if entry.kind == "screened":
        if state.identities is not None and said.get("identity_hash"):
            state.identities.setdefault(said["identity_hash"], name)
        # The first entry of a participant: from here on everything about them passes by.
        state.participants[name] = ParticipantState(
            name, entry.site or "", said.get("date", ""), said.get("identity_hash")
        )
    elif (person := state.participants.get(name)) is not None:
        _apply_to_participant(person, entry, said)


def _apply_to_participant(person: ParticipantState, entry: Entry, said: Mapping[str, Any]) -> None:
    match entry.kind:
        case "duplicate_suspected":
            person.duplicate_of = said.get("other")
        case "consented":
            person.consents.append((said.get("date", ""), said.get("version", "")))
        case "form_recorded" if said:
            key = (said["visit"], said["occurrence"], said["form"])
            groups: dict[str, list[Mapping[str, Any]]] = {
                group: [_kept(row) for row in rows] for group, rows in said["groups"].items()
            }
            person.records[key] = RecordRow(person.id, *key, said["observed"], entry.seq, _kept(said["values"]), groups)
            person.versions[key] = said.get("form_version", "")
        case "value_corrected" if said:
            key = (said["visit"], said["occurrence"], said["form"])
            if key in person.records:  # else its own entry was erased: there is nothing left to correct
                person.records[key] = corrected(person.records[key], said)
        case "enrolled":
            person.enrolled = said.get("date", "")
        case "allocated" | "allocation_recorded":
            person.randomized, person.randomized_by, person.randomized_at = (
                said.get("date", ""),
                entry.actor,
                str(entry.at),
            )
            person.allocation, person.recorded_arm = said, said.get("arm")
        case "true_stratum_recorded":
            person.true_factors = {**(person.true_factors or {}), **said.get("factors", {})}
        case "allocation_marked_in_error":
            person.in_error = True
        case "withdrawn":
            person.withdrawals.append((said.get("date", ""), said.get("extent", "follow_up")))
        case "deviation_reported":
            person.deviations += 1
        case "erased" if said and said.get("form"):
            # Replayed from the start the record was never there; here it goes, unless the form was recorded anew since.
            key = (said["visit"], said["occurrence"], said["form"])
            if (kept := person.records.get(key)) is not None and kept.seq == said["erases"]:
                del person.records[key], person.versions[key]
        case "query_raised" | "query_answered" | "query_reopened" | "query_closed" | "erased":
            apply_to_queries(person.queries, entry, said)


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy whose names and short texts are shared with all others: a desk holds a hundred records of every participant."""
    return {intern(name): intern(v) if isinstance(v, str) and len(v) <= _SHORT else v for name, v in values.items()}


def _allocation(allocations: list[Allocated], kind: str, name: str, said: Mapping[str, Any]) -> None:
    if kind == "allocated" and said:
        factors = tuple(sorted(said["factors"].items()))
        version = said["scheme"].get("version", 1)
        allocations.append(Allocated(name, said["position"], said["stratum"], factors, version, said["sealed"]))
    elif kind == "allocation_marked_in_error":
        for allocated in allocations:
            if allocated.participant == name and allocated.in_error_after is None:
                allocated.in_error_after = len(allocations)


def _opened(state: StudyState, said: Mapping[str, Any]) -> None:
    state.environment, state.version, state.digest = (
        said["environment"],
        said["protocol_version"],
        said["protocol_digest"],
    )


def _committed(state: StudyState, said: Mapping[str, Any]) -> None:
    state.commitment = said["commitment"]
    state.schemes.append(said["scheme"])


def _appointed(state: StudyState, said: Mapping[str, Any]) -> None:
    person = state.people.setdefault(said["person"], Person(said["person"], said["name"]))
    if (said["role"], said["site"]) not in person.roles:
        person.roles.append((said["role"], said["site"]))


def _dismissed(state: StudyState, said: Mapping[str, Any]) -> None:
    if person := state.people.get(said["person"]):
        person.roles = [held for held in person.roles if held != (said["role"], said["site"])]


def _paused(state: StudyState, said: Mapping[str, Any]) -> None:
    if said["scope"] == "stratum":
        state.paused_strata[said["stratum"]] = said["reason"]
    else:
        state.paused = said["reason"]


def _resumed(state: StudyState, said: Mapping[str, Any]) -> None:
    if said["scope"] == "stratum":
        state.paused_strata.pop(said["stratum"], None)
    else:
        state.paused = None


def _amended(state: StudyState, said: Mapping[str, Any]) -> None:
    state.version, state.digest = said["version"], said["digest"]
    if said.get("scheme"):
        state.schemes.append(said["scheme"])


def _imported(state: StudyState, said: Mapping[str, Any]) -> None:
    state.imports.setdefault(said["import"], state.seq)


_STUDY: dict[str, Callable[[StudyState, Mapping[str, Any]], None]] = {
    "study_opened": _opened,
    "seed_committed": _committed,
    "site_opened": lambda state, said: state.sites.__setitem__(said["site"], "open"),
    "site_closed": lambda state, said: state.sites.__setitem__(said["site"], "closed"),
    "person_appointed": _appointed,
    "person_dismissed": _dismissed,
    "study_paused": _paused,
    "study_resumed": _resumed,
    "locked": lambda state, said: setattr(state, "locked", said["reason"]),
    "unlocked": lambda state, _said: setattr(state, "locked", None),
    "amended": _amended,
    "file_imported": _imported,
    "allocations_unsealed": lambda state, _said: setattr(state, "unsealed", True),
}


def load_study(source: Store | Writer, study: str) -> StudyState:
    """The study's own state at its head, without its participants. Raises Unreadable where an entry was changed."""
    head = source.head(study) if callable(source.head) else source.head
    state = StudyState(study)
    for entry in _read(source, study, upto=head.seq, kinds=STUDY_KINDS):
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
    for entry in _read(source, study, upto=upto, participant=participant):
        apply(alone, entry)
    return alone.participants.get(participant)


def load_allocations(state: StudyState, source: Store | Writer) -> list[Allocated]:
    """Every allocation so far, in order of position. Raises Unreadable where one was changed: the next builds on it."""
    if state.allocations is None:
        found: list[Allocated] = []
        for entry in _read(source, state.study, upto=state.seq, kinds=ALLOCATION_KINDS):
            check_entry(entry)
            _allocation(found, entry.kind, entry.participant or "", entry.payload or {})
        state.allocations = found
    return state.allocations


def load_identities(state: StudyState, source: Store | Writer) -> dict[str, str]:
    """Site-held identity hash to the participant who was first screened with it."""
    if state.identities is None:
        found: dict[str, str] = {}
        for entry in _read(source, state.study, upto=state.seq, kinds=("screened",)):
            if entry.payload and entry.payload.get("identity_hash"):
                found.setdefault(entry.payload["identity_hash"], entry.participant or "")
        state.identities = found
    return state.identities


def _read(source: Store | Writer, study: str, **which: Any) -> Iterable[Entry]:
    """A store is asked for a study; a writer already belongs to one."""
    from equipoise.ledger import Writer as _Writer

    return source.read(**which) if isinstance(source, _Writer) else source.read(study, **which)
