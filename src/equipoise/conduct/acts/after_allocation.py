"""Errors of randomization are documented, never undone: a mark, and the stratum that was true (Yelland et al. 2018)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.sheet.setting import Setting, check_factors, need_participant, need_reason, need_running, refuse
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact

__all__ = ["MarkInError", "RecordTrueStratum", "decide_mark_in_error", "decide_record_true_stratum"]


@dataclass(frozen=True, slots=True)
class MarkInError:
    """The participant should not have been randomized. The slot stays used; nothing is taken away."""

    right: ClassVar[str] = "mark_in_error"
    participant: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordTrueStratum:
    """`factors`: what is true, beside what was used."""

    right: ClassVar[str] = "record_true_stratum"
    participant: str
    factors: Mapping[str, str]
    reason: str


def _randomized(state: StudyState, participant: str) -> ParticipantState:
    need_running(state)
    person = need_participant(state, participant)
    if person.randomized is None:
        refuse(
            "participant.not_randomized",
            f"{participant} was not randomized",
            "there is no allocation to say this of",
            "Check the number.",
            participant,
        )
    return person


def decide_mark_in_error(state: StudyState, act: MarkInError, _setting: Setting) -> list[Fact]:
    """allocation_marked_in_error; once."""
    person = _randomized(state, act.participant)
    reason = need_reason(act.reason, "a mark of error")
    if person.in_error:
        refuse(
            "participant.in_error",
            f"{act.participant} is marked already",
            "the mark cannot be taken back or given twice",
            "There is nothing left to do.",
            act.participant,
        )
    return [Fact("allocation_marked_in_error", {"reason": reason}, person.id, person.site)]


def decide_record_true_stratum(state: StudyState, act: RecordTrueStratum, setting: Setting) -> list[Fact]:
    """true_stratum_recorded; the allocation is untouched."""
    person = _randomized(state, act.participant)
    reason = need_reason(act.reason, "the true stratum")
    check_factors(setting, act.factors)
    if not act.factors:
        refuse(
            "factor.none",
            "no factor was named",
            "there is nothing to record",
            "Name the factor and its true level.",
            "factors",
        )
    return [Fact("true_stratum_recorded", {"factors": dict(act.factors), "reason": reason}, person.id, person.site)]
