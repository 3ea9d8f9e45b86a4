"""The vault: a secret in a private file, and seals that open only where they belong."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from equipoise.canonical import canonical_bytes
from equipoise.findings import Refusal
from equipoise.randomization import sealing
from equipoise.randomization.sealing import (
    check_commitment,
    commitment,
    new_secret,
    read_secret,
    seal,
    unseal,
    write_secret,
)

SECRET, STUDY = bytes(range(32)), "trial-1"
CONTENT: dict[str, object] = {
    "arm": "nimotuzumab",
    "stratum": "risk=high",
    "stratum_position": 3,
    "detail": {"block": 1},
}
posix = pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")


def test_a_secret_is_written_once_for_its_owner_only_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "study.secret"
    secret = write_secret(path)
    assert len(secret) == 32
    assert read_secret(path) == secret
    with pytest.raises(Refusal, match="there is a secret already"):
        write_secret(path)
    assert read_secret(path) == secret
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_new_secrets_differ() -> None:
    assert new_secret() != new_secret()


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620])
def test_a_secret_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "study.secret"
    write_secret(path)
    path.chmod(mode)
    with pytest.raises(Refusal, match="others may read the secret") as refused:
        read_secret(path)
    assert "chmod 600" in refused.value.findings[0].mend


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "zz" * 32, "é" * 64])
def test_a_file_that_holds_no_secret_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "study.secret"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(Refusal, match="does not hold a secret"):
        read_secret(path)


def test_a_missing_file_and_a_missing_folder_are_findings(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        read_secret(tmp_path / "nowhere")
    with pytest.raises(Refusal, match="cannot be read"):
        read_secret(tmp_path)
    with pytest.raises(Refusal, match="cannot be written"):
        write_secret(tmp_path / "no" / "such" / "folder")
    with pytest.raises(Refusal, match="has 3 bytes"):
        write_secret(tmp_path / "short", b"abc")
    assert not (tmp_path / "short").exists()


def test_the_commitment_binds_the_study_and_the_secret() -> None:
    promised = commitment(SECRET, STUDY)
    assert len(promised) == 64
    assert SECRET.hex() not in promised
    assert check_commitment(SECRET, STUDY, promised) == []
    assert [f.code for f in check_commitment(bytes(32), STUDY, promised)] == ["vault.commitment"]
    assert check_commitment(SECRET, "trial-2", promised)
    assert check_commitment(SECRET, STUDY, "")


def test_a_seal_opens_where_it_belongs() -> None:
    sealed = seal(SECRET, STUDY, 7, CONTENT, participant="P7")
    assert unseal(SECRET, STUDY, 7, sealed, participant="P7") == CONTENT


@pytest.mark.parametrize(
    ("secret", "study", "position", "participant"),
    [(bytes(32), STUDY, 7, "P7"), (SECRET, "trial-2", 7, "P7"), (SECRET, STUDY, 8, "P7"), (SECRET, STUDY, 7, "P8")],
    ids=["wrong key", "other study", "other position", "other participant"],
)
def test_a_seal_opens_nowhere_else(secret: bytes, study: str, position: int, participant: str) -> None:
    sealed = seal(SECRET, STUDY, 7, CONTENT, participant="P7")
    with pytest.raises(Refusal, match="does not open"):
        unseal(secret, study, position, sealed, participant=participant)


def test_control_a_seal_with_any_character_changed_does_not_open() -> None:
    sealed = seal(SECRET, STUDY, 7, CONTENT, participant="P7")
    for place in (*range(0, len(sealed), 97), len(sealed) - 3):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(Refusal, match="does not open"):
            unseal(SECRET, STUDY, 7, changed, participant="P7")
    for broken in ("", "v1.", "v1.????", sealed[:-4], "v2." + sealed[3:], "é" + sealed):
        with pytest.raises(Refusal, match="does not open"):
            unseal(SECRET, STUDY, 7, broken, participant="P7")


def check_one_length(texts: list[str]) -> None:
    assert len({len(text) for text in texts}) == 1


def test_the_length_says_nothing_about_the_arm() -> None:
    check_one_length(
        [seal(SECRET, STUDY, 1, {"arm": arm}, participant="P") for arm in ("A", "nimotuzumab" * 9, "对照")]
    )


def test_control_without_padding_the_length_would_give_the_arm_away(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = []
    for arm in ("A", "nimotuzumab"):
        room = len(canonical_bytes({"arm": arm})) + 2
        monkeypatch.setattr(sealing, "_ROOM_BYTES", room)
        texts.append(seal(SECRET, STUDY, 1, {"arm": arm}, participant="P"))
    with pytest.raises(AssertionError):
        check_one_length(texts)


def test_the_same_content_never_gives_the_same_seal() -> None:
    assert len({seal(SECRET, STUDY, 1, CONTENT, participant="P") for _ in range(50)}) == 50


def test_a_content_that_does_not_fit_is_refused() -> None:
    with pytest.raises(Refusal, match="would set it apart"):
        seal(SECRET, STUDY, 1, {"arm": "x" * 1100}, participant="P")


def test_the_room_itself_does_not_import_the_vault() -> None:
    import subprocess

    code = "import sys, equipoise.randomization; print('equipoise.randomization.sealing' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_seal_has_room_for_1022_bytes_and_one_length() -> None:
    # Two bytes of 1024 tell the length; 12 of nonce, 1024 and 16 of the tag are 1052, in base64 4 signs for each 3 bytes.
    for spare, fits in ((0, True), (-1, False)):
        content: dict[str, object] = {"arm": "x" * (1022 - len('{"arm":""}') - spare)}
        assert len(canonical_bytes(content)) == 1022 - spare
        if fits:
            sealed = seal(SECRET, STUDY, 1, content, participant="P001")
            assert len(sealed) == len("v1.") + 4 * 351 == len(seal(SECRET, STUDY, 1, {}, participant="P001"))
            assert unseal(SECRET, STUDY, 1, sealed, participant="P001") == content
        else:
            with pytest.raises(Refusal, match="1023") as refused:
                seal(SECRET, STUDY, 1, content, participant="P001")
            assert refused.value.findings[0].code == "vault.too_long"
            assert refused.value.findings[0].facts == {"bytes": 1023, "most": 1022}
