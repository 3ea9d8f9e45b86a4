"""Who reviewed which part of the audit trail up to which entry, and how many entries nobody has reviewed.

An entry is reviewed when a review of the whole study, of its site or of its participant reaches it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from equipoise.conduct.acts.review_trail import PARTICIPANT_TRAIL_REVIEWED, TRAIL_REVIEWED

if TYPE_CHECKING:
    from equipoise.ledger import Store

__all__ = ["TrailReview", "TrailReviewed", "find_trail_reviewed", "trail_reviews"]


@dataclass(frozen=True, slots=True)
class TrailReview:
    """One review: its entry, when (UTC), by whom, of which part (neither: of the whole study), up to which entry."""

    entry: int
    at: str
    by: str
    role: str
    upto: int
    site: str | None
    participant: str | None
    outcome: str
    remark: str


@dataclass(frozen=True, slots=True)
class TrailReviewed:
    """The last review (None: there was none), how many days ago, and how many entries no review has reached."""

    last: TrailReview | None
    days: int | None
    unreviewed: int


def trail_reviews(store: Store, study: str, sites: Mapping[str, str | None]) -> list[TrailReview]:
    """Every review in its order; `sites`: where each participant is now, which is whose part it is."""
    kinds = (TRAIL_REVIEWED.name, PARTICIPANT_TRAIL_REVIEWED.name)
    found = []
    for entry in store.read(study, kinds=kinds):
        said: Mapping[str, Any] = entry.payload or {}
        site = entry.site if entry.participant is None else sites.get(entry.participant, entry.site)
        told = (said.get("upto", 0), site, entry.participant, said.get("outcome", ""), said.get("reason", ""))
        found.append(TrailReview(entry.seq, entry.at, entry.actor, entry.role, *told))
    return found


def find_trail_reviewed(
    store: Store, study: str, sites: Mapping[str, str | None], own: Collection[str] | None, day: str
) -> TrailReviewed:
    """For whoever reads of `own` sites (None: of all), as of a day (UTC). Walks the ledger for parts alone."""
    reviews = [one for one in trail_reviews(store, study, sites) if own is None or one.site in {None, *own}]
    whole, reached = 0, dict[tuple[str, str], int]()
    for one in reviews:
        if one.site is None:
            whole = max(whole, one.upto)
        else:
            part = ("site", one.site) if one.participant is None else ("participant", one.participant)
            reached[part] = max(reached.get(part, 0), one.upto)
    head = store.head(study).seq
    if own is None and all(upto <= whole for upto in reached.values()):
        unreviewed = head - whole
    else:
        unreviewed = 0
        for seq, _kind, participant, there, *_ in store.rows(study):
            site = there if participant is None else sites.get(participant, there)
            if seq <= whole or (own is not None and site is not None and site not in own):
                continue
            partly = max(reached.get(("site", site or ""), 0), reached.get(("participant", participant or ""), 0))
            unreviewed += seq > partly
    last = reviews[-1] if reviews else None
    ago = None if last is None else max((date.fromisoformat(day) - date.fromisoformat(last.at[:10])).days, 0)
    return TrailReviewed(last, ago, unreviewed)
