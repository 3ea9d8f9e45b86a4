"""The tables of a ledger and the triggers that refuse to change it, for SQLite and PostgreSQL.

Payloads stand apart from the chain, so that one can be erased lawfully while the chain still verifies. Triggers stop
accidents and honest mistakes; whoever owns the database can drop them, and verification shows what was done then.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

__all__ = ["FORMAT", "METADATA", "TRIGGERS", "entries", "format_", "heads", "payloads", "projections", "signatures"]

FORMAT: Final = 2
"""The version of this layout; a ledger with a higher one is refused, not guessed at. 1 had no signatures."""

METADATA = MetaData()
_PLAIN: Final[dict[str, Any]] = {"sqlite_with_rowid": False}


def _text(name: str, *, key: bool = False, optional: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=optional)


def _seq() -> Column[int]:
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)


format_ = Table("ledger_format", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))

entries = Table(
    "ledger_entry",
    METADATA,
    _text("study", key=True),
    _seq(),
    *(_text(name) for name in ("kind", "act", "actor", "role")),
    *(_text(name, optional=True) for name in ("site", "participant")),
    *(_text(name) for name in ("at", "payload_hash", "prev_hash", "hash")),
    **_PLAIN,
)
Index("ledger_entry_participant", entries.c.study, entries.c.participant, entries.c.seq)
Index("ledger_entry_kind", entries.c.study, entries.c.kind, entries.c.seq)
Index("ledger_entry_act", entries.c.study, entries.c.act)

payloads = Table(
    "ledger_payload",
    METADATA,
    _text("study", key=True),
    _seq(),
    Column("salt", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    **_PLAIN,
)

heads = Table(
    "ledger_head", METADATA, _text("study", key=True), Column("seq", BigInteger, nullable=False), _text("hash")
)

# Of the last entry of every turn: it covers all before it, because each names the hash of the one before.
signatures = Table(
    "ledger_signature",
    METADATA,
    _text("study", key=True),
    _seq(),
    Column("signature", LargeBinary, nullable=False),
    **_PLAIN,
)

projections = Table(
    "projection",
    METADATA,
    _text("study", key=True),
    _text("name", key=True),
    _text("key", key=True),
    _text("value_json"),
    **_PLAIN,
)


def _sqlite(name: str, when: str, table: str, condition: str, message: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {when} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, 'ledger: {message}'); END"
    )


_ERASED_SQLITE: Final = (
    "NOT EXISTS (SELECT 1 FROM ledger_entry e JOIN ledger_payload p ON p.study = e.study AND p.seq = e.seq "
    "WHERE e.study = OLD.study AND e.kind = 'erased' "
    "AND json_extract(CAST(p.payload AS TEXT), '$.erases') = OLD.seq) "
    "OR EXISTS (SELECT 1 FROM ledger_entry e WHERE e.study = OLD.study AND e.seq = OLD.seq AND e.kind = 'erased')"
)

# INSERT OR REPLACE deletes without asking the DELETE trigger unless recursive_triggers is on in that connection, so
# the INSERT triggers refuse a number that exists. They run before the conflict is resolved.
_SQLITE: Final = (
    _sqlite("ledger_entry_update", "UPDATE", "ledger_entry", "1", "entries are never changed"),
    _sqlite("ledger_entry_delete", "DELETE", "ledger_entry", "1", "entries are never deleted"),
    _sqlite(
        "ledger_entry_insert",
        "INSERT",
        "ledger_entry",
        "NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_entry WHERE study = NEW.study)",
        "an entry follows the last one",
    ),
    _sqlite("ledger_payload_update", "UPDATE", "ledger_payload", "1", "payloads are never changed"),
    _sqlite("ledger_payload_delete", "DELETE", "ledger_payload", _ERASED_SQLITE, "no entry says that it is erased"),
    _sqlite(
        "ledger_payload_insert",
        "INSERT",
        "ledger_payload",
        "EXISTS (SELECT 1 FROM ledger_payload WHERE study = NEW.study AND seq = NEW.seq)",
        "payloads are never changed",
    ),
    _sqlite(
        "ledger_head_update",
        "UPDATE",
        "ledger_head",
        "NEW.seq < OLD.seq OR NEW.study <> OLD.study",
        "a head never goes back",
    ),
    _sqlite("ledger_head_delete", "DELETE", "ledger_head", "1", "a head is never deleted"),
    _sqlite("ledger_signature_update", "UPDATE", "ledger_signature", "1", "signatures are never changed"),
    _sqlite("ledger_signature_delete", "DELETE", "ledger_signature", "1", "signatures are never deleted"),
    _sqlite(
        "ledger_signature_insert",
        "INSERT",
        "ledger_signature",
        "EXISTS (SELECT 1 FROM ledger_signature WHERE study = NEW.study AND seq = NEW.seq)",
        "signatures are never changed",
    ),
)

_REFUSE: Final = """
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'ledger: % of % is refused', lower(TG_OP), TG_TABLE_NAME; END $$
"""
# The canonical form puts `erases` first. It is looked for as text: the planner may look into any payload, of any kind,
# and PostgreSQL's reading of JSON gives up at a null character, which a text may hold.
_ERASABLE: Final = """
CREATE OR REPLACE FUNCTION ledger_erasable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ledger_entry e JOIN ledger_payload p ON p.study = e.study AND p.seq = e.seq
             WHERE e.study = OLD.study AND e.kind = 'erased'
             AND convert_from(p.payload, 'UTF8') ~ ('^[{]"erases":' || OLD.seq || '[,}]'))
     AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.study = OLD.study AND e.seq = OLD.seq AND e.kind = 'erased')
  THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'ledger: no entry says that it is erased';
END $$
"""
# Asked within the statement that inserts, a volatile function sees the rows before its own.
_FOLLOWS: Final = """
CREATE OR REPLACE FUNCTION ledger_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_entry WHERE study = NEW.study)
  THEN RAISE EXCEPTION 'ledger: an entry follows the last one'; END IF;
  RETURN NEW;
END $$
"""
_ONWARD: Final = """
CREATE OR REPLACE FUNCTION ledger_onward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq < OLD.seq OR NEW.study <> OLD.study THEN RAISE EXCEPTION 'ledger: a head never goes back'; END IF;
  RETURN NEW;
END $$
"""


def _postgres(name: str, when: str, table: str, *, each: str = "STATEMENT", does: str = "ledger_refuse") -> str:
    return f"CREATE OR REPLACE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {does}()"


_POSTGRES: Final = (
    _REFUSE,
    _ERASABLE,
    _FOLLOWS,
    _ONWARD,
    _postgres("ledger_entry_keep", "UPDATE OR DELETE OR TRUNCATE", "ledger_entry"),
    _postgres("ledger_payload_keep", "UPDATE OR TRUNCATE", "ledger_payload"),
    _postgres("ledger_payload_erase", "DELETE", "ledger_payload", each="ROW", does="ledger_erasable"),
    _postgres("ledger_head_keep", "DELETE OR TRUNCATE", "ledger_head"),
    _postgres("ledger_entry_follows", "INSERT", "ledger_entry", each="ROW", does="ledger_follows"),
    _postgres("ledger_head_onward", "UPDATE", "ledger_head", each="ROW", does="ledger_onward"),
    _postgres("ledger_signature_keep", "UPDATE OR DELETE OR TRUNCATE", "ledger_signature"),
)

TRIGGERS: Final = {"sqlite": _SQLITE, "postgresql": _POSTGRES}
