"""What is asked of a simulation, judged before anything is computed: all Findings about it at once.

Sizes are estimated beforehand: what would not fit into memory, or take longer than anybody waits, is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from equipoise.findings import Finding, Refusal, Where, prose
from equipoise.simulation.trials.running import CHUNK
from equipoise.simulation.trials.setup import Setup

__all__ = ["TRIALS_MAX", "Workers", "check_size", "memory_of", "read_means"]

TRIALS_MAX = 1_000_000_000
"""A thousand million: the Monte Carlo error of a power is then 0.00002 at most."""
_WORKERS_MAX = 256
_DAYS_MAX = 7
_ADDRESS = re.compile(r"^(tcp|tls)://[^\s/:]+:\d{1,5}$|^(tcp|tls)://\[[0-9a-fA-F:]+\]:\d{1,5}$")


@dataclass(frozen=True, slots=True)
class Workers:
    """How much is simulated, and by what: `workers` threads here, or those of the scheduler at `address`,
    or a device."""

    trials: int
    seed: int
    workers: int = 1
    address: str | None = None
    gpu: bool = False


def read_means(trials: str, seed: str, workers: str | None = None, device: str = "cpu") -> Workers:
    """As typed at the command line. Raises Refusal with a Finding for everything that is wrong."""
    found: list[Finding] = []
    many = _whole(trials, "trials", 1, TRIALS_MAX, found)
    number = _whole(seed, "seed", -(2**63), 2**63 - 1, found)
    threads, address = available_processors(), None
    if workers is not None and "://" in workers:
        address = workers
        if not _ADDRESS.match(workers):
            found.append(
                _finding(
                    "workers",
                    f"`{workers}` is not the address of a scheduler",
                    "it has the form tcp://HOST:PORT",
                    "Give what `dask scheduler` prints, or a number.",
                )
            )
        elif device == "gpu":
            found.append(
                _finding(
                    "device",
                    "a GPU and a cluster were both asked for",
                    "the workers of a cluster compute on their processors",
                    "Leave out one of the two.",
                )
            )
    elif workers is not None:
        threads = _whole(workers, "workers", 1, _WORKERS_MAX, found)
    if found:
        raise Refusal(found)
    return Workers(many, number, threads, address, device == "gpu")


def available_processors() -> int:
    """The processors that this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _finding(name: str, what: str, why: str, mend: str) -> Finding:
    return prose(f"simulation.{name}", Where(path=name), what, why, mend)


def _whole(text: str, name: str, low: int, high: int, found: list[Finding]) -> int:
    """The number, or `low` and a Finding."""
    plain = text.strip().replace("_", "").replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,30}", plain):
        found.append(
            _finding(
                name, f"`{text[:60]}` is not a whole number", f"`{name}` counts", f"Write for example --{name} 10000."
            )
        )
        return low
    value = int(plain)
    if not low <= value <= high:
        why = f"it lies between {low:,} and {high:,}"
        if name == "trials" and value > high:
            why = f"beyond {high:,} the Monte Carlo error, 0.00002 at most, says nothing any more"
        elif name == "trials":
            why = "something must be simulated"
        found.append(_finding(name, f"`{name}` is {value:,}", why, f"Ask for {low:,} to {high:,}."))
        return low
    return value


def memory_of(setup: Setup, workers: int) -> int:
    """Bytes that a simulation holds at a time: a room and a chunk of records for each worker, whatever the number of
    trials.
    """
    participants, looks = setup.participants, len(setup.looks)
    groups = 2 * setup.strata
    # A room: three arrays of eight bytes and a few of four for each participant, places padded to whole vectors.
    room = participants * (3 * 8 + 8 * 4 + 8) + 4 * 4 * (participants + 32 * groups)
    record = CHUNK * (28 + looks * 20) * 3
    even = 4 * participants
    return workers * (room + record) + even


def check_size(setups: Sequence[Setup], means: Workers) -> list[Finding]:
    """Findings when the simulation would not fit into memory, or not end."""
    found = []
    needed = max(memory_of(setup, means.workers) for setup in setups)
    free = free_memory()
    if means.address is None and free is not None and needed > 0.8 * free:
        found.append(
            _finding(
                "memory",
                f"{needed / 2**30:,.1f} GiB of memory are needed",
                f"{free / 2**30:,.1f} GiB are free",
                "Simulate with fewer --workers, or plan fewer participants.",
            )
        )
    if means.address is None and not means.gpu:
        days = sum(_seconds(setup) for setup in setups) * means.trials / means.workers / 86400
        if days > _DAYS_MAX:
            found.append(
                _finding(
                    "too_long",
                    f"simulating would take about {days:,.0f} days",
                    f"it is {means.trials:,} trials, with {means.workers} worker{'s' if means.workers > 1 else ''}, "
                    f"for each of {len(setups)} setup{'s' if len(setups) > 1 else ''}",
                    "Ask for fewer --trials or one --scenario, or use a cluster (--workers tcp://HOST:PORT).",
                )
            )
    return found


def _seconds(setup: Setup) -> float:
    """A trial, roughly: drawing goes with participants, counting risk sets with participants times events."""
    events = sum(look.events or setup.participants for look in setup.looks)
    return setup.participants * 1e-7 + setup.participants * events * 2e-10


def free_memory() -> int | None:
    """Bytes of memory that are free for use, where the system tells."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return None
