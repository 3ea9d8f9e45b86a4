"""The kinds of entries about what was recorded: forms, corrections of their values, erasures and what they leave.

Where one item of a form is erased, the rest of what the form said is kept by an entry of its own (`record_kept`), and
is read in the place of the erased one (`entries.in_place`): who recorded it, when, and what was corrected since stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from sys import intern
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.kind import EntryKind, Payload
from equipoise.conduct.entries.words import phrase, warning
from equipoise.conduct.state.state import ParticipantState
from equipoise.knowledge.records import RecordKey, RecordRow, corrected, without_places
from equipoise.ledger.entry import ERASED as ERASED_NAME
from equipoise.ledger.entry import REFUSED as REFUSED_NAME
from equipoise.words import Phrase

if TYPE_CHECKING:
    from equipoise.findings import Finding
    from equipoise.ledger import Entry

__all__ = ["ERASED", "FORM_RECORDED", "RECORD_KEPT", "REFUSED", "VALUE_CORRECTED", "key_of"]

_SHORT = 24


def key_of(said: Payload) -> RecordKey:
    """The record that a payload is about."""
    return said["visit"], said["occurrence"], said["form"]


def _recorded(person: ParticipantState, entry: Entry, said: Payload) -> None:
    if not said:
        return
    key = key_of(said)
    groups: dict[str, list[Mapping[str, Any]]] = {
        group: [_kept(row) for row in rows] for group, rows in (said.get("groups") or {}).items()
    }
    row = RecordRow(person.id, *key, said.get("observed"), entry.seq, _kept(said["values"]), groups)
    person.records[key] = row
    _take_drafts(person, key, entry.seq)
    person.versions[key] = said.get("form_version", "")
    _touched(person, key, said)


def _touched(person: ParticipantState, key: RecordKey, said: Payload) -> None:
    """The version of the protocol under which it was said; none is written where that was the study's first."""
    if (under := said.get("protocol")) is not None:
        person.entered[key] = under
    else:
        person.entered.pop(key, None)


def _take_drafts(person: ParticipantState, key: RecordKey, seq: int) -> None:
    """A form that is recorded takes the place of what was half filled of it until then."""
    if person.drafts:
        person.drafts = [
            draft for draft in person.drafts if (draft.visit, draft.occurrence, draft.form) != key or draft.seq > seq
        ]


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy whose names and short texts are shared with all others.

    A desk holds a hundred records of every participant.
    """
    return {intern(name): intern(v) if isinstance(v, str) and len(v) <= _SHORT else v for name, v in values.items()}


def _corrected(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    if said and (key := key_of(said)) in person.records:  # else its own entry was erased: nothing is left to correct
        person.records[key] = corrected(person.records[key], said)
        _touched(person, key, said)


def _forget_record(person: ParticipantState, _entry: Entry, said: Payload) -> None:
    # Replayed from the start the record was never there; here it goes, unless the form was recorded anew since.
    key, seq = key_of(said), said.get("record", said["erases"])
    standing = (kept := person.records.get(key)) is not None and kept.seq == seq
    if "places" in said:  # the rest of the record is kept
        if kept is not None and standing:
            person.records[key] = without_places(kept, said)
        person.struck = [
            replace(one, record=without_places(one.record, said)) if one.record.seq == seq else one
            for one in person.struck
        ]
        return
    if standing:
        del person.records[key], person.versions[key]
        person.entered.pop(key, None)
    _take_drafts(person, key, seq)  # a replay does not see any more that the form took them
    person.struck = [one for one in person.struck if one.record.seq != seq]


def _warn_of_accepted(_entry: Entry, said: Payload) -> Iterator[Finding]:
    for check in said.get("checks", ()):
        severity = "form.soft" if check["severity"] == "soft" else "form.accepted"
        yield warning(severity, check["item"], check=check["check"], reason=check["reason"])


def _warn_of_recorded(entry: Entry, said: Payload) -> Iterator[Finding]:
    yield from _warn_of_accepted(entry, said)
    for empty in said.get("lacking", ()):
        day = said.get("observed") or phrase("no_day")
        inputs = [_lacked(one) for one in empty["inputs"]]
        path = f"{said['form']}.{empty['items'][0]}"
        yield warning("derived.empty", path, items=empty["items"], inputs=inputs, day=day)


def _lacked(one: Payload) -> Phrase:
    if one.get("later"):
        return phrase("lacked.later", name=one["name"], form=one["form"], later=one["later"])
    return (
        phrase("lacked.other", name=one["name"], form=one["form"])
        if one.get("form")
        else phrase("lacked", name=one["name"])
    )


def _by_rules(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    """What a rule made, and of which protocol: nobody entered it."""
    if not (made := said.get("made")) or not made["rules"]:
        return {"rules": ""}
    named = {"version": made["protocol"], "digest": made["digest"]}
    if "item" in said:
        return {"rules": phrase("made.corrected", rule=made["rules"][said["item"]], **named)}
    return {"rules": phrase("made.recorded", items=list(made["rules"]), **named)}


FORM_RECORDED = EntryKind(
    "form_recorded",
    "participant",
    (
        "Form {form} of {participant} was recorded at {visit} ({occurrence}){rules}",
        "已记录{participant}在访视{visit}（{occurrence}）的表单{form}{rules}",
    ),
    on_person=_recorded,
    tells=_by_rules,
    warns=_warn_of_recorded,
    kept_in="records",
    erasure="record",
    forget=_forget_record,
)
VALUE_CORRECTED = EntryKind(
    "value_corrected",
    "participant",
    ("{item} of {participant} was corrected{rules}", "已更正{participant}的{item}{rules}"),
    on_person=_corrected,
    tells=_by_rules,
    warns=_warn_of_accepted,
    kept_in="records",
    erasure="with_record",
)
# It does nothing by itself: what it keeps is read in the place of the entry whose payload was erased.
RECORD_KEPT = EntryKind(
    "record_kept",
    "participant",
    ("What entry {record} says besides what was erased is kept", "已保留条目{record}中未删除的内容"),
    kept_in="records",
    erasure="with_record",
    forget=_forget_record,
)
# What it does to the participant is said by the kind that is erased (`forget`).
ERASED = EntryKind(
    ERASED_NAME,
    "participant",
    ("The payload of entry {erases} was erased", "条目{erases}的内容已删除"),
    kept_in="records",
)
REFUSED = EntryKind(
    REFUSED_NAME,
    "participant",
    ("`{act}` was refused", "“{act}”被拒绝"),
    kept_in="",
    erasure="alone",
)
