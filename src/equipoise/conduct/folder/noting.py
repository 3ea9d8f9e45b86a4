"""Noting on the ledger what leaves a study, for whoever takes it: cuts, copies and checkpoints, before they are given.

A rehearsal notes a cut or a checkpoint only for who is named, and no copy: its clock is not ours, and nobody real is in
it. Of a locked study that can only be read, copies are made without a note.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Literal

from equipoise.conduct.acts import NoteCheckpoint, NoteCopy, NoteCut
from equipoise.conduct.authority import DOORS
from equipoise.conduct.folder.reading import is_running
from equipoise.conduct.folder.study import Study
from equipoise.conduct.replay.receipt import Receipt
from equipoise.findings import Refusal
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from equipoise.conduct.acts import Act
    from equipoise.conduct.authority import Reader

__all__ = ["CopyDoor", "note_checkpoint", "note_copy", "note_cut", "seal_of_copy"]

CopyDoor = Literal["trail", "roles", "casebook", "export", "backup", "keys", "archive"]
"""The doors behind which something is made that is carried away."""


def note_cut(study: Study, name: str, seq: int, head: str) -> list[Receipt]:
    """The receipts, one for the study or for each site whose participants the cut holds. Raises Refusal."""
    reader = study.reader()
    sites = reader.sites()
    places = [None] if sites is None else sorted(sites)
    if study.environment == "rehearsal" and study.named is None:
        for site in places:
            reader.require("cut", site)
        return []
    return _noted(study, reader, (NoteCut(name, seq, head, site) for site in places))


@literals_checked
def note_copy(
    study: Study,
    door: CopyDoor,
    seq: int,
    head: str,
    *,
    digest: str = "",
    arms: str = "hidden",
    participant: str | None = None,
) -> list[Receipt]:
    """Note that a copy as of entry `seq` is given to whoever looks: `digest`, of what is handed out (SHA-256, hex).

    What is made after its note and holds it, as a backup does, has none: the chain hash says what is in it.
    The receipts, one for the study or for each site that the person reads; none in a rehearsal. Raises Refusal.
    """
    if study.environment == "rehearsal":
        return []
    reader = study.reader()
    sites = None if participant is not None else reader.sites(DOORS[door].right)
    places = [None] if sites is None else sorted(sites)
    return _noted(study, reader, (NoteCopy(door, seq, head, arms, digest, participant, site) for site in places))


def seal_of_copy(study: Study) -> dict[str, str]:
    """What a copy's manifest holds so that nobody can reckon its digest, which stands on the ledger, from a guess.

    Whoever knows all of a copy but its arms would else try the arms one after the other. None in a rehearsal.
    """
    return {} if study.environment == "rehearsal" else {"seal": secrets.token_hex(32)}


def note_checkpoint(study: Study, seq: int, head: str, kept: str) -> Receipt | None:
    """Note a checkpoint, and where its copy is kept; None where it cannot be noted, which makes it no worse.

    Raises Refusal for whoever may not sign them.
    """
    if study.environment == "rehearsal" and study.named is None:
        return None
    try:
        return study.desk().perform(NoteCheckpoint(seq, head, kept), as_=study.reader().person)
    except Refusal as refusal:
        if refusal.findings[0].code != "ledger.read_only":
            raise
        return None


def _noted(study: Study, reader: Reader, notes: Iterable[Act]) -> list[Receipt]:
    desk = study.desk()
    try:
        return [desk.perform(note, as_=reader.person) for note in notes]
    except Refusal as refusal:
        if is_running(reader.state) or refusal.findings[0].code != "ledger.read_only":
            raise
        return []
