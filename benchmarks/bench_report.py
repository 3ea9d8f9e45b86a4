"""From a rehearsed flagship to its report: processor time, memory, and how large the page and its evidence are.

Run: python benchmarks/bench_report.py [participants]. A page is to stay under 3 MB, whatever the number of people: rows
and entries lie in files beside it.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from equipoise.conduct.folder.study import create_study
from equipoise.rehearsal.rehearsal import run_rehearsal
from equipoise.rehearsal.request import read_request
from equipoise.reports import write_report
from equipoise.units import months_to_days

PARTICIPANTS, PAGE_MEGABYTES_MAX = 30, 3.0
SEED, FOLLOW_UP_MONTHS = 1, 60.0


def main() -> None:
    """Print times and sizes; fails when a page is larger than promised."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PARTICIPANTS
    with tempfile.TemporaryDirectory() as folder:
        study = create_study(Path(folder) / "study", "npc-nimotuzumab", environment="rehearsal")
        asked = read_request(study, count, SEED, None, None)
        until = asked.start + timedelta(days=round(asked.arrivals[-1] + months_to_days(FOLLOW_UP_MONTHS)))
        head = run_rehearsal(study, participants=count, seed=SEED, until=until).head
        for again in ("first", "second"):
            begun = time.process_time()
            out = write_report(study, out=Path(folder) / again).out
            print(f"report of {count:,} people, {again:<6}   {time.process_time() - begun:>9.2f} s of processor time")
        study.store.close()
        page = max(file.stat().st_size for file in out.glob("*.html")) / 2**20
        whole = sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) / 2**20
        evidence = sum(file.stat().st_size for file in (out / "rows").glob("*.js")) / 2**20
    print(f"entries                             {head.seq:>9,}")
    print(f"page, evidence, everything          {page:>9.2f} {evidence:.2f} {whole:.2f} MB")
    print(f"peak memory                         {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>9.0f} MB")
    if page > PAGE_MEGABYTES_MAX:
        sys.exit(f"a page of {PAGE_MEGABYTES_MAX:.0f} MB at most was promised")


if __name__ == "__main__":
    main()
