"""A participant stops treatment, follow-up, or takes the consent back: what was recorded before stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from equipoise.conduct.sheet.setting import Setting, check_day, need_participant, need_reason, need_running, refuse
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["Withdraw", "decide_withdraw"]

Extent = Literal["treatment", "follow_up", "consent"]


@dataclass(frozen=True, slots=True)
class Withdraw:
    """`extent`: from treatment only, from follow-up as well, or from everything by taking the consent back."""

    right: ClassVar[str] = "withdraw"
    participant: str
    date: str
    reason: str
    extent: Extent = "follow_up"


def decide_withdraw(state: StudyState, act: Withdraw, setting: Setting) -> list[Fact]:
    """withdrawn; each extent once."""
    need_running(state)
    person = need_participant(state, act.participant)
    reason = need_reason(act.reason, "a withdrawal")
    extents = get_args(Extent)
    if act.extent not in extents:
        refuse(
            "withdrawal.extent",
            f"`{act.extent}` is no extent of a withdrawal",
            f"it is one of {', '.join(extents)}",
            "Choose one of these.",
            "extent",
        )
    check_day(setting, person.site, act.date, "date", after=(person.screened, "the screening"))
    if any(extent == act.extent for _, extent in person.withdrawals):
        refuse(
            "participant.withdrawn",
            f"{act.participant} withdrew from {act.extent} already",
            "it is recorded once",
            "There is nothing left to do.",
            act.participant,
        )
    return [Fact("withdrawn", {"date": act.date, "reason": reason, "extent": act.extent}, person.id, person.site)]
