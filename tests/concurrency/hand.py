"""One hand among many: a process of its own that opens the study by itself, waits for the word, and acts.

Reads one request a line, answers one line. Only what the desk itself needs is imported; `nursery` starts them.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from equipoise.conduct.acts import Randomize
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.study import open_study
from equipoise.findings import Refusal


class Dying:
    """A store whose process is killed in the turn of its next writer: `drawn`, `sent` (uncommitted) or `committed`."""

    def __init__(self, store: Any, when: str) -> None:
        self._store, self._when = store, when

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def writing(self, study: str) -> Iterator[Any]:
        with self._store.writing(study) as writer:
            append = writer.append

            def append_and_die(stamp: Any, facts: Any) -> Any:
                if self._when == "drawn":
                    _die()
                return append(stamp, facts)

            writer.append = append_and_die
            yield writer
            writer.flush()
            if self._when == "sent":
                _die()
        _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _act(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    begun = time.monotonic()
    try:
        act = Randomize(asked["participant"], asked["date"])
        receipt = desk.perform(act, as_=asked["as"], act_id=asked.get("act"))
    except Refusal as refusal:
        said = {"refused": [finding.code for finding in refusal.findings], "said": str(refusal)}
    else:
        said = {"entries": [[entry.seq, entry.hash] for entry in receipt.entries], "summary": receipt.summary}
    return {**said, "participant": asked["participant"], "from": begun, "to": time.monotonic()}


def _look(desk: Desk, asked: dict[str, Any]) -> tuple[dict[str, Any], Callable[[], None]]:
    """A careless desk: decides inside one turn and appends inside another."""
    from equipoise.conduct.acts import ACT_OF
    from equipoise.conduct.replay.loading import load_allocations, load_participant
    from equipoise.ledger import Stamp

    act = Randomize(asked["participant"], asked["date"])
    with desk.store.writing(desk.study) as writer:
        desk._catch_up(writer)
        state = desk._state
        assert state is not None
        load_participant(state, writer, act.participant)
        load_allocations(state, writer)
        facts = ACT_OF[Randomize].decide(state, act, desk._setting(desk.clock(), writer, None))

    def write() -> None:
        with desk.store.writing(desk.study) as writer:
            writer.append(Stamp(f"careless {act.participant}", asked["as"], "investigator", desk.clock()), facts)

    return {"looked": True}, write


def _fork(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Parent and child, forked from a desk that has been used, act at the same time."""
    before = _act(desk, {**asked, "participant": asked["participants"][0]})
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.write(writing, json.dumps(_act(desk, {**asked, "participant": asked["participants"][1]})).encode())
        finally:
            os._exit(0)
    after = _act(desk, {**asked, "participant": asked["participants"][2]})
    os.waitpid(child, 0)
    return {"all": [before, after, json.loads(os.read(reading, 100_000))]}


def main() -> None:
    """Answer requests until there are none."""
    desk: Desk | None = None
    write: Callable[[], None] = lambda: None  # noqa: E731
    for line in sys.stdin:
        asked = json.loads(line)
        said: dict[str, Any] = {"ready": True}
        if asked["do"] == "open":
            desk = open_study(asked["folder"]).desk()
        assert desk is not None
        match asked["do"]:
            case "randomize":
                said = _act(desk, asked)
            case "die":
                desk.store = Dying(desk.store, asked["when"])
                said = _act(desk, asked)
            case "look":
                said, write = _look(desk, asked)
            case "write":
                write()
            case "fork":
                said = _fork(desk, asked)
        print(json.dumps(said), flush=True)
