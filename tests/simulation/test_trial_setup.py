"""What a setup refuses, looks when they fall, and what its totals are made of."""

import math
from dataclasses import replace

import numpy as np
import pytest

from equipoise.planning import Arrivals, SurvivalCourse
from equipoise.simulation.run import run_simulation
from equipoise.simulation.trials import compiling
from equipoise.simulation.trials.characteristics import derive_characteristics
from equipoise.simulation.trials.compiling import compiled_before, compiled_kernels
from equipoise.simulation.trials.packing import pack
from equipoise.simulation.trials.parts import Cell, PlannedLook, Reestimation, Screening, SimulatedScheme, Statistic
from equipoise.simulation.trials.running import simulate, simulate_chunk
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.tables import TICKS
from equipoise.simulation.trials.totals import Sums, Totals
from equipoise.simulation.workers import read_workers
from tests.simulation.simulated_trial import trial

COURSE = SurvivalCourse.constant(0.03)
ARRIVALS = Arrivals((0.0,), (10.0,), 12.0)
LOOKS = (PlannedLook(events=30, efficacy=2.5), PlannedLook(events=60, efficacy=2.0))
BASE = Setup("base", 120, ARRIVALS, (Cell(1.0, COURSE, COURSE),), LOOKS)

REFUSED = [
    ({"participants": 1}, "a trial of two arms"),
    ({"participants": 10**9}, "a trial of two arms"),
    ({"ratio": (1, 0)}, "leaves an arm empty"),
    ({"null_ratio": -1.0}, "a hazard ratio is positive"),
    ({"true_ratio": math.inf}, "a hazard ratio is positive"),
    ({"confidence": 1.0}, "between 0 and 1"),
    ({"cells": ()}, "each cell has a share"),
    ({"cells": (Cell(0.5, COURSE, COURSE),)}, "add up to 0.5"),
    ({"cells": (Cell(1.0, COURSE, COURSE, 1),)}, "numbered from 0"),
    ({"cells": (Cell(0.5, COURSE, COURSE, 0, (1,)), Cell(0.5, COURSE, COURSE))}, "of every factor"),
    ({"scheme": SimulatedScheme("permuted_blocks", sizes=(3,))}, "multiples of 2"),
    ({"scheme": SimulatedScheme("permuted_blocks")}, "multiples of 2"),
    ({"scheme": SimulatedScheme("big_stick"), "ratio": (1, 2)}, "equal arms"),
    ({"scheme": SimulatedScheme("minimization")}, "minimization needs a factor"),
    ({"looks": ()}, "at least one look"),
    ({"looks": LOOKS[::-1]}, "increase"),
    ({"looks": (PlannedLook(events=121),)}, "121 events are wanted of 120"),
    ({"looks": (PlannedLook(month=9), PlannedLook(month=5))}, "months of the looks increase"),
    ({"looks": (PlannedLook(events=5, efficacy=math.inf),)}, "left out"),
    ({"looks": (PlannedLook(events=5, efficacy=1.0, futility=1.5),)}, "lies above"),
    ({"looks": (PlannedLook(events=5, statistic=Statistic("rmst")),)}, "number of months"),
    ({"looks": (PlannedLook(events=5, statistic=Statistic("milestone", True, months=6)),)}, "not stratified"),
    ({"looks": (PlannedLook(events=5, statistic=Statistic("maxcombo")),)}, "needs weights"),
    ({"looks": (PlannedLook(events=5, statistic=Statistic("weighted", weights=((0, -1),))),)}, "none below 0"),
    ({"looks": LOOKS[:1], "reestimation": Reestimation(0.8, 5, 9)}, "the look before the last"),
    ({"arrivals": Arrivals((0.0, 4.0), (10.0, 0.0), 12.0), "arrive": "even"}, "40 participants are expected"),
    ({"arrivals": Arrivals((0.0, 40.0), (10.0, 0.0), 50.0)}, "nobody arrives in the last period"),
]


@pytest.mark.parametrize(("change", "sentence"), REFUSED)
def test_what_cannot_be_simulated_is_refused_with_a_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(BASE, **change)


@pytest.mark.parametrize(
    "make",
    [
        lambda: PlannedLook(),
        lambda: PlannedLook(events=5, month=3),
        lambda: PlannedLook(events=0),
        lambda: PlannedLook(month=math.nan),
        lambda: PlannedLook(events=5, latest=0),
        lambda: Reestimation(1.0, 5, 9),
        lambda: Reestimation(0.8, 9, 5),
        lambda: Reestimation(0.8, 5, 9, 1.2),
        lambda: Screening(ARRIVALS, eligible=1.5),
        lambda: Screening(ARRIVALS, failure=1.0),
    ],
)
def test_parts_that_mean_nothing_are_refused(make):
    with pytest.raises(ValueError, match=" "):
        make()


@pytest.mark.parametrize(("first", "count"), [(-1, 5), (0, -1), (2**63, 1)])
def test_trials_that_have_no_number_are_refused(first, count):
    with pytest.raises(ValueError, match="there are no"):
        simulate_chunk(BASE, 1, first, count)


def test_every_setup_is_packed_into_one_type_so_that_kernels_are_compiled_once():
    from numba import typeof

    other = replace(
        BASE,
        arrive="even",
        arrivals=Screening(Arrivals((0.0, 3.0), (5, 9), 20)),
        participants=60,
        cells=(Cell(0.5, COURSE.times([1, 0.5], [0, 3]), COURSE, 0, (0, 1)), Cell(0.5, COURSE, COURSE, 1, (1, 1))),
        scheme=SimulatedScheme("minimization", weights=(1, 2)),
        null_ratio=1,
        looks=(PlannedLook(month=12, statistic=Statistic("maxcombo", weights=((0, 0), (0, 1)))),),
    )
    assert typeof(pack(other)) == typeof(pack(BASE))
    simulate_chunk(BASE, 1, 0, 1)
    simulate_chunk(other, 1, 0, 1)
    assert len(compiled_kernels()["play_chunk"].signatures) == 1


def test_where_nothing_can_be_kept_kernels_are_compiled_all_the_same(monkeypatch):
    import numba

    real, refused = numba.njit, []

    def njit(cache=False, **options):
        def compile_kernel(kernel):
            if cache:
                refused.append(kernel.__name__)
                raise RuntimeError("cannot cache function: no locator available")
            return real(**options)(kernel)

        return compile_kernel

    monkeypatch.setattr(numba, "njit", njit)
    kernels = compiled_kernels.__wrapped__()
    assert refused == ["play_chunk", "play_responses"]
    assert callable(kernels["play_chunk"])


def test_it_is_known_whether_a_kernel_was_compiled_here_before(monkeypatch):
    simulate_chunk(BASE, 1, 0, 1)
    assert compiled_before("play_chunk")
    monkeypatch.setattr(compiling, "kernel_digest", lambda: "0" * 64)
    assert not compiled_before("play_chunk")


@pytest.mark.parametrize("before", [True, False])
def test_whoever_waits_for_a_compiler_is_told_once_and_nobody_else(monkeypatch, before):
    monkeypatch.setattr(compiling, "compiled_before", lambda entry: before)
    told = []
    run_simulation(trial(), ["benefit", "design"], read_workers("5", "1", "1"), compiling=lambda: told.append(1))
    assert told == [] if before else [1]


def test_looks_at_events_have_their_events_and_the_last_is_at_the_tick_of_the_last():
    record = simulate_chunk(BASE, 1, 0, 50)
    assert (record.events[:, 0] == 30).all()
    went_on = record.look == 1
    assert (record.events[went_on, 1] == 60).all()
    assert (record.events[~went_on, 1] == -1).all()
    assert np.isnan(record.statistic[~went_on, 1]).all()
    assert (record.ticks[went_on, 1] > record.ticks[went_on, 0]).all()


def test_a_look_comes_no_later_than_its_latest_month_and_its_missing_events_are_counted():
    setup = replace(BASE, looks=(PlannedLook(events=100, latest=24.0),))
    record = simulate_chunk(setup, 1, 0, 50)
    assert (record.ticks == 24 * TICKS).all()
    assert (record.events < 100).all()
    assert (record.missed == 1).all()


def test_events_that_never_come_end_the_trial_when_nothing_more_can_happen():
    half = SurvivalCourse((0.0,), (0.05,), cured=0.6)
    setup = replace(BASE, cells=(Cell(1.0, half, half),), looks=(PlannedLook(events=100),))
    record = simulate_chunk(setup, 1, 0, 50)
    assert (record.missed == 1).all()
    assert (record.events < 100).all()
    assert (record.ticks < 400 * TICKS).all()


def test_without_any_event_nothing_is_decided():
    nothing = SurvivalCourse.constant(0.0)
    setup = replace(BASE, cells=(Cell(1.0, nothing, nothing),), looks=(PlannedLook(month=30.0, efficacy=-5.0),))
    record = simulate_chunk(setup, 1, 0, 20)
    assert np.isnan(record.statistic).all()
    assert (record.decision == 0).all()
    assert np.isnan(record.log_ratio).all()
    found = derive_characteristics(setup, simulate(setup, 20, 1))
    assert found.events.value == 0
    assert found.bounded.value == 0
    assert math.isnan(found.hazard_ratio.value)


def test_a_look_after_the_last_participant_is_counted_from_that_participant():
    setup = replace(BASE, looks=(PlannedLook(after_last=6.0),))
    record = simulate_chunk(setup, 1, 0, 50)
    assert (record.joined == 120).all()
    assert record.ticks.std() > TICKS / 2  # the last participant's arrival is random
    even = replace(setup, arrive="even")
    assert (simulate_chunk(even, 1, 0, 5).ticks == 18 * TICKS).all()


def test_a_look_is_never_before_the_look_before_it():
    looks = (PlannedLook(month=40.0), PlannedLook(events=10))
    record = simulate_chunk(replace(BASE, looks=looks), 1, 0, 50)
    assert (record.ticks[:, 1] == record.ticks[:, 0]).all()


def test_bounds_stop_for_efficacy_futility_and_harm():
    """Bounds close together: everybody stops at the first look, for what the statistic says."""
    look = PlannedLook(events=30, efficacy=0.5, futility=0.5, harm=-0.5)
    setup = replace(BASE, looks=(look, LOOKS[1]))
    record = simulate_chunk(setup, 1, 0, 300)
    z = record.statistic[:, 0]
    expected = np.where(z <= -0.5, 3, np.where(z >= 0.5, 1, 2))
    assert (record.decision == expected).all()
    assert (record.look == 0).all()
    assert set(expected.tolist()) == {1, 2, 3}


def test_more_events_are_asked_for_when_little_was_seen_and_fewer_when_much():
    setup = replace(
        BASE,
        looks=(PlannedLook(events=20), PlannedLook(events=40, efficacy=1.96)),
        reestimation=Reestimation(0.8, 5, 60),
    )
    record = simulate_chunk(setup, 1, 0, 200)
    new = record.events[:, 1] - record.events[:, 0]
    z = record.statistic[:, 0]
    assert (new[z <= 0] == 60).all()
    assert new.min() >= 5
    # Halving the distance to the bound needs fewer; by hand for each: Schoenfeld at the observed effect.
    for i in np.flatnonzero(z > 0):
        bound = (1.96 - math.sqrt(0.5) * z[i]) / math.sqrt(0.5)
        effect = z[i] * 2 / math.sqrt(20)
        wanted = max(0.0, bound + 0.8416212335729143) ** 2 * 4 / effect**2
        assert new[i] == math.ceil(min(max(wanted, 5), 60))


def test_prevalence_and_screen_failure_slow_accrual_and_say_how_many_are_approached():
    screened = Screening(Arrivals((0.0,), (40.0,), 12.0), high_risk=0.5, eligible=0.8, failure=0.25)
    assert screened.kept == pytest.approx(0.3)
    setup = replace(BASE, arrivals=screened, looks=(PlannedLook(after_last=0.0),))
    found = derive_characteristics(setup, simulate(setup, 2000, 1))
    assert found.approached.value == pytest.approx(400)
    assert found.months.value == pytest.approx(10.0, abs=4 * found.months.error)
    fewer = replace(setup, arrivals=replace(screened, high_risk=0.25))
    slower = derive_characteristics(fewer, simulate(fewer, 2000, 1))
    assert slower.months.value == pytest.approx(20.0, abs=4 * slower.months.error)


def test_characteristics_are_means_with_their_errors():
    values = [3, 5, 5, 11]
    sums = Sums.of(np.array(values))
    assert sums == Sums(4, 24, 180)
    assert Sums.of(np.array([-(2**44), 2**44 - 1])) == Sums(2, -1, 2**88 + (2**44 - 1) ** 2)
    from equipoise.simulation.trials.characteristics import _mean

    assert _mean(sums).value == 6
    assert _mean(sums).error == pytest.approx(np.std(values, ddof=1) / 2)


def test_no_trials_have_no_characteristics():
    found = derive_characteristics(BASE, Totals.none(2))
    assert found.trials == 0
    assert math.isnan(found.efficacy.value)
    assert math.isnan(found.months.value)
