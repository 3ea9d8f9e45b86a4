"""A command that is killed at one of the moments at which it changes something on the disk: the first, the second, ...

The moments are told by Python's own audit events (a file opened to be written, made, moved, linked, removed), so that no
command can have one that is not looked at. Forked from a process that has imported the commands and opened nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["killed_at", "moments_of"]

SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["tests.concurrency.cut_off", "tests.concurrency.commands_at_hand"])
_CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.truncate", "os.chmod", "sqlite3.connect"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Watch:
    """Counts the moments inside one folder; kills the process at the one that was asked for."""

    def __init__(self, home: str, dying: int) -> None:
        self.home, self.dying, self.seen = home, dying, 0

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if not self._changes(event, args):
            return
        self.seen += 1
        if self.seen == self.dying:
            os.kill(os.getpid(), signal.SIGKILL)

    def _changes(self, event: str, args: tuple[object, ...]) -> bool:
        if event == "open":
            place, mode, flags = (*args, None, None, None)[:3]
            writes = isinstance(flags, int) and flags & _WRITING or isinstance(mode, str) and set(mode) & set("wax+")
            return bool(writes) and self.home in str(place)
        return event in _CHANGES and any(self.home in str(one) for one in args)


def run(home: str, command: Sequence[str], dying: int, counted: str) -> None:
    """Run a command; how many moments it had is written to `counted`."""
    from equipoise.cli.main import main

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    said = os.open(f"{counted}.said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 2)
    os.chdir(home)
    os.environ["EQUIPOISE_STATE"] = f"{home}-state"
    watch = Watch(home, dying)
    sys.addaudithook(watch)
    code = main(list(command))
    watch.dying = -1
    Path(counted).write_text(str(watch.seen), encoding="utf-8")
    os._exit(code)


def killed_at(home: Path, command: Sequence[str], dying: int) -> int | None:
    """Run it in `home` and kill it at the moment `dying` (from 1; 0: never); how it ended."""
    child = SPAWN.Process(target=run, args=(str(home), list(command), dying, f"{home}.moments"), daemon=True)
    child.start()
    child.join(240)
    ended = child.exitcode
    child.kill()
    child.close()
    return ended


def moments_of(home: Path, command: Sequence[str]) -> int:
    """How many moments the command has in a copy of `home` in which nobody kills it."""
    ended = killed_at(home, command, 0)
    assert ended == 0, Path(f"{home}.moments.said").read_text("utf-8")
    return int(Path(f"{home}.moments").read_text("utf-8"))
