"""Numbers and days as a protocol may state them: each kind with a lowest and a highest value.

Promises that no number of a protocol is beyond what a trial can mean: a century of days, a million participants. What
lies outside is a slip of the keyboard or of a unit, and would break whatever counts with it. Every field of a clause
that is a number or a day is one of these, or states both bounds itself. Knows no clause.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

__all__ = [
    "CENTURY",
    "FIRST_DAY",
    "LAST_DAY",
    "CalendarDay",
    "Count",
    "DayCount",
    "DayOfTreatment",
    "DayOffset",
    "DaySpan",
    "Days",
    "DaysLater",
    "Months",
    "Number",
    "Parameter",
    "People",
    "PositiveDays",
    "PositiveMonths",
    "PositiveNumber",
    "PositiveRatio",
    "Rate",
    "Ratio",
    "SampleSize",
    "SignedDays",
    "Weight",
    "WholeNumber",
    "is_calendar_day",
]

CENTURY = 36_525  # days
MOST = 1e15  # cells, vector genomes per kilogram and units of activity stay below
FIRST_DAY, LAST_DAY = (
    "1850-01-01",
    "2199-12-31",
)  # of births that old records tell, and of trials that the newborn may see

DayOffset = Annotated[int, Field(ge=-CENTURY, le=CENTURY, title="DayOffset")]
"""A day counted from an anchor, before or after it."""
DayOfTreatment = Annotated[int, Field(ge=-60, le=CENTURY, title="DayOfTreatment")]
"""A day counted from the start of treatment, which is day 1; something may be given shortly before."""
DayCount = Annotated[int, Field(ge=1, le=CENTURY, title="DayCount")]
"""Whole days from one to the next, at least one."""
DaySpan = Annotated[int, Field(ge=0, le=CENTURY, title="DaySpan")]
"""Whole days that may be none."""
Days = Annotated[float, Field(ge=0, le=CENTURY, title="Days")]
"""Days since a time zero."""
PositiveDays = Annotated[float, Field(gt=0, le=CENTURY, title="PositiveDays")]
DaysLater = Annotated[float, Field(ge=0, le=CENTURY, title="DaysLater")]
"""Days after something that was recorded."""
SignedDays = Annotated[float, Field(ge=-CENTURY, le=CENTURY, title="SignedDays")]
"""Days after a date, or before it."""
Months = Annotated[float, Field(ge=0, le=1200, title="Months")]
PositiveMonths = Annotated[float, Field(gt=0, le=1200, title="PositiveMonths")]
Rate = Annotated[float, Field(ge=0, le=1e5, title="Rate")]
"""Participants or events per month."""
Count = Annotated[int, Field(ge=1, le=10_000, title="Count")]
"""How often something happens to one participant, or in how many pieces it comes."""
People = Annotated[int, Field(ge=1, le=1_000_000, title="People")]
"""Participants, or events among them."""
SampleSize = Annotated[int, Field(ge=2, le=1_000_000, title="SampleSize")]
"""Participants of a whole trial."""
WholeNumber = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000, title="WholeNumber")]
Number = Annotated[float, Field(ge=-MOST, le=MOST, title="Number")]
"""A measured value, whatever it measures; a check of its own may know it better."""
PositiveNumber = Annotated[float, Field(gt=0, le=MOST, title="PositiveNumber")]
Ratio = Annotated[float, Field(ge=0, le=1e6, title="Ratio")]
PositiveRatio = Annotated[float, Field(gt=0, le=1e6, title="PositiveRatio")]
Weight = Annotated[float, Field(ge=0, le=1e9, title="Weight")]
"""How much one of several counts for; only the proportions matter."""
Parameter = Annotated[float, Field(ge=-1000, le=1000, title="Parameter")]
"""What shapes a function that spends alpha or beta, or a limit on a test statistic."""
CalendarDay = Annotated[
    str,
    Field(
        title="CalendarDay",
        json_schema_extra={"format": "date", "formatMinimum": FIRST_DAY, "formatMaximum": LAST_DAY},
    ),
]
"""A day of the calendar, YYYY-MM-DD."""


def is_calendar_day(json_schema_extra: Any) -> bool:
    """Whether a field that says this of itself is a day of the calendar."""
    return isinstance(json_schema_extra, dict) and json_schema_extra.get("format") == "date"
