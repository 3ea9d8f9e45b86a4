"""Note on the ledger that somebody reads arms: through which door, of which moment, before anything is shown (R13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.moments import need_entry, site_of
from equipoise.conduct.authority import SEE_ALLOCATION, SEE_RESULTS
from equipoise.conduct.entries.study import READING_NOTED
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "NoteReading"]


@dataclass(frozen=True, slots=True)
class NoteReading:
    """`arms`: shown, or under letters (masked); of one `participant`, or of the trial. `seq` and `head`: the moment."""

    right: ClassVar[str] = "note_reading"
    door: str
    seq: int
    head: str
    arms: str
    participant: str | None = None


def decide_note_reading(state: StudyState, act: NoteReading, _setting: Setting) -> list[Fact]:
    """reading_noted; possible in a locked study. Refused for an entry that does not exist."""
    need_entry(state, act.seq, act.door)
    said = {"door": act.door, "seq": act.seq, "head": act.head, "arms": act.arms, "participant": act.participant}
    return [Fact(READING_NOTED.name, said, site=_right(state, act)[1])]


def _right(state: StudyState, act: NoteReading) -> tuple[str, str | None]:
    site = site_of(state, act.participant)
    return (SEE_RESULTS, None) if site is None else (SEE_ALLOCATION, site)


ACT = ActKind(
    NoteReading,
    label=("read results by arm", "查看分组结果"),
    decide=decide_note_reading,
    leaves=(READING_NOTED,),
    rests_on=_right,
    asked_by_name=False,
)
