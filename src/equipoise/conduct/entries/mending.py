"""The kinds of entries by which everyday errors are put right, and by which a participant's standing changes.

A center changed, a record struck out, a date corrected, a withdrawal ended, a part of the consent, a failed screening,
a form half filled. What stood before stays on the ledger; nothing of it counts any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.kind import EntryKind, Payload
from equipoise.conduct.entries.records import key_of
from equipoise.conduct.entries.words import phrase, warning
from equipoise.conduct.state.built_ins import NAMED_BY_EXTENT
from equipoise.conduct.state.state import Ended, Move, ParticipantState, Struck
from equipoise.knowledge.records import RecordRow

if TYPE_CHECKING:
    from equipoise.findings import Finding
    from equipoise.ledger import Entry

__all__ = [
    "DATE_CORRECTED",
    "FORM_DRAFTED",
    "PART_CONSENTED",
    "RECORD_STRUCK",
    "SCREEN_FAILED",
    "TRANSFERRED",
    "WITHDRAWAL_ENDED",
]

_LEAVING = tuple(f"{name}{end}" for name in ("withdrawn", *NAMED_BY_EXTENT.values()) for end in ("", "_date"))


def _moved(person: ParticipantState, entry: Entry, said: Payload) -> None:
    if not said:
        return
    person.moves.append(Move(said["date"], person.site, said["to"], entry.seq))
    person.site = said["to"]
    # What is asked of the participant is asked of the center that cares for them now.
    person.queries = {name: replace(query, site=said["to"]) for name, query in person.queries.items()}


def _struck(person: ParticipantState, entry: Entry, said: Payload) -> None:
    if not said:
        return
    key = key_of(said)
    record = person.records.pop(key, None)
    person.versions.pop(key, None)
    if record is not None:  # else its own entry was erased: nothing is left to strike out
        person.struck.append(Struck(record, said["reason"], entry.seq))


def _dated(person: ParticipantState, entry: Entry, said: Payload) -> None:
    if not said:
        return
    event, was, new = said["event"], said["was"], said["date"]
    if event == "screening":
        person.screened = new
    elif event == "consent":
        place = person.consents.index((was, said["version"]))
        person.consents[place] = (new, said["version"])
    elif event == "enrollment":
        person.enrolled = new
    elif event == "randomization":
        person.randomized = new
    else:
        person.withdrawals = [
            replace(one, date=new, seq=entry.seq) if one.extent == said["extent"] else one for one in person.withdrawals
        ]


def _ended(person: ParticipantState, entry: Entry, said: Payload) -> None:
    if said.get("extent") == "screening":
        person.screen_failure = None
    gone = [one for one in person.withdrawals if one.extent == said.get("extent")]
    person.withdrawals = [one for one in person.withdrawals if one not in gone]
    person.ended += [Ended(one, said.get("date"), said.get("reason", ""), entry.seq) for one in gone]


def _agreed(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    if said:
        person.parts.setdefault(said["part"], []).append((said["date"], said["says"] == "agrees"))


def _failed(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    person.screen_failure = (said.get("date", ""), said.get("reason", ""))


def _drafted(person: ParticipantState, entry: Entry, said: Payload) -> None:
    if not said:
        return
    key = key_of(said)
    groups = {group: list(rows) for group, rows in said["groups"].items()}
    person.drafts.append(RecordRow(person.id, *key, None, entry.seq, said["values"], groups))


def _forget_draft(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    person.drafts = [draft for draft in person.drafts if draft.seq != said["erases"]]


def _warn_of_draft(_entry: Entry, said: Payload) -> Iterator[Finding]:
    if said["lacking"]:
        yield warning("draft.lacking", said["form"], form=said["form"], items=said["lacking"])
    else:
        yield warning("draft.whole", said["form"], form=said["form"])


def _warn_of_move(entry: Entry, said: Payload) -> Iterator[Finding]:
    yield warning("participant.moved", entry.participant or "", participant=entry.participant, to=said["to"])


def _extent(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    return {"extent": phrase(f"extent.{said.get('extent', 'follow_up')}")}


def _event(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    return {"event": phrase(f"event.{said['event']}")} if said else {}


def _agreement(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    return {"says": phrase(f"part.{said['says']}")} if said else {}


TRANSFERRED = EntryKind(
    "transferred",
    "participant",
    ("{participant} moved to center {to}", "{participant}已转至中心{to}"),
    on_person=_moved,
    warns=_warn_of_move,
    moves_queries=True,
)
RECORD_STRUCK = EntryKind(
    "record_struck",
    "participant",
    (
        "Form {form} of {participant} at {visit} ({occurrence}) was struck out",
        "{participant}在访视{visit}（{occurrence}）的表单{form}已划除",
    ),
    on_person=_struck,
    kept_in="records",
)
DATE_CORRECTED = EntryKind(
    "date_corrected",
    "participant",
    ("The date of {event} of {participant} was corrected to {date}", "{participant}的{event}日期已更正为{date}"),
    on_person=_dated,
    tells=_event,
    makes_known=("screened_date", "consented_date", "enrolled_date", "randomized_date", *_LEAVING),
)
WITHDRAWAL_ENDED = EntryKind(
    "withdrawal_ended",
    "participant",
    ("The end of {extent} of {participant} holds no longer", "{participant}的{extent}终止已不再有效"),
    on_person=_ended,
    tells=_extent,
    makes_known=_LEAVING,
)
PART_CONSENTED = EntryKind(
    "part_consented",
    "participant",
    ("{participant} {says} part {part} of the consent", "{participant}{says}知情同意的{part}部分"),
    on_person=_agreed,
    tells=_agreement,
)
SCREEN_FAILED = EntryKind(
    "screen_failed",
    "participant",
    ("{participant} failed screening", "{participant}筛选失败"),
    on_person=_failed,
)
FORM_DRAFTED = EntryKind(
    "form_drafted",
    "participant",
    (
        "Form {form} of {participant} at {visit} ({occurrence}) is kept half filled",
        "{participant}在访视{visit}（{occurrence}）的表单{form}已暂存",
    ),
    on_person=_drafted,
    warns=_warn_of_draft,
    erasure="alone",
    forget=_forget_draft,
)
