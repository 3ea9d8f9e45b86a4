"""The statements of the SQL store: its writer, its queries, its connections. Imported at the first use of a ledger.

What is appended waits in the writer until somebody asks for it or the transaction ends, so that a whole file of data
costs a few statements. Refuses to know when a transaction begins and ends: that is the store's duty.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    delete,
    event,
    insert,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, OperationalError

from equipoise.canonical import canonical_bytes, read_json
from equipoise.findings import Where
from equipoise.ledger.chain import Link, Salts, bind, check_free, entry_of
from equipoise.ledger.entry import REFUSED, UNSET, Entry, Fact, Head, Stamp, Unset
from equipoise.ledger.signing import Signer
from equipoise.ledger.sql_queries import SELECT_ACT, select_links, select_projection
from equipoise.ledger.tables import (
    FORMAT,
    METADATA,
    TRIGGERS,
    entries,
    format_,
    heads,
    payloads,
    projections,
    signatures,
)
from equipoise.ledger.trouble import plainly
from equipoise.ledger.words import refuse, unreadable

__all__ = [
    "SqlWriter",
    "lock_head",
    "make_engine",
    "prepare",
    "read_head",
    "read_signatures",
    "take_in",
    "take_up",
]

_MOST_WAITING = 1000


def make_engine(path: Path | None, url: str, seconds: float) -> Engine:
    """Connections as the ledger needs them; nothing is opened yet."""
    if path is None:
        try:
            # Set here, whatever the account's default is: under `serializable` those who wait for their turn would be
            # refused when it comes, and one writer at a time needs no more than this.
            level: Any = "READ COMMITTED"
            options = {"max_overflow": 20, "pool_timeout": seconds, "pool_pre_ping": True}
            return create_engine(url, isolation_level=level, **options)
        except (ArgumentError, ValueError):
            unreadable("ledger.bad_url", Where("postgresql://..."))
    engine = create_engine(_place(path), isolation_level="AUTOCOMMIT", max_overflow=-1)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        patience, safety = f"busy_timeout={int(seconds * 1000)}", ("synchronous=FULL", "recursive_triggers=ON")
        for pragma in (patience, *safety, "secure_delete=ON", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _place(path: Path) -> URL:
    """How SQLite opens the file: to read alone where nothing may be written, or reading would want files beside it.

    Without its write-ahead log a file is whole, and is read as one that does not change. With a log that holds entries
    it is not: then SQLite reads the log, or says that it cannot.
    """
    if not path.is_file() or _may_write(path):
        # As a part of its own: in a path, ? and % are letters like any other.
        return URL.create("sqlite", database=str(path))
    log = path.with_name(f"{path.name}-wal")
    whole = {} if log.is_file() and log.stat().st_size else {"immutable": "1"}
    return URL.create("sqlite", database=path.absolute().as_uri(), query={"uri": "true", "mode": "ro", **whole})


def _may_write(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    beside = [path.with_name(f"{path.name}-{end}") for end in ("wal", "shm")]
    wanted = [path, *(beside if all(file.is_file() for file in beside) else [path.parent])]
    return all(os.access(one, os.W_OK, effective_ids=effective) for one in wanted)


def prepare(engine: Engine, name: str, *, create: bool, seconds: float) -> int:
    """Make the tables when there are none; returns the version of the layout.

    Raises Unreadable for one that is newer than this software, and where no version stands beside the tables.
    """
    with plainly(name), engine.connect() as connection:
        found = _format(connection)
        if found is None and not create:
            unreadable("ledger.empty", Where(name))
        if found is None and engine.dialect.name == "sqlite":
            _make_sqlite(connection, seconds)
        elif found is None:
            _make_postgresql(connection)
        if found == 0:
            unreadable("ledger.no_version", Where(name))
        if (found or 0) > FORMAT:
            unreadable("ledger.newer", Where(name), found=found, known=FORMAT)
    return FORMAT if found is None else found


def take_up(connection: Connection) -> None:
    """Bring the tables of an older layout to this one, in the open transaction."""
    _make_tables(connection)
    connection.execute(delete(format_))
    connection.execute(insert(format_).values(version=FORMAT))


def _format(connection: Connection) -> int | None:
    table = "sqlite_master" if connection.dialect.name == "sqlite" else "pg_tables"
    column = "name" if table == "sqlite_master" else "schemaname = ANY (current_schemas(false)) AND tablename"
    there = connection.execute(text(f"SELECT 1 FROM {table} WHERE {column} = 'ledger_format'")).first()
    version = connection.execute(select(format_.c.version)).scalar() or 0 if there else None
    connection.rollback()
    return version


def _make_sqlite(connection: Connection, seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:  # the change to a write-ahead log does not wait for its turn by itself
        try:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL").fetchall()
            break
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    _make_tables(connection)
    connection.exec_driver_sql("COMMIT")


def _make_postgresql(connection: Connection) -> None:
    with connection.begin():
        # Two that open a new ledger at once would both create; the number only has to be ours.
        connection.execute(text("SELECT pg_advisory_xact_lock(7166046231)"))
        _make_tables(connection)


def _make_tables(connection: Connection) -> None:
    METADATA.create_all(connection)
    for statement in TRIGGERS[connection.dialect.name]:
        connection.exec_driver_sql(statement.replace("%", "%%") if connection.dialect.name != "sqlite" else statement)
    if connection.execute(select(format_.c.version)).scalar() is None:
        connection.execute(insert(format_).values(version=FORMAT))


def _upsert(connection: Connection, table: Any) -> Any:
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)


def read_head(connection: Connection, study: str) -> Head:
    """The head as the ledger keeps it."""
    found = connection.execute(select(heads.c.seq, heads.c.hash).where(heads.c.study == study)).first()
    return Head(*found) if found else Head()


def read_signatures(connection: Connection, study: str, seq: int | None = None) -> list[tuple[int, bytes]]:
    """Number and signature, the newest first; of one entry alone where its number is given."""
    chosen = select(signatures.c.seq, signatures.c.signature).where(signatures.c.study == study)
    if seq is not None:
        chosen = chosen.where(signatures.c.seq == seq)
    return [(number, bytes(said)) for number, said in connection.execute(chosen.order_by(signatures.c.seq.desc()))]


def lock_head(connection: Connection, study: str, seconds: float) -> Head:
    """Take the study's turn inside the open transaction; raises Refusal when the head is not the last entry."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(seconds * 1000)}ms'")
        new = _upsert(connection, heads).values(study=study, seq=0, hash=Head().hash).on_conflict_do_nothing()
        connection.execute(new)
        connection.execute(select(heads.c.seq).where(heads.c.study == study).with_for_update())
    head = read_head(connection, study)
    last = select(entries.c.seq, entries.c.hash).where(entries.c.study == study).order_by(entries.c.seq.desc()).limit(1)
    found = connection.execute(last).first()
    if head != (Head(*found) if found else Head()):
        refuse("ledger.head_differs/writing", study, seq=head.seq)
    return head


_IS_SENT = f"SELECT 1 FROM {entries.name} WHERE study = ? AND act = ? LIMIT 1"


def take_in(connection: Connection, study: str, links: Iterable[Link], signed: Iterable[tuple[int, bytes]]) -> Head:
    """The whole ledger of a study that is not here, in the open transaction, in portions; its head."""
    head, waiting = Head(), list[Link]()
    for link in links:
        waiting.append(link)
        head = Head(link.seq, link.hash)
        if len(waiting) >= _MOST_WAITING:
            _send(connection, study, waiting, head)
            waiting.clear()
    if waiting:
        _send(connection, study, waiting, head)
    if rows := [{"study": study, "seq": seq, "signature": signature} for seq, signature in signed]:
        connection.execute(insert(signatures), rows)
    return head


def _send(connection: Connection, study: str, links: Sequence[Link], head: Head) -> None:
    rows = [{"study": study, **link._asdict()} for link in links]
    connection.execute(insert(entries), [{k: row[k] for k in entries.c.keys()} for row in rows])  # noqa: SIM118
    said = [{k: row[k] for k in payloads.c.keys()} for row in rows if row["payload"] is not None]  # noqa: SIM118
    if said:  # what was erased has none
        connection.execute(insert(payloads), said)
    values = {"seq": head.seq, "hash": head.hash}
    new = _upsert(connection, heads).values(study=study, **values)
    connection.execute(new.on_conflict_do_update(index_elements=["study"], set_=values))


class SqlWriter:
    """See `Writer`."""

    def __init__(self, connection: Connection, study: str, head: Head, salts: Salts, name: str) -> None:
        self._connection, self._study, self._salts, self._name = connection, study, salts, name
        self.head = self._flushed = head
        self._own: set[str] = set()
        self._waiting: list[Link] = []
        self._by_act: dict[str, list[Link]] = {}
        self._free: str | None = None
        self.removed = False
        self._puts: dict[tuple[str, str], str | None] = {}

    def append(self, stamp: Stamp, facts: Sequence[Fact]) -> list[Entry]:
        links = bind(self._study, self.head, stamp, facts, self._salts)
        if stamp.act not in self._own and any(link.kind != REFUSED for link in links):
            taken = self._free != stamp.act and any(entry.kind != REFUSED for entry in self.find_act(stamp.act))
            check_free(taken, self._study, stamp.act)
            self._own.add(stamp.act)
        if links:
            self._waiting += links
            self._by_act.setdefault(stamp.act, []).extend(links)
            self.head = Head(links[-1].seq, links[-1].hash)
        if len(self._waiting) >= _MOST_WAITING:
            self.flush()
        return [entry_of(self._study, link) for link in links]

    def read(
        self,
        *,
        after: int = 0,
        upto: int | None = None,
        participant: str | Unset | None = UNSET,
        kinds: Collection[str] | None = None,
    ) -> Iterator[Entry]:
        self.flush()
        last = self.head.seq if upto is None else min(upto, self.head.seq)
        chosen = self._connection.execute(select_links(self._study, after, last, participant, kinds))
        return (entry_of(self._study, link) for link in chosen)

    def find_act(self, act: str) -> list[Entry]:
        # What waits is looked up here: sent act by act, a batch of acts would lose its speed.
        sent = self._connection.execute(SELECT_ACT, {"study": self._study, "act": act}) if self._is_sent(act) else ()
        found = [entry_of(self._study, link) for link in (*sent, *self._by_act.get(act, ()))]
        # Nobody else writes in this turn, so what is free now needs not be asked for again.
        self._free = None if any(entry.kind != REFUSED for entry in found) else act
        return found

    def _is_sent(self, act: str) -> bool:
        """Whether the database may hold entries of that act.

        Nearly every act is new, and asked plainly the answer costs a tenth of what a statement of SQLAlchemy does.
        """
        driver: Any = self._connection.connection.driver_connection
        if self._connection.dialect.name != "sqlite":
            return True
        try:
            return driver.execute(_IS_SENT, (self._study, act)).fetchone() is not None
        except sqlite3.Error:  # the whole statement tells it as it is told elsewhere
            return True

    def put(self, name: str, key: str, value: Any | None) -> None:
        self._puts[name, key] = None if value is None else canonical_bytes(value).decode()

    def projection(self, name: str) -> dict[str, Any]:
        self.flush()
        found = self._connection.execute(select_projection(self._study, name))
        return {key: read_json(value) for key, value in found}

    def projected(self, name: str, key: str) -> Any | None:
        self.flush()
        found = self._connection.execute(select_projection(self._study, name, key)).first()
        return None if found is None else read_json(found[1])

    def forget_projections(self) -> None:
        """Remove every projection of the study."""
        self._puts.clear()
        self._connection.execute(delete(projections).where(projections.c.study == self._study))

    def remove_payload(self, seq: int) -> None:
        """Remove payload and salt of an entry that an `erased` entry names; the triggers refuse any other."""
        self.flush()
        self.removed = True
        chosen = delete(payloads).where(payloads.c.study == self._study, payloads.c.seq == seq)
        self._connection.execute(chosen)

    def sign(self, signer: Signer) -> None:
        """Send what waits, and sign the last entry."""
        self.flush()
        said = {"study": self._study, "seq": self.head.seq, "signature": signer.sign(self._study, self.head)}
        with plainly(self._name):
            self._connection.execute(insert(signatures), said)

    def hash_at(self, seq: int) -> str | None:
        """The hash of an entry; None where there is none."""
        chosen = select(entries.c.hash).where(entries.c.study == self._study, entries.c.seq == seq)
        return self._connection.execute(chosen).scalar()

    def flush(self) -> None:
        """Send what waits to the database."""
        with plainly(self._name):
            if self._waiting:
                self._send_links()
            if self._puts:
                self._send_puts()

    def _send_links(self) -> None:
        _send(self._connection, self._study, self._waiting, self.head)
        self._waiting.clear()
        self._by_act.clear()

    def _send_puts(self) -> None:
        keys = [
            {"study": self._study, "name": name, "key": key, "value_json": value}
            for (name, key), value in self._puts.items()
        ]
        gone = [row for row in keys if row["value_json"] is None]
        kept = [row for row in keys if row["value_json"] is not None]
        if gone:
            chosen = delete(projections).where(
                *(projections.c[name] == text(f":{name}") for name in ("study", "name", "key"))
            )
            self._connection.execute(chosen, gone)
        if kept:
            new = _upsert(self._connection, projections)
            new = new.on_conflict_do_update(
                index_elements=["study", "name", "key"], set_={"value_json": new.excluded.value_json}
            )
            self._connection.execute(new, kept)
        self._puts.clear()
