"""From a schedule to planned doses: on which days, how much of the unit, how many milligrams for this body.

A dose by body surface, weight or area under the curve becomes milligrams with the size as of its own day. Knows no
participant; carboplatin by Calvert (1989, J Clin Oncol 7:1748).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from equipoise.medicine.renal_function import carboplatin_dose

__all__ = ["UNITS", "DoseSchedule", "PlannedDose", "amount_mg", "dose_in_unit", "plan_doses"]

UNITS = ("mg/m2", "mg/kg", "mg", "mg.min/mL")
"""What a dose may be stated in: by body surface, by weight, as it is, or as an area under the curve."""


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


@dataclass(frozen=True, slots=True)
class PlannedDose:
    """One dose of the plan: its number (from 1), its day, and its dose in the schedule's unit."""

    number: int
    day: date
    dose: float
    unit: str


def plan_doses(schedule: DoseSchedule, first_day: date) -> tuple[PlannedDose, ...]:
    """The doses by date, the first on `first_day`."""
    return tuple(
        PlannedDose(number, first_day + timedelta(days=offset), schedule.dose, schedule.unit)
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
