"""Arguments of a notebook: counts that cannot be, values that are none, levels and ratios; each refused by name."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

from equipoise import survival
from equipoise.estimation import (
    estimate_mean_difference,
    estimate_proportion,
    estimate_risk_difference,
    estimate_risk_ratio,
    risk_ratio_score,
)
from equipoise.findings import Refusal

NAN, INF = math.nan, math.inf
COUNTS = [(-1, 10), (11, 10), (3, 0), (3, -10), (3.5, 10), (NAN, 10), (3, INF), ("3", 10), (None, 10), ([3], 10)]
TIMES, EVENTS = [5.0, 6.0, 8.0, 8.0, 12.0], [1, 1, 0, 1, 0]
NO_NUMBERS = ["0.95", None, [0.95], NAN, 10**400]


@pytest.mark.parametrize("counts", COUNTS)
def test_counts_that_cannot_be_are_refused(counts):
    for call in (
        lambda: estimate_proportion(*counts),
        lambda: estimate_risk_difference(*counts, 3, 10),
        lambda: estimate_risk_difference(3, 10, *counts),
        lambda: estimate_risk_ratio(*counts, 3, 10),
        lambda: risk_ratio_score(3, 10, *counts, 1.0),
    ):
        with pytest.raises(Refusal):
            call()


@pytest.mark.parametrize("of", [np.int64, np.float64, float, int])
def test_a_whole_number_of_any_kind_is_a_count(of):
    assert estimate_risk_difference(of(3), of(10), of(4), of(10)) == estimate_risk_difference(3, 10, 4, 10)


@pytest.mark.parametrize(
    "values", [[NAN, 1], [INF, 1], ["a", "b"], ["1", "2"], [None, 1], 5, [[1, 2], [3, 4]], [10**400, 1]]
)
def test_values_that_have_no_mean_are_refused(values):
    with pytest.raises(Refusal):
        estimate_mean_difference(values, [1.0, 2.0])


@pytest.mark.parametrize("of", [list, tuple, np.array, pl.Series])
def test_values_come_in_any_sequence(of):
    found = estimate_mean_difference(of([1.0, 2.0, 3.0]), of([2.0, 3.0, 5.0]))
    assert found == estimate_mean_difference([1.0, 2.0, 3.0], [2.0, 3.0, 5.0])


@pytest.mark.parametrize("confidence", [0, 1, -1, 95, *NO_NUMBERS])
def test_a_level_of_confidence_lies_between_0_and_1_at_every_door(confidence):
    for call in (
        lambda: estimate_proportion(3, 10, confidence),
        lambda: estimate_risk_difference(3, 10, 4, 10, confidence),
        lambda: estimate_risk_ratio(3, 10, 4, 10, confidence),
        lambda: estimate_mean_difference([1.0, 2.0], [2.0, 4.0], confidence),
        lambda: survival.estimate_kaplan_meier(TIMES, EVENTS, confidence=confidence),
        lambda: survival.estimate_rmst(TIMES, EVENTS, tau=7, confidence=confidence),
        lambda: survival.estimate_milestone(TIMES, EVENTS, 7, confidence=confidence),
        lambda: survival.estimate_cox(TIMES, EVENTS, [0, 1, 0, 1, 1], confidence=confidence),
    ):
        with pytest.raises(Refusal):
            call()


@pytest.mark.parametrize("given", [-1, INF, -INF, *NO_NUMBERS[1:], "7"])
def test_a_day_a_tau_and_a_ratio_are_numbers(given):
    for call in (
        lambda: survival.estimate_rmst(TIMES, EVENTS, tau=given),
        lambda: survival.estimate_milestone(TIMES, EVENTS, given),
        lambda: risk_ratio_score(3, 10, 4, 10, given),
    ):
        with pytest.raises(Refusal):
            call()


def test_dates_are_no_times():
    days = np.array(["2024-01-01"] * 5, dtype="datetime64[D]")
    for call in (survival.estimate_kaplan_meier, lambda *_: survival.estimate_cumulative_incidence(days, EVENTS, [7])):
        with pytest.raises(Refusal, match="time"):
            call(days, EVENTS)


def test_a_finding_says_the_number():
    with pytest.raises(Refusal) as refused:
        estimate_proportion(11, 10)
    assert refused.value.findings[0].tell("zh").startswith("successes: 10人中11人")
