"""The same trials, whoever computes them: processes, chunks that come in any order, the simulator of a device.

Threads and chunks in one process are held by `test_simulation_twin`, a cluster by `tests/concurrency/test_cluster.py`.
"""

import os
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from equipoise.simulation.cluster import chunks_of, count_task
from equipoise.simulation.compile import compile_setup
from equipoise.simulation.tally import Tally
from equipoise.simulation.trials.compiling import kernel_digest
from equipoise.simulation.trials.running import CHUNK, count_chunk, simulate
from tests.simulation.simulated_trial import trial

SEED, TRIALS = 5, 3 * CHUNK + 17


def small_setup():
    of = trial()
    return compile_setup(of, of.scenarios[0])


@pytest.fixture(scope="module")
def whole():
    return simulate(small_setup(), TRIALS, SEED)


@pytest.fixture(scope="module")
def chunks():
    setup = small_setup()
    return [
        (first, min(1000, TRIALS - first), count_chunk(setup, SEED, first, min(1000, TRIALS - first)))
        for first in range(0, TRIALS, 1000)
    ]


def test_processes_give_the_bits_of_one(whole):
    setup = small_setup()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        waiting = [(first, n, pool.submit(count_task, setup, SEED, first, n)) for first, n in chunks_of(TRIALS)]
        tally = Tally(len(setup.looks))
        for first, n, future in reversed(waiting):
            mark, totals = future.result()
            assert mark == kernel_digest()
            tally.add(first, n, totals)
    assert tally.whole(TRIALS) == whole


@pytest.mark.parametrize("order", range(5))
def test_chunks_in_any_order_give_the_same_totals(whole, chunks, order):
    mixed = list(chunks)
    random.Random(order).shuffle(mixed)
    tally = Tally(2)
    for chunk in mixed:
        tally.add(*chunk)
    assert tally.whole(TRIALS) == whole


def test_what_came_in_without_a_gap_is_the_result_of_a_shorter_run(chunks):
    tally = Tally(2)
    for chunk in (chunks[0], chunks[1], chunks[3]):
        tally.add(*chunk)
    assert tally.totals == simulate(small_setup(), 2000, SEED)
    assert tally.received == 3000


def test_control_a_chunk_that_is_lost_is_noticed(chunks):
    tally = Tally(2)
    for chunk in chunks[:4] + chunks[5:]:
        tally.add(*chunk)
    with pytest.raises(ValueError, match="without a gap"):
        tally.whole(TRIALS)


@pytest.mark.parametrize("again", [0, 2, -1])
def test_control_a_chunk_that_comes_twice_is_noticed(chunks, again):
    tally = Tally(2)
    for chunk in chunks[:4] + chunks[5:]:
        tally.add(*chunk)
    with pytest.raises(ValueError, match="twice"):
        tally.add(*chunks[again])


def test_control_a_chunk_of_other_trials_is_noticed(chunks):
    first, n, _ = chunks[0]
    with pytest.raises(ValueError, match="tells of"):
        Tally(2).add(first, n, chunks[-1][2])


def test_a_cluster_is_sent_every_trial_once():
    for trials in (1, CHUNK, CHUNK + 1, 10**6, 10**9):
        found = list(chunks_of(trials))
        assert sum(n for _, n in found) == trials
        assert [first for first, _ in found] == [sum(n for _, n in found[:k]) for k in range(len(found))]


# The device -----------------------------------------------------------------------------------------------------------

ON_DEVICE = """
import sys
from equipoise.simulation import device
from equipoise.simulation.trials.running import simulate_chunk
from tests.twins.random_setups import random_setup

if "broken" in sys.argv:  # a logarithm that is off in its last bits
    from equipoise.simulation.trials import arithmetic
    right = arithmetic.float_of
    arithmetic.float_of = lambda bits: right(bits ^ 0xFFFFFFF)
for seed in map(int, sys.argv[1].split(",")):
    setup = random_setup(seed)
    found = device.device_records(setup, 3, 10, 2, (1, 2))
    same = all(a.tobytes() == b.tobytes() for a, b in zip(found, simulate_chunk(setup, 3, 10, 2), strict=True))
    print(seed, setup.scheme.kind, setup.looks[0].statistic.kind, same)
"""


def on_device(*arguments):
    env = {**os.environ, "NUMBA_ENABLE_CUDASIM": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ON_DEVICE, *arguments], env=env, capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return [line.split() for line in done.stdout.splitlines()]


def test_the_device_s_simulator_gives_the_processor_s_bits():
    found = on_device("1,2,3,4,5,6")
    assert len({line[1] for line in found}) > 1
    assert [line[3] for line in found] == ["True"] * 6


def test_control_a_device_that_is_off_in_its_last_bits_is_noticed():
    assert "False" in [line[3] for line in on_device("1,2", "broken")]


REFUSED = """
from equipoise.findings import Refusal
from equipoise.simulation import device
from tests.twins.random_setups import random_setup

real = device.device_records
def wrong(*given):
    record = real(*given)
    record.ticks[0, 0] += 1
    return record
device.device_records = wrong
try:
    device.simulate_on_device(random_setup(1), 4, 3, shape=(1, 2), compared=2)
except Refusal as refused:
    print(refused.findings[0].code)
"""


def test_control_a_device_that_differs_from_the_processor_is_refused_before_anything_is_counted():
    env = {**os.environ, "NUMBA_ENABLE_CUDASIM": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", REFUSED],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.split() == ["simulation.device_differs"], done.stderr[-2000:]
