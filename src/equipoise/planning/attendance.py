"""Who of those who join comes to the assessment that counts, and in which month: designs without events.

An endpoint of rates or means is known at one assessment, some months after joining; until then participants are lost at
a constant hazard, and who is lost is not counted (Lachin 1981, Control Clin Trials 2:93: N = n/(1 - loss)). Looks come
when enough have been assessed. Knows clauses and accrual, and no size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from equipoise.design.spec import Design
from equipoise.planning.complaints import Complaints, expect_seen
from equipoise.planning.from_clause import arrivals_of
from equipoise.planning.sizes.events import Arrivals
from equipoise.planning.words import phrase
from equipoise.protocol.document import Protocol
from equipoise.rules.reading import names_of
from equipoise.units import days_to_months
from equipoise.wording import bare

__all__ = ["Attendance", "assessed_after", "attendance_of", "expect_attendance", "joining", "stated_arrivals"]

_FEWEST = 0.01
"""The least share that is still there to be assessed, below which a design is a mistake."""
_EARLY = 0.25
"""Months by which follow-up may end before the planned day of the assessment: its window."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """`months`: from joining to the assessment, None where nothing says it. `share`: of those who join, who are
    assessed. `arrivals`: until all have joined, None where no accrual is stated. `follow_up`: months for which the last
    of them is followed, at least until assessed.
    """

    months: float | None
    share: float
    arrivals: Arrivals | None
    follow_up: float

    @property
    def assessed(self) -> float | None:
        """The month in which the last participant is assessed; has joined, where the assessment is not known."""
        return None if self.arrivals is None else self.arrivals.end + (self.months or 0.0)

    @property
    def duration(self) -> float | None:
        """The month in which the follow-up of the last participant ends."""
        return None if self.arrivals is None else self.arrivals.end + self.follow_up

    def month_of(self, assessed: float) -> float | None:
        """When so many have been assessed."""
        if self.arrivals is None:
            return None
        return min(self.arrivals.time_of(assessed / self.share), self.arrivals.end) + (self.months or 0.0)

    def joined_by(self, month: float) -> float | None:
        """How many have joined by then."""
        return None if self.arrivals is None else self.arrivals.arrived(month)

    def assessed_by(self, month: float | None, participants: float) -> float:
        """How many of so many `participants` have been assessed by then; all who ever will be, without a calendar."""
        joined = participants
        if self.arrivals is not None and month is not None:
            joined = min(self.arrivals.arrived(month - (self.months or 0.0)), participants)
        return self.share * joined


def attendance_of(design: Design, participants: float | None, visit_months: float | None = None) -> Attendance:
    """What the clause says of attendance; accrual goes on until so many `participants` have joined.

    `visit_months`: from joining to the visit that the endpoint is taken from; where none is known, the assessment is at
    the end of follow-up. Raises ValueError for dropout until nobody knows when, and where nearly everybody is lost.
    """
    follow_up = bare(design.follow_up_months)
    months = follow_up if visit_months is None else visit_months
    dropout = bare(design.dropout_per_month) or 0.0
    if dropout and months is None:
        raise ValueError(phrase("attendance.until"))
    share = math.exp(-dropout * (months or 0.0))
    if share < _FEWEST:
        raise ValueError(phrase("attendance.nobody", dropout=dropout, months=months, share=share))
    arrivals = arrivals_of(design.accrual.value) if design.accrual is not None else None
    if arrivals is not None and participants is not None:
        arrivals = joining(arrivals, participants)
    return Attendance(months, share, arrivals, max(follow_up or 0.0, months or 0.0))


def expect_attendance(complaints: Complaints, design: Design, attendance: Attendance) -> None:
    """Refuse a trial that nobody sees the end of, and warn of an assessment that follow-up does not reach."""
    if attendance.duration is not None:
        expect_seen(complaints, attendance.duration)
    if attendance.arrivals is not None and attendance.months is None:
        complaints.warn("design.assessment", ("design", "accrual"))
    stated = bare(design.follow_up_months)
    if stated is not None and attendance.months is not None and stated < attendance.months - _EARLY:
        path = ("design", "follow_up_months")
        complaints.warn("design.assessment/early", path, stated=stated, visit=attendance.months)


def joining(arrivals: Arrivals, participants: float) -> Arrivals:
    """Accrual at the stated rates until so many have joined; beyond its periods the last rate goes on."""
    time = arrivals.time_of(participants)
    if not math.isfinite(time):
        if not arrivals.rates[-1] > 0:
            raise ValueError(phrase("arrivals.never", participants=participants))
        time = arrivals.end + (participants - arrivals.total) / arrivals.rates[-1]
    return arrivals.until(time)


def stated_arrivals(complaints: Complaints, design: Design) -> Arrivals:
    """The stated accrual until the stated participants have joined; warns where that takes longer than it says."""
    assert design.accrual is not None
    arrivals = arrivals_of(design.accrual.value)
    if design.participants is None:
        return arrivals
    stated = design.participants.value
    found = joining(arrivals, stated)
    if found.end > arrivals.end * (1 + 1e-9) + 1e-9:
        numbers = {"brought": arrivals.total, "stated": stated, "months": arrivals.end, "end": found.end}
        complaints.warn("design.accrual", ("design", "accrual"), **numbers)
    return found


def assessed_after(protocol: Protocol, endpoint: str) -> float | None:
    """Months from randomization to the last planned visit that the endpoint of a design is taken from.

    None where no visit counted from randomization is among those: the protocol alone does not say when.
    """
    rule = next((getattr(e, "rule", None) for e in protocol.endpoints if e.id == endpoint), None)
    days = _days_behind(protocol, names_of(rule), set()) if rule else []
    return days_to_months(max(days)) if days else None


def _days_behind(protocol: Protocol, names: tuple[str, ...], seen: set[str]) -> list[int]:
    """The days of the visits from which the names are taken, through the variables that they rest on."""
    variables = {variable.id: variable for variable in protocol.variables}
    found: list[int] = []
    for name in names:
        if name in seen:
            continue
        seen.add(name)
        variable = variables.get(name)
        if variable is None:
            found += _days_of(protocol, name, ())
        elif variable.pick is not None:
            days = _days_of(protocol, variable.pick.item, variable.pick.visits)
            found += [min(days)] if days and variable.pick.which == "first" else days
        else:
            found += _days_behind(protocol, variable.rests_on(), seen)
    return found


def _days_of(protocol: Protocol, item: str, visits: tuple[str, ...]) -> list[int]:
    """Days after randomization at which an item is recorded, at these visits or at any that ask for its form."""
    if item not in protocol.item_by_id:
        return []
    form = protocol.item_by_id[item][0]
    found: list[int] = []
    for visit in protocol.visits:
        if visit.anchor != "randomization" or visit.day is None or form.id not in visit.forms:
            continue
        if not visits or visit.id in visits:
            again = visit.repeat.value if visit.repeat is not None else None
            found += [visit.day.value, visit.day.value + (again.every_days * (again.count - 1) if again else 0)]
    return found
