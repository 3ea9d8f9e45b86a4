"""How entries hang together: salted payload hashes, and hashes that each name the one before.

``payload_hash = SHA256(0x00 || salt || canonical payload)`` and ``hash = SHA256(0x01 || canonical entry)``, the entry
without its payload. The two prefixes keep one kind of hash from passing for the other (RFC 9162 section 2.1.1); the
salt keeps an erased payload from being guessed. Refuses to know where links are kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from equipoise.canonical import canonical_bytes, read_json
from equipoise.chance.sealed import framed
from equipoise.ledger.entry import ERASED, Entry, Fact, Head, Stamp
from equipoise.ledger.words import phrase, refuse, unreadable
from equipoise.words import Phrase

__all__ = [
    "Link",
    "Salts",
    "bind",
    "chain_hash",
    "check_entry",
    "check_free",
    "entry_bytes",
    "entry_of",
    "erasure_of",
    "payload_hash_of",
    "random_salt",
    "repeatable_salt",
]

_SALT_BYTES = 16
Salts = Callable[[str, int, str], bytes]
"""Gives 16 bytes for an entry of a study, by its number and the hash of the one before."""


def random_salt(_study: str, _seq: int, _prev_hash: str) -> bytes:
    """Sixteen bytes from the operating system's generator: an erased payload cannot be guessed."""
    return secrets.token_bytes(_SALT_BYTES)


def repeatable_salt(study: str, seq: int, prev_hash: str) -> bytes:
    """Sixteen bytes that follow from what stands before: for rehearsals, of which two alike have the same ledger."""
    named = b"equipoise/repeatable-salt/1\0" + framed((study, seq, prev_hash))
    return hashlib.sha256(named).digest()[:_SALT_BYTES]


class Link(NamedTuple):
    """One entry as it is kept: hashes in hexadecimal, salt and canonical payload as bytes (None when erased)."""

    seq: int
    kind: str
    act: str
    actor: str
    role: str
    site: str | None
    participant: str | None
    at: str
    payload_hash: str
    prev_hash: str
    hash: str
    salt: bytes | None
    payload: bytes | None


def payload_hash_of(salt: bytes, payload: bytes) -> str:
    """The hash of one payload under its salt."""
    return hashlib.sha256(b"\x00" + salt + payload).hexdigest()


def entry_bytes(study: str, link: Sequence[Any]) -> bytes:
    """The canonical form of an entry without its payload; equal to `canonical_bytes` of the mapping, only quicker.

    Keys are in RFC 8785 order; values are escaped as there (section 3.2.2.2).
    """
    seq, kind, act, actor, role, site, participant, at, payload_hash, prev_hash = link[:10]
    text = encode_basestring
    return (
        f'{{"act":{text(act)},"actor":{text(actor)},"at":{text(at)},"kind":{text(kind)},'
        f'"participant":{"null" if participant is None else text(participant)},'
        f'"payload_hash":"{payload_hash}","prev_hash":"{prev_hash}","role":{text(role)},"seq":{seq},'
        f'"site":{"null" if site is None else text(site)},"study":{text(study)}}}'
    ).encode()


def chain_hash(study: str, link: Sequence[Any]) -> str:
    """The hash of one entry; `link` starts with the fields of Link up to and including `prev_hash`."""
    return hashlib.sha256(b"\x01" + entry_bytes(study, link)).hexdigest()


def bind(study: str, head: Head, stamp: Stamp, facts: Sequence[Fact], salts: Salts) -> list[Link]:
    """The links that follow `head`. Raises Refusal for what has no canonical form, before anything is written."""
    links = []
    seq, prev_hash = head.seq, head.hash
    for fact in facts:
        try:
            payload = _payload_bytes(fact.payload)
            for value in (study, fact.kind, stamp.act, stamp.actor, stamp.role, fact.site, fact.participant):
                _check_text(value)
        except (TypeError, ValueError) as error:
            refuse("ledger.not_canonical", kind=fact.kind, reason=_why_not(error))
        seq += 1
        salt = salts(study, seq, prev_hash)
        who_and_where = (stamp.act, stamp.actor, stamp.role, fact.site, fact.participant)
        begun = (seq, fact.kind, *who_and_where, stamp.at, payload_hash_of(salt, payload), prev_hash)
        prev_hash = chain_hash(study, begun)
        links.append(Link(*begun, prev_hash, salt, payload))
    return links


def _payload_bytes(payload: object) -> bytes:
    if not isinstance(payload, dict):
        raise TypeError(phrase("no_mapping"))
    return canonical_bytes(payload)


def _check_text(value: object) -> None:
    if value is None:
        return
    if not isinstance(value, str):
        raise TypeError(phrase("no_text", value=repr(value)))
    value.encode()
    if "\x00" in value:
        # PostgreSQL cannot hold it, and a ledger must be the same in every store.
        raise ValueError(phrase("null_sign"))


def _why_not(error: Exception) -> Phrase:
    """What was raised here or by `canonical` says why in both languages; what is left is UTF-8's own complaint."""
    return error.args[0] if isinstance(error.args[0], Phrase) else phrase("no_utf8")


def entry_of(study: str, link: Sequence[Any]) -> Entry:
    """A kept link as an Entry."""
    seq, kind, act, actor, role, site, participant, at, payload_hash, prev_hash, own, salt, payload = link
    try:
        said = None if payload is None else read_json(payload)
    except (TypeError, ValueError):
        unreadable("ledger.payload_differs/unreadable", f"{study} entry {seq}", seq=seq)
    salted = "" if salt is None else salt.hex()
    told = (study, seq, kind, act, actor, role, site, participant, at, said)
    return Entry(*told, salted, payload_hash, prev_hash, own)


def check_entry(entry: Entry) -> None:
    """An entry is still what its own hashes say. Raises Unreadable when it, or its payload, was changed.

    Not a verification: the entries around it are not looked at. For those who build on what an old entry says.
    """
    link = (entry.seq, entry.kind, entry.act, entry.actor, entry.role, entry.site, entry.participant, entry.at)
    key = None
    if chain_hash(entry.study, (*link, entry.payload_hash, entry.prev_hash)) != entry.hash:
        key = "ledger.hash_differs/entry"
    elif entry.payload is not None:
        try:
            same = payload_hash_of(bytes.fromhex(entry.salt), canonical_bytes(entry.payload)) == entry.payload_hash
        except (TypeError, ValueError):
            same = False
        key = None if same else "ledger.payload_differs/entry"
    if key is not None:
        unreadable(key, f"{entry.study} entry {entry.seq}", seq=entry.seq, kind=entry.kind)


def check_free(taken: bool, study: str, act: str) -> None:
    """An act id names one accepted act for ever. Raises Refusal when it is taken."""
    if taken:
        refuse("ledger.act_taken", study, act=act)


def erasure_of(study: str, seq: int, found: Entry | None, reason: str) -> Fact:
    """The fact that makes it lawful to remove the payload of `found`. Raises Refusal when that cannot be."""
    if found is None:
        why = phrase("no_entry")
    elif found.kind == ERASED:
        why = phrase("is_erasure")
    elif found.payload is None:
        why = phrase("erased_already")
    elif not reason.strip():
        why = phrase("no_reason")
    else:
        return Fact(ERASED, {"erases": seq, "reason": reason}, found.participant, found.site)
    refuse("ledger.not_erasable", f"{study} entry {seq}", seq=seq, reason=why)
