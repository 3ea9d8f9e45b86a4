"""Note on the ledger that a checkpoint was signed: of which entry, and where its copy is kept (ICH E6(R3) 4.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.study import CHECKPOINT_SIGNED
from equipoise.conduct.guards import need_reason
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "NoteCheckpoint"]


@dataclass(frozen=True, slots=True)
class NoteCheckpoint:
    """`seq` and `head` are the checkpoint's own.

    A checkpoint guards only if its copy is kept elsewhere: `kept` says where.
    """

    right: ClassVar[str] = "checkpoint"
    seq: int
    head: str
    kept: str


def decide_note_checkpoint(state: StudyState, act: NoteCheckpoint, _setting: Setting) -> list[Fact]:
    """checkpoint_signed; refused for an entry that does not exist. Possible in a locked study."""
    kept = need_reason(act.kept, phrase("of.checkpoint"))
    if not 1 <= act.seq <= state.seq:
        refuse("checkpoint.no_such_entry", "seq", entry=act.seq, last=state.seq)
    return [Fact(CHECKPOINT_SIGNED.name, {"seq": act.seq, "head": act.head, "kept": kept})]


ACT = ActKind(
    NoteCheckpoint,
    label=("sign checkpoints", "签署检查点"),
    decide=decide_note_checkpoint,
    leaves=(CHECKPOINT_SIGNED,),
)
