"""A part of the consent (samples for research, say) is given, withdrawn, or given again, each on its day.

The protocol names the parts. A form that belongs to a part is not recorded for days without it; the rest of the trial
goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.entries.mending import PART_CONSENTED
from equipoise.conduct.guards import check_day, need_participant, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact
from equipoise.wording.literals import literals_checked

__all__ = ["ACT", "ConsentPart"]

Says = Literal["agrees", "withdraws"]


@literals_checked
@dataclass(frozen=True, slots=True)
class ConsentPart:
    """`part` is one that the protocol names; `says`: whether the participant agrees to it from `date` on."""

    right: ClassVar[str] = "consent_part"
    participant: str
    part: str
    says: Says
    date: str
    reason: str = ""


def decide_consent_part(state: StudyState, act: ConsentPart, setting: Setting) -> list[Fact]:
    """part_consented; the same said again writes nothing."""
    need_running(state)
    person = need_participant(state, act.participant)
    parts = [part.id for part in setting.protocol.consent_parts]
    if act.part not in parts:
        if not parts:
            refuse("consent.part/none", "part", part=act.part)
        refuse("consent.part", "part", part=act.part, parts=parts)
    if not person.consents:
        refuse("consent.missing", person.id, participant=person.id)
    said = person.parts.get(act.part, [])
    check_day(setting, person.site, act.date, "date")
    if said and act.date < said[-1][0]:
        refuse("consent.part_order", "date", day=act.date, part=act.part, last=said[-1][0])
    agrees = act.says == "agrees"
    if person.agrees(act.part) is agrees:
        return []
    if agrees and person.withdrew("consent"):
        refuse("consent.withdrawn", act.participant, participant=act.participant)
    payload = {"part": act.part, "says": act.says, "date": act.date, "reason": act.reason.strip()}
    return [Fact(PART_CONSENTED.name, payload, person.id, person.site)]


ACT = ActKind(
    ConsentPart,
    label=("record consent to a part", "记录部分知情同意"),
    decide=decide_consent_part,
    leaves=(PART_CONSENTED,),
)
