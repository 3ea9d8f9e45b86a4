"""A study folder that was edited, lost a part or never was one: each is told in its own words, and nothing is made."""

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from equipoise.conduct.acts import Appoint, OpenSite, Screen
from equipoise.conduct.folder.beginning import open_ledger
from equipoise.conduct.folder.checkpointing import write_study_checkpoint
from equipoise.conduct.folder.seeing import see_treatment
from equipoise.conduct.folder.study import create_study, open_study
from equipoise.findings import Refusal, Unreadable
from equipoise.ledger import open_store
from equipoise.protocol.reading import load_protocol
from tests.conduct.small_trial import DAY, FULL, REMARK
from tests.conduct.treated_trial import TREATED
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


OTHER_LEDGER = "study: DEMO\nenvironment: production\n"
DAMAGE = {
    "not UTF-8": (lambda s: (s / "study.yaml").write_bytes(b"\xff\xfe\x00"), "study.unreadable"),
    "not YAML": (lambda s: (s / "study.yaml").write_text("a: [", encoding="utf-8"), "study.unreadable"),
    "empty": (lambda s: (s / "study.yaml").write_text("", encoding="utf-8"), "study.unreadable"),
    "a folder": (lambda s: ((s / "study.yaml").unlink(), (s / "study.yaml").mkdir()), "study.unreadable"),
    "another study": (lambda s: edit(s / "study.yaml", "study: DEMO", "study: OTHER"), "study.other_protocol"),
    "no ledger": (lambda s: (s / "ledger.sqlite").unlink(), "study.no_ledger"),
    "another environment": (
        lambda s: edit(s / "study.yaml", "environment: production", "environment: rehearsal"),
        "study.environment",
    ),
    "another ledger": (lambda s: (s / "study.yaml").write_text(OTHER_LEDGER, encoding="utf-8"), "study.unreadable"),
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
    assert any("\u4e00" <= sign <= "\u9fff" for sign in first.say("zh").why)


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


def test_the_ledger_of_a_folder_that_never_began_says_nothing(study):
    (study / "ledger.sqlite").unlink()
    open_store(study / "ledger.sqlite").head("DEMO")
    with pytest.raises(Refusal, match="the folder says production, the ledger nothing") as refused:
        open_study(study)
    assert refused.value.findings[0].say("zh").why == "文件夹注明production，账本为未注明"


def test_a_study_is_never_written_over_anything(study, tmp_path):
    protocol = write_minimal(tmp_path / "protocol")
    with pytest.raises(Refusal, match="never written over anything"):
        create_study(study, protocol)
    protocol = load_protocol(protocol)
    with pytest.raises(Refusal, match="holds the study DEMO already; its ledger has 3 entries"):
        open_ledger(open_study(study).store, protocol, "0" * 64, bytes(32))


def test_an_empty_folder_becomes_the_study(tmp_path):
    (tmp_path / "study").mkdir()
    create_study(tmp_path / "study", write_minimal(tmp_path / "protocol")).store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["protocol", "study"]


def test_a_place_where_no_folder_can_be_made_is_told(tmp_path):
    protocol = write_minimal(tmp_path / "protocol")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refusal, match="Choose a folder that you may write to") as refused:
        create_study(tmp_path / "file" / "study", protocol)
    assert refused.value.findings[0].code == "study.not_writable"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_study_that_is_not_finished_leaves_nothing(tmp_path, monkeypatch, stop):
    def interrupted(*_args, **_options):
        raise stop

    protocol = write_minimal(tmp_path / "protocol")
    monkeypatch.setattr("equipoise.conduct.folder.study.put_in_place", interrupted)
    with pytest.raises((KeyboardInterrupt, Refusal)) as told:
        create_study(tmp_path / "study", protocol)
    assert [path.name for path in tmp_path.iterdir()] == ["protocol"]
    if isinstance(told.value, Refusal):
        assert told.value.findings[0].say("zh").why == "磁盘空间不足"


def test_a_signing_key_of_another_kind_is_told(study):
    (study / "keys" / "checkpoint.key").write_bytes(
        X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    with pytest.raises(Refusal, match="a key of another kind"):
        write_study_checkpoint(open_study(study))


def test_nobody_looks_at_the_treatment_of_whom_nobody_randomized(tmp_path):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", FULL, REMARK, TREATED))
    desk = study.desk()
    for act in (OpenSite("S01", DAY), Appoint("li", "Li", "investigator", "S01")):
        desk.perform(act, as_="custodian")
    desk.perform(Screen("P1", "S01", DAY), as_="li")
    for participant, english, chinese in (
        ("P1", "P1 has no arm yet; treatment is planned by the arm", "P1: P1尚无组别；治疗按组别计划。请先随机。"),
        ("P9", "there is no participant P9", "P9: 没有受试者P9；没有以该编号筛选的人。请核对编号。"),
    ):
        with pytest.raises(Refusal, match=english) as refused:
            see_treatment(study.seen_by("li"), participant)
        assert refused.value.findings[0].tell("zh") == chinese
