"""A ledger in SQLite or PostgreSQL: what is committed survives a power cut, and two writers never share a number.

SQLite: write-ahead log, synchronous=FULL, BEGIN IMMEDIATE. PostgreSQL: the study's `ledger_head` row is locked while
somebody writes. SQLAlchemy is imported at the first use, so that opening a study costs nothing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from equipoise.canonical import read_json
from equipoise.findings import Finding, Refusal, Where
from equipoise.ledger.address import read_address
from equipoise.ledger.chain import Link, Salts, entry_of, erasure_of, random_salt
from equipoise.ledger.entry import UNSET, Entry, Head, Stamp, Unset
from equipoise.ledger.signing import Signer
from equipoise.ledger.store import PayloadRow
from equipoise.ledger.trouble import plainly, trouble
from equipoise.ledger.turn import check_turn
from equipoise.ledger.witness import Witness
from equipoise.ledger.words import refuse, unreadable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from equipoise.ledger.sql_writer import SqlWriter

__all__ = ["SqlStore"]


class SqlStore:
    """See `Store`. `where` is a path (SQLite) or a URL; `salts` gives 16 bytes per entry.

    With a `signer` every turn is signed, and nobody builds on a head that is not; with a `witness`, nobody on an older
    one than was seen.
    Raises Unreadable when the file is no SQLite database, or is missing and `create` is false.
    """

    def __init__(
        self,
        where: str | Path,
        *,
        salts: Salts | None = None,
        create: bool = True,
        lock_seconds: float = 60.0,
        signer: Signer | None = None,
    ) -> None:
        self.signer = signer
        self.witness: Witness | None = None
        self._salts: Salts = salts or random_salt
        self._seconds = lock_seconds
        self._create = create
        self._opening = threading.Lock()
        self._engine: Engine | None = None
        self._pid = self._format = 0
        self._own: dict[str, Head] = {}
        text = str(where)
        self._path: Path | None = None
        if "://" not in text:
            self._path = Path(text)
        elif text.startswith("sqlite"):
            self._path = Path(text.partition(":///")[2])
        self._url, self.name = ("", str(self._path)) if self._path else read_address(text)
        if self._path:
            _look_at(self._path, create)

    def head(self, study: str) -> Head:
        from equipoise.ledger.sql_writer import read_head

        with self._reading() as connection:
            return read_head(connection, study)

    def read(
        self,
        study: str,
        *,
        after: int = 0,
        upto: int | None = None,
        participant: str | Unset | None = UNSET,
        kinds: Collection[str] | None = None,
    ) -> Iterator[Entry]:
        from equipoise.ledger.sql_queries import select_links, stream

        with self._reading() as connection:
            for link in stream(connection, select_links(study, after, upto, participant, kinds)):
                yield entry_of(study, link)

    def find_act(self, study: str, act: str) -> list[Entry]:
        from equipoise.ledger.sql_queries import select_act

        with self._reading() as connection:
            return [entry_of(study, link) for link in connection.execute(select_act(study, act))]

    @contextmanager
    def writing(self, study: str) -> Iterator[SqlWriter]:
        from equipoise.ledger.sql_writer import SqlWriter, lock_head, read_signatures, take_up
        from equipoise.ledger.tables import FORMAT

        with plainly(self.name, writing=True), self._open().connect() as connection, self._transaction(connection):
            head = lock_head(connection, study, self._seconds)
            writer = SqlWriter(connection, study, head, self._salts, self.name)
            if self._format < FORMAT:
                take_up(connection)
            if head != self._own.get(study):  # what this process wrote itself it needs not look at again
                signature = next(iter(read_signatures(connection, study, head.seq)), (0, None))[1]
                check_turn(study, head, signature, self.signer, self.witness, writer.hash_at)
            yield writer
            if self.signer is not None and writer.head != head:
                writer.sign(self.signer)
            writer.flush()
        self._format = FORMAT
        self._own[study] = writer.head
        if self.witness is not None and writer.head != head:
            self.witness.saw(writer.head)
        if writer.removed and self._path is not None:
            # The erased bytes still stand in the write-ahead log; a reader may keep it for now, the next erasure not.
            with suppress(Refusal), self._reading() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _transaction(self, connection: Connection) -> Iterator[None]:
        if self._path is None:
            with connection.begin():
                yield
            return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            # SQLite may have rolled back by itself (disk full); what was raised says more than a second complaint.
            with suppress(Exception):
                connection.exec_driver_sql("ROLLBACK")
            raise

    def erase(self, study: str, seq: int, stamp: Stamp, reason: str) -> Entry:
        with self.writing(study) as writer:
            found = next(writer.read(after=seq - 1, upto=seq), None) if seq > 0 else None
            entry = writer.append(stamp, [erasure_of(study, seq, found, reason)])[0]
            writer.remove_payload(seq)
        return entry

    def rows(
        self, study: str, *, upto: int | None = None, kinds: Collection[str] | None = None
    ) -> Iterable[PayloadRow]:
        from equipoise.ledger.sql_queries import select_rows, stream

        with self._reading() as connection:
            for partition in stream(connection, select_rows(study, upto, kinds)).partitions():
                yield from cast("Sequence[PayloadRow]", partition)

    def numbered(self, study: str, numbers: Collection[int]) -> Iterator[Entry]:
        from equipoise.ledger.sql_queries import in_portions, select_numbered

        with self._reading() as connection:
            for portion in in_portions(sorted(set(numbers))):
                for link in connection.execute(select_numbered(study, portion)):
                    yield entry_of(study, link)

    def links(self, study: str) -> Iterable[Link]:
        from equipoise.ledger.sql_queries import select_links, stream

        with self._reading() as connection:
            for partition in stream(connection, select_links(study, 0, None, UNSET, None)).partitions():
                yield from cast("Sequence[Link]", partition)

    def signatures(self, study: str, seq: int | None = None) -> list[tuple[int, bytes]]:
        from equipoise.ledger.sql_writer import read_signatures

        with self._reading() as connection:
            # The first layout had none; a table that is gone is told by whoever compares the layout.
            return read_signatures(connection, study, seq) if _has_signatures(connection) else []

    def layout(self) -> list[Finding]:
        from equipoise.ledger.layout import check_layout

        with self._reading() as connection:
            return check_layout(connection, self.name, self._format)

    def integrity(self) -> list[Finding]:
        from equipoise.ledger.layout import check_integrity

        with self._reading() as connection:
            return check_integrity(connection, self.name)

    def projection(self, study: str, name: str) -> dict[str, Any]:
        from equipoise.ledger.sql_queries import select_projection

        with self._reading() as connection:
            return {key: read_json(value) for key, value in connection.execute(select_projection(study, name))}

    def projected(self, study: str, name: str, key: str) -> Any | None:
        from equipoise.ledger.sql_queries import select_projection

        with self._reading() as connection:
            found = connection.execute(select_projection(study, name, key)).first()
            return None if found is None else read_json(found[1])

    def lines(self, study: str, name: str, keys: Collection[str]) -> dict[str, str]:
        from equipoise.ledger.sql_queries import in_portions, select_lines

        found: dict[str, str] = {}
        with self._reading() as connection:
            for portion in in_portions(list(keys)):
                found.update((key, line) for key, line in connection.execute(select_lines(study, name, portion)))
        return found

    def count(self, study: str, name: str) -> int:
        from equipoise.ledger.sql_queries import count_projection

        with self._reading() as connection:
            return count_projection(connection, study, name)

    def rebuild(self, study: str, projected: Mapping[str, Mapping[str, Any]]) -> None:
        with self.writing(study) as writer:
            writer.forget_projections()
            for name, values in projected.items():
                for key, value in values.items():
                    writer.put(name, key, value)

    def take_in(self, study: str, links: Iterable[Link], signatures: Iterable[tuple[int, bytes]]) -> Head:
        from equipoise.ledger.sql_writer import lock_head, take_in, take_up
        from equipoise.ledger.tables import FORMAT

        with plainly(self.name, writing=True), self._open().connect() as connection, self._transaction(connection):
            head = lock_head(connection, study, self._seconds)
            if head.seq:
                refuse("ledger.taken", study, study=study, entries=head.seq)
            if self._format < FORMAT:
                take_up(connection)
            head = take_in(connection, study, links, signatures)
        self._format = FORMAT
        return head

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose(close=self._pid == os.getpid())
            self._engine = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with plainly(self.name), self._open().connect() as connection:
            yield connection

    def _open(self) -> Engine:
        """The engine of this process: connections must not cross a fork, so a child makes its own."""
        if self._engine is not None and self._pid == os.getpid():
            return self._engine
        with self._opening:
            if self._engine is None or self._pid != os.getpid():
                from equipoise.ledger.sql_writer import make_engine, prepare

                engine = make_engine(self._path, self._url, self._seconds)
                self._format = prepare(engine, self.name, create=self._create, seconds=self._seconds)
                self._engine, self._pid = engine, os.getpid()
            return self._engine


def _has_signatures(connection: Connection) -> bool:
    from sqlalchemy import inspect

    return inspect(connection).has_table("ledger_signature")


def _look_at(path: Path, create: bool) -> None:
    """Say at once what needs no database to be seen."""
    try:
        if path.is_dir() or (create and not path.parent.is_dir()):
            raise trouble(str(path), "unable to open database file")
        with path.open("rb") as file:
            begin = file.read(16)
    except FileNotFoundError:
        if create:
            return
        unreadable("ledger.missing", Where(str(path)))
    except OSError:
        raise trouble(str(path), "unable to open database file") from None
    if begin and begin != b"SQLite format 3\x00":
        raise trouble(str(path), "file is not a database")
