"""Latents in a rehearsal and in the simulation of its scenario: the same joint distribution, so the same survival.

Those with much tumor, which nobody sees, are older and die sooner; only those over 54 may enter, so that more of those who
enter have much tumor than of those who are screened. The simulation must draw the two together. |z| below 3.5, as in the
twin without latents; and a law of the rehearsal: over many small ones the analysed interval covers the true hazard ratio
in about 95 of 100.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from equipoise.analysis.rows import derive_rows
from equipoise.datacut import freeze
from equipoise.rehearsal.rehearsal import run_rehearsal
from equipoise.simulation.compile import compile_setup
from equipoise.simulation.compile.assembly import compile_scenario
from equipoise.simulation.compile.variations import courses_of
from equipoise.survival import estimate_cox
from tests.simulation.simulated_trial import outcome, scenario, trial
from tests.twins.test_rehearsal_twin import lives
from tests.twins.test_simulated_rehearsal_twin import worst_events, worst_survival
from tests.virtual.stage import SURVIVAL, memory_study, small

SCREENED, SEEDS, Z_MAX = 300, (1, 2, 3), 3.5
# How far the wrong scenario lies from the true one, in standard errors of that many people: with chance of standard
# deviation 1 around it, the control below misses less than once in 700 times. `test_control_..._by_far` computes it.
Z_WRONG = Z_MAX + 3.0
RARELY_SEEN = {"visits": [{"id": "every_3_months", "repeat": {"every_days": 90, "count": 1}}]}
OLDER = {"eligibility": {"criteria": [{"id": "I1", "rule": "age >= 55"}]}}
HANGS_TOGETHER = {"value": {"normal": {"mean": "55 + 8.5 * burden", "sd": 2.6}, "min": 18, "max": 99}}
APART = {"value": {"normal": {"mean": 55, "sd": 8.9}, "min": 18, "max": 99}}


def burdened(age=HANGS_TOGETHER, **more):
    dying = outcome(
        hazard={"value": {"per_month": [0.01]}}, hazard_ratio={"value": {"A": 0.6}},
        modifiers=[{"value": {"when": "burden > 0.5", "ratios": [20]}}],
    )  # fmt: skip
    one = scenario(
        dying, latents={"burden": {"value": {"normal": [0, 1]}}}, withdrawal_per_month=None,
        items={"sex": {"value": {"choice": {"F": 1, "M": 3}}}, "age": age, "weight": {"value": {"normal": [70, 8]}}}, **more,
    )  # fmt: skip
    return trial(RARELY_SEEN, OLDER, {"scenarios": [one]})


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    found = []
    for seed in SEEDS:
        study = memory_study(tmp_path_factory.mktemp(f"seed{seed}"), burdened(), bytes([seed] * 32))
        found.append(lives(study, run_rehearsal(study, participants=SCREENED, seed=seed)))
    return found


def share_of_burdened(of):
    population = compile_scenario(of, of.scenarios[0]).population
    return sum(kind.share for kind in population.kinds if kind.says[0][0]), population.eligible


def test_those_who_enter_have_more_tumor_than_those_who_are_screened(people):
    share, eligible = share_of_burdened(burdened())
    joined = sum(map(len, people)) / (len(SEEDS) * SCREENED)
    assert share > 0.45  # of those who are screened, 31% lie beyond half a standard deviation
    error = math.sqrt(0.25 / (len(SEEDS) * SCREENED) + 0.25 / 800)
    assert abs(eligible - joined) / error < Z_MAX


def test_survival_and_events_agree(people):
    assert worst_survival(people, burdened()) < Z_MAX
    assert worst_events(people, burdened()) < Z_MAX


def test_control_where_age_has_nothing_to_do_with_tumor_the_difference_is_noticed(people):
    apart = burdened(age=APART)
    share, _ = share_of_burdened(apart)
    assert share < 0.36
    assert max(worst_survival(people, apart), worst_events(people, apart)) > Z_MAX


def surviving(of, arm, month):
    return 2 * sum(
        share * course.surviving(month)
        for share, course in list(courses_of(compile_setup(of, of.scenarios[0])))[arm::2]
    )


def test_control_the_wrong_scenario_differs_by_far_more_than_chance():
    """By arithmetic alone: survival in the control arm at 14 months, and the binomial error that `worst_survival` uses."""
    true, wrong = burdened(), burdened(age=APART)
    joined = len(SEEDS) * SCREENED * share_of_burdened(true)[1] / 2
    p = surviving(wrong, 0, 14.0)
    assert abs(surviving(true, 0, 14.0) - p) / math.sqrt(p * (1 - p) / (0.8 * joined)) > Z_WRONG


def test_the_same_latents_are_drawn_whatever_else_the_scenario_says():
    one = compile_setup(burdened(), burdened().scenarios[0])
    other = burdened(missed_visit={"value": 0.3})
    assert compile_setup(other, other.scenarios[0]).cells == one.cells


# Coverage -------------------------------------------------------------------------------------------------------------

REHEARSALS, PARTICIPANTS, TRUE_RATIO = 100, 60, 0.45
BRIEF = """
visits: [{id: every_3_months, day: 60, repeat: {every_days: 60, count: 1}}]
endpoints: [{id: os, censoring: [{id: alive, date: cut_date}, {id: start, remove: true}]}]
scenarios: [{id: benefit, withdrawal_per_month: ~}]
"""
# Of 100 intervals of 95%, chance lets fewer than 87 cover once in 2,000 times (a normal bound of 3.3).
LEAST = math.floor(0.95 * REHEARSALS - 3.3 * math.sqrt(REHEARSALS * 0.95 * 0.05))


@pytest.fixture(scope="module")
def intervals(tmp_path_factory):
    """From each rehearsal, through its cut and the analysis' own rows: the interval, and the one with the arms exchanged."""
    folder, found = tmp_path_factory.mktemp("coverage"), []
    of = small(SURVIVAL, BRIEF)
    for number in range(REHEARSALS):
        study = memory_study(folder / str(number), of, number.to_bytes(32, "big"))
        run_rehearsal(study, participants=PARTICIPANTS, seed=number)
        rows = derive_rows(freeze(study), of, of.endpoints[0])
        rows = rows.filter(rows["arm"].is_not_null())
        both = []
        for treated in "AB":
            arm = np.array([[float(a == treated)] for a in rows["arm"]])
            fit = estimate_cox(rows["time_days"].to_list(), rows["event"].to_list(), arm, confidence=0.95)
            both.append((float(fit.ci_lower[0]), float(fit.ci_upper[0])))
        found.append(both)
    return found


def covering(intervals, truth, place=0):
    return sum(low < truth < high for low, high in (both[place] for both in intervals))


@pytest.mark.long
def test_over_many_rehearsals_the_interval_of_the_hazard_ratio_covers_the_truth(intervals):
    assert LEAST == 87
    assert covering(intervals, TRUE_RATIO) >= LEAST


@pytest.mark.long
def test_control_another_truth_and_exchanged_arms_are_covered_too_seldom(intervals):
    assert covering(intervals, 1.0) < LEAST
    assert covering(intervals, TRUE_RATIO, place=1) < LEAST
    assert covering(intervals, TRUE_RATIO / 2) < LEAST
