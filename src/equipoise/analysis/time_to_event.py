"""Time to event: an endpoint's clauses joined to the cut's variables, one analysis row per participant.

The earliest event decides; without one the latest censoring date does; a censoring that stops follow-up wins over a
later event (CDISC ADaM Basic Data Structure for Time-to-Event Analyses 1.0). Time is the difference of the dates in
days, so an event on the day of origin is at 0. Refuses to invent a time: who has none is kept aside, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from equipoise.analysis.lineage import entries_behind
from equipoise.findings import Finding, Where, prose
from equipoise.knowledge.derivation import derive
from equipoise.rules import evaluate, read_rule

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.endpoints import Censoring, EventSource, TimeToEvent
    from equipoise.protocol.document import Protocol

__all__ = ["CENSORED", "COMPETING", "EVENT", "derive_time_to_event", "endpoint_names", "find_problems", "frame_with"]

CENSORED, EVENT, COMPETING = 0, 1, 2


def endpoint_names(endpoint: TimeToEvent) -> list[str]:
    """Every name that the endpoint's clauses use, each once."""
    names: dict[str, None] = {}
    for name in (endpoint.origin, endpoint.duration):
        if name:
            names[name] = None
    sources: list[EventSource | Censoring] = [*endpoint.events, *endpoint.censoring]
    for source in sources:
        names[source.date] = None
        if source.when:
            names.update(dict.fromkeys(sorted(read_rule(source.when).names)))
    if endpoint.event:
        names.update(dict.fromkeys(sorted(read_rule(endpoint.event).names)))
    return list(names)


def frame_with(cut: Cut, protocol: Protocol, names: list[str]) -> pl.DataFrame:
    """The cut's variables, with any of `names` that they do not hold yet."""
    missing = [name for name in names if name not in cut.variables.columns]
    return derive(protocol, cut.tables, cut.variables, missing) if missing else cut.variables


def derive_time_to_event(cut: Cut, protocol: Protocol, endpoint: TimeToEvent) -> pl.DataFrame:
    """Analysis rows for every participant of the cut, in its order.

    Columns: participant, arm, time_days (float, null when unknown), status (0 censored, 1 event, 2 competing), event,
    reason (the clause that decided), source (its date's name), origin, ended (dates), seqs (ledger entries), problem
    (null for rows that can be analyzed).
    """
    import polars as pl

    names = endpoint_names(endpoint)
    frame = frame_with(cut, protocol, names)
    rows = _measured(frame, endpoint) if endpoint.duration else _dated(frame, endpoint)
    rows = rows.with_columns(
        pl.when(pl.col("problem").is_not_null()).then(None).otherwise(pl.col(name)).alias(name)
        for name in ("time_days", "status", "reason", "source")
    )
    behind = entries_behind(cut, protocol, [*names, "arm", "randomized"])
    rows = rows.join(behind, on="participant", how="left", maintain_order="left").with_columns(
        (pl.col("status") == EVENT).alias("event"),
        pl.col("seqs").fill_null(pl.lit([], dtype=pl.List(pl.Int64))),
    )
    columns = [
        "participant",
        "arm",
        "time_days",
        "status",
        "event",
        "reason",
        "source",
        "origin",
        "ended",
        "seqs",
        "problem",
    ]
    return rows.select(columns)


def _dated(frame: pl.DataFrame, endpoint: TimeToEvent) -> pl.DataFrame:
    import polars as pl

    far = pl.date(9999, 12, 31)
    columns: dict[str, pl.Series] = {}
    sources: dict[str, EventSource | Censoring] = {f"e{p}": source for p, source in enumerate(endpoint.events)}
    sources |= {f"c{p}": source for p, source in enumerate(endpoint.censoring)}
    for key, source in sources.items():
        date = frame[source.date].cast(pl.Date)
        if source.when:
            holds = evaluate(source.when, frame).fill_null(value=False).cast(pl.Boolean)
            date = pl.select(pl.when(holds).then(date).otherwise(None)).to_series()
        columns[key] = date
    work = pl.DataFrame(
        {
            "participant": frame["participant"],
            "arm": frame["arm"],
            "origin": frame[endpoint.origin or ""].cast(pl.Date),
            **columns,
        }
    )
    # On one day the event itself comes before a competing event, then the order of the clauses decides.
    order = sorted(range(len(endpoint.events)), key=lambda p: (endpoint.events[p].kind == "competing", p))
    events = [f"e{p}" for p in order]
    stops = [f"c{p}" for p, c in enumerate(endpoint.censoring) if c.stops]
    ends = [f"c{p}" for p in range(len(endpoint.censoring))]
    work = work.with_columns(
        pl.min_horizontal(events).alias("_event"),
        (pl.min_horizontal(stops) if stops else pl.lit(None, dtype=pl.Date)).alias("_stop"),
        pl.max_horizontal(ends).alias("_last"),
    ).with_columns(
        (pl.col("_event").is_not_null() & (pl.col("_event") <= pl.col("_stop").fill_null(far))).alias("_hit")
    )
    ended = pl.when("_hit").then("_event").otherwise(pl.coalesce("_stop", "_last"))
    work = work.with_columns(ended.alias("ended"))
    reason = pl.lit(None, dtype=pl.String)
    source_name = pl.lit(None, dtype=pl.String)
    status = pl.lit(CENSORED, dtype=pl.Int8)
    # Built from the last choice to the first, so that the first that fits is what remains.
    censor_order = [
        *[p for p, c in enumerate(endpoint.censoring) if c.stops],
        *[p for p, c in enumerate(endpoint.censoring) if not c.stops],
    ]
    for p in reversed(censor_order):
        clause = endpoint.censoring[p]
        fits = ~pl.col("_hit") & (pl.col(f"c{p}") == pl.col("ended"))
        reason = pl.when(fits).then(pl.lit(clause.id)).otherwise(reason)
        source_name = pl.when(fits).then(pl.lit(clause.date)).otherwise(source_name)
    for p in reversed(order):
        event = endpoint.events[p]
        fits = pl.col("_hit") & (pl.col(f"e{p}") == pl.col("ended"))
        reason = pl.when(fits).then(pl.lit(event.id)).otherwise(reason)
        source_name = pl.when(fits).then(pl.lit(event.date)).otherwise(source_name)
        status = (
            pl.when(fits)
            .then(pl.lit(COMPETING if event.kind == "competing" else EVENT, dtype=pl.Int8))
            .otherwise(status)
        )
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
        time.cast(pl.Float64).alias("time_days"), status.alias("status"), reason.alias("reason"),
        source_name.alias("source"), problem.alias("problem"),
    )  # fmt: skip


def _measured(frame: pl.DataFrame, endpoint: TimeToEvent) -> pl.DataFrame:
    import polars as pl

    name = endpoint.duration or ""
    holds = evaluate(endpoint.event or "", frame).cast(pl.Boolean)
    work = frame.select("participant", "arm", pl.col(name).cast(pl.Float64).alias("time_days"), holds.alias("_event"))
    problem = (
        pl.when(pl.col("time_days").is_null())
        .then(pl.lit("no_end"))
        .when(pl.col("_event").is_null())
        .then(pl.lit("no_status"))
        .when(pl.col("time_days") < 0)
        .then(pl.lit("before_origin"))
    )
    return work.with_columns(
        pl.when("_event").then(pl.lit(EVENT, dtype=pl.Int8)).otherwise(pl.lit(CENSORED, dtype=pl.Int8)).alias("status"),
        pl.when("_event").then(pl.lit("event")).otherwise(pl.lit("censored")).alias("reason"),
        pl.lit(name).alias("source"),
        pl.lit(None, dtype=pl.Date).alias("origin"),
        pl.lit(None, dtype=pl.Date).alias("ended"),
        problem.alias("problem"),
    )


_PROBLEMS: Mapping[str, tuple[str, str]] = {
    "no_origin": ("have no date of origin", "Record it, or choose a set in which everybody has one."),
    "no_end": (
        "have neither an event nor a censoring date",
        "Record the last contact, or add a censoring at the origin.",
    ),
    "no_status": ("have a duration but it is not known whether the event happened", "Record the status."),
    "before_origin": ("have an end before the origin", "Correct one of the two dates."),
}


def find_problems(rows: pl.DataFrame, endpoint: TimeToEvent) -> list[Finding]:
    """One warning for each reason why rows have no usable time, with their number."""
    counts = rows.drop_nulls("problem")["problem"].value_counts(sort=True)
    return [
        prose(
            f"analysis.{problem}",
            Where(path=f"endpoints.{endpoint.id}"),
            f"{count} participants {_PROBLEMS[problem][0]}",
            "without a time they cannot be analyzed",
            _PROBLEMS[problem][1],
            "warning",
        )
        for problem, count in counts.iter_rows()
    ]
