"""The description of endpoints: time-to-event (origin, event sources, censoring sources), binary, continuous.

The earliest event counts; without an event, the latest censoring date does (ADaM ADTTE). An event after a censoring
marked `stops: true` does not count: such a censoring cuts the follow-up where it stands.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from equipoise.wording import Clause, Identifier, Rule, Text, inconsistent

__all__ = ["BinaryEndpoint", "Censoring", "ContinuousEndpoint", "Endpoint", "EventSource", "TimeToEvent"]


class EventSource(Clause):
    """`date` names a date item, variable or built-in; the event is there when the date is, and `when` (if given) is true.

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


class TimeToEvent(Clause):
    """Time from `origin` to the first event, in days; or, for a record that holds only the duration, `duration` and `event`."""

    kind: Literal["time_to_event"]
    id: Identifier
    label: Text
    short: str
    description: Text
    role: Literal["primary", "secondary", "exploratory"]
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


class BinaryEndpoint(Clause):
    """True, false or not known for each participant, by a rule."""

    kind: Literal["binary"]
    id: Identifier
    label: Text
    short: str
    description: Text
    role: Literal["primary", "secondary", "exploratory"]
    rule: Rule
    assumption: bool = False
    source: str | None = None


class ContinuousEndpoint(Clause):
    """A number for each participant, by a rule."""

    kind: Literal["continuous"]
    id: Identifier
    label: Text
    short: str
    description: Text
    role: Literal["primary", "secondary", "exploratory"]
    rule: Rule
    unit: str | None = None
    assumption: bool = False
    source: str | None = None


Endpoint = Annotated[TimeToEvent | BinaryEndpoint | ContinuousEndpoint, Field(discriminator="kind")]
