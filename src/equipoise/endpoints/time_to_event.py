"""Time-to-event endpoints: origin, event sources, censoring sources; or a duration that was recorded as such.

The earliest event counts; without an event, the latest censoring date does (ADaM ADTTE). An event after a censoring
marked `stops: true` does not count: such a censoring cuts the follow-up where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import model_validator

from equipoise.endpoints.dating import CENSORED, EVENT, Censoring, EventSource, date_ends
from equipoise.endpoints.kind import EndpointKind, Role, Use
from equipoise.rules import evaluate
from equipoise.wording import Clause, Identifier, Rule, Text, inconsistent

if TYPE_CHECKING:
    import polars as pl

__all__ = ["TIME_TO_EVENT", "TimeToEvent"]


class TimeToEvent(Clause):
    """Time from `origin` to the first event, in days; or, for a record of the time alone, `duration` and `event`."""

    kind: Literal["time_to_event"]
    id: Identifier
    label: Text
    short: str
    description: Text
    role: Role
    origin: Identifier | None = None
    events: tuple[EventSource, ...] = ()
    censoring: tuple[Censoring, ...] = ()
    duration: Identifier | None = None
    event: Rule | None = None
    death: Literal["event", "competing", "censored"]
    display_unit: Literal["days", "months", "years"] = "months"
    assumption: bool = False
    source: str | None = None

    @model_validator(mode="after")
    def _one_way_to_time(self) -> TimeToEvent:
        dated = self.origin is not None and bool(self.events) and bool(self.censoring)
        measured = self.duration is not None and self.event is not None
        if dated == measured:
            raise inconsistent("time_to_event.one_way")
        return self


def _uses(endpoint: TimeToEvent) -> tuple[Use, ...]:
    return tuple(_each_use(endpoint))


def _each_use(endpoint: TimeToEvent) -> Iterator[Use]:
    if endpoint.origin is not None:
        yield Use(("origin",), endpoint.origin, "date")
    if endpoint.duration is not None:
        yield Use(("duration",), endpoint.duration, "days")
    sections: tuple[tuple[str, Sequence[EventSource | Censoring]], ...] = (
        ("events", endpoint.events),
        ("censoring", endpoint.censoring),
    )
    for section, sources in sections:
        for place, source in enumerate(sources):
            yield Use((section, place, "date"), source.date, "date")
            if source.when is not None:
                yield Use((section, place, "when"), source.when, "boolean")
    if endpoint.event is not None:
        yield Use(("event",), endpoint.event, "boolean")


def _rows(frame: pl.DataFrame, endpoint: TimeToEvent) -> pl.DataFrame:
    """Columns time_days (null when unknown), status (0 censored, 1 event, 2 competing), event (status 1), reason (the
    clause that decided), source (its date's name), origin and ended (dates)."""
    import polars as pl

    if endpoint.duration is not None:
        rows = _measured(frame, endpoint)
    else:
        rows = date_ends(frame, endpoint.origin or "", endpoint.events, endpoint.censoring)
    unusable = pl.col("problem").is_not_null()
    rows = rows.with_columns(
        pl.when(unusable).then(None).otherwise(pl.col(name)).alias(name)
        for name in ("time_days", "status", "reason", "source")
    )
    return rows.with_columns((pl.col("status") == EVENT).alias("event"))


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


_MEASURED = {"event": Text(en="event", zh="事件"), "censored": Text(en="censored", zh="删失")}


def _reasons(endpoint: TimeToEvent) -> dict[str, Text]:
    if endpoint.duration is not None:
        return dict(_MEASURED)
    labels = {source.id: source.label for source in endpoint.events}
    return labels | {censoring.id: censoring.label for censoring in endpoint.censoring}


TIME_TO_EVENT = EndpointKind(
    id="time_to_event",
    clause=TimeToEvent,
    noun=("times to an event", "至事件时间终点"),
    columns=("time_days", "status", "event", "reason", "source", "origin", "ended"),
    uses=_uses,
    rows=_rows,
    time_unit=lambda endpoint: str(endpoint.display_unit),
    reasons=_reasons,
)
