"""A query: a question about the data that is asked of the site; raised, answered, opened again, closed, and never lost.

It is called by the number of the entry that raised it (Q0057 by entry 57), so that nobody counts and no two desks can
give one name twice. Its life is replayed by `entries.queries`. Knows no rules: who opens which query by itself is
`querying`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = [
    "DEVIATIONS",
    "QUERY_KINDS",
    "UNCLOSED",
    "Place",
    "Query",
    "QueryStatus",
    "Step",
    "query_entry",
    "query_name",
    "query_row",
]

DEVIATIONS = (
    "visit.window",
    "visit.order",
    "visit.after_leaving",
    "visit.after_death",
    "act.after_death",
    "event.before_consent",
    "site.before_opening",
    "act.order",
    "allocation.stratum",
    "allocation.eligibility",
    "allocation.envelope",
)
"""The checks of the system whose queries are deviations from the protocol, unless a correction mended them."""
QUERY_KINDS = ("query_raised", "query_answered", "query_reopened", "query_closed")
QueryStatus = Literal["open", "answered", "closed"]
UNCLOSED: tuple[QueryStatus, ...] = ("open", "answered")
_STATUS: Mapping[str, QueryStatus] = {
    "query_raised": "open",
    "query_reopened": "open",
    "query_answered": "answered",
    "query_closed": "closed",
    "deviation_kept": "closed",
    "erased": "closed",
}


@dataclass(frozen=True, slots=True)
class Place:
    """What a query is about.

    A participant (nothing given), a visit, a record, items of it, or a row (from 1) of a group.
    """

    visit: str | None = None
    occurrence: int | None = None
    form: str | None = None
    group: str | None = None
    row: int | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a query's life: `what` is its kind.

    `text` is by language, or under "said" in whatever language a person wrote.

    `system`: nobody asked for it; `by` is then whoever's act made the system do it.
    """

    what: str
    at: str
    by: str
    system: bool = False
    text: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query:
    """`check` names the check that opened it, where a person did not.

    The first step raised it, the last says how it stands.
    """

    id: str
    participant: str
    site: str
    place: Place
    check: str | None
    steps: tuple[Step, ...]

    @property
    def status(self) -> QueryStatus:
        """open (also when opened again), answered or closed."""
        return _STATUS[self.steps[-1].what]

    @property
    def unclosed(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status != "closed"

    @property
    def kept(self) -> bool:
        """Whether it is a deviation that the protocol keeps, about which nobody is asked."""
        return self.steps[-1].what == "deviation_kept"


def query_name(seq: int) -> str:
    """The name of the query that entry `seq` raised."""
    return f"Q{seq:04d}"


def query_entry(name: str) -> int:
    """The number of the entry that raised the query of this name."""
    return int(name[1:])


def query_row(query: Query) -> dict[str, Any]:
    """The query as a projection keeps it: plain data, with its status."""
    steps = [
        {"what": step.what, "at": step.at, "by": step.by, "system": step.system, "text": dict(step.text)}
        for step in query.steps
    ]
    place = query.place
    return {
        "query": query.id,
        "participant": query.participant,
        "site": query.site,
        "visit": place.visit,
        "occurrence": place.occurrence,
        "form": place.form,
        "group": place.group,
        "row": place.row,
        "items": list(place.items),
        "check": query.check,
        "status": query.status,
        "steps": steps,
    }
