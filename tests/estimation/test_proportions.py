"""Intervals for proportions against published examples."""

import pytest

from equipoise.estimation import estimate_mean_difference, estimate_proportion, estimate_risk_difference
from equipoise.findings import Refusal

# Newcombe 1998 (Stat Med 17:857-872, table I, method 3) and 1998 (17:873-890, table II, method 10), four printed digits.


@pytest.mark.parametrize(
    ("r", "n", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_score_interval_gives_the_published_limits(r, n, lower, upper):
    _, low, high = estimate_proportion(r, n)
    assert (round(low, 4), round(high, 4)) == (lower, upper)


@pytest.mark.parametrize(
    ("a", "n_a", "b", "n_b", "lower", "upper"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (10, 10, 0, 10, 0.6075, 1.0),
    ],
)
def test_the_hybrid_score_interval_gives_the_published_limits(a, n_a, b, n_b, lower, upper):
    difference = estimate_risk_difference(a, n_a, b, n_b)
    assert (round(difference.lower, 4), round(difference.upper, 4)) == (lower, upper)


def test_the_difference_changes_sign_when_the_groups_are_exchanged():
    one, other = estimate_risk_difference(9, 10, 3, 10), estimate_risk_difference(3, 10, 9, 10)
    assert (one.estimate, one.lower, one.upper) == pytest.approx((-other.estimate, -other.upper, -other.lower))


def test_means_are_compared_as_by_welch():
    # R 4.2: t.test(c(1, 2, 3, 4, 10), c(2, 2, 3, 5)): t = 0.5698..., df = 4.89...; recomputed here with scipy.
    from scipy import stats

    a, b = [1.0, 2, 3, 4, 10], [2.0, 2, 3, 5]
    test = stats.ttest_ind(a, b, equal_var=False)
    interval = test.confidence_interval()
    found = estimate_mean_difference(a, b)
    assert (found.p_value, found.lower, found.upper) == pytest.approx((test.pvalue, interval.low, interval.high))


@pytest.mark.parametrize(
    ("estimate", "code", "chinese"),
    [
        (lambda: estimate_proportion(0, 0), "estimation.nobody", "至少需要一名受试者"),
        (lambda: estimate_mean_difference([1.0], [2.0, 3.0]), "estimation.two_values", "至少需要两个值"),
        (lambda: estimate_mean_difference([1.0, 1.0], [2.0, 2.0]), "estimation.no_spread", "全部相同"),
    ],
)
def test_nobody_and_no_spread_are_refused_and_not_numbers(estimate, code, chinese):
    with pytest.raises(Refusal) as refusal:
        estimate()
    (finding,) = refusal.value.findings
    assert finding.code == code
    assert chinese in finding.tell("zh")
