"""Looks that are as good as one are refused at every door, before a density is carried over next to nothing."""

import math

import pytest

from equipoise.design import Spending
from equipoise.planning import (
    Boundaries,
    boundaries_reached,
    conditional_power,
    crossing_probabilities,
    estimate_looks_power,
    final_inference,
    plan_looks,
    plan_sequential,
    planned_boundaries,
    predictive_power,
    repeated_intervals,
    repeated_p_value,
)
from equipoise.planning.sequential import crossing
from equipoise.planning.sequential.boundaries import shaped_bounds, spending_bounds
from equipoise.planning.sequential.crossing import NEAREST, START, go_on
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms
from equipoise.planning.sizes.weighted_logrank import Stratum

LD = "lan_demets_obrien_fleming"
ERRORS = {"alpha": 0.025, "power": 0.9}
TWO = plan_sequential(**ERRORS, fractions=(0.5, 1.0), efficacy=LD)
NEAR = (0.5, 0.5000001, 1.0)


def made(information):
    """Boundaries as a caller may make them, without a plan."""
    slopes = tuple(map(math.sqrt, information))
    many = len(information)
    return Boundaries(information, slopes, (2.5,) * many, (-math.inf,) * many, (0.01,) * many, 1, binding=False)


def stratum():
    control = SurvivalCourse.constant(0.03)
    return Stratum(Arrivals.over(months=(12,), per_month=(20,)), TwoArms(control, control.times((0.6,))))


DOORS = {
    "plan_sequential": lambda: plan_sequential(**ERRORS, fractions=NEAR, efficacy=LD),
    "boundaries_reached": lambda: boundaries_reached(TWO, LD, [60.0, 60.0001, 120.0], 120.0),
    "boundaries_reached, of the plan": lambda: boundaries_reached(TWO, LD, [60.0, 60.1], 120.0),
    "boundaries_reached, ended": lambda: boundaries_reached(TWO, LD, [60.0, 60.0 + 1e-9], 120.0, ended=True),
    "crossing_probabilities": lambda: crossing_probabilities(NEAR, 0.0, (2.0, 2.0, 2.0)),
    "crossing_probabilities, the last two": lambda: crossing_probabilities((0.5, 0.9999999, 1.0), 0.0, (2.0,) * 3),
    "crossing_probabilities, 16 digits": lambda: crossing_probabilities((0.5, 0.5 + 2e-16, 1.0), 0.0, (2.0,) * 3),
    "repeated_p_value": lambda: repeated_p_value(LD, NEAR, 2, 2.1),
    "repeated_intervals": lambda: repeated_intervals(made(NEAR), (1.0, 1.1)),
    "final_inference": lambda: final_inference(made(NEAR), 3, 2.0),
    "conditional_power": lambda: conditional_power(made(NEAR), 1, 1.0, 0.5),
    "predictive_power": lambda: predictive_power(made(NEAR), 1, 1.0),
    "planned_boundaries": lambda: planned_boundaries(plan_sequential(**ERRORS, fractions=NEAR, efficacy="pocock"), 9),
    "spending_bounds": lambda: spending_bounds(NEAR, (0.01, 0.02, 0.025)),
    "shaped_bounds": lambda: shaped_bounds(NEAR, 0.025, 0.5),
    "estimate_looks_power": lambda: estimate_looks_power(stratum(), (24, 24.0001, 36), alpha=0.025, efficacy=LD),
    "plan_looks": lambda: plan_looks(stratum(), (24, 24.0001, 36), alpha=0.025, power=0.9, efficacy=LD),
    "go_on": lambda: go_on(START, 0.5, 0.0, -9.0, 2.0, 1e-7),
}


@pytest.mark.parametrize("door", DOORS)
def test_looks_that_are_one_are_refused_at_every_door(door):
    with pytest.raises(ValueError, match=f"nearer than {NEAREST} of the information: they are one look"):
        DOORS[door]()


def test_it_is_said_which_looks_those_are():
    with pytest.raises(ValueError, match=r"looks at 60 and 60\.0001 are nearer"):
        DOORS["boundaries_reached"]()


def nodes(next_step):
    """The nodes that carry the density over to the next look; they grow with the root of one over the distance."""
    return len(go_on(START, 1.0, 0.0, -math.inf, math.inf, next_step).score)


def test_the_nearest_looks_that_are_allowed_cost_a_bounded_number_of_nodes():
    assert nodes(NEAREST * 1.0011) <= 1700


def test_control_without_the_least_distance_the_nodes_would_grow_without_end(monkeypatch):
    monkeypatch.setattr(crossing, "NEAREST", 0.0)
    assert nodes(1e-6) > 50_000


def test_looks_at_the_least_distance_are_still_two():
    near = plan_sequential(**ERRORS, fractions=(0.5, 0.501, 1.0), efficacy=LD)
    assert near.alpha_spent[-1] == pytest.approx(0.025, abs=1e-12)
    assert repeated_p_value(LD, (0.5, 0.501, 1.0), 2, 2.5) > 0
    assert boundaries_reached(near, LD, [60.0, 60.12, 120.0], 120.0).looks == 3


def test_the_last_look_is_said_to_be_at_all_the_information_with_the_digits_that_differ():
    with pytest.raises(ValueError, match=r"the last look is at 1, all the information: 1\.0000001 is not 1"):
        plan_sequential(**ERRORS, fractions=(0.5, 1.0000001), efficacy=LD)
    with pytest.raises(ValueError, match=r"0\.9999999 is not 1"):
        plan_sequential(**ERRORS, fractions=(0.5, 0.9999999), efficacy=LD)


@pytest.mark.parametrize("alpha", [1e-300, 1e-20, 9.9e-10])
def test_an_alpha_that_no_trial_can_promise_is_refused_at_once(alpha):
    with pytest.raises(ValueError, match="no trial can promise that") as refused:
        plan_sequential(alpha=alpha, power=0.9, fractions=(0.5, 1.0), efficacy="pocock")
    assert repr(alpha).replace("e-", "")[:1] in str(refused.value)
    with pytest.raises(ValueError, match="a power of 0.9999999999 leaves less than"):
        plan_sequential(alpha=0.025, power=0.9999999999)


def test_the_least_errors_that_may_be_promised_are_kept():
    plan = plan_sequential(alpha=1e-9, power=1 - 1e-9, fractions=(0.5, 1.0), efficacy="pocock")
    assert plan.alpha_spent[-1] == pytest.approx(1e-9, rel=1e-6)
    assert 1 - plan.power == pytest.approx(1e-9, rel=1e-4)


@pytest.mark.parametrize("sides", [0, 3])
def test_a_repeated_p_value_has_one_side_or_two(sides):
    with pytest.raises(ValueError, match="1 or 2 sides"):
        repeated_p_value(LD, (0.5, 1.0), 1, 2.0, sides=sides)


@pytest.mark.parametrize(
    ("fractions", "z"), [((0.5, 0.4), 2.0), ((0.0, 1.0), 2.0), ((0.5, math.nan), 2.0), ((0.5, 1.0), math.nan)]
)
def test_a_repeated_p_value_is_of_looks_in_order_and_a_finite_statistic(fractions, z):
    with pytest.raises(ValueError, match="finite|calculates with several numbers"):
        repeated_p_value(LD, fractions, 2, z)


LISTED = Spending(kind="user", values=(0.01, 0.02))


def test_what_a_user_leaves_unspent_stays_unspent_while_the_trial_runs():
    """2.219 by the plan, which spends 0.020 of 0.025; 2.076 would spend the rest, and nobody said so."""
    plan = plan_sequential(**ERRORS, fractions=(0.5, 1.0), efficacy=LISTED)
    reached = boundaries_reached(plan, LISTED, [60.0, 120.0], 120.0)
    assert reached.upper == pytest.approx(plan.upper, abs=1e-9)
    assert plan.upper[1] == pytest.approx(2.219, abs=5e-4)
    assert reached.alpha_spent[-1] == pytest.approx(0.02, abs=1e-12)


@pytest.mark.parametrize(("information", "ended"), [([60.0, 131.0], False), ([70.0, 110.0], True), ([90.0], True)])
def test_the_last_look_spends_what_was_listed_for_it_whenever_it_comes(information, ended):
    plan = plan_sequential(**ERRORS, fractions=(0.5, 1.0), efficacy=LISTED)
    assert boundaries_reached(plan, LISTED, information, 120.0, ended=ended).alpha_spent[-1] == pytest.approx(0.02)


def test_two_sides_spend_half_of_what_was_listed_each():
    rule = Spending(kind="user", values=(0.02, 0.04))
    plan = plan_sequential(alpha=0.05, sides=2, power=0.9, fractions=(0.5, 1.0), efficacy=rule)
    reached = boundaries_reached(plan, rule, [60.0, 120.0], 120.0)
    assert reached.upper == pytest.approx(plan.upper, abs=1e-9)
    assert reached.alpha_spent[-1] == pytest.approx(0.02, abs=1e-12)


def test_control_spending_all_of_alpha_at_the_last_look_would_be_noticed():
    """As a spending function does, and as it was done: another boundary than the one that was planned and simulated."""
    plan = plan_sequential(**ERRORS, fractions=(0.5, 1.0), efficacy=LISTED)
    whole = Spending(kind="user", values=(0.01, 0.025))
    assert boundaries_reached(plan, whole, [60.0, 120.0], 120.0).upper[1] == pytest.approx(2.076, abs=5e-4)
