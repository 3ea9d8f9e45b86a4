"""The queries of a cut: one row for each, as it stood at the cut's entry, with who, when, and for how many days.

An erased query keeps its row and loses its words. Holds no arm: no query does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from equipoise.conduct.folder.query_list import days_between
from equipoise.conduct.state.query import Query, query_entry

if TYPE_CHECKING:
    import polars as pl

    from equipoise.conduct.state.state import ParticipantState

__all__ = ["queries_frame"]

_COLUMNS = {
    "query": str,
    "participant": str,
    "site": str,
    "visit": str,
    "occurrence": int,
    "form": str,
    "group": str,
    "row": int,
    "items": str,
    "check": str,
    "status": str,
    "by_system": bool,
    "text_en": str,
    "text_zh": str,
    "raised_at": str,
    "raised_by": str,
    "answers": int,
    "answered_at": str,
    "answered_by": str,
    "answer": str,
    "reopened": int,
    "closed_at": str,
    "closed_by": str,
    "closed_by_system": bool,
    "reason": str,
    "days_open": int,
}


def queries_frame(people: Iterable[ParticipantState], until: str) -> pl.DataFrame:
    """One row per query in the order in which they were raised.

    `until`: the cut's moment, to which open ones are counted.
    """
    import polars as pl

    queries = sorted((one for person in people for one in person.queries.values()), key=lambda one: query_entry(one.id))
    types = {str: pl.String, int: pl.Int64, bool: pl.Boolean}
    rows = [_row(query, until) for query in queries]
    return pl.DataFrame(
        {name: [row[name] for row in rows] for name in _COLUMNS},
        schema={name: types[kind] for name, kind in _COLUMNS.items()},
    )


def _row(query: Query, until: str) -> dict[str, Any]:
    place, raised = query.place, query.steps[0]
    answers = [step for step in query.steps if step.what == "query_answered"]
    answer = answers[-1] if answers else None
    closed = None if query.unclosed else query.steps[-1]
    return {
        "query": query.id,
        "participant": query.participant,
        "site": query.site,
        "visit": place.visit,
        "occurrence": place.occurrence,
        "form": place.form,
        "group": place.group,
        "row": place.row,
        "items": " ".join(place.items) or None,
        "check": query.check,
        "status": query.status,
        "by_system": raised.system,
        "text_en": raised.text.get("en"),
        "text_zh": raised.text.get("zh"),
        "raised_at": raised.at,
        "raised_by": raised.by,
        "answers": len(answers),
        "answered_at": answer and answer.at,
        "answered_by": answer and answer.by,
        "answer": answer and answer.text.get("said"),
        "reopened": sum(s.what == "query_reopened" for s in query.steps),
        "closed_at": closed and closed.at,
        "closed_by": closed and closed.by,
        "closed_by_system": closed and closed.system,
        "reason": closed and (closed.text.get("said") or closed.text.get("en")),
        "days_open": days_between(raised.at, closed.at if closed else until),
    }
