"""Note on the ledger that somebody looked at the arms of the whole study together: who, and at which entry.

Who may see allocations is not watched when they look at one participant whom they treat; the study's totals by arm are
nobody's daily work (ICH E9 4.5: interim information is kept from those who conduct the trial).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.authority import SEE_RESULTS, may
from equipoise.conduct.entries.study import BALANCE_READ
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.conduct.state.versions import day_in_utc
from equipoise.ledger import Fact

__all__ = ["ACT", "NoteBalance"]


@dataclass(frozen=True, slots=True)
class NoteBalance:
    """`values`: what was tested for selection bias beside the numbers."""

    right: ClassVar[str] = "see_allocation"
    values: str = ""


def decide_note_balance(state: StudyState, act: NoteBalance, setting: Setting) -> list[Fact]:
    """balance_read. In a double-blind trial whose allocations are sealed, whoever may unseal them, and nobody else."""
    closed = setting.protocol.randomization.blinding == "double" and not state.unsealed
    if closed and not may(state, setting.protocol, setting.actor, "unseal", None, day=day_in_utc(setting.now)):
        refuse("balance.blinded", "randomization.blinding", person=setting.actor)
    return [Fact(BALANCE_READ.name, {"values": act.values, "seq": state.seq})]


ACT = ActKind(
    NoteBalance,
    label=("see allocations", "查看分配"),
    decide=decide_note_balance,
    leaves=(BALANCE_READ,),
    rests_on=lambda _state, _act: (SEE_RESULTS, None),
    asked_by_name=False,  # whoever is noted as looking is shown something: the door is the command `balance`
)
