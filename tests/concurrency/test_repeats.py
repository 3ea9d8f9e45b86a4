"""The same request again: a double click, a browser's retry, a reply that never arrived. One event, one receipt."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from equipoise.conduct.acts import Randomize
from equipoise.conduct.desk import Desk
from equipoise.conduct.replay.receipt import Receipt
from equipoise.findings import Refusal, Where
from equipoise.ledger import MemoryStore, Store
from equipoise.ledger.sql_store import SqlStore
from tests.conduct.failures.clinic import (
    DAY,
    SECRET,
    Clinic,
    allocated,
    check_one_slot_each,
    check_same_again,
    clinic,
    codes,
)
from tests.prose import prose


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    match request.param:
        case "memory":
            made: Store = MemoryStore()
        case "sqlite":
            made = SqlStore(tmp_path / "ledger.sqlite")
        case _:
            made = SqlStore(request.getfixturevalue("postgres_url"))
    yield made
    made.close()


def check_one_event(trial: Clinic, receipts: list[Receipt], act_id: str) -> None:
    """All receipts are one receipt, and the ledger holds one entry of the act."""
    assert all(receipt == receipts[0] for receipt in receipts)
    assert [entry.kind for entry in trial.store.find_act("DEMO", act_id)] == ["allocated"]


def test_the_same_act_id_gives_the_same_receipt_and_one_event(store: Store) -> None:
    """F02 double click, reload, retry with one act id: the same allocation is returned, one event."""
    trial = clinic(store=store)
    trial.ready("P1", "P2")
    receipts = [trial.randomize("P1", act_id="click")]
    receipts += [trial.randomize("P1", act_id="click")]
    trial.randomize("P2")
    receipts += [trial.another_desk().perform(Randomize("P1", DAY), as_="li", act_id="click")]
    check_one_event(trial, receipts, "click")
    check_one_slot_each(store, "DEMO", ["P1", "P2"])


def test_the_same_act_id_from_ten_threads_at_once_is_one_event(store: Store) -> None:
    """F02 the retries overtake one another: ten threads, one act id, the same receipt ten times."""
    trial = clinic(store=store)
    trial.ready("P1")
    start = threading.Barrier(10)

    def click(_: int) -> Receipt:
        start.wait(timeout=60)
        return trial.another_desk().perform(Randomize("P1", DAY), as_="li", act_id="click")

    with ThreadPoolExecutor(10) as threads:
        check_one_event(trial, list(threads.map(click, range(10))), "click")
    check_one_slot_each(store, "DEMO", ["P1"])


def test_an_act_id_is_never_taken_for_somebody_else() -> None:
    """F02 the same act id for another participant, or from another person, is refused: a receipt stays its owner's."""
    trial = clinic()
    trial.ready("P1", "P2")
    trial.randomize("P1", act_id="click")
    assert codes(trial.refused(Randomize("P2", DAY), act_id="click")) == ["act.taken"]
    assert codes(trial.refused(Randomize("P1", DAY), as_="zhou", act_id="click")) == ["act.taken"]
    check_one_slot_each(trial.store, "DEMO", ["P1"])


def test_a_request_that_was_refused_may_be_mended_and_sent_again_under_its_act_id() -> None:
    """F02 a refusal does not use up the act id."""
    trial = clinic()
    assert codes(trial.refused(Randomize("P1", DAY), act_id="click")) == ["participant.unknown"]
    trial.ready("P1")
    assert trial.randomize("P1", act_id="click").entries[0].kind == "allocated"


def test_the_second_to_ask_is_told_who_was_first_and_when(store: Store) -> None:
    """F03 two users, one participant, the same instant: one allocation, the other is told who and when."""
    trial = clinic(store=store)
    trial.ready("P1")
    start = threading.Barrier(2)

    def ask(who: str) -> Receipt | Refusal:
        start.wait(timeout=60)
        try:
            return trial.another_desk().perform(Randomize("P1", DAY), as_=who)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(ask, ["li", "zhou"]))
    (receipt,) = (answer for answer in answers if isinstance(answer, Receipt))
    (refusal,) = (answer for answer in answers if isinstance(answer, Refusal))
    entry = receipt.entries[0]
    assert codes(refusal) == ["participant.randomized"]
    assert f"by {entry.actor}" in str(refusal)
    assert entry.at[:19] in str(refusal)
    assert DAY in str(refusal)
    check_one_slot_each(store, "DEMO", ["P1"])


class LostReply:
    """A store whose next writer commits, and then the connection is gone. `committed=False`: gone before the commit."""

    def __init__(self, store: Store, *, committed: bool = True) -> None:
        self._store, self._committed = store, committed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def writing(self, study: str) -> Iterator[Any]:
        gone = Refusal(prose("ledger.no_connection", Where("database"), "the database cannot be reached", "", ""))
        with self._store.writing(study) as writer:
            yield writer
            if not self._committed:
                raise gone
        raise gone


def ask_and_lose_the_reply(trial: Clinic, lossy: LostReply) -> Desk:
    desk = trial.another_desk(store=lossy)
    with pytest.raises(Refusal, match="cannot be reached"):
        desk.perform(Randomize("P1", DAY), as_="li", act_id="click")
    return desk


def test_a_reply_that_was_lost_after_the_commit_is_given_when_asked_again(store: Store) -> None:
    """F04 network lost after commit, before reply: asking again shows the allocation, no second slot."""
    trial = clinic(store=store)
    trial.ready("P1", "P2")
    desk = ask_and_lose_the_reply(trial, LostReply(store))
    (entry,) = allocated(store, "DEMO")  # whoever looks finds it, without asking again
    trial.randomize("P2")
    desk.store = store
    for asked in (desk, trial.another_desk()):  # the desk that lost the reply, and one after a restart
        assert asked.perform(Randomize("P1", DAY), as_="li", act_id="click").entries == (entry,)
    # Who reloads the page without the act id is told that it is done, when and by whom.
    assert "by li" in str(trial.refused(Randomize("P1", DAY)))
    check_one_slot_each(store, "DEMO", ["P1", "P2"])
    check_same_again(store, "DEMO", SECRET, trial.desk.protocol)


def test_a_connection_lost_before_the_commit_leaves_nothing(store: Store) -> None:
    """F04 network lost before commit: no slot is used, and the same request is done once when sent again."""
    trial = clinic(store=store)
    trial.ready("P1", "P2")
    desk = ask_and_lose_the_reply(trial, LostReply(store, committed=False))
    assert allocated(store, "DEMO") == []
    trial.randomize("P2")  # somebody else takes position 1 in between
    desk.store = store
    receipt = desk.perform(Randomize("P1", DAY), as_="li", act_id="click")
    assert receipt.entries[0].payload["position"] == 2
    check_one_slot_each(store, "DEMO", ["P1", "P2"])
    check_same_again(store, "DEMO", SECRET, trial.desk.protocol)


# Controls.


def test_control_a_desk_that_forgets_act_ids_is_noticed() -> None:
    """F02 F04 control: with a new act id each time, the second request is refused instead of answered."""
    trial = clinic()
    trial.ready("P1")
    first = trial.randomize("P1")
    with pytest.raises(Refusal, match="was randomized on"):
        check_one_event(trial, [first, trial.randomize("P1")], first.act_id)


def test_control_a_ledger_that_holds_the_act_twice_is_noticed() -> None:
    """F02 F03 control: a participant allocated twice, behind the desk's back, fails the same checks."""
    trial = clinic()
    trial.ready("P1")
    receipt = trial.randomize("P1", act_id="click")
    with trial.store.writing("DEMO") as writer:
        from equipoise.ledger import Fact, Stamp

        entry = receipt.entries[0]
        again = Fact("allocated", {**(entry.payload or {}), "position": 2, "stratum_position": 2}, "P1", "S01")
        writer.append(Stamp("click again", "li", "investigator", entry.at), [again])
    with pytest.raises(AssertionError):
        check_one_slot_each(trial.store, "DEMO", ["P1"])
    with pytest.raises(AssertionError):
        check_one_event(trial, [receipt, replace(receipt, entries=(*receipt.entries, entry))], "click")
