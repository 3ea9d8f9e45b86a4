"""The rehearsal through the real desk on SQLite: 200 participants of the flagship in well under a minute and 300 MB.

Run: python benchmarks/bench_rehearsal.py [participants]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from equipoise.conduct.study import create_study
from equipoise.conduct.verification import verify_study
from equipoise.simulation.rehearsal import run_rehearsal

PARTICIPANTS, SECONDS_MAX, MEGABYTES_MAX = 200, 60.0, 300.0
SEED = 1


def main() -> None:
    """Print rates; fails when 200 participants take longer or more memory than promised, or the ledger does not hold."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PARTICIPANTS
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        study = create_study(Path(folder) / "study", "npc-nimotuzumab", environment="rehearsal")
        print(f"new study                      {time.perf_counter() - begun:>9.2f} s")
        report = run_rehearsal(study, participants=count, seed=SEED)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"rehearse {count:,} participants     {report.seconds:>9.2f} s")
        print(f"  {report.head.seq:,} entries            {report.head.seq / report.seconds:>9,.0f} entries/s")
        print(f"peak memory                    {memory:>9.0f} MB")
        begun = time.perf_counter()
        again = run_rehearsal(study, participants=count, seed=SEED)
        print(f"the same again (nothing to do) {time.perf_counter() - begun:>9.2f} s")
        intact = verify_study(study).intact and again.head == report.head and not report.refusals
        study.store.close()
    if not intact:
        sys.exit("the ledger of the rehearsal does not hold")
    if count <= PARTICIPANTS and (report.seconds > SECONDS_MAX or memory > MEGABYTES_MAX):
        sys.exit(f"{SECONDS_MAX:.0f} s and {MEGABYTES_MAX:.0f} MB were promised for {PARTICIPANTS} participants")


if __name__ == "__main__":
    main()
