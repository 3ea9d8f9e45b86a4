"""Arms: what each group of participants is to receive, where what was given is recorded, when a dose is changed.

Knows no participant and no other room of the trial: items and variables are referred to by name.
"""

from equipoise.arms.dose_rules import SEVERITY, DoseRule, Recommendation
from equipoise.arms.dose_schedule import DosePhase, DrugSchedule, days_from_start
from equipoise.arms.regimen import Arm, DrugDose, GivenBy, Procedure, Radiotherapy, Treatment

__all__ = [
    "SEVERITY",
    "Arm",
    "DosePhase",
    "DoseRule",
    "DrugDose",
    "DrugSchedule",
    "GivenBy",
    "Procedure",
    "Radiotherapy",
    "Recommendation",
    "Treatment",
    "days_from_start",
]
