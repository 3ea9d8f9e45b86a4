"""A course of radiotherapy against its prescription: days of treatment, overall time, interruption, missed days, compensation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Observation
from equipoise.medicine.radiotherapy import (
    Prescription,
    Session,
    WorkingDays,
    biologically_effective_dose,
    china,
    interruption_days,
    judge_sessions,
    plan_fractions,
    read_days,
)
from tests.medicine.saying import is_whole

MONDAY = date(2026, 6, 1)
ASKED = Prescription(69.96, 33)
OPTIONS = {"dose": 69.96, "fractions": 33, "prolonged_after_days": 5}


def codes(derived) -> list[str]:
    for remark in derived.remarks:
        assert is_whole(remark)
    return [remark.code for remark in derived.remarks]


def course(options: dict | None = None, **values):
    values = {"start": MONDAY, "end": None, "fractions": None, "dose": None, **values}
    return method_of("radiotherapy_course").derive(
        Observation(MONDAY, "rt", 1, values), [], {**OPTIONS, **(options or {})}
    )


def fractions(rows: list[dict], **options):
    rows = [{"date": None, "dose": 2.12, "fractions": None, "gap_hours": None, "missed": None, **row} for row in rows]
    return method_of("radiotherapy_fractions").derive(
        Observation(MONDAY, "rt", 1, {}, {"fractions": rows}), [], {**OPTIONS, **options}
    )


def test_thirty_three_fractions_from_a_monday_take_45_days_and_from_a_friday_47() -> None:
    derived = course()
    assert derived.values["planned_end"] == MONDAY + timedelta(days=44) and derived.values["planned_days"] == 45
    assert course(start=MONDAY + timedelta(days=4)).values["planned_days"] == 47
    assert course({"fractions_per_week": 6}).values["planned_days"] == 38
    assert not codes(derived)


def test_an_interruption_is_actual_less_planned_overall_time() -> None:
    derived = course(end=MONDAY + timedelta(days=51), fractions=33, dose=69.96)
    assert derived.values["overall_days"] == 52
    assert derived.values["interruption_days"] == 7 and derived.values["prolonged"] is True
    assert derived.values["dose_per_fraction"] == 2.12
    assert course(end=MONDAY + timedelta(days=49), fractions=33, dose=69.96).values["prolonged"] is False
    assert (
        course({"prolonged_after_days": None}, end=MONDAY + timedelta(days=49), fractions=33).values["prolonged"]
        is None
    )


def test_a_course_that_ended_early_is_held_against_the_plan_of_what_was_given() -> None:
    assert interruption_days(ASKED, MONDAY, MONDAY + timedelta(days=27), 20) == 2
    assert interruption_days(ASKED, MONDAY, MONDAY + timedelta(days=25), 20) == 0


def test_chinas_holidays_lengthen_the_plan_and_working_weekends_shorten_it() -> None:
    start = date(2026, 2, 2)  # 15 to 23 February off; 14 and 28 February, both Saturdays, worked
    assert plan_fractions(start, 33, calendar=china())[-1] == date(2026, 3, 24)
    assert plan_fractions(start, 33, calendar=china(adjusted=False))[-1] == date(2026, 3, 26)
    assert course({"calendar": "china"}, start=start).values["planned_end"] == date(2026, 3, 24)
    assert course({"calendar": "china", "adjusted_workdays": False}, start=start).values["planned_end"] == date(
        2026, 3, 26
    )


def test_a_protocol_names_holidays_and_working_days_of_its_own() -> None:
    derived = course({"holidays": ("2026-06-03", "2026-06-08/2026-06-09"), "workdays": ("2026-06-06",)})
    assert derived.values["planned_days"] == 47  # three days off, one Saturday worked: two weekdays more
    assert codes(course({"holidays": ("3 June 2026",)})) == ["holiday_unreadable"]
    assert read_days(("2026-06-09/2026-06-08", "2026-06-01")) == (frozenset({MONDAY}), ("2026-06-09/2026-06-08",))
    calendar = china().with_days(off=[date(2026, 2, 28)], worked=[date(2026, 2, 16)])
    assert not calendar.treats(date(2026, 2, 28)) and calendar.treats(date(2026, 2, 16))


@pytest.mark.parametrize(
    ("options", "values", "expected"),
    [
        ({}, {"start": date(2026, 6, 6)}, ["start_not_worked"]),
        ({"calendar": "china"}, {"start": date(2026, 12, 7)}, ["calendar_ends"]),
        ({}, {"end": date(2026, 5, 1)}, ["ends_before_start"]),
        ({}, {"dose": 6996.0, "fractions": 33}, ["centigray"]),
        ({}, {"dose": 69.96, "fractions": 30}, ["dose_per_fraction"]),
        ({}, {"dose": 74.2, "fractions": 35}, ["above_prescription"]),
        ({}, {"dose": 72.0, "fractions": 33}, ["above_prescription"]),  # 2.9 % more, in as many fractions
        ({}, {"dose": 71.06, "fractions": 34}, ["above_prescription"]),  # one fraction more, 1.6 % more in all
        ({"dose": 50, "fractions": 25}, {"dose": 51.0, "fractions": 25}, []),  # 2 % more, and no more than that
        (
            {"dose": 40, "fractions": 2},
            {"dose": 38.0, "fractions": 2},
            [],
        ),  # each of them 5 % less, and no less than that
        ({"dose": 50, "fractions": 25}, {"dose": 42.0, "fractions": 20}, []),  # 2.1 Gy are 5 % more, and no more
        ({"dose": 40, "fractions": 2}, {"dose": 37.9, "fractions": 2}, ["dose_per_fraction"]),
        (
            {"dose": 50, "fractions": 25},
            {"dose": 500.0, "fractions": 25},
            ["dose_per_fraction"],
        ),  # ten times as much, which no centigray make
        ({}, {"dose": 69.96, "fractions": 33, "end": date(2026, 6, 10)}, ["too_fast"]),
        ({}, {"dose": 69.96, "fractions": 33, "end": date(2026, 7, 15)}, []),
        ({}, {"start": None, "end": date(2026, 7, 15)}, []),
    ],
)
def test_what_does_not_fit_a_course_is_remarked_on(options, values, expected) -> None:
    assert codes(course(options, **values)) == expected


def test_a_dose_in_centigray_is_told_in_gray_too() -> None:
    [said] = course(dose=6996.0, fractions=33).remarks
    assert (said.facts["dose"], said.facts["gray"]) == ("6996", "69.96")


def test_effective_dose_loses_to_repopulation_after_the_day_that_the_protocol_says() -> None:
    assert biologically_effective_dose([(35, 2.0)], 10) == pytest.approx(84)
    assert biologically_effective_dose([(35, 2.0)], 10, days=46, gy_per_day=0.9, from_day=28) == pytest.approx(
        84 - 16.2
    )
    options = {"alpha_beta": 10.0, "repopulation_per_day": 0.9}
    derived = course(options, end=MONDAY + timedelta(days=44), fractions=33, dose=69.96)
    assert derived.values["effective_dose"] == pytest.approx(69.96 * 1.212 - 0.9 * 17, abs=0.06)
    assert course(end=MONDAY + timedelta(days=44), fractions=33, dose=69.96).values["effective_dose"] is None


def given_on(days: list[date], **more) -> list[dict]:
    return [{"date": day, **more} for day in days]


def test_a_course_given_as_planned_misses_nothing() -> None:
    derived = fractions(given_on(list(plan_fractions(MONDAY, 33))))
    assert derived.values == {
        "start": MONDAY, "end": date(2026, 7, 15), "fractions": 33, "total_dose": 69.96, "planned_end": date(2026, 7, 15),
        "planned_days": 45, "overall_days": 45, "interruption_days": 0, "prolonged": False, "dose_per_fraction": 2.12,
        "missed_days": 0, "compensated_days": 0, "effective_dose": None,
    }  # fmt: skip
    assert not codes(derived)


def test_a_missed_day_that_a_second_fraction_made_up_for_is_no_interruption() -> None:
    days = list(plan_fractions(MONDAY, 33))
    rows = [{"date": day} for day in days if day != days[10]]
    rows.append({"date": days[-1], "gap_hours": 6.5})
    derived = fractions(rows)
    assert codes(derived) == ["missed_without_reason"]
    values = derived.values
    assert (values["missed_days"], values["compensated_days"], values["interruption_days"]) == (1, 1, 0)
    rows.insert(10, {"date": days[10], "missed": "machine", "dose": None})
    assert not codes(fractions(rows))


def test_a_missed_day_that_nothing_made_up_for_ends_the_course_later() -> None:
    days = [day for day in plan_fractions(MONDAY, 34) if day != date(2026, 6, 15)]
    values = fractions([*given_on(days)]).values
    assert (values["missed_days"], values["compensated_days"], values["interruption_days"]) == (1, 0, 1)


def test_a_saturday_makes_up_for_a_missed_day() -> None:
    days = sorted({*plan_fractions(MONDAY, 33), date(2026, 6, 20)} - {date(2026, 6, 15)})
    judged = judge_sessions(ASKED, [Session(day, 1, 2.12) for day in days])
    assert judged.missed == (date(2026, 6, 15),) and judged.compensated == 1 and judged.interruption_days == 0


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"date": None}], [("date_missing", 1)]),
        ([{"date": MONDAY, "dose": 212.0}], [("centigray", 1)]),
        ([{"date": MONDAY, "dose": 1.8}], [("dose_per_fraction", 1)]),
        ([{"date": MONDAY}, {"date": MONDAY, "gap_hours": 4.0}], [("gap", 2)]),
        ([{"date": MONDAY}, {"date": MONDAY}], [("gap_missing", 2)]),
        ([{"date": MONDAY, "fractions": 3}], [("many_a_day", 1)]),
        ([{"date": MONDAY + timedelta(days=1)}, {"date": MONDAY}], [("out_of_order", 2)]),
        ([{"date": MONDAY, "fractions": 1, "missed": "fever"}], [("missed_and_given", 1)]),
        ([{"date": MONDAY}, {"date": MONDAY + timedelta(days=2)}], [("missed_without_reason", None)]),
    ],
)
def test_what_does_not_fit_a_fraction_is_remarked_on_at_its_row(rows, expected) -> None:
    derived = fractions(rows)
    assert codes(derived) and [(remark.code, remark.row) for remark in derived.remarks] == expected


def test_of_many_days_that_were_missed_the_first_are_named() -> None:
    (said,) = fractions([{"date": MONDAY}, {"date": MONDAY + timedelta(days=14)}]).remarks
    assert said.say("en").what.startswith("no fraction on 2026-06-02, ")
    assert said.say("en").what.endswith(" ..., 9 planned days, and no reason")
    assert "等共9个计划治疗日" in said.say("zh").what


def test_no_fraction_gives_nothing() -> None:
    assert set(fractions([]).values.values()) == {None}
    assert set(fractions([{"date": MONDAY, "missed": "fever", "dose": None}]).values.values()) == {None}
    assert judge_sessions(ASKED, []) is None


def test_a_dose_that_is_unknown_leaves_the_total_unknown_and_the_days_known() -> None:
    values = fractions([{"date": MONDAY}, {"date": MONDAY + timedelta(days=1), "dose": None}]).values
    assert values["total_dose"] is None and values["fractions"] == 2 and values["overall_days"] == 2


def test_more_than_prescribed_is_remarked_on_once() -> None:
    assert codes(fractions(given_on(list(plan_fractions(MONDAY, 35))))) == ["above_prescription"]


def test_a_day_of_no_known_calendar_is_not_called_known() -> None:
    assert WorkingDays().knows(date(1990, 1, 1), date(2090, 1, 1))
    assert china().knows(date(2020, 1, 1), date(2026, 12, 31))
    assert not china().knows(date(2026, 12, 1), date(2027, 1, 10))
