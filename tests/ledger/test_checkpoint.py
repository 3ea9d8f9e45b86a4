"""A checkpoint is written whole, read back as it was, and anything else is told for what it is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from equipoise.findings import Refusal, Unreadable
from equipoise.ledger import Fact, MemoryStore, Stamp
from equipoise.ledger.checkpoint import check_checkpoint, new_keys, read_checkpoint, sign_checkpoint, write_checkpoint

AT = "2026-01-31T09:30:00.000Z"
PRIVATE, PUBLIC = new_keys()


def ledger() -> MemoryStore:
    store = MemoryStore()
    with store.writing("TRIAL") as writer:
        writer.append(Stamp("a", "dr-li", "investigator", AT), [Fact("noted", {"n": n}) for n in range(3)])
    return store


def checkpoint():
    return sign_checkpoint(ledger(), "TRIAL", PRIVATE, AT, "equipoise")


def test_what_was_written_is_read_back_and_its_signature_fits(tmp_path):
    made = checkpoint()
    file = write_checkpoint(made, tmp_path / "anchor.json")
    assert read_checkpoint(file) == made
    assert check_checkpoint(made, PUBLIC) == []
    assert json.loads(file.read_text("utf-8"))["words"] == made.words
    assert [path.name for path in tmp_path.iterdir()] == ["anchor.json"]


@pytest.mark.parametrize(
    "changes", [{"seq": 2}, {"study": "OTHER"}, {"head": "0" * 64}, {"software": "x"}, {"signature": ""}]
)
def test_a_changed_checkpoint_does_not_fit_its_signature(changes):
    assert [f.code for f in check_checkpoint(replace(checkpoint(), **changes), PUBLIC)] == ["checkpoint.forged"]
    assert [f.code for f in check_checkpoint(checkpoint(), new_keys()[1])] == ["checkpoint.forged"]


def test_an_empty_ledger_has_nothing_to_sign():
    with pytest.raises(Refusal, match="no entries"):
        sign_checkpoint(MemoryStore(), "TRIAL", PRIVATE, AT, "equipoise")


def test_a_checkpoint_is_never_written_over_a_file(tmp_path):
    file = write_checkpoint(checkpoint(), tmp_path / "anchor.json")
    before = file.read_bytes()
    with pytest.raises(Refusal, match="never replaced"):
        write_checkpoint(checkpoint(), file)
    assert file.read_bytes() == before


def test_a_folder_that_does_not_exist_is_told_and_nothing_is_left(tmp_path):
    with pytest.raises(Refusal) as refused:
        write_checkpoint(checkpoint(), tmp_path / "gone" / "anchor.json")
    assert refused.value.findings[0].code == "checkpoint.not_written"
    assert list(tmp_path.iterdir()) == []


GOOD = {
    "equipoise_checkpoint": 1,
    "study": "TRIAL",
    "seq": 3,
    "head": "0" * 64,
    "at": AT,
    "software": "x",
    "signature": "00",
}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"nonsense",
        b"[]",
        b"{}",
        b'"text"',
        b"[" * 100_000,
        *(
            json.dumps({**GOOD, **change}).encode()
            for change in (
                {"equipoise_checkpoint": 2},
                {"seq": "3"},
                {"seq": 0},
                {"seq": True},
                {"seq": 2**60},
                {"head": "0" * 63},
                {"head": "G" * 64},
                {"head": 7},
                {"study": None},
                {"signature": 1},
                {"words": "other words"},
            )
        ),
        *(json.dumps({k: v for k, v in GOOD.items() if k != gone}).encode() for gone in GOOD),
    ],
    ids=lambda content: content[:40].decode("latin-1"),
)
def test_whatever_is_no_checkpoint_is_unreadable_with_a_reason(tmp_path, content):
    file = tmp_path / "anchor.json"
    file.write_bytes(content)
    with pytest.raises(Unreadable) as unreadable:
        read_checkpoint(file)
    (finding,) = unreadable.value.findings
    assert finding.code == "checkpoint.unreadable"
    assert finding.why


def test_control_the_good_example_is_readable(tmp_path):
    file = tmp_path / "anchor.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    assert read_checkpoint(file).seq == 3


def test_a_missing_file_is_unreadable(tmp_path):
    with pytest.raises(Unreadable, match="no such file"):
        read_checkpoint(tmp_path / "gone.json")
