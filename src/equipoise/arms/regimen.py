"""Arms and their regimens: what each group of participants is to receive, in doses, units and days.

Knows no participant and no other room of the trial; days count from the start of the arm's treatment (day 1).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from equipoise.arms.dose_schedule import DrugSchedule, Each, plan_of
from equipoise.medicine.dosing import StretchedSchedule
from equipoise.wording import (
    Clause,
    DayCount,
    DayOfTreatment,
    Identifier,
    Number,
    Rule,
    Sourced,
    Text,
    WholeNumber,
    bare,
    inconsistent,
)

__all__ = ["Arm", "DrugDose", "GivenBy", "Procedure", "Radiotherapy", "Treatment"]


class GivenBy(Clause):
    """Where the record says what was given: each record of `form`, or each row of the group that holds the items.

    `date` is the form's own date unless it is named; `given` says whether it was given; `fractions` counts those of a
    record of radiotherapy, which is one without it. `when` says which records are of this treatment, where a form or
    group holds those of several; `each` whether a record is one dose, all doses of a day, or all of a cycle.
    """

    form: Identifier
    date: Identifier | None = None
    given: Identifier | None = None
    dose: Identifier | None = None
    fractions: Identifier | None = None
    when: Rule | None = None
    each: Each = "dose"


class DrugDose(Clause):
    """One drug of a regimen.

    A dose by body surface, by weight or by area under the curve is multiplied with `scaled_by`. `dose` is that of every
    phase without a dose of its own.
    """

    kind: Literal["drug"]
    id: Identifier
    label: Text
    dose: Sourced[Number] | None = None
    unit: str
    route: str
    schedule: Sourced[DrugSchedule]
    administration: Text | None = None
    scaled_by: Identifier | None = None
    given_by: GivenBy | None = None

    @model_validator(mode="after")
    def _every_phase_has_one_dose(self) -> DrugDose:
        if (self.dose is None) != all(phase.dose is not None for phase in self.schedule.value.parts):
            raise inconsistent("drug.dose")
        return self

    @property
    def plan(self) -> StretchedSchedule:
        """Every dose with its day and its amount, as one record of it counts them."""
        return plan_of(self.schedule.value, self.unit, bare(self.dose), self.given_by.each if self.given_by else "dose")

    @property
    def plan_of_single_doses(self) -> StretchedSchedule:
        """Every single dose with its day, whatever a record stands for."""
        return plan_of(self.schedule.value, self.unit, bare(self.dose), "dose")

    @property
    def doses(self) -> tuple[float, ...]:
        """One dose in each phase, in the order of the phases."""
        usual = bare(self.dose)
        return tuple(usual if p.dose is None else p.dose for p in self.schedule.value.parts)  # type: ignore[misc]

    def one_dose(self, number: int) -> float:
        """A single dose at that place of the plan, also where a record stands for several."""
        return self.doses[self.plan.stretch_of(number)]


class Radiotherapy(Clause):
    """One course of radiotherapy: total dose (Gy) in `fractions`, `fractions_per_week` on working days.

    `days` is the planned overall time, from the first fraction to the last, both counted.
    """

    kind: Literal["radiotherapy"]
    id: Identifier
    label: Text
    dose_gy: Sourced[Number]
    fractions: Sourced[WholeNumber]
    fractions_per_week: Sourced[WholeNumber]
    first_day: DayOfTreatment = 1
    days: Sourced[DayCount] | None = None
    technique: Text | None = None
    given_by: GivenBy | None = None


class Procedure(Clause):
    """Anything else that an arm prescribes, in words."""

    kind: Literal["procedure"]
    id: Identifier
    label: Text
    text: Text | None = None


Treatment = Annotated[DrugDose | Radiotherapy | Procedure, Field(discriminator="kind")]


class Arm(Clause):
    """A group of participants who are to receive the same regimen."""

    id: Identifier
    label: Text
    role: Literal["experimental", "control"]
    description: Text | None = None
    regimen: tuple[Treatment, ...] = ()
