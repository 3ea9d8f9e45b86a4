"""Answers derived by hand on six rows: 1 1+ 6 6 8+ 9 (+ censored), the first three with x = 1, the others with x = 0.

With r the hazard ratio of x, the risk sets give: at 1 everybody (3r + 3), at 6 four rows (r + 3) with one tie of two,
at 9 one row, which adds nothing. The data are those of Therneau and Grambsch 2000, appendix E; the algebra is repeated
in the comments.
"""

import math
from fractions import Fraction as F

import numpy as np
import pytest
from scipy import optimize, stats

from equipoise.survival import (
    estimate_cox,
    estimate_difference,
    estimate_follow_up,
    estimate_kaplan_meier,
    estimate_milestone,
    estimate_rmst,
    test_logrank,
)

TIME = [1, 1, 6, 6, 8, 9]
EVENT = [1, 0, 1, 1, 0, 1]
X = [1, 1, 1, 0, 0, 0]


def close(value):
    return pytest.approx(float(value), rel=1e-13, abs=1e-13)


def test_the_curve_is_a_product_of_fractions():
    curve = estimate_kaplan_meier(TIME, EVENT)
    assert curve.time.tolist() == [1, 6, 8, 9]
    assert curve.at_risk.tolist() == [6, 4, 2, 1]
    assert curve.events.tolist() == [1, 2, 0, 1]
    assert curve.censored.tolist() == [1, 0, 1, 0]
    assert [close(s) for s in (F(5, 6), F(5, 12), F(5, 12), 0)] == curve.survival.tolist()
    # Greenwood: 1/(6 5) and 2/(4 2) for the log of survival.
    assert curve.variance[:3].tolist() == [close(F(1, 30)), close(F(17, 60)), close(F(17, 60))]
    assert curve.standard_error[1] == close(5 / 12 * math.sqrt(17 / 60))


def test_limits_are_those_of_their_scale():
    z, s, e = 1.959963984540054, 5 / 12, math.sqrt(17 / 60)
    expected = {
        "plain": (max(0, s - z * s * e), min(1, s + z * s * e)),
        "log": (s * math.exp(-z * e), min(1, s * math.exp(z * e))),
        "log-log": (s ** math.exp(-z * e / math.log(s)), s ** math.exp(z * e / math.log(s))),
    }
    for scale, (lower, upper) in expected.items():
        curve = estimate_kaplan_meier(TIME, EVENT, conf_type=scale)
        assert (curve.lower[1], curve.upper[1]) == (close(lower), close(upper)), scale


def test_a_protocols_spelling_of_the_scale_means_the_same():
    assert (
        estimate_kaplan_meier(TIME, EVENT, conf_type="log_log").lower[1] == estimate_kaplan_meier(TIME, EVENT).lower[1]
    )


def test_after_the_last_death_of_all_there_are_no_limits():
    for scale in ("log", "log-log", "logit", "plain", "arcsin"):
        curve = estimate_kaplan_meier(TIME, EVENT, conf_type=scale)
        assert np.isnan([curve.lower[-1], curve.upper[-1], curve.standard_error[-1]]).all(), scale


def test_the_median_is_the_middle_of_a_stretch_at_exactly_one_half():
    assert estimate_kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1]).median == 2.5
    # 0.9 x 0.8/0.9 x ... reaches 0.5 only within rounding: still the same level.
    assert estimate_kaplan_meier(range(1, 11), [1] * 10).median == 5.5


def test_the_median_is_the_start_of_a_stretch_at_one_half_that_never_ends():
    assert estimate_kaplan_meier([1, 2, 3, 4], [1, 1, 0, 0]).median == 2


def test_quantiles_are_where_the_curve_comes_to_the_level_and_none_where_it_does_not():
    curve = estimate_kaplan_meier([1, 2, 3, 4, 5], [1, 0, 1, 0, 0])  # 4/5, then 4/5 x 2/3 = 8/15
    assert curve.median is None
    assert curve.quantile(0.2)[0] == 2  # level at 0.8 from 1 until 3
    assert curve.quantile(0.25)[0] == 3


def test_follow_up_takes_censoring_for_the_event():
    curve = estimate_follow_up(TIME, EVENT)
    assert curve.survival.tolist() == [close(s) for s in (F(5, 6), F(5, 6), F(5, 12), F(5, 12))]
    assert curve.median == 8


def test_who_enters_late_is_at_risk_only_from_then_on():
    curve = estimate_kaplan_meier([2, 4, 6], [1, 1, 1], start=[0, 2, 3])
    assert curve.at_risk.tolist() == [1, 2, 1]  # at 2 the second has not begun: it begins after 2


def test_the_restricted_mean_is_an_area():
    found = estimate_rmst(TIME, EVENT, tau=8)
    # 1 + 5/6 5 + 5/12 2 = 6; the areas after the deaths are 5 and 5/6: 25/30 + 25/36 x 1/4 = 145/144
    assert (found.estimate, found.standard_error) == (close(6), close(math.sqrt(145) / 12))
    assert estimate_rmst(TIME, EVENT, tau=20).estimate == close(6 + 5 / 12)  # nobody is left after 9


def test_a_difference_of_independent_estimates_has_the_sum_of_their_variances():
    first, second = estimate_rmst(TIME, EVENT, tau=8), estimate_rmst([2, 4], [1, 1], tau=8)
    found = estimate_difference(first, second)
    assert found.estimate == close(6 - 3)
    # after the first death of two the area is 1: 1/(2 1); the last death moves nothing
    assert found.standard_error == close(math.sqrt(F(145, 144) + F(1, 2)))


def test_a_milestone_is_the_curve_at_that_day():
    assert estimate_milestone(TIME, EVENT, 0.5).estimate == 1
    assert [estimate_milestone(TIME, EVENT, day).estimate for day in (1, 5.9, 6, 30)] == [
        close(F(5, 6)),
        close(F(5, 6)),
        close(F(5, 12)),
        0,
    ]


def test_the_logrank_test_adds_up_fractions():
    test = test_logrank(TIME, EVENT, X)
    # For x = 1: expected 1/2 at 1 and 2 x 1/4 at 6; variance 1/4 and 2 x 2/3 x 3/16 = 1/4.
    assert test.observed.tolist() == [2, 2]
    assert test.expected.tolist() == [close(3), close(1)]
    assert test.variance[1, 1] == close(F(1, 2))
    assert (test.chi_square, test.degrees_of_freedom) == (close(2), 1)
    assert test.p_value == close(math.erfc(1))


def test_weights_of_the_logrank_test_are_those_just_before_each_death():
    # rho: weights 1 and 5/6. gamma: 0 and 1/6.
    assert test_logrank(TIME, EVENT, X, rho=1).chi_square == close(F(121, 61))
    assert test_logrank(TIME, EVENT, X, gamma=1).chi_square == close(1)


def test_a_stratified_logrank_test_adds_up_its_strata():
    test = test_logrank(TIME * 2, EVENT * 2, X * 2, strata=["a"] * 6 + ["b"] * 6)
    assert test.chi_square == close(4)  # twice the difference over twice the variance
    assert test.observed_by_stratum.tolist() == [[2, 2], [2, 2]]


def test_breslows_hazard_ratio_is_the_root_of_a_quadratic():
    # 2 = r/(r + 1) + 2 r/(r + 3)  <=>  r^2 - 3 r - 6 = 0
    r = (3 + math.sqrt(33)) / 2
    fit = estimate_cox(TIME, EVENT, X, ties="breslow")
    assert fit.hazard_ratio[0] == close(r)
    assert fit.standard_errors[0] == close((r / (r + 1) ** 2 + 6 * r / (r + 3) ** 2) ** -0.5)
    assert fit.log_likelihood == close(2 * math.log(r) - math.log(3 * r + 3) - 2 * math.log(r + 3))
    assert fit.null_log_likelihood == close(-math.log(6) - 2 * math.log(4))
    # At r = 1 the score is 2 - 1/2 - 2/4 and the information 1/4 + 6/16.
    assert fit.score_test[0] == close(F(8, 5))


def test_efrons_hazard_ratio_is_the_root_of_a_cubic():
    # The second of the tied deaths has the denominator (r + 3) - (r + 1)/2, so 2 = r/(r+1) + r/(r+3) + r/(r+5).
    r = estimate_cox(TIME, EVENT, X).hazard_ratio[0]
    assert r**3 - 23 * r - 30 == pytest.approx(0, abs=1e-10)
    # At r = 1: score 2 - 1/2 - 1/4 - 1/6, information 1/4 + 3/16 + 5/36.
    assert estimate_cox(TIME, EVENT, X).score_test[0] == close(F(169, 83))


def test_limits_and_the_wald_test_follow_from_the_standard_error():
    fit = estimate_cox(TIME, EVENT, X, confidence=0.9)
    b, e = fit.coefficients[0], fit.standard_errors[0]
    assert fit.ci_lower[0] == close(math.exp(b - 1.6448536269514722 * e))
    assert fit.z[0] == close(b / e)
    assert fit.wald_test[0] == close((b / e) ** 2)
    assert fit.p_values[0] == close(fit.wald_test[2])
    assert fit.likelihood_ratio_test[0] == close(2 * (fit.log_likelihood - fit.null_log_likelihood))


def test_the_upper_limit_of_a_curve_that_came_down_to_0_is_that_of_a_product_of_betas():
    """Three of three died one by one: B(3, 1) B(2, 1) B(1, 1) is B(1, 3), as Clopper and Pearson have it for 0 of 3. With
    one censored in between, B(3, 1) B(1, 1) has the mean 3/4 1/2 = 3/8 and the mean square 3/5 1/3 = 1/5, and so has
    B(21/19, 35/19)."""
    everybody = estimate_milestone([1, 2, 3], [1, 1, 1], 3)
    assert everybody.estimate == 0
    assert everybody.ci_upper == close(1 - 0.025 ** (1 / 3))
    assert estimate_milestone([1, 2, 3], [1, 0, 1], 3).ci_upper == close(stats.beta.ppf(0.975, 21 / 19, 35 / 19))


def test_the_lower_limit_where_nobody_had_the_event_is_that_of_all_who_were_seen_until_then():
    """Four of five were followed to day 2: 0.025^(1/4) of Clopper and Pearson (1934)."""
    nobody = estimate_milestone([1, 2, 2, 3, 4], [0, 0, 0, 0, 0], 2)
    assert (nobody.estimate, nobody.ci_lower, nobody.ci_upper) == (1, close(0.025 ** (1 / 4)), 1)


def test_a_step_that_would_go_too_far_is_halved_until_the_likelihood_rises():
    """In order of death x is 30 0 1 2 1 3: a whole step of Newton's goes beyond the summit, to a lower likelihood.
    The summit is where everybody's x less the mean of those at risk, weighted by exp(b x), adds up to nothing."""
    x = np.array([30.0, 0, 1, 2, 1, 3])
    fit = estimate_cox([1, 2, 3, 4, 5, 6], [1] * 6, x[:, None])
    score = lambda b: sum(x[k] - np.average(x[k:], weights=np.exp(b * x[k:])) for k in range(6))  # noqa: E731
    assert fit.coefficients[0] == pytest.approx(optimize.brentq(score, 0, 1, xtol=1e-14), rel=1e-9)
    assert fit.iterations < 10


def test_where_nobody_had_the_event_all_of_the_time_was_lived_and_no_error_is_known():
    mean = estimate_rmst([5, 6, 7], [0, 0, 0], 4)
    assert mean.estimate == 4
    assert all(math.isnan(number) for number in (mean.standard_error, mean.ci_lower, mean.ci_upper))
