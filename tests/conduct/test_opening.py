"""What every opening of a study notices, before a number is read or written. Each attack passed unnoticed before."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from equipoise.cli.main import main
from equipoise.conduct import desk
from equipoise.conduct.acts import ACTS, Agree, Appoint, Erase, Lock, OpenSite, RecordForm, Screen, Unlock, Unseal
from equipoise.conduct.folder import deciding
from equipoise.conduct.folder.study import Study, create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.datacut import compare_with_cut
from equipoise.findings import Refusal
from equipoise.ledger import Fact, Head, Stamp
from equipoise.ledger.chain import bind, random_salt
from equipoise.ledger.verify import verify_chain
from equipoise.protocol.results import names_of_results
from equipoise.whole import keep_private
from tests.ledger.forger import guarded_again, links_of, opened, relinked, replace_links
from tests.ledger.small_study import DAY, small_study
from tests.spec.minimal import write_minimal


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study that was conducted, and another one of the same protocol beside it."""
    home = tmp_path_factory.mktemp("made")
    small_study(home, 1).store.close()
    create_study(home / "other", home / "protocol").store.close()
    return home


@pytest.fixture
def study(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("EQUIPOISE_STATE", str(tmp_path / "state"))  # the copies of other tests are no business of this
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return open_study(tmp_path / "study")


def ledger(study: Study) -> Path:
    return study.folder / "ledger.sqlite"


def sql(study: Study, *statements: str) -> None:
    study.store.close()
    with opened(ledger(study)) as connection:
        for statement in statements:
            connection.execute(statement)
    guarded_again(ledger(study))


def edit_the_protocol_and_its_digest(study: Study) -> None:
    from equipoise.protocol.identity import protocol_digest
    from equipoise.protocol.reading import load_protocol

    file = study.folder / "protocol" / "protocol.yaml"
    text = file.read_text("utf-8")
    assert "title" in text
    file.write_text(text.replace("\nstudy:\n", "\nstudy:\n", 1).replace("max: 70", "max: 90"), encoding="utf-8")
    said = yaml.safe_load(text)
    said["study"]["version"] = "9.9"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    set_(study, protocol_digest=protocol_digest(load_protocol(study.folder / "protocol")))


def set_(study: Study, **values: object) -> None:
    file = study.folder / "study.yaml"
    data = {**yaml.safe_load(file.read_text("utf-8")), **values}
    file.write_text(yaml.safe_dump({k: v for k, v in data.items() if v is not None}), encoding="utf-8")


def append_with_a_right_hash(study: Study) -> None:
    links = links_of(ledger(study), study.id)
    links = relinked(study.id, [*links, links[-1]], len(links) + 1, actor="nobody")
    replace_links(ledger(study), study.id, links)
    guarded_again(ledger(study))


def cut_the_tail(study: Study) -> None:
    """As an older backup would be: whole, signed, and shorter."""
    study.store.close()
    with opened(ledger(study)) as connection:
        for table in ("entry", "payload", "signature"):
            connection.execute(f"DELETE FROM ledger_{table} WHERE seq > 6")
        connection.execute("UPDATE ledger_head SET seq = 6, hash = (SELECT hash FROM ledger_entry WHERE seq = 6)")
    guarded_again(ledger(study))


def put_the_other_ledger_in_place(study: Study) -> None:
    study.store.close()
    for old in study.folder.glob("ledger.sqlite*"):
        old.unlink()
    with closing(sqlite3.connect(study.folder.parent / "other" / "ledger.sqlite")) as other:
        other.execute("VACUUM INTO ?", (str(ledger(study)),))


ATTACKS: dict[Callable[[Study], None], str] = {
    edit_the_protocol_and_its_digest: "study.protocol_changed",
    append_with_a_right_hash: "ledger.not_signed",
    cut_the_tail: "ledger.older",
    put_the_other_ledger_in_place: "study.other_ledger",
    lambda study: sql(study, "DELETE FROM ledger_head"): "study.head_differs",
    lambda study: sql(study, "UPDATE ledger_head SET seq = 3"): "study.head_differs",
    lambda study: sql(study, "DELETE FROM ledger_entry WHERE seq > 6"): "study.head_differs",
    lambda study: sql(study, "DELETE FROM ledger_signature"): "ledger.not_signed",
    lambda study: sql(study, "DROP INDEX ledger_entry_kind"): "ledger.layout",
    lambda study: set_(study, entry_key="00" * 32): "ledger.not_signed",
    lambda study: set_(study, entry_key="nonsense"): "study.entry_key",
    lambda study: set_(study, entry_key=None): "study.entry_key",
}


@pytest.mark.parametrize(("attack", "code"), ATTACKS.items())
def test_every_command_refuses_what_an_opening_finds(study, attack, code, capsys):
    attack(study)
    with pytest.raises(Refusal) as refused:
        open_study(study.folder)
    assert code in [one.code for one in refused.value.findings]
    assert main(["status", str(study.folder)]) != 0
    assert capsys.readouterr().out == ""


def test_control_an_untouched_study_opens(study):
    study.store.close()
    assert open_study(study.folder).store.head(study.id).seq > 6
    # A folder made before its ledger's beginning was kept opens as well.
    set_(study, opening=None)
    assert open_study(study.folder).id == study.id


def test_a_key_that_is_not_the_studys_signs_nothing(study):
    file = study.key_folder / "entry.key"
    shutil.copy(study.folder.parent / "other" / "keys" / "entry.key", file)
    with pytest.raises(Refusal, match="the key that signs entries is not the study's"):
        open_study(study.folder).desk().perform(Screen("P7", "S01", DAY), as_="dr-li")
    file.unlink()
    with pytest.raises(Refusal, match="no such file"):
        open_study(study.folder).desk().perform(Screen("P7", "S01", DAY), as_="dr-li")
    assert open_study(study.folder).store.head(study.id) == study.store.head(study.id)


def test_the_public_key_of_another_process_stands_in_the_first_entry(study):
    """With the line in study.yaml and the signature exchanged alike, the ledger's own beginning tells."""
    other = yaml.safe_load((study.folder.parent / "other" / "study.yaml").read_text("utf-8"))
    shutil.copy(study.folder.parent / "other" / "keys" / "entry.key", study.key_folder / "entry.key")
    set_(study, entry_key=other["entry_key"])
    signer = open_study(study.folder.parent / "other").store.signer
    replace_links(ledger(study), study.id, links_of(ledger(study), study.id), signer)
    with pytest.raises(Refusal) as refused:
        open_study(study.folder)
    assert [one.code for one in refused.value.findings] == ["study.other_key"]


def test_going_on_from_an_older_ledger_needs_a_reason_and_makes_an_entry(study, capsys):
    place = str(study.folder)
    cut_the_tail(study)
    assert main(["act", place, "screen", "--as", "dr-li", "--set", "participant=P9"]) == 1
    assert "accept_restored" in capsys.readouterr().err
    for wrong in (["--set", "reason= "], [], ["--set", "reason=x", "--dry-run"]):
        assert main(["act", place, "accept_restored", "--as", "custodian", *wrong]) == 1
    assert main(["act", place, "accept_restored", "--as", "dr-li", "--set", "reason=disk lost"]) == 1
    assert main(["act", place, "accept_restored", "--as", "custodian", "--set", "reason=disk lost"]) == 0
    assert "goes on after entry" in capsys.readouterr().out
    again = open_study(study.folder)
    entry = list(again.store.read(again.id, kinds=("ledger_restored",)))[0]
    assert entry.payload["reason"] == "disk lost"
    assert entry.payload["seen"] > entry.payload["last"]
    assert verify_chain(again.store, again.id).findings == ()


def test_without_anything_that_was_seen_there_is_nothing_to_accept(study, monkeypatch, tmp_path):
    from equipoise.conduct.folder.restoring import accept_restored

    study.store.close()
    file = tmp_path / "no-folder"
    file.write_text("")
    monkeypatch.setenv("EQUIPOISE_STATE", str(file))  # nothing can be kept there, and work goes on
    with pytest.raises(Refusal, match="nothing to accept"):
        accept_restored(study.folder, as_="custodian", reason="x")
    open_study(study.folder).desk().perform(Screen("P7", "S01", DAY), as_="dr-li")


def test_a_copied_folder_is_read_and_not_gone_on_in_beside_its_original(study, tmp_path):
    copy = tmp_path / "copy"
    study.store.close()
    shutil.copytree(study.folder, copy)
    study.desk().perform(Screen("P7", "S01", DAY), as_="dr-li")
    assert open_study(copy).store.head(study.id).seq == study.store.head(study.id).seq - 1
    with pytest.raises(Refusal, match="was seen"):
        open_study(copy).desk().perform(Screen("P8", "S01", DAY), as_="dr-li")


def test_a_rehearsal_begins_again_as_often_as_one_likes(tmp_path):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol"), environment="rehearsal")
    assert study.store.witness is None
    shutil.copytree(study.folder, tmp_path / "copy")
    assert open_study(tmp_path / "copy").store.witness is None
    assert study.store.signatures(study.id)


def forged(study: Study, *new: tuple[str, str, str, str | None, dict]) -> set[str]:
    """Entries of an intruder who holds every key and knows the code, after the last: kind, actor, role, whom, what."""
    links = links_of(ledger(study), study.id)
    for n, (kind, actor, role, participant, said) in enumerate(new):
        stamp = Stamp(f"forged-{n}", actor, role, links[-1].at)
        head = Head(links[-1].seq, links[-1].hash)
        links += bind(study.id, head, stamp, [Fact(kind, said, participant, "S01")], random_salt)
    replace_links(ledger(study), study.id, links, study.store.signer)
    return {one.wording.rpartition("/")[2] for one in verify_study(study).findings if one.code == "verify.decided"}


FORGED = {
    "nobody": [("screened", "ghost", "investigator", "P8", {"date": DAY})],
    "role": [("screened", "dr-li", "surgeon", "P8", {"date": DAY})],
    "right": [("site_opened", "dr-li", "investigator", None, {"site": "S02", "date": DAY})],
    "unknown": [("consented", "dr-li", "investigator", "P8", {"date": DAY, "version": "1.0"})],
    "again": [("screened", "dr-li", "investigator", "P001", {"date": DAY})],
    "consent": [
        ("screened", "dr-li", "investigator", "P8", {"date": DAY}),
        ("enrolled", "dr-li", "investigator", "P8", {"date": DAY, "verdicts": {}}),
    ],
    "verdicts": [
        ("screened", "dr-li", "investigator", "P8", {"date": DAY}),
        ("consented", "dr-li", "investigator", "P8", {"date": DAY, "version": "1.0"}),
        ("enrolled", "dr-li", "investigator", "P8", {"date": DAY, "verdicts": {}}),
    ],
    "enrollment": [
        ("screened", "dr-li", "investigator", "P8", {"date": DAY}),
        ("allocation_recorded", "dr-li", "investigator", "P8", {"date": DAY, "arm": "A"}),
    ],
    "twice": [("allocation_recorded", "dr-li", "investigator", "P001", {"date": DAY, "arm": "A"})],
}


@pytest.mark.parametrize(("said", "new"), FORGED.items(), ids=FORGED)
def test_an_entry_that_nobody_could_have_made_is_found_though_it_is_signed(study, said, new):
    assert said in forged(study, *new)


UNLOCKS = {"act": "unlock", "fields": {"reason": "late"}, "agreed_by": "unlock", "at_site": None}


def test_who_agrees_to_their_own_request_or_may_not_agree_at_all_is_found(study):
    request = study.store.head(study.id).seq + 1
    said = {"request": request, "act": "unlock", "asked_by": "custodian"}
    asked = ("agreement_asked", "custodian", "custodian", None, UNLOCKS)
    assert forged(study, asked, ("agreed", "custodian", "custodian", None, said)) == {"alone"}


def test_who_agrees_without_the_right_that_the_request_names_is_found(study):
    request = study.store.head(study.id).seq + 1
    said = {"request": request, "act": "unlock", "asked_by": "custodian"}
    asked = ("agreement_asked", "custodian", "custodian", None, UNLOCKS)
    assert forged(study, asked, ("agreed", "dr-li", "investigator", None, said)) == {"right"}


def test_an_arm_that_one_person_entered_into_a_study_that_draws_is_found(study):
    assert "second" in forged(study, *FORGED["enrollment"])


def test_what_two_persons_did_verifies(study):
    desk = study.desk()
    desk.perform(Appoint("second", "Second", "custodian"), as_="custodian")
    desk.perform(Lock("final"), as_="custodian")
    request = desk.perform(Unlock("late"), as_="custodian").entries[0].seq
    desk.perform(Agree(request), as_="second")
    form = next(entry.seq for entry in study.store.read(study.id, kinds=("form_recorded",)))
    request = desk.perform(Erase(form, "a name", "weight"), as_="custodian").entries[0].seq
    desk.perform(Agree(request), as_="dr-li")
    verified = verify_study(study, derive=True)
    assert [one.code for one in verified.findings if one.severity == "error"] == []
    assert compare_with_cut(study).findings == ()


def test_an_entry_that_hides_behind_the_act_before_it_is_found(study):
    links = links_of(ledger(study), study.id)
    head, last = Head(links[-1].seq, links[-1].hash), links[-1]
    links += bind(
        study.id,
        head,
        Stamp("x", "dr-li", "investigator", last.at),
        [Fact("screened", {"date": DAY}, "P8", "S01")],
        random_salt,
    )
    head = Head(links[-1].seq, links[-1].hash)
    stamp = Stamp("x", "ghost", "investigator", last.at)
    links += bind(study.id, head, stamp, [Fact("duplicate_suspected", {"other": "P001"}, "P8", "S01")], random_salt)
    replace_links(ledger(study), study.id, links, study.store.signer)
    assert {one.wording.rpartition("/")[2] for one in verify_study(study).findings} >= {"act"}


def test_more_than_twenty_such_entries_are_counted(study):
    new = [("screened", "ghost", "investigator", f"Q{n}", {"date": DAY}) for n in range(25)]
    assert forged(study, *new) == {"nobody", "more"}


def test_control_an_entry_of_somebody_with_the_right_is_not_found(study):
    assert forged(study, ("screened", "dr-li", "investigator", "P8", {"date": DAY})) == set()


def test_no_number_and_no_signature_comes_from_a_ledger_that_does_not_verify(study, tmp_path, capsys):
    forged(study, *FORGED["nobody"])
    place = str(study.folder)
    for command in (
        ["cut", place],
        ["analyze", place, "--out", str(tmp_path / "o")],
        ["checkpoint", place, "--out", str(tmp_path / "c")],
    ):
        assert main(command) == 1
        assert "who is nobody in this study" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()
    assert not (tmp_path / "c").exists()
    assert not list((study.folder / "cuts").iterdir())


def test_a_rebuild_is_entered_and_told_by_later_verifications(study, tmp_path, capsys):
    place = str(study.folder)
    sql(study, "DELETE FROM projection")
    assert main(["verify", place]) == 1
    assert main(["verify", place, "--rebuild"]) == 1  # held against nothing that others keep
    assert "held against no checkpoint" in capsys.readouterr().err
    assert main(["verify", place]) == 0
    assert "projections were rebuilt before" in capsys.readouterr().err


def test_what_could_not_be_checked_is_a_failure_where_one_asks_for_that(study, capsys):
    place = str(study.folder)
    assert main(["verify", place, "--strict"]) == 0
    (study.key_folder / "checkpoint.key").chmod(0o644)
    assert main(["verify", place]) == 0
    assert "others may read a key" in capsys.readouterr().err
    (study.key_folder / "allocation.key").unlink()
    assert main(["verify", place]) == 0
    assert main(["verify", place, "--strict"]) == 1


def test_the_stratum_of_an_allocation_is_held_against_its_seal(study):
    def edit(link, said):
        return said | {"stratum": "sex=M"} if link.kind == "allocated" else said

    links = relinked(study.id, links_of(ledger(study), study.id), edit=edit)
    replace_links(ledger(study), study.id, links, study.store.signer)
    assert "rederive.another_stratum" in [one.code for one in verify_study(study).findings]


def test_what_is_made_is_for_its_owner_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        made = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol"))
        made.desk().perform(OpenSite(site="S01", date=DAY), as_="custodian")
        assert main(["cut", str(made.folder)]) == 0
        beside = {file.name for file in made.folder.glob("ledger.sqlite*")}
        made.store.close()
    finally:
        os.umask(before)
    assert len(beside) > 1  # the log that lies beside the ledger, too
    for file in (made.folder, *made.folder.rglob("*")):
        assert file.stat().st_mode & 0o777 == (0o700 if file.is_dir() else 0o600), file


def test_control_a_file_that_is_not_kept_private_takes_what_the_umask_says(tmp_path):
    before = os.umask(0)
    try:
        (tmp_path / "file").write_text("")
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o666
    keep_private(tmp_path)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


BY_ONE = {
    "unlock": lambda _study: [Lock("done"), Unlock("late")],
    "unseal": lambda _study: [Unseal("curious")],
    "erase": lambda study: [Erase(recorded(study), "asked for", item="age")],
    "erase a form": lambda study: [Erase(recorded(study), "asked for", whole=True)],
}


def recorded(study: Study) -> int:
    return next(iter(study.store.read(study.id, participant="P001", kinds=("form_recorded",)))).seq


def by_one(study: Study, acts: list[Any]) -> set[str]:
    """What verification says of acts that a changed process let one person do."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in ACTS:
            patch.setitem(desk.ACT_OF, kind.asks, replace(kind, agreed_by=lambda *_: None))
        for act in acts:
            study.desk().perform(act, as_="custodian")
    return {one.wording.rpartition("/")[2] for one in verify_study(study).findings if one.code == "verify.decided"}


@pytest.mark.parametrize("what", BY_ONE)
def test_what_takes_two_and_was_done_by_one_is_found_though_it_is_signed(study, what):
    assert "age" in names_of_results(study.protocol)
    assert by_one(study, BY_ONE[what](study)) == {"second"}


def test_what_no_result_reads_is_erased_by_one_and_what_two_did_is_in_order(study):
    assert "progressed" not in names_of_results(study.protocol)
    own = study.desk()
    seen = own.perform(
        RecordForm("P001", "every_3_months", "follow_up", {"seen_date": DAY, "progressed": False}), as_="dr-li"
    )
    assert by_one(study, [Erase(seen.entries[0].seq, "asked for", item="progressed")]) == set()
    own.perform(Appoint("second", "Second", "custodian"), as_="custodian")
    own.perform(Lock("done", 1), as_="custodian")
    for act in (Unlock("late"), Unseal("done")):
        asked = own.perform(act, as_="custodian").entries[0].seq
        own.perform(Agree(asked), as_="second")
    asked = own.perform(Erase(recorded(study), "asked for", item="age"), as_="custodian").entries[0].seq
    own.perform(Agree(asked), as_="dr-li")
    assert verify_study(study).findings == ()


def test_control_a_study_of_before_accounts_was_asked_for_one_alone(study, monkeypatch):
    """Its entries are in order: the version that made them asked nobody else."""
    monkeypatch.setattr(deciding, "_of_two", lambda *_: "")
    assert by_one(study, BY_ONE["unlock"](study)) == set()
