"""Simulating: trials by number, in chunks, in threads, into totals that do not depend on how they were divided.

A chunk is simulated without Python's lock, so threads are enough. Memory holds one chunk for each thread, whatever the
number of trials. An interrupted run gives the totals of the trials up to the first that is missing: those of a shorter
run.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

from equipoise.chance import Stream
from equipoise.simulation.trials.compiling import compiled_kernels
from equipoise.simulation.trials.packing import pack, pack_response
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.tables import TrialRecords, make_record, make_room
from equipoise.simulation.trials.totals import Totals, add_up

__all__ = ["CHUNK", "count_chunk", "simulate", "simulate_chunk"]

CHUNK = 4096
"""Trials in a chunk: a hundredth of a second of a small trial, and a few hundred kilobytes of records."""
_TRIALS_MAX = 2**63
_AHEAD = 4


def simulate_chunk(
    setup: Setup, seed: int, first: int, count: int, kernels: Mapping[str, Any] | None = None
) -> TrialRecords:
    """Trials `first` to `first + count - 1` of this setup and seed, one row each.

    `kernels`: those of another target, for example the plain functions; by default compiled for this processor.
    """
    if count < 0 or not 0 <= first <= _TRIALS_MAX - count:
        raise ValueError(f"there are no {count} trials from number {first} on")
    plan = pack(setup)
    record = make_record(count, len(setup.looks))
    key0, key1 = key_of(setup, seed)
    known = kernels or compiled_kernels()
    if setup.response is None:
        known["play_chunk"](plan, make_room(plan), record, key0, key1, first, count)
    else:
        known["play_responses"](plan, pack_response(setup), make_room(plan), record, key0, key1, first, count)
    return record


def key_of(setup: Setup, seed: int) -> tuple[int, int]:
    """The two words that key the random numbers: they follow from the seed and the name of the setup."""
    return Stream(seed, "trial", setup.name).kernel_key()


def count_chunk(setup: Setup, seed: int, first: int, count: int) -> Totals:
    """What these trials add to the totals."""
    return add_up(setup, simulate_chunk(setup, seed, first, count))


def simulate(
    setup: Setup,
    trials: int,
    seed: int,
    *,
    threads: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Totals:
    """Totals over trials 0 to `trials - 1`. `progress` is called with the number of trials counted so far.

    On KeyboardInterrupt what was counted is returned: `Totals.trials` is then below what was asked for.
    """
    if trials < 0 or threads < 1:
        raise ValueError("the number of trials is not negative, and there is at least one thread")
    compiled_kernels()  # before the threads begin: each of them would wait for the same compiler
    totals = Totals.none(len(setup.looks))
    starts = iter(range(0, trials, CHUNK))
    stopped = threading.Event()

    def work(first: int) -> Totals | None:
        if stopped.is_set():
            return None
        return count_chunk(setup, seed, first, min(CHUNK, trials - first))

    try:
        if threads == 1:
            for first in starts:
                totals += count_chunk(setup, seed, first, min(CHUNK, trials - first))
                if progress is not None:
                    progress(totals.trials)
            return totals
        with ThreadPoolExecutor(threads) as pool:
            try:
                waiting: list[Future[Totals | None]] = [
                    pool.submit(work, first) for first in islice(starts, _AHEAD * threads)
                ]
                # In the order of the chunks, not in that of finishing: an interruption then leaves the first n trials,
                # which are a simulation of n trials like any other.
                while waiting:
                    counted = waiting.pop(0).result()
                    assert counted is not None
                    waiting += [pool.submit(work, first) for first in islice(starts, 1)]
                    totals += counted
                    if progress is not None:
                        progress(totals.trials)
            finally:
                # The pool waits for what it was given; chunks that have not begun give up at once.
                stopped.set()
    except KeyboardInterrupt:
        return totals
    return totals
