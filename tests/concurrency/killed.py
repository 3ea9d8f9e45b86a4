"""A desk that is killed: a process of its own that goes through the steps of `every_act` until it is dead or done.

Forked from a process that has imported everything and opened nothing (`multiprocessing`, forkserver). Each step is
acknowledged in a file, in one write, and never before the desk has given the receipt. `moment` says where the process
kills itself; without one it is killed from outside.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from equipoise.conduct.acts import Amend
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.study import Study, open_study
from tests.conduct.every_act import LISTED, STEPS, Step, perform

SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(
    [
        *("tests.concurrency.killed", "equipoise.ledger.sql_writer", "equipoise.ledger.layout", "sqlite3", "yaml"),
        *("psycopg", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite.pysqlite", "polars"),
    ]
)
WORLDS = {"drawn": STEPS, "listed": LISTED}
MOMENTS = ("decided", "appended", "sent", "committed")
"""Before anything is appended; with the first act of the step in the writer; before the commit; before the receipt."""


class Dying:
    """A store whose process dies in the next turn of a writer in which something is written, at one of the moments."""

    def __init__(self, store: Any, moment: str) -> None:
        self._store, self._moment = store, moment

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def writing(self, study: str) -> Iterator[Any]:
        with self._store.writing(study) as writer:
            append, before = writer.append, writer.head

            def append_and_die(stamp: Any, facts: Any) -> Any:
                self._die_at("decided")
                entries = append(stamp, facts)
                writer.flush()
                self._die_at("appended")
                return entries

            writer.append = append_and_die
            yield writer
            writer.flush()
            wrote = writer.head != before
            if wrote:
                self._die_at("sent")
        if wrote:
            self._die_at("committed")

    def _die_at(self, moment: str) -> None:
        if self._moment == moment:
            os.kill(os.getpid(), signal.SIGKILL)


class HalfALister(Desk):
    """A desk whose lists are no transaction."""

    @contextmanager
    def batch(self, *_: Any, **__: Any) -> Iterator[None]:  # type: ignore[override]
        yield


def note(file: int, number: int) -> None:
    """Acknowledge a step, in one write."""
    os.write(file, f"{number}\n".encode())


def ask(study: Study, desk: Desk, number: int, one: Step, version_2: str) -> None:
    """Perform a step as a command does: an amendment exchanges the folder's copy too."""
    if isinstance(one.acts(desk.store)[0], Amend):
        study.amend(version_2, as_=one.who, summary="longer", act_id=f"step-{number}")
    else:
        perform(desk, number, one)


def go_through(
    folder: str, version_2: str, receipts: str, world: str, first: int, dying: int, moment: str, kind: str = ""
) -> None:
    """The steps from number `first` on; in step `dying` the process dies at the moment, or ends after it."""
    study = open_study(folder)
    file = os.open(receipts, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    desk = desk_of(study, kind)
    for number, one in list(enumerate(WORLDS[world]))[first : dying + 1]:
        if number == dying and moment:
            study = replace(study, store=Dying(study.store, moment))
            desk = desk_of(study, kind)
        if kind == "hasty":
            note(file, number)
        ask(study, desk, number, one, version_2)
        note(file, number)
        if any(isinstance(act, Amend) for act in one.acts(desk.store)):
            study = open_study(folder)
            desk = desk_of(study, kind)


def desk_of(study: Study, kind: str) -> Desk:
    desk = study.desk()
    if kind == "half":
        desk.__class__ = HalfALister
    return desk
