"""Errors of randomization are documented, never undone: a mark, and the stratum that was true (Yelland et al. 2018)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.allocation import ALLOCATION_MARKED_IN_ERROR, TRUE_STRATUM_RECORDED
from equipoise.conduct.guards import check_factors, need_participant, need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact

__all__ = ["MARK_IN_ERROR", "RECORD_TRUE_STRATUM", "MarkInError", "RecordTrueStratum"]


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
        refuse("participant.not_randomized", participant, participant=participant)
    return person


def decide_mark_in_error(state: StudyState, act: MarkInError, _setting: Setting) -> list[Fact]:
    """allocation_marked_in_error; once."""
    person = _randomized(state, act.participant)
    reason = need_reason(act.reason, phrase("of.mark"))
    if person.in_error:
        refuse("participant.in_error", act.participant, participant=act.participant)
    return [Fact(ALLOCATION_MARKED_IN_ERROR.name, {"reason": reason}, person.id, person.site)]


def decide_record_true_stratum(state: StudyState, act: RecordTrueStratum, setting: Setting) -> list[Fact]:
    """true_stratum_recorded, unless that is what was noted last; the allocation is untouched."""
    person = _randomized(state, act.participant)
    reason = need_reason(act.reason, phrase("of.true_stratum"))
    check_factors(setting, act.factors)
    if not act.factors:
        refuse("factor.none", "factors")
    if state.participants[act.participant].true_factors == dict(act.factors):
        return []
    return [Fact(TRUE_STRATUM_RECORDED.name, {"factors": dict(act.factors), "reason": reason}, person.id, person.site)]


MARK_IN_ERROR = ActKind(
    MarkInError,
    label=("mark a randomization as made in error", "标记误随机"),
    decide=decide_mark_in_error,
    leaves=(ALLOCATION_MARKED_IN_ERROR,),
)
RECORD_TRUE_STRATUM = ActKind(
    RecordTrueStratum,
    label=("record the true stratum", "记录真实分层"),
    decide=decide_record_true_stratum,
    leaves=(TRUE_STRATUM_RECORDED,),
)
