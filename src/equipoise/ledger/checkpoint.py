"""A checkpoint: the ledger's head, signed with Ed25519 (RFC 8032), to be kept where the ledger is not.

It is what catches a cut tail, an older backup and a rewritten history. A key on the operator's own machine does not
bind the operator: only copies of checkpoints that others hold do. Refuses to know where they are kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from equipoise.canonical import canonical_bytes
from equipoise.findings import Finding, Where
from equipoise.ledger.eight_words import head_words
from equipoise.ledger.entry import instant_text
from equipoise.ledger.store import Store
from equipoise.ledger.words import finding, phrase, refuse, unreadable
from equipoise.whole import write_whole
from equipoise.words import Phrase, trouble_of

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["Checkpoint", "check_checkpoint", "new_keys", "read_checkpoint", "sign_checkpoint", "write_checkpoint"]

_FORMAT: Final = 1
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of one study at one moment. `signature` is hexadecimal, over everything else."""

    study: str
    seq: int
    head: str
    at: str
    software: str
    signature: str

    def signed_bytes(self) -> bytes:
        """What the signature covers; the prefix keeps it from passing for an entry."""
        said = asdict(self)
        del said["signature"]
        return b"\x02" + canonical_bytes(said)

    @property
    def words(self) -> str:
        """The head in eight words."""
        return head_words(self.head)


def new_keys() -> tuple[bytes, bytes]:
    """A new private and public key, 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def sign_checkpoint(
    store: Store, study: str, private_key: bytes | Ed25519PrivateKey, at: str | datetime, software: str
) -> Checkpoint:
    """Sign the head as it is now. Raises Refusal when there is no entry, or the head is not the last one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    head = store.head(study)
    last = next(iter(store.read(study, after=head.seq - 1, upto=head.seq)), None)
    if last is None or last.hash != head.hash:
        if head.seq == 0:
            refuse("checkpoint.no_head", study)
        refuse("checkpoint.no_head/differs", study, seq=head.seq)
    key = Ed25519PrivateKey.from_private_bytes(private_key) if isinstance(private_key, bytes) else private_key
    unsigned = Checkpoint(study, head.seq, head.hash, instant_text(at), software, "")
    return replace(unsigned, signature=key.sign(unsigned.signed_bytes()).hex())


def check_checkpoint(checkpoint: Checkpoint, public_key: bytes | Ed25519PublicKey) -> list[Finding]:
    """No finding when the signature fits the public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(public_key) if isinstance(public_key, bytes) else public_key
        key.verify(bytes.fromhex(checkpoint.signature), checkpoint.signed_bytes())
    except (InvalidSignature, ValueError):
        return [finding("checkpoint.forged", f"{checkpoint.study} entry {checkpoint.seq}")]
    return []


def write_checkpoint(checkpoint: Checkpoint, file: Path) -> Path:
    """Write the checkpoint as JSON, with its words for people; returns the file. Raises Refusal when it cannot.

    Never writes over a file, and leaves nothing half-written: a checkpoint that was replaced guards nothing any more.
    """
    said = {"equipoise_checkpoint": _FORMAT, **asdict(checkpoint), "words": checkpoint.words}
    where = Where(str(file))
    if file.exists():
        refuse("checkpoint.exists", where)
    try:
        write_whole(file, json.dumps(said, ensure_ascii=False, indent=2) + "\n", new=True, durable=True)
    except FileExistsError:  # it came in the same instant
        refuse("checkpoint.exists", where)
    except OSError as error:
        refuse("checkpoint.not_written", where, reason=trouble_of(error))
    return file


def read_checkpoint(file: Path) -> Checkpoint:
    """Read what `write_checkpoint` wrote. Raises Unreadable for anything else; the signature is not checked here."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        _unreadable(file, trouble_of(error))
    except (ValueError, RecursionError):
        _unreadable(file, phrase("not_json"))
    if not isinstance(said, dict) or said.get("equipoise_checkpoint") != _FORMAT:
        _unreadable(file, phrase("other_format", format=_FORMAT))
    if (why := _wrong(said)) is not None:
        _unreadable(file, why)
    names = ("study", "seq", "head", "at", "software", "signature")
    checkpoint = Checkpoint(**{name: said[name] for name in names})
    if "words" in said and said["words"] != checkpoint.words:
        _unreadable(file, phrase("other_words"))
    return checkpoint


def _wrong(said: dict[str, Any]) -> Phrase | None:
    for name in ("study", "head", "at", "software", "signature"):
        if not isinstance(said.get(name), str):
            return phrase("name_no_text", name=name)
    if type(said.get("seq")) is not int or not 0 < said["seq"] < 2**53:
        return phrase("no_number")
    return None if _HASH.fullmatch(said["head"]) else phrase("no_hash")


def _unreadable(file: Path, reason: Phrase) -> NoReturn:
    unreadable("checkpoint.unreadable", Where(str(file)), reason=reason)
