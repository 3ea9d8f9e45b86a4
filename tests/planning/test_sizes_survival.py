"""Sizes of survival trials: formulae by hand, the ways to solve for one another, and simulated log-rank tests."""

import math

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from equipoise.planning.sequential.group_sequential import plan_sequential
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms, total_events
from equipoise.planning.sizes.logrank_worth import logrank_worth, worth_of_an_event
from equipoise.planning.sizes.survival import (
    estimate_events,
    estimate_survival_power,
    plan_accrual,
    plan_follow_up,
    plan_survival,
    ratio_at_bound,
)

FIXED = plan_sequential(alpha=0.025, power=0.8)
THREE = plan_sequential(alpha=0.025, power=0.9, fractions=(1 / 3, 2 / 3, 1), efficacy="obrien_fleming")
YEAR = Arrivals((0.0,), (10.0,), 12.0)
ALL_METHODS = ("schoenfeld", "freedman", "hsieh_freedman", "lachin_foulkes", "lakatos")


def arms(hazard_ratio=0.6, ratio=1.0, hazard=0.05, out=0.005):
    control = SurvivalCourse.constant(hazard, out)
    return TwoArms(control, control.times((hazard_ratio,)), ratio)


def test_schoenfeld_by_hand():
    """(1.96 + 0.84)^2 (1 + r)^2 / (r ln(h)^2)."""
    z = ndtri(0.975) + ndtri(0.8)
    assert estimate_events(FIXED, 0.5) == pytest.approx(4 * z * z / math.log(2) ** 2, rel=1e-12)
    assert estimate_events(FIXED, 0.5, ratio=2) == pytest.approx(4.5 * z * z / math.log(2) ** 2, rel=1e-12)
    assert estimate_events(FIXED, 1.0, margin=2.0) == pytest.approx(4 * z * z / math.log(2) ** 2, rel=1e-12)


def test_freedman_by_hand():
    """For a ratio of one half and equal arms (1 + h)^2 / (1 - h)^2 is 9."""
    z = ndtri(0.975) + ndtri(0.8)
    assert estimate_events(FIXED, 0.5, method="freedman") == pytest.approx(9 * z * z, rel=1e-12)
    assert estimate_events(FIXED, 0.5, method="hsieh_freedman") == pytest.approx(9 * z * z, rel=1e-12)
    assert estimate_events(FIXED, 0.5, method="freedman", ratio=2) == pytest.approx(8 * z * z, rel=1e-12)
    assert estimate_events(FIXED, 0.5, method="hsieh_freedman", ratio=2) == pytest.approx(10.125 * z * z, rel=1e-12)


def test_an_event_that_is_wished_for_is_planned_the_other_way_round():
    assert estimate_events(FIXED, 2.0, benefit="above") == pytest.approx(estimate_events(FIXED, 0.5), rel=1e-12)
    assert ratio_at_bound(2.0, 100, benefit="above") == pytest.approx(1 / ratio_at_bound(2.0, 100), rel=1e-12)


def test_the_hazard_ratio_at_a_boundary_has_that_statistic():
    ratio = ratio_at_bound(2.5, 80, ratio=2, margin=1.2)
    assert math.sqrt(80) * worth_of_an_event("schoenfeld", ratio, 2, 1.2) == pytest.approx(2.5, rel=1e-12)


def test_all_participants_followed_for_ever_have_the_event():
    plan = plan_survival(FIXED, arms(out=0.0), YEAR, 1e4)
    assert plan.participants == pytest.approx(plan.events, rel=1e-12)


@pytest.mark.parametrize("design", [FIXED, THREE])
@pytest.mark.parametrize("method", ALL_METHODS)
def test_participants_follow_up_and_accrual_are_solutions_of_one_equation(method, design):
    first = plan_survival(design, arms(ratio=1.5), YEAR, 18, method=method)
    again = plan_follow_up(design, arms(ratio=1.5), first.arrivals, method=method)
    assert again.follow_up == pytest.approx(18, rel=1e-8)
    longer = plan_accrual(design, arms(ratio=1.5), first.arrivals, 18, method=method)
    assert longer.arrivals.end == pytest.approx(12, rel=1e-8)
    assert longer.events == pytest.approx(first.events, rel=1e-8)
    assert longer.events == pytest.approx(total_events(longer.arrivals, arms(ratio=1.5), longer.duration), rel=1e-12)


@pytest.mark.parametrize("method", ["schoenfeld", "freedman", "hsieh_freedman", "lakatos"])
def test_the_planned_size_has_the_planned_power(method):
    plan = plan_survival(THREE, arms(), YEAR, 18, method=method)
    power = estimate_survival_power(THREE, arms(), plan.arrivals, plan.events, method=method)
    assert power.power == pytest.approx(0.9, abs=1e-9)
    assert power.expected_duration == pytest.approx(plan.expected_duration, rel=1e-8)


def test_the_inflated_size_by_lachin_and_foulkes_has_nearly_the_planned_power():
    """Exactly with one look; with three the inflation of a size whose variance differs under both hypotheses is
    approximate.
    """
    for design, allowed in ((FIXED, 1e-9), (THREE, 2e-4)):
        plan = plan_survival(design, arms(), YEAR, 18, method="lachin_foulkes")
        power = estimate_survival_power(design, arms(), plan.arrivals, plan.events, method="lachin_foulkes")
        assert power.power == pytest.approx(design.power, abs=allowed)


def test_without_effect_the_power_is_the_error():
    for method in ALL_METHODS:
        found = estimate_survival_power(THREE, arms(1.0), YEAR.scaled(300), 100, method=method)
        assert found.power == pytest.approx(0.025, abs=1e-9)
    assert estimate_survival_power(THREE, arms(1.5), YEAR.scaled(300), 100).power < 0.001


def test_lakatos_is_schoenfeld_near_no_effect_and_lies_with_freedman_far_from_it():
    assert size("lakatos", 0.98) == pytest.approx(size("schoenfeld", 0.98), rel=1e-3)
    assert size("schoenfeld", 0.5) < size("lakatos", 0.5) < size("freedman", 0.5)


def size(method, hazard_ratio):
    return plan_survival(FIXED, arms(hazard_ratio), YEAR, 18, method=method).participants


def test_a_delayed_effect_needs_more_and_only_lakatos_can_say_how_many():
    control = SurvivalCourse.constant(0.05)
    delayed = TwoArms(control, control.times((1.0, 0.6), (0.0, 6.0)))
    assert plan_survival(FIXED, delayed, YEAR, 18, method="lakatos").participants > 1.5 * size("lakatos", 0.6)
    with pytest.raises(ValueError, match="changes over time: use lakatos"):
        plan_survival(FIXED, delayed, YEAR, 18)


@pytest.mark.parametrize(
    ("treated", "margin"),
    [((0.6,), 1.0), ((1.0, 0.45), 1.0), ((0.3, 1.0), 1.0), ((1.0,), 1.6)],
    ids=["proportional", "delayed", "waning", "non-inferiority"],
)
def test_simulated_log_rank_tests_reject_as_often_as_lakatos_says(treated, margin):
    """2,000 trials of 200: three standard errors are 0.03,
    and what the normal approximation leaves out is below 0.015."""
    control = SurvivalCourse.constant(0.05, 0.005)
    both = TwoArms(control, control.times(treated, (0.0, 4.0)[: len(treated)]), 1.5)
    worth = logrank_worth("lakatos", YEAR.scaled(200), both, 26.0, margin, "below")
    expected = float(ndtr(worth.slope - ndtri(0.975)))
    random = np.random.Generator(np.random.Philox(7))
    rejected = np.mean([log_rank(random, treated, margin) > ndtri(0.975) for _ in range(2000)])
    assert 0.2 < expected < 0.95
    assert abs(rejected - expected) < 0.045


def log_rank(random, ratios, margin):
    """The score statistic of one simulated trial at month 26, against a hazard ratio of `margin`."""
    treated = np.arange(200) < 120
    observed = 26 - random.random(200) * 12
    hazard = random.exponential(size=200)
    early = np.where(treated, 0.05 * ratios[0], 0.05)
    late = np.where(treated, 0.05 * ratios[-1], 0.05)
    time = np.where(hazard < 4 * early, hazard / early, 4 + (hazard - 4 * early) / late)
    end = np.minimum(random.exponential(1 / 0.005, 200), observed)
    event = time <= end
    order = np.argsort(-np.minimum(time, end))
    risk_e, risk_c = np.cumsum(treated[order]), np.cumsum(~treated[order])
    share = margin * risk_e / (margin * risk_e + risk_c)
    happened = event[order]
    score = (share - treated[order])[happened].sum()
    return score / math.sqrt((share * (1 - share))[happened].sum())


def test_enough_may_happen_before_accrual_ends():
    plan = plan_follow_up(FIXED, arms(hazard=0.3), Arrivals((0.0,), (10.0,), 120.0))
    assert plan.follow_up < 0
    assert plan.participants < plan.arrivals.total


def test_accrual_that_begins_with_a_pause_is_prolonged_from_its_end():
    plan = plan_accrual(FIXED, arms(), Arrivals((0.0, 3.0), (0.0, 10.0), 4.0), 12)
    assert plan.participants == pytest.approx(10 * (plan.arrivals.end - 3), rel=1e-12)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: plan_follow_up(FIXED, arms(), YEAR.scaled(50)),
            r"expected to have 44\.\d events: the power needs 120\.3",
        ),
        (
            lambda: estimate_survival_power(FIXED, arms(), YEAR, 121),
            r"121 events are never expected.* 120 participants",
        ),
        (lambda: plan_survival(FIXED, arms(1.2), YEAR, 12), "a hazard ratio of 1.2 is not below 1"),
        (lambda: plan_survival(FIXED, arms(0.8), YEAR, 12, benefit="above"), "not above 1"),
        (lambda: plan_survival(FIXED, arms(hazard=0.0), YEAR, 12), "changes|no events"),
        (lambda: plan_survival(FIXED, arms(), YEAR, -1), "not negative"),
        (lambda: plan_survival(FIXED, arms(), Arrivals((0.0,), (1.0,), math.inf), 1), "have an end"),
        (lambda: plan_survival(FIXED, arms(), YEAR, 12, method="freedman", margin=1.3), "freedman has no margin"),
        (lambda: estimate_events(FIXED, 1.0), "no number of participants"),
        (lambda: estimate_events(FIXED, -1.0), "positive and finite"),
        (lambda: estimate_events(FIXED, 0.5, method="lakatos"), "no worth of its own"),
    ],
)
def test_what_cannot_be_planned_is_said_in_a_sentence(make, says):
    with pytest.raises(ValueError, match=says):
        make()
