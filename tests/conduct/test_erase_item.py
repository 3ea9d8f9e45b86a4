"""One item of a form is erased and the rest stays as it was; what a result reads goes by two hands alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equipoise.conduct.acts import (
    ACT_OF,
    Agree,
    Appoint,
    CorrectValue,
    Decline,
    Draft,
    Erase,
    Lock,
    RecordForm,
    Strike,
    Transfer,
)
from equipoise.conduct.desk import Desk
from equipoise.conduct.entries import in_place as module
from equipoise.conduct.folder.erasures import find_erasures
from equipoise.conduct.replay.loading import participant_state
from equipoise.datacut.tables import gather
from equipoise.ledger import MemoryStore, open_store
from equipoise.reports.copies.history import pages_of
from tests.conduct.small_trial import CHECKUP, DAY, SECRET, Trial, open_trial

NAME = "Wang Xiaoming, telephone 139"
TWO_TEXTS = (
    "forms: [{id: remark, items: [{id: second_text, label: {en: More, zh: 其他}, type: text, required: false}]}]"
)
KEY = ("notes", 1, "remark")
LESIONS = [{"lesion_place": "liver", "lesion_size": 40}, {"lesion_place": "lung", "lesion_size": 9}]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "memory":
        made = MemoryStore()
    elif request.param == "sqlite":
        made = open_store(tmp_path / "ledger.sqlite")
    else:
        made = open_store(request.getfixturevalue("postgres_url"))
    yield made
    made.close()


def named(store=None) -> tuple[Trial, int]:
    """A remark with a name in its second text, both texts corrected since."""
    trial = open_trial(TWO_TEXTS, store=store)
    trial.consented()
    values = {"remark_text": "headache", "second_text": NAME}
    seq = trial.do(RecordForm("P1", "notes", "remark", values, observed=DAY)).entries[0].seq
    trial.do(CorrectValue("P1", "notes", "remark", "second_text", f"{NAME}!", "wrong number"))
    trial.do(CorrectValue("P1", "notes", "remark", "remark_text", "dizzy", "misread"))
    return trial, seq


def anew(trial: Trial) -> Desk:
    """Another desk at the same ledger, which has read nothing yet."""
    return Desk(trial.desk.protocol, trial.store, lambda: SECRET, lambda: trial.clock[-1], digest=trial.desk.digest)


def test_only_the_named_item_goes_and_all_else_stays_in_its_place(store):
    trial, seq = named(store)
    before = participant_state(trial.store, trial.study, "P1").records[KEY]
    receipt = trial.do(Erase(seq, "a name", "second_text"), as_="custodian")
    assert [entry.kind for entry in receipt.entries] == ["erased", "erased", "record_kept"]
    assert NAME not in str(trial.entries())
    after = participant_state(trial.store, trial.study, "P1").records[KEY]
    assert (after.seq, after.observed, after.values) == (seq, before.observed, {"remark_text": "dizzy"})
    assert gather(trial.store, trial.study, trial.head()).records["P1", *KEY].values == after.values
    kept = {entry.kind: entry for entry in trial.entries()}["record_kept"].payload
    assert (kept["record"], kept["said"]["values"]) == (seq, {"remark_text": "headache"})
    trial.check_whole()
    # An earlier cut has lost the name, and nothing else.
    assert gather(trial.store, trial.study, seq).records["P1", *KEY].values == {"remark_text": "headache"}


def test_the_history_of_the_other_values_stays_and_the_erased_one_is_a_mark(store):
    trial, seq = named(store)
    trial.erased(seq, item="second_text")
    read = trial.entries()
    (page,) = [page for page in pages_of(module.in_place(read, module.kept_of(read))) if page.key == KEY]
    steps = {
        place[2]: [(step.what, step.entry.actor, step.new) for step in cell.steps] for place, cell in page.cells.items()
    }
    assert steps == {
        "remark_text": [("recorded", "li", "headache"), ("corrected", "li", "dizzy")],
        "second_text": [("erased", "custodian", None)],
    }


def test_a_second_item_can_go_after_the_first_and_then_the_whole_form(store):
    trial, seq = named(store)
    trial.erased(seq, item="second_text")
    trial.do(CorrectValue("P1", "notes", "remark", "second_text", "nothing", "said again"))
    trial.erased(seq, item="remark_text")
    assert participant_state(trial.store, trial.study, "P1").records[KEY].values == {"second_text": "nothing"}
    trial.check_whole()
    trial.erased(seq, whole=True)
    assert KEY not in participant_state(trial.store, trial.study, "P1").records
    assert all(word not in str(trial.entries()) for word in ("headache", "dizzy", "nothing", NAME))
    trial.check_whole()
    assert trial.codes(Erase(seq, "again", whole=True), as_="custodian") == ["erasure.done"]


def test_a_desk_that_comes_later_and_one_that_stood_by_see_the_same(store):
    trial, seq = named(store)
    beside = anew(trial)
    beside.perform(Appoint("late", "Late", "coordinator", "S01"), as_="custodian")
    first = trial.do(
        RecordForm("P1", "notes", "remark", {"remark_text": "a", "second_text": NAME}, occurrence=2, observed=DAY)
    )
    trial.erased(first.entries[0].seq, item="second_text")  # recorded and erased while the other desk looked away
    trial.erased(seq, item="second_text")
    for desk in (beside, anew(trial), trial.desk):
        desk.perform(
            CorrectValue("P1", "notes", "remark", "remark_text", f"by {id(desk)}", "again", occurrence=2), as_="li"
        )
    trial.check_whole()


def test_what_a_row_holds_goes_from_that_row_and_what_is_computed_goes_along():
    trial = open_trial()
    trial.consented()
    seq = trial.do(RecordForm("P1", "screening", "checkup", CHECKUP, {"lesions": LESIONS})).entries[0].seq
    trial.erased(seq, item="lesion_size", group="lesions", row=2)
    trial.erased(seq, item="mass")
    record = participant_state(trial.store, trial.study, "P1").records["screening", 1, "checkup"]
    assert record.groups == {"lesions": [LESIONS[0], {"lesion_place": "lung"}]}
    assert not {"mass", "bmi"} & set(record.values) and record.values["height"] == "170.0"
    erasures = find_erasures(trial.store, trial.study)
    assert [dict(one.items) for one in erasures] == [{"lesion_size": 1}, {"bmi": 1, "mass": 1}]
    trial.check_whole()


def test_the_day_goes_with_the_item_that_tells_it():
    trial = open_trial()
    trial.consented()
    seq = trial.do(RecordForm("P1", "screening", "checkup", CHECKUP)).entries[0].seq
    trial.erased(seq, item="seen_on")
    assert participant_state(trial.store, trial.study, "P1").records["screening", 1, "checkup"].observed is None
    trial.check_whole()


def test_drafts_and_what_was_struck_out_lose_it_as_well():
    trial = open_trial(TWO_TEXTS)
    trial.consented()
    trial.do(Draft("P1", "notes", "remark", {"second_text": NAME}))
    values = {"remark_text": "headache", "second_text": NAME}
    seq = trial.do(RecordForm("P1", "notes", "remark", values, observed=DAY)).entries[0].seq
    trial.do(Strike("P1", "notes", "remark", "another person's"))
    trial.erased(seq, item="second_text")
    assert NAME not in str(trial.entries())
    (struck,) = participant_state(trial.store, trial.study, "P1").struck
    assert struck.record.values == {"remark_text": "headache"}
    trial.check_whole()


def dead(store=None) -> tuple[Trial, int]:
    trial = open_trial(store=store)
    trial.randomized()
    seq = trial.do(RecordForm("P1", "notes", "death", {"death_date": "2024-02-20"})).entries[0].seq
    return trial, seq


def test_a_death_is_not_taken_out_by_one_hand_and_not_by_a_second_sponsor(store):
    trial, seq = dead(store)
    trial.do(Appoint("office", "Trial Office", "custodian"), as_="custodian")
    trial.do(Lock("final"), as_="custodian")
    for asked in (Erase(seq, "wrong", "death_date"), Erase(seq, "wrong", whole=True)):
        receipt = trial.do(asked, as_="custodian")
        assert [entry.kind for entry in receipt.entries] == ["agreement_asked"]
        assert {entry.seq: entry.payload for entry in trial.entries()}[seq] is not None
        request = receipt.entries[0].seq
        # Neither who asked, nor who merely holds `erase`, nor the other site, nor who may not record.
        for person, code in (
            ("custodian", "authority.not_granted"),
            ("office", "authority.not_granted"),
            ("wang", "authority.other_site"),
            ("zhao", "authority.not_granted"),
        ):
            assert trial.codes(Agree(request), as_=person) == [code]
        trial.do(Decline(request, "she did die"), as_="zhou")
    assert participant_state(trial.store, trial.study, "P1").records["notes", 1, "death"].values


def test_with_the_second_hand_of_the_site_it_goes_and_both_are_told(store):
    trial, seq = dead(store)
    trial.do(Lock("final"), as_="custodian")
    request = trial.do(Erase(seq, "another person's", whole=True), as_="custodian").entries[0].seq
    receipt = trial.do(Agree(request), as_="zhou", act_id="yes")
    assert [entry.kind for entry in receipt.entries] == ["agreed", "erased"]
    assert trial.do(Agree(request), as_="zhou", act_id="yes") == receipt  # twice
    (one,) = find_erasures(trial.store, trial.study)
    assert (one.entry, one.by, one.agreed_by, dict(one.items)) == (seq, "custodian", "zhou", {"death_date": 1})
    trial.check_whole()


def test_the_site_is_the_one_that_cares_for_the_participant_now():
    trial, seq = dead()
    trial.do(Transfer("P1", "S02", "2024-02-25", "moved"), as_="ma")
    request = trial.do(Erase(seq, "another person's", whole=True), as_="custodian").entries[0].seq
    assert trial.codes(Agree(request), as_="zhou") == ["authority.other_site"]
    trial.do(Agree(request), as_="wang")
    trial.check_whole()


def test_in_a_list_a_request_waits_and_the_rest_is_kept():
    trial, seq = dead()
    with trial.desk.batch():
        asked = trial.do(Erase(seq, "another person's", whole=True), as_="custodian")
        trial.do(RecordForm("P1", "notes", "remark", {"remark_text": "x"}, observed=DAY))
    assert asked.entries[0].kind == "agreement_asked"
    with trial.desk.batch():
        trial.do(Agree(asked.entries[0].seq), as_="zhou")
    trial.check_whole()


# What each of these reads, by what the minimal trial says of it.
@pytest.mark.parametrize(
    ("form", "item", "waits"),
    [
        ("baseline", "age", True),  # an eligibility criterion
        ("baseline", "sex", True),  # a stratum
        ("baseline", "weight", True),  # the baseline table
        ("baseline", "visit_date", True),  # it dates them
        ("remark", "remark_text", False),
    ],
)
def test_what_a_result_reads_waits_for_a_second_person(form, item, waits):
    trial = open_trial()
    trial.randomized()
    if form == "remark":
        trial.do(RecordForm("P1", "notes", "remark", {"remark_text": "x"}, observed=DAY))
    seq = next(e.seq for e in trial.entries() if e.kind == "form_recorded" and e.payload["form"] == form)
    kinds = [entry.kind for entry in trial.do(Erase(seq, "a name", item), as_="custodian").entries]
    assert (kinds == ["agreement_asked"]) is waits


def test_control_one_hand_that_suffices_is_caught(monkeypatch):
    monkeypatch.setitem(ACT_OF, Erase, replace(ACT_OF[Erase], agreed_by=lambda *_: None))
    with pytest.raises(AssertionError):
        test_what_a_result_reads_waits_for_a_second_person("baseline", "age", True)


def test_control_a_replay_that_does_not_read_what_was_kept_is_caught(monkeypatch):
    trial, seq = named()
    trial.erased(seq, item="second_text")
    monkeypatch.setattr("equipoise.conduct.replay.loading.kept_of", lambda _entries: {})
    assert KEY not in participant_state(trial.store, trial.study, "P1").records
