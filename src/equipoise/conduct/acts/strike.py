"""A form that was recorded for the wrong person or visit is struck out: kept, marked, and in no cut any more.

In the same act it can be recorded where it belongs, judged there as any other; both entries tell of each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.record_form import RecordForm, decide_record_form
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.applying import with_facts
from equipoise.conduct.entries.mending import RECORD_STRUCK
from equipoise.conduct.entries.queries import QUERY_CLOSED
from equipoise.conduct.entries.records import FORM_RECORDED, VALUE_CORRECTED
from equipoise.conduct.following.following import derive_again
from equipoise.conduct.guards import need_participant, need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.query import DEVIATIONS
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.knowledge.records import RecordKey, RecordRow
from equipoise.ledger import Fact

__all__ = ["ACT", "Strike"]


@dataclass(frozen=True, slots=True)
class Strike:
    """`to_participant`, `to_visit`, `to_occurrence`: where it belongs, as far as that differs; none of them: nowhere.

    `overrides` confirms soft checks of the place where it belongs.
    """

    right: ClassVar[str] = "strike"
    participant: str
    visit: str
    form: str
    reason: str
    occurrence: int = 1
    to_participant: str | None = None
    to_visit: str | None = None
    to_occurrence: int | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)


def decide_strike(state: StudyState, act: Strike, setting: Setting) -> list[Fact]:
    """record_struck, the queries about it closed, and what followed from it; then the form where it belongs."""
    need_running(state)
    person = need_participant(state, act.participant)
    key: RecordKey = (act.visit, act.occurrence, act.form)
    record = person.records.get(key)
    if record is None:
        refuse("record.missing/struck", act.form, form=act.form, visit=act.visit, occurrence=act.occurrence)
    reason = need_reason(act.reason, phrase("of.striking"))
    place = _belongs(act)
    payload = {"visit": key[0], "occurrence": key[1], "form": key[2], "record": record.seq, "reason": reason}
    if place is not None:
        payload["to"] = dict(zip(("participant", "visit", "occurrence"), place, strict=True))
    facts = [Fact(RECORD_STRUCK.name, payload, person.id, person.site)]
    facts += [_closed(person, name) for name in _asked(person, key)]
    facts += derive_again(setting, person, facts)
    if place is None:
        return facts
    after = with_facts(person, facts, setting.kinds)
    moved = replace(state, participants={**state.participants, person.id: after})
    return facts + _recorded(moved, act, record, place, setting)


def _belongs(act: Strike) -> tuple[str, str, int] | None:
    if act.to_participant is None and act.to_visit is None and act.to_occurrence is None:
        return None
    place = (
        act.participant if act.to_participant is None else act.to_participant,
        act.visit if act.to_visit is None else act.to_visit,
        act.occurrence if act.to_occurrence is None else act.to_occurrence,
    )
    if place == (act.participant, act.visit, act.occurrence):
        refuse("record.same_place", act.form, form=act.form, visit=act.visit, occurrence=act.occurrence)
    return place


def _recorded(
    state: StudyState, act: Strike, record: RecordRow, place: tuple[str, str, int], setting: Setting
) -> list[Fact]:
    """The form as it was filled in, judged at its new place."""
    to, visit, occurrence = place
    other = need_participant(state, to)
    if (visit, occurrence, act.form) in other.records:
        refuse("record.there", act.form, participant=to, form=act.form, visit=visit, occurrence=occurrence)
    plan = setting.plan(act.form)
    values, groups = plan.entered(record)
    observed = record.observed if plan.form.date_item is None else None
    asked = RecordForm(to, visit, act.form, values, groups, occurrence, observed, act.overrides)
    first, *rest = decide_record_form(state, asked, setting)
    origin = {"participant": act.participant, "visit": act.visit, "occurrence": act.occurrence, "entry": record.seq}
    return [replace(first, payload={**first.payload, "moved_from": origin}), *rest]


def _asked(person: ParticipantState, key: RecordKey) -> list[str]:
    """The queries about the record that wait. Those about the day of its visit are settled by what stands there now."""
    return [
        query.id
        for query in person.queries.values()
        if query.unclosed
        and query.check not in DEVIATIONS
        and (query.place.visit, query.place.occurrence, query.place.form) == key
    ]


def _closed(person: ParticipantState, query: str) -> Fact:
    text = phrase("struck").in_both()
    return Fact(
        QUERY_CLOSED.name, {"query": query, "by": "system", "reason": text["en"], "text": text}, person.id, person.site
    )


def _others(act: Strike) -> Collection[str]:
    return () if act.to_participant in (None, act.participant) else (str(act.to_participant),)


ACT = ActKind(
    Strike,
    label=("strike out a form, and move it where it belongs", "划除表单并移至正确位置"),
    decide=decide_strike,
    leaves=(RECORD_STRUCK,),
    also=(FORM_RECORDED, VALUE_CORRECTED),
    others=_others,
)
