"""Record an allocation that was made outside this system (a completed trial): taken down, never drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from equipoise.conduct.sheet.setting import (
    Setting,
    check_day,
    check_factors,
    need_consent,
    need_participant,
    need_running,
    refuse,
)
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["RecordAllocation", "decide_record_allocation"]


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
        refuse(
            "randomization.not_recorded",
            "an allocation cannot be entered by hand",
            "the protocol has arms drawn by chance, under seal",
            "Randomize the participant.",
            "randomization.scheme",
        )
    if person.randomized is not None:
        refuse(
            "participant.randomized",
            f"{act.participant} was allocated on {person.randomized}",
            "the first allocation stands",
            "There is nothing left to do.",
            act.participant,
        )
    if person.enrolled is None:
        refuse(
            "participant.not_enrolled",
            f"{act.participant} is not enrolled",
            "eligibility comes before allocation",
            "Enroll the participant first.",
            act.participant,
        )
    check_day(setting, person.site, act.date, "date", after=(person.enrolled, "the enrollment"))
    need_consent(setting, person, act.date)
    arms = [arm.id for arm in setting.protocol.arms]
    if act.arm not in arms:
        refuse(
            "arm.unknown",
            f"there is no arm {act.arm}",
            f"the arms are {', '.join(arms)}",
            "Choose one of these.",
            "arm",
        )
    check_factors(setting, act.factors)
    if not act.source.strip():
        refuse(
            "allocation.source",
            "the source of the allocation is missing",
            "whoever checks it must find it",
            "Say where it is written down.",
            "source",
        )
    payload = {"date": act.date, "arm": act.arm, "factors": dict(act.factors), "source": act.source}
    return [Fact("allocation_recorded", payload, person.id, person.site)]
