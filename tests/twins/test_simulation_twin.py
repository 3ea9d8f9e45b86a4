"""A simulated trial is the same to the last bit in plain Python and compiled, in any chunks and on any number of threads.

And what its looks decide by is what the survival room makes of the same participants: to 1e-9, the same sums in another
order. Trials in which two events fall on one tick are left out there: the survival room knows ties, kernels break them.
"""

import hashlib
import itertools
import math

import numpy as np
import pytest

from equipoise.planning import Arrivals, SurvivalCourse
from equipoise.simulation.trials import arithmetic, playing
from equipoise.simulation.trials.compiling import make_kernels
from equipoise.simulation.trials.following import list_events, settle
from equipoise.simulation.trials.packing import pack
from equipoise.simulation.trials.parts import Cell, PlannedLook, Screening, SimulatedScheme, Statistic
from equipoise.simulation.trials.running import CHUNK, count_chunk, key_of, simulate, simulate_chunk
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.tables import TICKS, make_room
from equipoise.simulation.trials.totals import Totals, add_up
from equipoise.survival import (
    estimate_cox,
    estimate_difference,
    estimate_milestone,
    estimate_rmst,
    test_logrank,
    test_milestone_difference,
)
from tests.twins.random_setups import SCHEMES, STATISTICS, random_setup

PLAIN = {"play_chunk": playing.play_chunk}


def same(one, two):
    """Bit for bit, NaN included."""
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, two, strict=True))


@pytest.mark.parametrize(("scheme", "statistic"), list(itertools.product(SCHEMES, STATISTICS)))
def test_a_trial_in_plain_python_is_the_compiled_one_bit_for_bit(scheme, statistic):
    for seed, index in ((11, 3), (12, 4), (13, 2**40 + 1), (14, 2**63 - 2)):
        setup = random_setup(seed, scheme, statistic)
        assert same(simulate_chunk(setup, 5, index, 1), simulate_chunk(setup, 5, index, 1, PLAIN))


def test_control_one_wrong_bit_in_an_event_time_is_noticed():
    """A target whose floats are wrong in their last bits: the logarithm turns, and with it a trial in some."""

    def float_of(bits):
        return arithmetic.float_of(bits ^ 0xFFFFFFF)

    wrong = make_kernels(lambda kernel: kernel, arithmetic.bits_of, float_of)
    setup = random_setup(11, "complete", "logrank")
    assert not same(simulate_chunk(setup, 5, 0, 2), simulate_chunk(setup, 5, 0, 2, wrong))


@pytest.mark.parametrize("seed", range(4))
def test_trials_are_the_same_in_any_chunks(seed):
    setup = random_setup(seed)
    whole = simulate_chunk(setup, 1, 100, 64)
    for size in (1, 7, 64):
        parts = [simulate_chunk(setup, 1, 100 + at, min(size, 64 - at)) for at in range(0, 64, size)]
        assert same(whole, [np.concatenate(part) for part in zip(*parts, strict=True)])


def test_totals_are_the_same_on_any_number_of_threads_and_in_any_order():
    setup, trials = random_setup(2), 5 * CHUNK + 17
    counts = []
    one = simulate(setup, trials, 9, progress=counts.append)
    assert counts[-1] == trials == one.trials
    assert simulate(setup, trials, 9, threads=2) == one == simulate(setup, trials, 9, threads=5)
    total = Totals.none(len(setup.looks))
    for first in reversed(range(0, trials, 1000)):
        total += count_chunk(setup, 9, first, min(1000, trials - first))
    assert total == one


def test_control_totals_notice_a_chunk_that_begins_one_trial_late():
    setup = random_setup(2)
    assert count_chunk(setup, 9, 0, 500) + count_chunk(setup, 9, 501, 500) != count_chunk(setup, 9, 0, 1000)
    assert count_chunk(setup, 9, 0, 500) != count_chunk(setup, 10, 0, 500)


@pytest.mark.parametrize("threads", [1, 2])
def test_an_interrupted_run_is_a_shorter_run(threads):
    setup, counts = random_setup(3), []

    def progress(counted):
        counts.append(counted)
        if len(counts) == 3:
            raise KeyboardInterrupt

    stopped = simulate(setup, 40 * CHUNK, 4, threads=threads, progress=progress)
    assert stopped.trials == 3 * CHUNK
    assert stopped == simulate(setup, 3 * CHUNK, 4)


def test_totals_are_the_plain_sums_of_the_records():
    setup = random_setup(7)
    record = simulate_chunk(setup, 1, 0, 300)
    totals = add_up(setup, record)
    ticks = [int(record.ticks[i, record.look[i]]) for i in range(300)]
    assert totals.final_ticks == type(totals.final_ticks)(300, sum(ticks), sum(t * t for t in ticks))
    assert sum(totals.efficacy) == sum(1 for d in record.decision if d == 1)
    known = [v for v in record.log_ratio if not math.isnan(v)]
    assert totals.estimate.count == len(known)
    assert totals.estimate.total / 2**32 == pytest.approx(math.fsum(known), abs=1e-6)


PINNED = "c3baba51d88516f7040a5a16c69cea82a8411031a41d3b3798798306b9cd673b"


def test_trials_of_yesterday_are_found_again_on_every_machine():
    """Everything that is recorded of 2,000 trials, as one digest: another processor or another release must give it too."""
    control = SurvivalCourse((0.0, 6.0), (0.03, 0.02), 0.004, cured=0.1)
    cells = tuple(
        Cell(share, control, control.times([1.0, 0.6], [0.0, 3.0]), k // 2, (k // 2, k % 2))
        for k, share in enumerate((0.3, 0.2, 0.25, 0.25))
    )
    combo = Statistic("maxcombo", weights=((0.0, 0.0), (0.0, 1.0), (0.5, 0.5)))
    looks = (
        PlannedLook(events=40, efficacy=2.8, futility=-0.5, statistic=Statistic(stratified=True)),
        PlannedLook(month=30.0, efficacy=2.4, statistic=Statistic("rmst", months=12.0)),
        PlannedLook(after_last=24.0, efficacy=2.1, statistic=combo),
    )
    setup = Setup(
        "pinned", 150, Arrivals((0.0, 9.0), (5.0, 8.0), 24.0), cells, looks, ratio=(1, 2),
        scheme=SimulatedScheme("permuted_blocks", sizes=(3, 6)), true_ratio=0.7,
    )  # fmt: skip
    record = simulate_chunk(setup, 1, 2**33, 2000)
    digest = hashlib.sha256()
    assert record._fields[-1] == "pivot"  # of rates and means only, and no part of the digest
    assert np.isnan(record.pivot).all()
    for values in record[:-1]:
        # NaN has many spellings: only that it is one counts.
        digest.update(np.nan_to_num(values, nan=-99.0).astype("<f8").tobytes())
    assert digest.hexdigest() == PINNED


def participants_at(setup, seed, index, look):
    """What the survival room is told: months under observation, event, arm and stratum of those who have joined."""
    plan, (key0, key1) = pack(setup), key_of(setup, seed)
    room = make_room(plan)
    playing.draw_arrivals(plan, room, key0, key1, index)
    playing.draw_cells(plan, room, key0, key1, index)
    playing.draw_arms(plan, room, key0, key1, index)
    playing.draw_times(plan, room, key0, key1, index)
    places = settle(plan, room, key0, key1, index)
    cut = int(simulate_chunk(setup, seed, index, 1).ticks[0, look])
    list_events(room, places, cut)
    strata = (len(room.group_first) - 1) // 2
    group = np.searchsorted(room.group_first[1:], np.arange(places), side="right")
    here = room.joined[:places] <= cut
    time, event = room.seen[:places][here], (room.strikes[:places] <= cut)[here]
    arm, stratum = (group // strata)[here], (group % strata)[here]
    tied = len(set(time[event].tolist())) < event.sum()
    return time / TICKS, event, arm, stratum, tied


def z_of(statistic, null_ratio, time, event, arm, stratum):
    """The same statistic, from the survival room."""
    strata = stratum if statistic.stratified else None
    if statistic.kind in ("logrank", "weighted", "maxcombo"):
        found = []
        for rho, gamma in statistic.weights or ((0.0, 0.0),):
            test = test_logrank(time, event, arm, strata, rho, gamma)
            found.append((test.expected[1] - test.observed[1]) / math.sqrt(test.variance[1, 1]))
        return max(found)
    if statistic.kind == "cox":
        fit = estimate_cox(time, event, arm[:, None].astype(float), strata, ties="breslow")
        return (math.log(null_ratio) - fit.coefficients[0]) / fit.standard_errors[0]
    arms = [(time[arm == a], event[arm == a], statistic.months) for a in (0, 1)]
    if statistic.kind == "rmst":
        return estimate_difference(estimate_rmst(*arms[1]), estimate_rmst(*arms[0])).z
    return test_milestone_difference(estimate_milestone(*arms[0]), estimate_milestone(*arms[1]))[0]


def compare(statistic, seed, swap=False):
    """Our z and the survival room's at the first look of some trials of a random setup."""
    setup = random_setup(seed, None, statistic)
    pairs = []
    for index in range(4):
        ours = simulate_chunk(setup, 1, index, 1).statistic[0, 0]
        time, event, arm, stratum, tied = participants_at(setup, 1, index, 0)
        if tied or math.isnan(ours) or (statistic == "logrank" and setup.null_ratio != 1.0):
            continue
        # A tau on a tick: kernels know no finer time.
        look = setup.looks[0].statistic
        if look.months is not None:
            object.__setattr__(look, "months", round(look.months * TICKS) / TICKS)
        pairs.append((ours, z_of(look, setup.null_ratio, time, event, 1 - arm if swap else arm, stratum)))
    return pairs


@pytest.mark.parametrize("statistic", STATISTICS)
def test_statistics_are_those_of_the_survival_room(statistic):
    pairs = [pair for seed in range(4) for pair in compare(statistic, seed)]
    assert len(pairs) >= 4
    for ours, theirs in pairs:
        assert ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_control_swapped_arms_are_noticed(statistic):
    pairs = [pair for seed in range(4) for pair in compare(statistic, seed, swap=True)]
    assert any(ours != pytest.approx(theirs, abs=1e-3) for ours, theirs in pairs)


def test_the_estimate_is_that_of_the_survival_room():
    checked = 0
    for index, seed in itertools.product(range(3), range(4)):
        setup = random_setup(seed, None, "logrank")
        record = simulate_chunk(setup, 1, index, 1)
        time, event, arm, stratum, tied = participants_at(setup, 1, index, int(record.look[0]))
        if tied or math.isnan(record.log_ratio[0]):
            continue
        strata = stratum if setup.estimate_stratified else None
        fit = estimate_cox(time, event, arm[:, None].astype(float), strata, ties="breslow")
        assert record.log_ratio[0] == pytest.approx(fit.coefficients[0], abs=1e-9)
        assert math.sqrt(record.variance[0]) == pytest.approx(fit.standard_errors[0], rel=1e-7)
        checked += 1
    assert checked >= 6


def test_a_screened_setup_is_the_setup_of_those_who_join():
    from dataclasses import replace

    seeds = (seed for seed in range(50) if isinstance(random_setup(seed).arrivals, Screening))
    setup = random_setup(next(seeds))
    joined = replace(setup, arrivals=setup.joining)
    assert same(simulate_chunk(setup, 3, 0, 5), simulate_chunk(joined, 3, 0, 5))
