"""On which days a department treats: weekdays, less public holidays, plus weekends that are worked instead.

`public_holidays_china.csv` holds the days off and the working weekends of mainland China for 2020 to 2026, as the State
Council's yearly notices arranged them (gov.cn: 2019-11-21 and 2020-01-27, 2020-11-25, 2021-10-25, 2022-12-08, 2023-10,
2024-11, 2025-11), taken from two independent transcriptions that agree (holiday-cn, chinese-calendar). Later years are
not arranged yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from equipoise.medicine.tables import read_table

__all__ = ["PER_WEEK", "WorkingDays", "china", "read_days"]

PER_WEEK: dict[int, tuple[int, ...]] = {
    1: (0,),
    2: (0, 3),
    3: (0, 2, 4),
    4: (0, 1, 2, 3),
    5: (0, 1, 2, 3, 4),
    6: (0, 1, 2, 3, 4, 5),
    7: (0, 1, 2, 3, 4, 5, 6),
}
"""Fractions per week to the weekdays on which they are planned (0 is Monday)."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Days off whatever the weekday, days worked whatever the weekday, and the span of days of which that is known."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    known_from: date | None = None
    known_until: date | None = None

    def treats(self, day: date, per_week: int = 5) -> bool:
        """Whether a fraction is planned on that day, with so many a week."""
        if day in self.off:
            return False
        return day in self.worked or day.weekday() in PER_WEEK[per_week]

    def knows(self, first: date, last: date) -> bool:
        """Whether the holidays of all these days are known."""
        return (self.known_from is None or first >= self.known_from) and (
            self.known_until is None or last <= self.known_until
        )

    def with_days(self, off: Iterable[date] = (), worked: Iterable[date] = ()) -> WorkingDays:
        """These days as well; a day that is named as worked is worked, whatever the calendar said."""
        more_off, more_worked = frozenset(off), frozenset(worked)
        return WorkingDays(
            (self.off | more_off) - more_worked,
            (self.worked - more_off) | more_worked,
            self.known_from,
            self.known_until,
        )


@cache
def china(*, adjusted: bool = True) -> WorkingDays:
    """Mainland China's public holidays; `adjusted`: the weekends that are worked instead are days of treatment."""
    off, worked = set[date](), set[date]()
    for row in read_table("radiotherapy/public_holidays_china.csv"):
        day, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        while day <= last:
            (off if row["kind"] == "off" else worked).add(day)
            day += timedelta(days=1)
    years = {day.year for day in off}
    return WorkingDays(
        frozenset(off),
        frozenset(worked if adjusted else ()),
        date(min(years), 1, 1),
        date(max(years), 12, 31),
    )


def read_days(texts: Iterable[str]) -> tuple[frozenset[date], tuple[str, ...]]:
    """Days out of texts such as 2027-02-06 or 2027-02-06/2027-02-12 (both included), and the texts that are none."""
    days, unread = set[date](), list[str]()
    for text in texts:
        first, _, last = str(text).partition("/")
        try:
            start, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
        except ValueError:
            unread.append(str(text))
            continue
        if not 0 <= (end - start).days <= 366:
            unread.append(str(text))
            continue
        days |= {start + timedelta(days=n) for n in range((end - start).days + 1)}
    return frozenset(days), tuple(unread)
