"""Laws of sequential designs that hold for any looks and errors; Brownian paths drawn by chance as an independent witness."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from equipoise.design import Futility, Spending
from equipoise.planning import crossing_probabilities, plan_sequential
from equipoise.planning.sequential import crossing
from tests.hunting import examples

quick = settings(max_examples=examples(40), deadline=None)

SPENDING = ["lan_demets_obrien_fleming", "lan_demets_pocock", "kim_demets", "hwang_shih_decani"]
SHAPES = ["obrien_fleming", "pocock", "wang_tsiatis"]


@st.composite
def looks(draw, least=1, most=6):
    """Increasing fractions of the information, at least a hundredth apart, the last at 1."""
    inner = draw(st.lists(st.integers(3, 97), min_size=least - 1, max_size=most - 1, unique=True))
    return tuple(i / 100 for i in sorted(inner)) + (1.0,)


@st.composite
def rules(draw, kinds):
    kind = draw(st.sampled_from(kinds))
    parameter = {
        "kim_demets": st.floats(0.3, 6), "hwang_shih_decani": st.floats(-6, 3), "wang_tsiatis": st.floats(-0.2, 0.6),
    }.get(kind)  # fmt: skip
    return {"kind": kind, "parameter": None if parameter is None else draw(parameter)}


@st.composite
def designs(draw, kinds=(*SPENDING, *SHAPES), futile=True):
    asked = {
        "alpha": draw(st.floats(0.001, 0.2)), "power": draw(st.floats(0.5, 0.97)), "fractions": draw(looks()),
        "efficacy": Spending(**draw(rules(kinds))),
    }  # fmt: skip
    if futile and draw(st.booleans()):
        asked["futility"] = Futility(**draw(rules(SPENDING)), binding=draw(st.booleans()))
    elif draw(st.booleans()):
        asked |= {"sides": 2, "alpha": 2 * asked["alpha"]}
    return asked


@quick
@given(designs())
def test_alpha_and_power_are_spent_to_the_last_digit_and_never_more(asked):
    plan = plan_sequential(**asked)
    error = plan.alpha_one_sided
    assert all(now <= after + 1e-15 for now, after in pairwise(plan.alpha_spent))
    assert plan.alpha_spent[-1] <= error * (1 + 1e-9)
    assert plan.alpha_spent[-1] == pytest.approx(error, rel=1e-8)
    assert plan.power == pytest.approx(asked["power"], abs=1e-9)
    assert plan.inflation >= 1 - 1e-9
    assert all(
        expected <= plan.inflation + 1e-12 for expected in (plan.expected_h0, plan.expected_h01, plan.expected_h1)
    )


@quick
@given(designs())
def test_every_path_ends_once(asked):
    plan = plan_sequential(**asked)
    for drift in (-2.0, 0.0, plan.drift / 2, plan.drift):
        crossed = plan.crossing(drift)
        ended = crossed.upper.sum() + crossed.lower.sum()
        assert min(crossed.upper.min(), crossed.lower.min()) >= 0
        assert ended <= 1 + 1e-12 if plan.sides == 2 else ended == pytest.approx(1, abs=1e-12)


@quick
@given(looks(least=2), st.floats(0.005, 0.1), st.floats(0.6, 0.95))
def test_obrien_and_flemings_boundary_decreases_and_pococks_is_flat(fractions, alpha, power):
    falling = plan_sequential(alpha=alpha, power=power, fractions=fractions, efficacy="obrien_fleming").upper
    assert all(now > after for now, after in pairwise(falling))
    flat = plan_sequential(alpha=alpha, power=power, fractions=fractions, efficacy="pocock").upper
    assert max(flat) - min(flat) < 1e-12
    # Who may stop early pays at the end.
    assert falling[-1] > plan_sequential(alpha=alpha, power=power).upper[0] - 1e-12


@quick
@given(designs())
def test_a_futility_boundary_stays_below_the_efficacy_boundary(asked):
    plan = plan_sequential(**asked)
    assert all(low <= up for low, up in zip(plan.lower, plan.upper, strict=True))


@quick
@given(designs(futile=False), st.floats(0, 4), st.floats(0.01, 2))
def test_a_larger_effect_is_found_more_often(asked, drift, more):
    plan = plan_sequential(**asked)
    assert plan.crossing(drift + more).upper.sum() > plan.crossing(drift).upper.sum()


@quick
@given(designs(), st.floats(0.1, 900))
def test_the_unit_of_information_does_not_matter(asked, unit):
    plan = plan_sequential(**asked)
    scaled = [t * unit for t in plan.fractions]
    crossed = crossing_probabilities(scaled, plan.drift / math.sqrt(unit), plan.upper, plan.lower)
    assert crossed.upper == pytest.approx(plan.stagewise_power, abs=1e-12)


@quick
@given(designs(SPENDING))
def test_more_nodes_change_nothing(asked):
    """Refinement: twice the nodes move no probability by more than 1e-10."""
    plan = plan_sequential(**asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crossing, "_NODES", (48.0, 6.0))
        finer = plan.crossing(plan.drift)
    assert finer.upper == pytest.approx(plan.stagewise_power, abs=1e-10)


@quick
@given(looks(least=3), st.floats(0.005, 0.1))
def test_a_bound_that_nobody_reaches_is_no_bound(fractions, alpha):
    asked = {"alpha": alpha, "power": 0.8, "fractions": fractions, "efficacy": "lan_demets_pocock"}
    far = Futility(kind="z", values=(-30.0,) * (len(fractions) - 1), binding=True)
    bare, bound = plan_sequential(**asked), plan_sequential(**asked, futility=far)
    assert bound.upper == pytest.approx(bare.upper, abs=1e-9)
    assert bound.drift == pytest.approx(bare.drift, abs=1e-9)


@quick
@given(looks(least=2), rules(SPENDING), st.floats(0.001, 0.2), st.integers(0, 4))
def test_a_look_that_spends_nothing_is_no_look(fractions, rule, alpha, place):
    asked = {"alpha": alpha, "power": 0.8, "fractions": fractions, "efficacy": Spending(**rule)}
    plan = plan_sequential(**asked)
    place = place % (len(fractions) - 1)
    before = plan.alpha_spent[place - 1] if place else 0.0
    kept = [*plan.alpha_spent[:place], before, *plan.alpha_spent[place + 1 : -1], plan.alpha]
    with_it = plan_sequential(**asked | {"efficacy": Spending(kind="user", values=tuple(kept))})
    without = [k for k in range(len(fractions)) if k != place]
    left = plan_sequential(
        **asked | {"fractions": tuple(fractions[k] for k in without), "efficacy": Spending(kind="user", values=tuple(kept[k] for k in without))}
    )  # fmt: skip
    assert with_it.upper[place] == math.inf
    # On the scale of probability: far out, a statistic of 7.58119 and one of 7.58120 are the same to sixteen digits of it.
    assert ndtr([-with_it.upper[k] for k in without]) == pytest.approx(ndtr(-np.array(left.upper)), abs=1e-11)


def paths(fractions, drift, count=200_000, seed=20240115):
    """Statistics of Brownian paths at the looks, shape (count, looks): independent increments, nothing else."""
    steps = np.diff((0.0, *fractions))
    draws = np.random.default_rng(seed).normal(size=(count, len(steps)))
    score = np.cumsum(draws * np.sqrt(steps) + drift * steps, axis=1)
    return score / np.sqrt(np.array(fractions))


def first_crossings(statistics, upper, lower):
    """The share of paths that cross each boundary first at each look."""
    up, down = statistics >= np.array(upper), statistics < np.array(lower)
    out = up | down
    first = np.where(out.any(axis=1), out.argmax(axis=1), -1)
    looks_ = range(statistics.shape[1])
    return np.array([[(first == k) & side[:, k] for k in looks_] for side in (up, down)]).mean(axis=2)


def farthest(plan, drift):
    """The largest distance between what was computed and what was drawn, in Monte Carlo standard errors."""
    crossed = plan.crossing(drift)
    computed = np.array([crossed.upper, crossed.lower])
    drawn = first_crossings(paths(plan.fractions, drift), plan.upper, plan.lower)
    return float(np.max(np.abs(drawn - computed) / np.sqrt(np.maximum(computed * (1 - computed), 1e-6) / 200_000)))


WITNESSED = [
    {"efficacy": "lan_demets_pocock"},
    {"efficacy": "obrien_fleming", "sides": 2},
    {"efficacy": "haybittle_peto", "futility": Futility(kind="hwang_shih_decani", parameter=-2.0)},
    {"efficacy": "pocock", "futility": Futility(kind="z", values=(0.0, 0.3, 0.8), binding=True)},
]


@pytest.mark.parametrize("asked", WITNESSED, ids=lambda asked: f"{asked['efficacy']}-{len(asked)}")
def test_brownian_paths_cross_as_often_as_computed(asked):
    plan = plan_sequential(alpha=0.05, power=0.8, fractions=(0.2, 0.5, 0.6, 1.0), **asked)
    # Three drifts with eight probabilities each: four standard errors are passed once in 700 sets of seeds.
    assert max(farthest(plan, drift) for drift in (0.0, 1.2, plan.drift)) < 4


def test_control_paths_that_forgot_their_past_would_be_noticed():
    """Looks taken for independent of one another: the statistics of different trials."""
    plan = plan_sequential(alpha=0.05, power=0.8, fractions=(0.2, 0.5, 0.6, 1.0), efficacy="pocock")
    mixed = np.column_stack([paths(plan.fractions, 0.0, seed=k)[:, k] for k in range(4)])
    drawn = first_crossings(mixed, plan.upper, plan.lower)[0].sum()
    assert abs(drawn - 0.05) > 10 * math.sqrt(0.05 * 0.95 / 200_000)


def test_control_too_few_nodes_would_be_noticed():
    plan = plan_sequential(alpha=0.025, power=0.9, fractions=(0.3, 0.6, 1.0), efficacy="lan_demets_pocock")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crossing, "_NODES", (1.0, 0.2))
        assert plan.crossing(plan.drift).upper != pytest.approx(plan.stagewise_power, abs=1e-10)


def test_control_repeated_looks_at_the_full_alpha_would_be_noticed():
    z = plan_sequential(alpha=0.025, power=0.8).upper[0]
    assert crossing_probabilities((0.25, 0.5, 0.75, 1), 0.0, (z,) * 4).upper.sum() > 0.06
