"""When things happen in a rehearsal: arrivals, working hours, visits within their windows, delays of entry.

Knows no participant's values. Arrivals are a Poisson process with the scenario's rates, so that the first participants
of a large rehearsal are those of a small one with the same seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from equipoise.chance import Stream
from equipoise.design import Accrual
from equipoise.protocol.document import Site
from equipoise.units import months_to_days
from equipoise.visits import Visit

__all__ = ["arrival_days", "at_office", "outside_window", "planned_days", "site_of_arrival", "visit_day", "working_day"]


def arrival_days(accrual: Accrual, stream: Stream, n: int) -> list[float]:
    """Days since the start on which `n` participants arrive; after the last period its rate goes on.

    The rates of one period after the other are integrated, and a unit exponential apart from arrival to arrival.
    """
    if n == 0:
        return []
    periods = [
        (months_to_days(m), r / months_to_days(1)) for m, r in zip(accrual.months, accrual.per_month, strict=True)
    ]
    last_rate = next(rate for _, rate in reversed(periods) if rate > 0)
    arrivals: list[float] = []
    now, index, left = 0.0, 0, periods[0][0]
    for gap in stream.exponential(0, 1.0, n).tolist():
        while index < len(periods) and gap > left * periods[index][1]:
            gap -= left * periods[index][1]  # noqa: PLW2901  what is left of the waiting after this period
            now += left
            index += 1
            left = periods[index][0] if index < len(periods) else 0.0
        rate = periods[index][1] if index < len(periods) else last_rate
        now += gap / rate
        left -= gap / rate
        arrivals.append(now)
    return arrivals


def site_of_arrival(sites: Sequence[Site], shares: Mapping[str, float], uniform: float) -> Site:
    """The site at which somebody arrives, by the sites' shares; equal when the scenario gives none."""
    weights = [shares.get(site.id, 0.0) if shares else 1.0 for site in sites]
    mark = uniform * (sum(weights) or len(sites))
    for site, weight in zip(sites, weights, strict=True):
        mark -= weight
        if mark < 0:
            return site
    return sites[-1]


def working_day(day: date) -> date:
    """`day`, or the Monday after it when it falls on a weekend."""
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def at_office(day: date, hours: float, timezone: str) -> datetime:
    """`hours` after 8 o'clock of `day` at the site, in UTC and in whole seconds."""
    local = datetime.combine(day, time(8), _zone(timezone)) + timedelta(seconds=round(3600 * hours))
    return local.astimezone(UTC)


def planned_days(visit: Visit) -> list[int]:
    """The planned day of each occurrence, counted from the visit's anchor."""
    if visit.day is None:
        return []
    if visit.repeat is None:
        return [visit.day.value]
    every, count = visit.repeat.value.every_days, visit.repeat.value.count
    return [visit.day.value + k * every for k in range(count)]


def visit_day(anchor: date, planned: int, visit: Visit, uniform: float) -> date:
    """The day on which a visit takes place: mostly near its planned day, always within its window, and on a working
    day when the window has one."""
    before, after = visit.window.before, visit.window.after
    mark = 2 * uniform - 1  # cubed, so that most visits are close to their day
    shift = round(mark**3 * (after if mark > 0 else before))
    day = anchor + timedelta(days=planned + shift)
    latest = anchor + timedelta(days=planned + after)
    if working_day(day) <= latest:
        return working_day(day)
    earlier = day - timedelta(days=day.weekday() - 4)
    return earlier if earlier >= anchor + timedelta(days=planned - before) else day


def outside_window(anchor: date, planned: int, visit: Visit, uniform: float) -> date:
    """A day after the window: by a few days, and by up to twice the window now and then."""
    after = visit.window.after
    late = 1 + int(max(6, after) * uniform * uniform)
    return working_day(anchor + timedelta(days=planned + after + late))
