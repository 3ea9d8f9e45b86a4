"""The rehearsal through the real desk on SQLite: 200 participants of the flagship, followed for five years after
the last of them joined, in under a minute and 300 MB; 2,000 in under ten minutes.

Run: python benchmarks/bench_rehearsal.py [participants]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from equipoise.conduct.folder.study import create_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.rehearsal.rehearsal import run_rehearsal
from equipoise.rehearsal.request import read_request
from equipoise.units import months_to_days

PARTICIPANTS, SECONDS_MAX, MEGABYTES_MAX = 200, 60.0, 300.0
MANY, SECONDS_MAX_MANY = 2000, 600.0
SEED, FOLLOW_UP_MONTHS = 1, 60.0


def main() -> None:
    """Print rates; fails when 200 participants take longer or more memory than promised, or the ledger does not hold."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PARTICIPANTS
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        study = create_study(Path(folder) / "study", "npc-nimotuzumab", environment="rehearsal")
        print(f"new study                      {time.perf_counter() - begun:>9.2f} s")
        asked = read_request(study, count, SEED, None, None)
        until = asked.start + timedelta(days=round(asked.arrivals[-1] + months_to_days(FOLLOW_UP_MONTHS)))
        report = run_rehearsal(study, participants=count, seed=SEED, until=until)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"rehearse {count:,} participants     {report.seconds:>9.2f} s")
        print(f"  {report.head.seq:,} entries            {report.head.seq / report.seconds:>9,.0f} entries/s")
        print(f"peak memory                    {memory:>9.0f} MB")
        begun = time.perf_counter()
        again = run_rehearsal(study, participants=count, seed=SEED, until=until)
        print(f"the same again (nothing to do) {time.perf_counter() - begun:>9.2f} s")
        intact = verify_study(study).intact and again.head == report.head and not report.refusals
        study.store.close()
    if not intact:
        sys.exit("the ledger of the rehearsal does not hold")
    if count <= PARTICIPANTS and (report.seconds > SECONDS_MAX or memory > MEGABYTES_MAX):
        sys.exit(f"{SECONDS_MAX:.0f} s and {MEGABYTES_MAX:.0f} MB were promised for {PARTICIPANTS} participants")
    if count <= MANY and report.seconds > SECONDS_MAX_MANY:
        sys.exit(f"{SECONDS_MAX_MANY:.0f} s were promised for {MANY} participants")


if __name__ == "__main__":
    main()
