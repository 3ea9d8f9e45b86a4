"""Enroll: every criterion assessed on what was recorded. What is not yet known lets nobody in, and there is no waiver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.canonical import digest
from equipoise.conduct.sheet.setting import (
    Setting,
    check_day,
    need_consent,
    need_open_site,
    need_participant,
    need_running,
    refuse,
)
from equipoise.conduct.state.state import StudyState
from equipoise.findings import Finding, Refusal, Where, prose
from equipoise.knowledge.participant import Knowledge, missing_items
from equipoise.ledger import Fact
from equipoise.rules import read_rule

__all__ = ["Enroll", "assess_eligibility", "decide_enroll"]


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
        refuse(
            "participant.enrolled",
            f"{act.participant} is enrolled already",
            f"on {person.enrolled}",
            "There is nothing left to do.",
            act.participant,
        )
    if state.paused is not None:
        refuse("study.paused", "the study is paused", state.paused, "Wait until it is resumed.")
    need_open_site(state, person.site)
    check_day(setting, person.site, act.date, "date", after=(person.screened, "the screening"))
    need_consent(setting, person, act.date)
    if person.withdrawals:
        refuse(
            "participant.withdrawn",
            f"{act.participant} withdrew on {person.withdrawals[0][0]}",
            "a person who left is not enrolled",
            "Leave the record as it is.",
            act.participant,
        )
    verdicts, _ = assess_eligibility(setting, setting.knowledge(person))
    return [Fact("enrolled", {"date": act.date, "verdicts": verdicts}, person.id, person.site)]


def assess_eligibility(setting: Setting, knowledge: Knowledge) -> tuple[dict[str, bool], str]:
    """Criterion to true (met), and the digest of verdicts and values; raises Refusal with a Finding for each not met."""
    verdicts: dict[str, bool] = {}
    findings: list[Finding] = []
    used: dict[str, Any] = {}
    clause = setting.protocol.eligibility
    for criterion in clause.criteria if clause else ():
        truth, missing = knowledge.holds(criterion.rule)
        names = sorted(read_rule(criterion.rule).names)
        used |= {name: _text(knowledge.value(name)) for name in names}
        met = None if truth is None else truth is (criterion.kind == "inclusion")
        if met:
            verdicts[criterion.id] = True
            continue
        where = Where(path=f"eligibility.{criterion.id}")
        if met is None:
            items = missing_items(knowledge, missing) or list(missing)
            findings.append(
                prose(
                    "eligibility.not_known",
                    where,
                    f"{criterion.id} cannot be assessed: {criterion.text.en}",
                    f"not recorded: {', '.join(items)}",
                    "Record it, then enroll.",
                )
            )
        else:
            values = ", ".join(f"{name} = {used[name]}" for name in names)
            fails = "is not met" if criterion.kind == "inclusion" else "applies"
            findings.append(prose("eligibility.not_met", where, f"{criterion.kind} criterion {criterion.id} {fails}: {criterion.text.en}", f"{criterion.rule} with {values}",
                                    "Nobody may enter who is not eligible. If a value is wrong, correct it with a reason."))  # fmt: skip
    if findings:
        raise Refusal(findings)
    return verdicts, digest({"verdicts": verdicts, "values": used})


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
