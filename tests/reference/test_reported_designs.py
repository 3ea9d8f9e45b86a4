"""Situations that users of rpact and gsDesign2 reported in public, with answers found independently of this package.

Owners and numbers: keaven/gsDesign 6, Merck/gsDesign2 40 and 358, rpact-com/rpact 36, 46 and 126, jasp-stats 4353. Computed with R
4.2.2: rpact 3.3.4 (getDesignGroupSequential, getFinalConfidenceInterval, getRepeatedPValues, getSampleSizeSurvival, getSampleSizeRates), and
the first by mvtnorm (Miwa), because rpact's 2.063344 of looks at 98 % and 100 % is the coarser one. Tolerances: the digits that were printed.
"""

from __future__ import annotations

import math

import pytest

from equipoise.findings import Refusal
from equipoise.planning import (
    boundaries_reached,
    event_information,
    final_inference,
    plan_rates,
    plan_sequential,
    repeated_p_value,
)

LD = "lan_demets_obrien_fleming"


def planned(*fractions: float, alpha: float = 0.025):
    return plan_sequential(alpha=alpha, power=0.9, fractions=fractions or (1.0,), efficacy=LD if fractions else None)


BOUNDS = {
    (0.5, 0.98, 1.0): (2.962588, 1.994211, 2.063260),
    (0.4, 0.6, 0.9, 1.0): (3.3569, 2.6803, 2.1217, 2.0628),
}
REACHED = {  # at these of 120 events, where 60 and 120 were planned
    (41.0, 86.0): (3.661, 2.406),
    (60.0, 135.0): (2.963, 1.971),
    (30.0, 60.0, 90.0, 120.0): (4.333, 2.963, 2.359, 2.014),
}


@pytest.mark.parametrize("fractions", BOUNDS)
def test_looks_that_are_near_have_the_bounds_of_the_joint_distribution(fractions):
    assert planned(*fractions).upper == pytest.approx(BOUNDS[fractions], abs=6e-5)


@pytest.mark.parametrize("events", REACHED)
def test_other_looks_than_planned_and_more_events_spend_what_is_left(events):
    found = boundaries_reached(planned(0.5, 1.0), LD, list(events), 120.0)
    assert found.upper == pytest.approx(REACHED[events], abs=6e-4)
    spent = 0.008105 if events == (41.0, 86.0) else 0.025
    assert found.alpha_spent[-1] == pytest.approx(spent, abs=6e-7)


def test_the_final_interval_of_a_trial_that_stopped_at_its_first_look():
    reached = boundaries_reached(planned(0.5, 1.0), LD, [200 / 3, 100.0], 100.0)
    found = final_inference(reached, 1, 2.6).interval
    assert (found.lower, found.upper) == pytest.approx((0.0784, 0.5585), abs=6e-5)


def test_the_repeated_p_value_of_a_trial_that_shows_little():
    assert repeated_p_value(LD, (0.5, 1.0), 2, 1.1) == pytest.approx(0.147393, abs=1e-6)


@pytest.mark.parametrize(("ratio", "events"), [(1.0, 161.07), (2.0, 181.20), (0.5, 181.20)])
def test_arms_of_unequal_size_need_more_events(ratio, events):
    needed = planned().drift ** 2 / (event_information(1.0, ratio) * math.log(0.6) ** 2)
    assert needed == pytest.approx(events, abs=6e-3)


def test_a_measure_that_a_plan_does_not_know_is_refused_and_never_planned_as_another():
    assert plan_rates(planned(), 0.2, 0.1).participants == pytest.approx(531.712, abs=6e-4)
    for measure in ("odds_ratio", "risk_ratio", "ods"):
        with pytest.raises(Refusal):
            plan_rates(planned(), 0.2, 0.1, measure=measure)  # type: ignore[arg-type]


@pytest.mark.parametrize("asked", [lambda: boundaries_reached(planned(0.5, 1.0), LD, [60.0, 60.0001, 120.0], 120.0),
                                   lambda: repeated_p_value(LD, (0.5, 0.5000001, 1.0), 2, 1.1)])  # fmt: skip
def test_two_looks_that_are_one_are_refused_before_they_take_the_memory(asked):
    with pytest.raises(ValueError, match="they are one look"):
        asked()


def test_control_bounds_of_another_alpha_are_noticed():
    wrong = planned(0.5, 0.98, 1.0, alpha=0.026).upper
    assert wrong != pytest.approx(BOUNDS[0.5, 0.98, 1.0], abs=6e-5)
    assert repeated_p_value(LD, (0.5, 1.0), 2, 1.11) != pytest.approx(0.147393, abs=1e-6)
