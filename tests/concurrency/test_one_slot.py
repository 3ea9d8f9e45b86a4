"""Many hands, one slot, the same instant: every participant gets a position of their own, and chance is unharmed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from equipoise.conduct.acts import Randomize
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.study import Study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.findings import Refusal
from equipoise.ledger import MemoryStore
from equipoise.ledger.sql_store import SqlStore
from equipoise.ledger.trouble import plainly
from tests.concurrency.crowd import Crowd, make_study, most_at_once, request
from tests.conduct.failures.clinic import (
    DAY,
    SECRET,
    Clinic,
    allocated,
    check_one_slot_each,
    check_same_again,
    clinic,
)

FIFTY = tuple(f"P{n:03d}" for n in range(1, 51))
SCHEMES = {
    "permuted blocks": "randomization: {scheme: {kind: permuted_blocks, sizes: [4, 6]}}",
    "minimization": {"randomization": {"scheme": {"kind": "minimization", "p": 0.8, "sizes": None}}},
    "big stick": {"randomization": {"scheme": {"kind": "big_stick", "limit": 3, "sizes": None}}},
}
every_scheme = pytest.mark.parametrize("change", SCHEMES.values(), ids=SCHEMES)


@pytest.fixture(scope="module")
def crowd() -> Iterator[Crowd]:
    """Fifty processes, started once."""
    with Crowd(50) as crowd:
        yield crowd


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    """Where the ledger is: a file in the study folder, or a server."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


def check_study(study: Study, names: tuple[str, ...]) -> None:
    check_one_slot_each(study.store, study.id, names)
    check_same_again(study.store, study.id, study.secret(), study.protocol)
    assert verify_study(study).findings == ()


@every_scheme
def test_fifty_processes_get_fifty_consecutive_positions(
    crowd: Crowd, tmp_path: Path, database: str | None, change: Any
) -> None:
    """F01 50 processes randomize at once, one stratum: 50 consecutive positions, nobody lost, all re-derivable."""
    study = make_study(tmp_path, FIFTY, change, database=database)
    crowd.open(study)
    answers = crowd.all_randomize(FIFTY)
    assert [answer["participant"] for answer in answers if len(answer.get("entries", ())) == 1] == list(FIFTY)
    assert most_at_once(answers) > 10  # it was a race
    check_study(study, FIFTY)


def test_fifty_threads_get_fifty_consecutive_positions(tmp_path: Path, database: str | None) -> None:
    """F01 50 threads, each with the study opened for itself: 50 distinct consecutive positions, nobody lost."""
    study = make_study(tmp_path, FIFTY, database=database)
    start = threading.Barrier(50)

    def act(name: str) -> str:
        desk = open_study(study.folder).desk()
        start.wait(timeout=60)
        try:
            return desk.perform(Randomize(name, DAY), as_="li").summary
        finally:
            desk.store.close()

    with ThreadPoolExecutor(50) as threads:
        said = list(threads.map(act, FIFTY))
    assert len(set(said)) == 50
    check_study(study, FIFTY)


def test_fifty_threads_share_a_ledger_in_memory() -> None:
    """F01 the memory store keeps the same promise, as far as it can: among threads."""
    trial = clinic()
    trial.ready(*FIFTY)
    with ThreadPoolExecutor(50) as threads:
        list(threads.map(lambda name: trial.another_desk().perform(Randomize(name, DAY), as_="li"), FIFTY))
    check_one_slot_each(trial.store, "DEMO", FIFTY)
    check_same_again(trial.store, "DEMO", SECRET, trial.desk.protocol)


def test_fifty_threads_share_one_desk(tmp_path: Path, database: str | None) -> None:
    """F01 50 threads at one desk, which one of them opened: one acts at a time, nobody lost."""
    study = make_study(tmp_path, FIFTY, database=database)
    desk = study.desk()
    with ThreadPoolExecutor(50) as threads:
        list(threads.map(lambda name: desk.perform(Randomize(name, DAY), as_="li"), FIFTY))
    check_study(study, FIFTY)


def check_a_batch_is_left_alone(trial: Clinic) -> None:
    """While one thread's batch is open and comes to nothing, another thread's act waits, and is kept."""
    begun, done = threading.Event(), threading.Event()
    said: list[str] = []

    def other() -> None:
        begun.wait(timeout=60)
        said.append(trial.randomize("P2").summary)
        done.set()

    thread = threading.Thread(target=other)
    thread.start()
    with trial.desk.batch(dry_run=True):
        trial.randomize("P1")
        begun.set()
        done.wait(timeout=0.3)
    thread.join(timeout=60)
    assert "P2 is randomized at position 1" in said[0]
    check_one_slot_each(trial.store, "DEMO", ["P2"])


def test_an_act_at_a_shared_desk_does_not_fall_into_another_threads_batch() -> None:
    """F01 a receipt is never given for what another thread's batch takes back."""
    trial = clinic()
    trial.ready("P1", "P2")
    check_a_batch_is_left_alone(trial)


def test_fifty_processes_ask_for_one_participant(crowd: Crowd, tmp_path: Path, database: str | None) -> None:
    """F03 50 users, one participant, the same instant: one allocation, the others are told that, when and by whom."""
    study = make_study(tmp_path, ["P001"], database=database)
    crowd.open(study)
    answers = crowd.ask([request("P001", **{"as": ("li", "zhou")[n % 2]}) for n in range(50)])
    first = [answer for answer in answers if "entries" in answer]
    assert len(first) == 1
    entry = allocated(study.store, study.id)[0]
    for answer in answers:
        if answer is not first[0]:
            assert answer["refused"] == ["participant.randomized"]
            assert f"by {entry.actor}" in answer["said"]
            assert entry.at[:19] in answer["said"]
    check_study(study, ("P001",))


def test_fifty_processes_repeat_one_request(crowd: Crowd, tmp_path: Path, database: str | None) -> None:
    """F02 one request reaches the desk 50 times at once: the same receipt 50 times, one event."""
    study = make_study(tmp_path, ["P001"], database=database)
    crowd.open(study)
    answers = crowd.all_randomize(["P001"] * 50, act="the-only-click")
    assert len({str(answer["entries"]) + answer["summary"] for answer in answers}) == 1
    assert [entry.kind for entry in study.store.find_act(study.id, "the-only-click")] == ["allocated"]
    check_study(study, ("P001",))


# Controls: the same crowd and the same check, without the exclusive turn.


def test_control_processes_that_decide_outside_the_turn_share_a_position(
    crowd: Crowd, tmp_path: Path, database: str | None
) -> None:
    """F01 control: a desk that looks in one turn and writes in the next gives one position to everybody."""
    names = FIFTY[:12]
    study = make_study(tmp_path, names, database=database)
    crowd.open(study)
    crowd.ask([request(name, "look") for name in names])
    crowd.ask([{"do": "write"}] * 12)
    entries = allocated(study.store, study.id)
    assert len(entries) == 12
    assert {entry.payload["position"] for entry in entries} == {1}
    with pytest.raises(AssertionError):
        check_one_slot_each(study.store, study.id, names)
    with pytest.raises(AssertionError):
        check_same_again(study.store, study.id, study.secret(), study.protocol)


def test_control_a_desk_that_lets_threads_in_together_gives_receipts_for_nothing() -> None:
    """F01 control: without the desk's own lock the other thread's act is taken back with the batch."""

    class Open:
        def __enter__(self) -> None: ...
        def __exit__(self, *_: object) -> None: ...

    trial = clinic()
    trial.ready("P1", "P2")
    trial.desk._alone = Open()  # type: ignore[assignment]
    with pytest.raises(AssertionError):
        check_a_batch_is_left_alone(trial)


class CarelessStore(SqlStore):
    """The SQL store without its lock: everybody has looked before anybody writes."""

    looked: threading.Barrier

    @contextmanager
    def writing(self, study: str) -> Iterator[Any]:
        from equipoise.ledger.sql_writer import SqlWriter, read_head

        with plainly(self.name), self._open().connect() as connection:
            if self._path is not None:
                connection.exec_driver_sql("BEGIN")
            writer = SqlWriter(connection, study, read_head(connection, study), self._salts, self.name)
            self.looked.wait(timeout=60)
            yield writer
            writer.flush()
            if self._path is not None:
                connection.exec_driver_sql("COMMIT")
            else:
                connection.commit()


def randomize_with_care_or_without(trial: Clinic, store: Any, names: tuple[str, ...]) -> list[str]:
    """Each name by a thread with a desk of its own; what was refused is told."""

    def act(name: str) -> str:
        desk = trial.another_desk(store=store)
        try:
            return desk.perform(Randomize(name, DAY), as_="li").summary
        except Refusal as refusal:
            return str(refusal)

    with ThreadPoolExecutor(len(names)) as threads:
        return list(threads.map(act, names))


def test_control_a_store_without_its_lock_loses_participants(tmp_path: Path, database: str | None) -> None:
    """F01 control: two writers at once in the database itself; it refuses the second, and somebody is lost."""
    names = FIFTY[:6]
    where = database or str(tmp_path / "ledger.sqlite")
    trial = clinic(store=SqlStore(where))
    trial.ready(*names)
    careless = CarelessStore(where, lock_seconds=2.0)
    careless.looked = threading.Barrier(len(names))
    said = randomize_with_care_or_without(trial, careless, names)
    assert sum("is randomized at position 1" in text for text in said) == 1
    with pytest.raises(AssertionError):
        check_one_slot_each(trial.store, "DEMO", names)


def test_control_a_memory_store_without_its_lock_loses_participants() -> None:
    """F01 control: threads in memory without a turn."""

    class NoLock:
        looked = threading.Barrier(6)

        def acquire(self, timeout: float) -> bool:
            self.looked.wait(timeout=60)
            return True

        def release(self) -> None:
            pass

    names = FIFTY[:6]
    trial = clinic(store=MemoryStore())
    trial.ready(*names)
    trial.store._study("DEMO").turn = NoLock()  # type: ignore[attr-defined]
    trial.desk = Desk(trial.desk.protocol, trial.store, lambda: SECRET, trial.desk.clock, digest=trial.desk.digest)
    randomize_with_care_or_without(trial, trial.store, names)
    with pytest.raises(AssertionError):
        check_one_slot_each(trial.store, "DEMO", names)
