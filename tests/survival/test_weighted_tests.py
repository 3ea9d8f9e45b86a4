"""Weighted log-rank tests and MaxCombo: fractions by hand, laws, and what is refused; the joint normal tail."""

import math
from fractions import Fraction as F

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from equipoise.findings import Refusal
from equipoise.survival import (
    LOGRANK,
    EarlyZero,
    FlemingHarrington,
    MagirrBurman,
    test_logrank,
    test_maxcombo,
    test_weighted_logrank,
)
from equipoise.survival.compiling import COMPILE_FROM_ROWS
from equipoise.survival.joint_normal import any_at_least, correlation_of, equal_bound

FH = FlemingHarrington
TIME = [1, 2, 6, 6, 8, 9]
EVENT = [1, 0, 1, 1, 1, 1]
SECOND = [0, 1, 0, 1, 0, 1]


def close(value):
    return pytest.approx(float(value), rel=1e-12, abs=1e-14)


def trial(seed=1, n=300):
    rng = np.random.default_rng(seed)
    arm, stratum = rng.integers(0, 2, n), rng.integers(0, 3, n)
    time = np.ceil(rng.exponential(20 + 12 * arm + 5 * stratum, n))
    censored = rng.uniform(5, 60, n)
    return np.minimum(time, np.ceil(censored)), (time <= censored).astype(int), arm, stratum


def test_the_score_adds_up_fractions():
    found = test_weighted_logrank(TIME, EVENT, SECOND)
    # At 1: 3 of 6 at risk, expected 1/2, variance 1/4. At 6: 2 of 4, expected 1 of 2, variance 2 (2/3) 1/4 = 1/3.
    # At 8: 1 of 2.
    assert found.score == close(F(1, 2) + 0 + F(1, 2))
    assert found.variance == close(F(1, 4) + F(1, 3) + F(1, 4))
    assert found.z == close(float(1) / math.sqrt(F(5, 6)))
    assert (found.p_value, found.p_benefit) == (close(2 * norm.sf(found.z)), close(norm.sf(found.z)))
    # At 9 only one group is left: that death says nothing.
    assert (found.information, found.information_null) == (close(F(1 * 3, 4)), close(F(4, 4)))


def test_a_modest_weight_is_the_inverse_of_survival_until_its_delay():
    # Survival before the deaths 1, 5/6 and 5/12; after them 5/6, 5/12 and 5/24.
    until_6 = test_weighted_logrank(TIME, EVENT, SECOND, MagirrBurman(delay=6))
    assert until_6.score == close(F(1, 2) + F(12, 5) / 2)
    assert until_6.variance == close(F(1, 4) + F(36, 25) / 3 + F(144, 25) / 4)
    before_6 = test_weighted_logrank(TIME, EVENT, SECOND, MagirrBurman(delay=6, reading="before"))
    assert before_6.score == close(F(1, 2) + F(6, 5) / 2)
    assert test_weighted_logrank(TIME, EVENT, SECOND, MagirrBurman(level=0.8)).score == close(F(1, 2) + F(5, 4) / 2)
    assert test_weighted_logrank(TIME, EVENT, SECOND, MagirrBurman(delay=9, cap=2)).score == close(F(1, 2) + F(2, 2))


def test_deaths_before_the_effect_are_left_out():
    found = test_weighted_logrank(TIME, EVENT, SECOND, EarlyZero(6))
    assert (found.score, found.variance) == (close(F(1, 2)), close(F(1, 3) + F(1, 4)))


@pytest.mark.parametrize("weight", [LOGRANK, FH(0, 1), FH(1, 0), FH(0.5, 0.5)])
@pytest.mark.parametrize("stratified", [False, True])
def test_the_square_of_the_statistic_is_that_of_the_test_for_any_number_of_groups(weight, stratified):
    time, event, arm, stratum = trial()
    strata = stratum if stratified else None
    signed = test_weighted_logrank(time, event, arm, weight, strata)
    known = test_logrank(time, event, arm, strata, rho=weight.rho, gamma=weight.gamma)
    assert signed.z**2 == pytest.approx(known.chi_square, rel=1e-10)
    assert signed.p_value == pytest.approx(known.p_value, rel=1e-10)


@pytest.mark.parametrize("weight", [LOGRANK, FH(1, 1), MagirrBurman(delay=10), MagirrBurman(level=0.5), EarlyZero(12)])
def test_the_order_of_the_arms_turns_the_sign(weight):
    time, event, arm, stratum = trial(2)
    one, other = (test_weighted_logrank(time, event, a, weight, stratum) for a in (arm, 1 - arm))
    assert one.z == pytest.approx(-other.z, rel=1e-9) and one.variance == pytest.approx(other.variance, rel=1e-12)
    assert one.p_value == pytest.approx(other.p_value, rel=1e-9)
    assert one.p_benefit == pytest.approx(1 - other.p_benefit, abs=1e-12)


def test_weights_that_never_rise_are_the_logrank_test():
    time, event, arm, _ = trial(3)
    plain = test_weighted_logrank(time, event, arm)
    for weight in (MagirrBurman(delay=0), MagirrBurman(level=1), MagirrBurman(delay=30, cap=1), EarlyZero(0)):
        assert test_weighted_logrank(time, event, arm, weight).z == pytest.approx(plain.z, rel=1e-12)


def test_a_combination_of_one_weight_is_that_test():
    time, event, arm, stratum = trial(4)
    for sides, p in ((1, "p_benefit"), (2, "p_value")):
        alone = test_weighted_logrank(time, event, arm, FH(0, 1), stratum)
        found = test_maxcombo(time, event, arm, [FH(0, 1)], stratum, sides=sides)
        assert (found.z, found.best) == (alone.z, 0)
        assert found.p_value == pytest.approx(getattr(alone, p), rel=1e-9)


def test_the_same_weight_twice_changes_nothing():
    time, event, arm, _ = trial(5)
    once, twice = (test_maxcombo(time, event, arm, [LOGRANK, FH(0, 1)] * n, sides=2).p_value for n in (1, 2))
    assert twice == pytest.approx(once, rel=1e-6)


def test_a_combination_costs_more_than_its_best_test_and_less_than_bonferroni():
    for seed in range(6):
        time, event, arm, _ = trial(seed)
        found = test_maxcombo(time, event, arm, [LOGRANK, FH(0, 1), FH(1, 0), FH(1, 1)])
        best = found.tests[found.best].p_benefit
        assert best < found.p_value < min(1, 4 * best)


def test_a_large_trial_is_counted_as_a_small_one_is():
    time, event, arm, stratum = trial(7, n=COMPILE_FROM_ROWS // 4)
    many = [np.tile(a, 5) for a in (time, event, arm)]
    small = test_weighted_logrank(time, event, arm, FH(0, 1), stratum)
    copies = np.repeat(np.arange(5), len(time)) * 3 + np.tile(stratum, 5)
    large = test_weighted_logrank(*many, FH(0, 1), copies)
    assert large.score == pytest.approx(5 * small.score, rel=1e-9)
    assert large.variance == pytest.approx(5 * small.variance, rel=1e-9)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: test_weighted_logrank([1, 2], [1, 1], [0, 0]), "survival.two_groups"),
        (lambda: test_weighted_logrank([1, 2, 3], [1, 1, 1], [0, 1, 2]), "survival.two_groups"),
        (lambda: test_weighted_logrank([1, 2], [0, 0], [0, 1]), "survival.no_events"),
        (lambda: test_weighted_logrank([1, 2, 3, 4], [1, 1, 1, 1], [0, 0, 1, 1], EarlyZero(3)), "survival.no_overlap"),
        (lambda: test_maxcombo([1, 2], [1, 1], [0, 1], []), "survival.weights"),
        (lambda: test_maxcombo([1, 2], [1, 1], [0, 1], [LOGRANK], sides=3), "survival.sides"),
        (lambda: FH(-1, 0), "survival.weights"),
        (lambda: FH(math.nan, 0), "survival.weights"),
        (MagirrBurman, "survival.weights"),
        (lambda: MagirrBurman(delay=3, level=0.5), "survival.weights"),
        (lambda: MagirrBurman(delay=-1), "survival.weights"),
        (lambda: MagirrBurman(level=0), "survival.weights"),
        (lambda: MagirrBurman(delay=1, cap=0.5), "survival.weights"),
        (lambda: EarlyZero(math.inf), "survival.weights"),
    ],
)
def test_what_cannot_be_tested_is_refused(ask, code):
    with pytest.raises(Refusal) as refused:
        ask()
    assert [f.code for f in refused.value.findings] == [code]


# The joint normal tail


def test_independent_statistics_multiply():
    for k in (1, 2, 3, 4, 5):
        assert any_at_least(2.5, np.eye(k)) == pytest.approx(1 - norm.cdf(2.5) ** k, rel=1e-8)
        assert any_at_least(8.0, np.eye(k)) == pytest.approx(k * norm.sf(8.0), rel=1e-6)


def test_two_sides_of_one_statistic_are_its_two_tails():
    assert any_at_least(1.5, np.eye(1), both_sides=True) == pytest.approx(2 * norm.sf(1.5), rel=1e-12)
    assert any_at_least(1.5, np.eye(1), [0.7], both_sides=True) == pytest.approx(norm.sf(0.8) + norm.sf(2.2), rel=1e-12)
    assert any_at_least(-0.1, np.eye(2), both_sides=True) == 1


@pytest.mark.parametrize(("k", "near"), [(2, 1e-9), (3, 1e-5), (4, 1e-4), (6, 1e-3)])
def test_the_tail_is_that_of_another_algorithm(k, near):
    rng = np.random.default_rng(k)
    factor = rng.normal(size=(k, k)) + 1
    correlation, means = correlation_of(factor @ factor.T), rng.normal(size=k) / 2
    # SciPy draws its points: what is near is what it promises, not what this module does.
    theirs = 1 - multivariate_normal.cdf(2 - means, cov=correlation, maxpts=500_000, abseps=1e-6)
    assert any_at_least(2, correlation, means) == pytest.approx(theirs, abs=near)


@pytest.mark.parametrize("k", [3, 4, 5])
def test_statistics_that_are_sums_of_one_another_only_narrow_the_limits(k):
    rng = np.random.default_rng(k)
    plane = rng.normal(size=(k, 2)) + 1
    plane /= np.sqrt((plane**2).sum(axis=1))[:, None]
    bounds = 2 - rng.normal(size=k) / 2
    y = np.linspace(-9, 9, 1_000_001)
    at = (bounds - y[:, None] * plane[:, 0]) / plane[:, 1]
    high = np.where(plane[:, 1] > 0, at, np.inf).min(axis=1)
    low = np.where(plane[:, 1] < 0, at, -np.inf).max(axis=1)
    inside = np.trapezoid(np.maximum(norm.cdf(high) - norm.cdf(low), 0) * norm.pdf(y), y)
    assert any_at_least(2, plane @ plane.T, 2 - bounds) == pytest.approx(1 - inside, abs=1e-9)


def test_the_same_question_has_the_same_answer_to_the_last_bit():
    factor = np.random.default_rng(3).normal(size=(6, 6)) + 1
    correlation = correlation_of(factor @ factor.T)
    assert any_at_least(2, correlation) == any_at_least(2, correlation)


def test_a_bound_of_equal_height_spends_the_error():
    correlation = np.array([[1, 0.84, 0.92], [0.84, 1, 0.56], [0.92, 0.56, 1]])
    for both in (False, True):
        bound = equal_bound(0.025, correlation, both_sides=both)
        assert any_at_least(bound, correlation, both_sides=both) == pytest.approx(0.025, abs=1e-9)
    assert equal_bound(0.025, np.ones((3, 3))) == pytest.approx(norm.isf(0.025), abs=1e-6)


def test_control_a_forgotten_correlation_would_be_noticed():
    correlation = np.array([[1, 0.9], [0.9, 1]])
    theirs = 1 - multivariate_normal.cdf([2, 2], cov=correlation)
    assert any_at_least(2, np.eye(2)) != pytest.approx(theirs, abs=2e-3)
    assert any_at_least(2, correlation) == pytest.approx(theirs, abs=1e-6)


@pytest.mark.parametrize(
    ("correlation", "means"), [(np.ones((2, 3)), None), (np.eye(2), [0.0, 0.0, 0.0]), (np.eye(13), None), (np.zeros((0, 0)), None)]
)  # fmt: skip
def test_a_correlation_that_fits_nothing_is_refused_whichever_shape_is_wrong(correlation, means):
    with pytest.raises(ValueError, match="a correlation of shape"):
        any_at_least(1.0, correlation, means)
