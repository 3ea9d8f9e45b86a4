"""The vault: the study's secret in a file outside the database, and allocations under seal.

Promises that a sealed allocation has the same length whatever the arm, opens only with the study's secret, and only
at the position and for the participant it was sealed for. AES-256-GCM (NIST SP 800-38D), key by HKDF-SHA256
(RFC 5869). Refuses to know the scheme, the ledger and who may look.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from equipoise.canonical import canonical_bytes
from equipoise.chance.sealed import framed
from equipoise.findings import Finding, Refusal, Where
from equipoise.randomization.words import finding, refuse
from equipoise.words import trouble_of

__all__ = [
    "SECRET_BYTES",
    "check_commitment",
    "commitment",
    "new_secret",
    "read_secret",
    "rehearsed_secret",
    "seal",
    "unseal",
    "write_secret",
]

SECRET_BYTES = 32
_MARK = "v1."
_NONCE_BYTES = 12
_ROOM_BYTES = 1024  # every content is padded to this, so that the length of a seal says nothing about the arm


def new_secret() -> bytes:
    """Thirty-two bytes from the operating system's generator."""
    return secrets.token_bytes(SECRET_BYTES)


def rehearsed_secret(*names: str | int) -> bytes:
    """Thirty-two bytes that anybody can work out again from the names: for rehearsals, never for a trial."""
    return hashlib.sha256(b"equipoise/rehearsed-secret/1\0" + framed(names)).digest()


def write_secret(path: str | Path, secret: bytes | None = None) -> bytes:
    """Write a new (or the given) secret to a new file that only its owner may read, and return it.

    Raises Refusal when the file exists: a secret once used is never overwritten, or its allocations are lost.
    """
    where = Where(file=str(path))
    secret = new_secret() if secret is None else secret
    if len(secret) != SECRET_BYTES:
        refuse("vault.secret_length", where, bytes=len(secret), needed=SECRET_BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        refuse("vault.secret_exists", where)
    except OSError as error:
        refuse("vault.secret_unwritable", where, reason=trouble_of(error))
    with os.fdopen(handle, "wb") as file:
        file.write(secret.hex().encode("ascii") + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return secret


def read_secret(path: str | Path) -> bytes:
    """The secret in the file. Raises Refusal when it is missing, open to others, or not 32 bytes in hexadecimal."""
    where = Where(file=str(path))
    try:
        with Path(path).open("rb") as file:
            state = os.fstat(file.fileno())
            text = file.read(4096)
    except OSError as error:
        refuse("vault.secret_missing", where, reason=trouble_of(error))
    if os.name == "posix" and stat.S_IMODE(state.st_mode) & 0o077:
        refuse("vault.secret_open", where, mode=stat.S_IMODE(state.st_mode), file=str(path))
    try:
        secret = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        refuse("vault.secret_length/file", where, digits=2 * SECRET_BYTES)
    return secret


def commitment(secret: bytes, study: str) -> str:
    """SHA-256 that binds the study to its secret without revealing it: published before the first allocation."""
    return hashlib.sha256(b"equipoise/commitment/1\0" + framed((study, secret))).hexdigest()


def check_commitment(secret: bytes, study: str, committed: str) -> list[Finding]:
    """A Finding when the secret is not the one that the study committed to."""
    if secrets.compare_digest(commitment(secret, study).encode(), committed.encode()):
        return []
    return [finding("vault.commitment", study)]


def _key(secret: bytes, study: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length=32, salt=None, info=b"equipoise/vault/1\0" + framed((study,))).derive(secret)


def _bound(study: str, position: int, participant: str) -> bytes:
    return b"equipoise/vault/1\0" + framed((study, position, participant))


def seal(
    secret: bytes,
    study: str,
    position: int,
    content: Mapping[str, object],
    *,
    participant: str,
    repeatable: bool = False,
) -> str:
    """The content under seal, as text of one constant length; it opens only for this study, position, participant.

    The content has a canonical form (text, whole numbers, lists, mappings). Raises Refusal when it does not fit.
    `repeatable`, for rehearsals alone: sealed again it is the same text, its nonce following from secret and content.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = canonical_bytes(dict(content))
    if len(raw) > _ROOM_BYTES - 2:
        refuse("vault.too_long", f"allocation {position}", bytes=len(raw), most=_ROOM_BYTES - 2)
    plain = len(raw).to_bytes(2, "big") + raw.ljust(_ROOM_BYTES - 2, b"\0")
    bound = _bound(study, position, participant)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    if repeatable:
        nonce = hmac.digest(secret, b"equipoise/repeatable-nonce/1\0" + bound + plain, "sha256")[:_NONCE_BYTES]
    sealed = AESGCM(_key(secret, study)).encrypt(nonce, plain, bound)
    return _MARK + base64.urlsafe_b64encode(nonce + sealed).decode("ascii")


def unseal(secret: bytes, study: str, position: int, sealed: str, *, participant: str) -> dict[str, object]:
    """The content. Raises Refusal when the seal was tampered with, moved, or made with another secret."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    broken = Refusal(finding("vault.broken_seal", f"allocation {position}", position=position))
    if not sealed.startswith(_MARK):
        raise broken
    try:
        raw = base64.b64decode(sealed.removeprefix(_MARK).encode("ascii"), altchars=b"-_", validate=True)
        nonce, body = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        plain = AESGCM(_key(secret, study)).decrypt(nonce, body, _bound(study, position, participant))
    except (InvalidTag, ValueError):
        raise broken from None
    content = json.loads(plain[2 : 2 + int.from_bytes(plain[:2], "big")])
    if not isinstance(content, dict):
        raise broken
    return content
