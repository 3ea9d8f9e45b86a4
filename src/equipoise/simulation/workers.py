"""What is asked of a simulation, judged before anything is computed: all Findings about it at once.

Sizes are estimated beforehand: what would not fit into memory, or take longer than anybody waits, is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from equipoise.findings import Finding, Refusal
from equipoise.simulation.trials.running import CHUNK
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.words import finding, phrase
from equipoise.words import Phrase

__all__ = ["TRIALS_MAX", "Workers", "check_size", "memory_of", "read_workers"]

TRIALS_MAX = 1_000_000_000
"""A thousand million: the Monte Carlo error of a power is then 0.00002 at most."""
_WORKERS_MAX = 256
_DAYS_MAX = 7
_ADDRESS = re.compile(r"^(tcp|tls)://[^\s/:]+:[0-9]{1,5}$|^(tcp|tls)://\[[0-9a-fA-F:]+\]:[0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class Workers:
    """How much is simulated, and by whom: `threads` here, the workers of the scheduler at `address`, or a device."""

    trials: int
    seed: int
    threads: int = 1
    address: str | None = None
    gpu: bool = False


def read_workers(trials: str, seed: str, workers: str | None = None, device: str = "cpu") -> Workers:
    """As typed at the command line. Raises Refusal with a Finding for everything that is wrong."""
    found: list[Finding] = []
    many = _whole(trials, "trials", 1, TRIALS_MAX, found)
    number = _whole(seed, "seed", -(2**63), 2**63 - 1, found)
    threads, address = available_processors(), None
    if workers is not None and "://" in workers:
        address = workers
        if not _ADDRESS.match(workers):
            found.append(finding("simulation.workers/address", "workers", given=workers))
        elif device == "gpu":
            found.append(finding("simulation.device", "device"))
    elif workers is not None:
        threads = _whole(workers, "workers", 1, _WORKERS_MAX, found)
    if found:
        raise Refusal(found)
    return Workers(many, number, threads, address, device == "gpu")


def available_processors() -> int:
    """The processors that this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def _whole(text: str, name: str, low: int, high: int, found: list[Finding]) -> int:
    """The number, or `low` and a Finding."""
    plain = text.strip().replace("_", "").replace(",", "")
    if not re.fullmatch(r"[+-]?[0-9]{1,30}", plain):
        found.append(finding(f"simulation.{name}/text", name, given=text[:60], name=name))
        return low
    value = int(plain)
    if not low <= value <= high:
        side = "" if name != "trials" else "/many" if value > high else "/few"
        found.append(finding(f"simulation.{name}{side}", name, name=name, value=value, low=low, high=high))
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


def check_size(setups: Sequence[Setup], workers: Workers) -> list[Finding]:
    """Findings when the simulation would not fit into memory, or not end."""
    found = []
    needed = max(memory_of(setup, workers.threads) for setup in setups)
    free = free_memory()
    if workers.address is None and free is not None and needed > 0.8 * free:
        found.append(finding("simulation.memory", "memory", needed=needed / 2**30, free=free / 2**30))
    if workers.address is None and not workers.gpu:
        days = sum(_seconds(setup) for setup in setups) * workers.trials / workers.threads / 86400
        if days > _DAYS_MAX:
            threads, many = _many("workers", workers.threads), _many("setups", len(setups))
            facts = {"days": days, "trials": workers.trials, "workers": threads, "setups": many}
            found.append(finding("simulation.too_long", "too_long", **facts))
    return found


def _many(what: str, count: int) -> Phrase:
    return phrase(f"{what}.one" if count == 1 else what, count=count)


def _seconds(setup: Setup) -> float:
    """A trial, roughly: drawing goes with participants, counting risk sets with participants times events."""
    if setup.response is not None:
        return setup.participants * len(setup.looks) * 1e-7
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
