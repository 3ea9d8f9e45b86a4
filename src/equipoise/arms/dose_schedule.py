"""When a drug is given, as protocols say it: on days 1 to 5 of a cycle, three times a day, in phases.

A phase may have a dose of its own, so that a dose that is stepped up is one treatment. Days count from day 1 of the
arm's treatment; there is no day 0. Knows no participant and no drug.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from equipoise.medicine.dosing import DoseStretch, StretchedSchedule
from equipoise.wording import CENTURY, Clause, Count, DayCount, DayOfTreatment, PositiveNumber, inconsistent
from equipoise.wording.literals import literals_checked

__all__ = ["DosePhase", "DrugSchedule", "Each", "days_from_start", "plan_of"]

Each = Literal["dose", "day", "cycle"]
"""What one record stands for: one dose, all doses of a day, all doses of a cycle."""
Day = Annotated[int, Field(ge=1, le=366)]
DayRange = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,2}-[1-9][0-9]{0,2}$", description="the first and the last day")]
TimesADay = Annotated[int, Field(ge=1, le=24)]


def days_from_start(day: int) -> int:
    """Days from day 1 to a day of the regimen; there is no day 0."""
    return day - 1 if day > 0 else day


def _listed(days: tuple[int | str, ...]) -> Iterator[int]:
    for one in days:
        first, _, last = str(one).partition("-")
        yield from range(int(first), int(last or first) + 1)


def _in_order(days: tuple[int | str, ...], every_days: int) -> None:
    """Raises when the days of a cycle are not in order, come twice, or lie outside of it."""
    listed = list(_listed(days))
    if listed != sorted(set(listed)) or (days and not listed):
        raise inconsistent("schedule.days_order")
    if listed and listed[-1] > every_days:
        raise inconsistent("schedule.days_outside", day=listed[-1], every=every_days)


class DosePhase(Clause):
    """A stretch of a schedule: on `days` of each of `count` cycles of `every_days` days, `times_a_day` times.

    `first_day` is day 1 of its first cycle; without it, the phase follows on the one before. `dose` is in the drug's
    unit; without it, the drug's own.
    """

    first_day: DayOfTreatment | None = None
    every_days: DayCount
    count: Count
    days: tuple[Day | DayRange, ...] = ()
    times_a_day: TimesADay = 1
    dose: PositiveNumber | None = None

    @model_validator(mode="after")
    def _days_fit(self) -> DosePhase:
        _in_order(self.days, self.every_days)
        return self

    @property
    def cycle_days(self) -> tuple[int, ...]:
        """The days of each cycle with a dose, counted from 1."""
        return tuple(_listed(self.days)) or (1,)


class DrugSchedule(Clause):
    """One phase by its own keys, or several under `phases`."""

    first_day: DayOfTreatment = 1
    every_days: DayCount | None = None
    count: Count | None = None
    days: tuple[Day | DayRange, ...] = ()
    times_a_day: TimesADay = 1
    phases: tuple[DosePhase, ...] = Field(default=(), max_length=50)

    @model_validator(mode="after")
    def _one_way(self) -> DrugSchedule:
        own = {"first_day", "every_days", "count", "days", "times_a_day"} & self.model_fields_set
        if self.phases and own:
            raise inconsistent("schedule.one_way")
        if not self.phases and (self.every_days is None or self.count is None):
            raise inconsistent("schedule.incomplete")
        if self.every_days is not None:
            _in_order(self.days, self.every_days)
        stretches = plan_of(self, "1", 1.0, "dose").stretches
        for number, (one, other) in enumerate(pairwise(stretches), start=2):
            if other.day_of(0) <= one.day_of(one.doses - 1):
                raise inconsistent("schedule.phases_order", number=number)
        if (last := stretches[-1].day_of(stretches[-1].doses - 1) + 1) > CENTURY:
            raise inconsistent("schedule.century", last=last, most=CENTURY)
        return self

    @property
    def parts(self) -> tuple[DosePhase, ...]:
        """The phases, or the schedule itself as the one there is."""
        if self.phases:
            return self.phases
        assert self.every_days is not None  # seen to when it was read
        assert self.count is not None
        return (
            DosePhase(
                first_day=self.first_day,
                every_days=self.every_days,
                count=self.count,
                days=self.days,
                times_a_day=self.times_a_day,
            ),
        )


@literals_checked
def plan_of(schedule: DrugSchedule, unit: str, dose: float | None, each: Each) -> StretchedSchedule:
    """The schedule as doses in `unit`, or as what one record stands for."""
    found: list[DoseStretch] = []
    begins = 0
    for phase in schedule.parts:
        begins = begins if phase.first_day is None else days_from_start(phase.first_day)
        amount = dose if phase.dose is None else phase.dose
        assert amount is not None  # a phase without a dose has the drug's
        days, times = phase.cycle_days, phase.times_a_day
        if each != "dose":
            amount, times = amount * times, 1
        if each == "cycle":
            amount, days = amount * len(days), days[:1]
        found.append(DoseStretch(begins, amount, phase.every_days, phase.count, days, times))
        begins = found[-1].ends
    return StretchedSchedule(unit, tuple(found))
