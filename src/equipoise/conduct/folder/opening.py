"""What is looked at whenever a study is opened, before anybody reads or writes a number of it.

Cheap: the head and its signature, the first entry, the layout of the tables, the protocol in force, and the highest
head that was seen. That every entry holds is `verification`. Refuses with what fails, its entry, and a way on.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from equipoise.conduct.folder.versions import digests_told
from equipoise.conduct.folder.words import finding, unreadable
from equipoise.findings import Finding, Where
from equipoise.ledger import Head, Store
from equipoise.ledger.signing import KEY_BYTES, Signer
from equipoise.ledger.turn import check_seen, check_signed
from equipoise.ledger.witness import Witness
from equipoise.randomization.sealing import read_secret

__all__ = ["ENTRY_KEY_FILE", "IDENTITY_KEY_FILE", "check_opening", "first_hash", "signer_of", "take_witness"]

ENTRY_KEY_FILE, IDENTITY_KEY_FILE = "entry.key", "identity.key"


def signer_of(folder: Path, data: Mapping[str, Any]) -> Signer | None:
    """Who signs this study's entries, by the public key in study.yaml; None for one that was made before signatures."""
    public, file = data.get("entry_key"), folder / "keys" / ENTRY_KEY_FILE
    if public is None and not file.exists():
        return None
    try:
        raw = bytes.fromhex(str(public))
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        unreadable("study.entry_key", Where(str(folder / "study.yaml")))
    return Signer(raw, lambda: read_secret(file))


def first_hash(store: Store, study: str) -> str | None:
    """The hash of the first entry, by which a study is told from every other."""
    first = next(iter(store.read(study, upto=1)), None)
    return None if first is None else first.hash


def take_witness(store: Store, study: str, environment: str, place: str) -> None:
    """Give the ledger of a real study the witness of its highest head; rehearsals may begin again as they like."""
    opening = first_hash(store, study)
    if environment == "production" and opening is not None:
        store.witness = Witness(opening, place)


def check_opening(folder: Path, data: Mapping[str, Any], store: Store, digest: str) -> list[Finding]:
    """What does not hold; empty when all of it does, and then the head counts as seen."""
    study = str(data["study"])
    found = store.layout()
    head, wrong = _head(store, study)
    found += wrong
    if not wrong:
        found += check_signed(study, head, dict(store.signatures(study, head.seq)).get(head.seq), store.signer)
    found += _first(folder, data, store, study)
    found += _in_force(folder, store, study, digest)
    if store.witness is not None and not wrong:
        seen = store.witness.here()
        found += check_seen(study, head, seen, lambda seq: _hash_at(store, study, seq))
        if not found and (seen is None or seen.head.seq < head.seq):
            store.witness.saw(head)
    return found


def _head(store: Store, study: str) -> tuple[Head, list[Finding]]:
    """The head, held against the last entry, though others may be writing."""
    head = store.head(study)
    last = Head()
    for entry in store.read(study, after=max(head.seq - 1, 0)):
        last = Head(entry.seq, entry.hash)
        if entry.seq == head.seq and entry.hash != head.hash:
            break
    after = store.head(study)
    if head.seq <= last.seq <= after.seq and (last.seq > head.seq or last == head) and head.seq:
        return head, []
    return head, [finding("study.head_differs", f"{study} entry {last.seq}", seq=head.seq, last=last.seq)]


def _first(folder: Path, data: Mapping[str, Any], store: Store, study: str) -> list[Finding]:
    """The ledger begins as this folder's did, and with the key that this folder knows."""
    first = next(iter(store.read(study, upto=1)), None)
    where = Where(str(folder / "study.yaml"))
    if first is None:
        return []
    if data.get("opening") is not None and data["opening"] != first.hash:
        return [finding("study.other_ledger", where, found=first.hash[:16], promised=str(data["opening"])[:16])]
    said = (first.payload or {}).get("signed_by")
    if said != data.get("entry_key"):
        return [finding("study.other_key", where)]
    return []


def _in_force(folder: Path, store: Store, study: str, digest: str) -> list[Finding]:
    """The copy of the protocol is the version that the ledger says is in force."""
    _, last = (digests_told(store, study) or [(0, "")])[-1]
    if last in ("", digest):
        return []
    return [
        finding("study.protocol_changed/ledger", Where(str(folder / "protocol")), found=digest[:16], said=last[:16])
    ]


def _hash_at(store: Store, study: str, seq: int) -> str | None:
    found = next(iter(store.read(study, after=seq - 1, upto=seq)), None)
    return None if found is None else found.hash
