"""What a study's folder holds that was made by arm: cuts and reports, which nobody takes along who may not see arms.

They say so themselves (`arms` in cut.yaml and results.json). Refuses to know what lies in them besides.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from equipoise.conduct.authority import SEE_RESULTS
from equipoise.conduct.folder.reading import enter_reading, is_running
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.conduct.authority import DoorName, Reader
    from equipoise.conduct.folder.study import Study

__all__ = ["TREES", "holds_arms", "open_by_arm", "tells_arms"]

TREES: Final = ("cuts", "reports")
_SAY = ("cut.yaml", "results.json")


@literals_checked
def open_by_arm(study: Study, reader: Reader, door: DoorName) -> bool:
    """Whether this person takes along what was made by arm; while the trial runs they leave an entry first.

    Raises Refusal where that cannot be entered.
    """
    if not (reader.reads(SEE_RESULTS) or not is_running(reader.state)):
        return False
    if holds_arms(study):
        head = study.store.head(study.id)
        enter_reading(reader, door, head.seq, head.hash, "shown")
    return True


def holds_arms(study: Study) -> bool:
    """Whether anything in the study's folder was made by arm."""
    trees = [study.folder / tree for tree in TREES]
    return any(tells_arms(one) for tree in trees if tree.is_dir() for one in tree.iterdir() if one.is_dir())


def tells_arms(folder: Path) -> bool:
    """Whether a cut or a report in the folder was made by arm, shown or under letters, or does not say."""
    return any(said != "hidden" for said in _said(folder))


def _said(folder: Path) -> Iterator[Any]:
    import yaml

    for name in _SAY:
        for file in folder.rglob(name):
            try:
                text = file.read_text(encoding="utf-8")
                said = json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)
            except (OSError, ValueError, yaml.YAMLError, RecursionError):
                said = None
            yield said.get("arms") if isinstance(said, dict) else None
