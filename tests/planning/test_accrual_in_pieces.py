"""Accrual told as shares, in a thousand pieces and with gaps; hazards that end: what users of other programs met.

The situations are those of public questions to rpact (relative accrual, many pieces) and simtrial (a hazard of zero, a
look before any event). rpact 3.3.4 (R 4.2.2) gave 330.378 events, 647.717 participants and 30.8437 and
61.6873 a month for relative rates 0.1 and 0.2 over 3 and 9 months, printed to 3 and 4 digits. The call was not kept; the numbers
are those of a hazard ratio of 0.7 at one-sided 0.025 and power 0.9, a control median of 9 months and 6 months of follow-up, and of
no other round median and follow-up up to 60 and 36 months: by Schoenfeld's formula and the integral of 1 - exp(-hazard t).
All else is closed form.
"""

from __future__ import annotations

import math

import pytest

from equipoise.planning.sequential.group_sequential import plan_sequential
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms, expected_events
from equipoise.planning.sizes.survival import plan_survival

CONTROL = SurvivalCourse.constant(math.log(2) / 9)
ARMS = TwoArms(CONTROL, SurvivalCourse.constant(0.7 * math.log(2) / 9))
RELATIVE = Arrivals.over([3, 9], [0.1, 0.2])


def planned(arrivals: Arrivals):
    return plan_survival(plan_sequential(alpha=0.025, power=0.9), ARMS, arrivals, 6.0)


def test_relative_accrual_gives_the_participants_and_the_rates():
    plan = planned(RELATIVE)
    assert plan.events == pytest.approx(330.378, abs=6e-4)
    assert plan.participants == pytest.approx(647.717, abs=6e-4)
    scale = plan.participants / RELATIVE.total
    assert (0.1 * scale, 0.2 * scale) == pytest.approx((30.8437, 61.6873), abs=6e-5)


def test_control_accrual_in_the_other_order_needs_others():
    assert planned(Arrivals.over([3, 9], [0.2, 0.1])).participants != pytest.approx(647.717, abs=1)


def test_a_thousand_pieces_are_the_one_that_they_make():
    pieces, one = Arrivals.over([0.002] * 1000, [700.0] * 1000), Arrivals.over([2.0], [700.0])
    assert pieces.total == pytest.approx(1400, rel=1e-12)
    for time in (0.5, 2.0, 30.0):
        assert expected_events(pieces, CONTROL, time) == pytest.approx(expected_events(one, CONTROL, time), rel=1e-9)


def test_a_gap_brings_nobody_and_what_follows_comes_later():
    gap = Arrivals.over([2, 4, 2], [10.0, 0.0, 10.0])
    assert [gap.arrived(t) for t in (2, 4, 6, 8, 9)] == pytest.approx([20, 20, 20, 40, 40])
    halves = (
        expected_events(Arrivals.over([2], [10.0]), CONTROL, 12),
        expected_events(Arrivals.over([2], [10.0]), CONTROL, 6),
    )
    assert expected_events(gap, CONTROL, 12) == pytest.approx(sum(halves), rel=1e-9)


def test_a_last_hazard_of_zero_ends_the_events():
    course = SurvivalCourse((0.0, 5.0), (0.1, 0.0))
    uniform = Arrivals.over([12], [10.0])
    everybody = 120 * -math.expm1(-0.5)  # all of them five months old
    assert expected_events(uniform, course, 17.0) == pytest.approx(everybody, rel=1e-12)
    assert expected_events(uniform, course, 400.0) == pytest.approx(everybody, rel=1e-12)
    # at 10 months: those of the last five months by their age, 10 x integral of 1 - exp(-0.1 u); 50 others are past it
    young = 10 * (5 - -math.expm1(-0.5) / 0.1)
    assert expected_events(uniform, course, 10.0) == pytest.approx(young + 50 * -math.expm1(-0.5), rel=1e-12)


def test_a_look_before_any_event_takes_nothing_from_the_error():
    early = plan_sequential(alpha=0.025, power=0.9, fractions=(0.001, 1.0), efficacy="lan_demets_obrien_fleming")
    alone = plan_sequential(alpha=0.025, power=0.9)
    assert early.upper[0] > 8
    assert early.upper[-1] == pytest.approx(alone.upper[-1], abs=1e-6)
