"""A simulated trial is the rehearsal of the same scenario: same events, same survival, same hazard ratio, within chance.

The scenario has all that a scenario can say about hazards: an effect that begins late, a risk group, a cured share,
withdrawal, screening failures. Virtual participants of three rehearsals, read from their ledgers, beside 4,000 simulated
trials. |z| is held below 3.5: chance exceeds it once in 2,000 times, and seeds are fixed.
"""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from equipoise.rehearsal.rehearsal import run_rehearsal
from equipoise.simulation.compile import compile_setup
from equipoise.simulation.compile.variations import courses_of
from equipoise.simulation.trials.characteristics import derive_characteristics
from equipoise.simulation.trials.parts import PlannedLook
from equipoise.simulation.trials.running import simulate
from equipoise.survival import estimate_cox, estimate_kaplan_meier
from equipoise.units import days_to_months, months_to_days
from tests.simulation.simulated_trial import outcome, scenario, trial
from tests.twins.test_rehearsal_twin import lives
from tests.virtual.stage import memory_study

SCREENED, SEEDS, TRIALS, Z_MAX = 240, (1, 2, 3), 4000, 3.5
MONTHS = (12.0, 18.0, 24.0)
START = date(2021, 1, 4)
LATE = {"value": {"arm": "A", "cuts_months": [4], "ratios": [1.0, 0.35]}}
MEN = {"value": {"when": "sex = 'M'", "ratios": [1.8]}}
RARELY_SEEN = {"visits": [{"id": "every_3_months", "repeat": {"every_days": 90, "count": 1}}]}


def flexible(**more):
    dying = outcome(
        hazard={"value": {"cuts_months": [6], "per_month": [0.05, 0.09]}}, hazard_ratio=None,
        **({"modifiers": [LATE, MEN], "cured": {"value": 0.2}} | more),
    )  # fmt: skip
    one = scenario(
        dying, accrual={"value": {"months": [6, 8], "per_month": [12, 24]}}, screen_failure={"value": 0.1},
        withdrawal_per_month={"value": 0.02},
    )  # fmt: skip
    return trial(RARELY_SEEN, {"scenarios": [one]})


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """Of each rehearsal those who were randomized."""
    found = []
    for seed in SEEDS:
        study = memory_study(tmp_path_factory.mktemp(f"seed{seed}"), flexible(), bytes([seed] * 32))
        report = run_rehearsal(study, participants=SCREENED, seed=seed)
        found.append(lives(study, report))
    return found


def simulated(of, joined, months):
    """The scenario's trial with so many participants, looked at in these months."""
    setup = replace(
        compile_setup(of, of.scenarios[0]),
        participants=joined,
        looks=tuple(PlannedLook(month=month) for month in months),
        reestimation=None,
        estimate_stratified=False,
    )
    return setup, derive_characteristics(setup, simulate(setup, TRIALS, 7))


def months_since_start(day):
    return days_to_months((day - START).days)


def worst_events(people, of):
    """The largest |z| of the number of events by each month, over the rehearsals' mean."""
    joined = round(np.mean([len(one) for one in people]))
    _, found = simulated(of, joined, MONTHS)
    worst = 0.0
    for month, look in zip(MONTHS, found.looks, strict=True):
        seen = [sum(p.died is not None and months_since_start(p.died) <= month for p in one) for one in people]
        spread = look.events.error * math.sqrt(TRIALS) / math.sqrt(len(people))
        worst = max(worst, abs(np.mean(seen) - look.events.value) / spread)
    return worst


def worst_survival(people, of):
    """The largest |z| of Kaplan and Meier's estimate against the compiled courses, in both arms at 6 and 14 months."""
    setup = compile_setup(of, of.scenarios[0])
    courses = list(courses_of(setup))
    everybody = [p for one in people for p in one]
    worst = 0.0
    for place, arm in enumerate(("B", "A")):
        mine = [p for p in everybody if p.arm == arm]
        curve = estimate_kaplan_meier([p.days for p in mine], [p.died is not None for p in mine])
        for month in (6.0, 14.0):
            truth = 2 * sum(share * course.surviving(month) for share, course in courses[place::2])
            at = np.searchsorted(curve.time, months_to_days(month), side="right") - 1
            # Withdrawal leaves about four fifths under observation: the binomial error of so many.
            error = math.sqrt(truth * (1 - truth) / (0.8 * len(mine)))
            worst = max(worst, abs(curve.survival[at] - truth) / error)
    return worst


def ratio_z(people, of):
    """z of the rehearsals' log hazard ratio, each a stratum, against the mean of the simulated trials."""
    everybody = [(k, p) for k, one in enumerate(people) for p in one]
    fit = estimate_cox(
        [p.days for _, p in everybody], [p.died is not None for _, p in everybody],
        np.array([[float(p.arm == "A")] for _, p in everybody]), [k for k, _ in everybody],
    )  # fmt: skip
    _, found = simulated(of, round(len(everybody) / len(people)), (32.0,))
    error = found.standard_deviation / math.sqrt(len(people))
    return abs(math.log(float(fit.hazard_ratio[0])) - math.log(found.hazard_ratio.value)) / error


def test_as_many_join_as_the_share_of_screening_failures_leaves(people):
    joined = sum(map(len, people))
    expected = len(people) * SCREENED * 0.9
    assert abs(joined - expected) / math.sqrt(expected * 0.1) < Z_MAX


def test_events_by_calendar_month_agree(people):
    assert worst_events(people, flexible()) < Z_MAX


def test_survival_in_either_arm_agrees(people):
    assert worst_survival(people, flexible()) < Z_MAX


def test_the_hazard_ratio_agrees(people):
    assert ratio_z(people, flexible()) < Z_MAX


@pytest.mark.parametrize("wrong", [{"modifiers": [LATE]}, {"cured": None}])
def test_control_a_simulation_without_the_risk_group_or_the_cured_is_noticed(people, wrong):
    assert max(worst_events(people, flexible(**wrong)), worst_survival(people, flexible(**wrong))) > Z_MAX


def test_control_a_simulation_without_the_effect_is_noticed(people):
    assert ratio_z(people, flexible(modifiers=[MEN])) > Z_MAX
