"""From a schedule to planned doses: on which days, how much of the unit, how many milligrams for this body.

A dose by body surface, weight or area under the curve becomes milligrams with the size as of its own day. Knows no
participant; carboplatin by Calvert (1989, J Clin Oncol 7:1748).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Protocol

from equipoise.medicine.renal_function import carboplatin_dose

__all__ = [
    "UNITS",
    "DosePlan",
    "DoseSchedule",
    "DoseStretch",
    "PlannedDose",
    "StretchedSchedule",
    "amount_mg",
    "dose_in_unit",
    "plan_doses",
]

UNITS = ("mg/m2", "mg/kg", "mg", "mg.min/mL")
"""What a dose may be stated in: by body surface, by weight, as it is, or as an area under the curve."""


class DosePlan(Protocol):
    """What a plan of doses must say: on which days, counted from its first dose, how much is due; numbered from 1."""

    @property
    def unit(self) -> str:
        """In what every dose of it is stated."""

    @property
    def doses(self) -> int:
        """How many doses are planned in all."""

    @property
    def offsets(self) -> tuple[int, ...]:
        """Days from the first dose to each dose, in order."""

    def offset_of(self, number: int) -> int:
        """Days from the first dose to the one of that number, as if the plan went on for ever."""

    def interval_after(self, number: int) -> int:
        """Days that a dose covers: up to the next one."""

    def dose_of(self, number: int) -> float:
        """How much the dose of that number is."""


@dataclass(frozen=True, slots=True)
class DoseSchedule:
    """`dose` in `unit` on each of `cycle_days` (day 1 is the first) of `cycles` cycles
    that are `every_days` days long.
    """

    dose: float
    unit: str
    every_days: int
    cycles: int
    cycle_days: tuple[int, ...] = (1,)

    @property
    def offsets(self) -> tuple[int, ...]:
        """Days from the first dose to each dose, in order."""
        start = self.cycle_days[0]
        return tuple(c * self.every_days + day - start for c in range(self.cycles) for day in self.cycle_days)

    @property
    def doses(self) -> int:
        """How many doses are planned in all."""
        return self.cycles * len(self.cycle_days)

    def interval_after(self, number: int) -> int:
        """Days that a dose covers (numbers count from 1): up to the next one,
        and after the last up to the end of its cycle.
        """
        return self.offset_of(number + 1) - self.offset_of(number)

    def offset_of(self, number: int) -> int:
        """Days from the first dose to the one of that number, as if the schedule went on for ever."""
        cycle, place = divmod(number - 1, len(self.cycle_days))
        return cycle * self.every_days + self.cycle_days[place] - self.cycle_days[0]

    def dose_of(self, number: int) -> float:  # noqa: ARG002  every dose is the same
        """How much the dose of that number is."""
        return self.dose


@dataclass(frozen=True, slots=True)
class DoseStretch:
    """A part of a plan: `dose`, `times` on each of `cycle_days` of `cycles` cycles of `every_days` days.

    `begins` counts the days from day 1 of treatment to day 1 of its first cycle.
    """

    begins: int
    dose: float
    every_days: int
    cycles: int
    cycle_days: tuple[int, ...] = (1,)
    times: int = 1

    @property
    def doses(self) -> int:
        """How many doses it has."""
        return self.cycles * len(self.cycle_days) * self.times

    @property
    def ends(self) -> int:
        """Days from day 1 of treatment to the end of its last cycle."""
        return self.begins + self.cycles * self.every_days

    def day_of(self, place: int) -> int:
        """Days from day 1 of treatment to its dose at a place (from 0), as if it went on for ever."""
        cycle, rest = divmod(place // self.times, len(self.cycle_days))
        return self.begins + cycle * self.every_days + self.cycle_days[rest] - 1


@dataclass(frozen=True, slots=True)
class StretchedSchedule:
    """A plan of several stretches, one after the other, each with its own dose, interval and days; the last goes on."""

    unit: str
    stretches: tuple[DoseStretch, ...]

    @property
    def first(self) -> int:
        """Days from day 1 of treatment to the first dose."""
        return self.stretches[0].day_of(0)

    @property
    def doses(self) -> int:
        """How many doses are planned in all."""
        return sum(stretch.doses for stretch in self.stretches)

    @property
    def offsets(self) -> tuple[int, ...]:
        """Days from the first dose to each dose, in order."""
        return tuple(islice((day - self.first for day in self._days()), self.doses))

    def _days(self) -> Iterator[int]:
        for stretch in self.stretches:
            yield from map(stretch.day_of, range(stretch.doses))

    def _at(self, number: int) -> tuple[int, int]:
        """Which stretch the dose is in, and at which place of it, both from 0."""
        place = number - 1
        for which, stretch in enumerate(self.stretches[:-1]):
            if place < stretch.doses:
                return which, place
            place -= stretch.doses
        return len(self.stretches) - 1, place

    def stretch_of(self, number: int) -> int:
        """In which stretch, counted from 0, the dose of that number is."""
        return self._at(number)[0]

    def offset_of(self, number: int) -> int:
        """Days from the first dose to the one of that number, as if the last stretch went on for ever."""
        which, place = self._at(number)
        return self.stretches[which].day_of(place) - self.first

    def interval_after(self, number: int) -> int:
        """Days that a dose covers (numbers count from 1): up to the next one; none between doses of one day."""
        return self.offset_of(number + 1) - self.offset_of(number)

    def dose_of(self, number: int) -> float:
        """How much the dose of that number is."""
        return self.stretches[self.stretch_of(number)].dose


@dataclass(frozen=True, slots=True)
class PlannedDose:
    """One dose of the plan: its number (from 1), its day, and its dose in the schedule's unit."""

    number: int
    day: date
    dose: float
    unit: str


def plan_doses(schedule: DosePlan, first_day: date) -> tuple[PlannedDose, ...]:
    """The doses by date, the first on `first_day`."""
    return tuple(
        PlannedDose(number, first_day + timedelta(days=offset), schedule.dose_of(number), schedule.unit)
        for number, offset in enumerate(schedule.offsets, start=1)
    )


def amount_mg(
    dose: float,
    unit: str,
    *,
    body_surface: float | None = None,
    weight: float | None = None,
    gfr: float | None = None,
    surface_max: float | None = None,
    gfr_max: float | None = None,
    maximum_mg: float | None = None,
    round_to_mg: float | None = None,
) -> float | None:
    """The dose in mg for a body: surface in m2, weight in kg, gfr in mL/min; None where the size that it needs is
    missing.

    `surface_max` and `gfr_max` cap the size, `maximum_mg` the dose; `round_to_mg` rounds to the nearest multiple (a
    vial's content), halves up, and never over the maximum.
    """
    per_unit = _milligrams_per_unit(unit, body_surface, weight, gfr, surface_max, gfr_max)
    if per_unit is None:
        return None
    amount = dose * per_unit
    if maximum_mg is not None:
        amount = min(amount, maximum_mg)
    if not round_to_mg:
        return amount
    steps = int(amount / round_to_mg + 0.5)
    if maximum_mg is not None and steps * round_to_mg > maximum_mg:
        steps -= 1
    return steps * round_to_mg


def dose_in_unit(
    amount: float | None,
    unit: str,
    *,
    body_surface: float | None = None,
    weight: float | None = None,
    gfr: float | None = None,
    surface_max: float | None = None,
    gfr_max: float | None = None,
) -> float | None:
    """What a dose in mg is in the unit of its plan, by the size as of its day: the inverse of `amount_mg`."""
    per_unit = _milligrams_per_unit(unit, body_surface, weight, gfr, surface_max, gfr_max)
    return None if amount is None or per_unit is None else amount / per_unit


def _milligrams_per_unit(
    unit: str,
    body_surface: float | None,
    weight: float | None,
    gfr: float | None,
    surface_max: float | None,
    gfr_max: float | None,
) -> float | None:
    """How many mg one unit of the dose is for this body; None where its size is missing or is none."""
    if unit == "mg":
        return 1.0
    if unit == "mg.min/mL":
        return None if gfr is None or gfr < 0 else carboplatin_dose(1.0, gfr, gfr_max)
    size = weight
    if unit == "mg/m2":
        size = None if body_surface is None else min(body_surface, surface_max or body_surface)
    return size if size is not None and size > 0 else None
