"""A time of day at a site: an instant, told by the clock on the wall there.

A time without an offset is the local one. With an offset (or Z) it is that instant, kept as the local time of the site
with the offset that the clock had there (IANA time zone database). A local time that a change of the clocks skips or
repeats is no instant by itself: `find_doubt` says between which two one has to choose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from equipoise.wording.literals import literals_checked

__all__ = ["ClockDoubt", "find_doubt", "in_utc", "local_time", "said_at"]


@literals_checked
@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Why a local time is no instant, and the two that may be meant."""

    why: Literal["skipped", "repeated"]
    first: str
    second: str


@lru_cache(maxsize=256)
def _zone(name: str | None) -> ZoneInfo | None:
    """The time zone; None where the site's has no such name, which checking has told."""
    try:
        return None if name is None else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def said_at(moment: datetime, timezone: str | None) -> datetime:
    """A moment with an offset as the clock at the site told it, with the site's own offset. Others as they are.

    Raises OverflowError where the calendar ends.
    """
    zone = _zone(timezone)
    if moment.tzinfo is None or zone is None:
        return moment
    return moment.astimezone(UTC).astimezone(zone)


def local_time(moment: datetime, timezone: str | None) -> datetime:
    """The local time at the site, without offset: what rules compute with."""
    return said_at(moment, timezone).replace(tzinfo=None, fold=0)


def in_utc(moment: datetime, timezone: str | None) -> datetime | None:
    """The instant in UTC, without offset; None where neither the moment nor the site says one.

    A repeated local time that was confirmed as it stands is the first of the two.
    """
    if moment.tzinfo is None:
        zone = _zone(timezone)
        if zone is None:
            return None
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC).replace(tzinfo=None)


def find_doubt(moment: datetime, timezone: str | None) -> ClockDoubt | None:
    """The doubt about a local time without offset; None where it is one instant."""
    zone = _zone(timezone)
    if zone is None or moment.tzinfo is not None:
        return None
    before, after = moment.replace(tzinfo=zone, fold=0), moment.replace(tzinfo=zone, fold=1)
    early, late = before.utcoffset(), after.utcoffset()
    if early is None or late is None or early == late:
        return None
    if early > late:  # the clock was set back: both exist
        return ClockDoubt("repeated", before.isoformat(), after.isoformat())
    first, second = sorted(one.astimezone(UTC).astimezone(zone) for one in (before, after))
    return ClockDoubt("skipped", first.isoformat(), second.isoformat())
