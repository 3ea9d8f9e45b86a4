"""Everyday errors are put right in an honest way: what stood stays on the ledger, counts nowhere, and is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.replay.projection import projections
from equipoise.conduct.replay.replaying import replay
from equipoise.conduct.state.state import ParticipantState
from equipoise.datacut import freeze
from equipoise.datacut import tables as cutting
from tests.conduct.mending_cases import SAMPLES
from tests.conduct.small_trial import BASELINE, CHECKUP, DAY, SECRET, Trial, open_trial
from tests.seeing import everything

CHECKED = a.RecordForm("P1", "screening", "checkup", CHECKUP)


def cut_of(trial: Trial) -> Any:
    study = SimpleNamespace(
        folder=None,
        protocol=trial.desk.protocol,
        protocol_digest="",
        store=trial.store,
        secret=lambda: SECRET,
        reader=everything,
    )
    return freeze(study)


def row(trial: Trial, name: str = "P1") -> dict[str, Any]:
    (found,) = cut_of(trial).participants.filter(pl.col("participant") == name).to_dicts()
    return found


def person(trial: Trial, name: str = "P1") -> ParticipantState:
    trial.check_whole()
    return replay(trial.study, trial.entries()).participants[name]


@pytest.fixture
def trial() -> Trial:
    opened = open_trial()
    opened.recorded("P1")
    opened.recorded("P2")
    return opened


# A participant moves


def test_a_participant_who_moves_belongs_to_the_other_center_with_everything(trial):
    trial.do(a.RaiseQuery("P1", {"en": "Is the age right?"}, "screening", "baseline", item="age"), as_="zhao")
    receipt = trial.do(a.Transfer("P1", "S02", "2024-02-10", "moved house"), as_="ma")
    assert [finding.code for finding in receipt.findings] == ["participant.moved"]
    (query,) = person(trial).queries
    assert trial.codes(a.AnswerQuery("P1", query, "It is."), as_="chen") == ["authority.other_site"]
    trial.do(a.AnswerQuery("P1", query, "It is."), as_="wang")
    assert [one["site"] for one in trial.store.projection(trial.study, "queries").values()] == ["S02"]
    assert (row(trial)["site"], row(trial)["site_before"], row(trial)["moved_day"]) == ("S02", "S01", "2024-02-10")
    assert row(trial, "P2")["site_before"] is None


def test_the_center_that_chance_used_stays_and_is_no_deviation_after_a_move():
    trial = open_trial("{factors: [{id: site, label: {en: Site, zh: 中心}}], randomization: {stratify_by: [site]}}")
    trial.randomized()
    trial.do(a.Transfer("P1", "S02", "2024-02-10", "moved house"), as_="ma")
    trial.do(a.CorrectValue("P1", "screening", "baseline", "age", 52, "typo"), as_="wang")
    assert (row(trial)["used_site"], row(trial)["true_site"]) == ("S01", None)
    assert [q["check"] for q in trial.store.projection(trial.study, "queries").values()] == []


def test_nobody_moves_to_a_center_that_is_closed_or_before_they_came(trial):
    assert trial.codes(a.Transfer("P1", "S02", "2024-01-15", "moved"), as_="ma") == ["date.order"]
    trial.do(a.CloseSite("S02", DAY), as_="ma")
    assert trial.codes(a.Transfer("P1", "S02", "2024-02-10", "moved"), as_="ma") == ["site.closed"]


# A form of the wrong person, or of the wrong visit


def test_what_is_struck_out_is_kept_and_in_no_cut_and_can_be_recorded_anew(trial):
    trial.do(a.CorrectValue("P1", "screening", "baseline", "age", 55, "typo"))
    trial.do(a.Strike("P1", "screening", "baseline", "it is P3's"))
    cut = cut_of(trial)
    assert cut.tables["baseline"]["participant"].to_list() == ["P2"]
    assert [one[2:] for one in cut.struck] == [("P1", "baseline screening 1", "it is P3's")]
    assert cut.provenance.filter((pl.col("participant") == "P1") & (pl.col("form") == "baseline")).height == 0
    (struck,) = person(trial).struck
    assert (struck.record.values["age"], struck.reason) == (55, "it is P3's")
    trial.do(a.RecordForm("P1", "screening", "baseline", {**BASELINE, "age": 61}))
    assert person(trial).records["screening", 1, "baseline"].values["age"] == 61
    ages = cut_of(trial).provenance.filter((pl.col("participant") == "P1") & (pl.col("item") == "age"))
    assert [len(seqs) for seqs in ages["seqs"].to_list()] == [1]


def test_a_form_moves_to_where_it_belongs_in_one_act_and_both_entries_tell_of_it(trial):
    trial.do(CHECKED)
    receipt = trial.do(a.Strike("P1", "screening", "checkup", "P2's page", to_participant="P2"))
    struck, recorded = receipt.entries
    assert (struck.participant, recorded.participant) == ("P1", "P2")
    assert struck.payload["to"] == {"participant": "P2", "visit": "screening", "occurrence": 1}
    assert recorded.payload["moved_from"]["entry"] == struck.payload["record"]
    assert cut_of(trial).tables["checkup"]["participant"].to_list() == ["P2"]
    assert person(trial, "P2").records["screening", 1, "checkup"].values["bmi"] is not None


def test_a_form_moves_to_another_visit_of_the_same_participant():
    trial = open_trial()
    trial.randomized()
    trial.do(a.RecordForm("P1", "every_3_months", "follow_up", {"seen_date": "2024-02-20", "progressed": False}))
    trial.do(a.Strike("P1", "every_3_months", "follow_up", "second visit", to_occurrence=2))
    assert list(person(trial).records) == [("screening", 1, "baseline"), ("every_3_months", 2, "follow_up")]


def test_nothing_moves_to_a_participant_of_another_center_and_nothing_is_half_done(trial):
    trial.screened("P9", "S02", as_="wang")
    trial.do(CHECKED)
    before = trial.head()
    act = a.Strike("P1", "screening", "checkup", "P9's page", to_participant="P9")
    assert trial.codes(act) == ["authority.other_site"]
    assert trial.kinds(before) == ["refused"]
    assert trial.codes(a.Strike("P1", "screening", "checkup", "whose?", to_participant="P8")) == ["participant.unknown"]
    assert ("screening", 1, "checkup") in person(trial).records


def test_a_query_about_what_is_struck_out_is_closed_by_it(trial):
    trial.do(a.RaiseQuery("P1", {"en": "Is the age right?"}, "screening", "baseline", item="age"), as_="zhao")
    trial.do(a.Strike("P1", "screening", "baseline", "another person"))
    (query,) = person(trial).queries.values()
    assert (query.status, query.steps[-1].system) == ("closed", True)


def test_a_participant_randomized_on_another_persons_form_is_asked_about():
    trial = open_trial()
    trial.randomized()
    trial.do(a.Strike("P1", "screening", "baseline", "another person"))
    assert [q.check for q in person(trial).queries.values() if q.unclosed] == ["allocation.eligibility"]
    trial.do(a.RecordForm("P1", "screening", "baseline", BASELINE))
    assert [q for q in person(trial).queries.values() if q.unclosed] == []


# A date of an act


@pytest.mark.parametrize(
    ("event", "name"),
    [("screening", "screened"), ("consent", "consented"), ("enrollment", "enrolled"), ("randomization", "randomized")],
)
def test_a_mistyped_date_of_an_act_is_corrected_everywhere(event, name):
    trial = open_trial()
    trial.randomized()
    trial.do(a.CorrectDate("P1", event, "2024-02-02", "mistyped"))
    assert str(row(trial)[f"{name}_date"]) == "2024-02-02"
    (entry,) = [one for one in trial.entries() if one.kind == "date_corrected"]
    made = cut_of(trial).provenance.filter(pl.col("item") == f"{name}_date")
    assert made["seqs"].to_list() == [[entry.seq]]
    assert (entry.payload["was"], entry.payload["reason"]) == (DAY, "mistyped")
    before = trial.head()
    assert trial.do(a.CorrectDate("P1", event, "2024-02-02", "mistyped")).entries == ()
    assert trial.head() == before


def test_the_date_of_a_withdrawal_is_corrected_by_its_extent():
    trial = open_trial()
    trial.randomized()
    trial.do(a.Withdraw("P1", "2024-02-10", "tired", "treatment"), a.Withdraw("P1", "2024-02-20", "moved"))
    assert trial.codes(a.CorrectDate("P1", "withdrawal", "2024-02-11", "mistyped")) == ["event.several"]
    trial.do(a.CorrectDate("P1", "withdrawal", "2024-02-21", "mistyped", extent="follow_up"))
    assert [str(row(trial)[n]) for n in ("stopped_treatment_date", "withdrawn_date")] == ["2024-02-10", "2024-02-21"]


def test_the_consequences_of_a_corrected_date_are_told():
    trial = open_trial()
    trial.randomized()
    trial.do(a.RecordForm("P1", "every_3_months", "follow_up", {"seen_date": "2024-02-20", "progressed": False}))
    known = {q.id for q in person(trial).queries.values()}
    receipt = trial.do(a.CorrectDate("P1", "consent", "2024-02-05", "mistyped"))
    raised = [q.check for q in person(trial).queries.values() if q.id not in known]
    assert "act.order" in raised
    assert "opened" in receipt.summary
    trial.do(a.Withdraw("P1", "2024-02-10", "moved"))
    assert {q.check for q in person(trial).queries.values() if q.unclosed} >= {"visit.after_leaving"}
    trial.do(
        a.CorrectDate("P1", "consent", DAY, "it was right"), a.CorrectDate("P1", "withdrawal", "2024-02-25", "typo")
    )
    assert [q.check for q in person(trial).queries.values() if q.unclosed and q.id not in known] == []


# Withdrawals and parts of the consent


def test_who_comes_back_is_observed_again_and_the_gap_stays_a_gap():
    trial = open_trial()
    trial.randomized()
    trial.do(a.Withdraw("P1", "2024-02-05", "moved"))
    trial.do(a.EndWithdrawal("P1", "follow_up", "came back", "2024-02-20"))
    assert row(trial)["withdrawn"] is False
    note = {"visit": "notes", "form": "remark", "values": {"remark_text": "well"}}
    assert trial.codes(a.RecordForm("P1", **note, observed="2024-02-10")) == ["participant.withdrawn"]
    trial.do(a.RecordForm("P1", **note, observed="2024-02-20"))
    (ended,) = person(trial).ended
    assert (ended.withdrawal.date, ended.date) == ("2024-02-05", "2024-02-20")


def test_a_withdrawal_of_the_wrong_person_never_took_place(trial):
    trial.do(a.Withdraw("P1", "2024-02-05", "P2 said so"), a.EndWithdrawal("P1", "follow_up", "it was P2"))
    trial.do(a.RecordForm("P1", "notes", "remark", {"remark_text": "well"}, observed="2024-02-10"))
    assert person(trial).status == "consented"


def test_who_took_the_consent_back_gives_it_anew_and_is_bound_from_that_day(trial):
    trial.do(a.Withdraw("P1", "2024-02-05", "wish", "consent"))
    assert trial.codes(a.Enroll("P1", "2024-02-21")) == ["consent.withdrawn"]
    trial.do(a.EndWithdrawal("P1", "consent", "changed their mind", "2024-02-20"))
    assert trial.codes(a.Enroll("P1", "2024-02-10")) == ["consent.later"]
    trial.do(a.Enroll("P1", "2024-02-21"))
    assert person(trial).consents == [(DAY, "1.0"), ("2024-02-20", "1.0")]


def test_a_part_of_the_consent_is_taken_back_and_given_again_each_on_its_day():
    """A form with `consent_part: samples` is recorded only while that part stands."""
    trial = open_trial(SAMPLES)
    trial.recorded()

    def sampled(day: str) -> a.RecordForm:
        return a.RecordForm("P1", "notes", "remark", {"remark_text": "blood"}, observed=day)

    def samples(says: str, day: str) -> a.ConsentPart:
        return a.ConsentPart("P1", "samples", says, day)  # type: ignore[arg-type]

    assert row(trial)["agrees_samples"] is None
    trial.do(samples("agrees", DAY), samples("withdraws", "2024-02-10"))
    assert trial.do(samples("withdraws", "2024-02-11")).entries == ()
    assert row(trial)["agrees_samples"] is False
    assert trial.codes(sampled("2024-02-12")) == ["consent.part_withdrawn"]
    trial.do(samples("agrees", "2024-02-15"), sampled("2024-02-16"))
    assert person(trial).parts == {"samples": [(DAY, True), ("2024-02-10", False), ("2024-02-15", True)]}
    assert row(trial)["agrees_samples"] is True


# A failed screening, and a form half filled


def test_a_screen_failure_has_its_reason_and_its_criteria_and_can_be_taken_back(tmp_path):
    trial = open_trial()
    trial.recorded(age=17)
    trial.do(a.FailScreening("P1", "2024-02-03", "too young"))
    assert trial.entries()[-1].payload["criteria"] == ["I1"]
    status = study_status(
        SimpleNamespace(
            id="DEMO",
            store=trial.store,
            protocol=trial.desk.protocol,
            protocol_digest="",
            reader=everything,
            folder=tmp_path,
            key_folder=tmp_path,
        )
    )  # type: ignore[arg-type]
    assert (status.participants["screen_failed"], status.participants["consented"]) == (1, 0)
    assert (row(trial)["screen_failed_day"], row(trial)["screen_failed_reason"]) == ("2024-02-03", "too young")
    trial.do(a.EndWithdrawal("P1", "screening", "age misread"))
    trial.do(a.CorrectValue("P1", "screening", "baseline", "age", 51, "misread"), a.Enroll("P1", "2024-02-04"))
    assert person(trial).status == "enrolled"


def test_a_form_half_filled_is_kept_and_in_no_cut_until_it_is_recorded():
    trial = open_trial()
    trial.consented()
    half = {"height": "170.0", "smoker": False}
    receipt = trial.do(a.Draft("P1", "screening", "checkup", half))
    (told,) = receipt.findings
    assert (told.code, "seen_on" in told.what + told.why, "height" in told.why) == ("draft.lacking", True, False)
    assert "checkup" not in cut_of(trial).tables
    assert trial.store.projection(trial.study, "records") == {}
    assert trial.store.projection(trial.study, "participants")["P1"]["drafts"] == 1
    assert trial.do(a.Draft("P1", "screening", "checkup", half)).entries == ()
    whole = trial.do(a.Draft("P1", "screening", "checkup", CHECKUP))
    assert [one.code for one in whole.findings] == ["draft.whole"]
    assert trial.codes(a.Draft("P1", "screening", "checkup", {"height": "999.0"})) == ["value.out_of_range"]
    trial.do(CHECKED)
    assert person(trial).drafts == []
    assert "drafts" not in trial.store.projection(trial.study, "participants")["P1"]


def test_an_erased_draft_is_gone_and_the_earlier_one_stands(trial):
    for height in ("170.0", "171.0"):
        trial.do(a.Draft("P1", "screening", "checkup", {"height": height}))
    trial.erased(trial.head(), "a name")
    assert [draft.values for draft in person(trial).drafts] == [{"height": "170.0"}]
    trial.do(CHECKED)
    trial.erased(trial.head(), "a name")
    assert person(trial).drafts == []


# Who loses a race


def test_who_comes_second_is_told_who_was_first_when_and_with_which_value(trial):
    refusal = trial.refused(a.RecordForm("P1", "screening", "baseline", {**BASELINE, "age": 60}), "chen")
    (finding,) = refusal.findings
    assert finding.code == "record.differs"
    assert finding.why == "li recorded it at 2024-03-01T08:00:00Z; what differs: age is 51 and not 60"
    assert trial.do(a.RecordForm("P1", "screening", "baseline", BASELINE), as_="chen").entries == ()


def test_control_a_cut_that_does_not_know_of_striking_out_is_noticed(trial, monkeypatch):
    monkeypatch.setattr(cutting, "_strike", lambda *_: None)
    trial.do(a.Strike("P1", "screening", "baseline", "another person"))
    with pytest.raises(AssertionError):
        assert cut_of(trial).tables["baseline"]["participant"].to_list() == ["P2"]


def test_control_a_replay_that_does_not_move_queries_is_noticed(trial):
    trial.do(a.RaiseQuery("P1", {"en": "Why?"}), as_="zhao")
    trial.do(a.Transfer("P1", "S02", DAY, "moved"), as_="ma")
    kept = {**trial.store.projection(trial.study, "queries")}
    assert kept == projections(replay(trial.study, trial.entries()))["queries"]
    (name,) = kept
    assert {name: {**kept[name], "site": "S01"}} != projections(replay(trial.study, trial.entries()))["queries"]
