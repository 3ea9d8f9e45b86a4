"""From a series of grades to one adverse event: worst grade, onset, resolution, and whether it is worse than before
treatment.

Grades that are not known are passed over. Several on one day count as the worst of them. A person whose last known
grade is still above the level of resolution has an ongoing event. Twin: `episodes_frame.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from equipoise.wording.literals import literals_checked

__all__ = [
    "RESOLVED_TO",
    "Episode",
    "Event",
    "Graded",
    "shift_table",
    "summarize",
    "summarize_events",
    "treatment_emergent",
]

Level = Literal["zero", "one", "baseline"]
RESOLVED_TO: tuple[Level, ...] = ("zero", "one", "baseline")


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade of a term on a day; None where it could not be known."""

    term: str
    day: date
    grade: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """An adverse event as it was reported: one grade from a day to a day, or to no day yet."""

    term: str
    start: date
    end: date | None
    grade: int


@dataclass(frozen=True, slots=True)
class Episode:
    """One term in one person. `baseline` is the last grade known up to the day of first treatment, where there is one.

    `onset` is the first day with a grade of at least 1 and above the baseline, `worst_on` the first day of the worst
    grade, `resolved_on` the first day from which no grade is above the level of resolution; `duration_days` from onset
    to then, or to the last observation of an ongoing event.
    """

    term: str
    baseline: int | None
    worst: int | None
    onset: date | None
    worst_on: date | None
    resolved_on: date | None
    duration_days: int | None
    ongoing: bool
    emergent: bool


@literals_checked
def summarize(
    series: Iterable[Graded], *, first_treatment: date | None = None, resolved_to: Level = "zero"
) -> dict[str, Episode]:
    """Per term. `resolved_to`: grade 0, grade 1 at most, or the baseline;
    an event of grade 1 ends with 0 in any case.
    """
    by_term: dict[str, dict[date, int]] = {}
    for one in series:
        if one.grade is not None:
            days = by_term.setdefault(one.term, {})
            days[one.day] = max(one.grade, days.get(one.day, 0))
    return {term: _one(term, sorted(days.items()), first_treatment, resolved_to) for term, days in by_term.items()}


def _one(term: str, days: list[tuple[date, int]], first_treatment: date | None, resolved_to: Level) -> Episode:
    earlier = [grade for day, grade in days if first_treatment is not None and day <= first_treatment]
    during = [(day, grade) for day, grade in days if first_treatment is None or day > first_treatment]
    baseline = earlier[-1] if earlier else None
    floor = baseline or 0
    worst = max((grade for _, grade in during), default=None)
    if worst is None or worst <= floor:
        return Episode(term, baseline, worst, None, None, None, None, ongoing=False, emergent=False)
    onset = next(day for day, grade in during if grade > floor)
    level = min({"zero": 0, "one": 1, "baseline": floor}[resolved_to], worst - 1)
    last_above = max(day for day, grade in during if grade > level)
    resolved = next((day for day, _ in during if day > last_above), None)
    end = during[-1][0] if resolved is None else resolved
    return Episode(
        term,
        baseline,
        worst,
        onset,
        next(day for day, grade in during if grade == worst),
        resolved,
        (end - onset).days,
        ongoing=resolved is None,
        emergent=True,
    )


def summarize_events(events: Iterable[Event], *, until: date | None = None) -> dict[str, Episode]:
    """Per term, from reported events. It is over when all of them are; one that is not lasts `until` the data end."""
    by_term: dict[str, list[Event]] = {}
    for event in events:
        by_term.setdefault(event.term, []).append(event)
    found = {}
    for term, own in by_term.items():
        worst, onset = max(one.grade for one in own), min(one.start for one in own)
        ends = [one.end for one in own if one.end is not None]
        ongoing = len(ends) < len(own)
        end = until if ongoing else max(ends)
        found[term] = Episode(
            term,
            None,
            worst,
            onset,
            min(one.start for one in own if one.grade == worst),
            None if ongoing else end,
            None if end is None else (end - onset).days,
            ongoing=ongoing,
            emergent=True,
        )
    return found


def treatment_emergent(episodes: Mapping[str, Episode]) -> dict[str, Episode]:
    """Those that began, or grew worse than the baseline, after the first treatment."""
    return {term: one for term, one in episodes.items() if one.emergent}


def shift_table(people: Iterable[Mapping[str, Episode]], term: str) -> dict[tuple[int | None, int | None], int]:
    """Participants by grade at baseline and worst grade afterwards; None where it is not known,
    or the term was not graded.
    """
    pairs = ((one.baseline, one.worst) if (one := person.get(term)) else (None, None) for person in people)
    return dict(Counter(pairs))
