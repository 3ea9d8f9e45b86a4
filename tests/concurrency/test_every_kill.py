"""kill -9 at every act, singly and in lists: what was acknowledged is there whole, what was not is whole or not there.

Every step of `every_act` is killed at each moment of its turn, and asked again by the next process, until the ledger is
the one of a trial in which nobody was killed. The quick tests say the same of a few steps; the soak kills everywhere.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from equipoise.conduct.folder import study as study_folder
from equipoise.conduct.folder.study import create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.findings import Refusal
from equipoise.ledger import Entry, Store, open_store
from equipoise.ledger.verify import verify_chain
from tests.concurrency.killed import MOMENTS, SPAWN, WORLDS, go_through
from tests.conduct.every_act import STUDY, changes_of
from tests.conduct.small_trial import FULL, REMARK, SECRET
from tests.hunting import examples
from tests.spec.minimal import write_minimal

PATIENCE_SECONDS = 120
_OF_THE_DAY = re.compile(r"v1\.[A-Za-z0-9_=-]+|[0-9a-f]{16,}|20[0-9-]{8}T[0-9:.]+Z?")


Moments = Iterable[str] | Callable[[int], Iterable[str]]


@dataclass
class Ground:
    """One study folder on which processes are killed."""

    folder: Path
    store: Store
    receipts: Path
    version_2: Path
    world: str

    def run(self, first: int, dying: int, moment: str = "", kind: str = "", after: float | None = None) -> int | None:
        """Start a process; how it ended. `after`: seconds after its next receipt at which it is killed from outside."""
        args = (self.folder, self.version_2, self.receipts)
        child = SPAWN.Process(
            target=go_through, args=(*map(str, args), self.world, first, dying, moment, kind), daemon=True
        )
        child.start()
        if after is not None:
            before, until = len(self.acknowledged()), time.monotonic() + PATIENCE_SECONDS
            while len(self.acknowledged()) <= before and child.is_alive() and time.monotonic() < until:
                time.sleep(0.001)
            time.sleep(after)
            child.kill()
        child.join(PATIENCE_SECONDS)
        ended = child.exitcode
        child.kill()
        child.close()
        return ended

    def acknowledged(self) -> list[int]:
        """The steps of which somebody was told that they are done."""
        lines = self.receipts.read_text("utf-8").splitlines(keepends=True) if self.receipts.exists() else []
        return [int(line) for line in lines if line.endswith("\n")]


def make_ground(home: Path, world: str, monkeypatch: pytest.MonkeyPatch, database: str | None = None) -> Ground:
    """A new study, whose arms are those of every other one of these."""
    kept = study_folder.write_secret
    monkeypatch.setattr(
        study_folder,
        "write_secret",
        lambda file, secret: kept(file, SECRET if file.name == study_folder.SECRET_FILE else secret),
    )
    written = write_minimal(home / "written", FULL, REMARK, *changes_of(world))
    second = write_minimal(home / "second", FULL, REMARK, *changes_of(world, 2))
    study = create_study(home / "study", written, database=database)
    study.store.close()
    store = open_store(database or str(home / "study" / "ledger.sqlite"))
    return Ground(home / "study", store, home / "receipts.txt", second, world)


def told(entries: Iterable[Entry]) -> dict[int, list[Any]]:
    """By step, what each entry says, without what every study and every moment has of its own."""
    found: dict[int, list[Any]] = {}
    for entry in entries:
        step = re.match(r"step-(\d+)", entry.act)
        said = None if entry.payload is None else _OF_THE_DAY.sub("...", repr(sorted(entry.payload.items())))
        found.setdefault(int(step[1]) if step else -1, []).append((entry.kind, entry.participant, entry.actor, said))
    return found


def without_any_kill(home: Path, world: str, monkeypatch: pytest.MonkeyPatch) -> dict[int, list[Any]]:
    """What the steps leave in a trial in which nobody is killed."""
    home.mkdir()
    ground = make_ground(home, world, monkeypatch)
    assert ground.run(0, len(WORLDS[world])) == 0
    found = told(ground.store.read(STUDY))
    ground.store.close()
    return found


def check(ground: Ground, expected: dict[int, list[Any]], dying: int) -> None:
    """Whole and once: every step before `dying`, and of it all or nothing; and all if it was acknowledged."""
    assert verify_chain(ground.store, STUDY).findings == ()
    found = told(ground.store.read(STUDY))
    assert not [n for n in found if n > dying]
    acknowledged = ground.acknowledged()
    for number, said in expected.items():
        here = found.get(number, [])
        if number < dying or number in acknowledged or here:
            assert here == as_far_as(here, said), number


def as_far_as(found: list[Any], expected: list[Any]) -> list[Any]:
    """What is expected, with what will be erased and is not yet."""
    later = {n: here for n, (one, here) in enumerate(zip(expected, found, strict=False)) if one[-1] is None}
    assert all(expected[n][:-1] == here[:-1] for n, here in later.items())
    return [later.get(n, one) for n, one in enumerate(expected)]


def kill_everywhere(
    ground: Ground, expected: dict[int, list[Any]], steps: Iterable[int], moments: Moments, kind: str = ""
) -> int:
    """Kill the steps one after the other at each of the moments, in turn; how many died."""
    died, done = 0, 0
    for number in steps:
        for moment in moments(number) if callable(moments) else moments:
            ended = ground.run(done, number, moment, kind)
            died += ended == -9
            # What leaves nothing on the ledger has no turn in which to die.
            assert ended == (-9 if expected.get(number) else 0), (number, moment, ended)
            check(ground, expected, number)
            done = number
    return died


def finish(ground: Ground, expected: dict[int, list[Any]]) -> None:
    """Whoever comes last goes on to the end, and the trial is that of one in which nobody was killed."""
    last = max(ground.acknowledged(), default=0)
    assert ground.run(last, len(WORLDS[ground.world])) == 0
    assert told(ground.store.read(STUDY)) == expected
    study = open_study(ground.folder)
    assert verify_study(study).intact
    study.store.close()


@pytest.mark.long
@pytest.mark.parametrize("world", WORLDS)
def test_every_act_is_killed_at_every_moment_on_sqlite(tmp_path, monkeypatch, world):
    expected = without_any_kill(tmp_path / "whole", world, monkeypatch)
    ground = make_ground(tmp_path, world, monkeypatch)
    steps = WORLDS[world]
    # A list can be halved, and is killed at every moment; of a single act the two about its commit say it all.
    moments = lambda n: MOMENTS if examples(1) > 1 or len(steps[n].makes) > 1 else MOMENTS[2:]  # noqa: E731
    died = kill_everywhere(ground, expected, range(len(steps)), moments)
    assert died == sum(len(moments(n)) for n in expected if n >= 0)
    assert died >= (150 if world == "drawn" else 12)  # with those on PostgreSQL more than 168
    finish(ground, expected)


@pytest.mark.long
def test_every_act_is_killed_before_and_after_its_commit_on_postgresql(tmp_path, monkeypatch, postgres_url):
    expected = without_any_kill(tmp_path / "whole", "drawn", monkeypatch)
    ground = make_ground(tmp_path, "drawn", monkeypatch, postgres_url)
    every = examples(1) > 1
    moments = lambda n: ("sent", "committed") if every else ("sent", "committed")[n % 2 :][:1]  # noqa: E731
    died = kill_everywhere(ground, expected, range(len(WORLDS["drawn"])), moments)
    assert died == sum(len(moments(n)) for n in expected if n >= 0)
    finish(ground, expected)


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_every_act_is_killed_from_outside_at_any_moment(tmp_path, monkeypatch, request, database):
    expected = without_any_kill(tmp_path / "whole", "drawn", monkeypatch)
    url = request.getfixturevalue("postgres_url") if database == "postgresql" else None
    dice, all_steps = random.Random(time.time_ns()), len(WORLDS["drawn"])
    spread = 0.05 if examples(1) > 1 else 0.5  # seconds: within the next act, or somewhere in the next dozen
    for round_ in range(examples(1)):
        home = tmp_path / f"round-{round_}"
        home.mkdir()
        ground = make_ground(home, "drawn", monkeypatch, url if round_ == 0 else None)
        while (done := max(ground.acknowledged(), default=0)) < all_steps - 1:
            ended = ground.run(done, all_steps, after=dice.random() * spread)
            assert ended in (-9, 0), ended  # or it would be begun again for ever
            reached = max(told(ground.store.read(STUDY)))
            check(ground, expected, max(reached, 0))
        finish(ground, expected)
        ground.store.close()


def test_a_list_and_an_act_that_are_killed_are_whole_or_not_there(tmp_path, monkeypatch):
    expected = without_any_kill(tmp_path / "whole", "listed", monkeypatch)
    ground = make_ground(tmp_path, "listed", monkeypatch)
    assert kill_everywhere(ground, expected, (0, 1), ("appended", "committed")) == 4
    finish(ground, expected)


def test_control_a_desk_that_writes_half_a_list_is_caught(tmp_path, monkeypatch):
    expected = without_any_kill(tmp_path / "whole", "listed", monkeypatch)
    ground = make_ground(tmp_path, "listed", monkeypatch)
    with pytest.raises(AssertionError):
        kill_everywhere(ground, expected, (0, 1), ("committed",), "half")


def test_control_a_desk_that_acknowledges_before_the_commit_is_caught(tmp_path, monkeypatch):
    expected = without_any_kill(tmp_path / "whole", "listed", monkeypatch)
    ground = make_ground(tmp_path, "listed", monkeypatch)
    with pytest.raises((AssertionError, Refusal)):
        kill_everywhere(ground, expected, (0, 1), ("sent",), "hasty")
