"""Noting a cut on the ledger, for whoever makes it: before anything is written, and by the right `cut`."""

from __future__ import annotations

from equipoise.conduct.acts import NoteCut
from equipoise.conduct.folder.reading import is_running
from equipoise.conduct.folder.study import Study
from equipoise.conduct.replay.receipt import Receipt
from equipoise.findings import Refusal

__all__ = ["note_cut"]


def note_cut(study: Study, name: str, seq: int, head: str) -> list[Receipt]:
    """The receipts, one for the study or for each site whose participants the cut holds. Raises Refusal.

    A rehearsal notes it only for who is named: its clock is not ours. Of a locked study that can only be read a cut is
    made without a note.
    """
    reader = study.reader()
    sites = reader.sites()
    places = [None] if sites is None else sorted(sites)
    if study.environment == "rehearsal" and study.named is None:
        for site in places:
            reader.require("cut", site)
        return []
    desk = study.desk()
    try:
        return [desk.perform(NoteCut(name, seq, head, site), as_=reader.person) for site in places]
    except Refusal as refusal:
        if is_running(reader.state) or refusal.findings[0].code != "ledger.read_only":
            raise
        return []
