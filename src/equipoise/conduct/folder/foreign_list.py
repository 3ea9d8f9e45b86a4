"""A randomization list that was made elsewhere and kept as `keys/list.csv`: how much of it is left. Counts no arms.

For a study whose allocations are recorded and not drawn. The file lies with the keys, for its owner alone to read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from equipoise.conduct.acts import Agree, TakeList
from equipoise.conduct.entries.allocation import ALLOCATED, ALLOCATION_RECORDED, LIST_TAKEN
from equipoise.conduct.folder.kept_list import LIST_FILE, digest_of, digest_of_kept
from equipoise.conduct.folder.words import refuse, warning
from equipoise.conduct.replay.loading import load_study
from equipoise.findings import Refusal
from equipoise.protocol.scope import strata_of
from equipoise.randomization.scheme import stratum_key
from equipoise.randomization.uploaded import ListRow, check_list, check_remaining, read_list, scheme_of_list
from equipoise.whole import write_whole

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.replay.receipt import Receipt
    from equipoise.findings import Finding

__all__ = ["agree_to_list", "ask_for_list", "find_remaining", "places_used"]


def places_used(study: Study) -> Counter[str]:
    """How many have been allocated in each stratum, by its key."""
    used: Counter[str] = Counter()
    for entry in study.store.read(study.id, kinds=(ALLOCATED.name, ALLOCATION_RECORDED.name)):
        said = entry.payload or {}
        used[said.get("stratum") or stratum_key(said.get("factors", {}))] += 1
    return used


def ask_for_list(study: Study, content: bytes, *, as_: str) -> Receipt:
    """Ask that a list come into force, by `as_` who ran the check on it. Raises Refusal as the check does."""
    rows = sound_rows(study, content)
    return study.desk().perform(TakeList(digest_of(content), len(rows), len({row.stratum for row in rows})), as_=as_)


def agree_to_list(study: Study, content: bytes, request: int, *, as_: str) -> Receipt:
    """Agree to request `request` for a list that `as_` has checked as well: then it is kept, and in force.

    Raises Refusal where the check finds a fault, or the file is not the one that was asked for, to the byte.
    """
    sound_rows(study, content)
    asked = load_study(study.store, study.id).requests.get(request)
    if asked is not None and asked.act == TakeList.right and asked.fields["digest"] != digest_of(content):
        refuse("list.other_file", "request", request=request)
    file = study.key_folder / LIST_FILE
    receipt = study.desk().perform(Agree(request, digest_of(content)), as_=as_)
    write_whole(file, content.decode("utf-8"), mode=0o600, durable=True)
    return receipt


def sound_rows(study: Study, content: bytes) -> list[ListRow]:
    """The list's rows. Raises Refusal with every fault that the check finds."""
    rows = read_list(content, LIST_FILE)
    found = check_list(rows, scheme_of_list(study.protocol.randomization), strata_of(study.protocol))
    if errors := [one for one in found if one.severity == "error"]:
        raise Refusal(errors)
    return rows


def find_remaining(study: Study) -> list[Finding]:
    """Warnings and errors of strata that run out, or of a file that is no list; nothing where the study keeps none."""
    file = study.key_folder / LIST_FILE
    try:
        rows = read_list(file.read_bytes(), str(file))
    except Refusal as refusal:
        return list(refusal.findings)
    except OSError:  # none is kept, or whoever looks may not read the keys
        return []
    taken = [(entry.payload or {}).get("digest") for entry in study.store.read(study.id, kinds=(LIST_TAKEN.name,))]
    found = [] if taken[-1:] == [digest_of_kept(study.key_folder)] else [warning("list.not_agreed", str(file))]
    return found + check_remaining(rows, places_used(study))
