"""What was given, held against the plan: day, delay, share of the planned dose, cumulative dose, relative dose
intensity.

Dose intensity is dose per time, a property of one patient's whole course: Hryniuk and Bush 1984, J Clin Oncol 2:1281;
Longo 1991, J Clin Oncol 9:2042. The time base is stated in `relative_dose_intensity`; it decides the number as much as
the doses do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from equipoise.medicine.dosing.planning import DosePlan
from equipoise.medicine.nearness import EQUAL
from equipoise.wording.literals import literals_checked

__all__ = ["STATUSES", "DoseRecord", "Judged", "judge_course", "relative_dose_intensity"]

STATUSES = ("on_time", "early", "delayed", "reduced", "delayed_reduced", "increased", "above_maximum", "omitted")
CountedFrom = Literal["first_day", "previous_dose"]
TimeBase = Literal["actual", "planned"]


@dataclass(frozen=True, slots=True)
class DoseRecord:
    """One dose as it was recorded: its number in the plan, its day, and its dose in the plan's unit; None when it is
    unknown.

    An omitted dose is `given=False`; its day is when that was decided, or None.
    """

    number: int
    day: date | None
    given: bool
    dose: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A recorded dose against its plan. Percentages are of the planned dose; None where something is unknown.

    `cumulative` is the dose so far; None from the first given dose on that is unknown.
    """

    number: int
    planned_on: date | None
    delay_days: int | None
    percent: float | None
    cumulative: float | None
    relative_dose_intensity: float | None
    status: str | None


@literals_checked
def judge_course(
    schedule: DosePlan,
    first_day: date | None,
    records: Sequence[DoseRecord],
    *,
    counted_from: CountedFrom = "first_day",
    time_base: TimeBase = "actual",
    tolerance_days: int = 0,
    tolerance_percent: float = 5.0,
    maximum: float | None = None,
) -> tuple[Judged, ...]:
    """Each record against the plan, in order of their numbers.

    `first_day` is the day planned for the first dose; without it, the day of the first record. `counted_from`: later
    doses are planned from that day on, or each from the one before (a delay then moves all that follow). `maximum` is
    in the plan's unit.
    """
    start = first_day or (records[0].day if records else None)
    found: list[Judged] = []
    cumulative: float | None = 0.0
    previous: tuple[int, date] | None = None
    for k, record in enumerate(records):
        planned_on = _planned_on(schedule, start, record.number, previous if counted_from == "previous_dose" else None)
        delay = None
        if record.given and record.day is not None and planned_on is not None:
            delay = (record.day - planned_on).days
        percent: float | None = 0.0
        if record.given:
            cumulative = None if cumulative is None or record.dose is None else cumulative + record.dose
            percent = None if record.dose is None else record.dose / schedule.dose_of(record.number) * 100
        status = _status(record, delay, percent, tolerance_days, tolerance_percent, maximum)
        intensity = relative_dose_intensity(schedule, records[: k + 1], first_day=start, time_base=time_base)
        found.append(Judged(record.number, planned_on, delay, percent, cumulative, intensity, status))
        reached = record.day if record.given and record.day is not None else planned_on
        previous = (record.number, reached) if reached is not None else previous
    return tuple(found)


def _planned_on(schedule: DosePlan, start: date | None, number: int, previous: tuple[int, date] | None) -> date | None:
    if previous is not None:
        gap = schedule.offset_of(number) - schedule.offset_of(previous[0])
        return previous[1] + timedelta(days=gap)
    return None if start is None else start + timedelta(days=schedule.offset_of(number))


def _status(
    record: DoseRecord,
    delay: int | None,
    percent: float | None,
    tolerance_days: int,
    tolerance_percent: float,
    maximum: float | None,
) -> str | None:
    """The one word for a dose; where two are true, the graver one. None where day or dose is unknown,
    and with it the word.
    """
    if not record.given:
        return "omitted"
    if maximum is not None and record.dose is not None and record.dose > maximum * (1 + EQUAL):
        return "above_maximum"
    if percent is not None and percent > (100 + tolerance_percent) * (1 + EQUAL):
        return "increased"
    if percent is None or delay is None:
        return None
    late, low = delay > tolerance_days, percent < (100 - tolerance_percent) * (1 - EQUAL)
    if late or low:
        return "delayed_reduced" if late and low else "delayed" if late else "reduced"
    return "early" if delay < -tolerance_days else "on_time"


@literals_checked
def relative_dose_intensity(
    schedule: DosePlan,
    records: Sequence[DoseRecord],
    *,
    first_day: date | None = None,
    time_base: TimeBase = "actual",
    whole: bool = False,
) -> float | None:
    """Delivered dose intensity over planned dose intensity, 1 when all was given as planned; None where a dose or day
    is unknown.

    Planned: the doses up to the last record's number, over the days from the first up to the end of the last one's
    interval. Delivered: the doses given, over the days from the first dose to the last record, and the same last
    interval (`time_base` "planned" divides by the planned days instead). A dose omitted counts as zero and its time
    runs on, at least up to the day for which it was planned. `whole`: doses never recorded count as zero too, against
    the plan of the whole course.
    """
    if not records or any(r.given and (r.dose is None or r.day is None) for r in records):
        return None
    first, last = records[0], records[-1]
    start = first.day if first.given and first.number == 1 else first_day
    if start is None:
        return None
    reach = schedule.doses if whole else last.number
    planned_days = schedule.offset_of(reach + 1)
    delivered = sum(record.dose or 0.0 for record in records if record.given)
    share = delivered / sum(map(schedule.dose_of, range(1, reach + 1)))
    if time_base == "planned":
        return share
    due = start + timedelta(days=schedule.offset_of(last.number))
    end = last.day if last.given and last.day is not None else max(last.day or due, due)
    days = (end - start).days + schedule.interval_after(last.number)
    if whole:
        days = max(days, planned_days)
    return share * planned_days / days if days > 0 else None
