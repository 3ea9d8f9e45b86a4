"""Days, weeks, months and years, study days and ages: one documented length of each.

A month and a year are UCUM's mean Julian month (30.4375 d) and Julian year (365.25 d). Study day: CDISC SDTMIG 3.4,
4.4.4.
"""

from __future__ import annotations

from datetime import date, timedelta

from equipoise.units.words import refuse

__all__ = [
    "DAYS_PER_MONTH",
    "DAYS_PER_WEEK",
    "DAYS_PER_YEAR",
    "EARLIEST_DAY",
    "age_years",
    "date_of_study_day",
    "days_to_months",
    "days_to_weeks",
    "days_to_years",
    "months_to_days",
    "study_day",
    "weeks_to_days",
    "years_to_days",
]

EARLIEST_DAY = date(1850, 1, 1)
"""Nobody of whom a trial can keep a record was born before: an earlier day is a slip of the keyboard (1024, 2024)."""
DAYS_PER_WEEK = 7
DAYS_PER_MONTH = 30.4375
DAYS_PER_YEAR = 365.25


def days_to_months(days: float) -> float:
    """Months of 30.4375 days."""
    return days / DAYS_PER_MONTH


def months_to_days(months: float) -> float:
    """Days in months of 30.4375 days."""
    return months * DAYS_PER_MONTH


def days_to_weeks(days: float) -> float:
    """Weeks of 7 days."""
    return days / DAYS_PER_WEEK


def weeks_to_days(weeks: float) -> float:
    """Days in weeks of 7 days."""
    return weeks * DAYS_PER_WEEK


def days_to_years(days: float) -> float:
    """Years of 365.25 days."""
    return days / DAYS_PER_YEAR


def years_to_days(years: float) -> float:
    """Days in years of 365.25 days."""
    return years * DAYS_PER_YEAR


def study_day(reference: date, day: date) -> int:
    """The reference date is day 1 and the day before it is day -1: there is no day 0."""
    difference = (day - reference).days
    return difference + 1 if difference >= 0 else difference


def date_of_study_day(reference: date, number: int) -> date:
    """The date of a study day. Raises Refusal for day 0, which does not exist."""
    if number == 0:
        refuse("units.day_zero")
    return reference + timedelta(days=number - 1 if number > 0 else number)


def age_years(birth: date, on: date) -> int:
    """Completed years of age. Whoever was born on 29 February has a birthday on 1 March in other years.

    Raises Refusal when `on` is before `birth`.
    """
    if on < birth:
        refuse("units.before_birth", day=on, birth=birth)
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
