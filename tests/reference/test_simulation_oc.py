"""Simulated operating characteristics agree with rpact's within Monte Carlo error, and with theory where theory holds.

Reference: R 4.2.2, rpact 3.3.4, getSimulationSurvival, 400,000 trials each; recipe: data/simulated_characteristics.R. We
simulate 200,000, deal arms out in turn and let participants arrive evenly, as rpact does. Tolerance: 4 combined Monte Carlo
standard errors; seeds are fixed, so that a test which passes goes on passing.
"""

import json
import math
import sys
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from equipoise.planning import Arrivals, SurvivalCourse, TwoArms, expected_events
from equipoise.planning.sequential.crossing import crossing_probabilities
from equipoise.simulation.trials.characteristics import derive_characteristics
from equipoise.simulation.trials.parts import Cell, PlannedLook, Reestimation, SimulatedScheme
from equipoise.simulation.trials.running import simulate
from equipoise.simulation.trials.setup import Setup
from tests.reference.r_cases import DATA
from tests.reference.watched import still_unread, watch

FILE = DATA / "simulated_characteristics.json"
CASES = {case["id"]: case for case in watch(json.loads(FILE.read_text(encoding="utf-8"))["cases"])}
NAMED = {
    "conditionalPowerAchieved": "of the trials that went on, an average that we do not keep; their events, times and power are compared",
    "eventsNotAchieved": "0 in every case: the trials of both reach their events, or expected events would differ",
}
TRIALS = 200_000
SEED = 20260101
MEDIAN_24 = math.log(2) / 24


def listed(value):
    return value if isinstance(value, list) else [value]


def setup_of(case, wrong=1.0):
    """What rpact was asked. `wrong` multiplies the experimental arm's hazard."""
    asked, design = case["inputs"], case["inputs"]["design"]
    starts = tuple(map(float, asked.get("piecewiseSurvivalTime", [0])))
    # rpact's dropout rates are probabilities by dropoutTime, of its first (experimental) and second arm.
    dropout = [-math.log(1 - asked.get(f"dropoutRate{arm}", 0)) / asked.get("dropoutTime", 12) for arm in (1, 2)]
    control = SurvivalCourse(starts, tuple(listed(asked["lambda2"])), dropout[1])
    hazards = listed(asked["lambda1"]) if "lambda1" in asked else [h * asked["hazardRatio"] for h in control.hazards]
    experimental = SurvivalCourse(starts, tuple(h * wrong for h in hazards), dropout[0])
    at = list(map(float, asked["accrualTime"]))
    rates = asked.get("accrualIntensity") or [asked["maxNumberOfSubjects"] / at[1]]
    arrivals = Arrivals(tuple(at[:-1]), tuple(map(float, rates)), at[-1])
    futility = [None if bound <= -6 else bound for bound in listed(design.get("futilityBounds", []))] + [None]
    looks = tuple(
        PlannedLook(events=events, efficacy=bound, futility=lower)
        for events, bound, lower in zip(listed(asked["plannedEvents"]), listed(design["criticalValues"]), futility, strict=True)
    )  # fmt: skip
    again = None
    if "conditionalPower" in asked:
        limits = asked["minNumberOfEventsPerStage"][1], asked["maxNumberOfEventsPerStage"][1]
        again = Reestimation(asked["conditionalPower"], *limits)
    return Setup(
        case["id"], round(arrivals.total), arrivals, (Cell(1.0, control, experimental),), looks, arrive="even",
        ratio=(asked.get("allocation2", 1), asked.get("allocation1", 1)), scheme=SimulatedScheme("in_turn"), reestimation=again,
        estimate=False,
    )  # fmt: skip


@cache
def simulated(name, wrong=1.0):
    setup = setup_of(CASES[name], wrong)
    return derive_characteristics(setup, simulate(setup, TRIALS, SEED, threads=2))


def distances(name, wrong=1.0):
    """How many combined standard errors we are away from rpact, quantity by quantity."""
    ours, theirs = simulated(name, wrong), CASES[name]["outputs"]
    iterations = theirs["iterations"]

    def away(measured, value, share=1.0):
        # Theirs is over `iterations` trials, of which the same share reached the look; its spread is that of ours.
        # A proportion of 0 has an error of about one trial.
        error = max(measured.error, share / TRIALS) * math.sqrt(1 + TRIALS / iterations)
        return (measured.value - value) / error

    found = {
        "power": away(ours.efficacy, theirs["overallReject"]),
        "futility": away(ours.futility, theirs["futilityStop"]),
        "duration": away(ours.months, theirs["studyDuration"]),
    }
    for k, look in enumerate(ours.looks):
        found[f"reject {k}"] = away(look.efficacy, listed(theirs["rejectPerStage"])[k])
        found[f"month {k}"] = away(look.months, listed(theirs["analysisTime"])[k])
        found[f"participants {k}"] = away(look.participants, listed(theirs["numberOfSubjects"])[k], share=20.0)
        if k < len(listed(theirs.get("futilityPerStage", []))):
            found[f"futility {k}"] = away(look.futility, listed(theirs["futilityPerStage"])[k])
    early = sum(look.efficacy.value + look.futility.value for look in ours.looks[:-1])
    both = math.sqrt((early * (1 - early) + 1 / TRIALS) * (1 / TRIALS + 1 / iterations))
    found["early"] = (early - theirs["earlyStop"]) / both
    # rpact multiplies the share that stops at a look by the participants of all who reach it; those who stop early have fewer.
    stop = [look.efficacy.value + look.futility.value for look in ours.looks[:-1]]
    stop.append(1 - sum(stop))
    by_look = sum(share * look.participants.value for share, look in zip(stop, ours.looks, strict=True))
    found["participants"] = away(
        replace(ours.participants, value=by_look), theirs["expectedNumberOfSubjects"], share=20.0
    )
    overall = listed(theirs["overallEventsPerStage"])
    for k, look in enumerate(ours.looks):
        found[f"events {k}"] = away(look.events, overall[k], share=200.0)
    # What each stage adds, of the trials that reach it.
    assert np.diff(overall, prepend=0.0) == pytest.approx(listed(theirs["eventsPerStage"]), abs=0.01)
    # Its own error of the power, as a proportion has it.
    power = theirs["overallReject"]
    assert theirs["se_power"] == pytest.approx(math.sqrt(power * (1 - power) / iterations), rel=1e-6)
    # A few of rpact's trials have an event more or less than planned, ours never: 1 in 1,000 is no difference.
    found["events"] = away(ours.events, theirs["expectedNumberOfEvents"], share=200.0)
    return found


QUICK = {"OF3_hr0.55", "delayed_effect", "alloc_2to1", "asOF3_fut_dropout"}
"""One each of looks, of a hazard that changes, of unequal arms, and of futility with dropout; the others are long."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.long]) for name in CASES]
)
def test_operating_characteristics_are_rpacts_within_four_standard_errors(name):
    far = {what: z for what, z in distances(name).items() if abs(z) > 4}
    assert not far


@pytest.mark.long
def test_every_field_is_compared_or_named():
    assert still_unread(sys.modules[__name__], CASES.values(), NAMED) == set()


def test_control_a_hazard_that_is_wrong_by_two_percent_is_noticed():
    far = {what for what, z in distances("OF3_hr0.55", wrong=1.02).items() if abs(z) > 4}
    assert "power" in far
    assert "month 2" in far


def reference_trial(ratio, bounds, wanted):
    control = SurvivalCourse.constant(MEDIAN_24)
    looks = tuple(PlannedLook(events=d, efficacy=b) for d, b in zip(wanted, bounds, strict=True))
    return Setup(
        "reference", 200, Arrivals((0.0,), (200 / 24,), 24.0), (Cell(1.0, control, control.times([ratio])),), looks,
        arrive="even", scheme=SimulatedScheme("in_turn"), true_ratio=ratio,
    )  # fmt: skip


@pytest.mark.long
def test_the_type_i_error_of_a_million_trials_is_alpha_within_three_standard_errors():
    setup = reference_trial(1.0, (1.959963984540054,), (66,))
    found = derive_characteristics(setup, simulate(setup, 1_000_000, 1, threads=2))
    assert found.trials == 1_000_000
    assert abs(found.efficacy.value - 0.025) < 3 * math.sqrt(0.025 * 0.975 / 1_000_000)
    # Without effect the estimate is unbiased, and 95% limits hold the truth.
    assert abs(found.bias.value) < 4 * found.bias.error
    assert found.coverage.value == pytest.approx(0.95, abs=0.003)


def test_control_a_test_at_another_level_is_noticed():
    setup = reference_trial(1.0, (1.9,), (66,))
    found = derive_characteristics(setup, simulate(setup, TRIALS, 1, threads=2))
    assert abs(found.efficacy.value - 0.025) > 3 * math.sqrt(0.025 * 0.975 / TRIALS)


@pytest.mark.parametrize("ratio", [1.0, pytest.param(0.85, marks=pytest.mark.long), 0.75])
def test_stopping_by_look_is_what_the_joint_distribution_says(ratio):
    """Schoenfeld's drift holds for effects that are not large: at 0.75 with 66 events it is off by less than 0.003."""
    bounds, wanted = (3.47109144465409, 2.45443229863352, 2.00403557995285), (22, 44, 66)
    setup = reference_trial(ratio, bounds, wanted)
    found = derive_characteristics(setup, simulate(setup, TRIALS, SEED, threads=2))
    drift = -math.log(ratio) * math.sqrt(66 / 4)
    theory = crossing_probabilities([d / 66 for d in wanted], drift, bounds).upper
    for look, expected in zip(found.looks, theory, strict=True):
        assert look.efficacy.value == pytest.approx(expected, abs=4 * look.efficacy.error + 0.003)


COURSES = {
    "constant": SurvivalCourse.constant(MEDIAN_24),
    "with dropout": SurvivalCourse.constant(MEDIAN_24, 0.01),
    "delayed": SurvivalCourse.constant(MEDIAN_24).times([1.0, 0.5], [0.0, 6.0]),
    "with a pause": SurvivalCourse((0.0, 3.0, 9.0), (0.05, 0.0, 0.03), 0.004),
    "cured": SurvivalCourse((0.0,), (0.06,), 0.002, cured=0.4),
    "Weibull, falling": SurvivalCourse((0.0,), (0.03,), 0.0, shape=0.7),
    "Weibull, rising, with dropout": SurvivalCourse((0.0,), (0.04,), 0.01, shape=1.8),
}


@pytest.mark.parametrize("arrive", ["even", "random"])
@pytest.mark.parametrize("name", list(COURSES))
def test_events_by_a_month_are_those_expected_in_closed_form(name, arrive):
    """At month 18 of 24, so that accrual goes on: random arrivals are then a Poisson process that nothing cuts off."""
    course = COURSES[name]
    arrivals = Arrivals((0.0, 8.0), (6.0, 12.0), 24.0)
    setup = Setup(name, 240, arrivals, (Cell(1.0, course, course),), (PlannedLook(month=18.0),), arrive, estimate=False)
    found = derive_characteristics(setup, simulate(setup, 40_000, SEED, threads=2)).looks[0]
    expected = expected_events(arrivals, course, 18.0)
    if arrive == "even":
        expected = sum(course.probability(18.0 - arrivals.time_of(i)) for i in range(1, 169))
        assert found.participants.value == 168
    assert abs(found.events.value - expected) < 4 * found.events.error
    assert abs(found.participants.value - arrivals.arrived(18.0)) <= 4 * found.participants.error


def test_cells_have_their_shares_and_their_courses():
    mild, severe = SurvivalCourse.constant(0.01), SurvivalCourse.constant(0.08)
    arrivals = Arrivals((0.0,), (10.0,), 30.0)
    cells = (Cell(0.75, mild, mild.times([0.5])), Cell(0.25, severe, severe.times([0.9]), 1))
    setup = Setup("cells", 300, arrivals, cells, (PlannedLook(month=24.0),), estimate=False)
    found = derive_characteristics(setup, simulate(setup, 40_000, SEED, threads=2)).looks[0]
    parts = [(cell.share, TwoArms(cell.control, cell.experimental)) for cell in cells]
    expected = sum(
        share * part * expected_events(arrivals, course, 24.0) for share, arms in parts for part, course in arms.shares
    )
    assert abs(found.events.value - expected) < 4 * found.events.error
