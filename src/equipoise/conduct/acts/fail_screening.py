"""A screened person does not enter the trial: when, why, and which criteria stood against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.enroll import is_met
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.mending import SCREEN_FAILED
from equipoise.conduct.guards import check_day, need_participant, need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "FailScreening"]


@dataclass(frozen=True, slots=True)
class FailScreening:
    """Which criteria are not met by what was recorded is noted beside the reason."""

    right: ClassVar[str] = "fail_screening"
    participant: str
    date: str
    reason: str


def decide_fail_screening(state: StudyState, act: FailScreening, setting: Setting) -> list[Fact]:
    """screen_failed; once, and not after enrollment."""
    need_running(state)
    person = need_participant(state, act.participant)
    reason = need_reason(act.reason, phrase("of.failing"))
    if person.enrolled is not None:
        refuse("participant.enrolled/failed", person.id, participant=person.id, day=person.enrolled)
    if person.screen_failure is not None:
        refuse("participant.failed", person.id, participant=person.id, day=person.screen_failure[0])
    check_day(setting, person.site, act.date, "date", after=(person.screened, phrase("screening")))
    said = {"date": act.date, "reason": reason, "criteria": _unmet(setting, person)}
    return [Fact(SCREEN_FAILED.name, said, person.id, person.site)]


def _unmet(setting: Setting, person: ParticipantState) -> list[str]:
    """The criteria that what was recorded does not meet; what is not yet known stands against nobody."""
    clause = setting.protocol.eligibility
    knowledge = setting.knowledge(person)
    return [
        criterion.id
        for criterion in (clause.criteria if clause else ())
        if is_met(criterion, knowledge.holds(criterion.rule)[0]) is False
    ]


ACT = ActKind(
    FailScreening,
    label=("record a screen failure", "记录筛选失败"),
    decide=decide_fail_screening,
    leaves=(SCREEN_FAILED,),
)
