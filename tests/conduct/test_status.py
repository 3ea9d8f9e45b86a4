"""Where a study stands: people are counted, arms never, and no form is read."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta

import pytest

from equipoise.cli.language import Voice
from equipoise.cli.status_lines import status_data, status_lines
from equipoise.conduct.acts import (
    Appoint,
    CloseSite,
    Consent,
    Dismiss,
    Enroll,
    Erase,
    Lock,
    MarkInError,
    NoteCheckpoint,
    OpenSite,
    Pause,
    Randomize,
    RecordForm,
    ReportDeviation,
    Screen,
    Unlock,
    Withdraw,
)
from equipoise.conduct.folder.checkpointing import write_study_checkpoint
from equipoise.conduct.folder.kept import KEPT_FILE, note_kept
from equipoise.conduct.folder.status import STAGES, StudyStatus, study_status
from equipoise.conduct.folder.study import Study, create_study
from equipoise.conduct.keeping.backup import write_backup
from equipoise.findings import Refusal
from tests.conduct.read_trial import read_trial
from tests.conduct.small_trial import BASELINE, DAY, FULL, REMARK, open_trial
from tests.seeing import SeenStudy
from tests.spec.minimal import write_minimal


def render_status(status: StudyStatus) -> str:
    return "\n".join(status_lines(status, Voice("en")))


def study_of(trial, tmp_path) -> Study:
    return SeenStudy(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)


def busy(trial):
    trial.screened("P1")
    trial.consented("P2")
    trial.enrolled("P3")
    trial.randomized("P4")
    trial.randomized("P5", "S02", "wang")
    trial.do(Withdraw("P5", DAY, "moved"), ReportDeviation("P5", DAY, "visit", "late"), as_="wang")
    trial.do(MarkInError("P4", "not eligible"), Withdraw("P4", DAY, "rash", "treatment"))
    trial.refused(Consent("P9", DAY))
    trial.do(Pause("drug label", "sex=F"), CloseSite("S02", DAY), as_="ma")


def test_everybody_is_counted_once_by_status_and_by_site(tmp_path):
    trial = open_trial()
    busy(trial)
    status = study_status(study_of(trial, tmp_path))
    assert status.participants == {"screened": 1, "consented": 1, "enrolled": 1, "randomized": 1, "withdrawn": 1}
    assert status.reached == {"screened": 5, "consented": 4, "enrolled": 3, "randomized": 2}
    assert [(site.site, site.status, sum(site.participants.values())) for site in status.sites] == [
        ("S01", "open", 4),
        ("S02", "closed", 1),
    ]
    assert (status.refusals, status.deviations, status.in_error, status.duplicates) == (1, 1, 1, 0)
    assert status.withdrawals == {"follow_up": 1, "treatment": 1}
    assert status.paused_strata == {"sex=F": "drug label"}
    assert (status.entries, status.head) == (trial.head(), trial.store.head("DEMO").hash)
    assert status.protocol_digest == trial.desk.digest
    assert status.people == 7


def test_a_new_study_stands_at_nothing(tmp_path):
    study = create_study(
        tmp_path / "study", write_minimal(tmp_path / "protocol", FULL, REMARK), environment="rehearsal"
    )
    status = study_status(study)
    assert dict.fromkeys(STAGES, 0) == status.participants
    assert [site.status for site in status.sites] == ["not opened", "not opened"]
    assert "REHEARSAL: no real participants" in render_status(status)
    with pytest.raises(FrozenInstanceError):
        status.refusals = 3


def test_the_words_say_what_is_locked_or_paused(tmp_path):
    trial = open_trial()
    assert "standing: running" in render_status(study_status(study_of(trial, tmp_path)))
    trial.do(Pause("safety"), as_="ma")
    trial.do(Lock("final analysis"), as_="custodian")
    text = render_status(study_status(study_of(trial, tmp_path)))
    assert "standing: locked (final analysis); paused (safety)" in text


def test_the_status_is_the_same_whatever_the_arms_and_names_none(tmp_path):
    trial = open_trial()
    busy(trial)
    text = render_status(study_status(study_of(trial, tmp_path)))
    assert not {"A", "B", "Experimental", "Control", "arm", "arms"} & set(text.replace(":", " ").split())


@pytest.mark.parametrize(
    ("language", "values", "alone", "waits"),
    [
        (
            "en",
            "lawfully erased: 1 values of 1 participants, by 2 acts:",
            "by custodian on 2024-03-01, agreed to by",
            "S01): ",
        ),
        ("zh", "依法删除：1名受试者的1个数值，共2次：", "2024-03-01由custodian删除，", "S01）："),
    ],
)
def test_what_was_erased_and_what_waits_is_listed_with_both_hands(tmp_path, language, values, alone, waits):
    trial = open_trial()
    trial.recorded()
    seq = trial.head()
    trial.erased(seq, "wrong person", item="weight")
    trial.erased(trial.do(ReportDeviation("P1", DAY, "visit", "Mr Wang")).entries[0].seq)
    trial.do(Erase(seq, "again", "age"), as_="custodian")
    trial.do(Appoint("second", "Second", "custodian"), as_="custodian")
    trial.do(Lock("final"), Unlock("late"), as_="custodian")
    told = study_status(study_of(trial, tmp_path))
    assert [(one.by, one.agreed_by, one.values) for one in told.erased] == [
        ("custodian", "zhou", 1),
        ("custodian", None, 0),
    ]
    assert [(one.act, one.may_agree) for one in told.waiting] == [
        ("erase", ("li", "zhou", "chen")),
        ("unlock", ("second",)),
    ]
    trial.do(Dismiss("second", "custodian"), as_="custodian")
    text = "\n".join(status_lines(study_status(study_of(trial, tmp_path)), Voice(language)))
    assert all(words in text for words in (values, alone, "weight", "wrong person", f"{waits}li", "item=age"))
    nobody = {"en": "nobody who is appointed now", "zh": "目前无人"}[language]
    assert nobody in text
    assert status_data(told, language)["waiting"][0]["request"] == told.waiting[0].request


def test_what_was_erased_elsewhere_is_told_to_no_site(tmp_path):
    study = read_trial(tmp_path)
    desk = study.desk()
    told = desk.perform(ReportDeviation("S01-0", DAY, "visit", "Mr Wang"), as_="li").entries[0].seq
    desk.perform(Erase(told, "a name"), as_="custodian")
    recorded = next(e.seq for e in study.store.read(study.id, participant="S01-1", kinds=("form_recorded",)))
    desk.perform(Erase(recorded, "a name", "age"), as_="custodian")

    def seen(who):
        status = study_status(study.seen_by(who))
        return [one.participant for one in status.erased], [one.fields["entry"] for one in status.waiting]

    assert seen("ma") == seen("li") == (["S01-0"], [recorded])  # control: it is there to be told
    assert seen("wang") == ([], [])


def test_no_form_is_read(tmp_path):
    trial = open_trial()
    busy(trial)
    study = study_of(trial, tmp_path)
    asked: set[str] = set()
    whole = 0
    read, rows = trial.store.read, trial.store.rows

    def watched_read(name, **which):
        nonlocal whole
        asked.update(which.get("kinds") or ())
        whole += "kinds" not in which and "after" not in which
        return read(name, **which)

    def watched_rows(name, **which):
        asked.update(which.get("kinds") or ())
        return rows(name, **which)

    trial.store.read, trial.store.rows = watched_read, watched_rows
    study_status(study)
    assert whole == 0
    assert not {"form_recorded", "value_corrected", "screened", "allocated"} & asked


def test_a_study_on_disk_and_the_same_study_in_memory_stand_alike(tmp_path):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", FULL, REMARK))
    trial = open_trial()
    desk = study.desk(lambda: trial.clock[-1])
    script = [
        (OpenSite("S01", DAY), "custodian"),
        (OpenSite("S02", DAY), "custodian"),
        (Appoint("li", "Li", "investigator", "S01"), "custodian"),
        (Screen("P1", "S01", DAY), "li"),
        (Consent("P1", DAY), "li"),
        (RecordForm("P1", "screening", "baseline", BASELINE), "li"),
        (Enroll("P1", DAY), "li"),
        (Randomize("P1", DAY), "li"),
        (Consent("P9", DAY), "li"),
    ]
    for act, who in script:
        for one in (desk, trial.desk):
            try:
                one.perform(act, as_=who)
            except Refusal as refusal:
                assert refusal.findings[0].code == "participant.unknown"
    first, second = study_status(study), study_status(study_of(trial, tmp_path))
    for name in ("participants", "reached", "sites", "refusals"):
        assert getattr(first, name) == getattr(second, name)


def test_of_many_erasures_the_last_are_listed_and_the_others_counted(tmp_path):
    trial = open_trial()
    trial.recorded("P1")
    trial.erased(trial.head(), item="weight")
    status = study_status(study_of(trial, tmp_path))
    many = replace(status, erased=(replace(status.erased[0], participant=None),) * 23)
    for language, said in (("en", "3 erasures before these"), ("zh", "此前另有3次删除")):
        assert any(said in line for line in status_lines(many, Voice(language)))


def test_how_old_checkpoints_and_backups_are_is_told(tmp_path):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", FULL, REMARK))
    assert "last backup: none" in render_status(study_status(study))
    write_study_checkpoint(study, tmp_path / "head.json")
    write_backup(study, tmp_path / "backup.zip")
    note_kept(study, "drill", 3, "x", "SQLite")
    study.desk().perform(OpenSite("S01", DAY), as_="custodian")
    later = datetime.now(UTC) + timedelta(days=9)
    told = {one.what: (one.seq, one.days, one.since) for one in study_status(study, later).kept}
    assert told == {"checkpoint": (3, 9, 2), "backup": (4, 9, 1), "drill": (3, 9, 2)}  # a backup holds its note
    assert "last drill: entry 3, 9 days ago, 2 entries since; SQLite" in render_status(study_status(study, later))
    assert "last checkpoint: entry 3, 9 days ago, 2 entries since" in render_status(study_status(study, later))
    study.desk().perform(NoteCheckpoint(4, "x", "the sponsor"), as_="custodian")
    (noted,) = (one for one in study_status(study, later).kept if one.what == "checkpoint")
    assert (noted.seq, noted.place) == (4, "the sponsor")


def test_control_notes_that_are_none_say_nothing(tmp_path):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", FULL, REMARK))
    (study.folder / KEPT_FILE).write_bytes(
        b'{"what": "backup"}\n\xff\n[]\n{"what": "x", "seq": 1, "head": "", "at": "", "place": ""}\n'
    )
    assert study_status(study).kept == ()
