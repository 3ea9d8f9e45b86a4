"""Enroll: every criterion assessed on what was recorded.

What is not yet known lets nobody in, and there is no waiver.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.canonical import digest
from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import finding, phrase, refuse
from equipoise.conduct.entries.participation import ENROLLED
from equipoise.conduct.guards import (
    check_day,
    need_consent,
    need_living,
    need_open_site,
    need_participant,
    need_running,
)
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.eligibility import Criterion
from equipoise.findings import Finding, Refusal
from equipoise.knowledge.participant import Knowledge, missing_items
from equipoise.ledger import Fact
from equipoise.rules import read_rule
from equipoise.words import Phrase

__all__ = ["ACT", "Enroll", "assess_eligibility", "told_missing"]


@dataclass(frozen=True, slots=True)
class Enroll:
    """The participant enters the trial on `date`."""

    right: ClassVar[str] = "enroll"
    participant: str
    date: str


def decide_enroll(state: StudyState, act: Enroll, setting: Setting) -> list[Fact]:
    """enrolled, with the verdict on every criterion."""
    need_running(state)
    person = need_participant(state, act.participant)
    if person.enrolled is not None:
        refuse("participant.enrolled", act.participant, participant=act.participant, day=person.enrolled)
    if state.paused is not None:
        refuse("study.paused", reason=state.paused)
    need_open_site(state, person.site)
    check_day(setting, person.site, act.date, "date", after=(person.screened, phrase("screening")))
    need_consent(setting, person, act.date)
    if person.screen_failure is not None:
        refuse("participant.failed/enroll", act.participant, participant=act.participant, day=person.screen_failure[0])
    if person.withdrawals:
        refuse(
            "participant.withdrawn/enroll", act.participant, participant=act.participant, day=person.withdrawals[0].date
        )
    need_living(setting, person, act.date)
    verdicts, _ = assess_eligibility(setting, setting.knowledge(person))
    return [Fact(ENROLLED.name, {"date": act.date, "verdicts": verdicts}, person.id, person.site)]


def is_met(criterion: Criterion, truth: bool | None) -> bool | None:
    """Whether a criterion is met when its rule is true or false; not yet known while the rule is not."""
    return None if truth is None else truth is (criterion.kind == "inclusion")


def assess_eligibility(setting: Setting, knowledge: Knowledge) -> tuple[dict[str, bool], str]:
    """Criterion to true (met), and the digest of verdicts and values.

    Raises Refusal with a Finding for each not met.
    """
    verdicts: dict[str, bool] = {}
    findings: list[Finding] = []
    used: dict[str, Any] = {}
    clause = setting.protocol.eligibility
    for criterion in clause.criteria if clause else ():
        truth, missing = knowledge.holds(criterion.rule)
        names = sorted(read_rule(criterion.rule).names)
        used |= {name: _text(knowledge.value(name)) for name in names}
        met = is_met(criterion, truth)
        if met:
            verdicts[criterion.id] = True
            continue
        path = f"eligibility.{criterion.id}"
        about: dict[str, Any] = {"criterion": criterion.id, "text": criterion.text}
        if met is None:
            findings.append(finding("eligibility.not_known", path, **about, items=told_missing(knowledge, missing)))
        else:
            values = [f"{name} = {used[name]}" for name in names]
            code = "eligibility.not_met" if criterion.kind == "inclusion" else "eligibility.not_met/exclusion"
            findings.append(finding(code, path, **about, rule=criterion.rule, values=values))
    if findings:
        raise Refusal(findings)
    return verdicts, digest({"verdicts": verdicts, "values": used})


def told_missing(knowledge: Knowledge, names: Collection[str]) -> list[Phrase | str]:
    """The recorded things that the names lack a value of, as they are labelled."""
    return missing_items(knowledge, names) or list(names)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


ACT = ActKind(Enroll, label=("enroll", "入选"), decide=decide_enroll, leaves=(ENROLLED,))
