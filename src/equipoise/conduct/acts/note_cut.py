"""Note on the ledger that a data cut was made: which, at which entry, with which chain hash (ICH E6(R3) 4.2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.sheet.setting import Setting, refuse
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["NoteCut", "decide_note_cut"]


@dataclass(frozen=True, slots=True)
class NoteCut:
    """`seq` and `head` are the cut's own."""

    right: ClassVar[str] = "cut"
    cut: str
    seq: int
    head: str


def decide_note_cut(state: StudyState, act: NoteCut, _setting: Setting) -> list[Fact]:
    """cut_made; refused for an entry that does not exist."""
    if not 1 <= act.seq <= state.seq:
        refuse(
            "cut.no_such_entry",
            f"entry {act.seq} does not exist",
            f"the ledger ends at entry {state.seq}",
            "Name the entry of the cut.",
            act.cut,
        )
    return [Fact("cut_made", {"cut": act.cut, "seq": act.seq, "head": act.head})]
