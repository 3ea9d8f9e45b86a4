"""Sizes changed in the middle of a trial: by conditional power, and without looking at the arms."""

import math

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms, total_events
from equipoise.planning.sizes.reestimation import (
    adapt_size,
    blinded_hazards,
    blinded_rates,
    blinded_variance,
    conventional_bound,
    least_promising_power,
    needed_statistic,
    participants_for_events,
    rescaled_size,
    two_stage_conditional_power,
)

BOUND = float(ndtri(0.975))


@pytest.mark.parametrize("combination", ["inverse_normal", "sufficient", "fisher"])
def test_in_the_promising_zone_the_size_gives_the_power(combination):
    adapted = adapt_size(1.9, BOUND, 100, 200, combination=combination, power=0.9, most=3)
    assert adapted.zone == "promising"
    assert 200 < adapted.total < 600
    assert adapted.adapted_power == pytest.approx(0.9, abs=1e-8)
    assert two_stage_conditional_power(adapted.needed, 0.19, adapted.total - 100) == pytest.approx(0.9, abs=1e-8)


def test_elsewhere_the_plan_stands():
    zones = {z: adapt_size(z, BOUND, 100, 200) for z in (0.5, 2.5, 3.5, -1.0)}
    assert [zones[z].zone for z in (0.5, 2.5, 3.5, -1.0)] == ["unfavorable", "favorable", "favorable", "unfavorable"]
    assert {a.total for a in zones.values()} == {200}


def test_growth_has_a_limit_and_an_interim_stop_an_end():
    assert adapt_size(1.45, BOUND, 100, 200, most=1.5).total == 300
    stopped = adapt_size(3.5, BOUND, 100, 200, stop=(0.0, 2.96), overrun=12)
    assert (stopped.zone, stopped.total, stopped.adapted_power) == ("stopped", 112, 1.0)
    assert adapt_size(-0.5, BOUND, 100, 200, stop=(0.0, 2.96)).adapted_power == 0.0


def test_the_hypothesised_effect_may_stand_in_for_the_trend():
    at_trend, at_plan = adapt_size(1.2, BOUND, 100, 200), adapt_size(1.2, BOUND, 100, 200, effect=0.23)
    assert at_trend.conditional_power < at_plan.conditional_power
    assert at_plan.zone == "promising"


def test_fishers_product_needs_nothing_more_when_the_first_stage_has_it_all():
    assert needed_statistic("fisher", 4.5, BOUND, 100, 100, 0.5) == -math.inf
    assert two_stage_conditional_power(-math.inf, 0.1, 100) == 1.0


@pytest.mark.parametrize("most", [1.5, 2.0, 3.0])
@pytest.mark.parametrize("fraction", [0.25, 0.5, 0.75])
def test_the_promising_zone_begins_where_mehta_and_pocock_say(fraction, most):
    """Their table I, for a power of 0.8, to the two digits that it prints, the last of them within one."""
    published = {1.5: (0.42, 0.41, 0.38), 2.0: (0.37, 0.36, 0.33), 3.0: (0.32, 0.31, 0.30)}
    place = (0.25, 0.5, 0.75).index(fraction)
    # They print two digits.
    assert least_promising_power(fraction, most) == pytest.approx(published[most][place], abs=0.0101)


def test_growing_within_the_zone_keeps_alpha_with_the_usual_test():
    z1 = np.linspace(-8, 8, 160_001)
    needed = (BOUND - z1 * math.sqrt(0.5)) / math.sqrt(0.5)
    power = ndtr(z1 - needed)
    with np.errstate(divide="ignore"):
        grown = np.minimum(0.5 + ((needed + ndtri(0.8)) / (np.maximum(z1, 0) / math.sqrt(0.5))) ** 2, 2.0)

    def error(begins):
        total = np.where((power >= begins) & (power < 0.8) & (z1 > 0), grown, 1.0)
        rejecting = ndtr(-(BOUND * np.sqrt(total) - z1 * math.sqrt(0.5)) / np.sqrt(total - 0.5))
        return np.trapezoid(np.exp(-0.5 * z1 * z1) / math.sqrt(2 * math.pi) * rejecting, z1)

    assert error(1.0) == pytest.approx(0.025, abs=1e-8)
    assert error(least_promising_power(0.5, 2.0, power=0.8)) <= 0.025
    # Growing wherever there is any trend at all would spend more.
    assert error(0.0) > error(least_promising_power(0.5, 2.0, power=0.8)) + 1e-4


def test_the_conventional_bound_is_the_bound_where_nothing_changes():
    assert conventional_bound(1.3, BOUND, 100, 200, 200) == pytest.approx(BOUND)
    assert conventional_bound(1.8, BOUND, 100, 200, 300) < BOUND < conventional_bound(0.5, BOUND, 100, 200, 300)


def test_what_all_participants_show_together_gives_back_the_nuisance():
    rng = np.random.default_rng(5)
    arms = np.concatenate([rng.normal(0, 2, 200_000), rng.normal(1.5, 2, 200_000)])
    assert blinded_variance(arms.var(), 1.5) == pytest.approx(4, rel=0.02)
    assert blinded_rates(0.4, 0.2) == pytest.approx((0.3, 0.5))
    assert blinded_rates(0.4, 0.15, ratio=2) == pytest.approx((0.3, 0.45))
    control, experimental = blinded_hazards(30, 1000, 0.6)
    assert (control + experimental) / 2 == pytest.approx(0.03)
    assert experimental / control == pytest.approx(0.6)
    assert rescaled_size(200, 4, 5) == 250
    assert rescaled_size(200, 4, 3) == 200
    assert rescaled_size(200, 4, 40, most=1.5) == 300


def test_participants_follow_from_the_events_that_are_wanted():
    arrivals = Arrivals.over((24,), (10,))
    arms = TwoArms(SurvivalCourse.constant(0.02), SurvivalCourse.constant(0.012))
    participants = participants_for_events(100, arrivals, arms, 48)
    assert total_events(arrivals.scaled(participants), arms, 48) == pytest.approx(100)


@pytest.mark.parametrize(
    "make",
    [
        lambda: adapt_size(1.0, BOUND, 200, 200),
        lambda: adapt_size(1.0, BOUND, 100, 200, promising=(0.9, 0.5)),
        lambda: adapt_size(1.0, BOUND, 100, 200, most=0.5),
        lambda: adapt_size(math.nan, BOUND, 100, 200),
        lambda: adapt_size(1.0, BOUND, 100, 200, overrun=150),
        lambda: conventional_bound(1.0, BOUND, 100, 200, 90),
        lambda: least_promising_power(1.0, 2.0),
        lambda: blinded_variance(1.0, 5.0),
        lambda: blinded_rates(0.05, 0.2),
        lambda: blinded_hazards(0, 100, 0.5),
        lambda: rescaled_size(100, 0, 1),
        lambda: participants_for_events(
            10, Arrivals.over((24,), (10,)), TwoArms(SurvivalCourse.constant(0.0), SurvivalCourse.constant(0.0)), 48
        ),
    ],
)
def test_impossible_changes_are_refused_in_a_sentence(make):
    with pytest.raises(ValueError, match=r"\w+ .* \w+"):
        make()
