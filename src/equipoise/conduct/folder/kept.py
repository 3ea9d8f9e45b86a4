"""What was kept of a study, when and where: a line in the study's folder for every checkpoint, backup and drill.

It is a note for whoever asks how old the last one is, and proves nothing: checkpoints in other hands do.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["KEPT_FILE", "SETTINGS", "KeptNote", "last_kept", "note_kept"]

KEPT_FILE: Final = "kept.jsonl"
SETTINGS: Final = "settings.yaml"
"""What this machine makes by itself (`keeping.by_itself`)."""
KeptAs = Literal["checkpoint", "backup", "drill"]


@literals_checked
@dataclass(frozen=True, slots=True)
class KeptNote:
    """One checkpoint, backup or drill: of which entry, when (UTC), and where it was put."""

    what: KeptAs
    seq: int
    head: str
    at: str
    place: str


@literals_checked
def note_kept(study: Study, what: KeptAs, seq: int, head: str, place: str) -> None:
    """Note it. A folder that may only be read keeps no note, and nobody is stopped by that."""
    note = KeptNote(what, seq, head, datetime.now(UTC).isoformat(timespec="seconds"), place)
    line = json.dumps(asdict(note), ensure_ascii=False) + "\n"
    with suppress(OSError):
        handle = os.open(study.folder / KEPT_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)


def last_kept(folder: Path) -> dict[str, KeptNote]:
    """The newest note of each sort; of what cannot be read there is none."""
    found: dict[str, KeptNote] = {}
    with suppress(OSError):
        for line in (folder / KEPT_FILE).read_bytes().splitlines():
            with suppress(ValueError, TypeError):  # half a line, or what somebody else wrote there
                note = KeptNote(**json.loads(line))
                found[note.what] = note
    return found
