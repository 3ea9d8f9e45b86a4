"""Go on from an older ledger than was seen: with a reason, and an entry that says what is known to be gone.

Whoever saw the entries that are gone knows the arms that were drawn in them, and these draws would come again, to
whomever one likes. So the draws begin anew, from the head that was seen: no two copies that went on share it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase
from equipoise.conduct.entries.study import LEDGER_RESTORED
from equipoise.conduct.guards import need_reason
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.schemes import seal_scheme, unseal_scheme
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


def decide_accept_restored(state: StudyState, act: AcceptRestored, setting: Setting) -> list[Fact]:
    """ledger_restored, with a new start of the scheme. Possible in a locked study: it says what is."""
    reason = need_reason(act.reason, phrase("of.restored"))
    seen = {"seen": act.seen, "head": act.head, "at": act.at, "place": act.place}
    said: dict[str, Any] = {**seen, "last": state.seq, "reason": reason}
    if state.schemes:
        secret = setting.secret()
        in_force = unseal_scheme(secret, state.study, state.schemes[-1])
        anew = replace(in_force, version=in_force.version + 1, start=act.head)
        said["scheme"] = seal_scheme(secret, state.study, anew, repeatable=state.environment == "rehearsal")
    return [Fact(LEDGER_RESTORED.name, said)]


ACT = ActKind(
    AcceptRestored,
    label=("go on from an older ledger", "从较旧的账本继续"),
    decide=decide_accept_restored,
    leaves=(LEDGER_RESTORED,),
    asked_by_name=False,  # what was seen is asked of the witness, and of nobody
)
