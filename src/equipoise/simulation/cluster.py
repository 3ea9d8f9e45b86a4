"""Simulating on a cluster: chunks of trials sent to the workers of a Dask scheduler, and counted once each when they
return.

Promises the bits of a single machine: a chunk is named by its trials and computed from them alone, so that one whose
worker dies is computed anew elsewhere. Workers whose kernels are not ours are refused. Knows no protocol.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from equipoise.findings import Where
from equipoise.simulation.tally import Tally
from equipoise.simulation.trials.compiling import kernel_digest
from equipoise.simulation.trials.running import CHUNK, count_chunk
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.totals import Totals
from equipoise.simulation.words import phrase, refuse
from equipoise.words import Phrase

__all__ = ["chunks_of", "count_task", "simulate_on_cluster"]

_AHEAD = 3
_PARTS = 64
_MOST = 64 * CHUNK
_PATIENCE_SECONDS = 10
_FAILURES = 10


def chunks_of(trials: int) -> Iterator[tuple[int, int]]:
    """(first, count) of the chunks that are sent: about 64 of them, but none larger than a few seconds of work."""
    size = min(_MOST, max(CHUNK, -(-trials // (_PARTS * CHUNK)) * CHUNK))
    for first in range(0, trials, size):
        yield first, min(size, trials - first)


def count_task(setup: Setup, seed: int, first: int, count: int) -> tuple[str, Totals]:
    """What a worker does: the digest of its kernels, and the totals of these trials."""
    totals = Totals.none(len(setup.looks))
    for start in range(first, first + count, CHUNK):
        totals += count_chunk(setup, seed, start, min(CHUNK, first + count - start))
    return kernel_digest(), totals


def simulate_on_cluster(
    setup: Setup, trials: int, seed: int, address: str, *, progress: Callable[[int], None] | None = None
) -> Totals:
    """Totals over trials 0 to `trials - 1`, computed by the workers of the scheduler at `address` (tcp://HOST:PORT).

    `progress` is called with the number of trials that have come in. On KeyboardInterrupt the trials up to the first
    that is missing are returned. Raises Refusal when there is no scheduler, no worker, or a worker with other software.
    """
    tally = Tally(len(setup.looks))
    with _connected(address) as client:
        try:
            _work(client, setup, trials, seed, address, tally, progress)
        except KeyboardInterrupt:
            return tally.totals
    return tally.whole(trials)


def _work(
    client: Any,
    setup: Setup,
    trials: int,
    seed: int,
    address: str,
    tally: Tally,
    progress: Callable[[int], None] | None,
) -> None:
    place = Where(file=address)
    as_completed: Any = vars(import_module("distributed"))["as_completed"]
    ahead = _AHEAD * max(1, sum(client.nthreads().values()))
    left = chunks_of(trials)
    sent: dict[Any, tuple[int, int]] = {}

    def send() -> Any | None:
        chunk = next(left, None)
        if chunk is None:
            return None
        # Not pure: a key made of the arguments would give the chunk of an earlier run again, of perhaps older software.
        future = client.submit(count_task, setup, seed, *chunk, pure=False, retries=_FAILURES)
        sent[future.key] = chunk
        return future

    running = as_completed([future for _ in range(ahead) if (future := send()) is not None], loop=client.loop)
    try:
        for future in running:
            first, count = sent.pop(future.key)
            mark, totals = _result(future, place)
            if mark != kernel_digest():
                theirs, ours = mark[:12], kernel_digest()[:12]
                refuse("simulation.cluster_software", place, theirs=theirs, ours=ours)
            tally.add(first, count, totals)
            if progress is not None:
                progress(tally.received)
            following = send()
            if following is not None:
                running.add(following)
    finally:
        # What was sent and is no longer wanted must not keep the cluster busy.
        with contextlib.suppress(Exception):
            client.cancel([client.futures[key] for key in sent if key in client.futures], force=True)


def _result(future: Any, place: Where) -> tuple[str, Totals]:
    from concurrent.futures import CancelledError

    try:
        mark, totals = future.result()
    except CancelledError:
        refuse("simulation.cluster_lost", place)
    except (ImportError, AttributeError) as trouble:
        refuse("simulation.cluster_software/other", place, trouble=_told(trouble))
    except Exception as trouble:  # noqa: BLE001 - whatever went wrong over there is told here, in a sentence
        refuse("simulation.cluster_failed", place, trouble=_told(f"{type(trouble).__name__}: {trouble}"))
    return mark, totals


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    """A client of the scheduler, which has workers."""
    place = Where(file=address)
    try:
        make_client: Any = vars(import_module("distributed"))["Client"]
    except ImportError:
        refuse("simulation.no_dask", place)
    # Its own complaints would stand between ours, with tracebacks.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = make_client(address, timeout=_PATIENCE_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as trouble:
        refuse("simulation.no_scheduler", place, trouble=_told(trouble))
    try:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
        except TimeoutError:
            refuse("simulation.no_workers", place, address=address)
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=2)


def _told(trouble: object) -> str | Phrase:
    """What Dask, or the work itself, said of it: its first line, in whatever language that is."""
    lines = str(trouble).splitlines()
    return lines[0].rstrip(".") if lines else phrase("silence")
