"""Replay of one participant does not depend on the size of the study: the same forty entries among 10^3 to 10^5 others.

Run: python benchmarks/bench_replay.py [largest]
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy.dialects import sqlite

from equipoise.conduct.replay.loading import participant_state
from equipoise.ledger import Fact, SqlStore, Stamp
from equipoise.ledger.sql_queries import select_links

AT = "2026-01-31T09:30:00.000Z"
EACH = 40
ROUNDS = 30
GROWTH_MAX = 2.0
"""A hundred times the study may cost a deeper index (a page or two more to read), not more."""


def facts(person: int) -> list[Fact]:
    """One participant: screened, consented, and records of eight cycles."""
    name, site = f"P{person:05d}", f"S{person % 12:02d}"
    begun = [
        Fact("screened", {"participant": name, "date": "2026-01-01", "identity_hash": None}, name, site),
        Fact("consented", {"date": "2026-01-02", "version": "1.0"}, name, site),
    ]
    records = [
        Fact("form_recorded", {
            "visit": "cycle", "occurrence": number + 1, "form": "vitals", "observed": "2026-01-30", "groups": {}, "checks": [],
            "values": {"weight": "61.4", "ecog": 1, "visit_date": "2026-01-30", "comment": "无不适 no complaints"},
        }, name, site)
        for number in range(EACH - len(begun))
    ]  # fmt: skip
    return begun + records


def fill(store: SqlStore, people: range) -> None:
    """Interleaved, as sites work: one participant's entries lie far apart."""
    said = {person: facts(person) for person in people}
    with store.writing("DEMO") as writer:
        for turn in range(EACH):
            for person in people:
                writer.append(Stamp(f"{person}-{turn}", "nurse-wang", "coordinator", AT), [said[person][turn]])


def plan(file: Path) -> str:
    """How SQLite looks the entries up for the store's own statement."""
    statement = select_links("DEMO", 0, None, "P00003", None).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    with closing(sqlite3.connect(file)) as connection:
        return "; ".join(str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"))


def main() -> None:
    """Print the time per participant; fails when it grows with the study, or the index is not used."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sizes, took = [size for size in (1_000, 10_000, 100_000) if size <= largest], []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.sqlite"
        store, done = SqlStore(file), 0
        for size in sizes:
            while done < size // EACH:
                until = min(done + 125, size // EACH)
                fill(store, range(done, until))
                done = until
            names = [f"P{(round_ * 7919) % done:05d}" for round_ in range(ROUNDS)]
            for name in names:
                assert len(participant_state(store, "DEMO", name).records) == EACH - 2
            best = []
            for name in names:
                begun = time.perf_counter()
                participant_state(store, "DEMO", name)
                best.append(time.perf_counter() - begun)
            took.append(sorted(best)[len(best) // 2])
            print(f"one of {done:>6,} participants ({size:>7,} entries)   {took[-1] * 1000:>7.2f} ms")
        store.close()
        print(f"looked up by: {plan(file)}")
        if "ledger_entry_participant (study=? AND participant=?)" not in plan(file):
            sys.exit("the index of participants is not used")
    if took[-1] > GROWTH_MAX * took[0]:
        sys.exit(f"replay of one participant became {took[-1] / took[0]:.1f} times slower")


if __name__ == "__main__":
    main()
