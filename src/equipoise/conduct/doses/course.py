"""A participant's treatment by date: what the arm's regimen plans, what the record says was given, and the next dose.

Day 1 is the day of the first dose; until there is one, the day for which the schedule of visits plans it. The
arithmetic of doses and fractions is `medicine`'s. Pure: whoever asks must be allowed to know the arm (`seeing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from equipoise.arms import Arm, DrugDose, GivenBy, Radiotherapy, days_from_start
from equipoise.conduct.doses.advising import Advice, advise, amount_of, dose_of
from equipoise.conduct.doses.recorded import RecordedDose, next_number, recorded_doses
from equipoise.conduct.state.state import ParticipantState
from equipoise.knowledge.medical_rules import bind
from equipoise.knowledge.participant import Knowledge
from equipoise.medicine.dosing import DoseRecord, Judged, judge_course, plan_doses
from equipoise.medicine.radiotherapy import (
    Course,
    Prescription,
    Session,
    WorkingDays,
    china,
    judge_sessions,
    plan_fractions,
)
from equipoise.protocol.document import Protocol
from equipoise.units import convert, date_of_study_day
from equipoise.wording.literals import literals_checked

__all__ = ["Begun", "DoseRow", "DrugCourse", "RadiotherapyCourse", "begins_on", "follow_doses", "why_no_day"]

Begun = Literal["given", "planned"]
"""Whether day 1 is the day of a dose that was given, or the one for which the schedule of visits plans it."""
KnownOn = Callable[[date], Knowledge]
FRACTIONS_OF_A_DAY_MAX = 3
"""A record of more fractions is the summary of a course: it says how many, and not on which days."""


@dataclass(frozen=True, slots=True)
class DoseRow:
    """One dose: planned on a day as `planned` `unit` (mg where the body's size is known), and what was recorded of it.

    `given` is None where nothing was recorded. `judged` holds it against the plan.
    """

    number: int
    planned_on: date
    planned: float | None
    unit: str | None
    recorded_on: date | None = None
    given: bool | None = None
    amount: float | None = None
    amount_unit: str | None = None
    judged: Judged | None = None
    entry: int | None = None


@literals_checked
@dataclass(frozen=True, slots=True)
class DrugCourse:
    """A drug. `cumulative` in the drug's own unit; None where a dose that was given is not known in it."""

    treatment: DrugDose
    day_1: date | None
    begun: Begun | None
    rows: tuple[DoseRow, ...]
    next: DoseRow | None
    advice: Advice | None
    cumulative: float | None
    planned_so_far: float
    intensity: float | None

    @property
    def by_size(self) -> bool:
        """Whether its amounts are worked out from the size of a body."""
        return self.treatment.scaled_by is not None


@literals_checked
@dataclass(frozen=True, slots=True)
class RadiotherapyCourse:
    """Radiotherapy. `due` fractions were planned up to the day asked about; `course` only
    where single days were recorded.
    """

    treatment: Radiotherapy
    day_1: date | None
    begun: Begun | None
    planned: tuple[date, ...]
    due: int
    fractions: int
    total_gy: float | None
    course: Course | None
    holidays_known: bool
    advice: Advice | None


def follow_doses(
    protocol: Protocol, person: ParticipantState, arm: Arm, known_on: KnownOn, on: date, only: str | None = None
) -> list[DrugCourse | RadiotherapyCourse]:
    """Each drug and course of radiotherapy of the arm as it stands on a day; of one treatment when `only` names it."""
    day_1, begun = begins_on(protocol, person, arm, on)
    found: list[DrugCourse | RadiotherapyCourse] = []
    for treatment in arm.regimen:
        if treatment.kind == "procedure" or only not in (None, treatment.id):
            continue
        ruled = any(rule.treatment == treatment.id for rule in protocol.dose_rules)
        number = next_number(protocol, person, treatment, on) if ruled else 1
        advice = advise(protocol, known_on(on), treatment.id, on, number) if ruled else None
        if isinstance(treatment, DrugDose):
            found.append(_drug(person, treatment, day_1, begun, known_on, on, advice))
        else:
            found.append(_radiotherapy(protocol, person, treatment, day_1, begun, on, advice))
    return found


def begins_on(protocol: Protocol, person: ParticipantState, arm: Arm, on: date) -> tuple[date | None, Begun | None]:
    """Day 1 of the arm's treatment, and whether it was given or is planned;
    nothing before the participant is randomized.
    """
    plans = _followed(arm)
    first = [
        record.day - timedelta(days=_days_to_first(treatment))
        for treatment, by in plans
        for record in recorded_doses(protocol, person, by, on)[:1]
        if record.day is not None
    ]
    if first:
        return min(first), "given"
    anchors = {
        "consent": person.consents[0][0] if person.consents else None,
        "enrollment": person.enrolled,
        "randomization": person.randomized,
    }
    planned = [
        date.fromisoformat(start) + timedelta(days=visit.day.value - _days_to_first(treatment))
        for treatment, by in plans
        for visit in protocol.visits
        if by.form in visit.forms and visit.day is not None and (start := anchors[visit.anchor or "consent"])
    ]
    if planned and person.randomized:
        return min(planned), "planned"
    return None, None


def why_no_day(arm: Arm) -> tuple[Literal["no_record", "no_visit"], tuple[str, ...]]:
    """Why an allocated participant has no day 1, and the forms that would give one:
    no treatment says where it is recorded, or their forms stand at no visit with a day.
    """
    forms = dict.fromkeys(by.form for _, by in _followed(arm))
    return ("no_visit" if forms else "no_record"), tuple(forms)


def _followed(arm: Arm) -> list[tuple[DrugDose | Radiotherapy, GivenBy]]:
    """The treatments that say where they are recorded, and where."""
    return [(t, t.given_by) for t in arm.regimen if isinstance(t, (DrugDose, Radiotherapy)) and t.given_by is not None]


def _days_to_first(treatment: DrugDose | Radiotherapy) -> int:
    """Days from day 1 to the first dose or fraction."""
    return treatment.plan.first if isinstance(treatment, DrugDose) else days_from_start(treatment.first_day)


def _tolerances(protocol: Protocol, by: GivenBy | None) -> tuple[int, float]:
    """By how many days and percent a dose may differ and still be as planned:
    what the form's own derivation says, if it has one.
    """
    for bound in bind(protocol, by.form) if by is not None else ():
        if bound.method.id == "dose_given":
            return int(bound.options["tolerance_days"]), float(bound.options["tolerance_percent"])
    return 0, 5.0


def _drug(
    person: ParticipantState,
    drug: DrugDose,
    day_1: date | None,
    begun: Begun | None,
    known_on: KnownOn,
    on: date,
    advice: Advice | None,
) -> DrugCourse:
    schedule = drug.plan
    if day_1 is None:
        return DrugCourse(drug, None, None, (), None, advice, 0.0, 0.0, None)
    start = day_1 + timedelta(days=schedule.first)
    given = recorded_doses(known_on(on).protocol, person, drug.given_by, on) if drug.given_by is not None else []
    in_unit = [
        DoseRecord(
            one.number,
            one.day,
            one.given,
            dose_of(drug, known_on(one.day or on), one.dose, one.unit) if one.given else None,
        )
        for one in given
    ]
    protocol = known_on(on).protocol
    days, percent = _tolerances(protocol, drug.given_by)
    judged = judge_course(schedule, start, in_unit, tolerance_days=days, tolerance_percent=percent)
    rows = []
    for planned in plan_doses(schedule, start):
        amount, unit = amount_of(drug, known_on(min(planned.day, on)), number=planned.number)
        rows.append(DoseRow(planned.number, planned.day, amount, unit))
    for one, told in zip(given, judged, strict=True):
        told_on = told.planned_on or one.day or start
        amount, unit = amount_of(drug, known_on(min(one.day or on, on)), number=one.number)
        row = DoseRow(one.number, told_on, amount, unit, one.day, one.given, one.dose, one.unit, told, one.entry)
        rows[one.number - 1 : one.number] = [row]
    following = next((row for row in rows if row.given is None), None)
    total = judged[-1].cumulative if judged else 0.0
    asked = sum(map(schedule.dose_of, range(1, len(given) + 1)))
    return DrugCourse(
        drug,
        day_1,
        begun,
        tuple(rows),
        following,
        advice,
        total,
        asked,
        judged[-1].relative_dose_intensity if judged else None,
    )


def _radiotherapy(
    protocol: Protocol,
    person: ParticipantState,
    course: Radiotherapy,
    day_1: date | None,
    begun: Begun | None,
    on: date,
    advice: Advice | None,
) -> RadiotherapyCourse:
    if day_1 is None:
        return RadiotherapyCourse(course, None, None, (), 0, 0, 0.0, None, True, advice)
    calendar = _calendar(protocol, person.site)
    given = recorded_doses(protocol, person, course.given_by, on) if course.given_by is not None else []
    begun_on = next((one.day for one in given if one.fractions and one.day), None)
    single = all(one.fractions <= FRACTIONS_OF_A_DAY_MAX for one in given)
    start = begun_on if begun_on is not None and single else date_of_study_day(day_1, course.first_day)
    planned = plan_fractions(start, course.fractions.value, course.fractions_per_week.value, calendar)
    count = sum(one.fractions for one in given)
    sessions = [Session(one.day, one.fractions, _gy(one)) for one in given if one.day is not None]
    prescription = Prescription(course.dose_gy.value, course.fractions.value, course.fractions_per_week.value)
    judged = judge_sessions(prescription, sessions, calendar) if single and sessions else None
    return RadiotherapyCourse(
        course,
        day_1,
        begun,
        planned,
        sum(day <= on for day in planned),
        count,
        _total(given),
        judged,
        calendar.knows(planned[0], planned[-1]),
        advice,
    )


def _gy(one: RecordedDose) -> float | None:
    """Gy of each fraction of a record."""
    if one.dose is None or not one.fractions:
        return None
    return convert(one.dose, one.unit, "Gy") / one.fractions


def _total(given: Iterable[RecordedDose]) -> float | None:
    doses = [convert(one.dose, one.unit, "Gy") if one.dose is not None else None for one in given if one.fractions]
    return None if None in doses else sum(dose or 0.0 for dose in doses)


def _calendar(protocol: Protocol, site: str) -> WorkingDays:
    """The days of treatment at a site: mainland China's public holidays where it lies there,
    weekends alone elsewhere.
    """
    country = next((s.country for s in protocol.sites if s.id == site), "")
    return china() if country == "CN" else WorkingDays()
