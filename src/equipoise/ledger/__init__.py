"""The ledger: an append-only, hash-chained record per study, in memory, SQLite or PostgreSQL.

Tamper-evident, not tamper-proof: what a checkpoint kept elsewhere proves, the database's owner cannot undo.
"""

from equipoise.ledger.entry import UNSET, Entry, Fact, Head, Stamp
from equipoise.ledger.memory_store import MemoryStore
from equipoise.ledger.opening import open_store
from equipoise.ledger.sql_store import SqlStore
from equipoise.ledger.store import Store, Writer

__all__ = ["UNSET", "Entry", "Fact", "Head", "MemoryStore", "SqlStore", "Stamp", "Store", "Writer", "open_store"]
