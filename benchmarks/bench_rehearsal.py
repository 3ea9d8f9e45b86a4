"""The rehearsal through the real desk on SQLite: participants of the flagship as the scenario follows them, the same
again with nothing left to do, and the people who are drawn for a simulation to count their shares.

Medians of processor time with their spread, each rehearsal in a folder of its own: wall time says more of what else a
machine is doing. Fails where the ledger does not hold, or where 200 participants need more than was promised.

Run: python benchmarks/bench_rehearsal.py [participants] [repeats]
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from equipoise.conduct.folder.study import create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.rehearsal.rehearsal import run_rehearsal
from equipoise.simulation.compile.kinds import DRAWN, People

PARTICIPANTS, REPEATS, SECONDS_MAX, MEGABYTES_MAX = 200, 3, 60.0, 300.0
SEED, PROTOCOL = 1, "npc-nimotuzumab"


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds, and what came of it."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def told(what: str, seconds: list[float], of: int = 0) -> None:
    """The median, the least and the most; by participant where there are some."""
    middle = statistics.median(seconds)
    each = f"  {1000 * middle / of:>7.1f} ms each" if of else ""
    print(f"{what:<34} {middle:>8.2f} s  ({min(seconds):.2f} to {max(seconds):.2f}){each}")


def main() -> None:
    """Print medians; fails when what was promised is not held."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PARTICIPANTS
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else REPEATS
    played, again, heads, intact = list[float](), list[float](), set[str](), True
    with tempfile.TemporaryDirectory() as folder:
        for place in range(repeats):
            study = create_study(Path(folder) / str(place), PROTOCOL, environment="rehearsal")
            seconds, report = timed(lambda: run_rehearsal(study, participants=count, seed=SEED))
            played.append(seconds)
            fresh = open_study(study.folder)
            seconds, second = timed(lambda: run_rehearsal(fresh, participants=count, seed=SEED))
            again.append(seconds)
            heads.add(report.head.hash)
            intact &= second.head == report.head and not report.refusals
            fresh.store.close()
        intact &= verify_study(study).intact and len(heads) == 1
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        scenario = study.protocol.scenarios[0]
        asked = set(study.protocol.randomization.stratify_by.value)
        drawn = [timed(lambda: People().of(study.protocol, scenario, None, asked))[0] for _ in range(repeats)]
        study.store.close()
    told(f"rehearse {count:,} participants", played, count)
    print(f"  {report.head.seq:,} entries, peak memory {memory:.0f} MB")
    told("the same again (nothing to do)", again)
    told(f"draw {DRAWN} eligible people", drawn, DRAWN)
    if not intact:
        sys.exit("the ledger of the rehearsal does not hold")
    if count <= PARTICIPANTS and (statistics.median(played) > SECONDS_MAX or memory > MEGABYTES_MAX):
        sys.exit(f"{SECONDS_MAX:.0f} s and {MEGABYTES_MAX:.0f} MB were promised for {PARTICIPANTS} participants")


if __name__ == "__main__":
    main()
