"""What keeps somebody from chance: a stratum not known, no consent, not eligible, the wrong place, the wrong hands."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from equipoise.conduct.acts import (
    ACT_BY_NAME,
    Act,
    Agree,
    Amend,
    Appoint,
    CloseSite,
    Consent,
    CorrectValue,
    Enroll,
    Lock,
    OpenSite,
    Pause,
    Randomize,
    RecordForm,
    ReportDeviation,
    Resume,
    Screen,
    Unlock,
    Withdraw,
)
from equipoise.conduct.acts import randomize as randomizing
from equipoise.conduct.desk import Desk
from equipoise.findings import Refusal
from equipoise.protocol.identity import protocol_digest
from tests.conduct.failures.clinic import DAY, DEFAULT_ROLES, NOW, Clinic, check_one_slot_each, clinic, codes
from tests.spec.minimal import minimal_protocol

NOT_REFUSED = pytest.fail.Exception  # what `Clinic.refused` raises when nothing was refused
EARLIER = "2024-02-01"


def correct(trial: Clinic, name: str, item: str, value: Any, **more: Any) -> None:
    trial.desk.perform(CorrectValue(name, "screening", "baseline", item, value, "misread", **more), as_="li")


def check_refused(trial: Clinic, act: Act, *wanted: str, as_: str = "li") -> str:
    """Refused for these reasons and for no other; nobody was allocated. Gives what was said."""
    refusal = trial.refused(act, as_=as_)
    assert codes(refusal) == list(wanted)
    assert trial.entries("allocated") == []
    return str(refusal)


# F06

OPTIONAL_SEX = "forms: [{id: baseline, items: [{id: sex, required: false}]}]"


def test_a_stratum_that_is_not_known_is_refused_and_the_item_named() -> None:
    """F06 stratum missing: refused, the item is named; recorded, it is used."""
    trial = clinic(OPTIONAL_SEX)
    trial.ready("P1", sex=None)
    said = check_refused(trial, Randomize("P1", DAY), "randomization.factor_missing")
    assert "sex has no value" in said
    assert "not recorded: sex" in said
    correct(trial, "P1", "sex", "M")
    assert trial.randomize("P1").entries[0].payload["factors"] == {"sex": "M"}


def test_a_form_changed_after_enrollment_counts_as_it_is_now() -> None:
    """F06 changed form: what was corrected between enrollment and chance is what the stratum is made of."""
    trial = clinic(OPTIONAL_SEX)
    trial.ready("P1", "P2")
    correct(trial, "P1", "sex", "M")
    assert trial.randomize("P1").entries[0].payload["stratum"] == "sex=M"
    trial = clinic(OPTIONAL_SEX)
    trial.ready("P1")
    correct(trial, "P1", "sex", None)
    check_refused(trial, Randomize("P1", DAY), "randomization.factor_missing")


def test_a_level_that_the_factor_does_not_have_is_refused() -> None:
    """F06 a stratum outside the protocol's levels is refused and the levels are named."""
    trial = clinic("factors: [{id: sex, levels: [F]}]")
    trial.ready("P1", sex="M")
    assert "its levels are F" in check_refused(trial, Randomize("P1", DAY), "randomization.factor_level")


def test_control_a_desk_that_guesses_the_stratum_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """F06 control: with a default in place of the missing value, somebody is randomized and the check fails."""
    monkeypatch.setattr(randomizing, "factor_levels", lambda *_: {"sex": "F"})
    trial = clinic(OPTIONAL_SEX)
    trial.ready("P1", sex=None)
    with pytest.raises(NOT_REFUSED):
        check_refused(trial, Randomize("P1", DAY), "randomization.factor_missing")


# F08


def test_who_is_not_eligible_is_refused_with_the_criterion() -> None:
    """F08 eligibility false: refused with each criterion, rule and value; not yet known lets nobody in either."""
    trial = clinic("forms: [{id: baseline, items: [{id: age, required: false}]}]")
    for act in (
        Screen("P1", "S01", DAY),
        Consent("P1", DAY),
        RecordForm("P1", "screening", "baseline", {"visit_date": DAY, "sex": "F", "weight": "60.0", "age": 16}),
    ):
        trial.desk.perform(act, as_="li")
    said = check_refused(trial, Enroll("P1", DAY), "eligibility.not_met")
    assert "I1" in said
    assert "age >= 18 with age = 16" in said
    check_refused(trial, Randomize("P1", DAY), "participant.not_enrolled")
    correct(trial, "P1", "age", None)
    assert "not recorded: age" in check_refused(trial, Enroll("P1", DAY), "eligibility.not_known")


def test_eligibility_is_judged_again_when_chance_is_asked() -> None:
    """F08 eligible at enrollment, corrected since: refused at randomization with the criteria that fail now."""
    trial = clinic()
    trial.ready("P1")
    correct(trial, "P1", "age", 17)
    correct(trial, "P1", "weight", "29.0", overrides={"weight.range": "weighed twice"})
    said = check_refused(trial, Randomize("P1", DAY), "eligibility.not_met", "eligibility.not_met")
    assert "I1" in said
    assert "E1" in said


def test_without_consent_there_is_no_way_to_chance() -> None:
    """F08 consent missing: refused at enrollment, and so at randomization."""
    trial = clinic()
    trial.desk.perform(Screen("P1", "S01", DAY), as_="li")
    check_refused(trial, Enroll("P1", DAY), "consent.missing")
    check_refused(trial, Randomize("P1", DAY), "participant.not_enrolled")


def amend_consent(trial: Clinic) -> None:
    """Version 2 of the protocol, with version 2.0 of the consent."""
    new = minimal_protocol(DEFAULT_ROLES, {"study": {"version": "2.0"}, "consent_version": {"value": "2.0"}})
    trial.desk.perform(
        Amend(new, protocol_digest(new), "new risk, approved 2024-02-01", "every site approved it"), as_="custodian"
    )


def test_a_newer_version_of_the_consent_is_asked_for() -> None:
    """F08 consent to an older version: refused, and the version in force is named."""
    trial = clinic()
    trial.ready("P1")
    amend_consent(trial)
    assert "version 2.0 is in force" in check_refused(trial, Randomize("P1", DAY), "consent.old_version")
    trial.desk.perform(Consent("P1", DAY), as_="li")
    trial.randomize("P1")


def test_a_consent_dated_after_the_randomization_is_refused() -> None:
    """F08 consent date after randomization: refused with both dates; so is a consent that was taken back."""
    trial = clinic()
    trial.ready("P1", date=EARLIER)
    amend_consent(trial)
    trial.desk.perform(Consent("P1", DAY), as_="li")
    said = check_refused(trial, Randomize("P1", EARLIER), "consent.later")
    assert DAY in said
    assert EARLIER in said
    trial.desk.perform(Withdraw("P1", DAY, "changed their mind", "consent"), as_="li")
    check_refused(trial, Randomize("P1", DAY), "consent.withdrawn")


def test_no_act_offers_a_waiver() -> None:
    """F08 no waiver path: neither act takes anything but who and when, and no act is called a waiver or an override."""
    for kind in (Enroll, Randomize):
        assert [field.name for field in fields(kind)] == ["participant", "date"]
    words = ("waive", "override", "exempt", "exception", "force", "skip")
    assert [name for name in ACT_BY_NAME if any(word in name for word in words)] == []


@pytest.mark.parametrize("guard", ["need_consent", "assess_eligibility"])
def test_control_a_desk_without_the_guard_is_noticed(monkeypatch: pytest.MonkeyPatch, guard: str) -> None:
    """F08 control: without the guard the participant is randomized, and the same check fails."""
    monkeypatch.setattr(randomizing, guard, lambda *_: ({}, "") if guard == "assess_eligibility" else None)
    trial = clinic()
    trial.ready("P1")
    if guard == "need_consent":
        amend_consent(trial)
    else:
        correct(trial, "P1", "age", 17)
    with pytest.raises(NOT_REFUSED):
        check_refused(trial, Randomize("P1", DAY), "consent.old_version")


# F10


def flagged(trial: Clinic) -> list[tuple[str | None, str]]:
    return [(entry.participant, (entry.payload or {})["other"]) for entry in trial.entries("duplicate_suspected")]


def screen_twice(trial: Clinic, first: str | None, second: str | None, again: str = "") -> Any:
    trial.desk.perform(Screen("P1", "S01", DAY, first), as_="li")
    trial.ready("P9")
    return trial.desk.perform(Screen("P2", "S02", DAY, second, again=again), as_="wang")


def test_the_same_person_under_a_new_number_is_warned_about_and_kept() -> None:
    """F10 same person twice: asked about, then a warning, the second flagged on the ledger, nobody removed."""
    trial = clinic()
    with pytest.raises(Refusal, match="screened at another center"):
        screen_twice(trial, "mark", "mark")
    trial = clinic()
    receipt = screen_twice(trial, "mark", "mark", "moved here")
    assert [(f.code, f.severity) for f in receipt.findings] == [("participant.duplicate", "warning")]
    assert "P1" not in str(receipt.findings[0].as_data())  # of another center no number is told
    assert flagged(trial) == [("P2", "P1")]
    kept = trial.store.projection("DEMO", "participants")
    assert set(kept) == {"P1", "P2", "P9"}
    assert (kept["P1"]["duplicate_of"], kept["P2"]["duplicate_of"]) == (None, "P1")


def test_a_duplicate_is_flagged_by_a_desk_that_knows_nothing_but_the_ledger() -> None:
    """F10 the first screening was long ago, by another process: the hash is looked up on the ledger."""
    trial = clinic()
    trial.desk.perform(Screen("P1", "S01", DAY, "h"), as_="li")
    trial.another_desk().perform(Screen("P2", "S01", DAY, "h", again="failed screening"), as_="li")
    trial.desk.perform(Screen("P3", "S01", DAY, "h", again="failed screening"), as_="li")
    assert flagged(trial) == [("P2", "P1"), ("P3", "P1")]


def test_control_different_people_are_not_flagged() -> None:
    """F10 control: another identity, or none, is no duplicate; what flags is the hash and nothing else."""
    for pair in (("one", "two"), (None, None), ("one", None)):
        trial = clinic()
        assert screen_twice(trial, *pair).findings == ()
        assert flagged(trial) == []


# F11


def test_a_closed_site_randomizes_nobody_until_it_is_open_again() -> None:
    """F11 closed site: refused; opened again: allocated."""
    trial = clinic()
    trial.ready("P1")
    trial.desk.perform(CloseSite("S01", DAY), as_="ma")
    check_refused(trial, Randomize("P1", DAY), "site.closed")
    trial.desk.perform(OpenSite("S01", DAY), as_="ma")
    trial.randomize("P1")


def test_a_site_that_was_not_opened_takes_nobody_in() -> None:
    """F11 not-activated site: refused at screening, so that nobody there comes near chance; and at chance itself."""
    trial = clinic(sites=["S01"])
    check_refused(trial, Screen("P1", "S02", DAY), "site.not_open", as_="wang")
    trial.ready("P2")
    state = trial.desk._state
    assert state is not None
    del state.sites["S01"]  # as if its opening had never been entered
    check_refused(trial, Randomize("P2", DAY), "site.not_open")


def test_a_paused_stratum_waits_while_the_others_go_on() -> None:
    """F11 paused stratum: refused with the reason, other strata go on; resumed, it goes on."""
    trial = clinic()
    trial.ready("P1", "P3")
    trial.ready("P2", sex="M")
    trial.desk.perform(Pause("drug supply", "sex=F"), as_="ma")
    assert "drug supply" in check_refused(trial, Randomize("P1", DAY), "stratum.paused")
    trial.randomize("P2")
    trial.desk.perform(Resume("supplied", "sex=F"), as_="ma")
    trial.randomize("P1")
    check_one_slot_each(trial.store, "DEMO", ["P1", "P2"])


def test_a_stratum_that_does_not_exist_cannot_be_paused_by_mistake() -> None:
    """F11 paused stratum, misspelled: refused, so that nobody believes a stratum paused that goes on."""
    trial = clinic()
    for stratum in ("sex=f", "gender=F", "F", "sex=F,age=60", ""):
        trial.refused(Pause("drug supply", stratum), as_="ma")
    assert trial.entries("study_paused") == []


def test_a_paused_or_locked_study_randomizes_nobody() -> None:
    """F11 paused study, locked study: refused with the reason; afterwards it goes on."""
    trial = clinic()
    trial.ready("P1")
    trial.desk.perform(Appoint("second", "Second Custodian", "custodian"), as_="custodian")
    for before, code, after in (
        (Pause("safety review"), "study.paused", Resume("review done")),
        (Lock("analysis"), "study.locked", Unlock("a form was missing")),
    ):
        trial.desk.perform(before, as_="custodian")
        assert before.reason in check_refused(trial, Randomize("P1", DAY), code)
        asked = trial.desk.perform(after, as_="custodian")
        if isinstance(after, Unlock):  # two persons unlock
            trial.desk.perform(Agree(asked.entries[0].seq), as_="second")
    trial.randomize("P1")


def test_control_a_desk_that_does_not_ask_whether_the_site_is_open_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """F11 control: without the guard the closed site gets an allocation, and the same check fails."""
    monkeypatch.setattr(randomizing, "need_open_site", lambda *_: None)
    trial = clinic()
    trial.ready("P1")
    trial.desk.perform(CloseSite("S01", DAY), as_="ma")
    with pytest.raises(NOT_REFUSED):
        check_refused(trial, Randomize("P1", DAY), "site.closed")


# F12


def test_nobody_acts_for_another_site() -> None:
    """F12 a user of site S02 randomizes a participant of S01, or does anything else: refused, and an entry says who."""
    trial = clinic()
    trial.ready("P1")
    trial.desk.clock = lambda: NOW + timedelta(hours=1)
    for act in (
        Randomize("P1", DAY),
        Enroll("P1", DAY),
        Consent("P1", DAY),
        RecordForm("P1", "screening", "baseline", {}),
        CorrectValue("P1", "screening", "baseline", "sex", "M", "to move the stratum"),
        Withdraw("P1", DAY, "not mine"),
        ReportDeviation("P1", DAY, "other", "not mine"),
    ):
        said = check_refused(trial, act, "authority.other_site", as_="wang")
        assert "site S01" in said
    refused = trial.entries("refused")
    assert {(entry.actor, entry.participant, entry.site) for entry in refused} == {("wang", "P1", "S01")}
    assert {entry.at for entry in refused} == {"2024-02-02T10:00:00.000Z"}


def test_a_role_without_the_right_and_a_person_without_a_role_are_refused() -> None:
    """F12 a coordinator, a manager, a stranger, a dismissed person: refused, and an entry says who."""
    from equipoise.conduct.acts import Dismiss

    trial = clinic()
    trial.ready("P1")
    check_refused(trial, Randomize("P1", DAY), "authority.not_granted", as_="chen")
    check_refused(trial, Randomize("P1", DAY), "authority.not_granted", as_="ma")
    check_refused(trial, Randomize("P1", DAY), "authority.nobody", as_="stranger")
    trial.desk.perform(Dismiss("zhou", "investigator", "S01"), as_="custodian")
    check_refused(trial, Randomize("P1", DAY), "authority.nobody", as_="zhou")


def test_control_a_desk_without_doors_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """F12 control: when authority is not asked, the other site's user gets an allocation, and the same check fails."""
    import equipoise.conduct.desk as module

    monkeypatch.setattr(module, "authorize", lambda *_, **__: "investigator")
    trial = clinic()
    trial.ready("P1")
    assert isinstance(trial.desk, Desk)
    with pytest.raises(NOT_REFUSED):
        check_refused(trial, Randomize("P1", DAY), "authority.other_site", as_="wang")
