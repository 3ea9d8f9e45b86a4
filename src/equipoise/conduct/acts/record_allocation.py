"""Record an allocation that was made outside this system (a completed trial): taken down, never drawn.

Or one that was drawn and told here, and whose entry is gone with a ledger that was lost: who was given an arm has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.allocation import ALLOCATION_RECORDED
from equipoise.conduct.guards import (
    check_day,
    check_factors,
    need_consent,
    need_participant,
    need_running,
    shown,
    today_at,
)
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "RecordAllocation", "need_allocatable"]


@dataclass(frozen=True, slots=True)
class RecordAllocation:
    """`source` says where the allocation is written down; in a study that draws, where it was before it was lost."""

    right: ClassVar[str] = "record_allocation"
    participant: str
    date: str
    arm: str
    source: str
    factors: Mapping[str, str] = field(default_factory=dict)


def decide_record_allocation(state: StudyState, act: RecordAllocation, setting: Setting) -> list[Fact]:
    """allocation_recorded; only where the protocol says that allocation was made elsewhere, or its entry was lost."""
    need_running(state)
    person = need_participant(state, act.participant)
    if _is_recorded(setting):
        _need_agreed_list(state, setting)
    else:
        _need_lost(state, act, setting, person)
    need_allocatable(setting, person, act.arm, act.date)
    check_factors(setting, act.factors)
    if not act.source.strip():
        refuse("allocation.source", "source")
    payload = {"date": act.date, "arm": act.arm, "factors": dict(act.factors), "source": act.source}
    return [Fact(ALLOCATION_RECORDED.name, payload, person.id, person.site)]


def _is_recorded(setting: Setting) -> bool:
    return setting.study_wide.randomization.scheme.value.kind == "recorded"


def _need_lost(state: StudyState, act: RecordAllocation, setting: Setting, person: ParticipantState) -> None:
    """Arms that were told are known in an open trial alone, and none was lost that was given after the restoration."""
    if state.restored is None or setting.study_wide.randomization.blinding != "open":
        refuse("randomization.not_recorded", "randomization.scheme")
    day = today_at(replace(setting, now=datetime.fromisoformat(state.restored).replace(tzinfo=UTC)), person.site)
    if act.date > day.isoformat():
        refuse("randomization.not_recorded/restored", "date", day=day)


def _need_agreed_list(state: StudyState, setting: Setting) -> None:
    """Where a list is kept, or waits, nobody is allocated before two persons agreed to it: to this one, to the byte."""
    waits = state.foreign_list is None and any(one.act == "take_list" for one in state.requests.values())
    if waits or setting.kept_list() not in (None, state.foreign_list):
        refuse("list.not_in_force", "randomization.scheme")


def need_allocatable(setting: Setting, person: ParticipantState, arm: str, day: str) -> None:
    """Somebody who is in the trial, has no arm yet, and can be given this one on this day, wherever it was drawn."""
    if person.randomized is not None:
        refuse("participant.randomized/recorded", person.id, participant=person.id, day=person.randomized)
    if person.enrolled is None:
        refuse("participant.not_enrolled/recorded", person.id, participant=person.id)
    check_day(setting, person.site, day, "date", after=(person.enrolled, phrase("enrollment")))
    need_consent(setting, person, day)
    arms = [one.id for one in setting.protocol.arms]
    if arm not in arms:
        refuse("arm.unknown", "arm", arm=shown(arm), arms=arms)


ACT = ActKind(
    RecordAllocation,
    label=("record an allocation made elsewhere", "记录他处完成的分配"),
    decide=decide_record_allocation,
    leaves=(ALLOCATION_RECORDED,),
    # Who says which arm it was could choose it: whoever went on from the older ledger agrees.
    agreed_by=lambda _state, _act, setting: None if _is_recorded(setting) else ("accept_restored", None),
)
