"""Sizes for proportions: by hand, by searching, and by counting."""

import math

import pytest
from scipy.optimize import minimize_scalar
from scipy.special import ndtri
from scipy.stats import binom

from equipoise.planning.sequential.group_sequential import plan_sequential
from equipoise.planning.sizes.rates import (
    constrained_rates,
    estimate_rate_power,
    estimate_rates_power,
    plan_rate,
    plan_rate_exactly,
    plan_rates,
)

FIXED = plan_sequential(alpha=0.025, power=0.8)
TWO = plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy="obrien_fleming")


def test_superiority_of_two_rates_by_hand():
    """(1.96 sqrt(2 0.4 0.6) + 0.84 sqrt(0.5 0.5 + 0.3 0.7))^2 / 0.2^2 in each arm."""
    za, zb = ndtri(0.975), ndtri(0.8)
    by_hand = 2 * (za * math.sqrt(0.48) + zb * math.sqrt(0.46)) ** 2 / 0.04
    assert plan_rates(FIXED, 0.5, 0.3).participants == pytest.approx(by_hand, rel=1e-12)
    assert plan_rates(FIXED, 0.5, 0.3, measure="ratio").participants == pytest.approx(by_hand, rel=1e-12)


def test_one_arm_by_hand():
    za, zb = ndtri(0.975), ndtri(0.8)
    assert plan_rate(FIXED, 0.4, 0.2).participants == pytest.approx(
        ((za * 0.4 + zb * math.sqrt(0.24)) / 0.2) ** 2, rel=1e-12
    )


@pytest.mark.parametrize("measure", ["difference", "ratio"])
@pytest.mark.parametrize(("p", "q", "margin", "ratio"), [(0.8, 0.8, 0.9, 1), (0.3, 0.4, 0.7, 2), (0.05, 0.9, 1.1, 0.5)])
def test_the_constrained_rates_are_the_likeliest_that_satisfy_the_null_hypothesis(measure, p, q, margin, ratio):
    limit = margin - 1 if measure == "difference" else margin

    def unlikelihood(control):
        rate = control + limit if measure == "difference" else control * limit
        both = ((ratio, p, rate), (1, q, control))
        return -sum(w * (s * math.log(t) + (1 - s) * math.log(1 - t)) for w, s, t in both)

    low, high = (max(0, -limit), min(1, 1 - limit)) if measure == "difference" else (0, min(1, 1 / limit))
    edge = 1e-9
    found = minimize_scalar(unlikelihood, bounds=(low + edge, high - edge), method="bounded", options={"xatol": 1e-10})
    assert constrained_rates(p, q, limit, measure, ratio)[1] == pytest.approx(found.x, abs=2e-7)


def test_what_is_planned_has_the_planned_power_with_one_look():
    for options in ({}, {"measure": "ratio", "margin": 0.9, "ratio": 2.0}, {"margin": -0.1}):
        plan = plan_rates(FIXED, 0.5, 0.4, **options)
        assert estimate_rates_power(FIXED, 0.5, 0.4, plan.participants, **options).power == pytest.approx(0.8, abs=1e-9)
    one = plan_rate(FIXED, 0.1, 0.2, benefit="below")
    assert estimate_rate_power(FIXED, 0.1, 0.2, one.participants, benefit="below").power == pytest.approx(0.8, abs=1e-9)


def test_what_is_planned_with_two_looks_has_nearly_the_planned_power():
    plan = plan_rates(TWO, 0.5, 0.3)
    assert estimate_rates_power(TWO, 0.5, 0.3, plan.participants).power == pytest.approx(0.9, abs=1e-3)
    assert [look.participants for look in plan.looks] == [plan.participants / 2, plan.participants]


def test_success_and_failure_are_the_same_trial():
    upper, lower = plan_rates(TWO, 0.5, 0.3, ratio=2), plan_rates(TWO, 0.5, 0.7, ratio=2, benefit="below")
    assert lower.participants == pytest.approx(upper.participants, rel=1e-12)
    assert lower.looks[0].effect_upper == pytest.approx(-upper.looks[0].effect_upper, rel=1e-9)


def test_a_boundary_that_no_data_could_reach_has_no_effect():
    plan = estimate_rates_power(TWO, 0.99, 0.95, 20)
    assert plan.looks[0].effect_upper is None


@pytest.mark.parametrize(("rate", "null"), [(0.4, 0.2), (0.3, 0.1), (0.95, 0.8), (0.55, 0.5)])
@pytest.mark.parametrize(("alpha", "power"), [(0.05, 0.8), (0.1, 0.9)])
def test_the_exact_size_is_the_one_from_which_the_power_never_falls_short(rate, null, alpha, power):
    plan = plan_rate_exactly(alpha, power, rate, null)

    def reached(n):
        critical = int(binom.isf(alpha, n, null)) + 1
        return binom.sf(critical - 1, n, rate)

    assert plan.error == pytest.approx(binom.sf(plan.responses - 1, plan.participants, null), rel=1e-10)
    assert plan.error <= alpha < binom.sf(plan.responses - 2, plan.participants, null)
    assert plan.power == pytest.approx(reached(plan.participants), rel=1e-10)
    assert reached(plan.participants - 1) < power
    assert all(reached(n) >= power for n in range(plan.participants, 4 * plan.participants))
    assert all(reached(n) < power for n in range(1, plan.smallest))
    assert reached(plan.smallest) >= power


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: plan_rates(FIXED, 0.3, 0.5), "not above 0"),
        (lambda: plan_rates(FIXED, 0.3, 0.3, benefit="below"), "not below 0"),
        (lambda: plan_rates(FIXED, 1.2, 0.5), "1.2 does not"),
        (lambda: plan_rates(FIXED, 0.0, 0.3, benefit="below"), "0.0 does not"),
        (lambda: plan_rates(FIXED, 1.0, 0.3), "1.0 does not"),
        (lambda: plan_rate(FIXED, 0.0, 0.3, benefit="below"), "0.0 does not"),
        (lambda: plan_rate(FIXED, 1.0, 0.3), "1.0 does not"),
        (lambda: plan_rates(FIXED, 0.4, 0.3, margin=2), "margin 2 does not"),
        (lambda: plan_rates(FIXED, 0.4, 0.3, measure="ratio", margin=0), "margin 0 is not"),
        (lambda: plan_rates(FIXED, 0.4, 0.3, ratio=math.inf), "leaves an arm empty"),
        (lambda: plan_rate(FIXED, 0.2, 0.2), "no number of participants"),
        (lambda: plan_rate_exactly(0.05, 0.8, 0.2, 0.3), "the assumed one above"),
        (lambda: plan_rate_exactly(0.05, 0.8, 0.5001, 0.5), "use the normal distribution"),
        (lambda: estimate_rates_power(FIXED, 0.5, 0.3, 0), "0 participants are not a size"),
    ],
)
def test_what_cannot_be_planned_is_said_in_a_sentence(make, says):
    with pytest.raises(ValueError, match=says):
        make()
