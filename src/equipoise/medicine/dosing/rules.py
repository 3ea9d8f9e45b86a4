"""What a form may ask for about doses: the planned amount for this body, and what became of a dose that was recorded.

`dose_given` sees the earlier records of its form; a record that says neither whether it was given nor how much is no
dose. Sizes of the body must be items of the same form, so that each earlier dose keeps the size of its own day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from equipoise.medicine.body_size import rounded
from equipoise.medicine.dosing.course import STATUSES, DoseRecord, Judged, judge_course
from equipoise.medicine.dosing.planning import UNITS, DoseSchedule, amount_mg, dose_in_unit
from equipoise.medicine.dosing.words import phrase, remark
from equipoise.medicine.method import Derived, Method, Observation, Option, Port, Remark, both
from equipoise.medicine.nearness import EQUAL
from equipoise.numerals import amount_text, share_text

__all__ = ["METHODS"]

_SIZES = {"mg/m2": "body_surface", "mg/kg": "weight", "mg.min/mL": "gfr"}
_ENTERED_DIGITS = 12
_TO_BE_EXPLAINED = ("omitted", "reduced", "delayed", "delayed_reduced")


def _schedule(options: Mapping[str, Any]) -> DoseSchedule:
    days = tuple(sorted({int(day) for day in options.get("cycle_days") or ("1",) if str(day).strip().isdigit()})) or (
        1,
    )
    return DoseSchedule(
        float(options["planned_dose"]),
        options["unit"],
        max(int(options["every_days"]), days[-1] - days[0] + 1),
        int(options["cycles"]),
        days,
    )


def _day(value: Any) -> date | None:
    """A day as an item or a built-in gives it."""
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def _dose(values: Mapping[str, Any], options: Mapping[str, Any]) -> float | None:
    """What was given, in the unit of the plan."""
    return dose_in_unit(
        values.get("dose"),
        options["unit"],
        body_surface=values.get("body_surface"),
        weight=values.get("weight"),
        gfr=values.get("gfr"),
        surface_max=options.get("body_surface_max"),
        gfr_max=options.get("gfr_max"),
    )


def _records(moments: Sequence[Observation], options: Mapping[str, Any]) -> list[DoseRecord]:
    """The doses among the records, numbered as they say, or else one after the other."""
    found: list[DoseRecord] = []
    for moment in moments:
        given, dose = moment.values.get("given"), moment.values.get("dose")
        if given is None and dose is None:
            continue
        number = moment.values.get("number") or (found[-1].number + 1 if found else 1)
        day = _day(moment.values.get("date")) or moment.day
        found.append(DoseRecord(max(int(number), 1), day, given is not False, _dose(moment.values, options)))
    return found


def _amounts(now: Observation, given: bool, options: Mapping[str, Any]) -> dict[str, float | None]:
    """The dose by each size of the body that is known; nothing where it was omitted."""
    units = {"dose_per_m2": "mg/m2", "dose_per_kg": "mg/kg", "area_under_curve": "mg.min/mL"}
    known = {port: _dose(now.values, {**options, "unit": unit}) for port, unit in units.items()}
    return known if given else dict.fromkeys(known, 0.0)


def _total(moments: Sequence[Observation], unit: str, options: Mapping[str, Any]) -> float | None:
    """All that was given, in a unit; None where one of the doses or its size is unknown."""
    doses = [record.dose for record in _records(moments, {**options, "unit": unit}) if record.given]
    return None if any(dose is None for dose in doses) else sum(dose or 0.0 for dose in doses)


def _kept(value: float | None, decimals: int | None) -> float | None:
    """A result with its decimals, and so many more that three digits say how much it is; None: every digit there is."""
    if value is None or not math.isfinite(value) or value == 0:
        return value
    least = _ENTERED_DIGITS if decimals is None else 3
    return rounded(value, max(decimals or 0, least - 1 - math.floor(math.log10(abs(value)))))


def _derive_given(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    nothing = dict.fromkeys(_GIVEN_OUTPUTS)
    this = _records([now], options)
    if not this:
        return Derived(nothing)
    earlier = _records(before, options)
    if now.values.get("number") is None and earlier:
        this = [replace(this[0], number=earlier[-1].number + 1)]
    schedule = _schedule(options)
    start = _day(now.values.get("first_day"))
    if start is not None:
        start += timedelta(days=int(options.get("first_day") or 1) - 1)
    judged = judge_course(
        schedule,
        start,
        [*earlier, *this],
        counted_from=options.get("counted_from") or "first_day",
        time_base=options.get("time_base") or "actual",
        tolerance_days=int(options.get("tolerance_days") or 0),
        tolerance_percent=float(options.get("tolerance_percent") or 0),
        maximum=options.get("maximum"),
    )[-1]
    values = {
        "number": judged.number,
        **{port: _kept(value, 2) for port, value in _amounts(now, this[0].given, options).items()},
        "planned_on": judged.planned_on,
        "delay_days": judged.delay_days,
        "percent_of_planned": _kept(judged.percent, 1),
        "status": judged.status,
        "cumulative_mg": _kept(_total([*before, now], "mg", options), None),
        "cumulative_per_m2": _kept(_total([*before, now], "mg/m2", options), 1),
        "relative_dose_intensity": _kept(
            None if judged.relative_dose_intensity is None else judged.relative_dose_intensity * 100, 1
        ),
    }
    days = schedule.cycle_days
    clash = days[-1] - days[0] >= int(options["every_days"])
    said = (remark("cycle_days", days=days, every=options["every_days"]),) if clash else ()
    on_amount = _on_amount(now, this[0], judged, options)
    return Derived(values, (*said, *on_amount, *_on_day(now, this[0], earlier, judged, schedule, options)))


def _on_amount(now: Observation, this: DoseRecord, judged: Judged, options: Mapping[str, Any]) -> tuple[Remark, ...]:
    """What does not fit in the dose itself."""
    amount, unit = now.values.get("dose"), options["unit"]
    if not this.given:
        return (remark("dose_not_given", "given", "dose", dose=amount_text(amount)),) if amount else ()
    if amount is None:
        return (remark("dose_missing", "dose"),)
    size, said = _SIZES.get(unit), list[Remark]()
    surface = now.values.get("body_surface")
    if surface is not None and not 1.0 <= surface <= 2.8:
        said.append(remark("body_surface", "body_surface", surface=surface))
    if this.dose is None or judged.percent is None:
        return (*said, remark("size_missing", size or "dose", size=phrase(f"size_{size or 'body_surface'}"), unit=unit))
    planned = float(options["planned_dose"])
    expected = amount / this.dose * planned if this.dose > 0 else planned
    maximum, reached = options.get("maximum"), options.get("cumulative_maximum")
    hard = options.get("maximum_is") == "hard"
    if judged.status == "above_maximum":
        told = amount_text(this.dose, worked_out=True)
        one = remark("above_maximum", "dose", dose=told, unit=unit, maximum=amount_text(maximum))
        said.append(replace(one, severity="hard") if hard else one)
    elif (
        unit in ("mg/m2", "mg/kg")
        and abs(amount - planned) <= 0.02 * planned
        and abs(expected - planned) > 0.15 * planned
    ):
        told = amount_text(expected, worked_out=True)
        said.append(remark("per_unit", "dose", dose=amount_text(amount), size=unit[3:], expected=told))
    elif judged.status == "increased":
        share = share_text(judged.percent)
        said.append(remark("above_plan", "dose", percent=share, expected=amount_text(planned), unit=unit))
    if reached is not None and judged.cumulative is not None and judged.cumulative > reached * (1 + EQUAL):
        told = amount_text(judged.cumulative, worked_out=True)
        one = remark("cumulative_maximum", "dose", cumulative=told, unit=unit, maximum=amount_text(reached))
        said.append(replace(one, severity="hard") if hard else one)
    return tuple(said)


def _on_day(
    now: Observation,
    this: DoseRecord,
    earlier: Sequence[DoseRecord],
    judged: Judged,
    schedule: DoseSchedule,
    options: Mapping[str, Any],
) -> tuple[Remark, ...]:
    """What does not fit in its day, its number and its reason."""
    said: list[Remark] = []
    if this.number > schedule.doses:
        said.append(remark("beyond_plan", "number", "given", number=this.number, doses=schedule.doses))
    if any(record.number == this.number for record in earlier):
        said.append(remark("number_twice", "number", "given", number=this.number))
    if options.get("ask_reason") and judged.status in _TO_BE_EXPLAINED and not now.values.get("reason"):
        said.append(remark("reason_missing", "reason", status=phrase(f"status_{judged.status}")))
    if not this.given:
        return tuple(said)
    if this.day is None:
        return (*said, remark("day_missing", "date"))
    last = next((record.day for record in reversed(earlier) if record.given and record.day is not None), None)
    if last is not None and this.day <= last:
        said.append(remark("out_of_order", "date", day=this.day, before=last))
    elif judged.status == "early" and earlier and judged.delay_days is not None:
        said.append(remark("too_early", "date", days=-judged.delay_days, planned=judged.planned_on))
    elif judged.delay_days is not None and earlier and judged.delay_days >= schedule.interval_after(this.number):
        said.append(remark("skipped", "date", days=judged.delay_days, planned=judged.planned_on))
    return tuple(said)


def _derive_planned(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:  # noqa: ARG001
    unit, percent = options["unit"], now.values.get("percent")
    amount = amount_mg(
        float(options["planned_dose"]) * (1.0 if percent is None else percent / 100),
        unit,
        body_surface=now.values.get("body_surface"),
        weight=now.values.get("weight"),
        gfr=now.values.get("gfr"),
        surface_max=options.get("body_surface_max"),
        gfr_max=options.get("gfr_max"),
        maximum_mg=options.get("maximum_mg"),
        round_to_mg=options.get("round_to_mg"),
    )
    surface = now.values.get("body_surface")
    odd = surface is not None and not 1.0 <= surface <= 2.8
    return Derived(
        {"dose": _kept(amount, None if options["unit"] == "mg" else 1)},
        (remark("body_surface", "body_surface", surface=surface),) if odd else (),
    )


_BODY = {
    "body_surface": Port(
        "decimal", "body surface as of the day of the dose, an item of this form", unit="m2", required=False
    ),
    "weight": Port("decimal", "weight as of the day of the dose, an item of this form", unit="kg", required=False),
    "gfr": Port("decimal", "clearance as of the day of the dose, an item of this form", unit="mL/min", required=False),
}
_PLAN = {
    "planned_dose": Option("decimal", "the planned dose, in `unit`", required=True, above=0),
    "unit": Option("text", "what the dose is stated in", codes=UNITS, required=True),
    "body_surface_max": Option("decimal", "the surface does not count beyond this, m2", above=0),
    "gfr_max": Option("decimal", "the clearance does not count beyond this, mL/min", above=0),
}
_GIVEN_OUTPUTS = {
    "number": Port("integer", "which dose of the plan it is"),
    "dose_per_m2": Port("decimal", "the dose by the body surface of that day; 0 where it was omitted", unit="mg/m2"),
    "dose_per_kg": Port("decimal", "the dose by the weight of that day; 0 where it was omitted", unit="mg/kg"),
    "area_under_curve": Port("decimal", "what the dose makes by Calvert's formula", unit="mg.min/mL"),
    "planned_on": Port("date", "the day planned for it"),
    "delay_days": Port("integer", "days after that day; negative when early", unit="d"),
    "percent_of_planned": Port("decimal", "share of the planned dose", unit="%"),
    "status": Port("code", "what became of the dose", codes=STATUSES),
    "cumulative_mg": Port("decimal", "dose so far", unit="mg"),
    "cumulative_per_m2": Port("decimal", "dose so far, each by the body surface of its day", unit="mg/m2"),
    "relative_dose_intensity": Port("decimal", "delivered over planned dose intensity so far", unit="%"),
}
METHODS = {
    "planned_dose": Method(
        "planned_dose",
        both("the planned dose for this body, in mg", "按体格计算的计划剂量（mg）"),
        "arithmetic; carboplatin: Calvert 1989, J Clin Oncol 7:1748",
        _derive_planned,
        inputs={
            **_BODY,
            "percent": Port("decimal", "share of the planned dose that is to be given", unit="%", required=False),
        },
        outputs={"dose": Port("decimal", "planned dose", unit="mg")},
        options={
            **_PLAN,
            "maximum_mg": Option("decimal", "no dose is above this, mg", above=0),
            "round_to_mg": Option("decimal", "rounded to the nearest multiple of this, mg", above=0),
        },
    ),
    "dose_given": Method(
        "dose_given",
        both(
            "a dose against its plan: delay, share, cumulative dose, dose intensity",
            "给药与计划的比较：延迟、比例、累积剂量、剂量强度",
        ),
        "Hryniuk and Bush 1984, J Clin Oncol 2:1281; Longo 1991, J Clin Oncol 9:2042",
        _derive_given,
        inputs={
            "given": Port("boolean", "whether the dose was given", required=False),
            "dose": Port("decimal", "the dose that was given", unit="mg"),
            "date": Port("date", "its day; else the day of the record", required=False),
            "number": Port("integer", "which dose of the plan it is; else counted from the records", required=False),
            "first_day": Port(
                "date", "the day from which the plan counts; else the day of the first dose", required=False
            ),
            "reason": Port("text", "why it was delayed, reduced or omitted", required=False),
            **_BODY,
        },
        outputs=_GIVEN_OUTPUTS,
        options={
            **_PLAN,
            "every_days": Option("integer", "length of a cycle in days", required=True, above=0),
            "cycles": Option("integer", "number of cycles", required=True, above=0),
            "cycle_days": Option(
                "texts", 'days of a cycle with a dose, for example ["1", "8"]', default=("1",), pattern="[1-9][0-9]?"
            ),
            "first_day": Option(
                "integer", "day of the first dose, counted from the input first_day as day 1", default=1
            ),
            "counted_from": Option(
                "text",
                "whether later doses are planned from the first day or from the dose before",
                codes=("first_day", "previous_dose"),
                default="first_day",
            ),
            "time_base": Option(
                "text", "which days the delivered dose is divided by", codes=("actual", "planned"), default="actual"
            ),
            "tolerance_days": Option("integer", "up to so many days early or late is on time", default=0),
            "tolerance_percent": Option("decimal", "up to so much more or less is the planned dose", default=5.0),
            "maximum": Option("decimal", "no single dose above this, in `unit`", above=0),
            "cumulative_maximum": Option("decimal", "no more than this in all, in `unit`", above=0),
            "maximum_is": Option(
                "text", "whether a dose above is refused or confirmed", codes=("hard", "soft"), default="soft"
            ),
            "ask_reason": Option(
                "boolean", "a reason is asked for when a dose is delayed, reduced or omitted", default=False
            ),
        },
        looks_back=True,
    ),
}
"""What a form may ask for."""
