"""Note on the ledger that a checkpoint was signed: of which entry, and where its copy is kept (ICH E6(R3) 4.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.sheet.setting import Setting, need_reason, refuse
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["NoteCheckpoint", "decide_note_checkpoint"]


@dataclass(frozen=True, slots=True)
class NoteCheckpoint:
    """`seq` and `head` are the checkpoint's own. A checkpoint guards only if its copy is kept elsewhere: `kept` says where."""

    right: ClassVar[str] = "checkpoint"
    seq: int
    head: str
    kept: str


def decide_note_checkpoint(state: StudyState, act: NoteCheckpoint, _setting: Setting) -> list[Fact]:
    """checkpoint_signed; refused for an entry that does not exist. Possible in a locked study."""
    kept = need_reason(act.kept, "the place of a checkpoint's copy")
    if not 1 <= act.seq <= state.seq:
        refuse(
            "checkpoint.no_such_entry",
            f"entry {act.seq} does not exist",
            f"the ledger ends at entry {state.seq}",
            "Name the entry of the checkpoint.",
            "seq",
        )
    return [Fact("checkpoint_signed", {"seq": act.seq, "head": act.head, "kept": kept})]
