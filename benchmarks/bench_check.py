"""Checking the flagship, each time in a new process: under 0.5 s from the command to the last line; `--help` under 0.3 s.

Run: python benchmarks/bench_check.py [repetitions]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECK_SECONDS_MAX = 0.5
HELP_SECONDS_MAX = 0.3
PARTS = """
import time; t = [time.perf_counter()]
import gc; gc.disable()
from equipoise.protocol import reading, checking; t.append(time.perf_counter())
import polars; t.append(time.perf_counter())
read = reading.read_shape("protocols/npc-nimotuzumab"); t.append(time.perf_counter())
checking.check_protocol(read.partial, read.lines); t.append(time.perf_counter())
print(*(b - a for a, b in zip(t, t[1:])))
"""


def seconds(*arguments: str) -> float:
    """One run in a new process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - begun


def main() -> None:
    """Print times; fails when the promise is not kept by the median."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    failed = []
    for name, most, arguments in (
        ("--help", HELP_SECONDS_MAX, ("-m", "equipoise", "--help")),
        ("check npc-nimotuzumab", CHECK_SECONDS_MAX, ("-m", "equipoise", "check", "protocols/npc-nimotuzumab")),
        ("check oropharynx-rtog", CHECK_SECONDS_MAX, ("-m", "equipoise", "check", "protocols/oropharynx-rtog")),
        ("schema", CHECK_SECONDS_MAX, ("-m", "equipoise", "schema")),
    ):
        runs = sorted(seconds(*arguments) for _ in range(count))
        middle = statistics.median(runs)
        print(f"{name:<24} median {middle:.3f} s   best {runs[0]:.3f} s   worst {runs[-1]:.3f} s")
        if middle > most:
            failed.append(name)
    parts = [
        [
            float(part)
            for part in subprocess.run(
                [sys.executable, "-c", PARTS], check=True, capture_output=True, text=True, cwd=ROOT
            ).stdout.split()
        ]
        for _ in range(count)
    ]
    for name, values in zip(
        ("load the clauses", "load Polars", "read and shape", "check"), zip(*parts, strict=True), strict=True
    ):
        print(f"  {name:<22} median {statistics.median(values):.3f} s")
    if failed:
        sys.exit(f"slower than promised: {', '.join(failed)}")


if __name__ == "__main__":
    main()
