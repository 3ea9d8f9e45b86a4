"""The ledger on SQLite: append with one commit per entry, append in batches, verify 100,000 entries in under a second.

Run: python benchmarks/bench_ledger.py [entries]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from equipoise.ledger import Fact, SqlStore, Stamp
from equipoise.ledger.verify import verify_chain

VERIFY_SECONDS_MAX = 1.0
AT = "2026-01-31T09:30:00.000Z"
VALUES = {"weight": "61.4", "ecog": 1, "visit_date": "2026-01-30", "stage": "III", "comment": "无不适 no complaints"}


def fact(number: int) -> Fact:
    """One form of five items, as a site would record it."""
    said = {"visit": "cycle", "occurrence": number % 8 + 1, "form": "vitals", "observed": "2026-01-30", "values": VALUES,
            "groups": {}, "checks": []}  # fmt: skip
    return Fact("form_recorded", said, f"P{number // 40:05d}", f"S{number % 12:02d}")


def main() -> None:
    """Print rates; fails when verification is slower than promised."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(Path(folder) / "ledger.sqlite")
        store.head("DEMO")
        single = min(1000, count // 2)
        begun = time.perf_counter()
        for number in range(single):
            with store.writing("DEMO") as writer:
                writer.append(Stamp(f"one-{number}", "nurse-wang", "coordinator", AT), [fact(number)])
        seconds = time.perf_counter() - begun
        print(f"append, one commit per entry   {single / seconds:>9,.0f} entries/s")
        begun = time.perf_counter()
        for start in range(single, count, 5000):
            with store.writing("DEMO") as writer:
                for number in range(start, min(start + 5000, count)):
                    writer.append(Stamp(f"act-{number}", "nurse-wang", "coordinator", AT), [fact(number)])
        seconds = time.perf_counter() - begun
        print(f"append, 5,000 acts per commit  {(count - single) / seconds:>9,.0f} entries/s")
        begun = time.perf_counter()
        read = sum(1 for _ in store.rows("DEMO"))
        print(f"rows for a data cut            {read / (time.perf_counter() - begun):>9,.0f} entries/s")
        best = min(verify_chain(store, "DEMO").seconds for _ in range(3))
        print(f"verify {count:,} entries         {best:>9.2f} s")
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        print(f"size on disk                   {size / 2**20:>9.1f} MiB")
        store.close()
        if count <= 100_000 and best > VERIFY_SECONDS_MAX:
            sys.exit(f"verification took {best:.2f} s; {VERIFY_SECONDS_MAX} s was promised")


if __name__ == "__main__":
    main()
