"""The schedule: visits in the order in which they come, each with its day, window, repetition and forms.

The order of the list is the order of the trial: a rule at one visit may use what was recorded at it or before it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from equipoise.wording import (
    CENTURY,
    Clause,
    Count,
    DayCount,
    DayOffset,
    DaySpan,
    Identifier,
    Rule,
    Sourced,
    Text,
    inconsistent,
)

__all__ = ["DateRules", "Held", "Repeat", "Visit", "Window"]

Held = Literal["asked", "kept", "refused"]
"""What becomes of a date that does not agree: a query asks about it; it is kept as a deviation and nobody is asked; or
the act that brings it about is refused.
"""


class Window(Clause):
    """Days by which a visit may come before or after its planned day."""

    before: DaySpan = 0
    after: DaySpan = 0
    assumption: bool = False
    source: str | None = None


class Repeat(Clause):
    """`count` occurrences, `every_days` apart; the first falls on the visit's own day."""

    every_days: DayCount
    count: Count


class Visit(Clause):
    """A planned contact, or (`kind: log`) a place for forms that may be recorded at any time and any number of times.

    `past_forms` are those of its forms that tell of what was done before it: their days may lie before the window.
    `day` counts from `anchor`. `act` marks the visit at whose end participants are enrolled or randomized.
    """

    id: Identifier
    label: Text
    kind: Literal["scheduled", "log"] = "scheduled"
    anchor: Literal["consent", "enrollment", "randomization"] | None = None
    day: Sourced[DayOffset] | None = None
    window: Window = Window()
    repeat: Sourced[Repeat] | None = None
    forms: tuple[Identifier, ...] = ()
    past_forms: tuple[Identifier, ...] = ()
    optional: bool = False
    when: Rule | None = None
    act: tuple[Literal["consent", "enroll", "randomize"], ...] = ()

    @model_validator(mode="after")
    def _scheduled_has_a_day(self) -> Visit:
        if self.kind == "scheduled" and (self.anchor is None or self.day is None):
            raise inconsistent("visit.no_day")
        timed = self.day is not None or self.window != Window() or self.repeat is not None or self.optional
        if self.kind == "log" and (timed or self.past_forms or self.act):
            raise inconsistent("visit.log")
        if self.day is not None and self.repeat is not None:
            last = self.day.value + (self.repeat.value.count - 1) * self.repeat.value.every_days
            if last > CENTURY:
                raise inconsistent("visit.century", last=last, most=CENTURY)
        return self


class DateRules(Clause):
    """What becomes of dates that do not agree with one another or with the schedule; `asked`, where nothing is said.

    `window`: a visit outside its window, or before its anchor. `order`: before the visit before it, or after the next.
    `acts`: consent, enrollment and randomization out of order. `opening`: screened before the site was opened.
    `consent`: an adverse event that began before consent. `leaving`: observed after the participant had left. `death`:
    observed, or consent, enrollment or randomization, after the day of death.
    """

    window: Held = "asked"
    order: Held = "asked"
    acts: Held = "asked"
    opening: Held = "asked"
    consent: Held = "asked"
    leaving: Held = "asked"
    death: Held = "asked"
