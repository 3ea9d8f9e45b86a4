"""How a protocol is told from others: by the digest of what it promises, not of its files; in memory, by itself.

Comments, line breaks and the division into files do not change it; any promised value does. What equals its default
is left out, so that a later version of the language, with new optional clauses, gives an old protocol its old digest.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from equipoise.canonical import digest
from equipoise.protocol.document import Protocol

__all__ = ["ByIdentity", "promised_form", "protocol_digest", "protocol_of_form"]


class ByIdentity:
    """A protocol compared by identity: what is worked out for it is found again without hashing a large document."""

    __slots__ = ("of",)

    def __init__(self, of: Protocol) -> None:
        self.of = of

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and other.of is self.of


def protocol_digest(protocol: Protocol) -> str:
    """SHA-256 over the canonical form of the protocol, as 64 hexadecimal characters."""
    return _digest(ByIdentity(protocol))


@lru_cache(maxsize=16)
def _digest(protocol: ByIdentity) -> str:
    # Asked for by nearly every room, of the same few protocols, which cannot be changed once they are made.
    return digest(promised_form(protocol.of))


def promised_form(protocol: Protocol) -> Any:
    """What the digest is taken of: lists, texts, truth values and whole numbers."""
    return _canonical(protocol.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def protocol_of_form(form: Any) -> Protocol:
    """The protocol whose promised form this is. Raises ValueError where it is none."""
    return Protocol.model_validate(_spoken(form))


def _canonical(value: Any) -> Any:
    """Floating-point numbers as their shortest text that reads back the same: canonical bytes hold none."""
    if isinstance(value, float):
        return {"number": repr(value)}
    if isinstance(value, dict):
        return {str(key): _canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_canonical(inner) for inner in value]
    return value


def _spoken(value: Any) -> Any:
    """The inverse of `_canonical`."""
    kind = type(value)
    if kind is dict:
        if len(value) == 1 and type(number := value.get("number")) is str:
            return float(number)
        return {key: _spoken(inner) for key, inner in value.items()}
    return [_spoken(inner) for inner in value] if kind is list else value
