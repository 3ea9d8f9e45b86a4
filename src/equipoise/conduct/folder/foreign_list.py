"""A randomization list that was made elsewhere and kept as `keys/list.csv`: how much of it is left. Counts no arms.

For a study whose allocations are recorded and not drawn. The file lies with the keys, for its owner alone to read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from equipoise.conduct.entries.allocation import ALLOCATED, ALLOCATION_RECORDED
from equipoise.findings import Refusal
from equipoise.randomization.scheme import stratum_key
from equipoise.randomization.uploaded import check_remaining, read_list

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.findings import Finding

__all__ = ["LIST_FILE", "find_remaining", "places_used"]

LIST_FILE = "list.csv"


def places_used(study: Study) -> Counter[str]:
    """How many have been allocated in each stratum, by its key."""
    used: Counter[str] = Counter()
    for entry in study.store.read(study.id, kinds=(ALLOCATED.name, ALLOCATION_RECORDED.name)):
        said = entry.payload or {}
        used[said.get("stratum") or stratum_key(said.get("factors", {}))] += 1
    return used


def find_remaining(study: Study) -> list[Finding]:
    """Warnings and errors of strata that run out, or of a file that is no list; nothing where the study keeps none."""
    file = study.key_folder / LIST_FILE
    try:
        rows = read_list(file.read_bytes(), str(file))
    except Refusal as refusal:
        return list(refusal.findings)
    except OSError:  # none is kept, or whoever looks may not read the keys
        return []
    return check_remaining(rows, places_used(study))
