"""Take a randomization list from elsewhere into force: by two persons who each ran the check on the same file.

No check can see labels that were exchanged, so a second person compares the file with its source (F15). The ledger
keeps the digest of the file and what the check counted; the arms stay in the file, with the keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.entries.allocation import LIST_TAKEN
from equipoise.conduct.guards import need_running, shown
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "TakeList"]

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class TakeList:
    """`digest`: SHA-256 of the file; `slots` in `strata` strata, as the check counted them without a fault."""

    right: ClassVar[str] = "take_list"
    digest: str
    slots: int
    strata: int


def decide_take_list(state: StudyState, act: TakeList, setting: Setting) -> list[Fact]:
    """list_taken, unless it is in force. Refused where the study draws by itself, or for what is no list's digest."""
    need_running(state)
    if setting.study_wide.randomization.scheme.value.kind != "recorded":
        refuse("list.drawn_here", "randomization.scheme")
    if not _DIGEST.fullmatch(act.digest) or act.slots < 1 or act.strata < 1:
        refuse("list.digest", "digest", digest=shown(act.digest))
    if state.foreign_list == act.digest:
        return []
    return [Fact(LIST_TAKEN.name, {"digest": act.digest, "slots": act.slots, "strata": act.strata})]


ACT = ActKind(
    TakeList,
    label=("take a randomization list into force", "启用外来随机表"),
    decide=decide_take_list,
    leaves=(LIST_TAKEN,),
    agreed_by=lambda *_: ("take_list", None),
    asked_by_name=False,  # who asks has run the check: the door is the command `list`
)
