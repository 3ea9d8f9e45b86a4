"""A prescription as fractions by date, and what was given held against it.

Overall time counts the first and the last day. An interruption is the actual overall time less the planned one, in
days: what the weekends, holidays and the start's weekday explain is in the plan (BMC Cancer 2018, doi
10.1186/s12885-018-4495-2). Compensation as in Dale 2002, Clin Oncol 14:382: a second fraction on a day, at least six
hours apart, or a fraction on a day without treatment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from equipoise.medicine.radiotherapy.working_days import WorkingDays

__all__ = [
    "Course",
    "Prescription",
    "Session",
    "biologically_effective_dose",
    "interruption_days",
    "judge_sessions",
    "overall_days",
    "plan_fractions",
]


@dataclass(frozen=True, slots=True)
class Prescription:
    """Total dose in Gy, number of fractions, fractions per week (6: the sixth on Saturday; 7: every day)."""

    dose_gy: float
    fractions: int
    per_week: int = 5


@dataclass(frozen=True, slots=True)
class Session:
    """The fractions of one day: how many, and the Gy of each. `fractions` is 0 on a day that was missed."""

    day: date
    fractions: int
    dose_gy: float | None


@dataclass(frozen=True, slots=True)
class Course:
    """What was given against the plan up to the last fraction. `missed` are planned days without a fraction, in order.

    `extra` counts the fractions that make up for missed days: every second one of a day, and those on days without
    treatment.
    """

    fractions: int
    total_gy: float | None
    first: date
    last: date
    planned_end: date
    planned_days: int
    overall_days: int
    interruption_days: int
    missed: tuple[date, ...]
    extra: int

    @property
    def compensated(self) -> int:
        """How many missed days were made up for."""
        return min(len(self.missed), self.extra)


def plan_fractions(
    start: date, fractions: int, per_week: int = 5, calendar: WorkingDays | None = None
) -> tuple[date, ...]:
    """The days of the fractions: the first on `start`, whatever day that is,
    the others on the days of treatment that follow.
    """
    calendar = calendar or WorkingDays()
    days, day = [start], start
    while len(days) < fractions:
        day += timedelta(days=1)
        if calendar.treats(day, per_week):
            days.append(day)
    return tuple(days[: max(fractions, 1)])


def overall_days(first: date, last: date) -> int:
    """Days from the first to the last fraction, both counted."""
    return (last - first).days + 1


def interruption_days(
    prescription: Prescription, start: date, end: date, fractions: int, calendar: WorkingDays | None = None
) -> int:
    """Days beyond plan; negative when it went faster. A course
    that ended early is held against the plan of the fractions given.
    """
    planned = plan_fractions(start, min(fractions, prescription.fractions), prescription.per_week, calendar)
    return (end - planned[-1]).days


def judge_sessions(
    prescription: Prescription, sessions: Sequence[Session], calendar: WorkingDays | None = None
) -> Course | None:
    """The course so far; None when no fraction was given. Sessions come in any order; several of one day add up."""
    calendar = calendar or WorkingDays()
    given = [session for session in sessions if session.fractions > 0]
    if not given:
        return None
    by_day: dict[date, int] = {}
    for session in given:
        by_day[session.day] = by_day.get(session.day, 0) + session.fractions
    first, last, count = min(by_day), max(by_day), sum(by_day.values())
    planned = plan_fractions(first, prescription.fractions, prescription.per_week, calendar)
    treatment = [
        day
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
        if day == first or calendar.treats(day, prescription.per_week)
    ]
    missed = tuple(day for day in treatment if day not in by_day)
    on_plan = set(treatment)
    extra = sum(n if day not in on_plan else n - 1 for day, n in by_day.items())
    doses = [None if session.dose_gy is None else session.dose_gy * session.fractions for session in given]
    return Course(
        count,
        None if any(dose is None for dose in doses) else sum(dose or 0.0 for dose in doses),
        first,
        last,
        planned[-1],
        overall_days(first, planned[-1]),
        overall_days(first, last),
        interruption_days(prescription, first, last, count, calendar),
        missed,
        extra,
    )


def biologically_effective_dose(
    fractions: Iterable[tuple[int, float]],
    alpha_beta_gy: float,
    *,
    days: int | None = None,
    gy_per_day: float = 0.0,
    from_day: int = 28,
) -> float:
    """Sum of n d (1 + d / (alpha/beta)) over (n, d), less `gy_per_day` for each day of overall time beyond `from_day`.

    Fowler 1989, Br J Radiol 62:679, and Dale 2002 (textbook knowledge, not checked against the source): alpha/beta 10
    Gy for tumor and acute reactions, 3 Gy for late ones; repopulation of about 0.9 Gy a day from the fourth week in
    head and neck.
    """
    dose = sum(n * d * (1 + d / alpha_beta_gy) for n, d in fractions)
    return dose - (gy_per_day * max(0, days - from_day) if days is not None else 0.0)
