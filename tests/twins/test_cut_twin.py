"""The cut's shorter way with recorded forms and corrections gives the records that the declarations give."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from equipoise.conduct import acts as a
from equipoise.conduct.replay.replaying import replay
from equipoise.datacut import tables
from equipoise.findings import Refusal
from tests.conduct.small_trial import BASELINE, CHECKUP, Trial, open_trial
from tests.hunting import examples

LESIONS = st.lists(
    st.fixed_dictionaries({"lesion_place": st.sampled_from(["liver", "lung"]), "lesion_size": st.integers(1, 90)}),
    max_size=3,
)
STEPS = st.one_of(
    st.builds(lambda age: ("baseline", {**BASELINE, "age": age}, {}), st.integers(45, 60)),
    st.builds(lambda rows: ("checkup", CHECKUP, {"lesions": rows}), LESIONS),
    st.builds(lambda size, row: ("lesion_size", size, row), st.integers(1, 90), st.integers(1, 3)),
    st.builds(lambda day: ("seen_on", day, None), st.sampled_from(["2024-02-01", "2024-02-03"])),
    st.builds(
        lambda back, item: ("erase", back, item),
        st.integers(0, 3),
        st.sampled_from([None, "lesion_size", "mass", "weight"]),
    ),
)


def do(trial: Trial, step: tuple[str, Any, Any]) -> None:
    what, value, where = step
    if what in ("baseline", "checkup"):
        trial.do(a.RecordForm("P1", "screening", what, value, where, reason="again"))
    elif what == "lesion_size":
        trial.do(a.CorrectValue("P1", "screening", "checkup", what, value, "typo", group="lesions", row=where))
    elif what == "seen_on":
        trial.do(a.CorrectValue("P1", "screening", "checkup", what, value, "typo"))
    else:
        forms = [entry.seq for entry in trial.entries() if entry.kind == "form_recorded" and entry.payload]
        trial.erased(forms[-1 - value] if value < len(forms) else 1, **({} if where is None else {"item": where}))


def check(steps: list[tuple[str, Any, Any]]) -> None:
    trial = open_trial()
    trial.consented()
    for step in steps:
        try:
            do(trial, step)
        except Refusal:
            pass
    person = replay("DEMO", trial.entries()).participants["P1"]
    short = tables.gather(trial.store, "DEMO", trial.head()).records
    assert {key[1:]: record for key, record in short.items()} == person.records


@settings(
    max_examples=examples(150),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)
@given(steps=st.lists(STEPS, max_size=12))
def test_the_shorter_way_gives_the_same_records(steps):
    check(steps)


def test_control_a_shorter_way_that_forgets_rows_added_later_is_caught(monkeypatch):
    kept = tables.corrected
    monkeypatch.setattr(
        tables, "corrected", lambda record, said: kept(record, said) if said["group"] is None else record
    )
    with pytest.raises(AssertionError):
        test_the_shorter_way_gives_the_same_records()


def test_control_a_shorter_way_that_keeps_the_first_of_two_forms_is_caught(monkeypatch):
    class Kept(dict):
        def __setitem__(self, key, value):
            self.setdefault(key, value)

    known = tables.Gathered
    monkeypatch.setattr(tables, "Gathered", lambda state: known(state, records=Kept()))
    with pytest.raises(AssertionError):
        test_the_shorter_way_gives_the_same_records()
