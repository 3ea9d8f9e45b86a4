"""Which queries there are, and for how many days each has waited.

Answers from the queries' projection alone. Says nothing of arms: no query does. Days are whole days in UTC, counted to
the closing, or to the moment of looking; a rehearsal lives by its own clock, and is looked at on the day of its last
entry.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from equipoise.conduct.folder.reading import day_of_looking
from equipoise.conduct.folder.study import Study
from equipoise.conduct.folder.words import refuse
from equipoise.conduct.state.query import UNCLOSED

__all__ = ["ListedQuery", "days_between", "list_queries"]


@dataclass(frozen=True, slots=True)
class ListedQuery:
    """One query of the list: `row` is what the projection keeps, `days` how long it was or has been unclosed."""

    row: Mapping[str, Any]
    days: int


def days_between(first: str, last: str) -> int:
    """Whole days between two instants of the ledger, by their dates in UTC; never below 0."""
    return max((date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days, 0)


def list_queries(
    study: Study,
    *,
    site: str | None = None,
    participant: str | None = None,
    statuses: Collection[str] = UNCLOSED,
    now: datetime | None = None,
) -> list[ListedQuery]:
    """Queries in the order in which they were raised, of the sites of which whoever looks at the study may read.

    Raises Refusal for a person who reads none, and for a site or participant that is not there for them.
    """
    reader = study.reader()
    own = reader.come_in("queries")
    sites = [known.id for known in study.protocol.sites if own is None or known.id in own]
    if site is not None and site not in sites:
        with nullcontext() if own is None else reader.keeping("queries"):
            refuse("queries.site", site, site=site, sites=sites)
    person = None if participant is None else study.store.projected(study.id, "participants", participant)
    if participant is not None and (person is None or not (own is None or person["site"] in own)):
        with nullcontext() if own is None else reader.keeping("queries", participant):
            refuse("participant.unknown", participant, participant=participant)
    head = study.store.head(study.id)
    last = next(iter(study.store.read(study.id, after=head.seq - 1)), None)
    until = day_of_looking(study.environment, last.at if last is not None else "", now)
    rows = sorted(study.store.projection(study.id, "queries").values(), key=lambda row: int(row["query"][1:]))
    return [
        ListedQuery(row, days_between(row["steps"][0]["at"], _last_day(row, until)))
        for row in rows
        if row["status"] in statuses
        and (own is None or row["site"] in own)
        and site in (None, row["site"])
        and participant in (None, row["participant"])
    ]


def _last_day(row: Mapping[str, Any], until: str) -> str:
    return str(row["steps"][-1]["at"]) if row["status"] == "closed" else until
