"""Every exported function of planning and survival refuses nonsense for each of its numbers, by a Finding."""

from __future__ import annotations

import inspect
import math

import pytest

from equipoise import planning, survival
from equipoise.findings import Refusal
from equipoise.survival import FlemingHarrington, estimate_cumulative_incidence
from equipoise.wording.numbers import numbers_checked

NONSENSE = ("a", None, math.nan, [], object(), True)
EXPORTED = [
    f for room in (planning, survival) for f in (getattr(room, n) for n in room.__all__) if inspect.isfunction(f)
]
NUMBERS = ("float", "int", "Sequence[float]", "tuple[float, float]")
CASES = [(f, p.name) for f in EXPORTED for p in inspect.signature(f).parameters.values() if p.annotation in NUMBERS]


def answer(function, name, nonsense):
    """What comes of it when one number is nonsense and every other argument is 1."""
    given = {p.name: 1 for p in inspect.signature(function).parameters.values() if p.default is p.empty}
    given |= {n: [1.0, 2.0] for n in given if "[float" in inspect.signature(function).parameters[n].annotation}
    try:
        function(**(given | {name: nonsense}))
    except Refusal as refusal:
        assert all(all(f.say(language)) for f in refusal.findings for language in ("en", "zh"))
        return refusal.findings
    except Exception as fault:
        return fault
    return None


@pytest.mark.parametrize(("function", "name"), CASES, ids=[f"{f.__name__}-{n}" for f, n in CASES])
def test_what_is_no_number_is_refused(function, name):
    several = "[" in inspect.signature(function).parameters[name].annotation
    for nonsense in ("a", None, math.nan, object()) if several else NONSENSE:
        found = answer(function, name, nonsense)
        assert isinstance(found, tuple), (nonsense, found)


def test_many_are_walked():
    assert len(CASES) > 120


def test_numbers_that_go_nowhere_together_are_refused_too():
    with pytest.raises(Refusal, match="cannot calculate"):
        numbers_checked(lambda x: 1 / x)(0)


def test_control_a_function_without_the_check_is_noticed():
    function, name = next((f, n) for f, n in CASES if n == "z1")
    assert not isinstance(answer(inspect.unwrap(function), name, "a"), tuple)


def test_one_day_is_a_list_of_one():
    one, (same,) = (estimate_cumulative_incidence([1, 2, 3], [1, 0, 2], at) for at in (2, [2]))
    assert one == [same]


@pytest.mark.parametrize("rho", ["1", None, math.nan])
def test_a_weight_is_made_of_numbers(rho):
    with pytest.raises(Refusal):
        FlemingHarrington(rho=rho)


@pytest.mark.parametrize("sides", [1, 2])
def test_a_p_value_after_stopping_is_at_most_1(sides):
    plan = planning.plan_sequential(
        alpha=0.025 * sides, power=0.9, sides=sides, fractions=(0.5, 1), efficacy="lan_demets_obrien_fleming"
    )
    bounds = planning.planned_boundaries(plan, planning.event_information(332))
    for z in (-9.0, -3.0, 0.0, 1e-9, 9.0):
        assert 0 <= planning.final_inference(bounds, 1, z).p_value <= 1
