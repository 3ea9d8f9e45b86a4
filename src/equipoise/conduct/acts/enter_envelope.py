"""Enter an allocation that was made by envelope while the computer was down: it took place, and is kept as it was.

The arm is what the series holds, whatever was read; the envelope is used up. What is odd (another stratum's envelope,
one out of its order, another arm on the paper, a criterion that is not met) is asked about by the system and counts as
a deviation. Nothing of it is refused: a refusal would tell what lies in an envelope that is still closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.enroll import assess_eligibility
from equipoise.conduct.acts.randomize import factor_levels
from equipoise.conduct.acts.record_allocation import need_allocatable
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.allocation import ALLOCATED, UNDRAWN
from equipoise.conduct.guards import need_participant, need_reason, need_running, shown
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.schemes import unseal_scheme
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.findings import Refusal
from equipoise.ledger import Fact
from equipoise.randomization import stratum_key
from equipoise.randomization.envelopes import Envelope, arm_in_envelope, envelopes_of, find_envelope
from equipoise.randomization.sealing import seal
from equipoise.words import Phrase

__all__ = ["ACT", "EnterEnvelope"]


@dataclass(frozen=True, slots=True)
class EnterEnvelope:
    """`envelope`: the number on it, as 1-007; `arm`: what was read; `opened_by` on `date`, and the reason why."""

    right: ClassVar[str] = "enter_envelope"
    participant: str
    envelope: str
    arm: str
    opened_by: str
    date: str
    reason: str


def decide_enter_envelope(state: StudyState, act: EnterEnvelope, setting: Setting) -> list[Fact]:
    """allocated, from the envelope; and a query of the system about what is odd. Needs `state.allocations`."""
    need_running(state)
    if not setting.alone:
        refuse("envelope.alone", "envelope")
    person = need_participant(state, act.participant)
    reason = need_reason(act.reason, phrase("of.envelope"))
    opened_by = need_reason(act.opened_by, phrase("of.opening"))
    need_allocatable(setting, person, act.arm, act.date)
    made, envelope = _found(state, act.envelope)
    knowledge = setting.knowledge(person)
    factors = factor_levels(setting, knowledge)
    odd = [*_odd(state, envelope, made, stratum_key(factors)), *_stopped(state, person, stratum_key(factors))]
    try:
        _, snapshot = assess_eligibility(setting, knowledge)
    except Refusal:
        snapshot = ""
        odd.append(phrase("envelope.not_eligible"))
    content = _content(state, act, setting, made, envelope, stratum_key(factors))
    if content is not None and content["arm"] != act.arm:
        odd.append(phrase("envelope.other_arm"))
    allocations = state.allocations or ()
    position = len(allocations) + 1
    said: dict[str, Any] = {
        "date": act.date,
        "factors": factors,
        "scheme": {"version": -made["series"], "digest": made["scheme"]["digest"]},
        "eligibility_digest": snapshot,
        "envelope": envelope.name,
        "opened_by": opened_by,
        "reason": reason,
        "position": position,
        "stratum": stratum_key(factors),
        "sealed": UNDRAWN,
    }
    if content is not None:
        repeatable = state.environment == "rehearsal"
        said["stratum_position"] = content["stratum_position"]
        said["sealed"] = seal(
            setting.secret(), state.study, position, content, participant=person.id, repeatable=repeatable
        )
    return [Fact(ALLOCATED.name, said, person.id, person.site), *([_asked(person, odd)] if odd else [])]


def _found(state: StudyState, name: str) -> tuple[Mapping[str, Any], Envelope]:
    """The series and the envelope of that number, which nobody has used."""
    series, dash, number = name.strip().partition("-")
    made = state.envelopes.get(int(series)) if dash and series.isascii() and series.isdecimal() else None
    envelope = find_envelope(name.strip(), made["strata"], made["each"]) if made is not None and number else None
    if made is None or envelope is None:
        refuse("envelope.unknown", "envelope", envelope=shown(name), series=sorted(state.envelopes))
    if owner := next((one.participant for one in state.allocations or () if one.envelope == envelope.name), None):
        refuse("envelope.used", "envelope", envelope=envelope.name, participant=owner)
    return made, envelope


def _odd(state: StudyState, envelope: Envelope, made: Mapping[str, Any], stratum: str) -> list[Phrase]:
    """What was not as the envelopes were to be used."""
    odd = []
    if envelope.stratum != stratum:
        odd.append(phrase("envelope.other_stratum", envelope=envelope.name, of=envelope.stratum, stratum=stratum))
    used = {one.envelope for one in state.allocations or ()}
    before = [
        one.name
        for one in envelopes_of(made["series"], made["strata"], made["each"])
        if one.stratum == envelope.stratum and one.slot < envelope.slot and one.name not in used
    ]
    if before:
        odd.append(phrase("envelope.out_of_order", envelope=envelope.name, before=before[0]))
    return odd


def _stopped(state: StudyState, person: ParticipantState, stratum: str) -> Iterator[Phrase]:
    """Nobody is drawn for while the study, the stratum or the center is stopped; an envelope may be older than that."""
    if (reason := state.paused or state.paused_strata.get(stratum)) is not None:
        yield phrase("envelope.paused", reason=reason)
    if state.sites.get(person.site) == "closed":
        yield phrase("envelope.closed", site=person.site)


def _content(
    state: StudyState, act: EnterEnvelope, setting: Setting, made: Mapping[str, Any], envelope: Envelope, stratum: str
) -> dict[str, Any] | None:
    """What goes under the seal; nothing in a dry run, which would open the envelope without using it up."""
    if not setting.draws:
        return None
    secret = setting.secret()
    scheme = unseal_scheme(secret, state.study, made["scheme"])
    arm, detail = arm_in_envelope(scheme, secret, state.study, envelope)
    return {
        "arm": arm,
        "stratum": stratum,
        "stratum_position": sum(one.stratum == stratum for one in state.allocations or ()) + 1,
        "detail": {**detail, "envelope": envelope.name, "of": envelope.stratum, "slot": envelope.slot, "read": act.arm},
        "version": scheme.version,
    }


def _asked(person: ParticipantState, odd: list[Phrase]) -> Fact:
    said: dict[str, Any] = {
        "visit": None,
        "occurrence": None,
        "form": None,
        "group": None,
        "row": None,
        "items": [],
        "check": "allocation.envelope",
        "by": "system",
        "text": phrase("envelope.asked", odd=odd).in_both(),
        "values": {},
    }
    return Fact("query_raised", said, person.id, person.site)


ACT = ActKind(
    EnterEnvelope,
    label=("enter an allocation made by envelope", "录入以信封完成的分配"),
    decide=decide_enter_envelope,
    leaves=(ALLOCATED,),
    needs=lambda _: ("allocations",),
)
