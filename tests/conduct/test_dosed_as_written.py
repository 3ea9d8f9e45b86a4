"""Doses as protocols write them are planned, counted and shown: steps, phases, several a day, one form for two drugs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.conduct.dosed_trial import FLUOROURACIL, LEVAMISOLE, SEMAGLUTIDE, dosed, followed, give

START = date(2024, 2, 5)


def days_after(*days: int) -> list[str]:
    return [(START + timedelta(days=day)).isoformat() for day in days]


def test_a_dose_that_is_stepped_up_is_one_treatment_each_dose_against_its_own_step():
    trial, name = dosed(SEMAGLUTIDE)
    weeks = days_after(*range(0, 140, 7))
    steps = ["0.25"] * 4 + ["0.5"] * 4 + ["1"] * 4 + ["1.7"] * 4 + ["2.4"] * 3
    give(trial, name, *zip(weeks, steps, strict=False))
    (course,), lines, _ = followed(trial, name, weeks[18])
    assert [row.planned for row in course.rows] == [0.25] * 4 + [0.5] * 4 + [1] * 4 + [1.7] * 4 + [2.4] * 4
    assert {row.judged.status for row in course.rows[:19]} == {"on_time"}
    assert [row.judged.percent for row in course.rows[:19]] == pytest.approx([100] * 19)
    assert (course.cumulative, course.planned_so_far) == (pytest.approx(21), pytest.approx(21))  # 1 + 2 + 4 + 6.8 + 7.2
    assert course.intensity == pytest.approx(1)
    assert any(line.split()[:7] == ["1", "2024-02-05", "0.25", "mg", "2024-02-05", "0.25", "mg"] for line in lines)
    assert "So far 21 of 21 mg planned for the doses recorded; relative dose intensity 1." in lines


def test_what_was_given_below_its_step_is_reduced_and_keeps_its_digits():
    trial, name = dosed(SEMAGLUTIDE)
    give(trial, name, *zip(days_after(0, 7, 14, 21, 28), ["0.25", "0.25", "0.25", "0.25", "0.375"], strict=True))
    (course,), lines, _ = followed(trial, name, days_after(28)[0])
    assert (course.rows[4].judged.status, course.rows[4].judged.percent) == ("reduced", pytest.approx(75))
    assert any("0.375 mg" in line and " 75 " in line for line in lines)


def test_fluorouracil_is_given_on_five_days_and_then_weekly_from_day_28():
    trial, name = dosed(FLUOROURACIL)
    give(trial, name, (days_after(0)[0], "810"))
    (course,), lines, _ = followed(trial, name, days_after(0)[0])
    assert [str(row.planned_on) for row in course.rows[:7]] == days_after(0, 1, 2, 3, 4, 27, 34)
    assert len(course.rows) == 53
    assert course.rows[0].planned == pytest.approx(810)
    assert course.rows[0].judged.percent == pytest.approx(100)
    assert "450 of 450 mg/m2" in "\n".join(lines)


def test_levamisole_is_given_three_times_a_day_for_three_days_every_two_weeks():
    trial, name = dosed(LEVAMISOLE)
    give(trial, name, *[(day, "50") for day in days_after(0, 0, 0, 1, 1, 1, 2, 2, 2, 14)])
    (course,), _, _ = followed(trial, name, days_after(14)[0])
    assert len(course.rows) == 26 * 9
    assert [row.judged.delay_days for row in course.rows[:10]] == [0] * 10
    assert (course.cumulative, course.planned_so_far) == (500, 500)
    assert course.rows[9].judged.relative_dose_intensity is None or course.intensity == pytest.approx(1)


@pytest.mark.parametrize(("each", "records", "amount", "rows"), [("day", (0, 1, 2, 14), "150", 78), ("cycle", (0, 14), "450", 26)])  # fmt: skip
def test_a_record_may_be_all_doses_of_a_day_or_of_a_cycle(each, records, amount, rows):
    trial, name = dosed(LEVAMISOLE.replace("dose: pill_amount", f"dose: pill_amount, each: {each}"))
    give(trial, name, *[(day, amount) for day in days_after(*records)])
    (course,), _, _ = followed(trial, name, days_after(14)[0])
    assert len(course.rows) == rows
    assert [row.judged.percent for row in course.rows[: len(records)]] == pytest.approx([100] * len(records))
    assert {row.judged.delay_days for row in course.rows[: len(records)]} == {0}


def test_of_a_form_for_two_drugs_each_counts_its_own_records():
    low = "{id: low, label: {en: Low, zh: 低剂量}, dose: 0.25, unit: mg, schedule: {every_days: 7, count: 4}, kind: drug, route: oral, given_by: {form: pill, dose: pill_amount, when: pill_name = 'low'}}"  # noqa: E501
    high = (
        low.replace("low", "high").replace("Low", "High").replace("0.25", "1").replace("every", "first_day: 29, every")
    )
    trial, name = dosed(low, high)
    give(trial, name, (days_after(0)[0], "0.25"), pill_name="low")
    courses, lines, _ = followed(trial, name, days_after(0)[0])
    assert [sum(row.given is not None for row in course.rows) for course in courses] == [1, 0]
    assert courses[0].day_1 == START
    assert "Day 1 is 2024-02-05: the first dose that was given." in lines
    assert "400" not in "\n".join(lines)


def test_a_record_that_says_nothing_of_a_treatment_is_no_dose_of_it():
    other = "forms: [{id: pill, items: [{id: pill_amount, required: false}, {id: more, label: {en: More, zh: 另一剂量}, type: decimal, unit: mg, required: false}]}]"  # noqa: E501
    second = "{id: second, label: {en: Second, zh: 另一药}, dose: 5, unit: mg, schedule: {every_days: 7, count: 4}, kind: drug, route: oral, given_by: {form: pill, dose: more}}"  # noqa: E501
    trial, name = dosed(SEMAGLUTIDE, second, more=other)
    give(trial, name, (days_after(0)[0], "0.25"))
    courses, _, _ = followed(trial, name, days_after(0)[0])
    assert [sum(row.given is not None for row in course.rows) for course in courses] == [1, 0]


def test_why_no_day_is_planned_is_said():
    trial, name = dosed(SEMAGLUTIDE)
    _, lines, _ = followed(trial, name, "2024-02-05")
    assert "No day is planned yet: no dated visit has the form of the doses (Doses). The first dose recorded is day 1." in lines  # fmt: skip  # noqa: E501
    trial, name = dosed(SEMAGLUTIDE.replace(", given_by: {form: pill, dose: pill_amount}", ""))
    _, lines, _ = followed(trial, name, "2024-02-05")
    assert "No day is planned: the protocol does not say where doses of this arm are recorded (given_by)." in lines


def test_patches_are_counted_by_their_name():
    patch = LEVAMISOLE.replace("dose: 50, unit: mg", 'dose: 1, unit: "{patch}"').replace(
        ", days: [1-3], times_a_day: 3", ""
    )
    trial, name = dosed(patch, unit="{patch}")
    give(trial, name, (days_after(0)[0], "1"))
    _, lines, _ = followed(trial, name, days_after(0)[0])
    assert any("1 patch   2024-02-05  1 patch" in line for line in lines)
