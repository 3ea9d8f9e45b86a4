"""A backup gives the study back as it was, on either database, or nothing at all; and a drill proves it.

What is handed to `restore` may be anything: each nonsense is refused, and nothing is left behind. Controls: a bundle that
was only packed anew is brought back; a drill against a study that was changed is not equal.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from equipoise.cli.main import main
from equipoise.conduct.acts import Appoint, OpenSite, Screen
from equipoise.conduct.folder.kept import last_kept
from equipoise.conduct.folder.restoring import accept_restored
from equipoise.conduct.folder.study import Study, create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.keeping import backup as backup_module
from equipoise.conduct.keeping import bundle as bundle_module
from equipoise.conduct.keeping import drill as drill_module
from equipoise.conduct.keeping import restore as restore_module
from equipoise.conduct.keeping.backup import write_backup
from equipoise.conduct.keeping.bundle import is_inside
from equipoise.conduct.keeping.by_itself import keep_by_itself
from equipoise.conduct.keeping.drill import drill_backup
from equipoise.conduct.keeping.restore import lost_told, restore_study
from equipoise.findings import Refusal, Unreadable
from equipoise.ledger.chain import Link
from equipoise.ledger.lines import link_line, read_links
from tests.conduct.small_trial import FULL, REMARK
from tests.conduct.test_amend import LARGER
from tests.ledger.forger import relinked
from tests.ledger.small_study import DAY, enter, furnish
from tests.spec.minimal import write_minimal

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study that was amended, with a cut, an erasure and a backup of it; and another study's backup."""
    home = tmp_path_factory.mktemp("kept")
    protocol = write_minimal(home / "protocol", FULL, REMARK)
    study = create_study(home / "study", protocol)
    desk = study.desk()
    furnish(desk)
    enter(desk, "P001")
    study.amend(
        write_minimal(home / "newer", FULL, REMARK, LARGER), as_="custodian", summary="larger", at_once="all agreed"
    )
    study.store.close()
    study = open_study(home / "study")
    (study.folder / "cuts" / "one").mkdir()
    (study.folder / "cuts" / "one" / "participants.parquet").write_bytes(b"PAR1" + bytes(5000))
    (study.folder / "cuts" / ".making-1").mkdir()
    (study.folder / "cuts" / ".making-1" / "half.parquet").write_bytes(b"half")
    (study.folder / "reports" / "elsewhere").symlink_to("/etc")
    write_backup(study, home / "backup.zip", keys=home / "keys.zip", noted=False)
    other = create_study(home / "other", protocol)
    write_backup(other, home / "other.zip", keys=home / "other-keys.zip", noted=False)
    for one in (study, other):
        one.store.close()
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "home", symlinks=True)


def files_in(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*"))


def links(study: Study) -> list[tuple]:
    return [tuple(link) for link in study.store.links(study.id)]


def test_what_comes_back_is_what_was_kept(home):
    restored = restore_study(home / "backup.zip", home / "back", keys=home / "keys.zip")
    study, again = open_study(home / "study"), open_study(home / "back")
    assert links(again) == links(study)
    assert again.store.signatures(again.id) == study.store.signatures(study.id)
    assert [f.code for f in verify_study(again).findings] == []
    assert (restored.lost, lost_told(restored)) == (None, [])
    left = {name for name in files_in(home / "study") if ".making" not in name and "elsewhere" not in name}
    assert set(files_in(home / "back")) - {"ledger.sqlite-shm", "ledger.sqlite-wal"} == left - {
        "ledger.sqlite-shm",
        "ledger.sqlite-wal",
    }
    assert [stat.S_IMODE((home / "back" / n).stat().st_mode) for n in ("", "keys/entry.key", "cuts/one")] == [
        0o700,
        0o600,
        0o700,
    ]


def test_keys_are_in_a_file_of_their_own_and_in_nothing_else(home):
    with zipfile.ZipFile(home / "backup.zip") as backup, zipfile.ZipFile(home / "keys.zip") as keys:
        assert [name for name in backup.namelist() if "key" in name] == ["keys/checkpoint.pub"]
        secret = (home / "study" / "keys" / "allocation.key").read_bytes().strip()
        assert not any(secret in backup.read(name) for name in backup.namelist())
        assert "keys/allocation.key" in keys.namelist()
    assert (
        stat.S_IMODE((home / "keys.zip").stat().st_mode) == stat.S_IMODE((home / "backup.zip").stat().st_mode) == 0o600
    )
    restore_study(home / "backup.zip", home / "back")
    again = open_study(home / "back")
    with pytest.raises(Refusal, match=r"entry\.key|keys"):
        again.desk().perform(OpenSite("S02", DAY), as_="custodian")
    assert [f.code for f in verify_study(again).findings] == ["verify.no_secret"]


def test_a_backup_is_of_one_moment_whoever_writes_meanwhile(home, monkeypatch):
    other, acted = open_study(home / "study"), []
    line = link_line

    def somebody_acts(study, link):
        if not acted:
            acted.append(other.desk().perform(OpenSite("S02", DAY), as_="custodian"))
        return line(study, link)

    study = open_study(home / "study")
    before = study.store.head(study.id)
    monkeypatch.setattr(backup_module, "link_line", somebody_acts)
    backup = write_backup(study, home / "busy.zip")
    assert backup.head.seq == before.seq + 1  # with its own note, and without what came meanwhile
    assert study.store.head(study.id).seq == before.seq + 2
    restored = restore_study(home / "busy.zip", home / "back")
    assert restored.verification.chain.head == backup.head
    assert restored.lost is not None
    drill = drill_backup(study, backup)
    assert (drill.equal, drill.newer) == (True, 1)
    assert "1 entries came after" in drill.lines()[-1]


def test_control_a_backup_of_two_moments_is_not_brought_back(home, monkeypatch):
    study = open_study(home / "study")
    whole = [Link(*link) for link in study.store.links(study.id)]
    monkeypatch.setattr(
        study.store, "links", lambda _: [*whole[:5], *(one._replace(payload=None, salt=None) for one in whole[5:])]
    )
    monkeypatch.setattr(backup_module, "require_verified", lambda _: None)
    write_backup(study, home / "torn.zip")
    assert refused(home, home / "torn.zip")[0] == "restore.not_whole"


def test_an_older_backup_is_told_and_not_gone_on_from(home):
    study = open_study(home / "study")
    desk = study.desk()
    for place in (2, 3):
        enter(desk, f"P00{place}")
    seen = study.store.head(study.id).seq
    restored = restore_study(home / "backup.zip", home / "back", keys=home / "keys.zip")
    kept = restored.verification.chain.head.seq
    (told,) = lost_told(restored)
    assert (told.facts["first"], told.facts["last"], told.severity) == (kept + 1, seen, "warning")
    again = open_study(home / "back")
    with pytest.raises(Refusal) as older:
        again.desk().perform(OpenSite("S02", DAY), as_="custodian")
    assert older.value.findings[0].code == "ledger.older"
    accept_restored(home / "back", as_="custodian", reason="the disk is gone")
    open_study(home / "back").desk().perform(OpenSite("S02", DAY), as_="custodian")


def test_a_drill_proves_that_everything_comes_back_equal(home, capsys):
    assert main(["backup", str(home / "study"), "--drill"]) == 0
    said = capsys.readouterr().out
    assert "Equal: the backup gives the study back as it is." in said
    assert "2 versions of the protocol" in said
    assert last_kept(home / "study")["drill"].seq == open_study(home / "study").store.head("DEMO").seq


def changed_file(study: Study, again: Study) -> None:
    (again.folder / "cuts" / "one" / "participants.parquet").write_bytes(b"PAR1" + bytes(4999) + b"1")


def missing_file(study: Study, again: Study) -> None:
    (again.folder / "cuts" / "one" / "participants.parquet").unlink()


def another_entry(study: Study, again: Study) -> None:
    whole = [Link(*link) for link in again.store.links(again.id)]
    again.store.links = lambda _: [*whole[:-1], whole[-1]._replace(actor="somebody")]


def one_entry_less(study: Study, again: Study) -> None:
    whole = [Link(*link) for link in again.store.links(again.id)]
    again.store.links = lambda _: whole[:-1]


def no_signature(study: Study, again: Study) -> None:
    again.store.signatures = lambda _: []


def another_projection(study: Study, again: Study) -> None:
    again.store.projection = lambda *_: {}


@pytest.mark.parametrize(
    ("sabotage", "code"),
    [
        (changed_file, "drill.file"),
        (missing_file, "drill.file"),
        (another_entry, "drill.entry"),
        (one_entry_less, "drill.entry"),
        (no_signature, "drill.signatures"),
        (another_projection, "drill.projection"),
    ],
)
def test_control_a_drill_of_what_came_back_otherwise_is_not_equal(home, monkeypatch, sabotage, code):
    compare = drill_module._compare

    def sabotaged(study, again, left_out):
        sabotage(study, again)
        return compare(study, again, left_out)

    monkeypatch.setattr(drill_module, "_compare", sabotaged)
    drill = drill_backup(open_study(home / "study"))
    assert not drill.equal
    assert {finding.code for finding in drill.findings} == {code}
    assert "NOT equal" in drill.lines()[2]
    assert last_kept(home / "study") == {}


def test_a_backup_goes_from_one_database_to_the_other_and_back(home, postgres_url):
    source = open_study(home / "study")
    restore_study(home / "backup.zip", home / "server", database=postgres_url, keys=home / "keys.zip")
    server = open_study(home / "server")
    assert links(server) == links(source)
    assert not list((home / "server").glob("ledger*"))
    assert [f.code for f in verify_study(server).findings] == []
    server.desk().perform(Screen("P009", "S01", DAY), as_="dr-li")
    write_backup(server, home / "again.zip", keys=home / "again-keys.zip")
    back = restore_study(home / "again.zip", home / "back", keys=home / "again-keys.zip")
    again = open_study(home / "back")
    assert links(again) == links(server)
    assert back.lost is None
    again.desk().perform(Screen("P010", "S01", DAY), as_="dr-li")
    with pytest.raises(Refusal) as there:
        restore_study(home / "again.zip", home / "twice", database=postgres_url)
    assert there.value.findings[0].code == "ledger.taken"
    assert not (home / "twice").exists()
    server.store.close()


def repacked(source: Path, place: Path, change: Callable[[Members], None], *, counted: bool = True) -> Path:
    """The bundle again with other members; its manifest right for them, where it is `counted`."""
    with zipfile.ZipFile(source) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    if counted:
        manifest = json.loads(members.pop("manifest.json"))
        manifest["files"] = {
            name: {"sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)} for name, raw in members.items()
        }
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(place, "w") as new:
        for name, raw in members.items():
            new.writestr(zipfile.ZipInfo(name), raw)
    return place


def refused(home: Path, bundle: Path, **options: Path) -> list[str]:
    """The codes of a refusal, after which there is no folder and nothing beside it."""
    before = files_in(home)
    with pytest.raises(Refusal) as refusal:
        restore_study(bundle, home / "nowhere" / "back", **options)
    assert [name for name in files_in(home) if name not in (*before, "nowhere")] == []
    assert all(".making" not in finding.tell() for finding in refusal.value.findings)
    return [finding.code for finding in refusal.value.findings]


def edited(study: str, members: Members, change: Callable[[list], list]) -> None:
    kept = list(read_links(members["ledger.jsonl"].splitlines(), study, ""))
    members["ledger.jsonl"] = b"".join(link_line(study, link) for link in change(kept))


def in_manifest(**said: object) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | said).encode()

    return change


def in_study_file(**said: object) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        members["study.yaml"] = yaml.safe_dump(yaml.safe_load(members["study.yaml"]) | said).encode()

    return change


def another(name: str, raw: bytes = b"x") -> Callable[[Members], None]:
    return lambda members: members.update({name: raw})


def without(name: str) -> Callable[[Members], None]:
    return lambda members: [members.pop(one) for one in list(members) if one.startswith(name)] and None


def actor_changed(members: Members) -> None:
    edited("DEMO", members, lambda kept: [*kept[:3], kept[3]._replace(actor="somebody"), *kept[4:]])


def history_forged(members: Members) -> None:
    edited("DEMO", members, lambda kept: relinked("DEMO", kept, 4, actor="somebody"))


def end_cut_off(members: Members) -> None:
    """Within a turn: the last two, of one entry each, are the notes that this very backup was taken."""
    edited("DEMO", members, lambda kept: kept[:-3])


def weight_changed(members: Members) -> None:
    members["ledger.jsonl"] = members["ledger.jsonl"].replace(b"60.5", b"90.5")


NONSENSE: dict[str, tuple[Callable[[Members], None], bool, str]] = {
    "a member changed": (weight_changed, False, "backup.differs"),
    "a member more": (another("reports/more"), False, "backup.differs"),
    "a member less": (without("study.yaml"), False, "backup.differs"),
    "zip slip": (another("cuts/../../../evil"), True, "backup.outside"),
    "an absolute name": (another("/tmp/evil"), True, "backup.outside"),
    "a name of another system": (another("cuts\\..\\evil"), True, "backup.outside"),
    "a drive": (another("C:/evil"), True, "backup.outside"),
    "a stray file": (another("sudoers"), True, "backup.unreadable"),
    "a key": (another("keys/entry.key"), True, "backup.unreadable"),
    "no ledger": (without("ledger.jsonl"), True, "backup.unreadable"),
    "no protocol": (without("protocols/"), True, "backup.unreadable"),
    "an entry edited": (actor_changed, True, "restore.not_whole"),
    "history forged": (history_forged, True, "restore.not_whole"),
    "the end cut off": (end_cut_off, True, "restore.not_whole"),
    "a payload edited": (weight_changed, True, "restore.not_whole"),
    "no lines": (another("ledger.jsonl", b"no\n"), True, "ledger.no_line"),
    "an empty ledger": (another("ledger.jsonl", b""), True, "study.environment"),
    "signatures of nobody": (another("signatures.jsonl", b""), True, "restore.not_whole"),
    "signatures that are none": (another("signatures.jsonl", b"{}"), True, "ledger.no_line"),
    "study.yaml is none": (another("study.yaml", b"\xff"), True, "study.unreadable"),
    "the key of another": (in_study_file(entry_key="00" * 32), True, "restore.not_whole"),
    "another study's name": (in_study_file(study="OTHER"), False, "backup.differs"),
    "a rehearsal": (in_study_file(environment="rehearsal"), True, "study.environment"),
    "a manifest of nothing": (in_manifest(equipoise_backup=9), False, "backup.unreadable"),
    "no versions": (in_manifest(versions=[]), False, "backup.unreadable"),
    "a version outside": (in_manifest(versions=[{"digest": ".."}]), False, "backup.unreadable"),
    "files that are none": (in_manifest(files={"x": 1}), False, "backup.unreadable"),
    "a manifest that is no JSON": (another("manifest.json", b"[" * 9999), False, "backup.unreadable"),
    "no manifest": (without("manifest.json"), False, "backup.unreadable"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused_and_leaves_nothing(home, name):
    change, counted, code = NONSENSE[name]
    bundle = repacked(home / "backup.zip", home / "nonsense.zip", change, counted=counted)
    assert refused(home, bundle)[0] == code
    assert not (home.parent / "evil").exists()


def test_control_a_bundle_that_was_only_packed_anew_is_brought_back(home):
    bundle = repacked(home / "backup.zip", home / "same.zip", lambda _: None)
    assert restore_study(bundle, home / "back").verification.intact


def test_what_is_no_bundle_is_told(home):
    whole = (home / "backup.zip").read_bytes()
    for name, raw in {"empty": b"", "text": b"hello", "begun": whole[:-200], "half": whole[: len(whole) // 2]}.items():
        (home / name).write_bytes(raw)
        assert refused(home, home / name) == ["backup.unreadable"]
    (home / "flipped").write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
    assert refused(home, home / "flipped")[0] in ("backup.damaged", "backup.differs")
    assert refused(home, home / "study") == ["backup.unreadable"]
    assert refused(home, home / "missing") == ["backup.unreadable"]
    assert refused(home, home / "keys.zip") == ["backup.unreadable"]


def test_a_link_and_two_of_one_name_are_refused(home):
    with zipfile.ZipFile(home / "backup.zip") as old:
        members = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(members["manifest.json"])
    for name in ("twice", "link"):
        with zipfile.ZipFile(home / f"{name}.zip", "w") as new:
            said = dict(manifest["files"])
            for member, raw in members.items():
                if member != "manifest.json":
                    new.writestr(zipfile.ZipInfo(member), raw)
            info = zipfile.ZipInfo("cuts/link" if name == "link" else "study.yaml")
            info.external_attr = (stat.S_IFLNK | 0o777) << 16 if name == "link" else 0
            with pytest.warns(UserWarning) if name == "twice" else memoryview(b""):
                new.writestr(info, b"/etc")
            said[info.filename] = {"sha256": hashlib.sha256(b"/etc").hexdigest(), "bytes": 4}
            new.writestr("manifest.json", json.dumps({**manifest, "files": said}))
    assert refused(home, home / "link.zip") == ["backup.outside"]
    assert refused(home, home / "twice.zip") == ["backup.differs"]


def test_names_stay_inside():
    assert all(is_inside(name) for name in ("a", "a/b", "数据/访视.csv", "a..b", ".hidden/x"))
    assert not any(is_inside(n) for n in ("", "/a", "a/", "..", "a/../b", "./a", "a//b", "a\\b", "C:/a", "a\0", "a /b"))


def test_the_keys_of_another_study_are_not_taken(home):
    assert refused(home, home / "backup.zip", keys=home / "other-keys.zip") == ["restore.other_keys"]
    bad = repacked(home / "keys.zip", home / "bad.zip", another("cuts/x"))
    assert refused(home, home / "backup.zip", keys=bad) == ["backup.unreadable"]


@pytest.mark.parametrize(
    ("who", "keys", "code"),
    [
        ("custodian", True, None),
        ("dr-li", False, "authority.other_site"),
        ("zhao", False, "authority.not_granted"),
        ("he", False, None),
        ("he", True, "authority.not_granted"),
    ],
)
def test_who_may_make_a_backup_and_who_may_take_the_keys(home, who, keys, code):
    study = open_study(home / "study")
    for person, role in (("zhao", "monitor"), ("he", "data_manager")):
        study.desk().perform(Appoint(person, person.title(), role), as_="custodian")
    study = open_study(home / "study", as_=who)
    wanted = {"keys": home / "k.zip"} if keys else {}
    if code is None:
        assert write_backup(study, home / "new.zip", **wanted).place.is_file()
        return
    with pytest.raises(Refusal) as refusal:
        write_backup(study, home / "new.zip", **wanted)
    assert refusal.value.findings[0].code == code
    assert not {one.name for one in home.iterdir()} & {"new.zip", "k.zip"}


def test_nothing_is_written_over(home):
    study = open_study(home / "study")
    for place, keys in ((home / "backup.zip", None), (home / "new.zip", home / "keys.zip")):
        with pytest.raises(Refusal, match="there is something already"):
            write_backup(study, place, keys=keys)
    with pytest.raises(Refusal, match="one file"):
        write_backup(study, home / "new.zip", keys=home / "new.zip")
    with pytest.raises(Refusal, match="not empty"):
        restore_study(home / "backup.zip", home / "study")
    assert not (home / "new.zip").exists()
    (home / "folder").mkdir()
    assert write_backup(study, home / "folder").place.parent == home / "folder"


def test_of_a_broken_ledger_no_backup_is_made(home, monkeypatch):
    study = open_study(home / "study")
    whole = [Link(*link) for link in study.store.links(study.id)]
    monkeypatch.setattr(study.store, "links", lambda _: [*whole[:3], whole[3]._replace(actor="x"), *whole[4:]])
    with pytest.raises(Refusal):
        write_backup(study, home / "new.zip")
    assert not (home / "new.zip").exists()


def in_a_child(does: Callable[[], object]) -> int:
    """How a process ends that does this."""
    child = multiprocessing.get_context("fork").Process(target=lambda: os._exit(int(bool(does()))))
    child.start()
    child.join(60)
    if child.is_alive():
        child.kill()
        child.join()
        raise AssertionError("it did not end")
    return child.exitcode


def dying(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_who_is_killed_leaves_no_half(home, monkeypatch):
    monkeypatch.setattr(bundle_module, "put_new", dying)
    assert in_a_child(lambda: main(["backup", str(home / "study"), "--to", str(home / "new.zip")])) == -signal.SIGKILL
    monkeypatch.undo()
    monkeypatch.setattr(restore_module, "put_in_place", dying)
    assert (
        in_a_child(lambda: main(["restore", str(home / "backup.zip"), "--to", str(home / "back")])) == -signal.SIGKILL
    )
    monkeypatch.undo()
    assert not (home / "new.zip").exists()
    assert not (home / "back").exists()
    assert main(["backup", str(home / "study"), "--to", str(home / "new.zip")]) == 0
    assert main(["restore", str(home / "new.zip"), "--to", str(home / "back")]) == 0


KILLED = """
import os, signal, sys
from equipoise.cli.main import main
from equipoise.reports.archive import writing as archive
from equipoise.reports.copies import writing as copies
archive.put_in_place = copies.put_in_place = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(sys.argv[1:])
"""


def test_whoever_is_killed_leaves_no_half_archive(home):
    line = "archive study --as custodian --out out"
    # A process of its own: what reads tables has threads, which do not cross a fork.
    done = subprocess.run([sys.executable, "-c", KILLED, *line.split()], cwd=home, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (home / "out").exists()


@pytest.mark.parametrize(
    "line",
    [
        ("backup", "study", "--to", "new.zip"),
        ("restore", "backup.zip", "--to", "back"),
        ("archive", "study", "--as", "custodian", "--out", "ever"),
        ("export", "study", "trail", "--as", "dr-li", "--out", "copy"),
    ],
)
def test_a_full_disk_leaves_nothing(home, line, monkeypatch, capfd):
    monkeypatch.chdir(home)

    def full() -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        return main(list(line))

    before = files_in(home)
    assert in_a_child(full) in (1, 2)
    assert [name for name in files_in(home) if name not in before and not name.startswith("study/ledger")] == []
    assert "Traceback" not in capfd.readouterr().err


def test_what_could_not_be_written_is_told_and_gone(home, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    study = open_study(home / "study")
    for module, name in ((bundle_module, "put_new"), (restore_module, "put_in_place")):
        monkeypatch.setattr(module, name, full)
    before = files_in(home)
    for does in (lambda: write_backup(study, home / "x.zip"), lambda: restore_study(home / "backup.zip", home / "x")):
        with pytest.raises(Refusal) as refusal:
            does()
        assert refusal.value.findings[0].say("zh").why == "磁盘空间不足"
    assert files_in(home) == before


def test_what_could_not_be_taken_along_is_told(home, capsys):
    assert main(["backup", str(home / "study"), "--to", str(home / "new.zip"), "--lang", "zh"]) == 0
    assert "未纳入（非研究的文件，或含分组结果）：reports/elsewhere" in capsys.readouterr().out


def settings(home: Path, text: str | bytes) -> None:
    (home / "study" / "settings.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())


def screened(home: Path, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said beside the receipt of one more act."""
    fields = (f"participant={name}", "site=S01", f"date={DAY}")
    line = ["act", str(home / "study"), "screen", "--as", "dr-li", *(f"--set={one}" for one in fields)]
    assert main(line) == 0
    return capsys.readouterr().err


def test_checkpoints_and_backups_make_themselves_every_so_many_entries(home, capsys):
    (home / "elsewhere").mkdir()
    assert screened(home, "P050", capsys) == ""
    assert files_in(home / "elsewhere") == []  # control: without settings nothing is made
    settings(
        home, f"checkpoints: {{to: '{home}/elsewhere', every: 2}}\nbackups: {{to: '{home}/elsewhere', every: 3}}\n"
    )
    made = []
    for name in ("P051", "P052", "P053", "P054"):
        assert screened(home, name, capsys) == ""
        made.append(len(files_in(home / "elsewhere")))
    assert made == [2, 2, 3, 4]
    first = next(name for name in files_in(home / "elsewhere") if name.endswith(".zip"))
    assert restore_study(home / "elsewhere" / first, home / "back").verification.intact
    assert main(["verify", str(home / "study"), "--anchor", str(next((home / "elsewhere").glob("*.json")))]) == 0


def test_what_cannot_be_kept_is_said_at_every_act_and_undoes_none(home, capsys):
    settings(home, f"checkpoints: {{to: '{home}/nowhere', every: 1}}\n")
    for name in ("P051", "P052"):
        assert "the checkpoint that is due was not made: there is no such folder" in screened(home, name, capsys)
    (home / "nowhere").mkdir()
    assert screened(home, "P053", capsys) == ""
    assert open_study(home / "study").store.projected("DEMO", "participants", "P052") is not None
    settings(home, f"backups: {{to: '{home}/nowhere', every: 1}}\n")
    (home / "study" / "earlier").rename(home / "gone")
    assert "the backup that is due was not made" in screened(home, "P054", capsys)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"\xff", "keeping.settings"),
        ("[1]", "keeping.settings"),
        ("a: [", "keeping.settings"),
        ("checkpoint: {to: x, every: 1}", "keeping.settings/key"),
        ("checkpoints: {to: x, every: 0}", "keeping.settings/key"),
        ("checkpoints: {to: x}", "keeping.settings/key"),
        ("checkpoints: {to: x, every: true}", "keeping.settings/key"),
        ("backups: often", "keeping.settings/key"),
        ("", None),
    ],
)
def test_settings_that_say_nothing_are_told(home, text, code):
    settings(home, text)
    found = keep_by_itself(open_study(home / "study"))
    assert [(one.wording.partition(": ")[2], one.severity) for one in found] == ([(code, "warning")] if code else [])
    assert all("{to: /mnt/elsewhere, every: 100}" in one.mend for one in found)


def test_of_a_broken_ledger_nothing_is_signed_by_itself(home, monkeypatch):
    study = open_study(home / "study")
    whole = [Link(*link) for link in study.store.links(study.id)]
    monkeypatch.setattr(study.store, "links", lambda _: [*whole[:3], whole[3]._replace(actor="x"), *whole[4:]])
    settings(home, f"checkpoints: {{to: '{home}', every: 1}}")
    before = files_in(home)
    assert [one.code for one in keep_by_itself(study)] == ["keeping.not_kept"]
    assert files_in(home) == before


def test_an_anchor_that_others_kept_tells_a_forged_backup_from_ours(home):
    study = open_study(home / "study")
    assert main(["checkpoint", str(study.folder), "--out", str(home / "anchor.json")]) == 0
    public = home / "study" / "keys" / "checkpoint.pub"
    restore_study(home / "backup.zip", home / "back", anchors=[home / "anchor.json"], public_key=public)
    with pytest.raises(Refusal) as other:
        restore_study(home / "other.zip", home / "forged", anchors=[home / "anchor.json"], public_key=public)
    assert "ledger.shortened" in [finding.code for finding in other.value.findings]
    with pytest.raises(Unreadable):
        restore_study(home / "anchor.json", home / "forged")
