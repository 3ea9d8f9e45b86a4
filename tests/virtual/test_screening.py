"""Who fails screening: nobody where the scenario is silent, the stated share otherwise, by a criterion of their own."""

from datetime import date

import pytest

from equipoise.chance import Stream
from equipoise.virtual.participants import VirtualParticipant
from equipoise.virtual.screening import draw_screening, unmet_criteria
from equipoise.virtual.script import Script
from equipoise.virtual.trial import make_virtual_trial
from tests.virtual.stage import flagship, small

DAY = date(2021, 5, 3)


def screened(of, count, failures=None, items=None):
    scenario = of.scenarios[0] if of.scenarios else None
    if scenario is None:
        from equipoise.virtual.defaults import scenario_of

        scenario, _ = scenario_of(of, None)
    if failures is not None:
        scenario = scenario.model_copy(update={"screen_failure": type(scenario.follow_up_months)(value=failures)})
    plan = make_virtual_trial(of, scenario, date(2026, 1, 1), 1, lambda receipt, name: "")
    found = []
    for number in range(1, count + 1):
        one = VirtualParticipant(
            plan.script if items is None else Script(of, items),
            number,
            f"P{number}",
            of.sites[0],
            Stream(4, "participant", number),
        )
        one.learn(screened_date=DAY, consented_date=DAY)
        for _, record in draw_screening(plan, one, DAY):
            one.keep(record)
        found.append([criterion.id for criterion in unmet_criteria(plan, one)])
    return found


@pytest.mark.parametrize("of", [small, flagship])
def test_where_nothing_is_said_everybody_who_is_approached_may_enter(of):
    assert screened(of().model_copy(update={"scenarios": ()}), 12) == [[]] * 12


def test_a_share_of_none_lets_everybody_in():
    assert screened(flagship(), 15, failures=0.0) == [[]] * 15


def test_a_share_of_all_keeps_everybody_out():
    assert all(screened(small(), 15, failures=1.0))


def test_the_stated_share_fails_and_not_more():
    failed = sum(bool(unmet) for unmet in screened(small(), 300, failures=0.25))
    assert abs(failed - 75) < 4 * (300 * 0.25 * 0.75) ** 0.5


def test_failures_are_spread_over_the_criteria():
    unmet = screened(flagship(), 30, failures=1.0)
    assert len({criterion for one in unmet for criterion in one}) >= 8
