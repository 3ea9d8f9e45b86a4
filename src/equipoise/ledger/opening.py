"""Opening a ledger wherever it is kept: in memory, in a file, on a server. Stands above the stores."""

from __future__ import annotations

from pathlib import Path

from equipoise.ledger.memory_store import MemoryStore
from equipoise.ledger.sql_store import SqlStore
from equipoise.ledger.store import Store

__all__ = ["open_store"]


def open_store(where: str | Path, *, create: bool = True) -> Store:
    """Open a ledger: a path (SQLite), a `sqlite:///` or `postgresql://` URL, or `:memory:`.

    Raises Unreadable when a file is no ledger, or when it is missing and `create` is false.
    """
    return MemoryStore() if str(where) == ":memory:" else SqlStore(where, create=create)
