"""Go on from an older ledger than was seen: with a reason, and an entry that says what is known to be gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase
from equipoise.conduct.entries.study import LEDGER_RESTORED
from equipoise.conduct.guards import need_reason
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "AcceptRestored"]


@dataclass(frozen=True, slots=True)
class AcceptRestored:
    """`seen`, `head`, `at` and `place`: number and hash of the highest entry that was seen, when and where."""

    right: ClassVar[str] = "accept_restored"
    seen: int
    head: str
    at: str
    place: str
    reason: str


def decide_accept_restored(state: StudyState, act: AcceptRestored, _setting: Setting) -> list[Fact]:
    """ledger_restored. Possible in a locked study: it says what is, and changes nothing."""
    reason = need_reason(act.reason, phrase("of.restored"))
    said = {"seen": act.seen, "head": act.head, "at": act.at, "place": act.place, "last": state.seq, "reason": reason}
    return [Fact(LEDGER_RESTORED.name, said)]


ACT = ActKind(
    AcceptRestored,
    label=("go on from an older ledger", "从较旧的账本继续"),
    decide=decide_accept_restored,
    leaves=(LEDGER_RESTORED,),
    asked_by_name=False,  # what was seen is asked of the witness, and of nobody
)
