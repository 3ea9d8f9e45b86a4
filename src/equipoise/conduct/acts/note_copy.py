"""Note on the ledger that somebody takes a copy out: through which door, of which moment, its digest (E6(R3) 4.2.6).

The digest is of something that nobody but the copy's holder can guess: whoever could reckon it for every arm that
somebody may have would learn the arms of a copy from the note about it (`reports.copies.writing`, `keeping.backup`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.moments import need_entry, site_of
from equipoise.conduct.authority import DOORS, DoorName
from equipoise.conduct.entries.study import COPY_NOTED
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact
from equipoise.wording.literals import literals_checked

__all__ = ["ACT", "NoteCopy"]


@literals_checked
@dataclass(frozen=True, slots=True)
class NoteCopy:
    """`seq`, `head`: the copy's own moment; of a backup, which holds its note, the one before. `arms`: as they stand in
    it. `participant`, `site`: of whom alone.
    """

    right: ClassVar[str] = "note_copy"
    door: DoorName
    seq: int
    head: str
    arms: str
    digest: str
    participant: str | None = None
    site: str | None = None


def decide_note_copy(state: StudyState, act: NoteCopy, _setting: Setting) -> list[Fact]:
    """copy_noted; possible in a locked study. Refused for an entry that does not exist."""
    need_entry(state, act.seq, act.door)
    said = {"door": act.door, "seq": act.seq, "head": act.head, "arms": act.arms, "digest": act.digest}
    return [Fact(COPY_NOTED.name, {**said, "participant": act.participant}, site=_right(state, act)[1])]


def _right(state: StudyState, act: NoteCopy) -> tuple[str | None, str | None]:
    return DOORS[act.door].right, site_of(state, act.participant) or act.site


ACT = ActKind(
    NoteCopy,
    label=("take out copies", "取出副本"),
    decide=decide_note_copy,
    leaves=(COPY_NOTED,),
    rests_on=_right,
    asked_by_name=False,
)
