"""Sealed envelopes: made beforehand, opened while the computer is down, entered afterwards, and checked against their list."""

from __future__ import annotations

import csv
import html
import re
from dataclasses import replace

import pytest

from equipoise.cli.main import main
from equipoise.conduct.acts import Appoint, EnterEnvelope, MakeEnvelopes, MarkInError, OpenSite, Randomize
from equipoise.conduct.folder.envelopes import make_envelopes
from equipoise.conduct.folder.study import create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.replay.loading import load_allocations
from equipoise.findings import Refusal
from equipoise.ledger import MemoryStore
from equipoise.randomization.envelopes import arm_in_envelope, envelope_scheme, envelopes_of
from equipoise.randomization.scheme import Scheme
from equipoise.randomization.sealing import unseal
from tests.conduct.small_trial import DAY, SECRET, Trial, open_trial
from tests.spec.minimal import write_minimal

STRATA = ["sex=F", "sex=M"]


def trial_with_envelopes(each: int = 3, **said: object) -> Trial:
    trial = open_trial(**said)
    trial.do(Appoint("stat", "Stat", "unblinded_statistician"), as_="custodian")
    trial.do(MakeEnvelopes(each), as_="stat")
    return trial


def held(trial: Trial, name: str, study: str = "DEMO") -> str:
    """What lies in an envelope."""
    scheme = Scheme("permuted_blocks", (("A", 1), ("B", 1)), block_sizes=(4, 6))
    one = next(one for one in envelopes_of(1, STRATA, 3) if one.name == name)
    return arm_in_envelope(envelope_scheme(scheme, 1), SECRET, study, one)[0]


def enter(name: str, envelope: str, arm: str, **said: str) -> EnterEnvelope:
    return replace(EnterEnvelope(name, envelope, arm, "Sister Wu", DAY, "no power from 8 to 11"), **said)


def other(arm: str) -> str:
    return {"A": "B", "B": "A"}[arm]


def asked(trial: Trial, name: str) -> str:
    """What the system asked about an allocation by envelope, in both languages; empty where nothing."""
    texts = [
        q["steps"][0]["text"]
        for q in trial.store.projection(trial.study, "queries").values()
        if q["check"] == "allocation.envelope" and q["participant"] == name
    ]
    return " ".join(f"{one['en']} {one['zh']}" for one in texts)


def test_an_envelope_is_entered_as_it_was_opened_and_takes_the_next_position():
    trial = trial_with_envelopes()
    trial.randomized("P1")
    receipt = trial.do(enter(trial.enrolled("P2"), "1-001", held(trial, "1-001")), act_id="e")
    (entry,) = receipt.entries
    assert (entry.kind, entry.payload["position"], entry.payload["envelope"]) == ("allocated", 2, "1-001")
    assert (entry.payload["opened_by"], entry.payload["reason"]) == ("Sister Wu", "no power from 8 to 11")
    assert receipt.arm == held(trial, "1-001")
    assert '"arm"' not in str(entry.payload)
    assert asked(trial, "P2") == ""
    assert trial.do(enter("P2", "1-001", held(trial, "1-001")), act_id="e").entries == receipt.entries
    assert trial.randomized("P3") == "P3"
    trial.check_whole()


@pytest.mark.parametrize("store", ["memory", "sqlite", "postgresql"])
def test_every_allocation_is_derived_again_among_envelopes(store, tmp_path, request):
    """In a folder, on every database: drawn and by envelope, in turn; and verification confirms them all."""
    database = request.getfixturevalue("postgres_url") if store == "postgresql" else None
    if store == "memory":
        assert isinstance(trial_with_envelopes().store, MemoryStore)
        return
    study = create_study(tmp_path / "s", write_minimal(tmp_path / "p", "roles: ~"), database=database)
    trial = Trial(study.desk(), study.store)
    trial.do(OpenSite("S01", DAY), as_="custodian")
    for person, role, site in (("li", "investigator", "S01"), ("stat", "unblinded_statistician", None)):
        trial.do(Appoint(person, person.title(), role, site), as_="custodian")
    make_envelopes(study, tmp_path / "out", as_="stat", each=3)
    for n in range(1, 5):
        trial.randomized(f"R{n}")
        trial.do(enter(trial.enrolled(f"E{n}"), f"1-00{n}", "A"))
    verified = verify_study(open_study(study.folder))
    assert [one.code for one in verified.findings if one.severity == "error"] == []
    assert verified.allocations == 8


def test_envelopes_leave_the_blocks_of_the_trial_as_they_are():
    """The same secret and the same four, with and without an envelope between: their arms are the same."""
    arms = []
    for between in (True, False):
        trial = trial_with_envelopes()
        for n in range(1, 5):
            trial.randomized(f"P{n}")
            if between and n == 2:
                trial.do(enter(trial.enrolled("E1"), "1-001", "A"))
        state = trial.desk.state()
        drawn = [one for one in load_allocations(state, trial.store) if one.envelope is None]
        arms.append(
            [unseal(SECRET, "DEMO", one.position, one.sealed, participant=one.participant)["arm"] for one in drawn]
        )
    assert arms[0] == arms[1]


def test_what_was_odd_is_entered_asked_about_and_counts_as_a_deviation():
    trial = trial_with_envelopes()
    trial.do(enter(trial.enrolled("P1"), "1-001", other(held(trial, "1-001"))))
    assert "what was read is not what the envelope holds" in asked(trial, "P1")
    assert "所读内容与信封所载不符" in asked(trial, "P1")
    trial.do(enter(trial.enrolled("P2"), "1-003", held(trial, "1-003")))
    assert "1-003 was opened before 1-002" in asked(trial, "P2")
    trial.do(enter(trial.enrolled("P3"), "1-004", held(trial, "1-004")))
    assert "1-004 is for sex=M, the participant belongs to sex=F" in asked(trial, "P3")
    from equipoise.conduct.acts import CorrectValue

    trial.enrolled("P4", sex="M", age=40)
    trial.do(CorrectValue("P4", "screening", "baseline", "age", 17, "mistyped"))
    trial.do(enter("P4", "1-005", held(trial, "1-005")))
    assert "not known to be eligible" in asked(trial, "P4")
    trial.check_whole()


REFUSED = {
    "envelope.unknown": (enter("P1", "1-099", "A"), None),
    "envelope.used": (enter("P1", "1-001", "A"), lambda t: t.do(enter(t.enrolled("P2"), "1-001", "A"))),
    "arm.unknown": (enter("P1", "1-001", "C"), None),
    "reason.missing": (enter("P1", "1-001", "A", opened_by=" "), None),
    "participant.randomized": (enter("P1", "1-001", "A"), lambda t: t.do(Randomize("P1", DAY))),
    "date.future": (enter("P1", "1-001", "A", date="2024-04-01"), None),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_entered_is_refused_and_nothing_is_used_up(code):
    act, first = REFUSED[code]
    trial = trial_with_envelopes()
    trial.enrolled("P1")
    if first:
        first(trial)
    assert trial.codes(act) == [code]


@pytest.mark.parametrize("name", ["0-001", "x", "1", "1-", "-1", "2-001", "1-1"])
def test_a_number_that_none_bears_is_told(name):
    trial = trial_with_envelopes()
    trial.enrolled("P1")
    assert trial.codes(enter("P1", name, "A")) == ["envelope.unknown"]


def test_neither_a_dry_run_nor_a_list_opens_an_envelope_that_is_closed():
    """Asked with a guess, and taken back: nothing tells whether the guess was right."""
    trial = trial_with_envelopes()
    trial.enrolled("P1")
    for arm in ("A", "B"):
        with trial.desk.batch(dry_run=True):
            receipt = trial.do(enter("P1", "1-001", arm), act_id="dry")
        assert [entry.kind for entry in receipt.entries] == ["allocated"]
        assert receipt.arm is None
        with trial.desk.batch():
            assert trial.codes(enter("P1", "1-001", arm)) == ["envelope.alone"]
    assert trial.do(enter("P1", "1-001", "A")).arm == held(trial, "1-001")


def test_whom_envelopes_cannot_be_made_for_is_told():
    trial = trial_with_envelopes()
    assert trial.codes(MakeEnvelopes(0), as_="stat") == ["envelope.many"]
    assert trial.codes(MakeEnvelopes(51), as_="stat") == ["envelope.many"]
    assert trial.codes(MakeEnvelopes(2), as_="li") == ["authority.not_granted"]
    recorded = open_trial("randomization: {scheme: {kind: recorded, description: {en: office, zh: 办}, sizes: ~}}")
    free = open_trial(
        "factors: [{id: place, label: {en: P, zh: 地}}]\nforms: [{id: baseline, items: [{id: place, label: {en: P, zh: 地}, type: text}]}]\nrandomization: {stratify_by: [place]}"
    )
    for other_trial, code in ((recorded, "envelope.nothing_drawn"), (free, "envelope.strata")):
        other_trial.do(Appoint("stat", "Stat", "unblinded_statistician"), as_="custodian")
        assert other_trial.codes(MakeEnvelopes(2), as_="stat") == [code]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_writes_pages_and_a_register_without_arms(language, tmp_path, capsys):
    study = create_study(tmp_path / "s", write_minimal(tmp_path / "p", "roles: ~"))
    study.desk().perform(Appoint("stat", "Stat", "unblinded_statistician"), as_="custodian")
    said = [
        "envelopes",
        str(study.folder),
        "--as",
        "stat",
        "--each",
        "2",
        "--out",
        str(tmp_path / "out"),
        "--lang",
        language,
    ]
    assert main(said) == 0
    printed = capsys.readouterr()
    page = html.unescape((tmp_path / "out" / "envelopes.html").read_text("utf-8"))
    with (tmp_path / "out" / "register.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert [row[:2] for row in rows[1:]] == [
        ["1-001", "sex=F"],
        ["1-002", "sex=F"],
        ["1-003", "sex=M"],
        ["1-004", "sex=M"],
    ]
    arms = re.findall(r"(?:Allocation: |分组：)([AB]): ", page)
    assert len(arms) == 4
    assert "Experimental" not in printed.out + printed.err + str(rows)
    assert (tmp_path / "out" / "envelopes.html").stat().st_mode & 0o077 == 0
    before = study.store.head(study.id).seq
    assert main(said) == 1
    assert study.store.head(study.id).seq == before
    assert main([*said[:-4], "--out", str(tmp_path / "more"), "--lang", language]) == 0
    assert "2-001" in (tmp_path / "more" / "register.csv").read_text("utf-8")


def test_an_allocation_by_envelope_is_marked_in_error_like_any_other():
    trial = trial_with_envelopes()
    trial.do(enter(trial.enrolled("P1"), "1-001", "A"), MarkInError("P1", "not eligible"))
    trial.check_whole()


def test_control_a_series_that_read_the_streams_of_the_trial_would_be_foreseen():
    """Another series, and the trial itself, hold other arms at the same places: the streams are apart."""
    scheme = Scheme("permuted_blocks", (("A", 1), ("B", 1)), block_sizes=(4,))
    many = envelopes_of(1, ["all"], 40)
    series = ["".join(arm_in_envelope(envelope_scheme(scheme, n), SECRET, "s", one)[0] for one in many) for n in (1, 2)]
    from equipoise.randomization import allocate_in_turn

    drawn = "".join(one.arm for one in allocate_in_turn(scheme, SECRET, "s", [{}] * 40))
    assert len({*series, drawn}) == 3
    restarted = replace(scheme, start="f" * 64)
    assert "".join(arm_in_envelope(envelope_scheme(restarted, 1), SECRET, "s", one)[0] for one in many) != series[0]


def test_control_an_envelope_whose_arm_was_exchanged_is_found_by_verification(monkeypatch, tmp_path):
    from equipoise.conduct.acts import enter_envelope

    study = create_study(tmp_path / "s", write_minimal(tmp_path / "p", "roles: ~"))
    trial = Trial(study.desk(), study.store)
    trial.do(OpenSite("S01", DAY), as_="custodian")
    for person, role, site in (("li", "investigator", "S01"), ("stat", "unblinded_statistician", None)):
        trial.do(Appoint(person, person.title(), role, site), as_="custodian")
    trial.do(MakeEnvelopes(2), as_="stat")
    honest = enter_envelope.arm_in_envelope
    monkeypatch.setattr(enter_envelope, "arm_in_envelope", lambda *given: (other(honest(*given)[0]), honest(*given)[1]))
    trial.do(enter(trial.enrolled("P1"), "1-001", "A"))
    monkeypatch.undo()
    assert "rederive.differs" in [one.code for one in verify_study(open_study(study.folder)).findings]


def test_a_folder_that_is_taken_is_told(tmp_path):
    study = create_study(tmp_path / "s", write_minimal(tmp_path / "p", "roles: ~"))
    with pytest.raises(Refusal, match="something lies here already"):
        make_envelopes(study, tmp_path, as_="stat", each=2)
