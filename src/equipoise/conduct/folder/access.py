"""Appointments that end by themselves: which end soon, and which have ended.

By the day of the look (UTC), as the desk and every reading door take it; who was dismissed is not told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from equipoise.conduct.state.state import StudyState

__all__ = ["SOON_DAYS", "TimedAppointment", "find_timed"]

SOON_DAYS = 30
"""What ends within so many days is told before it does."""


@dataclass(frozen=True, slots=True)
class TimedAppointment:
    """Who holds which role where until which day (UTC, the last one), `days` from the look; below 0, so long ago."""

    person: str
    role: str
    site: str | None
    until: str
    days: int


def find_timed(state: StudyState, day: str, own: Collection[str] | None = None) -> list[TimedAppointment]:
    """Every appointment with an end, the earliest first; `own`: of these sites and of the whole study (None: all)."""
    found = [
        TimedAppointment(person.id, role, site, until, (date.fromisoformat(until) - date.fromisoformat(day)).days)
        for person in state.people.values()
        for (role, site), until in person.ends.items()
        if own is None or site is None or site in own
    ]
    return sorted(found, key=lambda one: (one.until, one.person, one.role, one.site or ""))
