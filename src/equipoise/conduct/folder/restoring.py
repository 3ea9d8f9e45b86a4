"""Going on from a ledger that is older than one that was seen: refused until somebody says why, on the ledger."""

from __future__ import annotations

from pathlib import Path

from equipoise.conduct.acts import AcceptRestored
from equipoise.conduct.folder.study import open_study
from equipoise.conduct.folder.words import refuse
from equipoise.conduct.replay.receipt import Receipt

__all__ = ["accept_restored"]


def accept_restored(folder: str | Path, *, as_: str, reason: str, act_id: str | None = None) -> Receipt:
    """Enter that the study goes on from the ledger as it lies here. Raises Refusal; then nothing changed.

    What was seen before counts no more, here and in every copy of this account; the entry says what it was.
    """
    study = open_study(folder, older=True)
    witness = study.store.witness
    seen = None if witness is None else witness.anywhere()
    if witness is None or seen is None:
        refuse("study.nothing_restored", study.id)
    study.store.witness = None
    try:
        act = AcceptRestored(seen.head.seq, seen.head.hash, seen.at, seen.place, reason)
        receipt = study.desk().perform(act, as_=as_, act_id=act_id)
        witness.accept(study.store.head(study.id))
    finally:
        study.store.witness = witness
    return receipt
