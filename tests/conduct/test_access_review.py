"""Who may what is reviewed: the list that stands and no other, told in the status and in the copy of roles."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from equipoise.cli.language import Voice
from equipoise.cli.main import main
from equipoise.cli.status_lines import status_data, status_lines
from equipoise.conduct import acts as a
from equipoise.conduct.acts import review_access
from equipoise.conduct.authority import AccessList, list_access
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.study import Study, create_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.conduct.replay.replaying import replay
from equipoise.reports.copies.roles_held import write_roles
from tests.chinese import holds_chinese
from tests.conduct.small_trial import open_trial
from tests.spec.minimal import write_minimal

REMARK = "held against the delegation logs of 28 February"
TABLE_CHANGES = {
    "appointed": a.Appoint("new", "New", "monitor"),
    "dismissed": a.Dismiss("zhao", "monitor"),
    "given an end": a.Appoint("zhao", "Zhao", "monitor", until="2024-04-01"),
    "of another organization": a.Appoint(
        "zhao", "Zhao", "monitor", organization="Trial Unit", organization_zh="临床试验中心"
    ),
    "mapped": a.MapAccount("bob", "li"),
}


def now(trial) -> str:
    return list_access(trial.desk.state()).digest


def review(digest: str) -> a.ReviewAccess:
    return a.ReviewAccess(digest, REMARK)


def test_the_list_that_stands_is_confirmed_by_whoever_may_appoint_and_by_nobody_else():
    trial = open_trial()
    digest = now(trial)
    for who in ("li", "chen", "zhao"):
        assert trial.codes(review(digest), as_=who) == ["authority.not_granted"]
    before = trial.head()
    (entry,) = trial.do(review(digest[:16]), as_="ma").entries
    assert entry.payload == {
        "list": digest,
        "people": 7,
        "appointments": 7,
        "accounts": 0,
        "seq": before,
        "reason": REMARK,
    }
    said = [KIND_OF["access_reviewed"].say(entry, language) for language in ("en", "zh")]
    assert said[0] == f"Access was reviewed as of entry {before}: people 7, appointments 7, accounts 0"
    assert holds_chinese(said[1])
    trial.check_whole()


@pytest.mark.parametrize("change", TABLE_CHANGES)
def test_a_list_that_has_changed_since_is_not_confirmed(change):
    trial = open_trial()
    digest = now(trial)
    trial.do(TABLE_CHANGES[change], as_="custodian")
    assert trial.codes(review(digest), as_="ma") == ["review.other_list"]
    (finding,) = trial.refused(review(digest), as_="ma").findings
    assert finding.facts["list"] == now(trial)[:16]
    trial.do(review(now(trial)), as_="ma")


@pytest.mark.parametrize("digest", ["", "0" * 16, "abc", "zz" * 8, "x" * 65])
def test_what_is_no_digest_of_the_list_confirms_nothing(digest):
    trial = open_trial()
    assert trial.codes(review(digest), as_="ma") == ["review.other_list"]
    assert trial.codes(review(now(trial)[:15]), as_="ma") == ["review.other_list"]


def test_what_changes_nothing_of_who_may_what_leaves_the_list_and_a_day_alone_does_too():
    trial = open_trial()
    trial.do(a.Appoint("kim", "Kim", "monitor", until="2024-03-01"), as_="ma")
    digest = now(trial)
    trial.randomized("P1")
    trial.do(a.Lock("done"), as_="custodian")
    trial.clock.append(datetime(2024, 5, 1, tzinfo=UTC))
    trial.do(review(digest), as_="ma")
    assert replay(trial.study, trial.entries()).people == trial.desk.state().people
    assert trial.codes(a.ReviewAccess(digest, "  "), as_="ma") == ["reason.missing"]


def dated_study(folder):
    study = create_study(folder / "study", write_minimal(folder / "protocol", {"roles": None}))
    clock = [datetime(2024, 3, 1, 8, tzinfo=UTC)]
    desk = study.desk(lambda: clock[-1])
    for who, role in (("ma", "trial_manager"), ("zhao", "monitor")):
        desk.perform(a.Appoint(who, who.title(), role), as_="custodian")
    return study, desk, clock


def test_the_status_says_when_the_last_review_was_and_how_much_has_changed_since(tmp_path, capsys):
    study, desk, clock = dated_study(tmp_path)

    def lines(language="en"):
        status = study_status(study, datetime(2024, 3, 15, tzinfo=UTC))
        return status, "\n".join(status_lines(status, Voice(language)))

    status, said = lines()
    assert (status.access.entry, status.access.changes) == (None, 3)
    assert f"who may what: never reviewed; changes: 3; list {status.access.digest[:16]}" in said
    entry = desk.perform(review(status.access.digest[:16]), as_="ma").entries[0].seq
    desk.perform(a.Dismiss("zhao", "monitor"), as_="ma")
    desk.perform(a.MapAccount("bob", "ma"), as_="custodian")
    status, said = lines()
    assert (status.access.entry, status.access.by, status.access.days, status.access.changes) == (entry, "ma", 14, 2)
    assert f"last reviewed by ma on 2024-03-01 (entry {entry}), 14 days ago; changes since: 2" in said
    assert f"ma于2024-03-01最近一次审查（条目{entry}），距今14天；此后变更2次" in lines("zh")[1]
    assert status_data(status, "en")["access"]["changes"] == 2
    assert main(["status", str(study.folder)]) == 0
    assert "last reviewed by ma" in capsys.readouterr().out


def test_the_copy_of_roles_names_the_list_and_holds_the_reviews_and_accounts_of_the_day(tmp_path):
    study, desk, clock = dated_study(tmp_path)
    place = write_roles(study, tmp_path / "one", "2999-12-31", "ma")
    first = json.loads((place / "roles.json").read_text("utf-8"))
    assert first["reviews"] == []
    assert "Who may what was not reviewed until then." in (place / "roles.en.html").read_text("utf-8")
    entry = desk.perform(review(first["list"][:16]), as_="ma").entries[0]
    clock.append(datetime(2024, 3, 3, 8, tzinfo=UTC))
    desk.perform(a.MapAccount("bob", "zhao"), as_="custodian")
    place = write_roles(study, tmp_path / "two", "2999-12-31", "ma")
    told = json.loads((place / "roles.json").read_text("utf-8"))
    assert (told["reviews"][0]["entry"], told["reviews"][0]["list"]) == (entry.seq, first["list"])
    assert told["list"] == list_access(desk.state()).digest != first["list"]
    assert json.loads((place / "manifest.json").read_text("utf-8"))["list"] == told["list"]
    assert [(one["person"], one["names_others"]) for one in told["accounts"]] == [("zhao", False), ("custodian", True)]
    for language, words in (("en", "Reviews of who may what"), ("zh", "权限审查")):
        page = (place / f"roles.{language}.html").read_text("utf-8")
        assert all(one in page for one in (words, REMARK, told["list"], "bob"))
    # Of an earlier day, as it was then: with the people of that day and without the account that came later.
    earlier = json.loads((write_roles(study, tmp_path / "three", "2024-03-01", "ma") / "roles.json").read_text("utf-8"))
    assert "bob" not in {one["account"] for one in earlier["accounts"]}
    with (place / "roles.csv").open(encoding="utf-8-sig", newline="") as opened:
        rights = {row["person"]: row["rights"] for row in csv.DictReader(opened)}
    assert "see_participants" in rights["zhao"]


def test_whoever_reads_one_site_is_told_no_account_of_another(tmp_path):
    trial = open_trial()
    trial.do(a.MapAccount("bob", "wang"), a.MapAccount("eve", "li"), as_="custodian")
    study = Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)
    study.desk().perform(a.MapAccount("root", "custodian", "anybody"), as_="custodian")
    told = json.loads((write_roles(study, tmp_path / "out", "2999-12-31", "wang") / "roles.json").read_text("utf-8"))
    assert "bob" in {one["account"] for one in told["accounts"]}
    assert "eve" not in {one["account"] for one in told["accounts"]}


def test_control_a_review_of_a_list_that_did_not_stand_is_found(tmp_path, monkeypatch):
    study, desk, _ = dated_study(tmp_path)
    other = AccessList((("ma", "Ma", "custodian", None, None, None, None),), ())
    monkeypatch.setattr(review_access, "list_access", lambda _state: other)
    desk.perform(review(other.digest), as_="ma")
    monkeypatch.undo()
    found = [one for one in verify_study(study).findings if one.code != "ledger.clock_backwards"]
    assert [one.wording.rpartition(" ")[2] for one in found] == ["verify.decided/list"]
    assert holds_chinese(found[0].say("zh").what)


def test_control_a_list_that_leaves_something_out_is_another_list():
    trial = open_trial()
    trial.do(a.MapAccount("bob", "li"), as_="custodian")
    found = list_access(trial.desk.state())
    digests = {found.digest, replace(found, accounts=()).digest}
    digests |= {replace(found, appointments=found.appointments[:n]).digest for n in range(len(found.appointments))}
    assert len(digests) == len(found.appointments) + 2
