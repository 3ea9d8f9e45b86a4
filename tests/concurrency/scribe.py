"""A scribe: a process that appends act after act until it is done or killed, and notes the receipt of each in a file.

A receipt is noted only after the store has promised the act, in one write, so a killed scribe never claims too much.
Started from a server that has imported everything already (`multiprocessing`, forkserver), so that many can be killed.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from equipoise.findings import Refusal
from equipoise.ledger import Fact, SqlStore, Stamp
from equipoise.ledger import sql_writer as writing

STUDY = "TRIAL"
AT = "2026-01-31T09:30:00.000Z"
SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["tests.concurrency.scribe", "equipoise.conduct.folder.study", "psycopg"])


def size_of(number: int) -> int:
    """How many entries an act of that number appends."""
    return number % 9 + 1


class Careless(SqlStore):
    """A store that forgot the transaction: every statement is kept by itself."""

    @contextmanager
    def _transaction(self, connection: Any) -> Any:
        yield


class Together(SqlStore):
    """A store that forgot the turn: on PostgreSQL nobody's row is locked, so that all may write at once."""

    @contextmanager
    def writing(self, study: str) -> Any:
        kept, writing.lock_head = writing.lock_head, lambda connection, name, _: writing.read_head(connection, name)
        try:
            with super().writing(study) as writer:
                time.sleep(0.003)  # between the head that was read and what is built on it the other comes, every time
                yield writer
        finally:
            writing.lock_head = kept


KINDS = {"": SqlStore, "careless": Careless, "together": Together}


def append(store: SqlStore, name: str, number: int) -> tuple[int, str]:
    """Append one act (or find it, if it was appended before the scribe died); number and hash of its last entry."""
    act = f"{name}-{number}"
    with store.writing(STUDY) as writer:
        if found := writer.find_act(act):
            return found[-1].seq, found[-1].hash
        facts = [
            Fact("noted", {"part": part, "of": size_of(number)}, f"{name}{part}") for part in range(size_of(number))
        ]
        entries = writer.append(Stamp(act, name, "investigator", AT), facts)
        writer.put("done", name, {"acts": number + 1})
    return entries[-1].seq, entries[-1].hash


def _note(file: int, *said: object) -> None:
    os.write(file, (" ".join(map(str, said)) + "\n").encode())


def write_acts(kind: str, where: str, receipts: str, name: str, first: int, last: int, start: Any = None) -> None:
    """Acts `first` to `last` of the scribe called `name`; what is refused is noted as such and ends it."""
    store = KINDS[kind](where, lock_seconds=30)
    file = os.open(receipts, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    store.head(STUDY)
    if start is not None:
        start.wait()
    try:
        for number in range(first, last):
            _note(file, name, number, *append(store, name, number))
            if start is not None:
                time.sleep(0.001)  # who waits for SQLite looks only now and then: leave the door open for a moment
    except Refusal as refusal:
        _note(file, name, "refused", refusal.findings[0].code)


def screen_forever(folder: str, receipts: str, first: int) -> None:
    """Participant after participant, through the desk."""
    from equipoise.conduct.acts import Screen
    from equipoise.conduct.folder.study import open_study

    desk = open_study(folder).desk()
    file = os.open(receipts, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for number in range(first, 10**6):
        act = Screen(participant=f"P{number}", site="S01", date="2024-03-01")
        receipt = desk.perform(act, as_="dr-li", act_id=f"screen-{number}")
        _note(file, "dr-li", number, receipt.entries[-1].seq, receipt.entries[-1].hash)


def receipts_in(file: Path) -> list[tuple[str, int, int, str]]:
    """Name, number, entry and hash of every receipt that was noted whole, without those who were refused."""
    lines = file.read_text("utf-8").splitlines(keepends=True) if file.exists() else []
    told = [line.split() for line in lines if line.endswith("\n") and " refused " not in line]
    return [(name, int(number), int(seq), own) for name, number, seq, own in told]


def refused_in(file: Path) -> list[str]:
    """The codes of what was refused."""
    return [line.split()[2] for line in file.read_text("utf-8").splitlines() if " refused " in line]
