"""An archive is read and verified without our program, and notices every hand that was laid on it.

Controls: each change of it is found by the check, by the verifier that stands in it, or by both.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from equipoise.cli.main import main
from equipoise.conduct.acts import Erase, ReportDeviation
from equipoise.conduct.folder.study import create_study, open_study
from equipoise.conduct.keeping.restore import restore_study
from equipoise.findings import Refusal
from equipoise.ledger.chain import Link
from equipoise.ledger.entry import Head
from equipoise.ledger.lines import link_line, read_links
from equipoise.ledger.signing import Signer, new_key, public_of
from equipoise.reports.archive import writing
from equipoise.reports.archive.checking import check_archive
from equipoise.reports.archive.software import pinned_text
from equipoise.reports.archive.verify_ledger import entry_hash, payload_hash, verify_ed25519
from equipoise.reports.archive.writing import write_archive
from tests.conduct.small_trial import FULL, REMARK
from tests.ledger.forger import relinked
from tests.ledger.small_study import enter, furnish
from tests.spec.minimal import write_minimal


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with an erasure, archived by its custodian; a checkpoint that others keep, and its public key."""
    home = tmp_path_factory.mktemp("archived")
    study = create_study(home / "study", write_minimal(home / "protocol", FULL, REMARK))
    desk = study.desk()
    furnish(desk)
    for name in ("P001", "P002"):
        enter(desk, name)
    (study.folder / "reports" / "final").mkdir()
    (study.folder / "reports" / "final" / "report.en.html").write_text("<p>final</p>", encoding="utf-8")
    told = desk.perform(ReportDeviation("P001", "2024-03-02", "visit", "Mr Wang was late"), as_="dr-li").entries[0].seq
    desk.perform(Erase(told, "a name"), as_="custodian")
    assert main(["checkpoint", str(study.folder), "--out", str(home / "anchor.json")]) == 0
    write_archive(open_study(study.folder), home / "archive", "custodian")
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "home")


def alone(folder: Path) -> tuple[int, str]:
    """What the verifier in the archive says, run by Python with nothing else in reach."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "verify_ledger.py")], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_an_archive_is_whole_and_says_so_by_itself(home):
    folder = home / "archive"
    check = check_archive(folder, [home / "anchor.json"], home / "study" / "keys" / "checkpoint.pub")
    assert (check.whole, check.findings, check.anchors) == (True, (), 1)
    assert check.cells > 100
    assert "Whole: the archive is what it was." in check.lines()
    code, said = alone(folder)
    assert (code, "Whole / 完整" in said) == (0, True)
    assert f"{check.head.seq} entries, head {check.head.hash}" in said


def test_the_steps_by_hand_lead_to_the_same_hashes(home):
    folder = home / "archive"
    text = (folder / "README.md").read_text("utf-8")
    assert "{" not in re.sub(r"\{\"act\".*?\}", "", text)
    by_hand = re.search(r"printf '\\001%s' '(.*)' \| sha256sum", text)
    wanted = re.search(r"must print / 应输出 `([0-9a-f]{64})`", text)
    assert hashlib.sha256(b"\1" + by_hand[1].encode()).hexdigest() == wanted[1]
    lines = [json.loads(line) for line in (folder / "ledger" / "ledger.jsonl").read_text("utf-8").splitlines()]
    assert lines[0]["hash"] == wanted[1]
    assert lines[-1]["hash"] in text
    if shutil.which("sha256sum") and shutil.which("bash"):
        done = subprocess.run(["bash", "-c", by_hand[0]], capture_output=True, text=True, check=True)
        assert done.stdout.split()[0] == wanted[1]


def test_every_hash_of_the_verifier_is_the_ledgers_own(home):
    study = open_study(home / "study")
    links = [Link(*link) for link in study.store.links(study.id)]
    for link in links:
        line = json.loads(link_line(study.id, link))
        assert entry_hash(line) == link.hash
        assert link.payload is None or payload_hash(line) == link.payload_hash
    odd = links[0]._replace(actor='李"\\\n\x1f\x7f\u2028é')
    assert entry_hash(json.loads(link_line("试验", odd))) != links[0].hash


def test_its_signatures_are_those_of_the_standard():
    private = new_key()
    signer = Signer(public_of(private), lambda: private)
    signature = signer.sign("DEMO", Head(7, "ab" * 32))
    message = b"\x03" + json.dumps({"hash": "ab" * 32, "seq": 7, "study": "DEMO"}, separators=(",", ":")).encode()
    assert verify_ed25519(signer.public, message, signature)
    # RFC 8032, section 7.1, test 2: computed by its authors.
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    known = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify_ed25519(public, b"\x72", known)


def test_control_a_signature_of_something_else_is_none():
    private = new_key()
    public, signature = public_of(private), Signer(public_of(private), lambda: private).sign("DEMO", Head(7, "ab" * 32))
    message = b"\x03" + json.dumps({"hash": "ab" * 32, "seq": 7, "study": "DEMO"}, separators=(",", ":")).encode()
    assert not verify_ed25519(public, message + b" ", signature)
    assert not verify_ed25519(public_of(new_key()), message, signature)
    assert not verify_ed25519(public, message, signature[:40] + bytes([signature[40] ^ 1]) + signature[41:])
    assert not verify_ed25519(public, message, signature[:-1])
    assert not verify_ed25519(b"\xff" * 32, message, signature)
    assert not verify_ed25519(public, message, b"\xff" * 64)


def test_what_is_in_it_needs_no_program(home):
    folder = home / "archive"
    assert {one.name for one in folder.iterdir()} == {
        "README.md",
        "cuts",
        "data",
        "ledger",
        "manifest.json",
        "protocols",
        "reports",
        "software",
        "study.zip",
        "trail",
        "verify_ledger.py",
    } - {"cuts"}
    assert (folder / "reports" / "final" / "report.en.html").read_text("utf-8") == "<p>final</p>"
    assert "participants.csv" in {file.name for file in (folder / "data" / "csv").iterdir()}
    assert "polars==" in (folder / "software" / "requirements.txt").read_text("utf-8") == pinned_text() or pinned_text()
    assert (folder / "software" / "environment.txt").read_text("utf-8").startswith("equipoise: ")
    secret = (home / "study" / "keys" / "allocation.key").read_text().strip()
    assert not [file for file in folder.rglob("*") if file.is_file() and secret.encode() in file.read_bytes()]
    assert not list(folder.rglob("*.key"))


def test_the_study_comes_back_from_its_archive(home):
    restore_study(home / "archive" / "study.zip", home / "back")
    again, study = open_study(home / "back"), open_study(home / "study")
    *own, note = study.store.links(study.id)  # that the archive was taken out is noted when it is whole
    assert [tuple(one) for one in again.store.links(again.id)] == [tuple(one) for one in own]
    assert note.kind == "copy_noted"


def in_ledger(change: Callable[[list[Link]], list[Link]]) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        file = folder / "ledger" / "ledger.jsonl"
        links = list(read_links(file.read_bytes().splitlines(), "DEMO", ""))
        file.write_bytes(b"".join(link_line("DEMO", link) for link in change(links)))

    return changed


def remade(folder: Path) -> None:
    """The manifest, right for what lies there now: whoever can change a file can change it too."""
    file = folder / "manifest.json"
    said = json.loads(file.read_bytes())
    there = sorted(one for one in folder.rglob("*") if one.is_file() and one != file)
    said["files"] = {
        one.relative_to(folder).as_posix(): {"sha256": hashlib.sha256(one.read_bytes()).hexdigest(), "bytes": 0}
        for one in there
    }
    file.write_text(json.dumps(said), encoding="utf-8")


def cell_changed(folder: Path) -> None:
    file = folder / "data" / "csv" / "participants.csv"
    file.write_bytes(file.read_bytes().replace(b"P002", b"P003"))


def head_changed(folder: Path) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"head": "0" * 64}), encoding="utf-8")


HANDS: dict[str, tuple[Callable[[Path], None], str, bool]] = {  # what is done, what the check says, whether by itself too
    "a table": (cell_changed, "archive.table", False),
    "an entry": (in_ledger(lambda kept: [*kept[:3], kept[3]._replace(actor="x"), *kept[4:]]), "ledger.hash_differs", True),
    "what an entry says": (in_ledger(lambda kept: [*kept[:3], kept[3]._replace(payload=b"{}"), *kept[4:]]), "ledger.payload_differs", True),
    "an entry gone": (in_ledger(lambda kept: [*kept[:3], *kept[4:]]), "ledger.append_only", True),
    "the end gone": (in_ledger(lambda kept: kept[:-1]), "archive.other_head", True),
    "a payload gone": (in_ledger(lambda kept: [*kept[:3], kept[3]._replace(payload=None, salt=None), *kept[4:]]), "ledger.payload_missing", True),
    "history forged": (in_ledger(lambda kept: relinked("DEMO", [one for one in kept if one.payload], 4, actor="x")), "ledger.not_signed", True),
    "another head": (head_changed, "archive.other_head", True),
    "another verifier": (lambda folder: (folder / "verify_ledger.py").write_text("print('Whole')"), "archive.other_verifier", False),
}  # fmt: skip


@pytest.mark.parametrize("name", HANDS)
def test_control_a_hand_that_made_the_manifest_fit_is_noticed(home, name):
    change, code, by_itself = HANDS[name]
    folder = home / "archive"
    change(folder)
    if name != "another head":
        remade(folder)
    check = check_archive(folder)
    assert code in [finding.code for finding in check.findings]
    assert check.whole == (name == "another verifier")
    if by_itself:
        left, said = alone(folder)
        assert (left, "NOT whole / 不完整" in said) == (1, True)
        assert ("NOT whole" in check.lines()[-1]) is True


def changed_byte(folder: Path) -> Path:
    file = folder / "reports" / "final" / "report.en.html"
    file.write_text("<p>Final</p>", encoding="utf-8")
    return file


def taken_away(folder: Path) -> Path:
    file = folder / "software" / "environment.txt"
    file.unlink()
    return file


def put_there(folder: Path) -> Path:
    file = folder / "reports" / "better.html"
    file.write_text("x", encoding="utf-8")
    return file


def linked(folder: Path) -> Path:
    file = folder / "software" / "environment.txt"
    file.unlink()
    file.symlink_to("/etc/hostname")
    return file


@pytest.mark.parametrize(
    ("hand", "code"),
    [
        (changed_byte, "archive.differs"),
        (taken_away, "archive.missing"),
        (put_there, "archive.stray"),
        (linked, "archive.missing"),
    ],
)
def test_control_a_file_that_is_not_what_it_was_is_named(home, hand, code):
    file = hand(home / "archive")
    (found,) = check_archive(home / "archive").findings
    assert (found.code, found.where.file) == (code, str(file))
    assert alone(home / "archive")[0] == 1


def test_a_rewritten_ledger_shows_against_what_others_keep(home):
    (home / "other").mkdir()
    other = create_study(home / "other" / "study", home / "protocol")
    write_archive(other, home / "forged", "custodian")
    check = check_archive(home / "forged", [home / "anchor.json"], home / "study" / "keys" / "checkpoint.pub")
    assert not check.whole
    assert {"ledger.shortened", "ledger.rewritten"} & {finding.code for finding in check.findings}


def told(folder: Path) -> str:
    with pytest.raises(Refusal) as refused:
        check_archive(folder)
    return refused.value.findings[0].code


def test_what_is_no_archive_is_told(home):
    folder = home / "archive"
    assert told(home / "nowhere") == told(home / "study") == "archive.unreadable"
    for raw in (
        b"",
        b"[1]",
        b"[" * 9999,
        b'{"equipoise_archive": 1}',
        b'{"equipoise_archive": 1, "study": "x", "files": {"x": 1}}',
    ):
        (folder / "manifest.json").write_bytes(raw)
        assert told(folder) == "archive.unreadable"
    said = {"equipoise_archive": 1, "study": "DEMO", "files": {"../../etc/passwd": {"sha256": "0"}}}
    (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    assert told(folder) == "archive.outside"
    (folder / "manifest.json").write_text(json.dumps({**said, "files": {}}), encoding="utf-8")
    shutil.rmtree(folder / "ledger")
    assert told(folder) == "archive.unreadable"
    assert alone(folder)[0] == 2


def test_nothing_is_written_over_and_nothing_left_behind(home, monkeypatch):
    study = open_study(home / "study")
    for out, who, code in (
        (home / "archive", "custodian", "archive.taken"),
        (home / "new", "dr-li", "authority.other_site"),
    ):
        with pytest.raises(Refusal) as refused:
            write_archive(study, out, who)
        assert refused.value.findings[0].code == code

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "put_in_place", full)
    before = {one.name for one in home.iterdir()}
    with pytest.raises(Refusal, match="no space left"):
        write_archive(study, home / "new", "custodian")
    assert {one.name for one in home.iterdir()} == before


def test_the_command_writes_and_checks(home, capsys, monkeypatch):
    monkeypatch.chdir(home)
    assert main(["archive", "study", "--as", "custodian", "--out", "again", "--lang", "zh"]) == 0
    assert main(["archive", "--check", "again", "--lang", "zh"]) == 0
    assert "完整：归档与原貌一致。" in capsys.readouterr().out
    for wrong in (
        ["archive", "study"],
        ["archive", "study", "--check", "again"],
        ["archive"],
        ["archive", "study", "--out", "x", "--anchor", "anchor.json"],
    ):
        assert main(wrong) == 1
    changed_byte(home / "again")
    assert main(["archive", "--check", "again"]) == 1
    assert "NOT whole" in capsys.readouterr().out
