"""The pass that keeps no record says that the projections hold exactly where the plain replay says so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from equipoise.conduct.folder import passing as module
from equipoise.conduct.folder.deciding import Decided
from equipoise.conduct.folder.passing import Passing
from equipoise.conduct.replay.projection import NAMES, projections
from equipoise.conduct.replay.replaying import replay
from equipoise.findings import Refusal
from tests.conduct.small_trial import Trial, open_trial
from tests.hunting import examples
from tests.twins.test_cut_twin import STEPS, do

MORE = st.sampled_from([("struck", None, None), ("query", None, None)])
SPOILS = ("nothing", "gone", "stray", "older", "value", "seq")


def passed(trial: Trial) -> Passing:
    found = Passing(trial.store, trial.study, Decided(lambda _digest: trial.desk.protocol))
    for link in trial.store.links(trial.study):
        found.take(link)
    return found


def spoil(trial: Trial, how: str, which: int) -> None:
    """Something else than what follows from the entries stands in the records' projection."""
    kept = trial.store.projection(trial.study, "records")
    key = sorted(kept)[which % len(kept)] if kept else "P1 screening 1 baseline"
    with trial.store.writing(trial.study) as writer:
        if how == "gone" and kept:
            writer.put("records", key, None)
        elif how == "stray":
            writer.put("records", "P1 screening 9 baseline", {"seq": 1, "observed": None, "values": {}, "groups": {}})
        elif how == "older":  # as the form was first recorded, whatever came later
            for entry in trial.entries():
                if entry.kind == "form_recorded" and entry.payload is not None:
                    said = entry.payload
                    name = f"P1 {said['visit']} {said['occurrence']} {said['form']}"
                    row = {n: said[n] for n in ("observed", "values", "groups")}
                    writer.put("records", name, {"seq": entry.seq, **row})
        elif how in ("value", "seq") and kept:
            row = kept[key]
            row["seq"] += how == "seq"
            row["values"] = {**row["values"], "age": 99} if how == "value" else row["values"]
            writer.put("records", key, row)


def check(steps: list[tuple[str, Any, Any]], how: str, which: int) -> None:
    trial = open_trial()
    trial.consented()
    for step in steps:
        try:
            do(trial, step)
        except Refusal:
            pass
    spoil(trial, how, which)
    wanted = projections(replay(trial.study, trial.entries()))
    plainly = wanted == {name: trial.store.projection(trial.study, name) for name in NAMES}
    found = passed(trial)
    assert found.holds() == plainly
    assert not plainly or found.records == len(wanted["records"])
    assert found.decided == []


@settings(
    max_examples=examples(120),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)
@given(st.lists(STEPS, max_size=10), st.sampled_from(SPOILS), st.integers(0, 5))
def test_the_pass_says_what_the_plain_replay_says(steps, how, which):
    check(steps, how, which)


def test_control_a_pass_that_forgets_what_was_corrected_is_caught(monkeypatch):
    monkeypatch.setattr(Passing, "_touch", lambda _self, _entry: None)
    with pytest.raises(AssertionError):
        test_the_pass_says_what_the_plain_replay_says()


def test_control_a_pass_that_counts_no_line_is_caught(monkeypatch):
    count = type(open_trial().store).count
    monkeypatch.setattr(type(open_trial().store), "count", lambda store, study, name: count(store, study, name) - 1)
    with pytest.raises(AssertionError):
        test_the_pass_says_what_the_plain_replay_says()


def test_control_a_pass_that_believes_its_own_line_is_caught(monkeypatch):
    """With a line that is whatever stands there, a value that somebody changed would pass."""
    trial = open_trial()
    monkeypatch.setattr(module, "_line", lambda _text, _said, _seq: None)
    monkeypatch.setattr(type(trial.store), "lines", lambda _store, _study, _name, keys: dict.fromkeys(keys))
    with pytest.raises(AssertionError):
        test_the_pass_says_what_the_plain_replay_says()


@pytest.mark.parametrize(
    "values",
    [
        {"a": 'he said "values":{} and ,"visit":"x"}'},
        {"a": "back\\slash"},
        {"values": 1, "visit": "x"},
        {"a": "无不适", "b": None, "c": True, "d": 3},
        {},
    ],
    ids=["quoted", "escaped", "named", "plain", "empty"],
)
def test_the_line_of_a_form_is_its_row_in_canonical_form(values):
    said = {"form": "f", "visit": "v", "occurrence": 1, "observed": "2024-02-01", "values": values, "groups": {}}
    for groups in ({}, {"g": [{"x": "1"}, {}]}):
        told = said | {"groups": groups}
        line = module._line(module.canonical_bytes(told).decode(), told, 7)
        row = {"seq": 7, "observed": "2024-02-01", "values": values, "groups": groups}
        assert line == module.canonical_bytes(row).decode()
