"""A real Dask scheduler and two real workers on loopback; one worker is killed in the middle, and no bit changes.

Controls: a worker whose chunk is altered on its way is noticed, and so is one whose software is not ours.
"""

import contextlib
import signal
import socket
import subprocess
import sys
import time

import pytest

from equipoise.findings import Refusal
from equipoise.simulation import cluster
from equipoise.simulation.cluster import count_task, simulate_on_cluster
from equipoise.simulation.compile import compile_setup
from equipoise.simulation.trials.running import CHUNK, simulate
from tests.simulation.simulated_trial import trial

pytest.importorskip("distributed", reason="the cluster is spoken to by `distributed`, which is not installed")
SEED, TRIALS = 3, 12 * CHUNK + 5


def small_setup():
    of = trial()
    return compile_setup(of, of.scenarios[0])


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def started(*command):
    return subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def stopped(process):
    process.kill()
    process.wait(timeout=10)


@pytest.fixture(scope="module")
def scheduler():
    port = free_port()
    process = started("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        time.sleep(0.1)
    yield f"tcp://127.0.0.1:{port}"
    stopped(process)


def worker(scheduler):
    return started("distributed.cli.dask_worker", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard")


@pytest.fixture
def workers(scheduler):
    both = [worker(scheduler), worker(scheduler)]
    yield both
    for process in both:
        stopped(process)


def test_without_workers_the_scheduler_is_told_to_have_none(scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "_PATIENCE_SECONDS", 1)
    with pytest.raises(Refusal) as refused:
        simulate_on_cluster(small_setup(), 10, SEED, scheduler)
    assert refused.value.findings[0].code == "simulation.no_workers"


def test_a_worker_is_killed_in_the_middle_and_no_bit_changes(scheduler, workers):
    seen = []

    def kill_one(done):
        if not seen:
            workers[0].send_signal(signal.SIGKILL)
        seen.append(done)

    found = simulate_on_cluster(small_setup(), TRIALS, SEED, scheduler, progress=kill_one)
    assert found == simulate(small_setup(), TRIALS, SEED)
    assert workers[0].wait(timeout=10) == -signal.SIGKILL
    assert seen[-1] == TRIALS
    assert len(seen) > 3


def altered(setup, seed, first, count):
    """A chunk of the neighbouring trials, under its own name."""
    return count_task(setup, seed, first + 1, count)


def shortened(setup, seed, first, count):
    return count_task(setup, seed, first, count - 1)


def other_software(setup, seed, first, count):
    return "0" * 64, count_task(setup, seed, first, count)[1]


def test_control_what_a_cluster_returns_is_compared_and_judged(scheduler, workers, monkeypatch):
    monkeypatch.setattr(cluster, "count_task", altered)
    assert simulate_on_cluster(small_setup(), 100, SEED, scheduler) != simulate(small_setup(), 100, SEED)
    monkeypatch.setattr(cluster, "count_task", shortened)
    with pytest.raises(ValueError, match="tells of"):
        simulate_on_cluster(small_setup(), 100, SEED, scheduler)
    monkeypatch.setattr(cluster, "count_task", other_software)
    with pytest.raises(Refusal) as refused:
        simulate_on_cluster(small_setup(), 100, SEED, scheduler)
    assert refused.value.findings[0].code == "simulation.cluster_software"


@pytest.mark.long
def test_an_interruption_gives_the_trials_up_to_the_first_that_is_missing(scheduler, workers):
    def interrupt(done):
        if done >= 3 * CHUNK:
            raise KeyboardInterrupt

    found = simulate_on_cluster(small_setup(), TRIALS, SEED, scheduler, progress=interrupt)
    assert found.trials < TRIALS
    assert found == simulate(small_setup(), found.trials, SEED)
