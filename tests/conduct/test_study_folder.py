"""A study folder that was edited, lost a part or never was one: each is told in the study's own words, and nothing is made."""

import shutil
from pathlib import Path

import pytest

from equipoise.conduct.folder.study import create_study, open_study
from equipoise.findings import Refusal, Unreadable
from tests.spec.minimal import write_minimal


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    create_study(folder / "study", write_minimal(folder / "protocol")).store.close()
    return folder / "study"


@pytest.fixture
def study(whole, tmp_path):
    return Path(shutil.copytree(whole, tmp_path / "study"))


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


DAMAGE = {
    "not UTF-8": (lambda s: (s / "study.yaml").write_bytes(b"\xff\xfe\x00"), "study.unreadable"),
    "not YAML": (lambda s: (s / "study.yaml").write_text("a: [", encoding="utf-8"), "study.unreadable"),
    "empty": (lambda s: (s / "study.yaml").write_text("", encoding="utf-8"), "study.unreadable"),
    "a folder": (lambda s: ((s / "study.yaml").unlink(), (s / "study.yaml").mkdir()), "study.unreadable"),
    "another study": (lambda s: edit(s / "study.yaml", "study: DEMO", "study: OTHER"), "study.other_protocol"),
    "no copy": (lambda s: shutil.rmtree(s / "protocol"), "study.no_protocol"),
    "an edited copy": (
        lambda s: edit(s / "protocol/protocol.yaml", "age >= 18", "age >= 16"),
        "study.protocol_changed",
    ),
    "a broken copy": (lambda s: edit(s / "protocol/protocol.yaml", "sites:", "sites: ["), "study.protocol_changed"),
    "a copy with findings": (
        lambda s: edit(s / "protocol/protocol.yaml", "age >= 18", "aeg >= 18"),
        "study.protocol_changed",
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_study_folder_is_told_in_words_of_the_study(study, kind):
    damage, code = DAMAGE[kind]
    damage(study)
    with pytest.raises(Refusal) as refused:
        open_study(study)
    first = refused.value.findings[0]
    assert first.code == code
    assert "codec" not in first.why
    assert "Errno" not in first.why


def test_control_the_undamaged_folder_opens(study):
    assert open_study(study).id == "DEMO"


@pytest.mark.parametrize("database", ["nonsense", "sqlite:///here.sqlite", "mysql://u:secret@h/a", "", "postgresql"])
def test_a_ledger_is_put_nowhere_but_in_the_folder_or_on_a_server(tmp_path, monkeypatch, database):
    protocol = write_minimal(tmp_path / "protocol")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(Refusal) as refused:
        create_study(tmp_path / "here" / "study", protocol, database=database)
    assert [finding.code for finding in refused.value.findings] == ["study.database"]
    assert "secret" not in str(refused.value)
    assert list((tmp_path / "here").iterdir()) == []


def test_what_is_not_there_at_all_could_not_be_read(tmp_path):
    with pytest.raises(Unreadable):
        open_study(tmp_path)
