"""The dating of events: from dates of events and of censoring to one time, status and reason for each participant.

The earliest event decides; without one the latest censoring date does; a censoring that stops follow-up wins over a
later event (CDISC ADaM Basic Data Structure for Time-to-Event Analyses 1.0). Time is the difference of the dates in
days, so an event on the day of origin is at 0. Refuses to invent a time: who has none keeps the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from equipoise.rules import evaluate
from equipoise.wording import Clause, Identifier, Rule, Text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CENSORED", "COMPETING", "EVENT", "Censoring", "EventSource", "date_ends"]

CENSORED, EVENT, COMPETING = 0, 1, 2


class EventSource(Clause):
    """`date` names a date item, variable or built-in; the event is there when it is, and `when` (if given) is true.

    `kind: competing` makes it a competing event, which ends follow-up without being the event.
    """

    id: Identifier
    label: Text
    date: Identifier
    when: Rule | None = None
    kind: Literal["event", "competing"] = "event"


class Censoring(Clause):
    """Where follow-up ends without an event, and why. `stops: true` censors there even when an event follows."""

    id: Identifier
    label: Text
    date: Identifier
    when: Rule | None = None
    stops: bool = False


class _End(NamedTuple):
    """One clause that may decide, the column that holds its dates, and the status of whoever ends there."""

    column: str
    clause: EventSource | Censoring
    status: int


def date_ends(
    frame: pl.DataFrame, origin: str, events: Sequence[EventSource], censoring: Sequence[Censoring]
) -> pl.DataFrame:
    """One row per participant, in the order of the frame: participant, arm, origin, ended, time_days, status, reason
    (the clause that decided), source (the name of its date), problem."""
    import polars as pl

    happened, without = _events(events), _censorings(censoring)
    work = frame.select("participant", "arm", pl.col(origin).cast(pl.Date).alias("origin"))
    work = work.with_columns(_dates(frame, end) for end in (*happened, *without))
    work = _find_end(work, happened, without)
    reason, source, status = _decided(happened, without)
    time = (pl.col("ended") - pl.col("origin")).dt.total_days()
    problem = (
        pl.when(pl.col("origin").is_null())
        .then(pl.lit("no_origin"))
        .when(pl.col("ended").is_null())
        .then(pl.lit("no_end"))
        .when(time < 0)
        .then(pl.lit("before_origin"))
    )
    return work.with_columns(
        time.cast(pl.Float64).alias("time_days"),
        status.alias("status"),
        reason.alias("reason"),
        source.alias("source"),
        problem.alias("problem"),
    )


def _events(events: Sequence[EventSource]) -> list[_End]:
    """In the order in which they decide about one day: the event itself before a competing one, then as written.

    A death certificate that names the relapse carries the day of death for both: the relapse is what was asked about,
    and calling it competing would count an event as none.
    """
    ends = [
        _End(f"e{place}", event, COMPETING if event.kind == "competing" else EVENT)
        for place, event in enumerate(events)
    ]
    return sorted(ends, key=lambda end: end.status == COMPETING)


def _censorings(censoring: Sequence[Censoring]) -> list[_End]:
    """Those that stop follow-up first: where both lie on the day of the end, the reason that forced it is told."""
    ends = [_End(f"c{place}", clause, CENSORED) for place, clause in enumerate(censoring)]
    return sorted(ends, key=lambda end: not _stops(end))


def _stops(end: _End) -> bool:
    return isinstance(end.clause, Censoring) and end.clause.stops


def _dates(frame: pl.DataFrame, end: _End) -> pl.Series:
    """The clause's dates of those for whom its condition is true. "Not yet known" is not true: nobody has an event on
    the strength of a form that is still missing; the condition is asked again at the next cut."""
    import polars as pl

    date = frame[end.clause.date].cast(pl.Date)
    if end.clause.when:
        holds = evaluate(end.clause.when, frame).fill_null(value=False).cast(pl.Boolean)
        date = pl.select(pl.when(holds).then(date).otherwise(None)).to_series()
    return date.alias(end.column)


def _find_end(work: pl.DataFrame, happened: Sequence[_End], without: Sequence[_End]) -> pl.DataFrame:
    """`_hit`: whether an event decides; `ended`: the day of the end, null where nothing is known of anybody's end.

    The first event is the endpoint (a second progression is a later question); the last sign of being free of it is the
    censoring, for each earlier contact only says that it had not happened by then. A censoring that stops is the
    exception: nothing after it counts, so the first of these cuts, and an event counts only until that very day. On
    that day itself the event wins: what was seen then was seen under the treatment that was asked about.
    """
    import polars as pl

    stops = [end.column for end in without if _stops(end)]
    nothing = pl.lit(None, dtype=pl.Date)
    work = work.with_columns(
        pl.min_horizontal(end.column for end in happened).alias("_event"),
        (pl.min_horizontal(stops) if stops else nothing).alias("_stop"),
        pl.max_horizontal(end.column for end in without).alias("_last"),
    )
    in_time = pl.col("_stop").is_null() | (pl.col("_event") <= pl.col("_stop"))
    work = work.with_columns((pl.col("_event").is_not_null() & in_time).alias("_hit"))
    return work.with_columns(pl.when("_hit").then("_event").otherwise(pl.coalesce("_stop", "_last")).alias("ended"))


def _decided(happened: Sequence[_End], without: Sequence[_End]) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Reason, source and status: of the first clause whose date is the end, among events where an event decides and
    among censorings where none does. Several may lie on that day; the order of both lists says which is told."""
    import polars as pl

    fits = [(pl.col("_hit") & (pl.col(end.column) == pl.col("ended")), end) for end in happened]
    fits += [(~pl.col("_hit") & (pl.col(end.column) == pl.col("ended")), end) for end in without]
    reason = pl.coalesce(pl.when(here).then(pl.lit(end.clause.id)) for here, end in fits)
    source = pl.coalesce(pl.when(here).then(pl.lit(end.clause.date)) for here, end in fits)
    statuses = [pl.when(here).then(pl.lit(end.status, dtype=pl.Int8)) for here, end in fits]
    return reason, source, pl.coalesce(*statuses, pl.lit(CENSORED, dtype=pl.Int8))
