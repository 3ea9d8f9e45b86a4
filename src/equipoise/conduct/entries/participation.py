"""The kinds of entries about a participant's way through the trial.

Screening, consent, enrollment, leaving, deviations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.kind import EntryKind, Payload
from equipoise.conduct.entries.words import phrase, warning
from equipoise.conduct.state.built_ins import NAMED_BY_EXTENT
from equipoise.conduct.state.state import ParticipantState, StudyState, Withdrawal
from equipoise.protocol.id_pattern import alike_key

if TYPE_CHECKING:
    from equipoise.findings import Finding
    from equipoise.ledger import Entry

__all__ = ["CONSENTED", "DEVIATION_REPORTED", "DUPLICATE_SUSPECTED", "ENROLLED", "SCREENED", "WITHDRAWN"]


def _screened(state: StudyState, entry: Entry, said: Payload) -> None:
    name = str(entry.participant)
    identity = said.get("identity_hash")
    if state.identities is not None and identity:
        state.identities.setdefault(identity, name)
    if state.numbers is not None:
        state.numbers.setdefault(alike_key(name), name)
    # The first entry of a participant: from here on everything about them passes by.
    state.participants[name] = ParticipantState(name, entry.site or "", said.get("date", ""), identity)


def _suspected(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    person.duplicate_of = said.get("other")


def _warn_of_duplicate(entry: Entry, said: Payload) -> Iterator[Finding]:
    who = entry.participant or ""
    if said.get("where") == "here":
        yield warning("participant.duplicate", who, participant=who, other=said["other"])
    else:
        yield warning("participant.duplicate/elsewhere", who, participant=who)


def _suspect(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    """By its number only at its own center; entries of earlier versions do not say where it was."""
    return {"whom": said["other"] if said.get("where") == "here" else phrase("somebody_elsewhere")}


def _consented(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    person.consents.append((said.get("date", ""), said.get("version", "")))


def _enrolled(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    person.enrolled = said.get("date", "")
    person.screen_failure = None


def _withdrawn(person: ParticipantState, entry: Entry, said: Payload) -> None:
    # Each keeps its own day, extent and reason: a later one takes nothing from an earlier one.
    one = Withdrawal(said.get("date", ""), said.get("extent", "follow_up"), said.get("reason", ""), entry.seq)
    person.withdrawals.append(one)


def _extent(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    return {"extent": phrase(f"extent.{said.get('extent', 'follow_up')}")}


def _deviated(person: ParticipantState, entry: Entry, said: Payload) -> None:
    person.deviations[entry.seq] = tuple(str(said.get(name, "")) for name in ("date", "category", "text"))


def _forget_deviation(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    person.deviations[said["erases"]] = ()


SCREENED = EntryKind(
    "screened",
    "participant",
    ("{participant} was screened", "{participant}已筛选"),
    on_study=_screened,
    makes_known=("screened_date",),
    feeds=("identities", "numbers"),
)
DUPLICATE_SUSPECTED = EntryKind(
    "duplicate_suspected",
    "participant",
    ("{participant} may be the same person as {whom}", "{participant}与{whom}可能是同一人"),
    on_person=_suspected,
    tells=_suspect,
    warns=_warn_of_duplicate,
)
CONSENTED = EntryKind(
    "consented",
    "participant",
    ("{participant} consented to version {version}", "{participant}已签署知情同意书{version}版"),
    on_person=_consented,
    makes_known=("consented", "consented_date"),
)
ENROLLED = EntryKind(
    "enrolled",
    "participant",
    ("{participant} is eligible and enrolled", "{participant}符合入选条件，已入组"),
    on_person=_enrolled,
    makes_known=("enrolled", "enrolled_date"),
)
WITHDRAWN = EntryKind(
    "withdrawn",
    "participant",
    ("{participant} withdrew from {extent}", "{participant}已退出{extent}"),
    on_person=_withdrawn,
    tells=_extent,
    makes_known=tuple(f"{name}{end}" for name in ("withdrawn", *NAMED_BY_EXTENT.values()) for end in ("", "_date")),
)
DEVIATION_REPORTED = EntryKind(
    "deviation_reported",
    "participant",
    ("A deviation of {participant} was reported", "已报告{participant}的方案偏离"),
    on_person=_deviated,
    forget=_forget_deviation,
    erasure="alone",  # that there was one stays; what it said goes
)
