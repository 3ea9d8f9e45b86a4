"""Freeze a cut of a million item values: under 5 s and 1 GB, from an SQLite ledger.

The ledger is synthetic: 5,000 participants with 20 follow-up forms of 10 items, entered through the store itself.
Run: python benchmarks/bench_datacut.py [participants]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

SECONDS_MAX, MEGABYTES_MAX = 5.0, 1024
VISITS, ITEMS = 20, 10
ROOT = Path(__file__).resolve().parents[1]


def trial(folder: Path, participants: int) -> SimpleNamespace:
    """A study with `participants` x 20 x 10 item values in an SQLite ledger (made on the first call)."""
    sys.path.insert(0, str(ROOT))
    from tests.spec.minimal import minimal_protocol

    from equipoise.ledger import Fact, Stamp, open_store

    kinds = ("decimal", "integer", "date", "boolean", "text")
    items = [{"id": f"i{n}", "label": {"en": "x", "zh": "项"}, "type": kinds[n % 5]} for n in range(ITEMS)]
    form = {"id": "panel", "title": {"en": "Panel", "zh": "检验"}, "items": items}
    visit = {"id": "events", "label": {"en": "Events", "zh": "事件"}, "kind": "log", "forms": ["death", "panel"]}
    protocol = minimal_protocol({"forms": [form], "visits": [visit]})
    path = folder / "ledger.sqlite"
    made = path.exists()
    store = open_store(path)
    if not made:
        now = datetime(2024, 1, 1, tzinfo=UTC)
        for start in range(0, participants, 250):
            facts = []
            for place in range(start, min(start + 250, participants)):
                name = f"P{place:05d}"
                facts.append(Fact("screened", {"participant": name, "date": "2024-01-01"}, name, "S01"))
                for occurrence in range(1, VISITS + 1):
                    values = {
                        f"i{n}": (f"{place % 90}.{n}", place + n, "2024-03-01", True, "fair")[n % 5]
                        for n in range(ITEMS)
                    }
                    said = {"visit": "events", "occurrence": occurrence, "form": "panel", "observed": "2024-03-01",
                            "values": values, "groups": {}, "checks": []}  # fmt: skip
                    facts.append(Fact("form_recorded", said, name, "S01"))
            now += timedelta(seconds=1)
            with store.writing("DEMO") as writer:
                writer.append(Stamp(act=f"batch-{start}", actor="bench", role="manager", at=now), facts)
    return SimpleNamespace(
        folder=folder, protocol=protocol, protocol_digest="0" * 64, store=store, secret=lambda: bytes(32)
    )


def measure(folder: Path, participants: int) -> None:
    """One cut in a process of its own, so that its memory is its own."""
    from equipoise.datacut import find_moment, require_whole
    from equipoise.datacut.freeze import assemble_cut

    study = trial(folder, participants)
    started = time.perf_counter()
    require_whole(study.store, "DEMO")
    cut = assemble_cut(study, find_moment(study.store, "DEMO"), "shown", None)
    seconds = time.perf_counter() - started
    values = sum(table.height for table in cut.tables.values()) * ITEMS
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{values:,} item values: {seconds:.2f} s, peak {peak:,.0f} MB, {cut.provenance.height:,} lines of provenance"
    )
    assert cut.provenance.height >= values
    assert participants < 5000 or (seconds < SECONDS_MAX and peak < MEGABYTES_MAX), "slower or larger than promised"


if __name__ == "__main__":
    if len(sys.argv) > 2:
        measure(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
        with tempfile.TemporaryDirectory() as name:
            trial(Path(name), count)
            subprocess.run([sys.executable, __file__, name, str(count)], check=True)
