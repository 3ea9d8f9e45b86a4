"""`make mutants`: change each node, run the tests that cover it, and list what nobody notices.

    python -m tests.mutants [--room analysis ...] [--sample 100 --seed 1] [--jobs 2] [--learn]

Coverage is learned once by a run of all tests (`.mutants/`, or again with `--learn`). Exit code 1 where something that
`left.toml` does not name was noticed by nobody. A full run takes hours: a sample, or one room, is an evening's work.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.mutants.covering import FOLDER, ROOT, read_covering
from tests.mutants.forking import FRESH, UNNOTICED
from tests.mutants.nodes import ROOMS, SOURCE, Mutant, find_mutants

__all__ = ["covering_tests", "is_noticed", "left"]

THREADED = ("tests/effects/", "tests/laws/", "tests/protocols/")
"""Files that compute when they are collected: Polars then has threads, which no child that is forked has."""
SECONDS = 15.0  # of covering tests, the nearest and quickest first
AT_MOST = 90.0  # of them for whom those did not notice: what needs longer is not noticed near its cause
TESTS = 80
Covering = dict[str, dict[str, float]]


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
    named = left()
    mutants = [m for m in mutants if m.name not in named]
    unnoticed = 0
    with ThreadPoolExecutor(args.jobs) as pool:
        parts = [mutants[n :: args.jobs] for n in range(args.jobs)]
        for found in pool.map(lambda part: unnoticed_of(part, covering), [part for part in parts if part]):
            unnoticed += len(found)
    print(f"{len(mutants)} changes, {unnoticed} noticed by nobody and not named in left.toml")
    return 1 if unnoticed else 0


def unnoticed_of(mutants: Sequence[Mutant], covering: Covering) -> list[Mutant]:
    """Those that nobody noticed, each told at once; all but a few in one process (see `forking`)."""
    chosen = {(m.file, m.number): (m, *covering_tests(m, covering)) for m in mutants}
    chosen = {
        key: (m, [test for test in of if not test.startswith(THREADED)], took) for key, (m, of, took) in chosen.items()
    }
    later = {
        key: [test for test in covering_tests(m, covering, AT_MOST)[0] if test not in near]
        for key, (m, near, _) in chosen.items()
    }
    tests = sorted({test.partition("::")[0] for _, of, _ in chosen.values() for test in of})
    found = []
    for asked, answer in _answers(chosen, tests) if tests else ():
        mutant, of, _ = chosen.pop(asked)
        again = [*of, *later[asked]] if answer == FRESH else later[asked]
        if answer in (UNNOTICED, FRESH) and not is_noticed(mutant, again):
            found.append(mutant)
            print(f"nobody notices line {mutant.line} of {mutant.name}", flush=True)
    for key, (mutant, near, _) in chosen.items():  # whom no test runs, or whose process broke off
        of = [*near, *later[key]]
        if not of or not is_noticed(mutant, of):
            found.append(mutant)
            told = "nobody notices" if of else "no test runs"
            print(f"{told} line {mutant.line} of {mutant.name}", flush=True)
    return found


def _answers(
    chosen: dict[tuple[str, int], tuple[Mutant, list[str], float]], tests: Sequence[str]
) -> Iterator[tuple[tuple[str, int], int]]:
    """What the children said, one after the other, as they say it."""
    with tempfile.TemporaryDirectory(prefix="equipoise-mutants-") as folder:
        asked, answers, log = (Path(folder) / name for name in ("asked", "answers", "log"))
        asked.write_text(
            "".join(
                json.dumps({"file": file, "number": number, "tests": of, "seconds": seconds}) + "\n"
                for (file, number), (_, of, seconds) in chosen.items()
                if of
            ),
            encoding="utf-8",
        )
        answers.touch()
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutants.forking", *tests]
        env = os.environ | {"EQUIPOISE_MUTANTS": str(asked), "EQUIPOISE_ANSWERS": str(answers)}
        with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out) as process:
            with answers.open(encoding="utf-8") as lines:
                line, began, done = "", time.monotonic(), 0
                while True:
                    ended = process.poll() is not None
                    if line := line + lines.readline():
                        if line.endswith("\n"):
                            told, line = json.loads(line), ""
                            done += 1
                            if done % 50 == 0:
                                took = time.monotonic() - began
                                print(f"... {done} of {len(chosen)} in {took:.0f} s", file=sys.stderr, flush=True)
                            yield (told["file"], told["number"]), told["answer"]
                            continue
                    elif ended:
                        break
                    time.sleep(0.05)
        print(log.read_text("utf-8")[-600:], file=sys.stderr, flush=True)


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


def covering_tests(mutant: Mutant, covering: Covering, most: float = SECONDS) -> tuple[list[str], float]:
    """The tests that run the function around the node, up to `most` seconds of them, and their seconds.

    Those of the node's own room and the references come first, for who is far away runs much and looks at little; then
    the quickest. Tests of one file stay together, for they share what was made for them: making it may take as long as the file's
    slowest test took. Where no test is known to run the function (what runs at import), those that run anything of
    the file.
    """
    ran = covering.get(f"{mutant.file}:{mutant.function}", {})
    if not ran:
        ran = {
            test: took
            for function, tests in covering.items()
            if function.startswith(f"{mutant.file}:")
            for test, took in tests.items()
        }
    files: dict[str, list[tuple[float, str]]] = {}
    for test, took in ran.items():
        files.setdefault(test.partition("::")[0], []).append((took, test))
    making = _slowest(id(covering), covering)
    chosen: list[str] = []
    seconds = 0.0
    near = (f"tests/{mutant.file.partition('/')[0]}/", "tests/reference/", "tests/contracts/")
    for file, tests in sorted(files.items(), key=lambda p: (not p[0].startswith(near), making[p[0]] + min(p[1])[0])):
        for took, test in sorted(tests):
            more = took if chosen and chosen[-1].startswith(f"{file}::") else max(took, making[file])
            if chosen and (seconds + more > most or len(chosen) >= TESTS):
                break
            chosen.append(test)
            seconds += more
    return chosen, seconds


_SLOWEST: dict[int, dict[str, float]] = {}


def _slowest(key: int, covering: Covering) -> dict[str, float]:
    """The seconds of the slowest test of each file."""
    if key not in _SLOWEST:
        found: dict[str, float] = {}
        for tests in covering.values():
            for test, took in tests.items():
                file = test.partition("::")[0]
                found[file] = max(found.get(file, 0.0), took)
        _SLOWEST[key] = found
    return _SLOWEST[key]


def is_noticed(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether some test fails, or does not end, with the change in force."""
    if not tests:
        return False
    command = [sys.executable, "-m", "tests.mutants.child", mutant.file, str(mutant.number), *tests]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=AT_MOST * 8, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def left() -> dict[str, str]:
    """What was looked at and is left: its name and the reason."""
    with (Path(__file__).parent / "left.toml").open("rb") as file:
        return {one["name"]: one["reason"] for one in tomllib.load(file).get("left", [])}


if __name__ == "__main__":
    sys.exit(main())
