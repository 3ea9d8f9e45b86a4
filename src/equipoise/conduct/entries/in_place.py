"""What was kept of a form of which an item was erased, read in the place of the entry whose payload is gone.

So whoever reads entries sees the same form, recorded by the same person at the same time, with one value less; the
corrections of the other values, and everything that names the entry by its number, stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.records import RECORD_KEPT

if TYPE_CHECKING:
    from equipoise.ledger import Entry, Store

__all__ = ["Kept", "in_place", "kept_in", "kept_of"]

Kept = Mapping[int, Mapping[str, Any]]
"""Number of the erased entry to what it says still."""


def kept_of(entries: Iterable[Entry]) -> Kept:
    """What these entries keep; of a form of which several items were erased one after another, what is left."""
    return {
        entry.payload["record"]: entry.payload["said"]
        for entry in entries
        if entry.kind == RECORD_KEPT.name and entry.payload is not None
    }


def kept_in(store: Store, study: str) -> Kept:
    """What a whole ledger keeps; asked of its few entries of this kind alone."""
    return kept_of(store.read(study, kinds=(RECORD_KEPT.name,)))


def in_place(entries: Iterable[Entry], kept: Kept) -> Iterator[Entry]:
    """The entries in their order, with what is kept in the place of what was erased."""
    for entry in entries:
        if entry.payload is None and entry.seq in kept:
            yield replace(entry, payload=dict(kept[entry.seq]))
        else:
            yield entry
