"""The course of a participant and of a study: screening to withdrawal, pausing, locking, and errors that are documented."""

from __future__ import annotations

from datetime import timedelta

import pytest

from equipoise.conduct.acts import (
    AcceptRestored,
    Agree,
    Amend,
    CloseSite,
    Consent,
    CorrectValue,
    Enroll,
    Lock,
    MapAccount,
    MarkInError,
    OpenSite,
    Pause,
    Randomize,
    RecordAllocation,
    RecordForm,
    RecordTrueStratum,
    ReportDeviation,
    Resume,
    Screen,
    Unlock,
    Withdraw,
)
from equipoise.conduct.folder.account import own_account
from equipoise.conduct.folder.study import Study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.folder.waiting import find_waiting
from equipoise.protocol.identity import protocol_digest
from equipoise.randomization.sealing import unseal, write_secret
from tests.conduct.small_trial import BASELINE, DAY, SECRET, full_protocol, open_trial

RECORDED = "randomization: {scheme: {kind: recorded, sizes: ~, description: {en: List, zh: 名单}}}"


def amended(trial, *changes):
    new = full_protocol(*changes)
    trial.do(Amend(new, protocol_digest(new), "approved by the board", "every site approved it"), as_="custodian")


def test_the_same_identity_under_another_number_is_warned_about_and_both_stay():
    trial = open_trial()
    trial.do(Screen("P1", "S01", DAY, "hash-of-a-person"))
    assert trial.codes(Screen("P7", "S02", DAY, "hash-of-a-person"), as_="wang") == ["identity.known"]
    receipt = trial.do(Screen("P7", "S02", DAY, "hash-of-a-person", again="moved here"), as_="wang")
    assert [entry.kind for entry in receipt.entries] == ["screened", "duplicate_suspected"]
    assert [(f.code, f.severity) for f in receipt.findings] == [("participant.duplicate", "warning")]
    assert trial.store.projected(trial.study, "participants", "P7")["duplicate_of"] == "P1"
    trial.check_whole()


def test_a_participant_stands_in_the_projection_from_the_screening_on():
    trial = open_trial()
    trial.screened()
    assert trial.store.projected(trial.study, "participants", "P1")["status"] == "screened"


def test_consent_defaults_to_the_version_in_force_and_the_same_consent_again_writes_nothing():
    trial = open_trial("consent_version: '3.1'")
    trial.screened()
    assert trial.do(Consent("P1", DAY)).entries[0].payload["version"] == "3.1"
    assert trial.do(Consent("P1", DAY, "3.1")).entries == ()


def test_nobody_enters_on_the_consent_to_an_earlier_version():
    trial = open_trial()
    trial.recorded()
    amended(trial, "{study: {version: '2.0'}, consent_version: '2.0'}")
    refusal = trial.refused(Enroll("P1", DAY)).findings[0]
    assert refusal.code == "consent.old_version"
    assert "version 2.0 is in force, and the consent was to 1.0" in refusal.why
    trial.do(Consent("P1", "2024-02-05"))
    assert trial.codes(Enroll("P1", DAY)) == ["consent.later"]
    trial.do(Enroll("P1", "2024-02-05"))


def test_a_criterion_that_is_not_yet_known_names_the_item_and_its_form():
    trial = open_trial()
    trial.consented()
    found = {finding.where.path: finding for finding in trial.refused(Enroll("P1", DAY)).findings}
    assert set(found) == {"eligibility.I1", "eligibility.E1"}
    assert found["eligibility.I1"].why == "not recorded: age (Age, form baseline)"


def test_a_criterion_on_a_variable_is_followed_down_to_the_item_that_is_missing():
    trial = open_trial("""
variables: [{id: heavy, label: {en: Heavy, zh: 重}, type: boolean, rule: mass > 100}]
eligibility: {criteria: [{id: E2, kind: exclusion, text: {en: Heavy, zh: 重}, rule: heavy}]}
""")
    trial.recorded()
    assert trial.refused(Enroll("P1", DAY)).findings[0].why == "not recorded: mass (Mass, form checkup)"


def test_an_exclusion_that_is_true_lets_nobody_in_and_shows_the_values():
    trial = open_trial()
    trial.consented()
    light = BASELINE | {"weight": "29.9"}
    trial.do(RecordForm("P1", "screening", "baseline", light, overrides={"weight.range": "weighed twice"}))
    refusal = trial.refused(Enroll("P1", DAY))
    assert "E1 applies" in refusal.findings[0].what
    assert "weight = 29.9" in refusal.findings[0].why


def test_what_was_corrected_since_the_enrollment_is_judged_again_before_chance():
    trial = open_trial()
    trial.enrolled()
    trial.do(CorrectValue("P1", "screening", "baseline", "age", 17, "misread"))
    assert trial.codes(Randomize("P1", DAY)) == ["eligibility.not_met"]


def test_the_stratum_is_made_of_the_values_as_they_are_now():
    trial = open_trial()
    trial.enrolled()
    trial.do(CorrectValue("P1", "screening", "baseline", "sex", "M", "misread"))
    assert trial.do(Randomize("P1", DAY)).entries[0].payload["stratum"] == "sex=M"


def test_nobody_is_randomized_twice_and_the_refusal_says_who_did_it_when_and_no_arm():
    trial = open_trial()
    trial.randomized()
    finding = trial.refused(Randomize("P1", DAY), as_="zhou").findings[0]
    assert finding.code == "participant.randomized"
    assert "by li, entered at 2024-03-01T08:00:00" in finding.why
    assert not {" A", " B"} & {f" {word}" for word in str(finding).split()}


@pytest.mark.parametrize("act", [Screen("P2", "S01", DAY), Enroll("P1", DAY), Randomize("P1", DAY)])
def test_a_pause_and_a_closed_site_stop_who_would_come_in(act):
    for stop, go, code in (
        (Pause("safety"), Resume("reviewed"), "study.paused"),
        (CloseSite("S01", DAY), OpenSite("S01", DAY), "site.closed"),
    ):
        trial = open_trial()
        (trial.enrolled if isinstance(act, Randomize) else trial.recorded)()
        trial.do(stop, as_="ma")
        assert trial.codes(act) == [code]
        trial.do(go, as_="ma")
        trial.do(act)


def test_those_who_are_in_are_followed_up_in_a_pause_and_at_a_closed_site():
    trial = open_trial()
    trial.randomized()
    trial.do(Pause("safety"), CloseSite("S01", DAY), as_="ma")
    trial.do(RecordForm("P1", "every_3_months", "follow_up", {"seen_date": "2024-02-20", "progressed": False}))


def test_a_pause_of_one_stratum_leaves_the_others():
    trial = open_trial()
    trial.enrolled("P1")
    trial.enrolled("P2", sex="M")
    trial.do(Pause("drug label", "sex=M"), as_="ma")
    assert trial.codes(Randomize("P2", DAY)) == ["stratum.paused"]
    trial.do(Randomize("P1", DAY))
    trial.do(Resume("mended", "sex=M"), as_="ma")
    trial.do(Randomize("P2", DAY))


@pytest.mark.parametrize("stratum", ["", "all", "shoe=9", "sex=F,shoe=9", "sex=", "sex=F,sex=M", "sex=%46"])
def test_a_stratum_that_is_none_cannot_be_paused(stratum):
    assert open_trial().codes(Pause("safety", stratum), "ma") == ["stratum.unknown"]


def test_pausing_opening_and_closing_twice_write_nothing():
    trial = open_trial()
    assert trial.do(Pause("safety"), Pause("safety"), as_="ma").entries == ()
    assert trial.do(OpenSite("S01", DAY), as_="ma").entries == ()
    assert trial.do(CloseSite("S01", DAY), CloseSite("S01", DAY), as_="ma").entries == ()


@pytest.mark.parametrize(
    ("extent", "status", "further"),
    [
        ("treatment", "randomized", None),
        ("follow_up", "withdrawn", None),
        ("consent", "withdrawn", "consent.withdrawn"),
    ],
)
def test_each_extent_of_a_withdrawal_stops_what_it_says(extent, status, further):
    trial = open_trial()
    trial.randomized()
    trial.do(Withdraw("P1", "2024-02-10", "wish", extent))
    assert trial.store.projected(trial.study, "participants", "P1")["status"] == status
    assert trial.codes(Withdraw("P1", "2024-02-11", "wish", extent)) == ["participant.withdrawn"]
    again = Consent("P1", "2024-02-20")
    assert (trial.codes(again) if further else [trial.do(again).entries[0].kind]) == [further or "consented"]
    # The allocation and all that was recorded stay.
    assert trial.store.projected(trial.study, "participants", "P1")["randomized"] == DAY


def test_the_extents_of_a_withdrawal_can_follow_one_another():
    trial = open_trial()
    trial.randomized()
    for extent in ("treatment", "follow_up", "consent"):
        trial.do(Withdraw("P1", "2024-02-10", "wish", extent))
    trial.check_whole()


def test_whoever_withdrew_is_neither_enrolled_nor_randomized():
    trial = open_trial()
    trial.recorded("P1")
    trial.enrolled("P2")
    trial.do(Withdraw("P1", DAY, "wish"), Withdraw("P2", DAY, "wish"))
    assert trial.codes(Enroll("P1", DAY)) == trial.codes(Randomize("P2", DAY)) == ["participant.withdrawn"]


def test_a_locked_study_refuses_every_change_and_an_unlocked_one_takes_them_again():
    trial = open_trial()
    trial.randomized()
    trial.do(Lock("final analysis"), as_="custodian")
    changes = (
        Screen("P2", "S01", DAY), Consent("P1", "2024-02-02"), RecordForm("P1", "notes", "remark", {"remark_text": "x"}),
        CorrectValue("P1", "screening", "baseline", "age", 52, "typo"), Withdraw("P1", DAY, "wish"),
        ReportDeviation("P1", DAY, "visit", "late"), MarkInError("P1", "why"), Enroll("P1", DAY), Randomize("P1", DAY),
    )  # fmt: skip
    for act in changes:
        assert trial.codes(act) == ["study.locked"], act
    assert trial.codes(Lock("again"), "custodian") == ["study.locked"]
    trial.both(Unlock("a late death"))
    trial.do(RecordForm("P1", "notes", "death", {"death_date": "2024-02-20"}))
    trial.check_whole()


def test_an_error_of_randomization_is_marked_and_the_slot_stays_used():
    trial = open_trial()
    trial.randomized("P1")
    trial.do(MarkInError("P1", "was not eligible"), RecordTrueStratum("P1", {"sex": "M"}, "typed wrongly"))
    assert trial.do(Randomize(trial.enrolled("P2"), DAY)).entries[0].payload["position"] == 2
    standing = trial.store.projected(trial.study, "participants", "P1")
    assert (standing["in_error"], standing["randomized"]) == (True, DAY)
    trial.check_whole()


def test_an_allocation_made_elsewhere_is_taken_down_and_never_drawn():
    trial = open_trial(RECORDED)
    trial.enrolled()
    entry = trial.do(RecordAllocation("P1", DAY, "B", "ledger of 1968, page 3", {"sex": "F"})).entries[0]
    assert (entry.kind, entry.payload["arm"]) == ("allocation_recorded", "B")
    assert trial.codes(RecordAllocation("P1", DAY, "A", "page 3")) == ["participant.randomized"]
    assert "seed_committed" not in trial.kinds()


def test_a_deviation_is_an_entry_and_is_counted():
    trial = open_trial()
    trial.screened()
    trial.do(ReportDeviation("P1", DAY, " visit ", " late "), ReportDeviation("P1", DAY, "drug", "missed"))
    assert trial.store.projected(trial.study, "participants", "P1")["deviations"] == 2
    assert trial.entries()[-2].payload == {"date": DAY, "category": "visit", "text": "late"}


def test_today_is_the_day_at_the_site_and_not_in_london():
    trial = open_trial()
    trial.clock.append(trial.clock[0].replace(hour=17))  # 01:00 of the next day in Shanghai
    trial.do(Screen("P1", "S01", "2024-03-02"))
    trial.clock.append(trial.clock[0] - timedelta(hours=1))
    # The clock going back changes nothing of the order.
    trial.do(Consent("P1", "2024-03-01"))
    assert trial.kinds()[-2:] == ["screened", "consented"]


def test_the_ledger_shows_no_arm_and_no_block_in_the_open():
    trial = open_trial()
    trial.randomized()
    payload = next(entry.payload for entry in trial.entries() if entry.kind == "allocated")
    assert set(payload) == {
        "date", "position", "stratum", "stratum_position", "factors", "scheme", "sealed", "eligibility_digest",
    }  # fmt: skip
    assert set(payload["scheme"]) == {"version", "digest"}
    assert unseal(SECRET, "DEMO", 1, payload["sealed"], participant="P1")["arm"] in ("A", "B")
    assert BASELINE["sex"] == payload["factors"]["sex"]


@pytest.mark.parametrize(
    "day", ["1024-02-01", "2024-W05-4", "20240201", "2024-2-1", "２０２４-02-01", "2024-02-30", ""]
)
def test_a_day_is_written_one_way_and_lies_in_the_lives_of_people(day):
    trial = open_trial()
    before = trial.store.projection(trial.study, "participants")
    assert trial.refused(Screen("P1", "S01", day)).findings[0].code == "date.impossible"
    assert trial.store.projection(trial.study, "participants") == before


def test_control_a_day_of_long_ago_is_a_day():
    trial = open_trial()
    assert trial.do(Screen("P1", "S01", "1968-01-24")).entries[0].payload["date"] == "1968-01-24"


def test_an_arm_that_was_told_in_entries_that_are_gone_is_entered_by_two_and_not_drawn_again(tmp_path):
    """Who was given an arm is treated in it: a second draw would make another allocation of it."""
    trial = open_trial()
    trial.do(MapAccount(own_account(), "custodian", "anybody"), as_="custodian")  # as in a study that is no rehearsal
    trial.enrolled()
    told = RecordAllocation("P1", DAY, "B", "the receipt of 14:02, in the file of the site", {"sex": "F"})
    assert trial.codes(told) == ["randomization.not_recorded"]
    trial.do(AcceptRestored(99, "f" * 64, DAY, "here", "disk lost"), as_="custodian")
    asked = trial.do(told).entries
    assert [entry.kind for entry in asked] == ["agreement_asked"]
    (waiting,) = find_waiting(trial.desk.state(), trial.desk.protocol, DAY)
    assert "arm" not in waiting.fields
    assert waiting.may_agree == ("custodian",)
    assert "agreement.same_person" not in trial.codes(Agree(asked[0].seq), as_="zhao")
    entry = trial.do(Agree(asked[0].seq), as_="custodian").entries[-1]
    assert (entry.kind, entry.payload["arm"]) == ("allocation_recorded", "B")
    assert trial.codes(Randomize("P1", DAY)) == ["participant.randomized"]
    trial.enrolled("P2")
    assert trial.do(Randomize("P2", DAY)).entries[0].payload["position"] == 1
    (tmp_path / "keys").mkdir()
    write_secret(tmp_path / "keys" / "allocation.key", SECRET)
    verified = verify_study(Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store))
    assert [str(one) for one in verified.findings if one.severity == "error"] == []
    assert (verified.allocations, verified.recorded_elsewhere) == (1, 1)
    assert "from the secret, all as recorded" in " ".join(verified.lines())


def test_in_a_blinded_trial_no_arm_was_told_and_none_is_entered():
    trial = open_trial("randomization: {blinding: double}")
    trial.enrolled()
    trial.do(AcceptRestored(99, "f" * 64, DAY, "here", "disk lost"), as_="custodian")
    assert trial.codes(RecordAllocation("P1", DAY, "B", "the sheet")) == ["randomization.not_recorded"]
