"""What holds of every trial in progress, whatever its looks, boundaries and data; and of every two-stage design.

Simulated paths are Brownian motion read at the looks, from a fixed seed; the allowance is four Monte Carlo standard errors.
"""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.design import Futility
from equipoise.planning import plan_sequential
from equipoise.planning.phase2.simon import binomial, find_simon_designs
from equipoise.planning.sequential.combination import combine_inverse_normal, stage_statistics
from equipoise.planning.sequential.conditional import (
    conditional_power,
    conditional_rejection_probability,
    predictive_power,
)
from equipoise.planning.sequential.inference import final_inference, repeated_intervals, stagewise_p_value
from equipoise.planning.sequential.monitoring import boundaries_reached, planned_boundaries
from equipoise.planning.sequential.prior import NormalMixture, update
from equipoise.planning.sequential.success import assurance, fixed_assurance
from tests.hunting import examples

KINDS = ("lan_demets_obrien_fleming", "lan_demets_pocock", "obrien_fleming", "pocock")
MAXIMUM = 25.0
TRIALS = 200_000

looks = st.lists(st.integers(2, 18), min_size=1, max_size=3, unique=True).map(sorted)
kinds = st.sampled_from(KINDS)
statistic = st.floats(-3, 4)


def started(kind, marks):
    """A plan, and boundaries at looks that are not those of the plan."""
    plan = plan_sequential(alpha=0.025, power=0.85, fractions=(0.5, 1), efficacy=kind)
    return boundaries_reached(plan, kind, [MAXIMUM * m / 20 for m in marks] + [MAXIMUM], MAXIMUM)


@settings(max_examples=examples(25), deadline=None)
@given(kind=kinds, marks=looks, z=statistic, effect=st.floats(-1, 2))
def test_when_all_the_information_is_there_conditional_power_is_one_or_zero(kind, marks, z, effect):
    bounds = started(kind, marks)
    known = conditional_power(bounds, bounds.looks, z, effect)
    assert known == float(z >= bounds.upper[-1])
    assert predictive_power(bounds, bounds.looks, z) == known
    assert conditional_rejection_probability(bounds, bounds.looks, z) == known


@settings(max_examples=examples(25), deadline=None)
@given(kind=kinds, marks=looks, z=statistic, effects=st.tuples(st.floats(-1, 1), st.floats(0.01, 1)))
def test_a_larger_effect_or_a_better_interim_result_never_lowers_conditional_power(kind, marks, z, effects):
    bounds = started(kind, marks)
    low, more = effects
    assert conditional_power(bounds, 1, z, low) <= conditional_power(bounds, 1, z, low + more) + 1e-12
    assert conditional_power(bounds, 1, z, low) <= conditional_power(bounds, 1, z + 0.5, low) + 1e-12


@settings(max_examples=examples(25), deadline=None)
@given(kind=kinds, marks=looks, zs=st.lists(statistic, min_size=4, max_size=4))
def test_a_repeated_interval_contains_the_estimate_and_excludes_no_effect_exactly_when_it_rejects(kind, marks, zs):
    bounds = started(kind, marks)
    for z, up, slope, interval in zip(
        zs, bounds.upper, bounds.slopes, repeated_intervals(bounds, zs[: bounds.looks]), strict=False
    ):
        assert interval.lower < z / slope < interval.upper
        assert (interval.lower > 0) == (z > up)


@settings(max_examples=examples(20), deadline=None)
@given(kind=kinds, marks=looks, z=st.floats(-2.5, 3.5))
def test_the_final_interval_contains_the_estimate_and_agrees_with_the_p_value(kind, marks, z):
    bounds = started(kind, marks)
    final = final_inference(bounds, bounds.looks, z)
    assert final.interval.lower < final.estimate < final.interval.upper
    assert (final.interval.lower > 0) == (final.p_value < 0.025)


@settings(max_examples=examples(20), deadline=None)
@given(kind=kinds, z=statistic)
def test_stages_of_the_planned_size_combine_to_the_statistic_of_all_data(kind, z):
    plan = plan_sequential(alpha=0.025, power=0.85, fractions=(0.5, 1), efficacy=kind)
    combined = combine_inverse_normal(plan, (MAXIMUM / 2, MAXIMUM), (0.7, z))
    assert combined.statistics == pytest.approx((0.7, z), abs=1e-12)


@settings(max_examples=examples(25), deadline=None)
@given(kind=kinds, log=st.floats(-1, 0.5))
def test_the_assurance_of_a_point_is_power(kind, log):
    plan = plan_sequential(
        alpha=0.025, power=0.85, fractions=(0.5, 1), efficacy=kind, futility=Futility(kind="z", values=(0.0,))
    )
    bounds = planned_boundaries(plan, MAXIMUM)
    power = float(bounds.crossing(-log).upper.sum())
    assert assurance(bounds, NormalMixture.normal(log, 0.0)) == pytest.approx(power, abs=1e-12)
    assert assurance(bounds, NormalMixture.normal(log, 1e-5)) == pytest.approx(power, abs=1e-6)
    single = planned_boundaries(plan_sequential(alpha=0.025, power=0.85), MAXIMUM)
    prior = NormalMixture.normal(log, 0.3)
    assert assurance(single, prior) == pytest.approx(fixed_assurance(prior, MAXIMUM, 0.025), abs=1e-10)


@settings(max_examples=examples(30), deadline=None)
@given(first=st.floats(-1, 1), second=st.floats(-1, 1), errors=st.tuples(st.floats(0.1, 1), st.floats(0.1, 1)))
def test_two_looks_at_data_teach_what_one_look_at_both_does(first, second, errors):
    prior = NormalMixture((0.6, 0.4), (-0.5, 0.0), (0.3, 0.8))
    one, two = errors
    precision = 1 / one**2 + 1 / two**2
    together = update(prior, (first / one**2 + second / two**2) / precision, precision**-0.5)
    stepwise = update(update(prior, first, one), second, two)
    assert stepwise.weights == pytest.approx(together.weights, abs=1e-9)
    assert stepwise.means == pytest.approx(together.means, abs=1e-9)


@settings(max_examples=examples(12), deadline=None)
@given(rate=st.sampled_from([0.05, 0.1, 0.2, 0.4, 0.6]), errors=st.sampled_from([(0.1, 0.1), (0.05, 0.2), (0.1, 0.2)]))
def test_a_two_stage_design_does_what_counting_every_outcome_says(rate, errors):
    alpha, beta = errors
    designs = find_simon_designs(rate, rate + 0.25, alpha, beta)
    for design in {designs.optimal, designs.minimax}:
        for at, told in ((rate, design.alpha), (rate + 0.25, design.power)):
            assert counted(design, at)[0] == pytest.approx(told, abs=1e-12)
        assert design.alpha <= alpha
        assert design.power >= 1 - beta
        assert counted(design, rate)[1:] == pytest.approx((design.expected, design.stopping), abs=1e-9)


def counted(design, rate):
    """Promise, expected size and early stopping, outcome by outcome."""
    first, later = binomial(design.n1, rate), binomial(design.n - design.n1, rate)
    promise = stopping = 0.0
    for x, p in enumerate(first):
        if x <= design.r1:
            stopping += p
            continue
        promise += p * sum(q for y, q in enumerate(later) if x + y > design.r)
    return promise, design.n1 + (1 - stopping) * (design.n - design.n1), stopping


def stopped_trials(bounds, effect=0.0, seed=20240519):
    """The look at which each simulated trial stopped, and its statistic there."""
    rng = np.random.default_rng(seed)
    information = np.array(bounds.information)
    steps = np.diff(information, prepend=0.0)
    score = np.cumsum(rng.standard_normal((TRIALS, bounds.looks)) * np.sqrt(steps) + effect * steps, axis=1)
    z = score / np.sqrt(information)
    stops = z >= np.array(bounds.upper)
    stops[:, -1] = True
    look = stops.argmax(axis=1)
    return look + 1, z[np.arange(TRIALS), look]


def p_values(bounds, look, z, by=stagewise_p_value):
    """The p-values of many trials, read from a fine table of each look's."""
    found = np.empty(len(z))
    for k in range(1, bounds.looks + 1):
        at = np.linspace(-6, 7, 400)
        table = [by(bounds, k, float(x)) for x in at]
        found[look == k] = np.interp(z[look == k], at, table)
    return found


def not_uniform(p):
    """The shares of p-values below each tenth that are off by more than four Monte Carlo standard errors."""
    levels = np.array([0.01, 0.025, *np.arange(0.1, 1, 0.1)])
    shares = (p[:, None] <= levels).mean(axis=0)
    return levels[np.abs(shares - levels) > 4 * np.sqrt(levels * (1 - levels) / len(p))].tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_without_effect_the_stagewise_p_value_is_uniform(kind):
    bounds = started(kind, (7, 13))
    assert not_uniform(p_values(bounds, *stopped_trials(bounds))) == []


def test_the_median_unbiased_estimate_is_above_the_effect_half_of_the_time():
    bounds, effect = started("pocock", (7, 13)), 0.5
    look, z = stopped_trials(bounds, effect)
    # The estimate is above the effect when the p-value at the effect is below one half.
    above = p_values(bounds, look, z, lambda b, k, x: stagewise_p_value(b, k, x, effect)) < 0.5
    assert above.mean() == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(TRIALS))


def test_changing_the_size_at_an_interim_look_does_not_change_alpha_with_fixed_weights():
    plan = plan_sequential(alpha=0.025, power=0.85, fractions=(0.5, 1), efficacy=KINDS[0])
    rng = np.random.default_rng(20240520)
    first = rng.standard_normal(TRIALS)
    # Whoever sees little adds much: the size depends on the data in the worst way.
    size = np.where(first < 1.5, MAXIMUM * 2, MAXIMUM / 10)
    second = rng.standard_normal(TRIALS)
    combined = math.sqrt(0.5) * first + math.sqrt(0.5) * second
    rejected = (first >= plan.upper[0]) | (combined >= plan.upper[1])
    assert rejected.mean() == pytest.approx(0.025, abs=4 * math.sqrt(0.025 * 0.975 / TRIALS))
    # The same, by the room's own functions, for a few of them: statistics of all data, taken apart and combined.
    for one, two, more in zip(first[:50], second[:50], size[:50], strict=True):
        information = (MAXIMUM / 2, MAXIMUM / 2 + more)
        cumulative = (one * math.sqrt(information[0]) + two * math.sqrt(more)) / math.sqrt(information[1])
        assert stage_statistics(information, (one, cumulative)) == pytest.approx((one, two), abs=1e-9)
        at = combine_inverse_normal(plan, information, (one, cumulative))
        assert at.statistics[1] == pytest.approx(math.sqrt(0.5) * (one + two), abs=1e-9)


def test_control_a_p_value_that_forgets_the_earlier_looks_is_noticed():
    bounds = started("pocock", (7, 13))
    look, z = stopped_trials(bounds)
    forgetful = replace(bounds, upper=(math.inf,) * bounds.looks)
    assert not_uniform(p_values(forgetful, look, z)) != []


def test_control_a_design_with_another_limit_is_noticed():
    design = find_simon_designs(0.1, 0.3, 0.05, 0.2).optimal
    assert counted(replace(design, r=design.r - 1), 0.1)[0] > 0.05
    assert counted(replace(design, r1=design.r1 + 1), 0.3)[0] < 0.8
