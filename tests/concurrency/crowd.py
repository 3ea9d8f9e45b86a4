"""A crowd of hands: that many processes, which are told all together what to do and answer one by one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from equipoise.conduct.folder.study import Study, create_study
from tests.conduct.failures.clinic import DAY, DEFAULT_ROLES, appoint, make_ready
from tests.spec.minimal import write_minimal

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 150  # a hand that does not answer is a failure, not a test that never ends


class Hand:
    """One process of the crowd, as its asker holds it."""

    def __init__(self, pid: int, stdin: TextIO, stdout: TextIO) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout

    def kill(self) -> None:
        """End it at once; one that is gone already stays gone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Let go of both ends; what a dead hand did not read is of no interest."""
        for end in (self.stdin, self.stdout):
            with suppress(BrokenPipeError):
                end.close()


class Crowd:
    """Start `n` hands, forked from one process that has imported the desk and done nothing else; every one waits.

    Answers come in the order of the requests.
    """

    def __init__(self, n: int) -> None:
        few = {**os.environ, "POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        pipes = [(*os.pipe(), *os.pipe()) for _ in range(n)]
        theirs = [end for asked, _, _, said in pipes for end in (asked, said)]
        command = [sys.executable, "-m", "tests.concurrency.nursery", *map(str, theirs)]
        self.nursery = subprocess.Popen(
            command, pass_fds=theirs, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=few
        )
        for end in theirs:
            os.close(end)
        assert self.nursery.stdout is not None
        pids = json.loads(self.nursery.stdout.readline())
        self.hands = [
            Hand(pid, os.fdopen(asking, "w"), os.fdopen(saying))
            for pid, (_, asking, saying, _) in zip(pids, pipes, strict=True)
        ]

    def __enter__(self) -> Crowd:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for hand in self.hands:
            hand.kill()
            hand.close()
        self.nursery.communicate()

    def ask(self, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
        """Give one request to each hand, all at once; None is the answer of a hand that died."""
        late = threading.Timer(PATIENCE_SECONDS, lambda: [hand.kill() for hand in self.hands])
        late.start()
        try:
            hands = self.hands[: len(requests)]
            for hand, request in zip(hands, requests, strict=True):
                hand.stdin.write(json.dumps(request) + "\n")
            for hand in hands:  # written before, released here: nothing but the flush lies between first and last
                hand.stdin.flush()
            said = [hand.stdout.readline() for hand in hands]
        finally:
            late.cancel()
        return [json.loads(line) if line.strip() else None for line in said]

    def end_of(self, hand: Hand) -> int:
        """How a hand ended that is dying: its exit code, or the signal's number below zero."""
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(f"{hand.pid}\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def open(self, study: Study) -> None:
        """Every hand opens the study folder by itself."""
        said = self.ask([{"do": "open", "folder": str(study.folder)}] * len(self.hands))
        assert said == [{"ready": True}] * len(self.hands)

    def all_randomize(self, names: Iterable[str], **more: Any) -> list[dict[str, Any]]:
        """One participant for each hand, at the same instant."""
        return self.ask([request(name, **more) for name in names])  # type: ignore[return-value]


def request(name: str, do: str = "randomize", **more: Any) -> dict[str, Any]:
    return {"do": do, "participant": name, "date": DAY, "as": "li", **more}


def most_at_once(answers: Iterable[Mapping[str, Any]]) -> int:
    """How many were at it at the same moment (the clock is the machine's, the same for all processes)."""
    steps = sorted([(a["from"], 1) for a in answers] + [(a["to"], -1) for a in answers])
    now = most = 0
    for _, step in steps:
        now += step
        most = max(most, now)
    return most


def make_study(folder: Path, names: Sequence[str], *changes: Any, database: str | None = None) -> Study:
    """A study folder with people appointed and `names` ready for chance."""
    study = create_study(
        folder / "study", write_minimal(folder / "protocol", DEFAULT_ROLES, *changes), database=database
    )
    desk = study.desk()
    with desk.batch():
        appoint(desk)
    make_ready(desk, names)
    return study
