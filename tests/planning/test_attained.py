"""What a design of one arm attains by the binomial distribution: counted by hand, path by path."""

from __future__ import annotations

from itertools import product
from math import comb, inf, sqrt
from types import SimpleNamespace

import pytest

from equipoise.planning.of_protocol import plan_design
from equipoise.planning.sizes.attained import attained_errors
from tests.planning.test_planning import BINARY, TWO, trial


def two_looks(upper, lower, *, binding):
    """What is asked of a sequential design here."""
    return SimpleNamespace(upper=upper, lower=lower, binding=binding)


def pmf(x: int, n: int, rate: float) -> float:
    return comb(n, x) * rate**x * (1 - rate) ** (n - x)


def by_paths(upper, lower, sizes, rate, null, side, *, stops):
    """Every path through two stages, one by one."""
    first, second = sizes[0], sizes[1] - sizes[0]
    total = 0.0
    for x, y in product(range(first + 1), range(second + 1)):
        chance = pmf(x, first, rate) * pmf(y, second, rate)
        z = [side * (r / n - null) / sqrt(null * (1 - null) / n) for r, n in ((x, sizes[0]), (x + y, sizes[1]))]
        if z[0] >= upper[0]:
            total += chance
        elif not (stops and z[0] <= lower[0]) and z[1] >= upper[1]:
            total += chance
    return total


@pytest.mark.parametrize(("rate", "null", "benefit"), [(0.4, 0.2, "above"), (0.1, 0.3, "below")])
@pytest.mark.parametrize("binding", [False, True])
def test_error_and_power_are_those_of_every_path_counted(rate, null, benefit, binding):
    design = two_looks((2.5, 1.66), (0.0, 1.66), binding=binding)
    found = attained_errors(design, rate, null, (11, 23), benefit)
    side = 1 if benefit == "above" else -1
    args = ((2.5, 1.66), (0.0, 1.66), (11, 23))
    assert found.error == pytest.approx(by_paths(*args, null, null, side, stops=binding), rel=1e-12)
    assert found.power == pytest.approx(by_paths(*args, rate, null, side, stops=True), rel=1e-12)


def test_one_look_rejects_from_the_first_number_that_reaches_the_bound():
    """Of 20 with a rate of 0.2 the statistic of 7 is 1.68: 1 - binom.cdf(6, 20, 0.2) = 0.0867 in R."""
    found = attained_errors(two_looks((1.645,), (-inf,), binding=False), 0.4, 0.2, (20,))
    assert found.responses == (7,)
    assert found.error == pytest.approx(0.08669, abs=5e-6)


def test_a_bound_that_no_number_reaches_never_rejects():
    found = attained_errors(two_looks((9.0,), (-inf,), binding=False), 0.4, 0.2, (5,))
    assert (found.error, found.power, found.responses) == (0.0, 0.0, (None,))


ONE_ARM = {"sides": 1, "alpha": 0.05, "power": 0.9, "looks": [{"information": 0.5}, {"information": 1.0}]}
ONE_ARM |= {"spending": {"kind": "lan_demets_obrien_fleming"}}


@pytest.mark.parametrize(
    ("rates", "participants", "says"),
    [
        ({"control": 0.2, "experimental": 0.4}, 47, "14 of 47 reject"),
        ({"control": 0.2, "experimental": 0.4}, 48, None),
        ({"control": 0.8, "experimental": 0.6}, 47, "at most 33 of 47 reject"),
    ],
)
def test_an_error_above_the_planned_one_is_told_and_one_that_is_not_is_not(rates, participants, says):
    plan = plan_design(trial(BINARY | ONE_ARM, arms=TWO[:1], rates=rates, participants=participants))
    told = [one for one in plan.findings if one.code == "design.attained"]
    assert [says in one.why for one in told] == ([True] if says else [])
