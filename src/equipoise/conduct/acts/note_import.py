"""Note on the ledger that a file is taken in.

Which bytes, by which mapping, and what of it was accepted (ICH E6(R3) 4.2.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.entries.study import FILE_IMPORTED
from equipoise.conduct.guards import need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "NoteImport"]


@dataclass(frozen=True, slots=True)
class NoteImport:
    """`file` and `mapping`: names and SHA-256, the mapping with its text.

    `accepted`: how many cells each clause took in.
    """

    right: ClassVar[str] = "import"
    import_id: str
    file: Mapping[str, Any]
    mapping: Mapping[str, Any]
    accepted: Mapping[str, int] = field(default_factory=dict)


def decide_note_import(state: StudyState, act: NoteImport, _setting: Setting) -> list[Fact]:
    """file_imported, the first entry of the import's transaction; nothing when the same was taken in before."""
    need_running(state)
    if act.import_id in state.imports:
        return []
    payload = {
        "import": act.import_id,
        "file": dict(act.file),
        "mapping": dict(act.mapping),
        "accepted": dict(act.accepted),
    }
    return [Fact(FILE_IMPORTED.name, payload)]


ACT = ActKind(
    NoteImport,
    label=("take in a file", "导入数据文件"),
    decide=decide_note_import,
    leaves=(FILE_IMPORTED,),
    asked_by_name=False,  # it needs the file, and so a door of its own
)
