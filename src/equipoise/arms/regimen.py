"""Arms and their regimens: what each group of participants is to receive, in doses, units and days.

Knows no participant and no other room of the trial; days count from the start of the arm's treatment (day 1).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from equipoise.wording import (
    CENTURY,
    Clause,
    Count,
    DayCount,
    DayOfTreatment,
    Identifier,
    Number,
    Sourced,
    Text,
    WholeNumber,
    inconsistent,
)

__all__ = ["Arm", "DrugDose", "DrugSchedule", "GivenBy", "Procedure", "Radiotherapy", "Treatment"]


class GivenBy(Clause):
    """Where the record says what was given: each record of `form`, or each row of the group that holds the items.

    `date` is the form's own date unless it is named; `given` says whether it was given; `fractions` counts those of a
    record of radiotherapy, which is one without it.
    """

    form: Identifier
    date: Identifier | None = None
    given: Identifier | None = None
    dose: Identifier | None = None
    fractions: Identifier | None = None


class DrugSchedule(Clause):
    """Doses on `first_day`, then every `every_days` days, `count` times in all."""

    first_day: DayOfTreatment = 1
    every_days: DayCount
    count: Count

    @model_validator(mode="after")
    def _within_a_life(self) -> DrugSchedule:
        last = self.first_day + (self.count - 1) * self.every_days
        if last > CENTURY:
            raise inconsistent("schedule.century", last=last, most=CENTURY)
        return self


class DrugDose(Clause):
    """One drug of a regimen.

    A dose by body surface, by weight or by area under the curve is multiplied with `scaled_by`.
    """

    kind: Literal["drug"]
    id: Identifier
    label: Text
    dose: Sourced[Number]
    unit: str
    route: str
    schedule: Sourced[DrugSchedule]
    administration: Text | None = None
    scaled_by: Identifier | None = None
    given_by: GivenBy | None = None


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
