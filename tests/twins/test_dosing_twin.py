"""All doses of a study at once, and each participant's one after the other, are judged alike."""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars as pl
import pytest

from equipoise.medicine.dosing import DoseRecord, DoseSchedule, judge_course
from equipoise.medicine.dosing.frames import judge_study

SCHEDULES = [
    DoseSchedule(100.0, "mg/m2", 21, 3),
    DoseSchedule(1000.0, "mg/m2", 21, 3, (1, 8)),
    DoseSchedule(40.0, "mg/m2", 7, 7),
]
LIMITS = {"tolerance_days": 1, "tolerance_percent": 5.0, "maximum": 1200.0}
SCHEMA = {
    "participant": pl.Int64,
    "number": pl.Int64,
    "day": pl.Date,
    "given": pl.Boolean,
    "dose": pl.Float64,
    "first_day": pl.Date,
}


def study(schedule: DoseSchedule, participants: int, seed: int) -> list[tuple]:
    """Doses late, early, less, more, omitted, without a day, without an amount, left out of the record."""
    chance = random.Random(seed)
    rows = []
    for participant in range(participants):
        start = date(2026, 1, 5) + timedelta(days=chance.randrange(60))
        anchor = start - timedelta(days=chance.randrange(5)) if chance.random() < 0.5 else None
        for number in range(1, schedule.doses + 1):
            if chance.random() < 0.05:
                continue
            given = chance.random() < 0.9
            late = chance.choice([0, 0, 0, 1, 2, 7, -2])
            day = None if chance.random() < 0.02 else start + timedelta(days=schedule.offset_of(number) + late)
            share = chance.choice([1, 1, 1, 0.75, 0.96, 1.04, 1.3])
            dose = schedule.dose * share if given and chance.random() < 0.98 else None
            rows.append((participant, number, day, given, dose, anchor))
    return rows


def alike(rows: list[tuple], frame: pl.DataFrame, schedule: DoseSchedule) -> bool:
    """Whether the frame says of each participant what the plain course says."""
    columns = ("planned_on", "delay_days", "percent", "cumulative", "relative_dose_intensity", "status")
    told = {(r["participant"], r["number"]): [r[c] for c in columns] for r in frame.iter_rows(named=True)}
    for participant in {row[0] for row in rows}:
        own = [row for row in rows if row[0] == participant]
        records = [DoseRecord(number, day, given, dose) for _, number, day, given, dose, _ in own]
        for judged in judge_course(schedule, own[0][5], records, **LIMITS):
            for ours, theirs in zip(
                told[participant, judged.number], [getattr(judged, c) for c in columns], strict=True
            ):
                if ours != (pytest.approx(theirs, rel=1e-12) if isinstance(theirs, float) else theirs):
                    return False
    return True


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_study_is_judged_as_its_participants_are(schedule) -> None:
    rows = study(schedule, 200, seed=schedule.doses)
    frame = judge_study(pl.DataFrame(rows, schema=SCHEMA, orient="row"), schedule, **LIMITS)
    assert alike(rows, frame, schedule)
    assert set(frame["status"]) >= {"on_time", "early", "delayed", "reduced", "delayed_reduced", "omitted"}


def test_control_a_day_that_is_moved_in_one_of_the_two_is_noticed() -> None:
    schedule = SCHEDULES[0]
    rows = study(schedule, 50, seed=1)
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row").with_columns(
        day=pl.col("day") + pl.duration(days=pl.col("number") - 1)
    )
    assert not alike(rows, judge_study(frame, schedule, **LIMITS), schedule)


def test_no_doses_are_judged_as_none() -> None:
    empty = pl.DataFrame([], schema=SCHEMA, orient="row")
    assert judge_study(empty, SCHEDULES[0]).height == 0
