"""Note on the ledger that a data cut was made: which, at which entry, with which chain hash (ICH E6(R3) 4.2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.moments import need_entry
from equipoise.conduct.entries.study import CUT_MADE
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "NoteCut"]


@dataclass(frozen=True, slots=True)
class NoteCut:
    """`seq` and `head` are the cut's own; `site`: of that site's participants alone."""

    right: ClassVar[str] = "cut"
    cut: str
    seq: int
    head: str
    site: str | None = None


def decide_note_cut(state: StudyState, act: NoteCut, _setting: Setting) -> list[Fact]:
    """cut_made; refused for an entry that does not exist."""
    need_entry(state, act.seq, act.cut)
    said = {"cut": act.cut, "seq": act.seq, "head": act.head}
    return [Fact(CUT_MADE.name, said if act.site is None else {**said, "site": act.site}, site=act.site)]


ACT = ActKind(NoteCut, label=("cut data", "制作数据截点"), decide=decide_note_cut, leaves=(CUT_MADE,))
