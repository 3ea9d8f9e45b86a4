"""What a form may ask for about radiotherapy: a course from its first and last day,
or from the list of its fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from equipoise.medicine.body_size import rounded
from equipoise.medicine.method import Derived, Method, Observation, Option, Port, Remark, both
from equipoise.medicine.nearness import EQUAL
from equipoise.medicine.radiotherapy.course import (
    Course,
    Prescription,
    Session,
    biologically_effective_dose,
    interruption_days,
    judge_sessions,
    overall_days,
    plan_fractions,
)
from equipoise.medicine.radiotherapy.words import phrase, remark
from equipoise.medicine.radiotherapy.working_days import PER_WEEK, WorkingDays, china, read_days
from equipoise.numerals import amount_text

__all__ = ["METHODS"]


def _prescription(options: Mapping[str, Any]) -> Prescription:
    per_week = int(options.get("fractions_per_week") or 5)
    return Prescription(float(options["dose"]), int(options["fractions"]), per_week if per_week in PER_WEEK else 5)


def _calendar(options: Mapping[str, Any]) -> tuple[WorkingDays, tuple[Remark, ...]]:
    """The protocol's days of treatment, and what of its lists cannot be read."""
    known = china(adjusted=bool(options.get("adjusted_workdays", True))) if options.get("calendar") == "china" else None
    off, bad = read_days(options.get("holidays") or ())
    worked, worse = read_days(options.get("workdays") or ())
    unread = (*bad, *worse)
    said = (remark("holiday_unreadable", texts=unread),) if unread else ()
    return (known or WorkingDays()).with_days(off, worked), said


def _prolonged(days: int | None, options: Mapping[str, Any]) -> bool | None:
    limit = options.get("prolonged_after_days")
    return None if limit is None or days is None else days > limit


def _effective(parts: Sequence[tuple[int, float]], days: int | None, options: Mapping[str, Any]) -> float | None:
    ratio = options.get("alpha_beta")
    if not ratio or not parts:
        return None
    loss, start = options.get("repopulation_per_day") or 0.0, int(options.get("repopulation_from_day") or 28)
    return rounded(biologically_effective_dose(parts, ratio, days=days, gy_per_day=loss, from_day=start), 1)


def _derive_course(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:  # noqa: ARG001
    nothing = dict.fromkeys(_OUTPUTS)
    start, end, fractions, dose = (now.values.get(name) for name in ("start", "end", "fractions", "dose"))
    asked, (calendar, said) = _prescription(options), _calendar(options)
    fractions = fractions if fractions and fractions > 0 else None
    if start is None:
        return Derived(nothing, said)
    planned = plan_fractions(start, asked.fractions, asked.per_week, calendar)
    remarks = [*said, *_on_plan(start, planned[-1], asked, calendar)]
    values: dict[str, Any] = nothing | {"planned_end": planned[-1], "planned_days": overall_days(start, planned[-1])}
    if end is not None and end < start:
        return Derived(values, (*remarks, remark("ends_before_start", "start", "end", start=start, end=end)))
    each = dose / fractions if dose is not None and fractions else None
    values["dose_per_fraction"] = rounded(each, 3)
    remarks += _on_dose(dose, fractions, each, asked)
    if end is not None:
        days = overall_days(start, end)
        values["overall_days"] = days
        if fractions:
            beyond = interruption_days(asked, start, end, fractions, calendar)
            values |= {"interruption_days": beyond, "prolonged": _prolonged(beyond, options)}
            if fractions > 2 * days:
                remarks.append(remark("too_fast", "fractions", "start", "end", fractions=fractions, days=days))
        if fractions and each is not None:
            values["effective_dose"] = _effective([(fractions, each)], days, options)
    return Derived(values, tuple(remarks))


def _on_plan(start: date, end: date, asked: Prescription, calendar: WorkingDays) -> list[Remark]:
    said: list[Remark] = []
    if not calendar.treats(start, asked.per_week):
        said.append(remark("start_not_worked", "start", day=start))
    if not calendar.knows(start, end):
        said.append(remark("calendar_ends", "start", first=start, last=end))
    return said


def _pair(each: float, planned: float) -> dict[str, str]:
    """Two doses of a fraction, as they are told."""
    return {"each": amount_text(each, worked_out=True), "planned": amount_text(planned, worked_out=True)}


def _on_dose(dose: float | None, fractions: int | None, each: float | None, asked: Prescription) -> list[Remark]:
    if dose is None:
        return []
    if dose > 10 * (1 + EQUAL) * asked.dose_gy:
        return [remark("centigray", "dose", dose=amount_text(dose), gray=amount_text(dose / 100))]
    planned = asked.dose_gy / asked.fractions
    if each is not None and abs(each - planned) > 0.05 * planned + EQUAL * planned:
        return [remark("dose_per_fraction", "dose", "fractions", **_pair(each, planned))]
    if fractions and (fractions > asked.fractions or dose > 1.02 * (1 + EQUAL) * asked.dose_gy):
        told = {"dose": amount_text(dose), "planned": amount_text(asked.dose_gy)}
        facts = {**told, "fractions": fractions, "count": asked.fractions}
        return [remark("above_prescription", "dose", "fractions", **facts)]
    return []


def _derive_fractions(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:  # noqa: ARG001
    asked, (calendar, said) = _prescription(options), _calendar(options)
    rows = now.rows.get("fractions", ())
    sessions = [session for row in rows if (session := _session(row)) is not None]
    remarks = [*said, *_on_rows(rows, asked, float(options.get("gap_hours_min") or 6))]
    course = judge_sessions(asked, sessions, calendar)
    if course is None:
        return Derived(dict.fromkeys(_FRACTION_OUTPUTS), tuple(remarks))
    remarks += _of_rows(*_on_plan(course.first, course.planned_end, asked, calendar))
    excused = {row.get("date") for row in rows if row.get("missed")}
    silent = [day for day in course.missed if day not in excused]
    if silent:
        days = phrase("and_more", days=silent[:5]) if len(silent) > 5 else silent
        remarks += _of_rows(remark("missed_without_reason", "date", days=days, count=len(silent)))
    each = None if course.total_gy is None else course.total_gy / course.fractions
    total = course.total_gy
    if (
        total is not None
        and total > 1.02 * (1 + EQUAL) * asked.dose_gy
        and all(one.code != "centigray" for one in remarks)
    ):
        facts = {"dose": total, "fractions": course.fractions, "planned": asked.dose_gy, "count": asked.fractions}
        remarks += _of_rows(remark("above_prescription", "dose", **facts))
    return Derived(_values(course, sessions, each, options), tuple(remarks))


def _of_rows(*remarks: Remark) -> list[Remark]:
    """Remarks about the fractions as a whole: at their date, or at what they name."""
    return [
        replace(one, rows="fractions", names=("date",) if one.names == ("start",) else one.names) for one in remarks
    ]


def _values(
    course: Course, sessions: Sequence[Session], each: float | None, options: Mapping[str, Any]
) -> dict[str, Any]:
    parts = [(one.fractions, one.dose_gy) for one in sessions if one.fractions and one.dose_gy is not None]
    return {
        "start": course.first,
        "end": course.last,
        "fractions": course.fractions,
        "total_dose": rounded(course.total_gy, 6),
        "planned_end": course.planned_end,
        "planned_days": course.planned_days,
        "overall_days": course.overall_days,
        "interruption_days": course.interruption_days,
        "prolonged": _prolonged(course.interruption_days, options),
        "dose_per_fraction": rounded(each, 3),
        "missed_days": len(course.missed),
        "compensated_days": course.compensated,
        "effective_dose": None if each is None else _effective(parts, course.overall_days, options),
    }


def _session(row: Mapping[str, Any]) -> Session | None:
    """A row as the fractions of its day; a day with a reason and no dose was missed."""
    day, count, dose = row.get("date"), row.get("fractions"), row.get("dose")
    if day is None:
        return None
    if count is None:
        count = 0 if dose == 0 or (dose is None and row.get("missed")) else 1
    return Session(day, max(int(count), 0), dose)


def _on_rows(rows: Sequence[Mapping[str, Any]], asked: Prescription, least: float) -> list[Remark]:
    """What does not fit in single rows."""
    said: list[Remark] = []
    planned, last = asked.dose_gy / asked.fractions, None
    by_day: dict[date, int] = {}
    for place, row in enumerate(rows, start=1):

        def add(code: str, *names: str, _place: int = place, **facts: Any) -> None:
            said.append(replace(remark(code, *names, **facts), rows="fractions", row=_place))

        session, day, dose, hours = _session(row), row.get("date"), row.get("dose"), row.get("gap_hours")
        if session is None or day is None:
            if any(value is not None for value in row.values()):
                add("date_missing", "date")
            continue
        if last is not None and day < last:
            add("out_of_order", "date", day=day, before=last)
        last = day if last is None else max(last, day)
        if dose is not None and dose > 10 * planned:
            add("centigray", "dose", dose=amount_text(dose), gray=amount_text(dose / 100))
        elif dose and abs(dose - planned) > 0.05 * planned:
            told = _pair(dose, planned)
            add("dose_per_fraction", "dose", each=told["each"], planned=told["planned"])
        if session.fractions and row.get("missed"):
            add("missed_and_given", "missed", "date", day=day)
        so_far = by_day[day] = by_day.get(day, 0) + session.fractions
        if session.fractions and so_far > 2:
            add("many_a_day", "fractions", "date", day=day, fractions=so_far)
        elif session.fractions and so_far == 2 and hours is None:
            add("gap_missing", "gap_hours", "date", day=day, least=least)
        elif session.fractions and so_far == 2 and hours is not None and hours < least:
            add("gap", "gap_hours", "date", day=day, hours=hours, least=least)
    return said


_OUTPUTS = {
    "planned_end": Port("date", "the day planned for the last fraction"),
    "planned_days": Port("integer", "planned overall time, first and last day counted", unit="d"),
    "overall_days": Port("integer", "actual overall time, first and last day counted", unit="d"),
    "interruption_days": Port("integer", "days beyond plan; negative when it went faster", unit="d"),
    "prolonged": Port("boolean", "more days beyond plan than the protocol says"),
    "dose_per_fraction": Port("decimal", "mean dose of a fraction", unit="Gy"),
    "effective_dose": Port("decimal", "biologically effective dose, where alpha_beta is given", unit="Gy{BED}"),
}
_FRACTION_OUTPUTS = {
    "start": Port("date", "day of the first fraction"),
    "end": Port("date", "day of the last fraction"),
    "fractions": Port("integer", "fractions given"),
    "total_dose": Port("decimal", "dose given", unit="Gy"),
    **_OUTPUTS,
    "missed_days": Port("integer", "planned days without a fraction, up to the last one", unit="d"),
    "compensated_days": Port("integer", "missed days made up for by a second fraction or one on a free day", unit="d"),
}
_DATES = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?"
_OPTIONS = {
    "dose": Option("decimal", "prescribed dose, Gy", required=True, above=0),
    "fractions": Option("integer", "prescribed number of fractions", required=True, above=0, up_to=100),
    "fractions_per_week": Option("integer", "fractions a week (6: the sixth on Saturday)", default=5, above=0, up_to=7),
    "calendar": Option("text", "which public holidays count", codes=("none", "china"), default="none"),
    "adjusted_workdays": Option(
        "boolean", "weekends worked in exchange for a holiday are days of treatment", default=True
    ),
    "holidays": Option(
        "texts", "further days without treatment: 2027-02-06 or 2027-02-06/2027-02-12", default=(), pattern=_DATES
    ),
    "workdays": Option("texts", "further days of treatment, in the same form", default=(), pattern=_DATES),
    "prolonged_after_days": Option("decimal", "prolonged when more days beyond plan than this"),
    "alpha_beta": Option("decimal", "alpha/beta in Gy, for the biologically effective dose", above=0),
    "repopulation_per_day": Option("decimal", "Gy lost a day to repopulation", default=0.0),
    "repopulation_from_day": Option(
        "integer", "overall time after which repopulation counts, days", default=28, above=0
    ),
}
_SOURCE = "BMC Cancer 2018, doi 10.1186/s12885-018-4495-2 (interruption); Dale 2002, Clin Oncol 14:382 (compensation)"
METHODS = {
    "radiotherapy_course": Method(
        "radiotherapy_course",
        both(
            "overall time and interruption of a course, from its first and last day",
            "由首末次照射日计算总治疗时间与中断天数",
        ),
        _SOURCE,
        _derive_course,
        inputs={
            "start": Port("date", "day of the first fraction"),
            "end": Port("date", "day of the last fraction", required=False),
            "fractions": Port("integer", "fractions given", required=False),
            "dose": Port("decimal", "dose given", unit="Gy", required=False),
        },
        outputs=_OUTPUTS,
        options=_OPTIONS,
    ),
    "radiotherapy_fractions": Method(
        "radiotherapy_fractions",
        both(
            "a course from the list of its fractions: missed days, compensation, overall time",
            "由照射记录计算漏照、补照与总治疗时间",
        ),
        _SOURCE,
        _derive_fractions,
        inputs={},
        outputs=_FRACTION_OUTPUTS,
        rows={
            "fractions": {
                "date": Port("date", "the day"),
                "dose": Port("decimal", "dose of one fraction", unit="Gy", required=False),
                "fractions": Port(
                    "integer", "fractions in this row; 1 unless said otherwise, 0 when missed", required=False
                ),
                "gap_hours": Port("decimal", "hours since the fraction before on that day", unit="h", required=False),
                "missed": Port("text", "why no fraction was given on that day", required=False),
            }
        },
        options={
            **_OPTIONS,
            "gap_hours_min": Option("decimal", "hours between two fractions of a day, at least", default=6.0, above=0),
        },
    ),
}
"""What a form may ask for."""
