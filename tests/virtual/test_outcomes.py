"""When outcomes strike: inversion, order, and one draw for every arm."""

import math

import pytest

from equipoise.chance import Stream
from equipoise.design import Hazard, Outcome
from equipoise.units import months_to_days
from equipoise.virtual.outcomes import days_to_event, draw_outcomes, hazard_pieces, survival


def outcome(name, hazard, **more):
    return Outcome(id=name, form="f", visit="v", date_item="d", hazard={"value": hazard}, **more)


def test_a_median_and_a_point_of_a_curve_mean_what_they_say():
    assert survival(hazard_pieces(Hazard(median_months=12)), months_to_days(12)) == pytest.approx(0.5)
    assert survival(hazard_pieces(Hazard(survival=0.66, at_months=36)), months_to_days(36)) == pytest.approx(0.66)


def test_pieces_hold_between_their_cuts():
    pieces = hazard_pieces(Hazard(cuts_months=(3, 6), per_month=(0.1, 0.0, 0.2)))
    assert survival(pieces, months_to_days(3)) == pytest.approx(math.exp(-0.3))
    assert survival(pieces, months_to_days(6)) == pytest.approx(math.exp(-0.3))
    assert survival(pieces, months_to_days(7), ratio=2) == pytest.approx(math.exp(-2 * 0.5))


@pytest.mark.parametrize("ratio", [0.3, 1.0, 2.5])
@pytest.mark.parametrize("exponential", [0.01, 0.29, 0.31, 1.7])
def test_the_time_of_an_event_is_the_inverse_of_the_cumulative_hazard(ratio, exponential):
    pieces = hazard_pieces(Hazard(cuts_months=(3, 6), per_month=(0.1, 0.02, 0.2)))
    days = days_to_event(pieces, exponential, ratio)
    assert -math.log(survival(pieces, days, ratio)) == pytest.approx(exponential)


def test_a_hazard_that_stops_leaves_some_without_the_event():
    pieces = hazard_pieces(Hazard(cuts_months=(2,), per_month=(0.1, 0.0)))
    assert days_to_event(pieces, 0.21) == math.inf
    assert days_to_event(pieces, 0.19) < months_to_days(2)


def test_the_same_chance_serves_every_arm_and_a_lower_hazard_comes_later():
    death = outcome("death", {"median_months": 12}, hazard_ratio={"value": {"A": 0.5}})
    for number in range(50):
        stream = Stream(1, "participant", number)
        treated, control = (draw_outcomes([death], arm, stream)["death"] for arm in ("A", "B"))
        assert treated == pytest.approx(2 * control)


def test_what_ends_everything_hides_what_would_have_come_later():
    death = outcome("death", {"median_months": 1}, ends=True)
    late = outcome("late", {"cuts_months": [60], "per_month": [0, 5]})
    for number in range(50):
        struck = draw_outcomes([late, death], "A", Stream(2, number))
        assert "late" not in struck or struck["late"] < struck["death"]


def test_an_outcome_after_another_counts_from_it_and_never_comes_without_it():
    first = outcome("first", {"cuts_months": [1], "per_month": [0.5, 0]})
    second = outcome("second", {"median_months": 1}, after="first")
    orphan = outcome("orphan", {"median_months": 1}, after="nothing")
    seen = 0
    for number in range(200):
        struck = draw_outcomes([orphan, second, first], "A", Stream(3, number))
        assert "orphan" not in struck
        assert ("second" in struck) == ("first" in struck)
        if "second" in struck:
            seen += 1
            assert struck["second"] > struck["first"]
    assert 40 < seen < 120  # 1 - exp(-0.5) of 200 is 79
