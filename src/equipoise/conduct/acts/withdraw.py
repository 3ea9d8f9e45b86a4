"""A participant stops treatment, follow-up, or takes the consent back: what was recorded before stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.participation import WITHDRAWN
from equipoise.conduct.guards import check_day, need_participant, need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import Extent, StudyState
from equipoise.ledger import Fact
from equipoise.wording.literals import literals_checked

__all__ = ["ACT", "Withdraw"]


@literals_checked
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
    reason = need_reason(act.reason, phrase("of.withdrawal"))
    check_day(setting, person.site, act.date, "date", after=(person.screened, phrase("screening")))
    if person.withdrew(act.extent):
        refuse("participant.withdrawn", act.participant, participant=act.participant, extent=act.extent)
    return [Fact(WITHDRAWN.name, {"date": act.date, "reason": reason, "extent": act.extent}, person.id, person.site)]


ACT = ActKind(Withdraw, label=("record withdrawal", "记录退出"), decide=decide_withdraw, leaves=(WITHDRAWN,))
