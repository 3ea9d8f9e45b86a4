"""What an entry is made of: instants, canonical payloads, and hashes that anybody can compute again by hand."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from equipoise.canonical import canonical_bytes
from equipoise.findings import Refusal
from equipoise.ledger import Fact, Head, MemoryStore, Stamp
from equipoise.ledger.chain import Link, bind, chain_hash, entry_bytes, payload_hash_of
from equipoise.ledger.eight_words import WORDS, head_words
from equipoise.ledger.entry import ZEROS, instant_text
from equipoise.ledger.verify import verify_chain

AT = "2026-01-31T09:30:00.000Z"
STAMP = Stamp("act-1", "李医生", "investigator", AT)
FACT = Fact("form_recorded", {"weight": "61.5", "comment": '无不适 "ok"\n\u2028'}, "P001", "S01")


def bound(*facts: Fact, head: Head | None = None) -> list[Link]:
    return bind("TRIAL", head or Head(), STAMP, facts, lambda *_: bytes(range(16)))


def test_the_hashes_can_be_computed_by_hand_from_what_is_kept():
    first, second = bound(FACT, Fact("site_opened", {}))
    payload = json.dumps(FACT.payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    payload_hash = hashlib.sha256(b"\x00" + bytes(range(16)) + payload).hexdigest()
    said = {
        "study": "TRIAL",
        "seq": 1,
        "kind": "form_recorded",
        "act": "act-1",
        "actor": "李医生",
        "role": "investigator",
        "site": "S01",
        "participant": "P001",
        "at": AT,
        "payload_hash": payload_hash,
        "prev_hash": "0" * 64,
    }
    line = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert first.payload == payload
    assert first.payload_hash == payload_hash
    assert first.hash == hashlib.sha256(b"\x01" + line).hexdigest()
    assert (second.seq, second.prev_hash, second.site, second.participant) == (2, first.hash, None, None)


@pytest.mark.parametrize(
    "text", ["plain", '"\\/', "\b\f\n\r\t\x01\x1f\x7f", "é e\u0301", "鼻咽癌 🧬", "\u2028\u2029\ufeff"]
)
def test_the_quick_canonical_form_is_the_canonical_form(text):
    link = (3, text, text, text, text, text, None, text, "a" * 64, "b" * 64)
    names = ("seq", "kind", "act", "actor", "role", "site", "participant", "at", "payload_hash", "prev_hash")
    assert entry_bytes(text, link) == canonical_bytes({"study": text, **dict(zip(names, link, strict=True))})


def test_the_two_kinds_of_hash_cannot_pass_for_one_another():
    (link,) = bound(FACT)
    line = entry_bytes("TRIAL", link)
    assert chain_hash("TRIAL", link) != payload_hash_of(b"", line)
    assert chain_hash("TRIAL", link) != hashlib.sha256(line).hexdigest()


@pytest.mark.parametrize(
    ("taken", "codes"),
    [({"salt": None}, ["ledger.payload_differs"]), ({"payload": None}, ["ledger.payload_differs"])],
)
def test_a_payload_without_its_salt_or_a_salt_without_its_payload_is_no_erased_one(taken, codes):
    store = MemoryStore()
    with store.writing("TRIAL") as writer:
        writer.append(STAMP, [FACT])
    links = store._studies["TRIAL"].links
    links[0] = links[0]._replace(**taken)
    findings = verify_chain(store, "TRIAL").findings
    assert [finding.code for finding in findings] == codes
    assert "only one of them is there" in findings[0].why


def test_the_same_payload_has_another_hash_under_another_salt():
    """Who knows the few values that an item can have must not find out which one was erased."""
    store = MemoryStore()
    with store.writing("TRIAL") as writer:
        one, two = writer.append(STAMP, [FACT, FACT])
    assert one.salt != two.salt
    assert len(one.salt) == 32
    assert one.payload_hash != two.payload_hash


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ({"weight": 61.5}, "float"),
        ({"when": datetime(2026, 1, 1, tzinfo=UTC)}, "datetime"),
        ({"n": 2**53}, "beyond"),
        ({1: "x"}, "keys must be text"),
        ({"half": "\ud800"}, "surrogates"),
        ([], "a payload is a mapping"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_its_reason(payload, why):
    with pytest.raises(Refusal) as refused:
        bound(FACT, Fact("noted", payload))
    (finding,) = refused.value.findings
    assert finding.code == "ledger.not_canonical"
    assert why in finding.why


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 1, 31, 9, 30, tzinfo=UTC),
        datetime(2026, 1, 31, 17, 30, tzinfo=timezone(timedelta(hours=8))),
        "2026-01-31T17:30:00+08:00",
        AT,
    ],
)
def test_every_instant_is_kept_in_coordinated_universal_time(at):
    assert instant_text(at) == Stamp("a", "b", "c", at).at == AT


@pytest.mark.parametrize("at", ["2026-01-31", "2026-01-31T09:30:00", datetime(2026, 1, 31), "yesterday", ""])
def test_an_instant_without_a_zone_is_refused(at):
    with pytest.raises(Refusal, match="not an instant"):
        instant_text(at)


def test_before_the_first_entry_the_head_is_zeros():
    assert MemoryStore().head("TRIAL") == Head(0, ZEROS) == Head()


def test_eight_words_stand_for_the_first_eight_bytes_of_a_head():
    assert len(WORDS) == len(set(WORDS)) == 256
    assert all(word.isascii() and word.isalpha() and 3 <= len(word) <= 8 for word in WORDS)
    assert head_words("00ff" * 16) == " ".join([WORDS[0], WORDS[255]] * 4)
    assert head_words("00" * 8 + "ab" * 24) == head_words("00" * 32)  # the rest is not in them


def test_the_list_of_words_never_changes():
    """Words were read over telephones: another list would make an honest ledger look forged."""
    assert hashlib.sha256(" ".join(WORDS).encode()).hexdigest()[:16] == "d829b3614639ed8c"
