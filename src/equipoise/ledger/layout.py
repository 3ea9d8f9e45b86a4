"""Are the tables, indexes and triggers of a ledger those that this software made? And does the database hold together?

Triggers stop accidents; whoever owns the database can drop them, or add one that changes what is written. So what is
there is held against what belongs there, statement by statement. Refuses to know what the tables hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex

from equipoise.findings import Finding, Where
from equipoise.ledger.tables import METADATA, TRIGGERS
from equipoise.ledger.words import TABLE, finding

__all__ = ["check_integrity", "check_layout"]

Found = dict[tuple[str, str], str]
_LATER: Final = frozenset({"ledger_signature"})
"""Tables that the first layout had not."""
_MOST: Final = 10
_FUNCTION: Final = re.compile(r"FUNCTION (\w+)\(\).*?\$\$(.*)\$\$", re.DOTALL)
_TRIGGER: Final = re.compile(r"TRIGGER (\w+) (BEFORE .*? ON (\w+) FOR EACH \w+ EXECUTE FUNCTION \w+\(\))")


def check_layout(connection: Connection, name: str, version: int) -> list[Finding]:
    """What is missing, changed, or should not be there: tables, indexes, triggers, and what triggers do."""
    ours = _in_sqlite if connection.dialect.name == "sqlite" else _in_postgresql
    wanted, have = ours(connection)
    if version < 2:
        wanted = {key: said for key, said in wanted.items() if not any(later in key[1] for later in _LATER)}
        wanted |= {key: said for key, said in have.items() if any(later in key[1] for later in _LATER)}
        if connection.dialect.name != "sqlite":  # two guards came with the second layout
            wanted = {key: said for key, said in wanted.items() if key in have or key[0] in ("table", "index")}
    return _differences(wanted, have, name)


def _differences(
    wanted: Mapping[tuple[str, str], str], have: Mapping[tuple[str, str], str], name: str
) -> list[Finding]:
    found = []
    for kind, what in sorted(wanted.keys() | have.keys()):
        key = (kind, what)
        if key not in have:
            found.append(finding("ledger.layout", Where(name), kind=_kind(kind), name=what))
        elif key not in wanted:
            found.append(finding("ledger.layout/strange", Where(name), kind=_kind(kind), name=what))
        elif wanted[key] != have[key]:
            found.append(finding("ledger.layout/changed", Where(name), kind=_kind(kind), name=what))
    return found


def _kind(kind: str) -> object:
    return TABLE.phrase(f"layout.{kind}")


def _plain(statement: str | None) -> str:
    """A statement without what has no meaning: its spaces, and whether it asked first if there was one."""
    return re.sub(r"\s+", " ", (statement or "").replace("IF NOT EXISTS ", "")).strip()


def _in_sqlite(connection: Connection) -> tuple[Found, Found]:
    return dict(_fresh_sqlite()), _look_at_sqlite(connection)


def _look_at_sqlite(connection: Connection) -> Found:
    tables = {table.name for table in METADATA.sorted_tables}
    rows = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master")).all()
    return {
        (str(kind), str(name)): _plain(sql)
        for kind, name, table, sql in rows
        if table in tables and not str(name).startswith("sqlite_autoindex_")
    }


@cache
def _fresh_sqlite() -> Found:
    """What stands in a database that was made a moment ago, in memory."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        METADATA.create_all(connection)
        for statement in TRIGGERS["sqlite"]:
            connection.exec_driver_sql(statement)
        found = _look_at_sqlite(connection)
    engine.dispose()
    return found


def _in_postgresql(connection: Connection) -> tuple[Found, Found]:
    names = [table.name for table in METADATA.sorted_tables]
    said = "c.relname = ANY (:names) AND n.nspname = ANY (current_schemas(false))"
    of = "JOIN pg_class c ON c.oid = {} JOIN pg_namespace n ON n.oid = c.relnamespace"
    have: Found = {}
    given = {"names": names}
    rows = connection.execute(text(f"SELECT relname FROM pg_class c {_NAMESPACE} WHERE {said}"), given)
    have |= {("table", str(name)): "" for (name,) in rows}
    rows = connection.execute(
        text(
            f"SELECT i.relname, pg_get_indexdef(x.indexrelid), x.indisvalid FROM pg_index x {of.format('x.indrelid')} "
            f"JOIN pg_class i ON i.oid = x.indexrelid WHERE {said} AND NOT x.indisprimary"
        ),
        given,
    )
    have |= {("index", str(name)): _columns(sql) + ("" if valid else " invalid") for name, sql, valid in rows}
    rows = connection.execute(
        text(
            f"SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled::text FROM pg_trigger t {of.format('t.tgrelid')} "
            f"WHERE {said} AND NOT t.tgisinternal"
        ),
        given,
    )
    have |= {("trigger", str(name)): _trigger(sql) + ("" if on == "O" else f" {on}") for name, sql, on in rows}
    rows = connection.execute(
        text(f"SELECT r.rulename FROM pg_rewrite r {of.format('r.ev_class')} WHERE {said}"), given
    )
    have |= {("rule", str(name)): "" for (name,) in rows}
    functions = {match[1]: match[2] for one in TRIGGERS["postgresql"] if (match := _FUNCTION.search(one))}
    rows = connection.execute(
        text(
            "SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE p.proname = ANY (:names) AND n.nspname = ANY (current_schemas(false))"
        ),
        {"names": list(functions)},
    )
    have |= {("function", str(name)): _plain(source) for name, source in rows}
    wanted: Found = {("table", name): "" for name in names}
    for table in METADATA.sorted_tables:
        for index in table.indexes:
            statement = str(CreateIndex(index).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
            wanted["index", str(index.name)] = _columns(statement)
    wanted |= {("function", name): _plain(source) for name, source in functions.items()}
    for one in TRIGGERS["postgresql"]:
        if match := _TRIGGER.search(one):
            wanted["trigger", match[1]] = _trigger(one)
    return wanted, have


_NAMESPACE: Final = "JOIN pg_namespace n ON n.oid = c.relnamespace"


def _columns(statement: str) -> str:
    """What an index holds, however the statement was spelled."""
    return _plain(statement.rpartition("(")[2].rstrip(") "))


def _trigger(statement: str) -> str:
    """When a trigger acts, on what and how, in the order in which PostgreSQL tells it."""
    match = _TRIGGER.search(_plain(statement).replace("public.", ""))
    if match is None:
        return _plain(statement)
    when, _, rest = match[2].removeprefix("BEFORE ").partition(" ON ")
    return f"{sorted(when.split(' OR '))} {rest}"


def check_integrity(connection: Connection, name: str) -> list[Finding]:
    """What the database finds when it looks at itself: pages, order, and indexes that do not tell what the tables do.

    PostgreSQL looks at its indexes where its own extension for that (amcheck) was installed.
    """
    if connection.dialect.name == "sqlite":
        said = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})")]
        wrong = [line for one in said for line in one.splitlines() if line not in ("ok", "*** in database main ***")]
    else:
        wrong = _looked_at_by_postgresql(connection)
    return [finding("ledger.damaged/inside", Where(name), said=one[:200]) for one in wrong[:_MOST]]


def _looked_at_by_postgresql(connection: Connection) -> list[str]:
    there = connection.execute(text("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'")).first()
    if there is None:
        return []
    names = [table.name for table in METADATA.sorted_tables]
    asked = (
        "SELECT bt_index_check(x.indexrelid, true) FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid "
        f"{_NAMESPACE} WHERE c.relname = ANY (:names) AND n.nspname = ANY (current_schemas(false))"
    )
    try:
        connection.execute(text(asked), {"names": names}).all()
    except DBAPIError as error:
        connection.rollback()
        return [str(error.orig).strip().split("\n")[0]]
    return []
