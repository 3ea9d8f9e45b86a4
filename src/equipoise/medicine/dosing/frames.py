"""All doses of a study at once against one schedule,
the same answers as `course.judge_course` (a twin test holds them to it).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from equipoise.medicine.dosing.planning import DoseSchedule
from equipoise.medicine.nearness import EQUAL

if TYPE_CHECKING:
    import polars as pl

__all__ = ["judge_study"]


def judge_study(
    doses: pl.DataFrame,
    schedule: DoseSchedule,
    *,
    tolerance_days: int = 0,
    tolerance_percent: float = 5.0,
    maximum: float | None = None,
) -> pl.DataFrame:
    """Each dose judged, days counted from the first day and dose intensity over actual days.

    Columns taken: participant, number (from 1), day (date), given, dose (in the schedule's unit), and, where it is
    known, first_day. Added: planned_on, delay_days, percent, cumulative, relative_dose_intensity, status. Sorted by
    participant and number.
    """
    import polars as pl

    rows = doses if "first_day" in doses.columns else doses.with_columns(pl.lit(None, pl.Date).alias("first_day"))
    top = rows["number"].max()
    numbers = range(1, int(top if isinstance(top, int) else 0) + 1)
    plan = pl.DataFrame(
        {
            "number": pl.Series(numbers, dtype=rows.schema["number"]),
            "offset": [timedelta(days=schedule.offset_of(n)) for n in numbers],
            "interval": [schedule.interval_after(n) for n in numbers],
        },
        schema_overrides={"offset": pl.Duration("us"), "interval": pl.Int64},
    )
    given, dose, day, number = pl.col("given"), pl.col("dose"), pl.col("day"), pl.col("number")
    rows = rows.sort("participant", "number", maintain_order=True).join(
        plan, on="number", how="left", maintain_order="left"
    )
    by = "participant"
    anchor = pl.coalesce(pl.col("first_day").first().over(by), day.first().over(by))
    began = given.first().over(by) & (number.first().over(by) == 1)
    unknown = (given & (dose.is_null() | day.is_null())).cum_sum().over(by) > 0
    no_sum = (given & dose.is_null()).cum_sum().over(by) > 0
    taken = pl.when(given).then(dose.fill_null(0.0)).otherwise(0.0).cum_sum().over(by)
    rows = rows.with_columns(
        planned_on=anchor + pl.col("offset"),
        start=pl.when(began).then(day.first().over(by)).otherwise(anchor),
        percent=pl.when(given).then(dose / schedule.dose * 100).otherwise(0.0),
        cumulative=pl.when(~no_sum).then(taken),
    ).with_columns(due=pl.col("start") + pl.col("offset"))
    due = pl.col("due")
    end = pl.when(given & day.is_not_null()).then(day).otherwise(pl.max_horizontal(day, due))
    days = (end - pl.col("start")).dt.total_days() + pl.col("interval")
    planned_days = pl.col("offset").dt.total_days() + pl.col("interval")
    delay = pl.when(given).then((day - pl.col("planned_on")).dt.total_days())
    late, low = delay > tolerance_days, pl.col("percent") < (100 - tolerance_percent) * (1 - EQUAL)
    above = pl.lit(False) if maximum is None else dose > maximum * (1 + EQUAL)
    status = (
        pl.when(~given)
        .then(pl.lit("omitted"))
        .when(above)
        .then(pl.lit("above_maximum"))
        .when(pl.col("percent") > (100 + tolerance_percent) * (1 + EQUAL))
        .then(pl.lit("increased"))
        .when(delay.is_null() | pl.col("percent").is_null())
        .then(None)
        .when(late & low)
        .then(pl.lit("delayed_reduced"))
        .when(late)
        .then(pl.lit("delayed"))
        .when(low)
        .then(pl.lit("reduced"))
        .when(delay < -tolerance_days)
        .then(pl.lit("early"))
        .otherwise(pl.lit("on_time"))
    )
    share = taken / (schedule.dose * number)
    return rows.with_columns(
        delay_days=delay,
        relative_dose_intensity=pl.when(~unknown & (days > 0)).then(share * planned_days / days),
        status=status,
    ).drop("offset", "interval", "start", "due")
