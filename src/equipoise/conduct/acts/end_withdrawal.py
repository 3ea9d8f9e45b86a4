"""A withdrawal ends: the participant comes back, or it was somebody else's and never took place.

What was not observed in between stays unobserved: no day of the gap can be recorded afterwards. Who took the consent
back consents again; that is asked for here, in the same act. A failed screening can be taken back in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.mending import WITHDRAWAL_ENDED
from equipoise.conduct.entries.participation import CONSENTED
from equipoise.conduct.guards import check_day, need_participant, need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact
from equipoise.wording.literals import literals_checked

__all__ = ["ACT", "EndWithdrawal"]

Ending = Literal["treatment", "follow_up", "consent", "screening"]


@literals_checked
@dataclass(frozen=True, slots=True)
class EndWithdrawal:
    """`date`: the day of coming back (and of consenting again); without one, the withdrawal was recorded in error.

    `extent`: what was left; `screening` takes back a failed screening.
    """

    right: ClassVar[str] = "end_withdrawal"
    participant: str
    extent: Ending
    reason: str
    date: str | None = None


def decide_end_withdrawal(state: StudyState, act: EndWithdrawal, setting: Setting) -> list[Fact]:
    """withdrawal_ended; and consented, where it was the consent that had been taken back."""
    need_running(state)
    person = need_participant(state, act.participant)
    reason = need_reason(act.reason, phrase("of.return"))
    since = _since(person, act)
    if act.date is not None:
        check_day(setting, person.site, act.date, "date", after=(since, phrase("leaving")))
    said = {"extent": act.extent, "date": act.date, "reason": reason}
    facts = [Fact(WITHDRAWAL_ENDED.name, said, person.id, person.site)]
    if act.extent == "consent" and act.date is not None:
        version = setting.protocol.consent_version.value
        again = {"participant": person.id, "date": act.date, "version": version}
        facts.append(Fact(CONSENTED.name, again, person.id, person.site))
    return facts


def _since(person: ParticipantState, act: EndWithdrawal) -> str:
    """The day of what is to end."""
    if act.extent == "screening":
        if person.screen_failure is None:
            refuse("participant.not_failed", person.id, participant=person.id)
        return person.screen_failure[0]
    left = person.withdrew(act.extent)
    if left is None:
        refuse("participant.not_withdrawn", person.id, participant=person.id, extent=act.extent)
    return left.date


ACT = ActKind(
    EndWithdrawal,
    label=("end a withdrawal", "终止退出"),
    decide=decide_end_withdrawal,
    leaves=(WITHDRAWAL_ENDED,),
    also=(CONSENTED,),
)
