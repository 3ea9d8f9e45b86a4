"""An amendment never reaches backwards: any cut at an entry has the same bytes, whatever is acted and amended afterwards.

Acts and amendments come in any order; after each amendment a cut is taken and kept, and at the end every kept cut is
taken again.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from equipoise.conduct import acts as a
from equipoise.conduct.replay.projection import projections
from equipoise.conduct.replay.replaying import replay
from equipoise.conduct.state.versions import Version, together
from equipoise.datacut import compare_with_cut, freeze
from equipoise.findings import Refusal
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import protocol_digest
from tests.conduct.small_trial import BASELINE, DAY, SECRET, Trial, open_trial
from tests.hunting import examples
from tests.seeing import everything
from tests.spec.minimal import minimal_protocol

FIRST: tuple[Any, ...] = ({"roles": None},)
PULSE = "forms: [{id: baseline, items: [{id: pulse, label: {en: Pulse, zh: 脉搏}, type: integer, required: false}]}]"
DROPPED_VISIT = "visits: [{id: every_3_months, remove: true}]\nvariables: [{id: last_seen, remove: true}]\n"
CENSORING = "endpoints: [{id: os, censoring: [{id: alive, remove: true}]}]"
CHANGES: tuple[tuple[Any, ...], ...] = (
    (PULSE,),
    (DROPPED_VISIT, CENSORING),
    ("codelists: [{id: sex, codes: [{code: X, label: {en: Other, zh: 其他}}]}]",),
    ("forms: [{id: baseline, items: [{id: weight, remove: true}]}]\neligibility: {criteria: [{id: E1, remove: true}]}\nbaseline: [age, sex]",),
    ("arms: [{id: C, label: {en: Third, zh: 第三组}, role: experimental}]\nrandomization: {ratio: {A: 1, B: 1, C: 1}, scheme: {kind: permuted_blocks, sizes: [3, 6]}}",),
    ("forms: [{id: ecg, title: {en: ECG, zh: 心电图}, items: [{id: qt, label: {en: QT, zh: QT}, type: integer}]}]\nvisits: [{id: screening, forms: [baseline, ecg]}]",),
    ("variables: [{id: old, label: {en: Old, zh: 年长}, type: boolean, rule: age >= 60}]",),
)  # fmt: skip


@cache
def version(number: int, change: int | None) -> Protocol:
    """The first version of the trial, or a later one with a change of it."""
    changes = () if change is None else CHANGES[change]
    return minimal_protocol(*FIRST, *changes, {"study": {"version": f"{number}.0"}})


class Amended(Trial):
    """A trial that remembers every version that it took up."""

    kept_by_digest: dict[str, Protocol]

    def amend(self, protocol: Protocol, at_once: str = "all sites approved it") -> None:
        digest = protocol_digest(protocol)
        self.kept_by_digest[digest] = protocol
        self.do(a.Amend(protocol, digest, "a change", at_once=at_once), as_="custodian")


def begun() -> Amended:
    plain = open_trial(protocol=version(1, None))
    trial = Amended(plain.desk, plain.store, plain.clock)
    trial.kept_by_digest = {trial.desk.digest: trial.desk.protocol}
    trial.desk._kept = trial.kept_by_digest.__getitem__
    trial.clock.append(datetime(2024, 12, 1, 8, tzinfo=UTC))
    return trial


def study_of(trial: Amended) -> Any:
    return SimpleNamespace(
        folder=Path(), protocol=trial.desk.protocol, protocol_digest=trial.desk.digest, store=trial.store,
        secret=lambda: SECRET, kept=trial.kept_by_digest.__getitem__, id="DEMO", environment="production", reader=everything,
    )  # fmt: skip


def bytes_of(trial: Amended, entry: int) -> dict[str, bytes]:
    """A cut at an entry, as bytes by table."""
    cut = freeze(study_of(trial), entry=entry)
    frames = {name: getattr(cut, name) for name in ("participants", "variables", "provenance", "elements", "not_asked")}
    told = {name: frame.write_ndjson().encode() for name, frame in (frames | dict(cut.tables)).items()}
    columns = {f"{name} columns": str(frame.schema).encode() for name, frame in (frames | dict(cut.tables)).items()}
    return told | columns | {"identity": str(sorted(cut.identity().items())).encode()}


def baseline(who: str, age: int, reason: str = "") -> a.RecordForm:
    return a.RecordForm(who, "screening", "baseline", {**BASELINE, "age": age}, reason=reason)


WHO = st.sampled_from(["P1", "P1", "P2", "P3"])
ACTS = st.one_of(
    st.builds(baseline, WHO, st.integers(45, 60), st.sampled_from(["", "typo"])),
    st.builds(a.CorrectValue, WHO, st.just("screening"), st.just("baseline"), st.just("weight"), st.sampled_from(["61.0", "70.5"]), st.just("typo")),
    st.builds(lambda who, n: a.RecordForm(who, "every_3_months", "follow_up", {"seen_date": f"2024-0{4 + n}-01", "progressed": False}, occurrence=n), WHO, st.integers(1, 3)),
    st.builds(lambda who: a.RecordForm(who, "screening", "ecg", {"qt": 400}, observed=DAY), WHO),
    st.builds(a.Withdraw, WHO, st.just("2024-09-15"), st.just("moved"), st.just("treatment")),
    st.builds(a.Screen, st.just("P3"), st.just("S01"), st.just(DAY)),
    st.builds(a.Consent, st.just("P3"), st.just(DAY)),
    st.integers(0, len(CHANGES) - 1),
    st.integers(0, len(CHANGES) - 1),
)  # fmt: skip


def check_never_backwards(steps: list[Any]) -> int:
    """Play the steps; every cut that was taken on the way is taken again at the end. How many amendments there were."""
    trial = begun()
    for name in ("P1", "P2"):
        trial.randomized(name)
    trial.do(a.RecordForm("P1", "every_3_months", "follow_up", {"seen_date": "2024-05-01", "progressed": False}))
    then = {trial.head(): bytes_of(trial, trial.head())}
    amended = 0
    for step in steps:
        trial.clock.append(trial.clock[-1] + timedelta(hours=5))
        try:
            if isinstance(step, int):
                trial.amend(version(amended + 2, step))
                amended += 1
                then[trial.head()] = bytes_of(trial, trial.head())
            else:
                trial.do(step)
        except Refusal:
            pass
    then.setdefault(trial.head(), bytes_of(trial, trial.head()))
    for entry, said in then.items():
        again = bytes_of(trial, entry)
        assert {name: again.get(name) for name in said} == said, entry
    assert compare_with_cut(study_of(trial)).findings == ()
    replayed = projections(replay("DEMO", trial.entries()))
    assert trial.store.projection("DEMO", "records") == replayed["records"]
    return amended


QUICK = settings(
    max_examples=12 if "EQUIPOISE_SOAK" not in os.environ else examples(150), deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate),
)  # fmt: skip


@QUICK
@given(steps=st.lists(ACTS, max_size=10))
def test_a_cut_at_an_entry_is_the_same_whatever_is_amended_afterwards(steps):
    check_never_backwards(steps)


ALL = [*range(len(CHANGES)), baseline("P2", 55, "typo"), 1]


def test_every_change_one_after_the_other_leaves_old_cuts_as_they_were():
    assert check_never_backwards(ALL) == len(CHANGES) + 1


def test_control_reading_with_the_newest_protocol_is_caught(monkeypatch):
    """As it was: whatever the entry, the protocol of today read it."""

    def newest(study: Any, upto: int | None = None) -> Any:
        return together([Version(1, study.protocol.study.version, study.protocol_digest, study.protocol)])

    monkeypatch.setattr(sys.modules["equipoise.datacut.freeze"], "in_force", newest)
    with pytest.raises(AssertionError):
        check_never_backwards([0])
