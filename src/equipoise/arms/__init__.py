"""Arms: what each group of participants is to receive, where what was given is recorded, when a dose is changed.

Knows no participant and no other room of the trial: items and variables are referred to by name.
"""

from equipoise.arms.dose_rules import SEVERITY, DoseRule, Recommendation
from equipoise.arms.regimen import Arm, DrugDose, DrugSchedule, GivenBy, Procedure, Radiotherapy, Treatment

__all__ = [
    "SEVERITY",
    "Arm",
    "DoseRule",
    "DrugDose",
    "DrugSchedule",
    "GivenBy",
    "Procedure",
    "Radiotherapy",
    "Recommendation",
    "Treatment",
]
