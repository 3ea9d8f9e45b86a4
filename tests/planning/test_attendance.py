"""Rates and means: who is lost before the assessment, how many join for it, and in which month all of it is."""

import math

import pytest

from equipoise.findings import Refusal
from equipoise.planning import appraise, plan_design
from equipoise.planning.attendance import assessed_after, attendance_of
from equipoise.planning.sizes.means import plan_means
from equipoise.planning.sizes.rates import estimate_rates_power
from equipoise.units import days_to_months
from tests.planning.test_planning import BINARY, CONTINUOUS, TWO, codes, trial
from tests.spec.minimal import minimal_protocol

ACCRUAL = {"accrual": {"months": [12.0], "per_month": [20.0]}}
LOOKS = {"looks": [{"information": 0.5}, {"information": 1.0}], "spending": {"kind": "pocock"}}
TAKEN = """
endpoints:
- {id: os, role: secondary}
- {kind: continuous, id: mass, label: {en: Weight, zh: 体重}, short: kg, description: {en: Weight, zh: 体重}, role: primary, rule: %s}
variables:
- {id: first_seen, label: {en: First, zh: 首次}, type: boolean, pick: {item: progressed, which: first, visits: [every_3_months]}}
- {id: ever, label: {en: Ever, zh: 曾经}, type: boolean, pick: {item: progressed, which: any, where: progressed}}
- {id: worse, label: {en: Worse, zh: 变差}, type: boolean, rule: ever AND first_seen}
"""


def months_of(rule):
    return assessed_after(minimal_protocol(TAKEN % rule), "mass")


def test_more_join_than_are_assessed():
    """Week 24 with 5% a month: 205.4 are assessed, 205.4 / 0.7408 join; of whole pairs that is 278."""
    clause = CONTINUOUS | {
        "means": {"control": 2.5, "experimental": 0.0, "sd": 5.5},
        "sides": 2,
        "power": 0.9,
        "alpha": 0.05,
    }
    plan = plan_design(trial(clause, follow_up_months=6.0, dropout_per_month=0.05))
    assert plan.required.participants == pytest.approx(205.4, abs=0.05)
    assert plan.attendance.share == pytest.approx(math.exp(-0.3))
    assert plan.required_participants == 278
    assert plan.planned.participants == pytest.approx(278 * math.exp(-0.3))
    assert plan.power == pytest.approx(0.9, abs=0.002)
    assert plan_design(trial(clause)).required_participants == 206


def test_the_power_of_stated_participants_is_that_of_those_who_are_assessed():
    plan = plan_design(trial(BINARY, participants=248, follow_up_months=6.0, dropout_per_month=0.05))
    assessed = 248 * math.exp(-0.3)
    assert plan.power == estimate_rates_power(plan.boundaries, 0.5, 0.3, assessed).power
    assert codes(plan) == ["design.power"]
    assert "336 participants are needed" in plan.findings[0].why


def test_one_arm_loses_participants_too():
    kept = plan_design(trial(CONTINUOUS, arms=TWO[:1]))
    lost = plan_design(trial(CONTINUOUS, arms=TWO[:1], follow_up_months=10.0, dropout_per_month=0.1))
    assert lost.required_participants == math.ceil(kept.required.participants * math.e)


def test_looks_come_when_enough_have_been_assessed():
    """240 join at 20 a month, 6 months before they are assessed; half of those who stay are half of those who join."""
    clause = BINARY | LOOKS | ACCRUAL | {"follow_up_months": 6.0, "dropout_per_month": 0.05, "participants": 240}
    plan = plan_design(trial(clause))
    first, last = appraise(plan, trial(clause).design).looks
    assert (first.month, last.month) == pytest.approx((6 + 6, 12 + 6))
    assert (first.participants, last.participants) == pytest.approx((240, 240))
    assert (first.size, last.size) == pytest.approx((120 * math.exp(-0.3), 240 * math.exp(-0.3)))
    assert plan.attendance.assessed == plan.attendance.duration == pytest.approx(18)


def test_slower_accrual_shows_fewer_by_the_planned_month():
    clause = BINARY | ACCRUAL | {"follow_up_months": 6.0, "participants": 240}
    plan = plan_design(trial(clause))
    (accrual,) = (one for one in plan.sensitivity if one.assumption == "accrual")
    assert (accrual.low.month, accrual.high.month) == pytest.approx((240 / 16 + 6, 240 / 25 + 6))
    assert accrual.low.power == estimate_rates_power(plan.boundaries, 0.5, 0.3, 16 * 12).power
    assert accrual.high.power == plan.power
    assert accrual.low.participants == accrual.high.participants == plan.required.participants


def test_an_assumption_on_which_nothing_rests_has_no_row():
    names = {one.assumption for one in plan_design(trial(BINARY, follow_up_months=6.0)).sensitivity}
    assert names == {"rates.control", "rates.experimental"}
    lost = plan_design(trial(BINARY, follow_up_months=6.0, dropout_per_month=0.02)).sensitivity
    assert {"follow_up_months", "dropout_per_month"} <= {one.assumption for one in lost}


def test_the_assessment_is_at_the_visit_that_the_endpoint_is_taken_from():
    assert months_of("progressed") == days_to_months(90 + 7 * 90)
    assert months_of("first_seen") == days_to_months(90)
    assert months_of("worse") == days_to_months(90 + 7 * 90)
    assert months_of("weight") is None


def test_follow_up_may_go_on_after_the_assessment():
    design = trial(CONTINUOUS | ACCRUAL, follow_up_months=24.0, dropout_per_month=0.05).design
    found = attendance_of(design, 200.0, visit_months=6.0)
    assert found.share == pytest.approx(math.exp(-0.3))
    assert (found.assessed, found.duration) == pytest.approx((10 + 6, 10 + 24))
    assert found.joined_by(5.0) == pytest.approx(100)
    assert found.assessed_by(11.0, 200.0) == pytest.approx(100 * math.exp(-0.3))


def test_a_follow_up_that_ends_before_the_assessment_is_told():
    rule = minimal_protocol(TAKEN % "progressed")
    kept = trial(CONTINUOUS | ACCRUAL, endpoint="mass", follow_up_months=6.0)
    plan = plan_design(rule.model_copy(update={"design": kept.design}))
    assert "design.assessment" in codes(plan)
    (told,) = (one for one in plan.findings if one.code == "design.assessment")
    assert "after 23.7 months" in told.why
    assert "该终点取自计划于23.7个月后的访视" in told.tell("zh")


def test_months_without_an_assessment_are_those_of_joining_and_that_is_told():
    plan = plan_design(trial(BINARY | ACCRUAL))
    assert codes(plan) == ["design.assessment"]
    assert plan.attendance.assessed == pytest.approx(248 / 20)


def test_accrual_that_does_not_bring_the_participants_is_told():
    assert "design.accrual" in codes(plan_design(trial(BINARY | ACCRUAL, participants=300, follow_up_months=6.0)))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"dropout_per_month": 0.05}, "nothing says until when"),
        ({"dropout_per_month": 0.9, "follow_up_months": 12.0}, "a share of 2e-05 is left after 12 months"),
        (ACCRUAL | {"follow_up_months": 600.0, "accrual": {"months": [12.0], "per_month": [0.2]}}, "years"),
    ],
)
def test_what_nobody_could_mean_is_refused(changes, says):
    with pytest.raises(Refusal) as refused:
        plan_design(trial(BINARY, **changes))
    assert says in str(refused.value)


@pytest.mark.parametrize(("clause", "at"), [(CONTINUOUS, 0.001), (BINARY, 0.005)])
def test_a_look_at_next_to_nobody_is_told(clause, at):
    early = {"looks": [{"information": at}, {"information": 1.0}], "spending": {"kind": "lan_demets_obrien_fleming"}}
    plan = plan_design(trial(clause | early))
    (told,) = (one for one in plan.findings if one.code == "design.look_empty")
    assert "look 1 is at" in told.what


def test_a_look_at_a_tenth_of_an_event_is_told():
    from tests.planning.test_planning import SURVIVAL

    early = {"looks": [{"information": 0.001}, {"information": 1.0}], "spending": {"kind": "pocock"}}
    for control in (SURVIVAL["control"], None):
        plan = plan_design(trial(SURVIVAL | early, control=control))
        (told,) = (one for one in plan.findings if one.code == "design.look_empty")
        assert "events or participants" in told.what


def test_control_an_assessment_at_the_end_of_follow_up_would_lose_others():
    """Two years of follow-up after a visit at half a year: inflating by all of it would ask for half as many again."""
    design = trial(CONTINUOUS, follow_up_months=24.0, dropout_per_month=0.05).design
    size = plan_means(plan_design(trial(CONTINUOUS)).boundaries, -1.0, 2.0, benefit="below").participants
    at_the_visit, at_the_end = (size / attendance_of(design, None, visit).share for visit in (6.0, None))
    assert at_the_end / at_the_visit == pytest.approx(math.exp(0.05 * 18))
