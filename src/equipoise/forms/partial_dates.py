"""Dates of which a part is not known (`2025-04`, `2025-04-UN`, `2025`, `2025---15`), and the day that stands in.

The known part is what the ledger keeps, in ISO 8601 as CDISC writes it (SDTMIG 3.4, 4.4.2: what is unknown at the end
is left off, an unknown month within is a hyphen). Which day a rule computes with is the protocol's to say, never ours.
Imputed days follow ADaMIG 1.3, 3.1.3: never before or after what is known, and bounded where the protocol names bounds.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equipoise.forms.spec import Impute

__all__ = ["NOTHING_KNOWN", "PartialDate", "imputed_day", "imputed_part", "read_partial"]

NOTHING_KNOWN = "UN"
"""How the ledger keeps an answer of which not even the year is known."""

_UNKNOWN = "(?:UNK?|NK|XX|未知|不详)"
_KNOWN = re.compile(
    rf"(?P<year>[0-9]{{4}})(?:-(?:(?P<month>[0-9]{{2}})|{_UNKNOWN}|-)(?:-(?:(?P<day>[0-9]{{2}})|{_UNKNOWN}))?)?",
    re.IGNORECASE,
)
_NOTHING = re.compile(rf"{_UNKNOWN}(?:-{_UNKNOWN}){{0,2}}", re.IGNORECASE)
_MIDDLE = {"month": (6, 30), "day": (0, 15)}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """What is known of a day; None is not known. A day of the month may be known without the month."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def known(self) -> str:
        """The known part as the ledger keeps it."""
        if self.year is None:
            return NOTHING_KNOWN
        parts = [f"{self.year:04d}"]
        if self.month is not None or self.day is not None:
            parts.append("-" if self.month is None else f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def missing(self) -> str | None:
        """What would have to be imputed: the `month` (with or without the day), the `day`, or nothing."""
        return "year" if self.year is None else "month" if self.month is None else "day" if self.day is None else None

    def possible(self) -> list[date]:
        """Every day that it may be, in order; none where the year is not known, or where there is no such day."""
        if self.year is None:
            return []
        months = range(1, 13) if self.month is None else (self.month,)
        found = list[date]()
        for month in months:
            if not 1 <= month <= 12:
                continue
            length = monthrange(self.year, month)[1]
            days = range(1, length + 1) if self.day is None else (self.day,)
            found += [date(self.year, month, day) for day in days if 1 <= day <= length]
        return found


def read_partial(text: str) -> PartialDate | None:
    """What a text says of a day; None when it says nothing. Whether there is such a day is asked of `possible`."""
    if _NOTHING.fullmatch(text):
        return PartialDate()
    found = _KNOWN.fullmatch(text)
    if found is None or found["year"] == "0000":
        return None
    year, month, day = (None if found[part] is None else int(found[part]) for part in ("year", "month", "day"))
    # `2025--` would leave it open whether a month is meant to follow.
    return None if text.endswith("-") else PartialDate(year, month, day)


def imputed_day(
    partial: PartialDate, how: Impute | None, not_before: Sequence[date] = (), not_after: Sequence[date] = ()
) -> date | None:
    """The day that a rule computes with: the day itself where all of it is known, else the one that `how` imputes.

    None where the protocol does not say how. A bound moves an imputed day only where the day may lie on that side of
    it at all: what is known is never contradicted.
    """
    possible = partial.possible()
    if partial.missing is None:
        return possible[0] if possible else None
    rule = None if how is None else {"day": how.day, "month": how.month}.get(partial.missing)
    if rule is None or not possible:
        return None
    day = possible[0] if rule == "first" else possible[-1] if rule == "last" else _middle(possible, partial.missing)
    for bound in not_before:
        if day < bound <= possible[-1]:
            day = next(one for one in possible if one >= bound)
    for bound in not_after:
        if possible[0] <= bound < day:
            day = next(one for one in reversed(possible) if one <= bound)
    return day


def _middle(possible: Sequence[date], missing: str) -> date:
    """The 15th of a month, 30 June of a year; where the known part excludes it, the possible day nearest to it."""
    month, day = _MIDDLE[missing]
    wanted = date(possible[0].year, month or possible[0].month, day)
    return min(possible, key=lambda one: abs(one - wanted))


def imputed_part(partial: PartialDate, day: date | None) -> str | None:
    """ADaM's flag of an imputed date (DATEFL): M when the month was imputed, D when only the day was."""
    return None if day is None or partial.missing is None else partial.missing[0].upper()
