"""What is wrong with one design, collected while it is planned; and which numbers nobody can mean.

Promises that each complaint points to the place in the protocol, and that a reason that a calculation gave is passed on
in both languages. Decides nothing about the numbers themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from equipoise.findings import Finding, Where
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.events import NeverReached
from equipoise.planning.words import TABLE, phrase
from equipoise.words import Phrase

__all__ = ["SHORT", "Complaints", "expect_looks", "expect_sane", "expect_seen"]

SHORT = 0.001
"""By how much the power may fall short of the stated one before it is told."""
_MOST = 1_000_000
"""Participants or events beyond which a design is a mistake: no randomized trial of a drug has had so many."""
_LONGEST = 1200.0
"""Months beyond which a design is a mistake: nobody would see its end."""


@dataclass(slots=True)
class Complaints:
    """Complaints about one design. `where(*path)` finds the place of a part of the protocol."""

    where: Callable[..., Where]
    findings: tuple[Finding, ...] = ()

    def refuse(self, key: str, path: tuple[str, ...], /, **facts: Any) -> NoReturn:
        """Raise a Refusal: the design cannot be planned."""
        TABLE.refuse(key, self.where(*path), **facts)

    def warn(self, key: str, path: tuple[str, ...], /, **facts: Any) -> None:
        """Keep a warning: it can be planned, and somebody should look."""
        self.findings += (TABLE.warning(key, self.where(*path), **facts),)

    def give_up(self, key: str, trouble: Exception) -> NoReturn:
        """Refuse the design for the reason that a calculation gave."""
        given = trouble.args[0] if trouble.args else None
        # Only our own reasons are in both languages; of an overflow the reader needs no more than that it is one.
        reason = given if isinstance(given, Phrase) else phrase("numbers.range")
        code = "design.never_reached" if isinstance(trouble, NeverReached) else key
        self.refuse(code, ("design",), reason=reason)


def expect_sane(complaints: Complaints, size: float) -> None:
    """Refuse a size that nobody could mean."""
    if size > _MOST:
        complaints.refuse("design.absurd/size", ("design",), size=size, most=_MOST)


def expect_looks(complaints: Complaints, boundaries: Sequential, size: float, least: float) -> None:
    """Warn of looks with less than this many events or participants: there is nothing to be looked at."""
    for place, fraction in enumerate(boundaries.fractions):
        if fraction * size < least:
            complaints.warn(
                "design.look_empty", ("design", "looks"), look=place + 1, fraction=fraction, size=fraction * size
            )


def expect_seen(complaints: Complaints, month: float) -> None:
    """Refuse a duration that nobody would see the end of."""
    if not month <= _LONGEST:
        complaints.refuse("design.absurd/time", ("design", "accrual"), years=month / 12, most=_LONGEST / 12)
