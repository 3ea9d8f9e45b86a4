"""Randomize: chance is asked once, for an eligible, consenting, enrolled participant; the answer goes under seal.

What the ledger shows is the place, the factor values as used and a digest of the eligibility; arm and block stay sealed
under a key outside the database. Documented errors keep their slot (Yelland et al.: document, do not correct).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.enroll import assess_eligibility, told_missing
from equipoise.conduct.acts.words import finding, phrase, refuse
from equipoise.conduct.entries.allocation import ALLOCATED, UNDRAWN
from equipoise.conduct.guards import (
    check_day,
    need_consent,
    need_living,
    need_open_site,
    need_participant,
    need_running,
)
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.schemes import scheme_mark
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.findings import Finding, Refusal
from equipoise.knowledge.participant import Knowledge
from equipoise.ledger import Fact
from equipoise.randomization import Past, allocate, stratum_key
from equipoise.randomization.from_spec import scheme_of
from equipoise.randomization.rederive import content_of
from equipoise.randomization.sealing import check_commitment, seal

__all__ = ["ACT", "Randomize"]


@dataclass(frozen=True, slots=True)
class Randomize:
    """The participant is allocated to an arm on `date`."""

    right: ClassVar[str] = "randomize"
    participant: str
    date: str


def decide_randomize(state: StudyState, act: Randomize, setting: Setting) -> list[Fact]:
    """allocated, sealed. Needs `state.allocations`; raises Refusal with the reason and what would mend it."""
    need_running(state)
    person = need_participant(state, act.participant)
    if person.randomized is not None:
        _randomized_already(person)
    if person.enrolled is None:
        refuse("participant.not_enrolled", act.participant, participant=act.participant)
    if state.paused is not None:
        refuse("study.paused/randomization", reason=state.paused)
    need_open_site(state, person.site)
    check_day(setting, person.site, act.date, "date", after=(person.enrolled, phrase("enrollment")))
    need_consent(setting, person, act.date)
    if person.withdrawals:
        refuse(
            "participant.withdrawn/randomize",
            act.participant,
            participant=act.participant,
            day=person.withdrawals[0].date,
        )
    need_living(setting, person, act.date)
    knowledge = setting.knowledge(person)
    # Values may have been corrected since the enrollment: what is judged is what is true now.
    _, snapshot = assess_eligibility(setting, knowledge)
    factors = factor_levels(setting, knowledge)
    stratum = stratum_key(factors)
    if stratum in state.paused_strata:
        refuse("stratum.paused", stratum, stratum=stratum, reason=state.paused_strata[stratum])
    return [_allocate(state, act, setting, person, factors, snapshot)]


def _allocate(
    state: StudyState,
    act: Randomize,
    setting: Setting,
    person: ParticipantState,
    factors: dict[str, str],
    snapshot: str,
) -> Fact:
    start = state.schemes[-1].get("start", "") if state.schemes else ""
    scheme = scheme_of(setting.study_wide.randomization, len(state.schemes) or 1, start)
    secret = setting.secret()
    committed = state.commitment
    if committed is None:
        refuse("randomization.no_commitment")
    if findings := check_commitment(secret, state.study, committed):
        raise Refusal(findings)
    mark = scheme_mark(secret, state.study, scheme)
    if not state.schemes or state.schemes[-1].get("digest") != mark:
        refuse("randomization.scheme_changed", "randomization.scheme")
    said = {
        "date": act.date,
        "factors": factors,
        "scheme": {"version": scheme.version, "digest": mark},
        "eligibility_digest": snapshot,
    }
    if not setting.draws:
        # Whatever a dry run told of a draw would come true: the next arm belongs to a position, not to a person.
        place = {"position": len(state.allocations or ()) + 1, "stratum": stratum_key(factors), "sealed": UNDRAWN}
        return Fact(ALLOCATED.name, said | place, person.id, person.site)
    past = [
        Past(
            a.participant,
            a.position,
            a.stratum,
            a.factors,
            setting.arm_of(a),
            in_error=a.in_error_after is not None,
            version=a.version,
        )
        for a in state.allocations or ()
    ]
    drawn = allocate(scheme, secret, state.study, factors, past)
    sealed = seal(
        secret,
        state.study,
        drawn.position,
        content_of(drawn, scheme.version),
        participant=person.id,
        repeatable=state.environment == "rehearsal",
    )
    place = {
        "position": drawn.position,
        "stratum": drawn.stratum,
        "stratum_position": drawn.stratum_position,
        "sealed": sealed,
    }
    return Fact(ALLOCATED.name, said | place, person.id, person.site)


def factor_levels(setting: Setting, knowledge: Knowledge) -> dict[str, str]:
    """Each stratification factor's level, from recorded values; raises Refusal naming the item that is missing."""
    levels: dict[str, str] = {}
    findings: list[Finding] = []
    declared = {factor.id: factor for factor in setting.protocol.factors}
    for name in setting.protocol.randomization.stratify_by.value:
        value = knowledge.value(name)
        path = f"randomization.stratify_by.{name}"
        if value is None:
            findings.append(
                finding("randomization.factor_missing", path, factor=name, items=told_missing(knowledge, [name]))
            )
            continue
        level = _level(value)
        allowed = declared[name].levels if name in declared else ()
        if allowed and level not in allowed:
            findings.append(finding("randomization.factor_level", path, factor=name, level=level, levels=allowed))
        levels[name] = level
    if findings:
        raise Refusal(findings)
    return levels


def _level(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _randomized_already(person: ParticipantState) -> NoReturn:
    by, at = person.randomized_by, person.randomized_at[:19]
    refuse("participant.randomized", person.id, participant=person.id, day=person.randomized, by=by, at=at)


ACT = ActKind(
    Randomize,
    label=("randomize", "随机分组"),
    decide=decide_randomize,
    leaves=(ALLOCATED,),
    needs=lambda _: ("allocations",),
)
