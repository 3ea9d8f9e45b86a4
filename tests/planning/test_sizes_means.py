"""Sizes for means: by hand, and against the examples in R's own help for power.t.test (stats, R 4.2.2)."""

import math

import numpy as np
import pytest
from scipy.special import ndtri

from equipoise.planning.sequential.group_sequential import plan_sequential
from equipoise.planning.sizes.means import estimate_mean_power, estimate_means_power, plan_mean, plan_means

FIXED = plan_sequential(alpha=0.025, power=0.9)
TWO = plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy="lan_demets_obrien_fleming")


def test_the_normal_size_by_hand():
    """4 sigma^2 (1.96 + 1.28)^2 / delta^2 in all."""
    z = ndtri(0.975) + ndtri(0.9)
    assert plan_means(FIXED, 0.5, 2.0, normal=True).participants == pytest.approx(64 * z * z, rel=1e-12)
    assert plan_means(FIXED, 0.0, 2.0, margin=-0.5, ratio=3, normal=True).participants == pytest.approx(
        16 / 3 * 16 * z * z, rel=1e-12
    )
    assert plan_mean(FIXED, 1.5, 2.0, null_mean=1.0, normal=True).participants == pytest.approx(16 * z * z, rel=1e-12)


def test_the_size_by_t_is_that_of_r_s_help_page():
    """power.t.test(power = .90, delta = 1) gives n = 22.02110 in each arm; one-sided 17.84713. R's search stops at
    1e-4.
    """
    assert plan_means(FIXED, 1.0, 1.0).participants / 2 == pytest.approx(22.02110, abs=1e-4)
    one_sided = plan_sequential(alpha=0.05, power=0.9)
    assert plan_means(one_sided, 1.0, 1.0).participants / 2 == pytest.approx(17.84713, abs=1e-4)


def test_the_power_by_t_is_that_of_r_s_help_page():
    """power.t.test(n = 20, delta = 1, sd = 1) gives power = 0.8689528."""
    assert estimate_means_power(FIXED, 1.0, 1.0, 40).power == pytest.approx(0.8689528, abs=5e-8)


def test_simulated_t_tests_reject_as_often():
    random = np.random.Generator(np.random.Philox(3))
    x, y = random.normal(0.8, 1, (20000, 16)), random.normal(0, 1, (20000, 8))
    pooled = (x.var(axis=1, ddof=1) * 15 + y.var(axis=1, ddof=1) * 7) / 22
    t = (x.mean(axis=1) - y.mean(axis=1)) / np.sqrt(pooled * (1 / 16 + 1 / 8))
    rejected = (t > 2.0738730679040147).mean()  # the 97.5% point of t with 22 degrees of freedom
    power = estimate_means_power(FIXED, 0.8, 1.0, 24, ratio=2).power
    assert abs(rejected - power) < 3.5 * math.sqrt(power * (1 - power) / 20000)


@pytest.mark.parametrize("normal", [True, False])
def test_what_is_planned_has_the_planned_power(normal):
    plan = plan_means(FIXED, 0.4, 1.0, margin=0.1, ratio=2, normal=normal)
    again = estimate_means_power(FIXED, 0.4, 1.0, plan.participants, margin=0.1, ratio=2, normal=normal)
    assert again.power == pytest.approx(0.9, abs=1e-9)
    one = plan_mean(FIXED, -0.4, 1.0, benefit="below", normal=normal)
    assert estimate_mean_power(
        FIXED, -0.4, 1.0, one.participants, benefit="below", normal=normal
    ).power == pytest.approx(0.9, abs=1e-9)


def test_two_looks_take_the_inflated_size():
    plan = plan_means(TWO, 1.0, 1.0)
    assert plan.participants == pytest.approx(plan.participants_fixed * TWO.inflation, rel=1e-12)
    assert plan.participants_fixed == pytest.approx(plan_means(FIXED, 1.0, 1.0).participants, rel=1e-9)
    assert plan.power == pytest.approx(0.9, abs=1e-9)
    assert plan.expected_participants_h1 < plan.participants


def test_the_effect_at_the_boundary_has_the_critical_t():
    """97.5% point of t with 22 degrees of freedom, 16 and 8 in the arms."""
    last = estimate_means_power(FIXED, 0.8, 3.0, 24, ratio=2).looks[-1]
    assert last.effect_upper == pytest.approx(2.0738730679040147 * 3 * math.sqrt(1 / 16 + 1 / 8), rel=1e-9)


def test_a_very_large_t_size_needs_no_search():
    """Just below and just above the size at which Guenther's z^2/2 is taken, both differ from the normal size by as
    much.
    """
    for difference in (0.00206, 0.00205):
        by_t, normal = (plan_means(FIXED, difference, 1.0, normal=n).participants for n in (False, True))
        assert by_t - normal == pytest.approx(ndtri(0.975) ** 2 / 2, abs=0.02)
        assert (normal < 1e7) == (difference > 0.002055)


def test_a_large_t_size_is_the_normal_one():
    assert plan_means(FIXED, 0.01, 1.0).participants == pytest.approx(
        plan_means(FIXED, 0.01, 1.0, normal=True).participants, rel=1e-4
    )


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: plan_means(FIXED, -1.0, 1.0), "not above 0"),
        (lambda: plan_means(FIXED, 1.0, 0.0), "not positive"),
        (lambda: plan_means(FIXED, math.nan, 1.0), "finite"),
        (lambda: plan_means(FIXED, 1.0, 1.0, ratio=0), "leaves an arm empty"),
        (lambda: estimate_means_power(FIXED, 1.0, 1.0, 2), "2 participants are not a size"),
        (lambda: plan_mean(FIXED, 1.0, 1.0, null_mean=1.0), "no number of participants"),
    ],
)
def test_what_cannot_be_planned_is_said_in_a_sentence(make, says):
    with pytest.raises(ValueError, match=says):
        make()
