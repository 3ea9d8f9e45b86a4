"""Opening a ledger wherever it is kept: in memory, in a file, on a server. Stands above the stores."""

from __future__ import annotations

from pathlib import Path

from equipoise.ledger.chain import random_salt, repeatable_salt
from equipoise.ledger.memory_store import MemoryStore
from equipoise.ledger.signing import Signer
from equipoise.ledger.sql_store import SqlStore
from equipoise.ledger.store import Store

__all__ = ["open_store"]


def open_store(
    where: str | Path, *, create: bool = True, repeatable: bool = False, signer: Signer | None = None
) -> Store:
    """Open a ledger: a path (SQLite), a `sqlite:///` or `postgresql://` URL, or `:memory:`.

    `signer` signs what is written. `repeatable`: its salts follow from the entries before, for rehearsals alone.
    Raises Unreadable when a file is no ledger, or when it is missing and `create` is false.
    """
    salts = repeatable_salt if repeatable else random_salt
    if str(where) == ":memory:":
        return MemoryStore(salts=salts, signer=signer)
    return SqlStore(where, salts=salts, create=create, signer=signer)
