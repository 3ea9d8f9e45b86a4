"""Times that differ by rounding are one time, wherever times are compared; and estimates of unlike things are not compared.

R 4.2.2 with survival 3.5-3 (timefix): t <- c(3.3 - 3.0, 0.3, 0.1 + 0.2, 0.7, 0.1 * 7, 1.1, 2.2); e <- c(1, 1, 0, 1, 1, 1, 0);
g <- c(0, 1, 1, 0, 1, 0, 1): survdiff(Surv(t, e) ~ g)$chisq and coef(coxph(Surv(t, e) ~ g)). Ties as whole
numbers of a tenth give what the same times give as fractions, in every estimator.
"""

import math

import numpy as np
import pytest

from equipoise.findings import Refusal
from equipoise.survival import (
    EarlyZero,
    FlemingHarrington,
    MagirrBurman,
    estimate_cox,
    estimate_cumulative_incidence,
    estimate_difference,
    estimate_follow_up,
    estimate_kaplan_meier,
    estimate_milestone,
    estimate_rmst,
    test_difference,
    test_logrank,
    test_maxcombo,
    test_milestone_difference,
    test_proportional_hazards,
    test_weighted_logrank,
    ties,
)

MONTHS = np.array([3.3 - 3.0, 0.3, 0.1 + 0.2, 0.7, 0.1 * 7, 1.1, 2.2])
TENTHS = np.array([3.0, 3, 3, 7, 7, 11, 22])
EVENT, GROUP, STATUS = np.array([1, 1, 0, 1, 1, 1, 0]), np.array([0, 1, 1, 0, 1, 0, 1]), np.array([1, 2, 0, 1, 1, 2, 0])


def test_the_tests_of_the_case_are_those_of_r():
    assert test_logrank(MONTHS, EVENT, GROUP).chi_square == pytest.approx(0.416809605488851, rel=1e-9)
    assert estimate_cox(MONTHS, EVENT, GROUP).coefficients[0] == pytest.approx(-0.532542540903499, rel=1e-7)
    assert len(estimate_kaplan_meier(MONTHS, EVENT).time) == 4


# Each estimator, of times in some unit: `u` times in it for every tenth of a month.
EVERYWHERE = {
    "curve": lambda t, u: estimate_kaplan_meier(t, EVENT).survival,
    "follow-up": lambda t, u: estimate_follow_up(t, EVENT).survival,
    "at risk at a day": lambda t, u: estimate_milestone(t, EVENT, 3 * u).estimate,
    "a day between": lambda t, u: estimate_milestone(t, EVENT, (0.1 + 0.2) * 10 * u).estimate,
    "restricted mean": lambda t, u: estimate_rmst(t, EVENT, tau=(0.1 * 7) * 10 * u).standard_error / u,
    "incidence": lambda t, u: [i.estimate for i in estimate_cumulative_incidence(t, STATUS, [3 * u, 7 * u, 11 * u])],
    "incidence's error": lambda t, u: [
        i.standard_error for i in estimate_cumulative_incidence(t, STATUS, [3 * u, 7 * u])
    ],
    "log-rank": lambda t, u: test_logrank(t, EVENT, GROUP).chi_square,
    "weighted": lambda t, u: test_weighted_logrank(t, EVENT, GROUP, FlemingHarrington(0, 1)).z,
    "early zero": lambda t, u: test_weighted_logrank(t, EVENT, GROUP, EarlyZero((0.1 * 7) * 10 * u)).z,
    "modest": lambda t, u: test_weighted_logrank(t, EVENT, GROUP, MagirrBurman(delay=(0.1 + 0.2) * 10 * u)).z,
    "maxcombo": lambda t, u: test_maxcombo(t, EVENT, GROUP, [FlemingHarrington(), FlemingHarrington(1, 0)]).p_value,
    "Cox": lambda t, u: estimate_cox(t, EVENT, GROUP).coefficients,
    "robust": lambda t, u: estimate_cox(t, EVENT, GROUP, robust=True).standard_errors,
    "Breslow": lambda t, u: estimate_cox(t, EVENT, GROUP, ties="breslow").coefficients,
    "hazards": lambda t, u: test_proportional_hazards(t, EVENT, GROUP).chi_square,
}


@pytest.mark.parametrize("name", EVERYWHERE)
@pytest.mark.parametrize("scale", [1.0, 30.4375, 1e-3, 1e5])
def test_times_that_differ_by_rounding_are_tied_everywhere(name, scale):
    ask = EVERYWHERE[name]
    assert ask(MONTHS * scale, 0.1 * scale) == pytest.approx(ask(TENTHS, 1.0), rel=1e-9)


def test_times_that_differ_by_more_are_not():
    apart = estimate_kaplan_meier([1.0, 1.0 + 1e-6, 2.0], [1, 1, 0])
    assert apart.time.tolist() == [1.0, 1.0 + 1e-6, 2.0]


def test_a_start_that_is_an_end_by_rounding_is_refused_as_one():
    with pytest.raises(Refusal, match="not before the end"):
        estimate_kaplan_meier([0.1 + 0.2 + 1e-17, 1.0], [1, 1], start=[0.3, 0.0])


def test_control_times_compared_to_the_last_bit_are_noticed(monkeypatch):
    from equipoise.survival import inputs

    monkeypatch.setattr(inputs, "tie_times", lambda times, starts: (times, starts))
    assert test_logrank(MONTHS, EVENT, GROUP).chi_square != pytest.approx(0.416809605488851, abs=1e-3)
    assert ties.SAME == pytest.approx(1.490116e-08)


BAD_DAYS = [math.nan, -5, math.inf, -0.001, "soon", None]


@pytest.mark.parametrize("day", BAD_DAYS)
def test_a_day_that_is_none_is_refused(day):
    for ask in (
        lambda: estimate_milestone([1, 2], [1, 0], day),
        lambda: estimate_cumulative_incidence([1, 2], [1, 0], [day]),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert [f.code for f in refused.value.findings] == ["survival.day"]


@pytest.mark.parametrize("status", [[1, -1], [1, 0.5], [1, math.nan], [1, "dead"], [1]])
def test_ends_that_are_none_are_refused(status):
    with pytest.raises(Refusal) as refused:
        estimate_cumulative_incidence([1, 2], status, [1])
    assert refused.value.findings[0].code in ("survival.value", "survival.length", "survival.not_numbers")


@pytest.mark.parametrize("time", [[1, math.nan], [1, -2], [], [1, math.inf]])
def test_times_of_an_incidence_are_read_as_those_of_a_curve(time):
    with pytest.raises(Refusal):
        estimate_cumulative_incidence(time, [1] * len(time), [1])


def test_an_incidence_is_not_told_beyond_what_was_observed():
    time, status = [10, 10, 10, 20.0], [1, 1, 0, 0]
    assert estimate_cumulative_incidence(time, status, [20.0])[0].estimate == 0.5
    for day in (20.1, 100.0, 1e9):
        with pytest.raises(Refusal, match="nobody was observed until day"):
            estimate_cumulative_incidence(time, status, [10.0, day])
    assert estimate_cumulative_incidence([10, 20], [1, 2], [1e9])[0].estimate == 0.5  # nobody is left


MILESTONE, MEAN = estimate_milestone([1, 2, 3, 9], [1, 0, 1, 0], 2), estimate_rmst([1, 2, 3, 9], [1, 0, 1, 0], 3)
INCIDENCE = estimate_cumulative_incidence([1, 2, 3, 9], [1, 0, 1, 0], [2])[0]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (MILESTONE, MEAN, "Milestone is compared with RestrictedMean"),
        (MILESTONE, INCIDENCE, "Milestone is compared with Incidence"),
        (estimate_rmst([1, 9], [1, 0], 8), MEAN, "until 8 is compared with one until 3"),
        (estimate_milestone([1, 9], [1, 0], 8), MILESTONE, "until 8 is compared with one until 2"),
        (estimate_milestone([1, 9], [1, 0], 2, confidence=0.9), MILESTONE, "a confidence of 0.9 meet"),
    ],
)
def test_estimates_of_unlike_things_are_not_compared(first, second, words):
    for ask in (estimate_difference, test_difference):
        with pytest.raises(Refusal, match=words):
            ask(first, second)


def test_a_difference_is_at_the_level_of_its_sides():
    assert estimate_difference(MILESTONE, MILESTONE, 0.95).estimate == 0
    with pytest.raises(Refusal, match=r"a confidence of 0.95 meet a confidence of 0.9"):
        estimate_difference(MILESTONE, MILESTONE, 0.9)


def test_milestones_of_unlike_days_are_not_tested():
    with pytest.raises(Refusal, match="one until"):
        test_milestone_difference(MILESTONE, estimate_milestone([1, 2, 3, 9], [1, 0, 1, 0], 3))


def test_times_are_one_up_to_the_root_of_a_doubles_precision_and_that_itself_belongs_to_it():
    """R's timefix ties what is `<= tolerance` apart, sqrt(.Machine$double.eps) = 2^-26."""
    for apart, times in ((2.0**-26, 1), (2.0**-26 + 2.0**-50, 2)):
        assert len(estimate_kaplan_meier([0.5, 0.5 + apart], [1, 1]).time) == times
