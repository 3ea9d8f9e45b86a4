"""Where a study stands after a ledger entry.

The study, its people, its participants and its allocations, as plain shapes.

What an entry does to them is said by its kind (`entries`), and by nothing else; so replay, projections, decisions and
data cuts cannot disagree. Knows no rules and no roles. Arms stay under their seals here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from equipoise.conduct.state.organizations import Belonging
from equipoise.conduct.state.query import Query
from equipoise.knowledge.records import RecordKey, RecordRow

__all__ = [
    "Account",
    "Allocated",
    "AskedAct",
    "Category",
    "Ended",
    "Extent",
    "Move",
    "ParticipantState",
    "Person",
    "Struck",
    "StudyState",
    "Unblinding",
    "Withdrawal",
    "copy_of",
    "empty_state",
]

Extent = Literal["treatment", "follow_up", "consent"]
Category = Literal["emergency", "safety_report", "planned", "inadvertent"]
"""Why one participant was unblinded: to be treated, for a safety report, as planned; or it came out by mistake."""


@dataclass(slots=True)
class Person:
    """A person and what they were appointed to: (role, site) pairs, in order; site None for the whole study.

    `appointed` says what nobody ended; `ends`, the last day (UTC) of those that end by themselves. What somebody may is
    asked of `held` on a day: of the entry that is made, or of the look that is taken.
    `belongings`: of which organization in each role, since which entry, in the order in which it was said.
    `saw`: the roles in which they saw arms of more than one participant, each with its first such entry: what was seen
    stays seen when the role has ended.
    """

    id: str
    name: str
    appointed: list[tuple[str, str | None]] = field(default_factory=list)
    ends: dict[tuple[str, str | None], str] = field(default_factory=dict)
    belongings: list[Belonging] = field(default_factory=list)
    saw: dict[str, int] = field(default_factory=dict)

    def held(self, day: str) -> list[tuple[str, str | None]]:
        """The roles that are held on a day (UTC): on the last one still."""
        return [one for one in self.appointed if day <= self.ends.get(one, day)]

    def ended(self, day: str) -> list[tuple[str, str | None]]:
        """The roles that ended by themselves before a day (UTC)."""
        return [one for one in self.appointed if day > self.ends.get(one, day)]


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the operating system: the person as whom it acts, and whether it may name anybody instead."""

    person: str
    names_others: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """From what a participant withdrew, when and why, and by which entry. Stopping treatment ends no follow-up."""

    date: str
    extent: str
    reason: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """A withdrawal that holds no longer: since when, or (None) that it never took place. `seq` of the entry."""

    withdrawal: Withdrawal
    date: str | None
    reason: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """From one center to another: since when, and by which entry."""

    date: str
    of: str
    to: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Struck:
    """A record that was struck out: what it held, why, and by which entry. It counts nowhere any more."""

    record: RecordRow
    reason: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Unblinding:
    """One participant's arm became known: on which day, why, to whom (`by` and `known_to`), by which entry, when.

    `told`: whether this system told it. `event`: the entry of the serious event that it was about, where one is named.
    `notices`: who had to be told that it happened. What the arm is stands nowhere here.
    """

    date: str
    category: str
    by: str
    seq: int
    at: str
    reason: str = ""
    told: bool = False
    known_to: tuple[str, ...] = ()
    event: int | None = None
    notices: tuple[str, ...] = ()

    @property
    def seen_by(self) -> frozenset[str]:
        """Who knows the arm by it: whoever was told, and everybody named as knowing it."""
        return frozenset((*self.known_to, *((self.by,) if self.told else ())))


@dataclass(slots=True)
class ParticipantState:
    """One participant: dates as ISO text, records by (visit, occurrence, form), the allocation still sealed.

    `entered`: under which version of the protocol a record was last touched, where that was not the study's first.
    `deviations`: by entry, the date, category and words of what people reported; empty where they were erased.
    """

    id: str
    site: str
    screened: str
    identity_hash: str | None = None
    duplicate_of: str | None = None
    consents: list[tuple[str, str]] = field(default_factory=list)
    records: dict[RecordKey, RecordRow] = field(default_factory=dict)
    versions: dict[RecordKey, str] = field(default_factory=dict)
    entered: dict[RecordKey, str] = field(default_factory=dict)
    enrolled: str | None = None
    randomized: str | None = None
    randomized_by: str = ""
    randomized_at: str = ""
    allocation: Mapping[str, Any] | None = None
    recorded_arm: str | None = None
    in_error_reason: str | None = None
    true_factors: Mapping[str, str] | None = None
    withdrawals: list[Withdrawal] = field(default_factory=list)
    deviations: dict[int, tuple[str, ...]] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    struck: list[Struck] = field(default_factory=list)
    drafts: list[RecordRow] = field(default_factory=list)
    parts: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)
    screen_failure: tuple[str, str] | None = None
    unblindings: list[Unblinding] = field(default_factory=list)

    @property
    def unblinded(self) -> Unblinding | None:
        """The unblinding of the earliest day; the first recorded of a day."""
        return min(self.unblindings, key=lambda one: one.date, default=None)

    @property
    def in_error(self) -> bool:
        """Whether the allocation is marked as an error."""
        return self.in_error_reason is not None

    @property
    def left(self) -> Withdrawal | None:
        """The earliest withdrawal that ended the follow-up (from follow-up, or of the consent).

        The first recorded of a day.
        """
        return min(
            (one for one in self.withdrawals if one.extent != "treatment"), key=lambda one: one.date, default=None
        )

    def withdrew(self, extent: str) -> Withdrawal | None:
        """The withdrawal of this extent."""
        return next((one for one in self.withdrawals if one.extent == extent), None)

    def agrees(self, part: str) -> bool | None:
        """What was said last of a part of the consent; None where nothing was said of it."""
        said = self.parts.get(part)
        return said[-1][1] if said else None

    def draft(self, key: RecordKey) -> RecordRow | None:
        """What is half filled of a form: the draft that was kept last."""
        own = [one for one in self.drafts if (one.visit, one.occurrence, one.form) == key]
        return own[-1] if own else None

    def gap(self, day: str) -> Ended | None:
        """The withdrawal that held on a day, although it has ended since."""
        return next(
            (
                one
                for one in self.ended
                if one.date is not None
                and one.withdrawal.extent != "treatment"
                and one.withdrawal.date < day < one.date
            ),
            None,
        )

    @property
    def status(self) -> str:
        """The furthest stage: screened, consented, enrolled, randomized, or withdrawn (from follow-up or consent).

        Who failed screening is so called until they are enrolled after all.
        """
        if self.left is not None:
            return "withdrawn"
        if self.screen_failure is not None:
            return "screen_failed"
        if self.randomized:
            return "randomized"
        return "enrolled" if self.enrolled else "consented" if self.consents else "screened"


def copy_of(person: ParticipantState) -> ParticipantState:
    """The participant again, to be brought forward on trial.

    Nothing that is done to the copy is done to the original.
    """
    return replace(
        person,
        consents=list(person.consents),
        records=dict(person.records),
        versions=dict(person.versions),
        entered=dict(person.entered),
        withdrawals=list(person.withdrawals),
        deviations=dict(person.deviations),
        queries=dict(person.queries),
        moves=list(person.moves),
        ended=list(person.ended),
        struck=list(person.struck),
        drafts=list(person.drafts),
        parts={part: list(said) for part, said in person.parts.items()},
        unblindings=list(person.unblindings),
    )


@dataclass(slots=True)
class Allocated:
    """One allocation as the ledger holds it. `in_error_after`: how many there were when it was marked as an error.

    `envelope`: the number of the envelope that it came from, where it was not drawn; `version` counts below 0 then.
    """

    participant: str
    position: int
    stratum: str
    factors: tuple[tuple[str, str], ...]
    version: int
    sealed: str
    in_error_after: int | None = None
    envelope: str | None = None


@dataclass(frozen=True, slots=True)
class AskedAct:
    """What waits for a second person: entry `seq`, who asked, the act with its fields, what the second must hold."""

    seq: int
    by: str
    act: str
    fields: Mapping[str, Any]
    agreed_by: str
    site: str | None


@dataclass(slots=True)
class StudyState:
    """The study after entry `seq`.

    `participants` holds those that were loaded, or everybody when `whole`. `allocations`, `identities` and `numbers`
    (participants by what makes their numbers look alike) are None until somebody needs them: one participant's act
    must not cost a walk through the whole study. `digests`: every version of the protocol that was taken up, in order;
    `followed`: by site, from which day (UTC) on it follows which of them. `foreign_list`: the digest of the list from
    elsewhere that is in force. `restored`: when the study last went on from an older ledger, as ISO text in UTC.
    """

    study: str
    seq: int = 0
    at: str = ""
    whole: bool = False
    environment: str = "production"
    version: str = ""
    digest: str = ""
    digests: list[str] = field(default_factory=list)
    followed: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    commitment: str | None = None
    schemes: list[Mapping[str, Any]] = field(default_factory=list)
    envelopes: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    foreign_list: str | None = None
    sites: dict[str, str] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    paused: str | None = None
    paused_strata: dict[str, str] = field(default_factory=dict)
    locked: str | None = None
    unsealed: bool = False
    restored: str | None = None
    imports: dict[str, int] = field(default_factory=dict)
    requests: dict[int, AskedAct] = field(default_factory=dict)
    settled: dict[int, AskedAct] = field(default_factory=dict)
    participants: dict[str, ParticipantState] = field(default_factory=dict)
    allocations: list[Allocated] | None = None
    identities: dict[str, str] | None = None
    numbers: dict[str, str] | None = None


def empty_state(study: str) -> StudyState:
    """A study before its first entry, ready to hold everybody."""
    return StudyState(study, whole=True, allocations=[], identities={})
