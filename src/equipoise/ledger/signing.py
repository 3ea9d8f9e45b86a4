"""The signature of the process that decided entries: Ed25519 (RFC 8032), by a key that the database never holds.

The signature of a turn is made once, at its last entry. Every entry names the hash of the one before, and nobody builds
on a head that is not signed; so the last signature vouches for all of them. Whoever has the public key can check it,
and only the process can make it. Refuses to know where keys lie.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from equipoise.canonical import canonical_bytes
from equipoise.ledger.entry import Head
from equipoise.ledger.words import refuse

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["KEY_BYTES", "Signer", "new_key", "public_of"]

KEY_BYTES = 32


def new_key() -> bytes:
    """Thirty-two bytes from the operating system's generator: a private key."""
    return secrets.token_bytes(KEY_BYTES)


def public_of(private: bytes) -> bytes:
    """The public key of a private one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


@dataclass(frozen=True)
class Signer:
    """Signs heads, and checks signatures. `private` gives the key when it is first needed, or raises a Refusal."""

    public: bytes
    private: Callable[[], bytes] = field(repr=False)

    def sign(self, study: str, head: Head) -> bytes:
        """The signature of a head: 64 bytes."""
        return self._private.sign(_signed(study, head))

    def holds(self, study: str, head: Head, signature: bytes | None) -> bool:
        """Whether this is the signature of that head."""
        from cryptography.exceptions import InvalidSignature

        if not isinstance(signature, bytes):
            return False
        try:
            self._public.verify(signature, _signed(study, head))
        except (InvalidSignature, ValueError):
            return False
        return True

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.from_private_bytes(self.private())
        if key.public_key().public_bytes_raw() != self.public:
            refuse("ledger.other_key")
        return key

    @cached_property
    def _public(self) -> Ed25519PublicKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        return Ed25519PublicKey.from_public_bytes(self.public)


def _signed(study: str, head: Head) -> bytes:
    """The prefix keeps it from passing for an entry (0x01) or a checkpoint (0x02)."""
    return b"\x03" + canonical_bytes({"study": study, "seq": head.seq, "hash": head.hash})
