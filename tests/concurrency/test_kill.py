"""kill -9 at any moment loses nothing that was promised and doubles nothing; two writers at once leave no gap.

The moments are random and many; the fixed ones (drawn, sent, committed) are in `test_one_slot`.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from equipoise.conduct.folder.study import open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.findings import Refusal
from equipoise.ledger import SqlStore
from equipoise.ledger.verify import verify_chain
from tests.concurrency.scribe import SPAWN, STUDY, receipts_in, refused_in, screen_forever, size_of, write_acts
from tests.ledger.small_study import small_study

PATIENCE_SECONDS = 240  # for a machine with much else to do; alone, each takes a few seconds


def kill_at_a_random_moment(
    target: Callable[..., None], args: tuple[Any, ...], receipts: Path, dice: random.Random
) -> None:
    """Start a scribe, wait for its next receipt and a little longer, and kill it."""
    before, until = len(receipts_in(receipts)), time.monotonic() + PATIENCE_SECONDS
    scribe = SPAWN.Process(target=target, args=args)
    scribe.start()
    while len(receipts_in(receipts)) <= before and scribe.is_alive() and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(dice.random() * 0.03)
    scribe.kill()
    scribe.join()
    scribe.close()


def check_nothing_is_lost_or_doubled(store: SqlStore, receipts: Path) -> None:
    """The chain holds, every act is there whole and once, and every receipt names an entry that exists."""
    assert verify_chain(store, STUDY).findings == ()
    entries = {entry.seq: entry for entry in store.read(STUDY)}
    parts = Counter(entry.act for entry in entries.values())
    acts = [f"one-{number}" for number in range(len(parts))]
    assert parts == {act: size_of(number) for number, act in enumerate(acts)}
    for name, number, seq, own in receipts_in(receipts):
        assert (entries[seq].act, entries[seq].hash) == (f"{name}-{number}", own)
    assert store.projection(STUDY, "done") == {"one": {"acts": len(acts)}}


def rounds_of_killing(where: str | Path, folder: Path, rounds: int, kind: str = "") -> int:
    """Kill so often; after each killing look at what is left. Returns the number of acts that were promised."""
    receipts, dice = folder / "receipts.txt", random.Random(2026)
    for _ in range(rounds):
        first = max((number for _, number, _, _ in receipts_in(receipts)), default=-1) + 1
        kill_at_a_random_moment(write_acts, (kind, str(where), str(receipts), "one", first, 10**6), receipts, dice)
        store = SqlStore(where)
        check_nothing_is_lost_or_doubled(store, receipts)
        store.close()
    return len(receipts_in(receipts))


def test_killing_the_writer_of_a_sqlite_ledger_loses_and_doubles_nothing(tmp_path):
    assert rounds_of_killing(tmp_path / "ledger.sqlite", tmp_path, 20) >= 20


def test_killing_the_writer_of_a_postgresql_ledger_loses_and_doubles_nothing(tmp_path, postgres_url):
    assert rounds_of_killing(postgres_url, tmp_path, 6) >= 6


def test_killing_the_desk_loses_and_doubles_nothing(tmp_path):
    study, receipts, dice = small_study(tmp_path, 1), tmp_path / "receipts.txt", random.Random(7)
    study.store.close()
    for _ in range(8):
        first = max((number for _, number, _, _ in receipts_in(receipts)), default=999) + 1
        kill_at_a_random_moment(screen_forever, (str(study.folder), str(receipts), first), receipts, dice)
        study = open_study(study.folder)
        assert verify_study(study).intact
        screened = [entry.participant for entry in study.store.read(study.id, kinds=("screened",))]
        assert len(screened) == len(set(screened))
        entries = {entry.seq: entry for entry in study.store.read(study.id)}
        for _, number, seq, own in receipts_in(receipts):
            assert (entries[seq].participant, entries[seq].hash) == (f"P{number}", own)
        study.store.close()
    assert len(receipts_in(receipts)) >= 8


def test_control_a_writer_without_a_transaction_is_caught_when_it_is_killed(tmp_path):
    with pytest.raises((AssertionError, Refusal)):
        rounds_of_killing(tmp_path / "ledger.sqlite", tmp_path, 30, "careless")


def test_control_a_receipt_of_an_act_that_is_not_there_is_caught(tmp_path):
    rounds_of_killing(tmp_path / "ledger.sqlite", tmp_path, 1)
    with (tmp_path / "receipts.txt").open("a", encoding="utf-8") as file:
        file.write(f"one 0 1000000 {'0' * 64}\n")
    store = SqlStore(tmp_path / "ledger.sqlite")
    with pytest.raises(KeyError):
        check_nothing_is_lost_or_doubled(store, tmp_path / "receipts.txt")
    store.close()


ACTS = 250  # of five entries each on average


def two_writers(where: str | Path, folder: Path, kind: str = "", acts: int = ACTS) -> Path:
    """Two processes append at the same time; returns the file with their receipts."""
    receipts, start = folder / "receipts.txt", SPAWN.Barrier(2)
    scribes = [
        SPAWN.Process(target=write_acts, args=(kind, str(where), str(receipts), name, 0, acts, start))
        for name in ("one", "two")
    ]
    for scribe in scribes:
        scribe.start()
    try:
        for scribe in scribes:
            scribe.join(PATIENCE_SECONDS)
            assert scribe.exitcode == 0
    finally:
        for scribe in scribes:
            scribe.kill()
    return receipts


def check_two_writers(where: str | Path, receipts: Path, acts: int = ACTS) -> None:
    store = SqlStore(where)
    entries = list(store.read(STUDY))
    found = verify_chain(store, STUDY).findings
    store.close()
    assert refused_in(receipts) == []
    assert found == ()
    assert [entry.seq for entry in entries] == list(range(1, 2 * sum(map(size_of, range(acts))) + 1))
    for name in ("one", "two"):  # each in its own order, each act once and undivided
        own = list(dict.fromkeys(entry.act for entry in entries if entry.actor == name))
        assert own == [f"{name}-{number}" for number in range(acts)]
    blocks = [a.act for a, b in zip(entries, entries[1:], strict=False) if a.act != b.act]
    assert len(blocks) == 2 * acts - 1
    # They were really at it together: the turn passed from one to the other many times.
    turns = sum(a.actor != b.actor for a, b in zip(entries, entries[1:], strict=False))
    assert turns > 10
    assert len(receipts_in(receipts)) == 2 * acts


def test_two_writers_of_thousands_of_entries_leave_no_gap_on_sqlite(tmp_path):
    where = tmp_path / "ledger.sqlite"
    check_two_writers(where, two_writers(where, tmp_path))


def test_two_writers_of_thousands_of_entries_leave_no_gap_on_postgresql(tmp_path, postgres_url):
    check_two_writers(postgres_url, two_writers(postgres_url, tmp_path))


def test_control_without_the_turn_the_race_comes_and_the_database_refuses_on_postgresql(tmp_path, postgres_url):
    """The primary key is the second guard: who loses the race is refused, and nothing is doubled."""
    receipts = two_writers(postgres_url, tmp_path, "together", 100)
    assert refused_in(receipts) != []
    with pytest.raises(AssertionError):
        check_two_writers(postgres_url, receipts, 100)


def test_control_without_the_turn_and_the_key_the_ledger_itself_shows_the_race(tmp_path, postgres_url):
    import psycopg

    SqlStore(postgres_url).head(STUDY)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for table in ("ledger_entry", "ledger_payload"):
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey")
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # they let no gap and no twin in
    two_writers(postgres_url, tmp_path, "together", 100)
    assert verify_chain(SqlStore(postgres_url), STUDY).findings != ()


def test_control_without_the_transaction_the_race_comes_on_sqlite(tmp_path):
    where = tmp_path / "ledger.sqlite"
    with pytest.raises((AssertionError, Refusal)):
        check_two_writers(where, two_writers(where, tmp_path, "careless", 100), 100)
