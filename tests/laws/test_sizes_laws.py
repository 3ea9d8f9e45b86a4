"""What holds for any size: more effect or less power needs fewer; the unit of time does not matter; nobody has two events."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from equipoise.planning.sequential.group_sequential import plan_sequential
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms
from equipoise.planning.sizes.survival import plan_survival
from tests.hunting import examples

POWERS = {power: plan_sequential(alpha=0.025, power=power) for power in (0.7, 0.8, 0.9)}
METHODS = st.sampled_from(["schoenfeld", "freedman", "hsieh_freedman", "lachin_foulkes", "lakatos"])
HAZARD = st.floats(0.002, 0.3)
TRIALS = st.tuples(
    st.lists(HAZARD, min_size=1, max_size=3),
    st.floats(0.35, 0.9),
    st.floats(0.5, 3.0),
    st.floats(0.0, 0.05),
    st.lists(st.tuples(st.floats(1, 24), st.floats(0.5, 20)), min_size=1, max_size=3),
    st.floats(1, 48),
)


def plan(trial, method="schoenfeld", power=0.8, hazard_ratio=None, unit=1.0):
    hazards, given_ratio, ratio, dropout, periods, follow_up = trial
    starts = tuple(6.0 * k * unit for k in range(len(hazards)))
    control = SurvivalCourse(starts, tuple(h / unit for h in hazards), dropout / unit)
    arms = TwoArms(control, control.times((hazard_ratio or given_ratio,)), ratio)
    arrivals = Arrivals.over([m * unit for m, _ in periods], [r / unit for _, r in periods])
    return plan_survival(POWERS[power], arms, arrivals, follow_up * unit, method=method)


@settings(max_examples=examples(60), deadline=None)
@given(TRIALS, METHODS)
def test_a_smaller_effect_needs_more_events(trial, method):
    nearer = trial[1] + 0.5 * (1 - trial[1])
    farther, closer = plan(trial, method), plan(trial, method, hazard_ratio=nearer)
    assert closer.events > farther.events
    assert closer.participants > farther.participants


@settings(max_examples=examples(60), deadline=None)
@given(TRIALS, METHODS)
def test_more_power_needs_more_participants(trial, method):
    sizes = [plan(trial, method, power).participants for power in POWERS]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


@settings(max_examples=examples(60), deadline=None)
@given(TRIALS, METHODS, st.sampled_from([12.0, 30.4375, 0.1]))
def test_the_unit_of_time_does_not_matter(trial, method, unit):
    here, there = plan(trial, method), plan(trial, method, unit=unit)
    assert there.participants == pytest.approx(here.participants, rel=1e-9)
    assert there.events == pytest.approx(here.events, rel=1e-9)
    assert there.duration == pytest.approx(here.duration * unit, rel=1e-12)


@settings(max_examples=examples(60), deadline=None)
@given(TRIALS, METHODS)
def test_events_never_exceed_participants(trial, method):
    found = plan(trial, method)
    assert found.events <= found.participants * (1 + 1e-12)
    for look in found.looks:
        assert look.events <= look.participants * (1 + 1e-12)


@settings(max_examples=examples(40), deadline=None)
@given(TRIALS)
def test_more_dropout_needs_more_participants_and_no_more_events(trial):
    more = (*trial[:3], trial[3] + 0.01, *trial[4:])
    assert plan(more).participants > plan(trial).participants
    assert plan(more).events == pytest.approx(plan(trial).events, rel=1e-9)


@settings(max_examples=examples(40), deadline=None)
@given(TRIALS)
def test_longer_follow_up_needs_fewer_participants(trial):
    longer = (*trial[:5], trial[5] + 6)
    found, before = plan(longer), plan(trial)
    assume(before.event_probability < 0.999)
    assert found.participants < before.participants


def test_control_a_hazard_left_in_the_old_unit_is_noticed():
    """The law of units would notice dropout that was not converted."""
    trial = ([0.05], 0.6, 1.0, 0.02, [(12.0, 10.0)], 12.0)
    forgotten = ([0.05], 0.6, 1.0, 0.02 * 12, [(12.0, 10.0)], 12.0)
    assert not math.isclose(plan(trial).participants, plan(forgotten, unit=12.0).participants, rel_tol=1e-3)
