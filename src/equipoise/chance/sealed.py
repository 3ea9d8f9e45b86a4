"""Draws for allocation: the next one must be unpredictable without the secret (HMAC-SHA256, RFC 2104).

Also how streams are named: `framed`. Knows the standard library only.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from typing import TypeVar

__all__ = ["SealedStream", "checked_position", "framed"]

T = TypeVar("T")
_TWO_TO_MINUS_53 = 2.0**-53


def framed(parts: Iterable[str | int | bytes]) -> bytes:
    """Bytes that no other list of parts gives: each part carries its type and its length.

    Without lengths ("a", "bc") and ("ab", "c") would name the same stream; without types 1 and "1" would.
    """
    out = bytearray()
    for part in parts:
        if isinstance(part, bool) or not isinstance(part, (str, int, bytes)):
            raise TypeError(f"a stream is named by text and whole numbers, not {type(part).__name__}")
        mark = b"b" if isinstance(part, bytes) else b"i" if isinstance(part, int) else b"s"
        raw = part if isinstance(part, bytes) else str(part).encode("utf-8")
        out += mark + len(raw).to_bytes(8, "big") + raw
    return bytes(out)


def checked_position(position: int) -> int:
    """A place in a stream. Raises ValueError for what is none."""
    if isinstance(position, bool) or not 0 <= position < 2**64:
        raise ValueError(f"a position is a whole number from 0 to 2**64 - 1, not {position!r}")
    return int(position)


class SealedStream:
    """Draws that nobody can foresee without the secret, read by position.

    Anyone who holds the secret gets the same draws again; anyone who does not, learns nothing about draw n + 1 from
    draws 1 to n (HMAC-SHA256 as a pseudorandom function). Each kind of draw at a position is independent of the
    others. The secret shows neither in `repr` nor in an error.
    """

    __slots__ = ("_key",)

    def __init__(self, secret: bytes, *names: str | int) -> None:
        if len(secret) < 16:
            raise ValueError("a secret of fewer than 16 bytes can be guessed")
        self._key = hmac.digest(secret, b"equipoise/sealed-stream/1\0" + framed(names), "sha256")

    def __repr__(self) -> str:
        return "SealedStream(...)"

    def _word(self, use: str, *place: int) -> int:
        """Sixty-four unforeseeable bits for one use and place."""
        return int.from_bytes(hmac.digest(self._key, framed((use, *place)), "sha256")[:8], "big")

    def uniform(self, position: int) -> float:
        """A float on [0, 1) with 53 bits."""
        return (self._word("uniform", checked_position(position)) >> 11) * _TWO_TO_MINUS_53

    def integer(self, position: int, below: int) -> int:
        """A whole number from 0 to `below` - 1, each exactly equally likely (by rejection)."""
        return self._integer("integer", checked_position(position), 0, below)

    def _integer(self, use: str, position: int, step: int, below: int) -> int:
        if not 0 < below <= 2**63:
            raise ValueError(f"there is no whole number from 0 up to, not including, {below}")
        limit = 2**64 - 2**64 % below
        attempt = 0
        while (word := self._word(use, position, step, attempt)) >= limit:
            attempt += 1
        return word % below

    def shuffled(self, position: int, items: Sequence[T]) -> tuple[T, ...]:
        """The items in random order, every order equally likely (Fisher and Yates, with exact integers)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self._integer("shuffle", checked_position(position), last, last + 1)
            order[last], order[other] = order[other], order[last]
        return tuple(order)
