"""The date of an act is corrected: of screening, consent, enrollment, randomization, or a withdrawal.

The act itself stays. What its day decided is looked at again in the same act: visits outside their windows, records
before consent or after leaving, acts out of their order, computed values; each is told, and nothing is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.applying import with_facts
from equipoise.conduct.entries.mending import DATE_CORRECTED
from equipoise.conduct.entries.records import VALUE_CORRECTED
from equipoise.conduct.following.following import derived_otherwise
from equipoise.conduct.guards import check_day, need_participant, need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import Extent, ParticipantState, StudyState
from equipoise.ledger import Fact
from equipoise.wording.literals import literals_checked

__all__ = ["ACT", "CorrectDate", "Event"]

Event = Literal["screening", "consent", "enrollment", "randomization", "withdrawal"]


@literals_checked
@dataclass(frozen=True, slots=True)
class CorrectDate:
    """`event`: whose date. `was`: the date that it has, where there are several; `extent`: of which withdrawal."""

    right: ClassVar[str] = "correct_date"
    participant: str
    event: Event
    date: str
    reason: str
    was: str | None = None
    extent: Extent | None = None


def decide_correct_date(state: StudyState, act: CorrectDate, setting: Setting) -> list[Fact]:
    """date_corrected, and a value_corrected for each computed item that rests on it. The same date writes nothing."""
    need_running(state)
    person = need_participant(state, act.participant)
    reason = need_reason(act.reason, phrase("of.date", event=phrase(f"event.{act.event}")))
    check_day(setting, person.site, act.date, "date")
    found = [one for one in _dates(person, act.event) if _is_meant(one, act)]
    if not found:
        refuse("event.missing", act.participant, participant=act.participant, event=phrase(f"event.{act.event}"))
    if len(found) > 1:
        refuse("event.several", "was", event=phrase(f"event.{act.event}"), days=[day for day, _ in found])
    was, more = found[0]
    if was == act.date:
        return []
    payload = {"event": act.event, "was": was, "date": act.date, "reason": reason, **more}
    facts = [Fact(DATE_CORRECTED.name, payload, person.id, person.site)]
    return facts + derived_otherwise(setting, with_facts(person, facts, setting.kinds))[1]


def _is_meant(one: tuple[str, dict[str, str]], act: CorrectDate) -> bool:
    day, more = one
    return act.was in (None, day) and (act.extent is None or more.get("extent") == act.extent)


def _dates(person: ParticipantState, event: Event) -> list[tuple[str, dict[str, str]]]:
    """Each date that the event has, with what tells it from others of its kind."""
    if event == "consent":
        return [(day, {"version": version}) for day, version in person.consents]
    if event == "withdrawal":
        return [(one.date, {"extent": one.extent}) for one in person.withdrawals]
    days = {"screening": person.screened, "enrollment": person.enrolled, "randomization": person.randomized}
    day = days[event]
    return [(day, {})] if day else []


ACT = ActKind(
    CorrectDate,
    label=("correct the date of an act", "更正操作日期"),
    decide=decide_correct_date,
    leaves=(DATE_CORRECTED,),
    also=(VALUE_CORRECTED,),
)
