"""Who may what, looked at: appointments that end by themselves, and when the list was last reviewed.

By the day of the look (UTC), as the desk and every reading door take it; who was dismissed is not told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from equipoise.conduct.authority import CHANGES_ACCESS, IMPORTER, list_access
from equipoise.conduct.entries.study import ACCESS_REVIEWED

if TYPE_CHECKING:
    from collections.abc import Collection

    from equipoise.conduct.state.state import StudyState
    from equipoise.ledger import Store

__all__ = ["SOON_DAYS", "AccessReviewed", "TimedAppointment", "find_access_review", "find_timed"]

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


@dataclass(frozen=True, slots=True)
class AccessReviewed:
    """The last review of who may what: entry, who made it, on which day (UTC), how many days ago; None: never.

    `changes`: how many entries have changed the list since; `digest`: of the list as it stands.
    """

    entry: int | None
    by: str
    on: str
    days: int | None
    changes: int
    digest: str


def find_access_review(store: Store, state: StudyState, day: str) -> AccessReviewed:
    """By the entries of a study; whoever came and went within an import changed nothing."""
    *_, last = None, *store.read(state.study, kinds=(ACCESS_REVIEWED.name,))
    since = 0 if last is None else last.seq
    changes = sum(
        (entry.payload or {}).get("person") != IMPORTER
        for entry in store.read(state.study, after=since, kinds=CHANGES_ACCESS)
    )
    now = list_access(state).digest
    if last is None:
        return AccessReviewed(None, "", "", None, changes, now)
    ago = max((date.fromisoformat(day) - date.fromisoformat(last.at[:10])).days, 0)
    return AccessReviewed(last.seq, last.actor, last.at[:10], ago, changes, now)
