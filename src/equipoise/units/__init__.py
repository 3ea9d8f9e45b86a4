"""Days, months and study days, and the units of clinical quantities: conversions live nowhere else.

Promises one documented length of a month and a year, one canonical unit per quantity and per analyte, exact factors.
"""

from equipoise.units.converting import (
    analytes,
    canonical_unit,
    conversion,
    convert,
    known_unit,
    quantity_of,
    same_quantity,
)
from equipoise.units.days import (
    DAYS_PER_MONTH,
    DAYS_PER_WEEK,
    DAYS_PER_YEAR,
    EARLIEST_DAY,
    age_years,
    date_of_study_day,
    days_to_months,
    days_to_weeks,
    days_to_years,
    months_to_days,
    study_day,
    weeks_to_days,
    years_to_days,
)

__all__ = [
    "DAYS_PER_MONTH",
    "DAYS_PER_WEEK",
    "DAYS_PER_YEAR",
    "EARLIEST_DAY",
    "age_years",
    "analytes",
    "canonical_unit",
    "conversion",
    "convert",
    "date_of_study_day",
    "days_to_months",
    "days_to_weeks",
    "days_to_years",
    "known_unit",
    "months_to_days",
    "quantity_of",
    "same_quantity",
    "study_day",
    "weeks_to_days",
    "years_to_days",
]
