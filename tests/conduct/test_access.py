"""Access that ends by itself on a day: neither acting nor reading after it, told before and after, and the same in replay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from equipoise.cli.language import Voice
from equipoise.cli.status_lines import status_data, status_lines
from equipoise.conduct import acts as a
from equipoise.conduct.authority import DOORS, may, roles_of
from equipoise.conduct.folder import reading
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.study import create_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.conduct.replay.replaying import replay
from equipoise.conduct.state.state import Person
from equipoise.findings import Refusal
from equipoise.roles import RIGHTS
from tests.chinese import holds_chinese
from tests.conduct.read_trial import read_trial
from tests.conduct.small_trial import DAY, TODAY, open_trial
from tests.conduct.test_authority import PARTICIPANT_ACTS, STUDY_ACTS
from tests.spec.minimal import write_minimal

LAST = "2024-03-10"
NEXT = datetime(2024, 3, 11, 0, 0, tzinfo=UTC)
QUERY = a.RaiseQuery("P1", {"en": "Is the age right?"}, "screening", "baseline", item="age")


def timed():
    """A trial in which kim monitors until a day."""
    trial = open_trial()
    trial.recorded("P1")
    trial.do(a.Appoint("kim", "Kim", "monitor", until=LAST), as_="ma")
    return trial


def on(monkeypatch, day: str) -> None:
    """Whoever looks, looks on this day."""

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat(f"{day}T12:00:00+00:00").astimezone(tz)

    monkeypatch.setattr(reading, "datetime", Then)


def test_the_last_day_counts_and_the_day_after_nothing_is_done():
    trial = timed()
    trial.clock.append(NEXT - timedelta(milliseconds=1))
    trial.do(QUERY, as_="kim")
    trial.clock.append(NEXT)
    refusal = trial.refused(QUERY, as_="kim")
    (finding,) = refusal.findings
    assert (finding.code, finding.facts["day"], finding.facts["role"]) == ("authority.ended", LAST, "monitor")
    for language in ("en", "zh"):
        said = finding.tell(language)
        assert LAST in said
        assert "kim" in said
    trial.check_whole()


def test_what_somebody_may_in_another_role_does_not_end_with_it():
    trial = timed()
    trial.do(a.Appoint("kim", "Kim", "data_manager"), as_="ma")
    trial.clock.append(NEXT)
    trial.do(QUERY, as_="kim")
    assert trial.entries()[-1].role == "data_manager"
    assert trial.codes(a.Pause("safety"), as_="kim") == ["authority.not_granted"]


def test_whoever_is_appointed_again_comes_in_until_the_day_that_is_said_last():
    trial = timed()
    again = a.Appoint("kim", "Kim", "monitor", until=LAST)
    assert trial.do(again, as_="ma").entries == ()
    trial.clock.append(NEXT)
    assert trial.codes(a.Dismiss("kim", "monitor"), as_="ma") == ["person.not_appointed"]
    trial.do(a.Appoint("kim", "Kim", "monitor", until="2024-03-20"), as_="ma")
    trial.do(QUERY, as_="kim")
    # What is not said again stays: without an end they are appointed once the other appointment is ended.
    assert trial.do(a.Appoint("kim", "Kim", "monitor"), as_="ma").entries == ()
    moved = a.Appoint("kim", "Kim", "monitor", organization="Trial Unit", organization_zh="临床试验中心")
    assert trial.do(moved, as_="ma").entries[0].payload["until"] == "2024-03-20"
    query = f"Q{trial.entries()[-2].seq:04d}"
    trial.do(a.Dismiss("kim", "monitor"), a.Appoint("kim", "Kim", "monitor"), as_="ma")
    trial.clock.append(NEXT + timedelta(days=400))
    trial.do(a.CloseQuery("P1", query, "seen"), as_="kim")
    trial.check_whole()


def test_what_ended_hinders_no_other_appointment():
    trial = timed()
    doctor = a.Appoint("kim", "Kim", "investigator", "S01")
    assert trial.codes(doctor, as_="ma") == ["role.conflict"]
    trial.clock.append(NEXT)
    trial.do(doctor, as_="ma")
    assert trial.do(a.Appoint("kim2", "KIM", "coordinator", "S01"), as_="ma").entries


def test_who_appoints_without_an_end_is_never_lacking():
    trial = open_trial()
    shorter = a.Appoint("ma", "Ma", "trial_manager", until=LAST)
    trial.do(shorter, as_="custodian")
    assert trial.codes(a.Dismiss("custodian", "custodian"), as_="custodian") == ["person.last"]
    trial.do(a.Appoint("second", "Second", "custodian", until=LAST), as_="custodian")
    ending = a.Appoint("custodian", "Study custodian", "custodian", until=LAST)
    assert [f.wording for f in trial.refused(ending, as_="second").findings] == ["conduct.acts: person.last/until"]
    trial.do(a.Appoint("third", "Third", "custodian"), as_="custodian")
    trial.do(ending, as_="second")


def test_no_account_and_no_second_person_outlasts_the_appointment():
    trial = open_trial()
    trial.do(a.Appoint("second", "Second", "custodian", until=LAST), a.Lock("done"), as_="custodian")
    request = trial.do(a.Unlock("late data"), as_="custodian").entries[0].seq
    trial.clock.append(NEXT)
    assert trial.codes(a.Agree(request), as_="second") == ["authority.ended"]
    assert trial.codes(a.MapAccount("bob", "second"), as_="custodian") == ["account.nobody"]


def test_what_was_asked_for_falls_with_the_appointment_of_who_asked():
    trial = open_trial()
    trial.do(a.Appoint("second", "Second", "custodian", until=LAST), a.Lock("done"), as_="custodian")
    request = trial.do(a.Unlock("late data"), as_="second").entries[0].seq
    trial.clock.append(NEXT)
    assert trial.codes(a.Agree(request), as_="custodian") == ["authority.ended"]


def test_the_trail_says_until_when():
    trial = timed()
    entry = next(one for one in trial.entries() if one.kind == "person_appointed" and one.payload["person"] == "kim")
    kind = KIND_OF["person_appointed"]
    assert (kind.say(entry), kind.say(entry, "zh")) == (f"kim is monitor until {LAST}", f"kim已任命为monitor，至{LAST}")
    plain = next(one for one in trial.entries() if one.kind == "person_appointed" and one.payload["person"] == "li")
    assert "until" not in plain.payload
    assert " until " not in kind.say(plain)


@pytest.mark.parametrize("door", DOORS)
def test_no_door_opens_after_the_last_day(tmp_path, monkeypatch, door, study):
    sun = study.seen_by("sun")
    on(monkeypatch, LAST)
    if door in ("checkpoint", "backup", "keys"):  # none of sun's, on any day
        with pytest.raises(Refusal) as refused:
            sun.reader().come_in(door)
        assert refused.value.findings[0].code == "authority.not_granted"
    elif door != "doses":  # which asks of a participant
        sun.reader().come_in(door)
    on(monkeypatch, "2024-03-11")
    with pytest.raises(Refusal) as refused:
        sun.reader()
    assert refused.value.findings[0].code == "authority.ended"
    assert holds_chinese(refused.value.findings[0].say("zh").what)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    made = read_trial(tmp_path_factory.mktemp("timed"))
    desk = made.desk(lambda: datetime(2024, 3, 1, 8, tzinfo=UTC))
    desk.perform(a.Dismiss("sun", "unblinded_statistician"), as_="custodian")
    desk.perform(a.Appoint("sun", "Sun", "unblinded_statistician", until=LAST), as_="custodian")
    with pytest.MonkeyPatch.context() as patch:
        on(patch, LAST)
        yield made
    made.store.close()


def test_control_a_reader_who_asks_for_no_day_comes_in_for_ever(monkeypatch, study):
    sun = study.seen_by("sun")
    on(monkeypatch, "2024-03-11")
    monkeypatch.setattr(Person, "held", lambda self, _day: self.appointed)
    assert sun.reader().reads("see_results")


# In replay ----------------------------------------------------------------------------------------------------------


def dated_study(folder):
    """A study whose desk had its own clock, in 2024."""
    study = create_study(folder / "study", write_minimal(folder / "protocol", {"roles": None}))
    clock = [datetime(2024, 3, 1, 8, tzinfo=UTC)]
    desk = study.desk(lambda: clock[-1])
    desk.perform(a.OpenSite("S01", DAY), as_="custodian")
    for who, role, site, until in (("li", "investigator", "S01", None), ("ma", "trial_manager", None, LAST)):
        desk.perform(a.Appoint(who, who.title(), role, site, until), as_="custodian")
    clock.append(datetime(2024, 3, 10, 23, 59, tzinfo=UTC))
    desk.perform(a.Pause("safety"), as_="ma")
    return study, desk, clock


def faults_of(study):
    """What verification finds; that this study was opened later than it was conducted is no part of it."""
    return [one for one in verify_study(study).findings if one.code != "ledger.clock_backwards"]


def test_the_day_of_the_entry_decides_and_not_the_day_of_the_reading(tmp_path):
    study, desk, clock = dated_study(tmp_path)
    clock.append(datetime(2024, 3, 11, 0, 0, tzinfo=UTC))
    with pytest.raises(Refusal):
        desk.perform(a.Resume("safe"), as_="ma")
    assert faults_of(study) == []
    entries = list(study.store.read(study.id))
    assert replay(study.id, entries).people == desk.state().people
    assert desk.state().people["ma"].ended("2024-03-11") == [("trial_manager", None)]


def test_control_an_entry_after_the_last_day_is_found(tmp_path, monkeypatch):
    study, desk, clock = dated_study(tmp_path)
    clock.append(datetime(2024, 3, 11, 0, 0, tzinfo=UTC))
    monkeypatch.setattr(Person, "held", lambda self, _day: self.appointed)
    desk.perform(a.Resume("safe"), as_="ma")
    monkeypatch.undo()
    (found,) = faults_of(study)
    assert found.wording.endswith("verify.decided/ended")
    assert LAST in found.say("en").what
    assert holds_chinese(found.say("zh").what)


# Told ---------------------------------------------------------------------------------------------------------------


def test_the_status_says_what_ends_within_thirty_days_and_what_has_ended(tmp_path, monkeypatch):
    study, desk, clock = dated_study(tmp_path)
    clock.append(datetime(2024, 2, 1, tzinfo=UTC))
    desk.perform(a.Appoint("kim", "Kim", "monitor", until="2024-04-09"), as_="custodian")
    desk.perform(a.Appoint("chen", "Chen", "coordinator", "S01", "2024-04-10"), as_="custodian")
    status = study_status(study, datetime(2024, 3, 10, 12, tzinfo=UTC))
    assert [(one.person, one.days) for one in status.ending] == [("ma", 0), ("kim", 30)]
    assert status.ended == ()
    status = study_status(study, datetime(2024, 4, 10, 12, tzinfo=UTC))
    assert [(one.person, one.site, one.days) for one in status.ending] == [("chen", "S01", 0)]
    assert [(one.person, one.days) for one in status.ended] == [("ma", -31), ("kim", -1)]
    assert status.people == 3
    english, chinese = ("\n".join(status_lines(status, Voice(language))) for language in ("en", "zh"))
    assert "ended by themselves: ma as trial_manager (the whole study) on 2024-03-10; kim as monitor" in english
    assert "30天内自动结束的任命：chen担任coordinator（S01），2024-04-10" in chinese
    assert status_data(status, "en")["ended"][0]["until"] == LAST


def test_who_reads_one_site_is_told_of_its_people_and_of_the_study_s(tmp_path):
    study, desk, _ = dated_study(tmp_path)
    for who, site in (("chen", "S01"), ("wu", "S02")):
        desk.perform(a.Appoint(who, who.title(), "coordinator", site, LAST), as_="custodian")
    status = study_status(study.seen_by("li"), datetime(2024, 3, 11, tzinfo=UTC))
    assert [one.person for one in status.ended] == ["chen", "ma"]


# Inspectors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("right", [*PARTICIPANT_ACTS, *STUDY_ACTS])
def test_an_inspector_writes_nothing(right):
    trial = open_trial()
    trial.randomized()
    trial.do(a.Appoint("ins", "Ins", "inspector", until=LAST), as_="custodian")
    before = trial.head()
    assert trial.codes(PARTICIPANT_ACTS.get(right) or STUDY_ACTS[right], as_="ins") == ["authority.not_granted"]
    assert trial.kinds(before) == ["refused"]


def test_an_inspector_is_nothing_else_and_exists_in_every_study():
    trial = open_trial()
    trial.do(a.Appoint("ins", "Ins", "inspector", until=LAST), as_="custodian")
    for role, site in (("monitor", None), ("coordinator", "S01"), ("trial_manager", None)):
        assert trial.codes(a.Appoint("ins", "Ins", role, site), as_="custodian") == ["role.conflict"]
    protocol = open_trial("roles: [{id: nurse, label: {en: N, zh: 护}, acts: [screen]}]", people=False).desk.protocol
    assert roles_of(protocol)["inspector"].acts == ()
    granted = {one for one in RIGHTS if may(trial.desk.state(), trial.desk.protocol, "ins", one, None, day=TODAY)}
    assert granted == set()
