"""Several people at one query in the same instant: one answers, the others are told who did; no name is given twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from equipoise.conduct.acts import Act, AnswerQuery, CorrectValue, RaiseQuery
from equipoise.conduct.desk import Desk
from equipoise.conduct.replay.loading import participant_state
from equipoise.conduct.state.query import query_name
from equipoise.findings import Refusal
from equipoise.ledger.sql_store import SqlStore
from tests.conduct.small_trial import SECRET, Trial, full_protocol, open_trial
from tests.conduct.test_queries import ASKING, LIGHT

HANDS = 8


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the ledger is: a file, or a server."""
    return (
        str(tmp_path / "ledger.sqlite") if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
    )


def asked(where: str) -> tuple[Trial, str]:
    """P1 with one query of a check, and its name."""
    trial = open_trial(protocol=full_protocol(ASKING), store=SqlStore(where))
    trial.recorded(**LIGHT)
    return trial, query_name(trial.head())


def at_once(
    trial: Trial, where: str, acts: list[tuple[Act, str]], ready: Callable[[Desk], None] = lambda _: None
) -> list[str]:
    """Each act by a thread with a desk and a store of its own, all in the same instant; what each was told."""
    start = threading.Barrier(len(acts))

    def ask(one: tuple[Act, str]) -> str:
        act, who = one
        desk = Desk(trial.desk.protocol, SqlStore(where), lambda: SECRET, trial.desk.clock, digest=trial.desk.digest)
        ready(desk)
        start.wait(timeout=60)
        try:
            return desk.perform(act, as_=who).summary
        except Refusal as refusal:
            return f"{refusal.findings[0].code}: {refusal}"
        finally:
            desk.store.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(ask, acts))


def answers(name: str) -> list[tuple[Act, str]]:
    return [(AnswerQuery("P1", name, f"answer {n}"), ("li", "chen", "zhou")[n % 3]) for n in range(HANDS)]


def check_one_answer(trial: Trial, said: list[str]) -> None:
    """One was taken, and everybody else was told by whom."""
    given = [entry for entry in trial.entries() if entry.kind == "query_answered"]
    assert len(given) == 1
    taken = [text for text in said if "was answered" in text]
    assert len(taken) == 1
    for text in said:
        assert text in taken or (text.startswith("query.not_open") and f"{given[0].actor} did so at" in text)
    trial.check_whole()


def test_one_of_those_who_answer_at_once_is_heard_and_the_others_are_told_whom(where: str) -> None:
    trial, name = asked(where)
    check_one_answer(trial, at_once(trial, where, answers(name)))


def test_queries_raised_at_once_have_names_of_their_own(where: str) -> None:
    trial, first = asked(where)
    said = at_once(trial, where, [(RaiseQuery("P1", {"en": f"Question {n}"}), "zhao") for n in range(HANDS)])
    names = {text.split()[0] for text in said}
    person = participant_state(trial.store, trial.study, "P1")
    assert person is not None
    assert set(person.queries) == names | {first}
    assert len(names) == HANDS
    trial.check_whole()


def test_an_answer_and_the_correction_that_settles_it_may_come_in_either_order(where: str) -> None:
    trial, name = asked(where)
    correction = CorrectValue("P1", "screening", "baseline", "age", 30, "misread")
    said = at_once(trial, where, [(AnswerQuery("P1", name, "it is 30"), "chen"), (correction, "li")])
    kept = trial.store.projected(trial.study, "queries", name)
    assert kept["status"] == "closed"
    assert kept["steps"][-1]["system"]
    assert "was closed" in said[1]
    assert "was answered" in said[0] or said[0].startswith("query.not_open")
    trial.check_whole()


def test_control_desks_that_do_not_look_again_in_their_turn_all_answer(where: str) -> None:
    trial, name = asked(where)
    person = participant_state(trial.store, trial.study, "P1")
    assert person is not None
    before = person.queries[name]

    def ready(desk: Desk) -> None:
        """The desk reads the participant, and decides in its turn on the query as it was then."""
        with pytest.raises(Refusal):
            desk.perform(AnswerQuery("P1", "Q9999", "nothing"), as_="li")
        careful = desk._decide

        def careless(*asked: Any) -> Any:
            desk._state.participants["P1"].queries[name] = before  # type: ignore[union-attr]
            return careful(*asked)

        desk._decide = careless  # type: ignore[method-assign]

    said = at_once(trial, where, answers(name), ready)
    assert sum("was answered" in text for text in said) == HANDS
    with pytest.raises(AssertionError):
        check_one_answer(trial, said)
