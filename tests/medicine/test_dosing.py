"""Planned doses, and doses recorded against their plan: days, shares, sums, intensity, and what does not fit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.dosing import DoseRecord, DoseSchedule, amount_mg, dose_in_unit, judge_course, plan_doses
from equipoise.medicine.dosing import relative_dose_intensity as intensity
from equipoise.medicine.method import Observation
from tests.medicine.saying import is_whole

START = date(2026, 3, 2)
TRIWEEKLY = DoseSchedule(100.0, "mg/m2", 21, 3)
GEMCITABINE = DoseSchedule(1000.0, "mg/m2", 21, 3, (1, 8))
OPTIONS = {"planned_dose": 100.0, "unit": "mg/m2", "every_days": 21, "cycles": 3, "tolerance_percent": 5.0}


def day(n: int) -> date:
    return START + timedelta(days=n)


def moment(n: int, **values) -> Observation:
    return Observation(day(n), "treatment", 1, {"body_surface": 1.7, "given": True, "first_day": None, **values})


def given(now: Observation, *before: Observation, **options):
    return method_of("dose_given").derive(now, list(before), {**OPTIONS, **options})


def codes(derived) -> list[str]:
    for remark in derived.remarks:
        assert is_whole(remark)
    return [remark.code for remark in derived.remarks]


def test_a_schedule_becomes_doses_by_date() -> None:
    assert [dose.day for dose in plan_doses(TRIWEEKLY, START)] == [day(0), day(21), day(42)]
    assert [dose.day for dose in plan_doses(GEMCITABINE, START)] == [day(n) for n in (0, 7, 21, 28, 42, 49)]
    assert [GEMCITABINE.interval_after(n) for n in (1, 2, 5, 6)] == [7, 14, 7, 14]


def test_a_dose_becomes_milligrams_by_the_size_that_it_is_stated_in() -> None:
    assert amount_mg(100, "mg/m2", body_surface=1.7) == 170
    assert amount_mg(100, "mg/m2", body_surface=2.3, surface_max=2.0) == 200
    assert amount_mg(6, "mg/kg", weight=60) == 360
    assert amount_mg(200, "mg") == 200
    assert amount_mg(5, "mg.min/mL", gfr=100) == 625
    assert amount_mg(100, "mg/m2") is amount_mg(6, "mg/kg") is amount_mg(5, "mg.min/mL") is None
    assert amount_mg(100, "mg/m2", body_surface=1.73, round_to_mg=10) == 170
    assert amount_mg(100, "mg/m2", body_surface=1.75, round_to_mg=10) == 180
    assert amount_mg(100, "mg/m2", body_surface=1.99, round_to_mg=10, maximum_mg=195) == 190


def test_an_amount_leads_back_to_the_dose_that_it_came_from() -> None:
    body = {"body_surface": 1.7, "weight": 61.0, "gfr": 88.0}
    for dose, unit in ((100, "mg/m2"), (6, "mg/kg"), (200, "mg"), (5, "mg.min/mL")):
        assert dose_in_unit(amount_mg(dose, unit, **body), unit, **body) == pytest.approx(dose)


def test_planned_dose_takes_the_share_that_was_recommended() -> None:
    method = method_of("planned_dose")
    options = {"planned_dose": 100.0, "unit": "mg/m2", "round_to_mg": 5.0}
    assert method.derive(Observation(START, "v", 1, {"body_surface": 1.7, "percent": 75.0}), [], options).values == {
        "dose": 130.0
    }
    assert method.derive(Observation(START, "v", 1, {"body_surface": None}), [], options).values == {"dose": None}


def test_a_course_given_as_planned_has_full_intensity_at_every_dose() -> None:
    first, second, third = moment(0, dose=170.0), moment(21, dose=170.0), moment(42, dose=170.0)
    derived = given(third, first, second)
    assert derived.values == {
        "number": 3, "dose_per_m2": 100.0, "dose_per_kg": None, "area_under_curve": None, "planned_on": day(42), "delay_days": 0,
        "percent_of_planned": 100.0, "status": "on_time", "cumulative_mg": 510.0, "cumulative_per_m2": 300.0,
        "relative_dose_intensity": 100.0,
    }  # fmt: skip
    assert not codes(derived)
    assert given(first).values["relative_dose_intensity"] == 100.0


def test_a_delay_lowers_the_intensity_by_the_time_that_it_took() -> None:
    derived = given(moment(49, dose=170.0), moment(0, dose=170.0), moment(21, dose=170.0))
    assert (derived.values["status"], derived.values["delay_days"]) == ("delayed", 7)
    assert derived.values["relative_dose_intensity"] == 90.0  # 300 mg/m2 in 70 days, planned in 63


def test_a_reduction_lowers_the_intensity_by_the_dose_that_it_cost() -> None:
    derived = given(moment(21, dose=127.5), moment(0, dose=170.0))
    assert (derived.values["status"], derived.values["percent_of_planned"]) == ("reduced", 75.0)
    assert derived.values["relative_dose_intensity"] == 87.5
    late = given(moment(28, dose=127.5), moment(0, dose=170.0))
    assert late.values["status"] == "delayed_reduced"


def test_an_omitted_dose_counts_as_nothing_and_its_time_runs_on() -> None:
    derived = given(moment(18, given=False, dose=None), moment(0, dose=170.0))
    assert derived.values["status"] == "omitted"
    assert derived.values["relative_dose_intensity"] == 50.0
    assert derived.values["cumulative_per_m2"] == 100.0 and derived.values["dose_per_m2"] == 0.0
    after = given(moment(42, dose=170.0), moment(0, dose=170.0), moment(18, given=False, dose=None))
    assert after.values["number"] == 3 and after.values["status"] == "on_time"
    assert after.values["relative_dose_intensity"] == pytest.approx(66.7)


def test_later_doses_are_planned_from_the_first_day_or_from_the_dose_before() -> None:
    before = moment(0, dose=170.0), moment(28, dose=170.0)
    assert given(moment(49, dose=170.0), *before).values["delay_days"] == 7
    assert given(moment(49, dose=170.0), *before, counted_from="previous_dose").values["delay_days"] == 0


def test_the_plan_may_count_from_another_day_than_that_of_the_first_dose() -> None:
    derived = given(moment(3, dose=170.0, first_day=START.isoformat()), first_day=1)
    assert (derived.values["planned_on"], derived.values["delay_days"]) == (START, 3)
    assert derived.values["relative_dose_intensity"] == 100.0  # a late start is no lower intensity
    assert given(moment(3, dose=170.0, first_day=START), first_day=4).values["delay_days"] == 0


def test_days_and_shares_within_the_tolerance_are_as_planned() -> None:
    before = moment(0, dose=170.0)
    assert given(moment(23, dose=165.0), before, tolerance_days=2).values["status"] == "on_time"
    assert given(moment(24, dose=165.0), before, tolerance_days=2).values["status"] == "delayed"
    assert given(moment(23, dose=160.0), before, tolerance_days=2).values["status"] == "reduced"


def test_a_dose_above_the_maximum_is_confirmed_or_refused_as_the_protocol_says() -> None:
    soft = given(moment(0, dose=190.0), maximum=100.0)
    assert soft.values["status"] == "above_maximum"
    assert [(r.code, r.severity) for r in soft.remarks] == [("above_maximum", "soft")]
    hard = given(moment(0, dose=190.0), maximum=100.0, maximum_is="hard")
    assert [(r.code, r.severity) for r in hard.remarks] == [("above_maximum", "hard")]
    assert "111.76 mg/m2 is above the maximum of 100 mg/m2" in hard.remarks[0].say("en").what
    assert codes(given(moment(0, dose=190.0))) == ["above_plan"]
    reached = given(moment(21, dose=170.0), moment(0, dose=170.0), cumulative_maximum=150.0)
    assert codes(reached) == ["cumulative_maximum"]


@pytest.mark.parametrize(
    ("now", "before", "options", "expected"),
    [
        (moment(0, dose=None), (), {}, ["dose_missing"]),
        (moment(0, given=False, dose=170.0), (), {}, ["dose_not_given"]),
        (moment(0, dose=170.0, body_surface=None), (), {}, ["size_missing"]),
        (moment(0, dose=360.0), (), {"unit": "mg/kg"}, ["size_missing"]),
        (moment(0, dose=625.0), (), {"unit": "mg.min/mL"}, ["size_missing"]),
        (moment(0, dose=170.0, body_surface=17.0), (), {}, ["body_surface"]),
        (moment(0, dose=100.0), (), {}, ["per_unit"]),
        (moment(0, dose=170.0), (moment(0, dose=170.0),), {}, ["out_of_order"]),
        (moment(14, dose=170.0), (moment(0, dose=170.0),), {}, ["too_early"]),
        (moment(42, dose=170.0), (moment(0, dose=170.0),), {}, ["skipped"]),
        (moment(21, dose=170.0, number=4), (moment(0, dose=170.0),), {}, ["beyond_plan", "too_early"]),
        (moment(21, dose=170.0, number=1), (moment(0, dose=170.0),), {}, ["number_twice", "skipped"]),
        (moment(28, dose=170.0, reason=None), (moment(0, dose=170.0),), {"ask_reason": True}, ["reason_missing"]),
        (moment(28, dose=140.0, reason=None), (moment(0, dose=170.0),), {"ask_reason": True}, ["reason_missing"]),
        (moment(0, dose=140.0, reason=None), (), {"ask_reason": True}, ["reason_missing"]),
        (moment(0, given=False, dose=None, reason=None), (), {"ask_reason": True}, ["reason_missing"]),
        (moment(0, dose=170.0), (), {"cycle_days": (1, 8, 30)}, ["cycle_days"]),
        (
            Observation(None, "treatment", 1, {"body_surface": 1.7, "given": True, "dose": 170.0}),
            (),
            {},
            ["day_missing"],
        ),
        (moment(28, dose=170.0, reason="neutropenia"), (moment(0, dose=170.0),), {"ask_reason": True}, []),
    ],
)
def test_what_does_not_fit_is_remarked_on_in_both_languages(now, before, options, expected) -> None:
    assert codes(given(now, *before, **options)) == expected


def test_a_record_that_says_nothing_of_the_drug_is_no_dose() -> None:
    assert set(given(moment(0, given=None, dose=None)).values.values()) == {None}
    derived = given(
        moment(42, dose=170.0), moment(0, dose=170.0), moment(21, given=None, dose=None), moment(21, dose=170.0)
    )
    assert derived.values["number"] == 3


def test_an_unknown_dose_leaves_the_sums_unknown() -> None:
    derived = given(moment(21, dose=170.0), moment(0, dose=170.0, body_surface=None))
    assert derived.values["cumulative_per_m2"] is None and derived.values["relative_dose_intensity"] is None
    assert derived.values["cumulative_mg"] == 340.0


def test_dose_intensity_may_count_what_was_never_recorded_and_may_count_planned_days() -> None:
    two = [DoseRecord(1, day(0), True, 100.0), DoseRecord(2, day(28), True, 100.0)]
    assert intensity(TRIWEEKLY, two) == pytest.approx(42 / 49)
    assert intensity(TRIWEEKLY, two, time_base="planned") == 1
    assert intensity(TRIWEEKLY, two, whole=True) == pytest.approx(2 / 3)
    assert intensity(TRIWEEKLY, []) is None


def test_several_doses_of_a_cycle_are_judged_each_at_its_own_day() -> None:
    records = [DoseRecord(n + 1, day(offset), True, 1000.0) for n, offset in enumerate(GEMCITABINE.offsets)]
    assert {j.status for j in judge_course(GEMCITABINE, START, records)} == {"on_time"}
    assert {j.relative_dose_intensity for j in judge_course(GEMCITABINE, START, records)} == {1.0}


@pytest.mark.parametrize(
    ("planned", "given", "status"),
    [(5.1, 5.355, "on_time"), (1.1, 1.045, "on_time"), (5.1, 5.36, "increased"), (1.1, 1.04, "reduced")],
)
def test_a_dose_at_the_very_limit_of_the_tolerance_is_within_it(planned, given, status) -> None:
    """5.355 of 5.1 is 105 %, which floating numbers put at 105.00000000000001; 1.045 of 1.1 is 95 %."""
    schedule = DoseSchedule(planned, "mg/m2", 21, 1)
    (judged,) = judge_course(schedule, START, [DoseRecord(1, START, given=True, dose=given)])
    assert judged.status == status


NEAR, APART = 0.5e-9, 3e-9  # of a number: what counts as no difference, and what counts as one


@pytest.mark.parametrize("size", [0.01, 1.0, 10_000.0])
def test_a_dose_or_a_sum_at_its_maximum_is_not_above_it(size) -> None:
    options = {"planned_dose": size, "unit": "mg", "body_surface": None}
    for factor, above in ((1, False), (1 + NEAR, False), (1 + APART, True), (1 - APART, False)):
        single = given(moment(0, dose=size * factor), maximum=size, **options)
        assert (single.values["status"] == "above_maximum") is above
        summed = given(
            moment(21, dose=size * (2 * factor - 1)), moment(0, dose=size), cumulative_maximum=2 * size, **options
        )
        assert ("cumulative_maximum" in codes(summed)) is above
        share = given(moment(0, dose=1.05 * size * factor), **options)
        assert (share.values["status"] == "increased") is above
        low = given(moment(0, dose=0.95 * size / factor), **options)
        assert (low.values["status"] == "reduced") is above


def test_a_dose_that_was_omitted_on_a_day_is_no_day_of_a_dose() -> None:
    """The second was to be on day 21 and was omitted on day 40; the third is on day 42."""
    omitted = moment(40, given=False, dose=None, reason="fever")
    found = given(moment(40, dose=170.0), moment(0, dose=170.0), omitted)
    assert "out_of_order" not in codes(found)
    records = [
        DoseRecord(1, day(0), True, 100.0),
        DoseRecord(2, day(30), False, None),
        DoseRecord(3, day(42), True, 100.0),
    ]
    assert [j.planned_on for j in judge_course(TRIWEEKLY, START, records, counted_from="previous_dose")] == [
        day(0), day(21), day(42),
    ]  # fmt: skip


def test_how_many_days_too_early_is_told() -> None:
    (remark,) = given(moment(14, dose=170.0), moment(0, dose=170.0)).remarks
    assert "7 days" in remark.say("en").what
    assert "-7" not in remark.say("en").what


@pytest.mark.parametrize(("surface", "odd"), [(1.0, False), (2.8, False), (0.99, True), (2.81, True)])
def test_a_body_surface_that_hardly_anybody_has_is_asked_about_when_a_dose_is_planned(surface, odd) -> None:
    options = {"planned_dose": 100.0, "unit": "mg/m2"}
    found = method_of("planned_dose").derive(Observation(START, "v", 1, {"body_surface": surface}), [], options)
    assert codes(found) == (["body_surface"] if odd else [])


def test_a_dose_that_is_stated_in_milligrams_is_kept_as_stated_and_one_by_size_to_a_tenth() -> None:
    method = method_of("planned_dose")
    stated = method.derive(Observation(START, "v", 1, {}), [], {"planned_dose": 0.25, "unit": "mg"})
    by_size = method.derive(Observation(START, "v", 1, {"weight": 61.0}), [], {"planned_dose": 0.333, "unit": "mg/kg"})
    assert (stated.values, by_size.values) == ({"dose": 0.25}, {"dose": 20.3})
