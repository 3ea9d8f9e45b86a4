"""Record an allocation that was made outside this system (a completed trial): taken down, never drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.allocation import ALLOCATION_RECORDED
from equipoise.conduct.guards import check_day, check_factors, need_consent, need_participant, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "RecordAllocation"]


@dataclass(frozen=True, slots=True)
class RecordAllocation:
    """`source` says where the allocation is written down."""

    right: ClassVar[str] = "record_allocation"
    participant: str
    date: str
    arm: str
    source: str
    factors: Mapping[str, str] = field(default_factory=dict)


def decide_record_allocation(state: StudyState, act: RecordAllocation, setting: Setting) -> list[Fact]:
    """allocation_recorded; only where the protocol says that allocation was made elsewhere."""
    need_running(state)
    person = need_participant(state, act.participant)
    if setting.protocol.randomization.scheme.value.kind != "recorded":
        refuse("randomization.not_recorded", "randomization.scheme")
    if person.randomized is not None:
        refuse("participant.randomized/recorded", act.participant, participant=act.participant, day=person.randomized)
    if person.enrolled is None:
        refuse("participant.not_enrolled/recorded", act.participant, participant=act.participant)
    check_day(setting, person.site, act.date, "date", after=(person.enrolled, phrase("enrollment")))
    need_consent(setting, person, act.date)
    arms = [arm.id for arm in setting.protocol.arms]
    if act.arm not in arms:
        refuse("arm.unknown", "arm", arm=act.arm, arms=arms)
    check_factors(setting, act.factors)
    if not act.source.strip():
        refuse("allocation.source", "source")
    payload = {"date": act.date, "arm": act.arm, "factors": dict(act.factors), "source": act.source}
    return [Fact(ALLOCATION_RECORDED.name, payload, person.id, person.site)]


ACT = ActKind(
    RecordAllocation,
    label=("record an allocation made elsewhere", "记录他处完成的分配"),
    decide=decide_record_allocation,
    leaves=(ALLOCATION_RECORDED,),
)
