"""Who somebody is never stays: given at the command line it becomes a mark, and is found nowhere afterwards (R34, F10).

Everything that the study leaves on the disk and prints is searched for what was given, as it was written, as it is
compared, and under hashes that anybody could work out. Control: a mark that holds what was given is found by the search.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import sqlite3
import stat
import sys
import unicodedata
import zipfile

import pytest

from equipoise.cli import identity as asking
from equipoise.cli.main import main
from equipoise.conduct.folder import identifying
from equipoise.conduct.folder.identifying import identify, mark_of, read_parts
from equipoise.conduct.folder.opening import IDENTITY_KEY_FILE
from equipoise.conduct.folder.study import create_study, open_study
from equipoise.findings import Refusal
from tests.spec.minimal import write_minimal

DAY = "2024-02-01"
PROTOCOL = "identity: [national_id, name, birth_date, sex]"
GIVEN = {"national_id": "11010519491231002X", "name": "欧阳·娜娜", "birth_date": "1949-12-31", "sex": "女"}
OTHERWISE = {
    "national_id": " 110105 19491231-002ｘ",
    "name": "欧 阳 娜娜",
    "birth_date": "1949/12/31",
    "sex": "Female",
}
WRONG = {**GIVEN, "birth_date": "31.12.1949x"}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("EQUIPOISE_STATE", str(tmp_path / "state"))
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "written", PROTOCOL))
    study.store.close()
    act(tmp_path, "open_site", "custodian", site="S01", date=DAY)
    act(tmp_path, "open_site", "custodian", site="S02", date=DAY)
    act(tmp_path, "appoint", "custodian", person="li", name="Li", role="investigator", site="S01")
    act(tmp_path, "appoint", "custodian", person="wang", name="Wang", role="investigator", site="S02")
    return tmp_path


def act(home, what, who, *more, **given):
    sets = [f"--set={key}={value}" for key, value in given.items()]
    return main(["act", str(home / "study"), what, f"--as={who}", *sets, *more])


def written(home, given, mode=0o600):
    file = home / "site-of-the-coordinator" / "who.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(f"{part}: {value}\n" for part, value in given.items()), encoding="utf-8")
    file.chmod(mode)
    return str(file)


def screen(home, participant, given, who="li", site="S01", *more, **fields):
    file = f"--identity={written(home, given)}"
    return act(home, "screen", who, file, *more, participant=participant, site=site, date=DAY, **fields)


def traces(given):
    """What could stand somewhere: as written, narrow and folded, as compared; their plain hashes and base64."""
    said = {value.strip() for part, value in given.items() if part != "sex"}
    said |= {unicodedata.normalize("NFKC", one).casefold() for one in said}
    said |= {"".join(s for s in one if s.isalnum()) for one in said}
    found = {one.encode() for one in said}
    found |= {json.dumps(one).strip('"').encode() for one in said}
    found |= {one.encode("utf-16-le") for one in said} | {one.encode("gb18030") for one in said}
    found |= {
        getattr(hashlib, how)(one.encode()).hexdigest().encode() for one in said for how in ("md5", "sha1", "sha256")
    }
    return found | {base64.b64encode(one.encode()) for one in said}


def all_bytes(home):
    """Every file but the site's own: folders, database with its log and dump, what lies in archives, the witness."""
    for file in sorted(home.rglob("*")):
        if not file.is_file() or "site-of-the-coordinator" in file.parts:
            continue
        yield str(file), file.read_bytes()
        if file.suffix == ".sqlite":
            with sqlite3.connect(file) as connection:
                yield f"dump of {file}", "\n".join(connection.iterdump()).encode()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as inside:
                for name in inside.namelist():
                    yield f"{file}/{name}", inside.read(name)


def found_in(home, printed, *people):
    looked = [*all_bytes(home), ("what was printed", printed.encode())]
    assert len(looked) > 20
    return [name for name, content in looked for one in people for trace in traces(one) if trace in content]


def everything_is_taken_out(home):
    folder = str(home / "study")
    for what in (["trail"], ["casebook", "--participant", "P1"], ["data"], ["roles", "--on", "2026-01-01"]):
        assert main(["export", folder, *what, "--as", "custodian", "--out", str(home / f"out-{what[0]}")]) == 0
    backup = ["backup", folder, "--as", "custodian", "--to", str(home / "backup.zip")]
    assert main(backup) == 0
    assert main(["status", folder, "--as", "custodian"]) == 0
    assert main(["verify", folder]) == 0
    assert main(["archive", folder, "--as", "custodian", "--out", str(home / "archive")]) == 0


def lived_through(home, monkeypatch):
    """Accepted, refused, asked at the terminal, tried in a dry run, told as JSON, mistyped; then all is taken out."""
    assert screen(home, "P1", GIVEN) == 0
    assert screen(home, "P2", OTHERWISE, "li", "S01", "--dry-run") == 1
    assert screen(home, "P2", OTHERWISE, "li", "S01", "--json") == 1
    assert screen(home, "P2", OTHERWISE, "wang", "S02") == 1
    assert screen(home, "P2", OTHERWISE, "wang", "S02", "--json", again="moved here") == 0
    assert screen(home, "P3", WRONG) == 1
    assert screen(home, "P3", {"name": GIVEN["name"]}) == 1
    assert screen(home, "P3", {**GIVEN, GIVEN["name"]: "x"}) == 1
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(asking.getpass, "getpass", lambda prompt: GIVEN[prompt.partition(" ")[0]])
    assert act(home, "screen", "li", "--identity=-", participant="P3", site="S01", date=DAY) == 1
    everything_is_taken_out(home)


def test_what_was_given_is_found_nowhere(home, monkeypatch, capsys):
    lived_through(home, monkeypatch)
    said = capsys.readouterr()
    assert found_in(home, said.out + said.err, GIVEN, OTHERWISE, WRONG) == []


def test_control_a_mark_that_holds_what_was_given_is_found(home, monkeypatch, capsys):
    monkeypatch.setattr(identifying, "mark_of", lambda key, study, parts: json.dumps(dict(parts), ensure_ascii=False))
    lived_through(home, monkeypatch)
    said = capsys.readouterr()
    found = found_in(home, said.out + said.err, GIVEN)
    assert any("ledger.sqlite" in name for name in found)


def test_control_a_mark_without_a_key_is_found(home, capsys, monkeypatch):
    """A plain hash of a national number is no secret: there are few enough of them to try them all."""
    plain = lambda key, study, parts: hashlib.sha256(parts["national_id"].encode()).hexdigest()  # noqa: E731
    monkeypatch.setattr(identifying, "mark_of", plain)
    assert screen(home, "P1", GIVEN) == 0
    everything_is_taken_out(home)
    assert found_in(home, capsys.readouterr().out, OTHERWISE, GIVEN) != []


def test_the_same_person_is_asked_about_and_of_another_center_no_number_is_told(home, capsys):
    screen(home, "P1", GIVEN)
    capsys.readouterr()
    assert screen(home, "P2", OTHERWISE, "wang", "S02") == 1
    said = capsys.readouterr()
    assert "another center" in said.err
    assert "P1" not in said.out + said.err
    assert screen(home, "P2", OTHERWISE, "wang", "S02", again="moved here") == 0
    said = capsys.readouterr()
    assert "P1" not in said.out + said.err
    study = open_study(home / "study")
    assert study.store.projected(study.id, "participants", "P2")["duplicate_of"] == "P1"
    *_, last = study.store.read(study.id)
    assert last.payload == {"participant": "P2", "other": "P1", "reason": "moved here", "where": "elsewhere"}
    study.store.close()
    main(["status", str(home / "study"), "--as", "custodian"])
    assert "suspected duplicates: 1" in capsys.readouterr().out
    for who, sees in (("wang", False), ("custodian", True)):
        out = home / f"trail-{who}"
        assert main(["export", str(home / "study"), "trail", "--as", who, "--out", str(out)]) == 0
        assert ("P1" in (out / "trail.csv").read_text(encoding="utf-8")) is sees
        cut = home / f"data-{who}"
        if main(["export", str(home / "study"), "data", "--as", who, "--out", str(cut)]) == 0:
            assert any("P1" in file.read_text(encoding="utf-8") for file in cut.glob("*.csv")) is sees


def test_at_its_own_center_the_site_is_told_which_number_it_was(home, capsys):
    screen(home, "P1", GIVEN)
    assert screen(home, "P2", GIVEN) == 1
    assert "at this center" in capsys.readouterr().err
    assert screen(home, "P2", GIVEN, again="failed screening") == 0
    assert "P2 may be the same person as P1" in capsys.readouterr().err


def test_control_another_person_is_not_asked_about(home, capsys):
    screen(home, "P1", GIVEN)
    for number, part in enumerate(GIVEN, start=2):
        other = {"national_id": "110105194912310039", "name": "王芳", "birth_date": "1950-01-01", "sex": "男"}
        assert screen(home, f"P{number}", {**GIVEN, part: other[part]}) == 0
        assert "same person" not in capsys.readouterr().err


def test_who_says_that_somebody_was_here_before_is_held_to_it(home, capsys):
    assert screen(home, "P1", GIVEN, again="was here") == 1
    assert "nobody is known" in capsys.readouterr().err
    assert act(home, "screen", "li", participant="P1", site="S01", date=DAY, again="was here") == 1


def test_nothing_of_it_goes_by_the_command_line(home, capsys):
    for field in ("national_id", "identity.name", "identity_hash"):
        assert act(home, "screen", "li", f"--set={field}=欧阳", participant="P1", site="S01", date=DAY) == 1
        said = capsys.readouterr()
        assert "欧阳" not in said.out + said.err
        assert "history" in said.err
    assert act(home, "record", "li", f"--identity={written(home, GIVEN)}", participant="P1") == 1
    assert "nobody is screened here" in capsys.readouterr().err
    fields = home / "fields.yaml"
    fields.write_text(f"participant: P1\nsite: S01\ndate: {DAY}\nidentity_hash: forged\n")
    assert act(home, "screen", "li", f"--file={fields}") == 1
    assert "identity_hash" in capsys.readouterr().err


def test_a_protocol_that_asks_is_answered_or_told_why_not(home, capsys):
    assert act(home, "screen", "li", participant="P1", site="S01", date=DAY) == 1
    assert "--identity" in capsys.readouterr().err
    assert act(home, "screen", "li", participant="P1", site="S01", date=DAY, unidentified="no papers") == 0
    assert screen(home, "P2", GIVEN, unidentified="no papers") == 1
    assert "既提供了身份" in said_in_chinese(home, capsys)


def said_in_chinese(home, capsys):
    capsys.readouterr()
    file = f"--identity={written(home, GIVEN)}"
    given = [
        f"--set={k}={v}" for k, v in {"participant": "P2", "site": "S01", "date": DAY, "unidentified": "无"}.items()
    ]
    main(["--lang", "zh", "act", str(home / "study"), "screen", "--as", "li", file, *given])
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({**GIVEN, "national_id": "—"}, "holds no letter and no digit"),
        ({**GIVEN, "sex": "娜娜"}, "neither female nor male"),
        ({**GIVEN, "birth_date": "娜娜"}, "no day"),
        ({**GIVEN, "passport": "娜娜"}, "not those of the protocol"),
    ],
)
def test_a_part_that_cannot_be_compared_is_refused_and_not_repeated(home, capsys, given, told):
    assert screen(home, "P1", given) == 1
    said = capsys.readouterr().err
    assert told in said
    assert "娜娜" not in said


def test_a_file_that_cannot_be_read_is_refused_by_its_lines_alone(home, capsys):
    for content in ("name: 娜娜\nname: 娜娜\n", "娜娜\n"):
        with pytest.raises(Refusal) as refusal:
            read_parts(content.encode(), "who.txt")
        assert "娜娜" not in str(refusal.value.findings[0].as_data("zh"))
    with pytest.raises(Refusal) as refusal:
        read_parts("娜娜".encode("gb18030"), "who.txt")
    assert refusal.value.findings[0].code == "identity.encoding"
    assert read_parts("\ufeff# site\n\nname： 娜娜\n".encode(), "w") == {"name": "娜娜"}
    file = f"--identity={written(home, GIVEN, 0o644)}"
    assert act(home, "screen", "li", file, participant="P1", site="S01", date=DAY) == 1
    assert "chmod 600" in capsys.readouterr().err


def test_the_terminal_is_asked_and_standard_input_read(home, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(
        asking.getpass, "getpass", lambda prompt: asked.append(prompt) or list(GIVEN.values())[len(asked) - 1]
    )
    assert act(home, "screen", "li", "--identity=-", participant="P1", site="S01", date=DAY) == 0
    assert [one.partition(" ")[0] for one in asked] == list(GIVEN)
    piped = io.TextIOWrapper(io.BytesIO("".join(f"{k}: {v}\n" for k, v in OTHERWISE.items()).encode()))
    monkeypatch.setattr(sys, "stdin", piped)
    assert act(home, "screen", "li", "--identity=-", participant="P2", site="S01", date=DAY) == 1


def test_the_key_is_the_studys_own_and_its_owners_alone(home, tmp_path):
    key = home / "study" / "keys" / IDENTITY_KEY_FILE
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    other = create_study(tmp_path / "other", write_minimal(tmp_path / "w", PROTOCOL))
    study = open_study(home / "study")
    assert identify(study, GIVEN) == identify(study, OTHERWISE)
    assert identify(study, GIVEN) != identify(other, GIVEN)
    assert mark_of(b"k" * 32, "one", {}) != mark_of(b"k" * 32, "two", {})
    keys = home / "keys.zip"
    main(["backup", str(home / "study"), "--as", "custodian", "--to", str(home / "b.zip"), "--with-keys", str(keys)])
    with zipfile.ZipFile(keys) as kept, zipfile.ZipFile(home / "b.zip") as plain:
        assert f"keys/{IDENTITY_KEY_FILE}" in kept.namelist()
        assert not any(IDENTITY_KEY_FILE in name for name in plain.namelist())


def test_a_study_of_before_is_given_a_key_and_another_key_is_refused(home, capsys):
    key = home / "study" / "keys" / IDENTITY_KEY_FILE
    key.unlink()
    assert screen(home, "P1", GIVEN) == 0
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    os.rename(key, home / "away")
    assert screen(home, "P2", GIVEN) == 1
    assert "another key" in capsys.readouterr().err
    key.unlink()
    os.rename(home / "away", key)
    assert screen(home, "P2", GIVEN, again="failed screening") == 0


def test_a_protocol_that_asks_for_nothing_takes_nothing(tmp_path):
    study = create_study(tmp_path / "s", write_minimal(tmp_path / "w"))
    with pytest.raises(Refusal, match="names nothing by which"):
        identify(study, GIVEN)
