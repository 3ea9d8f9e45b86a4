"""Unseal all allocations: the end of blinding, with a reason, on the record (ICH E6(R3) 4.1.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase
from equipoise.conduct.entries.study import ALLOCATIONS_UNSEALED
from equipoise.conduct.guards import need_reason
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "Unseal"]


@dataclass(frozen=True, slots=True)
class Unseal:
    """Needs `state.allocations`. The ledger keeps the seals; the key opens them from now on for cuts."""

    right: ClassVar[str] = "unseal"
    reason: str


def decide_unseal(state: StudyState, act: Unseal, setting: Setting) -> list[Fact]:
    """allocations_unsealed, unless they are; refused without the secret, because then nothing would be opened."""
    reason = need_reason(act.reason, phrase("of.unsealing"))
    if state.unsealed:
        return []
    setting.secret()
    return [Fact(ALLOCATIONS_UNSEALED.name, {"reason": reason, "count": len(state.allocations or ())})]


ACT = ActKind(
    Unseal,
    label=("open sealed allocations", "启封分配"),
    decide=decide_unseal,
    leaves=(ALLOCATIONS_UNSEALED,),
    needs=lambda _: ("allocations",),
    agreed_by=lambda *_: ("unseal", None),
)
