"""The rehearsal as a whole: who acts where and when, what is the same for a seed, what is refused, what survives
Ctrl-C.
"""

import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from equipoise.conduct.acts import Lock, OpenSite, Pause
from equipoise.conduct.folder.study import create_study, open_study, take_seed
from equipoise.conduct.folder.verification import verify_study
from equipoise.datacut.unblinding import unsealed_arms
from equipoise.findings import Refusal
from equipoise.protocol.identity import protocol_digest
from equipoise.rehearsal.rehearsal import run_rehearsal
from tests.spec.minimal import minimal_protocol, write_minimal
from tests.virtual.stage import BUSY, SURVIVAL, content, flagship, memory_study, oropharynx, small

BLIND = "randomization: {blinding: double}"


def rehearsed(folder, of, n=25, seed=1, **how):
    study = memory_study(folder, of)
    return study, run_rehearsal(study, participants=n, seed=seed, **how)


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    return rehearsed(tmp_path_factory.mktemp("busy"), small(), 80)


@pytest.fixture(scope="module")
def npc(tmp_path_factory):
    return rehearsed(tmp_path_factory.mktemp("npc"), flagship(), 20)


@pytest.mark.parametrize("of", [minimal_protocol, oropharynx], ids=["minimal", "oropharynx"])
def test_a_protocol_with_and_without_a_scenario_is_rehearsed_and_nothing_is_refused(of, tmp_path):
    for place, data in enumerate((of(), of().model_copy(update={"scenarios": ()}))):
        study, report = rehearsed(tmp_path / str(place), data, 12)
        assert report.finished
        assert report.refusals == {}
        assert report.counts["randomized"] > 0
        assert verify_study(study).findings == ()


def test_the_flagship_is_rehearsed_and_only_its_criteria_refuse(npc):
    study, report = npc
    assert report.refusals == {}
    assert report.counts["screened"] == 20
    assert report.counts["enrolled"] + report.counts["not eligible"] == 20
    assert report.counts["forms"] > 500
    assert verify_study(study).findings == ()


def test_the_flagship_without_its_scenario_is_rehearsed_too(tmp_path):
    _, report = rehearsed(tmp_path, flagship().model_copy(update={"scenarios": ()}), 6, until=date(2026, 9, 30))
    assert report.refusals == {}
    assert report.counts["randomized"] > 0
    assert any("equally likely" in str(note) for note in report.notes)


def test_the_clock_of_the_ledger_never_goes_back_and_people_work_by_day(busy):
    study, _ = busy
    entries = [e for e in study.store.read(study.id) if e.act.startswith("rehearsal-")]
    assert all(a.at <= b.at for a, b in pairwise(entries))
    china = ZoneInfo("Asia/Shanghai")
    local = [datetime.fromisoformat(e.at).replace(tzinfo=UTC).astimezone(china) for e in entries]
    assert all(7 <= moment.hour < 20 for moment in local)
    assert all(moment.weekday() < 5 for moment in local)


def test_everybody_acts_at_their_own_site_and_participants_of_all_sites_interleave(busy):
    study, _ = busy
    entries = [e for e in study.store.read(study.id) if e.participant is not None and e.role == "investigator"]
    assert all(e.actor == f"{e.site}-investigator" for e in entries)
    sites = [e.site for e in entries if e.kind == "screened"]
    assert {"S01", "S02"} == set(sites)
    assert sites != sorted(sites)
    assert Counter(sites)["S01"] > Counter(sites)["S02"]


def test_a_busy_rehearsal_has_failures_corrections_deviations_withdrawals_and_deaths(busy):
    _, report = busy
    for what in ("not eligible", "corrections", "deviations", "withdrawn", "missed", "ended"):
        assert report.counts[what] > 0, what
    assert report.refusals == {}
    assert set(report.criteria) <= {"I1", "E1"}
    assert sum(report.criteria.values()) >= report.counts["not eligible"]


def folder_of(folder, of=BUSY, environment="rehearsal"):
    return create_study(folder, write_minimal(folder.parent / f"{folder.name}-protocol", of), environment=environment)


def test_two_folders_with_the_same_seed_have_the_same_ledger_to_the_byte(tmp_path):
    studies = [folder_of(tmp_path / name) for name in ("one", "two")]
    reports = [run_rehearsal(study, participants=12, seed=3) for study in studies]
    one, two = ([*study.store.read(study.id)] for study in studies)
    assert one == two  # salts, seals and hashes as well
    assert reports[0].head == reports[1].head
    assert [verify_study(study).findings for study in studies] == [(), ()]
    assert studies[0].secret() == studies[1].secret()
    opened_again = open_study(tmp_path / "one")
    assert opened_again.secret() == studies[0].secret()


def test_the_arms_follow_the_seed(tmp_path):
    def arms(folder, seed):
        study = folder_of(folder)
        run_rehearsal(study, participants=20, seed=seed)
        sealed = {e.participant: e.payload for e in study.store.read(study.id) if e.kind == "allocated"}
        return list(unsealed_arms(study, sealed).values())

    assert arms(tmp_path / "one", 3) != arms(tmp_path / "two", 4)


def test_another_word_or_scenario_of_the_same_study_meets_the_same_chance(tmp_path):
    """What differs between two rehearsals of one seed is then what the protocol says, and not the draw of the arms."""
    reworded = {"endpoints": [{"id": "os", "short": "Survival"}]}
    other = {"study": {"id": "OTHER"}}
    two = {"scenarios": [{"id": "busy", "missed_visit": {"value": 0.3}}]}
    read = [minimal_protocol(BUSY, change) for change in ({}, reworded, two, other)]
    secrets, arms = [], []
    for number, protocol in enumerate(read):
        study, _ = rehearsed(tmp_path / str(number), protocol, 20, seed=3)
        secrets.append(study.secret())
        sealed = {e.participant: e.payload for e in study.store.read(study.id) if e.kind == "allocated"}
        arms.append(list(unsealed_arms(study, sealed).values()))
    assert len({protocol_digest(protocol) for protocol in read}) == 4
    assert secrets[0] == secrets[1] == secrets[2]
    assert arms[0] == arms[1]
    assert secrets[3] != secrets[0]  # control: a study of another name
    assert arms[3] != arms[0]


def test_control_two_real_studies_have_secrets_salts_and_seals_of_their_own(tmp_path):
    studies = [folder_of(tmp_path / name, environment="production") for name in ("one", "two")]
    assert studies[0].secret() != studies[1].secret()
    told = [[*study.store.read(study.id)] for study in studies]
    assert [a.salt != b.salt for a, b in zip(*told, strict=True)] == [True] * 3
    assert told[0][2].payload["commitment"] != told[1][2].payload["commitment"]
    assert told[0][2].payload["scheme"]["sealed"] != told[1][2].payload["scheme"]["sealed"]
    keys = [(study.key_folder / "checkpoint.pub").read_bytes() for study in studies]
    assert keys[0] != keys[1]


def test_a_real_study_never_takes_a_seed(tmp_path):
    study = folder_of(tmp_path / "one", environment="production")
    before, head = study.secret(), study.store.head(study.id)
    take_seed(study, 3)
    assert (study.secret(), study.store.head(study.id)) == (before, head)


def test_a_rehearsal_in_which_somebody_acted_keeps_its_secret(tmp_path):
    study = folder_of(tmp_path / "one")
    study.desk().perform(OpenSite("S01", "2020-12-01"), as_="custodian")
    before = study.secret()
    run_rehearsal(study, participants=5, seed=3)
    assert study.secret() == before
    assert [found.code for found in verify_study(study).findings] == ["ledger.clock_backwards"]  # the act was today's


def test_what_the_secret_was_when_the_folder_was_made_changes_nothing(tmp_path, busy):
    other = memory_study(tmp_path, small(), bytes(32))
    run_rehearsal(other, participants=80, seed=1)
    assert [row[6:] for row in content(other)][4:] == [row[6:] for row in content(busy[0])][4:]


def test_another_seed_gives_another_rehearsal(tmp_path, busy):
    study, _ = rehearsed(tmp_path, small(), 80, seed=2)
    assert [row[7:] for row in content(study)] != [row[7:] for row in content(busy[0])]


@pytest.mark.long
def test_the_order_of_hashing_changes_nothing(tmp_path):
    """Sets of names are ordered differently in every process; nothing that is drawn may hang on it."""
    script = (
        "import sys, hashlib; from pathlib import Path; from tests.virtual.stage import *;"
        "from equipoise.rehearsal.rehearsal import run_rehearsal;"
        "study = memory_study(Path(sys.argv[1]), flagship());"
        "run_rehearsal(study, participants=4, seed=5);"
        "print(hashlib.sha256(repr(content(study)).encode()).hexdigest())"
    )
    said = []
    for number in ("1", "2"):
        command = [sys.executable, "-c", script, str(tmp_path / number)]
        done = subprocess.run(
            command, env={"PYTHONHASHSEED": number, "PATH": ""}, capture_output=True, text=True, check=True
        )
        said.append(done.stdout)
    assert said[0] == said[1]


def test_a_real_study_is_never_rehearsed(tmp_path):
    study = memory_study(tmp_path, small(), environment="production")
    with pytest.raises(Refusal) as refusal:
        run_rehearsal(study, participants=5, seed=1)
    assert [f.code for f in refusal.value.findings] == ["rehearsal.production"]
    assert study.store.head(study.id).seq == 3


def test_two_rehearsals_are_not_mixed_in_one_folder(tmp_path):
    study, report = rehearsed(tmp_path, small(SURVIVAL), 5)
    for other in ({"seed": 2}, {"participants": 6}, {"until": date(2022, 1, 1)}):
        with pytest.raises(Refusal) as refusal:
            run_rehearsal(study, **({"participants": 5, "seed": 1} | other))
        assert [f.code for f in refusal.value.findings] == ["rehearsal.used"]
    assert study.store.head(study.id) == report.head


def test_repeated_a_finished_rehearsal_writes_nothing_and_says_the_same(tmp_path):
    study, report = rehearsed(tmp_path, small(), 12)
    again = run_rehearsal(study, participants=12, seed=1)
    assert again.head == report.head
    assert (again.counts, again.criteria, again.refusals) == (report.counts, report.criteria, report.refusals)


def test_interrupted_the_ledger_is_whole_and_the_same_command_goes_on_to_the_same_end(tmp_path):
    study = memory_study(tmp_path / "a", small())

    def stop(done, total):
        if done > total / 3:
            raise KeyboardInterrupt

    broken = run_rehearsal(study, participants=20, seed=1, progress=stop)
    assert not broken.finished
    assert any("goes on from here" in line for line in broken.lines())
    assert verify_study(study).findings == ()
    finished = run_rehearsal(study, participants=20, seed=1)
    straight, report = rehearsed(tmp_path / "b", small(), 20)
    assert 0 < broken.head.seq < finished.head.seq
    assert content(study) == content(straight)
    assert (finished.counts, finished.criteria) == (report.counts, report.criteria)


def test_interrupted_within_a_batch_the_batch_is_gone_as_a_whole(tmp_path, monkeypatch):
    from equipoise.rehearsal.rehearsal import Rehearsal

    study = memory_study(tmp_path, small())
    perform, told = Rehearsal.perform, []

    def stop_at_100(self, act, life, when):
        told.append(act)
        if len(told) == 100:
            raise KeyboardInterrupt
        return perform(self, act, life, when)

    monkeypatch.setattr(Rehearsal, "perform", stop_at_100)
    monkeypatch.setattr("equipoise.rehearsal.rehearsal.STEPS_PER_BATCH", 30)
    report = run_rehearsal(study, participants=20, seed=1)
    assert not report.finished
    assert 0 < report.head.seq < 110
    assert verify_study(study).findings == ()
    kinds = Counter(row[1] for row in content(study))
    told = [report.counts.get(what, 0) for what in ("screened", "forms", "randomized", "not eligible")]
    assert told == [kinds[kind] for kind in ("screened", "form_recorded", "allocated", "refused")]


def test_nothing_is_observed_after_the_end_and_late_comers_are_not_screened(tmp_path):
    end = date(2021, 3, 1)
    study, report = rehearsed(tmp_path, small(), 40, until=end)
    assert report.counts["screened"] < 40
    assert any("would have arrived after the end" in line for line in report.lines())
    seen = [row[8]["observed"] for row in content(study) if row[1] == "form_recorded"]
    assert max(seen) <= "2021-03-31"  # what was begun in time is finished: screening takes up to 28 days
    deaths = [row[8]["observed"] for row in content(study) if row[1] == "form_recorded" and row[8]["form"] == "death"]
    assert all(day <= end.isoformat() for day in deaths)


def test_a_double_blind_trial_is_rehearsed_without_a_word_about_arms(tmp_path):
    study, report = rehearsed(tmp_path, small(SURVIVAL, BLIND), 30)
    assert report.counts["randomized"] == 30
    assert not any("arm" in name for name in report.counts)
    labels = ("arm", "Experimental", "Control")
    assert not any(word in line for line in report.lines() for word in labels)
    assert all("arm" not in (e.payload or {}) for e in study.store.read(study.id))


def test_a_protocol_without_roles_is_rehearsed_with_the_default_ones(tmp_path):
    of = small().model_copy(update={"roles": ()})
    study, report = rehearsed(tmp_path, of, 8)
    assert report.refusals == {}
    assert {"investigator", "coordinator"} <= {e.role for e in study.store.read(study.id)}


def test_when_no_role_may_do_what_must_be_done_it_is_told_before_anything_is_written(tmp_path):
    roles = "roles: [{id: investigator, label: {en: Investigator, zh: 研究者}, acts: [screen, consent, record]}]"
    study = memory_study(tmp_path, small(BUSY, roles))
    with pytest.raises(Refusal) as refusal:
        run_rehearsal(study, participants=5, seed=1)
    (finding,) = refusal.value.findings
    assert finding.code == "rehearsal.nobody_may"
    assert "enroll, randomize" in finding.what
    assert study.store.head(study.id).seq == 3


def test_what_no_role_may_do_and_can_be_spared_is_said(tmp_path):
    acts = "[screen, consent, record, enroll, randomize]"
    roles = f"roles: [{{id: investigator, label: {{en: Investigator, zh: 研究者}}, acts: {acts}}}]"
    _, report = rehearsed(tmp_path, small(BUSY, roles), 8)
    assert report.refusals == {}
    assert "no role may report deviation: it never happens" in map(str, report.notes)


@pytest.mark.parametrize(("act", "said"), [(Lock("the end"), "研究已锁定"), (Pause("the end"), "研究已暂停")])
def test_a_study_that_is_closed_to_acts_is_not_rehearsed(tmp_path, act, said):
    study = memory_study(tmp_path, small())
    study.desk().perform(act, as_="custodian")
    with pytest.raises(Refusal) as refusal:
        run_rehearsal(study, participants=5, seed=1)
    (found,) = refusal.value.findings
    assert (found.code, found.why) == ("rehearsal.halted", "the end")
    assert found.say("zh").what == said


def test_progress_is_told_in_days_and_ends_full(tmp_path):
    told = []
    rehearsed(tmp_path, small(), 8, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert [done == total for done, total in told] == [False] * (len(told) - 1) + [True]
