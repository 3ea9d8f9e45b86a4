"""Doses of a drug: planned by date, given or not, and what became of the plan.

`planning` turns a schedule into doses with dates and milligrams, `course` holds what was given against it, `frames`
does so for a whole study at once, and `rules` is what a form may ask for. Why a dose is changed is the protocol's to
say.
"""

from equipoise.medicine.dosing.course import DoseRecord, Judged, judge_course, relative_dose_intensity
from equipoise.medicine.dosing.planning import (
    DosePlan,
    DoseSchedule,
    DoseStretch,
    PlannedDose,
    StretchedSchedule,
    amount_mg,
    dose_in_unit,
    plan_doses,
)

__all__ = [
    "DosePlan",
    "DoseRecord",
    "DoseSchedule",
    "DoseStretch",
    "Judged",
    "PlannedDose",
    "StretchedSchedule",
    "amount_mg",
    "dose_in_unit",
    "judge_course",
    "plan_doses",
    "relative_dose_intensity",
]
