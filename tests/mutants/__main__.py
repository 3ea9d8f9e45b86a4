"""`make mutants`: change each node, run the tests that cover it, and list what nobody notices.

    python -m tests.mutants [--room analysis ...] [--sample 100 --seed 1] [--jobs 2] [--learn]

Coverage is learned once by a run of all tests (`.mutants/`, or again with `--learn`). Exit code 1 where something that
`left.toml` does not name was noticed by nobody. A full run takes hours: a sample, or one room, is an evening's work.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.mutants.covering import FOLDER, ROOT, read_covering
from tests.mutants.nodes import ROOMS, SOURCE, Mutant, find_mutants

__all__ = ["covering_tests", "is_noticed", "left"]

SECONDS = 60.0  # of covering tests, the quickest first: what needs longer is not noticed near its cause
TESTS = 80


def main(argv: Sequence[str] | None = None) -> int:
    """Run, and say what nobody noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("--room", action="append", choices=ROOMS, help="only this room (again for another)")
    parser.add_argument("--file", action="append", help="only this file under src/equipoise (again for another)")
    parser.add_argument("--sample", type=int, help="only so many, at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--learn", action="store_true", help="learn anew which tests cover what")
    args = parser.parse_args(argv)
    if args.learn or not list(FOLDER.glob("covering-*.json")):
        learn(args.jobs)
    covering = read_covering()
    mutants = [m for file in args.file or files(args.room or ROOMS) for m in find_mutants(file)]
    if args.sample is not None and args.sample < len(mutants):
        mutants = random.Random(args.seed).sample(mutants, args.sample)
    named, unnoticed = left(), []
    began = time.monotonic()
    with ThreadPoolExecutor(args.jobs) as pool:
        answers = pool.map(lambda m: is_noticed(m, covering_tests(m, covering)), mutants)
        for done, (mutant, noticed) in enumerate(zip(mutants, answers, strict=True), start=1):
            if not noticed and mutant.name not in named:
                unnoticed.append(mutant)
                print(f"nobody notices line {mutant.line} of {mutant.name}", flush=True)
            if done % 50 == 0:
                print(f"... {done} of {len(mutants)} in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(f"{len(mutants)} changes, {len(unnoticed)} noticed by nobody and not named in left.toml")
    return 1 if unnoticed else 0


def files(rooms: Sequence[str]) -> list[str]:
    """The files of rooms, as they stand under src/equipoise; tables of words hold no arithmetic that counts."""
    return [
        str(path.relative_to(SOURCE))
        for room in rooms
        for path in sorted((SOURCE / room).rglob("*.py"))
        if path.name != "words.py"
    ]


def learn(jobs: int) -> None:
    """Run every test once and keep what it runs."""
    for old in FOLDER.glob("covering-*.json"):
        old.unlink()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutants.covering", "-n", str(jobs)]
    subprocess.run([*command, "--dist", "loadscope", "tests"], cwd=ROOT, check=False)


def covering_tests(mutant: Mutant, covering: dict[str, dict[str, float]]) -> list[str]:
    """The tests that run the function around the node, the quickest first, up to a minute of them.

    Where none is known to (a compiled kernel, what runs at import), those that run anything of the file.
    """
    ran = covering.get(f"{mutant.file}:{mutant.function}", {})
    if not ran or _is_compiled(mutant):
        ran = {
            test: took
            for function, tests in covering.items()
            if function.startswith(f"{mutant.file}:")
            for test, took in tests.items()
        }
    chosen: list[str] = []
    seconds = 0.0
    for test, took in sorted(ran.items(), key=lambda pair: pair[1]):
        if chosen and (seconds + took > SECONDS or len(chosen) >= TESTS):
            break
        chosen.append(test)
        seconds += took
    return chosen


def _is_compiled(mutant: Mutant) -> bool:
    return "compiling" in (SOURCE / mutant.file).read_text("utf-8")


def is_noticed(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether some test fails, or does not end, with the change in force."""
    if not tests:
        return False
    command = [sys.executable, "-m", "tests.mutants.child", mutant.file, str(mutant.number), *tests]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS * 8, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def left() -> dict[str, str]:
    """What was looked at and is left: its name and the reason."""
    with (Path(__file__).parent / "left.toml").open("rb") as file:
        return {one["name"]: one["reason"] for one in tomllib.load(file).get("left", [])}


if __name__ == "__main__":
    sys.exit(main())
