"""What the commands cost as a ledger grows: a rehearsal of the flagship, and the same made many times larger.

Prints processor time and the highest memory of each command in a process of its own, the best of several.
Run: python benchmarks/bench_growth.py [participants] [times]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from growing import grow

from equipoise.conduct.folder.study import open_study

PROTOCOL = Path(__file__).resolve().parents[1] / "protocols" / "npc-nimotuzumab"
COMMANDS = (("verify",), ("cut", "--name", "bench"), ("safety",), ("status",), ("act", "close_site", "--set", "site=X"))
"""The last is refused, and so opens the study, decides and appends."""
ROUNDS = 3


def equipoise(*arguments: str) -> tuple[float, float]:
    """One command: processor seconds, and megabytes at the highest."""
    begin = "import sys; from equipoise.cli.main import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", begin, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(folder: Path) -> None:
    """Every command on one study."""
    study = open_study(folder)
    head = study.store.head(study.id).seq
    study.store.close()
    for name, *rest in COMMANDS:
        told = [equipoise(name, str(folder), *rest) for _ in range(ROUNDS)]
        print(f"{head:>9,} entries  {name:<8} {min(t for t, _ in told):6.2f} s {max(m for _, m in told):6.0f} MB")


def main() -> None:
    """Rehearse, measure, grow, measure again."""
    participants, times = [*map(int, sys.argv[1:3]), *(50, 10)[len(sys.argv) - 1 :]][:2]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "study"
        equipoise("new", str(folder), "--rehearsal", "--protocol", str(PROTOCOL))
        equipoise("rehearse", str(folder), "--participants", str(participants), "--seed", "1")
        measure(folder)
        grow(folder, times).store.close()
        measure(folder)


if __name__ == "__main__":
    main()
