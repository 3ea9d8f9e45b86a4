"""Every door leaves on the ledger what is owed there: that somebody was refused, and that somebody took a copy away.

Played over the one table of doors: a door that is added and not played here fails the first test.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from equipoise.analysis import trace
from equipoise.analysis.balance import watch_balance
from equipoise.analysis.safety import watch_safety
from equipoise.cli.main import main
from equipoise.conduct import acts as a
from equipoise.conduct.authority import DOORS
from equipoise.conduct.folder import reading
from equipoise.conduct.folder.checkpointing import write_study_checkpoint
from equipoise.conduct.folder.query_list import list_queries
from equipoise.conduct.folder.seeing import see_treatment
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.study import Study, create_study
from equipoise.conduct.folder.unblindings import list_unblindings
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.keeping.backup import BACKUP, write_backup
from equipoise.conduct.keeping.bundle import read_bundle
from equipoise.conduct.keeping.drill import drill_backup
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.datacut import freeze, write_cut
from equipoise.findings import Refusal
from equipoise.ledger import Entry
from equipoise.reports import write_report
from equipoise.reports.archive.writing import write_archive
from equipoise.reports.copies import writing
from equipoise.reports.copies.casebook_files import write_casebook
from equipoise.reports.copies.data_files import write_data
from equipoise.reports.copies.reader import CopyReader
from equipoise.reports.copies.roles_held import write_roles
from equipoise.reports.copies.telling import Telling
from equipoise.reports.copies.trail import write_trail
from tests.chinese import holds_chinese
from tests.conduct.read_trial import read_trial
from tests.spec.minimal import write_minimal

Look = Callable[[Study, Path], object]
LOOKS: dict[str, Look] = {
    "show": lambda study, _: study.reader().come_in("show"),
    "simulate": lambda study, _: study.reader().come_in("simulate"),
    "status": lambda study, _: study_status(study),
    "safety": lambda study, _: watch_safety(study),
    "roles": lambda study, out: write_roles(study, out / "roles", "2024-03-01"),
    "trail": lambda study, out: write_trail(study, out / "trail"),
    "queries": lambda study, _: list_queries(study),
    "unblindings": lambda study, _: list_unblindings(study),
    "cut": lambda study, _: freeze(study),
    "trace": lambda study, out: trace(study, "os_km", out=out / "shown"),
    "casebook": lambda study, out: write_casebook(study, "S01-0", out / "casebook"),
    "analyze": lambda study, out: write_report(study, out=out / "analysis"),
    "verify": lambda study, _: verify_study(study),
    "derive": lambda study, _: verify_study(study, derive=True),
    "checkpoint": lambda study, out: write_study_checkpoint(study, out / "anchor.json"),
    "export": lambda study, out: write_data(study, out / "data"),
    "backup": lambda study, out: write_backup(study, out / "kept.zip"),
    "keys": lambda study, out: write_backup(study, out / "kept.zip", keys=out / "keys.zip"),
    "archive": lambda study, out: write_archive(study, out / "ever"),
    "balance": lambda study, _: watch_balance(study),
    "doses": lambda study, _: see_treatment(study, "S01-0"),
}
# Who is refused: by the table, and behind the door. `ghost` has no role any more.
REFUSED = {
    **{(door, "ghost"): "" for door in LOOKS},
    **{(door, "chen"): door for door in ("analyze", "derive", "checkpoint", "export", "backup", "keys", "archive")},
    **{(door, "chen"): door for door in ("balance", "doses")},
    **{(door, "zhao"): door for door in ("checkpoint", "export", "backup", "keys", "archive", "balance", "trace")},
    ("keys", "he"): "keys",
    ("trace", "he"): "trace",
}
OTHERWISE = {
    "a cut by arm": ("he", "cut", lambda study, _: freeze(study, arms="shown")),
    "letters": ("he", "cut", lambda study, _: freeze(study, arms="masked")),
    "another site's dose": ("li", "doses", lambda study, _: see_treatment(study, "S02-0")),
    "another site's casebook": ("chen", "casebook", lambda study, out: write_casebook(study, "S02-0", out / "x")),
    "another site's trail": ("chen", "trail", lambda study, out: write_trail(study, out / "x", participant="S02-0")),
    "another site's queries": ("chen", "queries", lambda study, _: list_queries(study, site="S02")),
    "their participant's": ("chen", "queries", lambda study, _: list_queries(study, participant="S02-0")),
}
COPIES = ("roles", "trail", "casebook", "export", "backup", "keys", "archive")


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Iterator[Study]:
    made = read_trial(tmp_path_factory.mktemp("doors"))
    made.desk().perform(a.Appoint("ghost", "Ghost", "monitor"), as_="custodian")
    made.desk().perform(a.Dismiss("ghost", "monitor", None), as_="custodian")
    write_report(made.seen_by("sun"), out=made.folder.parent / "out" / "shown")
    yield made
    made.store.close()


def since(study: Study, head: int) -> list[Entry]:
    return [*study.store.read(study.id, after=head)]


def refused_at(study: Study, who: str, look: Look) -> list[Entry]:
    """What a refused look leaves."""
    before = study.store.head(study.id).seq
    with pytest.raises(Refusal):
        look(study.seen_by(who), study.folder.parent / "out")
    return since(study, before)


def test_every_door_of_the_table_is_played():
    assert set(LOOKS) == set(DOORS)
    assert {door for door, who in REFUSED if who == "ghost"} == set(DOORS)


@pytest.mark.parametrize(("door", "who"), REFUSED)
def test_whoever_is_refused_at_a_door_leaves_one_entry(study, door, who):
    """Whoever has no role is refused before any door: as whom they looked is all there is to tell."""
    (entry,) = refused_at(study, who, LOOKS[door])
    assert (entry.kind, entry.actor) == ("refused", who)
    assert entry.payload["door"] == REFUSED[door, who] if entry.payload["act"] == "note_reading" else door == "balance"
    assert not (study.folder.parent / "out" / door).exists()


@pytest.mark.parametrize("case", OTHERWISE)
def test_whoever_is_refused_behind_a_door_leaves_one_entry(study, case):
    who, door, look = OTHERWISE[case]
    (entry,) = refused_at(study, who, look)
    assert (entry.kind, entry.actor, entry.payload["door"]) == ("refused", who, door)
    telling = Telling(study.protocol, CopyReader("he", None))
    row = telling.row(entry)
    assert row["words_en"].count(":") >= 1
    assert holds_chinese(row["words_zh"].partition("：")[2])


def test_an_account_that_stands_for_nobody_and_one_that_names_another_leave_one_too(study, monkeypatch):
    study.desk().perform(a.MapAccount("bob", "chen"), as_="custodian")
    for account, actor, code in (("eve", "account:eve", "reading.unmapped"), ("bob", "chen", "reading.other")):
        monkeypatch.setattr(reading, "own_account", lambda account=account: account)
        before = study.store.head(study.id).seq
        with pytest.raises(Refusal):
            study.seen_by("sun")
        (entry,) = since(study, before)
        assert (entry.kind, entry.actor, entry.payload["findings"][0]["code"]) == ("refused", actor, code)
    monkeypatch.undo()
    assert verify_study(study).findings == ()


def test_where_nothing_can_be_entered_the_refusal_is_told_as_before(study, tmp_path, monkeypatch):
    """A rehearsal's ledger is the same on every computer; a ledger that is read only takes nothing."""
    played = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol"), environment="rehearsal")
    before = played.store.head(played.id)
    with pytest.raises(Refusal):
        played.seen_by("nobody")
    assert played.store.head(played.id) == before

    def cannot(*_a, **_k):
        from equipoise.ledger.words import refuse

        refuse("ledger.read_only", "ledger.sqlite")

    monkeypatch.setattr(type(study.store), "writing", cannot)
    with pytest.raises(Refusal) as refused:
        see_treatment(study.seen_by("chen"), "S01-0")
    assert refused.value.findings[0].code == "authority.not_granted"


def test_control_a_door_that_asks_and_keeps_nothing_is_found(study, monkeypatch):
    monkeypatch.setattr("equipoise.conduct.folder.study.keep_refused", lambda *_a: None)
    assert refused_at(study, "chen", LOOKS["doses"]) == []


# Copies -----------------------------------------------------------------------------------------------------------


def taken(study: Study, door: str, out: Path, who: str) -> list[Entry]:
    before = study.store.head(study.id).seq
    out.mkdir(parents=True)
    LOOKS[door](study.seen_by(who), out)
    return [entry for entry in since(study, before) if entry.kind == "copy_noted"]


@pytest.mark.parametrize("door", COPIES)
def test_whoever_takes_a_copy_away_leaves_an_entry_with_its_moment_and_digest(study, door, tmp_path):
    head = study.store.head(study.id)
    entries = taken(study, door, tmp_path / "out", "custodian")
    entry = entries[-1]
    assert (entry.actor, entry.payload["door"]) == ("custodian", door)
    assert [one.payload["door"] for one in entries] == (["backup", "keys"] if door == "keys" else [door])
    for language in ("en", "zh"):
        assert KIND_OF[entry.kind].say(entry, language)
    if door in ("backup", "keys"):  # made after its note, which it holds
        with read_bundle(tmp_path / "out" / "kept.zip", BACKUP) as bundle:
            assert (bundle.manifest["entry"], bundle.manifest["head"]) == (entry.seq, entry.hash)
        assert entry.payload["digest"] == ""
    else:
        (file,) = (tmp_path / "out").glob("*/manifest.json")
        said = json.loads(file.read_text())
        assert entry.payload["digest"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert (said["entry"], said["head"]) == (entry.payload["seq"], entry.payload["head"])
        assert len(said["seal"]) == 64
    # Any other copy tells as of an entry before its own note; a cut of its own is noted first, and is in an archive.
    assert head.seq <= entry.payload["seq"] < entry.seq
    assert verify_study(study).findings == ()


def test_who_reads_one_site_leaves_the_entry_there_and_a_casebook_says_of_whom(study, tmp_path):
    (entry,) = taken(study, "trail", tmp_path / "one", "chen")
    assert (entry.actor, entry.site, entry.payload["arms"]) == ("chen", "S01", "hidden")
    (entry,) = taken(study, "casebook", tmp_path / "two", "li")
    assert (entry.site, entry.payload["participant"], entry.payload["arms"]) == ("S01", "S01-0", "shown")
    assert "of the casebook of S01-0" in KIND_OF[entry.kind].say(entry)
    assert ", with arms" in KIND_OF[entry.kind].say(entry)


def test_the_entry_stands_before_the_copy_is_there(study, tmp_path, monkeypatch):
    """Where it cannot be entered nothing is handed out."""

    def cannot(*_a, **_k):
        from equipoise.ledger.words import refuse

        refuse("ledger.read_only", "ledger.sqlite")

    monkeypatch.setattr(type(study.store), "writing", cannot)
    for door in COPIES:
        out = tmp_path / door
        out.mkdir()
        with pytest.raises(Refusal) as refused:
            LOOKS[door](study.seen_by("custodian"), out)
        assert refused.value.findings[0].code == "ledger.read_only"
        assert list(out.iterdir()) == []


def test_a_locked_study_is_copied_from_a_folder_that_can_only_be_read(tmp_path, monkeypatch):
    made = read_trial(tmp_path)
    made.desk().perform(a.Lock("done", 2), as_="custodian")

    def cannot(*_a, **_k):
        from equipoise.ledger.words import refuse

        refuse("ledger.read_only", "ledger.sqlite")

    monkeypatch.setattr(type(made.store), "writing", cannot)
    assert write_trail(made, tmp_path / "trail").is_dir()
    path, _, _ = write_study_checkpoint(made, tmp_path / "anchor.json")
    assert path.is_file()
    assert main(["checkpoint", str(made.folder), "--out", str(tmp_path / "other.json")]) == 0


def test_a_rehearsal_notes_no_copy_and_its_copies_are_the_same_bytes(tmp_path):
    played = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol"), environment="rehearsal")
    before = played.store.head(played.id)
    one, other = (write_trail(played, tmp_path / name) / "manifest.json" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
    assert played.store.head(played.id) == before


def test_a_note_of_an_entry_that_is_not_there_is_none(study):
    with pytest.raises(Refusal) as refused:
        study.desk().perform(a.NoteCopy("trail", 10**6, "0" * 64, "hidden", "0" * 64), as_="he")
    assert refused.value.findings[0].code == "cut.no_such_entry"


def test_control_without_the_seal_a_copy_s_digest_gives_its_arms_away(study, tmp_path, monkeypatch):
    """Whoever knows the rest of a copy tries the arms, one after the other, until the digest on the ledger is met."""

    def digest(folder: str, arm: str) -> str:
        last, place = writing.last_entry(study), tmp_path / folder
        place.mkdir()
        return writing.write_files(place, study, {"arms.csv": arm.encode()}, {"what": "data"}, last)

    assert digest("sealed", "A") != digest("guessed", "A")
    monkeypatch.setattr(writing, "seal_of_copy", lambda _study: {})
    assert digest("open", "A") == digest("guessed-right", "A")
    assert digest("open-too", "A") != digest("guessed-wrong", "B")


# What was made by arm ----------------------------------------------------------------------------------------------


@pytest.fixture
def reported(study, tmp_path) -> Iterator[Study]:
    """A report by arm, one without, and a cut by arm in the study's folder."""
    sun = study.seen_by("sun")
    reports, cuts = study.folder / "reports", study.folder / "cuts"
    write_report(sun, out=reports / "shown")
    write_report(sun, out=reports / "hidden", arms="hidden")
    write_cut(freeze(sun, arms="masked"), cuts / "letters")
    yield study
    for folder in (reports / "shown", reports / "hidden", cuts / "letters"):
        shutil.rmtree(folder)


def names_in(bundle: Path) -> set[str]:
    with zipfile.ZipFile(bundle) as held:
        return {"/".join(name.split("/")[:2]) for name in held.namelist() if name.startswith(("cuts", "reports"))}


def test_what_was_made_by_arm_goes_along_with_nobody_who_may_not_see_it(reported, tmp_path):
    made = write_archive(reported.seen_by("he"), tmp_path / "he")
    assert {one.name for one in (made.folder / "reports").iterdir()} == {"hidden"}
    assert not (made.folder / "cuts" / "letters").exists()
    assert names_in(made.folder / "study.zip") == {"reports/hidden"}
    assert set(json.loads((made.folder / "manifest.json").read_text())["left_out"]) == {"cuts/letters", "reports/shown"}
    backup = write_backup(reported.seen_by("he"), tmp_path / "he.zip")
    assert names_in(backup.place) == {"reports/hidden"}
    assert sorted(backup.left_out) == ["cuts/letters", "reports/shown"]
    assert drill_backup(reported.seen_by("he"), backup).equal
    *_, last = reported.store.read(reported.id)
    assert (last.kind, last.payload["arms"]) == ("copy_noted", "hidden")


def test_it_goes_along_with_whoever_may_and_that_is_a_look_at_it(reported, tmp_path):
    before = reported.store.head(reported.id).seq
    made = write_archive(reported.seen_by("sun"), tmp_path / "sun")
    assert {one.name for one in (made.folder / "reports").iterdir()} == {"shown", "hidden"}
    assert [(entry.kind, entry.payload.get("door")) for entry in since(reported, before)] == [
        ("reading_noted", "archive"),
        ("cut_made", None),
        ("reading_noted", "archive"),
        ("copy_noted", "archive"),
    ]
    assert since(reported, before)[-1].payload["arms"] == "shown"


def test_a_report_that_does_not_say_whether_it_was_made_by_arm_is_left_out(reported, tmp_path):
    file = reported.folder / "reports" / "hidden" / "results.json"
    for broken in ("{", "[]", "{}"):
        file.write_text(broken)
        assert (
            names_in(write_backup(reported.seen_by("he"), tmp_path / f"{len(broken)}-{broken[0]}.zip").place) == set()
        )


def test_control_an_archive_that_takes_everything_tells_the_arms(reported, tmp_path, monkeypatch):
    monkeypatch.setattr("equipoise.reports.archive.writing.open_by_arm", lambda *_a: True)
    made = write_archive(reported.seen_by("he"), tmp_path / "he")
    assert json.loads((made.folder / "reports" / "shown" / "results.json").read_text())["arms"] == "shown"


# Verifying and signing ---------------------------------------------------------------------------------------------


def test_an_account_that_stands_for_nobody_learns_whether_the_chain_holds_and_nothing_inside(
    study, monkeypatch, capsys
):
    monkeypatch.setattr(reading, "own_account", lambda: "inspector")
    found = verify_study(study)
    assert found.chain.intact
    assert (found.projected, found.allocations) == (None, None)
    assert [one.code for one in found.findings] == ["verify.nobody"]
    assert not verify_study(study, strict=True).intact
    head = study.store.head(study.id)
    assert main(["verify", str(study.folder)]) == 0
    out, err = capsys.readouterr()
    assert "stands for nobody" in err
    assert study.store.head(study.id) == head
    assert not {word for who in ("S01-0", "S02-0") for word in (out, err) if who in word}
    for more in ("--derive", "--rebuild"):
        assert main(["verify", str(study.folder), more]) == 1
    # Named or not: the account stands for nobody.
    assert main(["verify", str(study.folder), "--as", "custodian"]) == 0
    assert main(["checkpoint", str(study.folder), "--out", str(study.folder.parent / "theirs.json")]) == 1
    assert not (study.folder.parent / "theirs.json").exists()
    capsys.readouterr()


def test_whoever_reads_one_site_is_told_that_something_does_not_hold_and_not_of_whom(tmp_path):
    made = read_trial(tmp_path)
    with made.store.writing(made.id) as writer:
        kept = made.store.projected(made.id, "participants", "S02-0")
        writer.put("participants", "S02-0", {**kept, "status": "withdrawn"})
    (whole,), (part,) = verify_study(made).findings, verify_study(made.seen_by("chen")).findings
    assert "S02-0" in str(whole)
    assert (part.code, part.severity, "S02" in str(part)) == ("verify.inside", "error", False)
    assert holds_chinese(part.say("zh").what)
    assert verify_study(made.seen_by("chen")).lines()


def test_a_checkpoint_is_signed_by_whom_the_account_stands_for_named_or_not(study, tmp_path, capsys):
    for extra, who in (([], "custodian"), (["--as", "ma"], "ma")):
        file = tmp_path / f"{who}.json"
        assert main(["checkpoint", str(study.folder), "--out", str(file), *extra]) == 0
        *_, last = study.store.read(study.id)
        assert (last.kind, last.actor, last.payload["kept"]) == ("checkpoint_signed", who, str(file))
    for who in ("zhao", "chen"):
        assert main(["checkpoint", str(study.folder), "--out", str(tmp_path / "no.json"), "--as", who]) == 1
    assert not (tmp_path / "no.json").exists()
    capsys.readouterr()
