"""When things happen: arrivals, working days, windows, sites."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from equipoise.chance import Stream
from equipoise.design import Accrual
from equipoise.protocol.document import Site
from equipoise.units import months_to_days
from equipoise.virtual.schedule import (
    arrival_days,
    at_office,
    planned_days,
    site_of_arrival,
    visit_day,
    working_day,
)
from equipoise.visits import Visit

LABEL = {"en": "x", "zh": "某"}
SITES = [Site(id=name, name=LABEL, country="CN", timezone="Asia/Shanghai") for name in ("S1", "S2", "S3")]


def test_the_first_arrivals_of_a_large_rehearsal_are_those_of_a_small_one():
    accrual = Accrual(months=(3, 6), per_month=(5, 10))
    assert arrival_days(accrual, Stream(1), 50)[:20] == arrival_days(accrual, Stream(1), 20)


def test_arrivals_come_at_the_rate_of_their_period():
    days = arrival_days(Accrual(months=(10, 10), per_month=(20, 80)), Stream(7), 3000)
    assert days == sorted(days)
    in_first = sum(day < months_to_days(10) for day in days)
    in_second = sum(months_to_days(10) <= day < months_to_days(20) for day in days)
    assert abs(in_first - 200) < 4 * 200**0.5
    assert abs(in_second - 800) < 4 * 800**0.5


def test_a_period_without_recruitment_is_waited_through_and_the_last_rate_goes_on():
    days = arrival_days(Accrual(months=(2, 3, 1), per_month=(0, 10, 0)), Stream(1), 200)
    assert days[0] > months_to_days(2)
    assert not any(months_to_days(5) < day < months_to_days(6) for day in days)
    assert days[-1] > months_to_days(6)
    assert arrival_days(Accrual(months=(1,), per_month=(1,)), Stream(1), 0) == []


def test_weekends_are_moved_to_monday():
    assert working_day(date(2021, 1, 2)) == working_day(date(2021, 1, 3)) == date(2021, 1, 4)
    assert working_day(date(2021, 1, 5)) == date(2021, 1, 5)


def test_office_hours_are_those_of_the_site():
    assert at_office(date(2021, 7, 1), 1.5, "Asia/Shanghai") == datetime(2021, 7, 1, 1, 30, tzinfo=UTC)
    assert at_office(date(2021, 7, 1), 1.5, "Europe/Berlin") == datetime(2021, 7, 1, 7, 30, tzinfo=UTC)
    assert at_office(date(2021, 1, 4), 1.5, "Europe/Berlin") == datetime(2021, 1, 4, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("before, after", [(0, 0), (3, 3), (0, 14), (30, 30), (1, 0)])
def test_a_visit_lies_within_its_window_and_on_a_working_day_when_there_is_one(before, after):
    visit = Visit(id="v", label=LABEL, anchor="consent", day={"value": 10}, window={"before": before, "after": after})
    for start in range(14):
        anchor = date(2021, 1, 1) + timedelta(days=start)
        window = [anchor + timedelta(days=10 + k) for k in range(-before, after + 1)]
        for step in range(21):
            day = visit_day(anchor, 10, visit, step / 20.001)
            assert day in window
            assert day.weekday() < 5 or all(other.weekday() >= 5 for other in window)


def test_occurrences_repeat_at_their_distance():
    repeat = {"value": {"every_days": 21, "count": 3}}
    visit = Visit(id="v", label=LABEL, anchor="consent", day={"value": 7}, repeat=repeat)
    assert planned_days(visit) == [7, 28, 49]
    assert planned_days(Visit(id="l", label=LABEL, kind="log")) == []


def test_sites_have_their_shares_and_equal_ones_when_none_are_given():
    uniforms = [(k + 0.5) / 1000 for k in range(1000)]
    shared = Counter(site_of_arrival(SITES, {"S1": 3, "S3": 1}, u).id for u in uniforms)
    assert shared == {"S1": 750, "S3": 250}
    assert min(Counter(site_of_arrival(SITES, {}, u).id for u in uniforms).values()) >= 333
