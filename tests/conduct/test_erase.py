"""Lawful erasure: the payload goes, the entry, the chain and the projections stay true."""

from __future__ import annotations

import pytest

from equipoise.conduct.acts import CorrectValue, Erase, Lock, RecordForm, ReportDeviation
from equipoise.ledger import open_store
from tests.conduct.small_trial import BASELINE, DAY, open_trial

NAME = "Wang Xiaoming, telephone 139"


@pytest.fixture(params=["memory", "sqlite"])
def trial(request, tmp_path):
    store = None if request.param == "memory" else open_store(tmp_path / "ledger.sqlite")
    trial = open_trial(store=store)
    trial.consented()
    yield trial
    trial.store.close()


def remark(text: str, **more) -> RecordForm:
    return RecordForm("P1", "notes", "remark", {"remark_text": text}, observed=DAY, **more)


def erase(trial, seq: int):
    return trial.erased(seq, "a name was typed in")


def test_an_erased_form_goes_with_its_corrections_and_nothing_else(trial):
    seq = trial.do(remark(NAME)).entries[0].seq
    corrected = trial.do(CorrectValue("P1", "notes", "remark", "remark_text", "none", "a name")).entries[0].seq
    other = trial.do(remark("headache", occurrence=2)).entries[0].seq
    receipt = erase(trial, seq)
    assert [entry.payload["erases"] for entry in receipt.entries] == [seq, corrected]
    assert [entry.payload["kind"] for entry in receipt.entries] == ["form_recorded", "value_corrected"]
    kept = {entry.seq: entry.payload for entry in trial.entries()}
    assert kept[seq] is None
    assert kept[corrected] is None
    assert kept[other]["values"]["remark_text"] == "headache"
    assert NAME not in str(trial.entries())
    assert set(trial.store.projection(trial.study, "records")) == {"P1 notes 2 remark"}
    trial.check_whole()


def test_what_may_be_kept_is_recorded_again_and_can_be_corrected_and_erased_again(trial):
    first = trial.do(remark(NAME)).entries[0].seq
    erase(trial, first)
    second = trial.do(remark("headache")).entries[0].seq
    correction = trial.do(CorrectValue("P1", "notes", "remark", "remark_text", "dizzy", "misread")).entries[0].seq
    assert trial.store.projected(trial.study, "records", "P1 notes 1 remark")["values"] == {"remark_text": "dizzy"}
    assert [entry.payload["erases"] for entry in erase(trial, second).entries] == [second, correction]
    trial.check_whole()


def test_a_form_that_was_recorded_anew_stays_when_an_older_correction_is_looked_at(trial):
    first = trial.do(remark(NAME)).entries[0].seq
    trial.do(CorrectValue("P1", "notes", "remark", "remark_text", "none", "a name"))
    refusal = trial.refused(Erase(first + 1, "a name"), "custodian").findings[0]
    assert refusal.code == "erasure.correction"
    assert f"Erase remark_text of entry {first}, the form" in refusal.mend


def test_words_of_a_deviation_and_of_a_refusal_can_go_and_the_counts_stay(trial):
    deviation = trial.do(ReportDeviation("P1", DAY, "visit", NAME)).entries[0].seq
    trial.refused(RecordForm("P1", "screening", "baseline", BASELINE | {"weight": NAME}))
    refused = trial.head()
    assert NAME in str(trial.entries())
    erase(trial, deviation)
    erase(trial, refused)
    assert NAME not in str(trial.entries())
    assert trial.store.projected(trial.study, "participants", "P1")["deviations"] == 1
    assert trial.kinds().count("refused") == 1
    trial.check_whole()


def test_erasing_is_possible_in_a_locked_study_and_in_a_batch_and_dry(trial):
    seq = trial.do(remark(NAME)).entries[0].seq
    trial.do(Lock("final"), as_="custodian")
    with trial.desk.batch(dry_run=True):
        erase(trial, seq)
    assert NAME in str(trial.entries())
    assert trial.store.projected(trial.study, "records", "P1 notes 1 remark") is not None
    with trial.desk.batch():
        erase(trial, seq)
    trial.check_whole()


def test_a_repeated_erasure_gives_the_same_receipt(trial):
    seq = trial.do(remark(NAME)).entries[0].seq
    asked = Erase(seq, "a name", whole=True)
    first = trial.do(asked, as_="custodian", act_id="e")
    assert trial.do(asked, as_="custodian", act_id="e") == first
    assert [f.code for f in trial.refused(Erase(seq + 1, "a name"), "custodian", act_id="e").findings] == ["act.taken"]


def test_nothing_of_it_is_left_in_the_file(tmp_path):
    trial = open_trial(store=open_store(tmp_path / "ledger.sqlite"))
    trial.consented()
    seq = trial.do(remark(NAME)).entries[0].seq
    erase(trial, seq)
    trial.store.close()
    for file in tmp_path.iterdir():
        assert NAME.encode() not in file.read_bytes(), file.name
