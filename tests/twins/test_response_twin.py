"""Simulated trials of rates and means: the bits of plain Python, the statistics of the analysis, the power of exact sums.

The statistics are held to those by which a report concludes, count by count. Power and type I error are held to sums
over all binomial outcomes by `estimation` (no approximation: only Monte Carlo error is left) and to the noncentral t of
the planning room. |z| is held below 4: chance exceeds it once in 16,000 times, and seeds are fixed.
"""

import itertools
import math
import random
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import binom

from equipoise.estimation import estimate_mean_difference, estimate_risk_difference, risk_ratio_score
from equipoise.planning import Arrivals, SurvivalCourse, estimate_means_power, plan_sequential
from equipoise.simulation.trials import assessing, quantiles, responding
from equipoise.simulation.trials.characteristics import derive_characteristics
from equipoise.simulation.trials.packing import pack_response
from equipoise.simulation.trials.parts import Cell, PlannedLook, Response, Shown, SimulatedScheme, Statistic
from equipoise.simulation.trials.running import simulate, simulate_chunk
from equipoise.simulation.trials.setup import Setup
from tests.twins.random_setups import SCHEMES

PLAIN = {"play_responses": assessing.play_responses}
KINDS = ("rates", "rate_limit", "rate_ratio", "rate", "means", "mean")
NULL = {"rates": 0.0, "rate_limit": -0.1, "rate_ratio": 0.8, "rate": 0.2, "means": 0.5, "mean": 1.0}
Z_MAX, TRIALS = 4.0, 40_000
UPPER = float(-ndtri(0.025))


def response_setup(
    kind, shown, n, looks=None, *, scheme=None, ratio=(1, 1), null=None, above=True, truth=0.2, lost=0.0
):
    """Everybody alike, unless `shown` has several pairs."""
    pairs = shown if isinstance(shown[0], tuple) else (shown,)
    course = SurvivalCourse.constant(0.0, lost)
    cells = tuple(Cell(1 / len(pairs), course, course, place, (place,), shown=pair) for place, pair in enumerate(pairs))
    looks = looks or ((None, UPPER),)
    return Setup(
        "response", n, Arrivals((0.0,), (20.0,), 12.0), cells,
        tuple(
            PlannedLook(events=wanted, after_last=3.0 if wanted is None else None, efficacy=bound, statistic=Statistic(kind))
            for wanted, bound in looks
        ),
        ratio=(0, 1) if kind in ("rate", "mean") else ratio, scheme=scheme or SimulatedScheme("in_turn"),
        response=Response(3.0, NULL[kind] if null is None else null, above, truth),
    )  # fmt: skip


def found(kind, more=0.2):
    """What is found in either arm."""
    if kind in ("means", "mean"):
        return Shown(mean=1.0, sd=2.0, present=0.9), Shown(values=(0.5, 1.0, 2.5, 4.0))
    return Shown(rate=0.3), Shown(rate=0.3 + more, present=0.8)


# To the last bit ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_trial_in_plain_python_is_the_compiled_one_bit_for_bit(kind):
    for place, scheme in enumerate(SCHEMES):
        drawn = SimulatedScheme(scheme, sizes=(3, 6) if kind not in ("rate", "mean") else (1,), limit=2)
        ratio = (1, 1) if scheme == "big_stick" else (1, 2)
        if kind in ("rate", "mean"):
            drawn = SimulatedScheme("complete")
        setup = response_setup(
            kind, (found(kind), found(kind, 0.4)), 40, ((18, 2.6), (None, 2.0)), scheme=drawn, ratio=ratio, lost=0.02
        )
        one, two = (simulate_chunk(setup, 5, 2**40 + place, 3, kernels) for kernels in (None, PLAIN))
        assert all(a.tobytes() == b.tobytes() for a, b in zip(one, two, strict=True))
        assert not np.isnan(one.log_ratio).all()


def test_control_one_wrong_word_in_plain_python_is_noticed(monkeypatch):
    setup = response_setup("rates", found("rates"), 40)
    monkeypatch.setattr(responding, "USE_EVENT", 8)
    one, two = (simulate_chunk(setup, 5, 0, 3, kernels) for kernels in (None, PLAIN))
    assert any(a.tobytes() != b.tobytes() for a, b in zip(one, two, strict=True))


def test_any_number_of_threads_gives_the_same_totals():
    setup = response_setup("rates", found("rates"), 30)
    assert simulate(setup, 9000, 3, threads=1) == simulate(setup, 9000, 3, threads=2)
    assert simulate(setup, 9000, 3) != simulate(setup, 9000, 4)


# The statistics of the analysis -----------------------------------------------------------------------------------------


def score_of(difference, p):
    return math.copysign(max(float(-ndtri(p / 2)), 0.0), difference) if difference else 0.0


def random_counts(rng, n):
    return rng.randrange(n + 1) if rng.random() < 0.7 else rng.choice((0, 1, n - 1, n))


def test_statistics_of_rates_are_those_by_which_a_report_concludes():
    rng = random.Random(1)
    plan = pack_response(response_setup("rates", found("rates"), 130))
    fisher = 0
    for _ in range(150):
        n0, n1 = rng.randrange(2, 60), rng.randrange(2, 60)
        a0, a1 = random_counts(rng, n0), random_counts(rng, n1)
        given = (float(n0), float(n1), float(a0), float(a1))
        told = estimate_risk_difference(a1, n1, a0, n0)
        fisher += told.test == "fisher"
        assert responding.score_of_rates(plan, *given) == pytest.approx(score_of(told.estimate, told.p_value), abs=2e-7)
        assert responding.score_of_ratio(*given, 0.8) == pytest.approx(
            max(min(risk_ratio_score(a1, n1, a0, n0, 0.8), 38.0), -38.0), abs=1e-9
        )
        for confidence, null in ((0.95, -0.1), (0.8, 0.25)):
            told = estimate_risk_difference(a1, n1, a0, n0, confidence)
            inside = abs(responding.score_of_limit(*given, null)) <= -ndtri((1 - confidence) / 2)
            assert inside == (told.lower <= null <= told.upper)
    assert 20 < fisher < 130


def test_statistics_of_means_are_those_by_which_a_report_concludes():
    rng = random.Random(2)
    for _ in range(60):
        a = [rng.gauss(1, 2) for _ in range(rng.randrange(2, 40))]
        b = [rng.gauss(0, 1) for _ in range(rng.randrange(2, 40))]
        told = estimate_mean_difference(a, b)
        squares = [math.fsum((x - np.mean(one)) ** 2 for x in one) for one in (b, a)]
        ours = responding.score_of_means(len(b), len(a), np.mean(b), np.mean(a), *squares, 0.0)
        assert ours == pytest.approx(score_of(told.estimate, told.p_value), abs=1e-7)


def test_control_swapped_arms_are_noticed():
    plan = pack_response(response_setup("rates", found("rates"), 130))
    told = estimate_risk_difference(20, 40, 10, 40)
    assert responding.score_of_rates(plan, 40.0, 40.0, 20.0, 10.0) != pytest.approx(
        score_of(told.estimate, told.p_value), abs=1e-3
    )


def test_normal_scores_of_t_and_of_uniforms_are_scipy_s():
    from scipy.special import stdtr

    for df, t in itertools.product((1.0, 2.5, 30.0, 400.0, 1e5), (0.0, 0.01, 1.0, 2.2, 6.0)):
        assert quantiles.normal_of_t(-t, df) == pytest.approx(float(ndtri(stdtr(df, -t))), abs=1e-9)
    for p in (1e-300, 1e-9, 0.02, 0.4, 0.5, 0.8, 1 - 1e-9):
        assert quantiles.normal_quantile(p) == pytest.approx(float(ndtri(p)), rel=1e-13)


# Power by exact sums ----------------------------------------------------------------------------------------------------


@lru_cache
def exact_of_two(n, rates, bounds, judge):
    """The probability of rejecting for benefit at each of the looks, all of equal size, with n in each arm in all."""
    each = n // len(bounds)
    steps = [binom.pmf(np.arange(each + 1), each, rate) for rate in rates]
    state, found = np.array([[1.0]]), []
    for look, bound in enumerate(bounds, 1):
        # New answers are added to those of the trials that went on.
        state = np.apply_along_axis(np.convolve, 0, state, steps[0])
        state = np.apply_along_axis(np.convolve, 1, state, steps[1])
        m = look * each
        stops = np.array([[judge(a0, m, a1, m) >= bound for a1 in range(m + 1)] for a0 in range(m + 1)])
        found.append(float(state[stops].sum()))
        state = np.where(stops, 0.0, state)
    return found


def judge_rates(a0, n0, a1, n1):
    told = estimate_risk_difference(a1, n1, a0, n0)
    return score_of(told.estimate, told.p_value)


def judge_limit(a0, n0, a1, n1):
    # Beyond the margin with all of the interval at this bound: 1 or 0 is enough to know.
    return 9.0 if estimate_risk_difference(a1, n1, a0, n0, 0.95).lower > -0.1 else -9.0


def judge_ratio(a0, n0, a1, n1):
    return risk_ratio_score(a1, n1, a0, n0, 0.8)


CASES = {
    "rates": (48, (0.3, 0.55), (2.7965, 1.9774), judge_rates),
    "no difference": (48, (0.3, 0.3), (2.7965, 1.9774), judge_rates),
    "few events": (30, (0.05, 0.3), (UPPER,), judge_rates),
    "rate_limit": (60, (0.8, 0.85), (UPPER,), judge_limit),
    "at the margin": (60, (0.8, 0.7), (UPPER,), judge_limit),
    "rate_ratio": (60, (0.6, 0.65), (UPPER,), judge_ratio),
}


def simulated(case, wrong=0.0):
    n, (control, experimental), bounds, judge = CASES[case]
    kind = {judge_rates: "rates", judge_limit: "rate_limit", judge_ratio: "rate_ratio"}[judge]
    each = 2 * n // len(bounds)
    looks = tuple((each * k if k < len(bounds) else None, bound) for k, bound in enumerate(bounds, 1))
    shown = Shown(rate=control), Shown(rate=experimental + wrong)
    setup = response_setup(kind, shown, 2 * n, looks, truth=experimental + wrong - control)
    return derive_characteristics(setup, simulate(setup, TRIALS, 1))


def worst(case, wrong=0.0):
    """The greatest |z| of the share of trials that stop at a look against its exact probability."""
    exact, ours = exact_of_two(*CASES[case]), simulated(case, wrong)
    errors = [max(math.sqrt(p * (1 - p) / TRIALS), 1e-9) for p in exact]
    return max(abs(look.efficacy.value - p) / e for look, p, e in zip(ours.looks, exact, errors, strict=True))


@pytest.mark.parametrize("case", CASES)
def test_power_and_type_i_error_of_two_rates_are_the_exact_sums(case):
    assert worst(case) < Z_MAX


@pytest.mark.parametrize("case", CASES)
def test_control_an_experimental_rate_of_3_percent_more_is_noticed(case):
    assert worst(case, 0.03) > Z_MAX


def exact_of_one(n, rate, null, bounds):
    """The same of one arm, by Wilson's score, with futility at 0 at the first look."""
    state, found, before = np.array([1.0]), [], 0
    for look, (m, upper, lower) in enumerate(zip(n, *bounds, strict=True)):
        state = np.convolve(state, binom.pmf(np.arange(m - before + 1), m - before, rate))
        z = (np.arange(m + 1) / m - null) / math.sqrt(null * (1 - null) / m)
        found.append((float(state[z >= upper].sum()), float(state[(z <= lower) & (z < upper)].sum())))
        state = np.where((z >= upper) | (z <= lower), 0.0, state)
        before = m
        assert look < 2
    return found


@pytest.mark.parametrize("rate", [0.2, 0.4])
def test_two_stages_of_one_arm_are_the_exact_sums(rate):
    exact = exact_of_one((22, 43), rate, 0.2, ((2.54, 1.66), (0.0, -9.0)))
    setup = response_setup("rate", (Shown(rate=rate),) * 2, 43, ((22, 2.54), (None, 1.66)), truth=rate)
    setup = replace(setup, looks=(replace(setup.looks[0], futility=0.0), setup.looks[1]))
    ours = derive_characteristics(setup, simulate(setup, TRIALS, 2))
    for look, (reject, accept) in zip(ours.looks, exact, strict=True):
        for value, p in ((look.efficacy.value, reject), (look.futility.value, accept)):
            assert abs(value - p) <= Z_MAX * math.sqrt(p * (1 - p) / TRIALS)
    assert ours.bias.error > 0


@pytest.mark.parametrize(("difference", "margin"), [(5.0, 0.0), (0.0, 0.0), (1.0, -3.0), (-3.0, -3.0)])
def test_power_of_two_means_is_that_of_the_planning_room(difference, margin):
    """With equal arms and spreads Welch's t is Student's but for its degrees of freedom: with 50 in an arm they cost
    less than 0.1 percentage points of power, which is allowed beside the Monte Carlo error."""
    boundaries = plan_sequential(alpha=0.05, power=0.8, sides=2)
    planned = estimate_means_power(boundaries, difference, 10.0, 100, margin=margin).power
    shown = Shown(mean=20.0, sd=10.0), Shown(mean=20.0 + difference, sd=10.0)
    setup = response_setup("means", shown, 100, null=margin, truth=difference)
    ours = derive_characteristics(setup, simulate(setup, TRIALS, 3))
    assert abs(ours.efficacy.value - planned) < Z_MAX * ours.efficacy.error + 0.001
    assert abs(ours.bias.value) < Z_MAX * ours.bias.error
    assert abs(ours.coverage.value - 0.95) < Z_MAX * ours.coverage.error + 0.001
    assert ours.standard_deviation == pytest.approx(2.0, rel=0.02)


def test_control_a_spread_of_5_percent_more_is_noticed():
    planned = estimate_means_power(plan_sequential(alpha=0.05, power=0.8, sides=2), 5.0, 10.0, 100).power
    setup = response_setup("means", (Shown(mean=20.0, sd=10.5), Shown(mean=25.0, sd=10.5)), 100, null=0.0, truth=5.0)
    ours = derive_characteristics(setup, simulate(setup, TRIALS, 3))
    assert abs(ours.efficacy.value - planned) > Z_MAX * ours.efficacy.error + 0.001


def test_who_is_lost_is_not_counted_and_a_look_comes_when_enough_are_assessed():
    lost = replace(
        response_setup("rates", (Shown(rate=0.3, present=0.9), Shown(rate=0.5, present=0.9)), 200, ((80, 2.8), (None, 1.98)), lost=0.05),
        confidence=0.9,
    )  # fmt: skip
    ours = derive_characteristics(lost, simulate(lost, 4000, 1))
    share = 0.9 * math.exp(-0.05 * 3.0)
    last = ours.looks[1]
    assert ours.looks[0].events.value == 80
    assert last.events.value == pytest.approx(200 * share, abs=1.5)
    # 200 at 20 a month, and 3 months until the last is assessed; 80 of them after 80 / share have joined.
    assert last.months.value == pytest.approx(13.0, abs=0.2)
    assert ours.looks[0].months.value == pytest.approx(80 / share / 20 + 3.0, abs=0.2)
    assert ours.coverage.value == pytest.approx(0.9, abs=0.02)
