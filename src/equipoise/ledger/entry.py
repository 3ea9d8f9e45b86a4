"""The words of the ledger: a fact that wants in, the stamp of who acts, and the entry that it becomes.

Refuses to know what an entry is about: kinds and payloads belong to the rooms above. Times are the server's, in UTC,
and never decide the order; `seq` does. 21 CFR 11.10(e) and ICH E6(R3) 4.2.2 ask for who, what, when and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

from equipoise.ledger.words import refuse

__all__ = ["ERASED", "REFUSED", "UNSET", "ZEROS", "Entry", "Fact", "Head", "Stamp", "Unset", "instant_text"]

ZEROS: Final = "0" * 64
"""The hash before the first entry."""
ERASED: Final = "erased"
"""The kind of the entry that makes an erasure lawful; its payload is {erases: seq, reason}."""
REFUSED: Final = "refused"
"""The kind of entry that does not use up an act id: who was refused may mend the act and send it again."""

_INSTANT = re.compile(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9]{3}Z")


class Unset(Enum):
    """Not asked for: unlike None, which asks for entries that belong to no participant."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET


def instant_text(at: datetime | str) -> str:
    """UTC to the millisecond, `2026-01-31T09:30:00.000Z`, so that text sorts as time. Raises Refusal without a zone."""
    if isinstance(at, str):
        if _INSTANT.fullmatch(at):
            return at
        said = at
        try:
            at = datetime.fromisoformat(said)
        except ValueError:
            refuse("ledger.no_instant", text=said)
    if at.tzinfo is None:
        refuse("ledger.no_instant", text=at.isoformat())
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


@dataclass(frozen=True, slots=True)
class Fact:
    """What an act wants to append.

    `payload` has a canonical form: text, integers, true, false, null, lists, mappings.
    """

    kind: str
    payload: dict[str, Any]
    participant: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True, init=False)
class Stamp:
    """Who acts, in what role, under which act id, when (by the server's clock; a datetime is written as UTC text)."""

    act: str
    actor: str
    role: str
    at: str

    def __init__(self, act: str, actor: str, role: str, at: str | datetime) -> None:
        for name, value in (("act", act), ("actor", actor), ("role", role), ("at", instant_text(at))):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Head:
    """Number and hash of the last entry; 0 and 64 zeros while there is none."""

    seq: int = 0
    hash: str = ZEROS


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Hashes and salt are hexadecimal; an erased entry has no payload (None) and no salt (empty text)."""

    study: str
    seq: int
    kind: str
    act: str
    actor: str
    role: str
    site: str | None
    participant: str | None
    at: str
    payload: dict[str, Any] | None
    salt: str
    payload_hash: str
    prev_hash: str
    hash: str
