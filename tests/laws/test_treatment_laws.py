"""Laws of dosing and radiotherapy: what was given as planned is complete, and holidays only ever lengthen a plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.medicine.body_size import body_surface
from equipoise.medicine.dosing import (
    DoseRecord,
    DoseSchedule,
    amount_mg,
    dose_in_unit,
    judge_course,
    relative_dose_intensity,
)
from equipoise.medicine.dosing.planning import UNITS
from equipoise.medicine.radiotherapy import Prescription, Session, WorkingDays, china, judge_sessions, plan_fractions
from equipoise.medicine.renal_function import cockcroft_gault, egfr_ckd_epi_2021
from tests.hunting import examples

DAYS = st.dates(date(2020, 1, 1), date(2026, 9, 1))
SCHEDULES = st.builds(
    lambda every, cycles, days, dose: DoseSchedule(dose, "mg/m2", every, cycles, tuple(sorted(days))),
    st.integers(7, 28),
    st.integers(1, 8),
    st.sets(st.integers(1, 7), min_size=1, max_size=3),
    st.floats(1, 2000),
)


def as_planned(schedule: DoseSchedule, first: date) -> list[DoseRecord]:
    return [
        DoseRecord(n, first + timedelta(days=offset), True, schedule.dose)
        for n, offset in enumerate(schedule.offsets, 1)
    ]


@given(SCHEDULES, DAYS)
@settings(max_examples=examples(100), deadline=None)
def test_what_was_given_as_planned_has_an_intensity_of_one_at_every_dose(schedule, first) -> None:
    for judged in judge_course(schedule, first, as_planned(schedule, first)):
        assert judged.relative_dose_intensity == pytest.approx(1, rel=1e-12)
        assert (judged.status, judged.delay_days) == ("on_time", 0)


@given(SCHEDULES, DAYS, st.data())
@settings(max_examples=examples(100), deadline=None)
def test_less_later_or_omitted_is_never_a_higher_intensity(schedule, first, data) -> None:
    records = as_planned(schedule, first)
    at = data.draw(st.integers(0, len(records) - 1))
    old = records[at]
    how = data.draw(st.sampled_from(["less", "omitted", "all_later"]))
    if how == "less":
        records[at] = DoseRecord(old.number, old.day, True, old.dose * data.draw(st.floats(0, 0.99)))
    elif how == "omitted":
        records[at] = DoseRecord(old.number, old.day, False, None)
    elif at:
        later = timedelta(days=data.draw(st.integers(1, 40)))
        records[at:] = [DoseRecord(r.number, r.day + later, True, r.dose) for r in records[at:]]
    changed = how != "all_later" or at > 0
    assert (relative_dose_intensity(schedule, records, first_day=first) < 1 - 1e-9) == changed


def test_control_an_intensity_without_the_last_interval_is_not_one_when_given_as_planned() -> None:
    schedule = DoseSchedule(100.0, "mg/m2", 21, 3)
    records = as_planned(schedule, date(2026, 1, 5))
    delivered, planned = 300 / (records[-1].day - records[0].day).days, 100 / 21
    assert delivered / planned != pytest.approx(1) == relative_dose_intensity(schedule, records)


@given(
    st.sampled_from(UNITS), st.floats(0.1, 2000), st.floats(1, 3), st.floats(30, 150), st.floats(10, 200),
    st.none() | st.floats(1.5, 2.5), st.none() | st.just(125.0),
)  # fmt: skip
def test_milligrams_lead_back_to_the_dose_that_was_planned(
    unit, dose, surface, weight, gfr, surface_max, gfr_max
) -> None:
    body = {"body_surface": surface, "weight": weight, "gfr": gfr, "surface_max": surface_max, "gfr_max": gfr_max}
    assert dose_in_unit(amount_mg(dose, unit, **body), unit, **body) == pytest.approx(dose, rel=1e-12)


@given(st.floats(1, 3000), st.sampled_from([1.0, 5.0, 10.0, 50.0]), st.none() | st.floats(50, 3000))
def test_rounding_moves_a_dose_by_half_a_step_and_never_over_its_maximum(dose, step, maximum) -> None:
    exact, rounded = (
        amount_mg(dose, "mg", maximum_mg=maximum),
        amount_mg(dose, "mg", maximum_mg=maximum, round_to_mg=step),
    )
    assert maximum is None or rounded <= maximum
    assert abs(rounded - exact) <= (step if maximum is not None else step / 2) + 1e-9


@given(DAYS, st.integers(1, 40), st.integers(1, 7), st.sets(DAYS, max_size=40), DAYS)
@settings(max_examples=examples(200), deadline=None)
def test_another_holiday_never_shortens_a_plan_and_another_working_day_never_lengthens_it(
    start, count, per_week, off, day
) -> None:
    calendar = WorkingDays(frozenset(off))
    end = plan_fractions(start, count, per_week, calendar)[-1]
    assert plan_fractions(start, count, per_week, calendar.with_days(off=[day]))[-1] >= end
    assert plan_fractions(start, count, per_week, calendar.with_days(worked=[day]))[-1] <= end


def test_control_a_day_worked_that_was_off_does_shorten_a_plan() -> None:
    start = date(2026, 1, 5)
    calendar = WorkingDays(frozenset({date(2026, 1, 6)}))
    assert (
        plan_fractions(start, 5, 5, calendar)[-1]
        > plan_fractions(start, 5, 5, calendar.with_days(worked=[date(2026, 1, 6)]))[-1]
    )


@given(DAYS, st.integers(1, 40), st.sampled_from([5, 6, 7]), st.booleans())
@settings(max_examples=examples(100), deadline=None)
def test_a_plan_that_was_followed_misses_nothing_and_ends_when_planned(start, count, per_week, chinese) -> None:
    calendar = china() if chinese else WorkingDays()
    days = plan_fractions(start, count, per_week, calendar)
    assert len(set(days)) == count and days[0] == start and all(calendar.treats(day, per_week) for day in days[1:])
    course = judge_sessions(
        Prescription(2.0 * count, count, per_week), [Session(day, 1, 2.0) for day in days], calendar
    )
    assert (course.interruption_days, course.missed, course.extra) == (0, (), 0)
    assert course.total_gy == pytest.approx(2.0 * count)


@given(DAYS, st.integers(5, 40), st.data())
@settings(max_examples=examples(100), deadline=None)
def test_each_missed_day_is_compensated_or_lengthens_the_course(start, count, data) -> None:
    planned = plan_fractions(start, count + 5)
    missed = data.draw(st.sets(st.sampled_from(planned[1 : count - 1]), max_size=5))
    days = [day for day in planned if day not in missed][:count]
    course = judge_sessions(Prescription(2.0 * count, count), [Session(day, 1, 2.0) for day in days])
    assert len(course.missed) == len(missed) and course.extra == 0
    assert (course.interruption_days > 0) == bool(missed)
    assert course.interruption_days >= len(missed)


@given(st.floats(130, 210), st.floats(30, 150), st.sampled_from(["mosteller", "du_bois"]))
def test_the_larger_body_has_the_larger_surface(height, weight, formula) -> None:
    surface = body_surface(height, weight, formula)
    assert body_surface(height + 1, weight, formula) > surface < body_surface(height, weight + 1, formula)


@given(st.integers(18, 95), st.sampled_from("FM"), st.floats(35, 130), st.floats(30, 900))
def test_renal_function_falls_with_age_and_with_creatinine(age, sex, weight, creatinine) -> None:
    assert cockcroft_gault(age, sex, weight, creatinine) > cockcroft_gault(age + 1, sex, weight, creatinine)
    assert cockcroft_gault(age, sex, weight, creatinine) > cockcroft_gault(age, sex, weight, creatinine * 1.01)
    assert egfr_ckd_epi_2021(age, sex, creatinine) > egfr_ckd_epi_2021(age + 1, sex, creatinine)
    assert egfr_ckd_epi_2021(age, sex, creatinine) > egfr_ckd_epi_2021(age, sex, creatinine * 1.01)
