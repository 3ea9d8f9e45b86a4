"""A course of radiotherapy: its fractions by date, its overall time, interruptions and what compensated for them.

`working_days` knows weekends, public holidays and working weekends; `course` holds what was given against the
prescription; `rules` is what a form may ask for. Which holidays count, and when a course is prolonged, is the
protocol's to say.
"""

from equipoise.medicine.radiotherapy.course import (
    Course,
    Prescription,
    Session,
    biologically_effective_dose,
    interruption_days,
    judge_sessions,
    plan_fractions,
)
from equipoise.medicine.radiotherapy.working_days import WorkingDays, china, read_days

__all__ = [
    "Course",
    "Prescription",
    "Session",
    "WorkingDays",
    "biologically_effective_dose",
    "china",
    "interruption_days",
    "judge_sessions",
    "plan_fractions",
    "read_days",
]
