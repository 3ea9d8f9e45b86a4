"""Totals over simulated trials: whole numbers, so that they are the same in whatever order and parts they are added.

Squares are kept beside sums, for Monte Carlo errors. Estimates are added in steps of 2^-32 of a log hazard ratio.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from statistics import NormalDist
from typing import Any

import numpy as np

from equipoise.simulation.trials.arithmetic import minus_log
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.tables import TrialRecords

__all__ = ["FINE", "Sums", "Totals", "add_up"]

FINE = 2.0**32
"""Estimates are counted in steps of one by this."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one quantity over trials: how many, their sum, the sum of their squares."""

    count: int = 0
    total: int = 0
    squares: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.count + other.count, self.total + other.total, self.squares + other.squares)

    @staticmethod
    def of(values: Any) -> Sums:
        """Of an array of whole numbers below 2^45 in size; squares are added in two halves, which cannot overflow."""
        # Whole numbers, because their sum does not depend on the order of addition: threads, machines and a device then
        # agree to the last digit. Python's own integers hold what 64 bits would not.
        values = np.asarray(values, dtype=np.int64)
        size = np.abs(values)
        high, low = size >> 24, size & 0xFFFFFF
        squares = (int((high * high).sum()) << 48) + (int((high * low).sum()) << 25) + int((low * low).sum())
        return Sums(len(values), int(values.sum()), squares)


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all trials counted. Tuples have an entry for each look; `ticks`, `events`, `joined` are over trials that
    reached it.

    `efficacy`, `futility`, `harm`: trials that stopped there for it. `ended`: without crossing a bound, at the last
    look. `final_...`: when the trial ended. `estimate`: log hazard ratios, or differences in units of the scale;
    `variance` of them; `covered`: limits contain the truth. Of rates and means `events` are assessments.
    """

    trials: int
    reached: tuple[int, ...]
    efficacy: tuple[int, ...]
    futility: tuple[int, ...]
    harm: tuple[int, ...]
    ticks: tuple[Sums, ...]
    events: tuple[Sums, ...]
    joined: tuple[Sums, ...]
    final_ticks: Sums
    final_events: Sums
    final_joined: Sums
    missed: int
    estimate: Sums
    variance: Sums
    covered: int

    @staticmethod
    def none(looks: int) -> Totals:
        """Of no trials."""
        zero, empty = (0,) * looks, (Sums(),) * looks
        return Totals(0, zero, zero, zero, zero, empty, empty, empty, Sums(), Sums(), Sums(), 0, Sums(), Sums(), 0)

    def __add__(self, other: Totals) -> Totals:
        parts: dict[str, Any] = {}
        for part in fields(self):
            mine, theirs = getattr(self, part.name), getattr(other, part.name)
            if isinstance(mine, tuple):
                parts[part.name] = tuple(a + b for a, b in zip(mine, theirs, strict=True))
            else:
                parts[part.name] = mine + theirs
        return Totals(**parts)


def add_up(setup: Setup, record: TrialRecords) -> Totals:
    """The totals of the trials recorded."""
    looks = range(len(setup.looks))
    at = [record.look == look for look in looks]
    reached = [record.look >= look for look in looks]
    rows = np.arange(len(record.look))

    def stopped(decision: int) -> tuple[int, ...]:
        return tuple(int(np.count_nonzero(mask & (record.decision == decision))) for mask in at)

    def by_look(values: Any) -> tuple[Sums, ...]:
        return tuple(Sums.of(values[mask, look]) for look, mask in zip(looks, reached, strict=True))

    # An estimate that ran away is left out and counted as missing: one infinite value would be the mean of all.
    known = ~np.isnan(record.log_ratio)
    log_ratio, variance = record.log_ratio[known], record.variance[known]
    covered = 0
    # No library's last digit decides: the quantile is rounded, the logarithm is the kernels' own.
    quantile = round(-NormalDist().inv_cdf((1 - setup.confidence) / 2), 12)
    if setup.response is not None:
        covered = int(np.count_nonzero(np.abs(record.pivot) <= quantile))
    elif setup.true_ratio is not None:
        covered = int(np.count_nonzero(np.abs(log_ratio + minus_log(setup.true_ratio)) <= quantile * np.sqrt(variance)))
    return Totals(
        trials=len(rows),
        reached=tuple(int(np.count_nonzero(mask)) for mask in reached),
        efficacy=stopped(1),
        futility=stopped(2),
        harm=stopped(3),
        ticks=by_look(record.ticks),
        events=by_look(record.events),
        joined=by_look(record.joined),
        final_ticks=Sums.of(record.ticks[rows, record.look]),
        final_events=Sums.of(record.events[rows, record.look]),
        final_joined=Sums.of(record.joined[rows, record.look]),
        missed=int(np.count_nonzero(record.missed)),
        estimate=Sums.of(np.rint(log_ratio * FINE)),
        variance=Sums.of(np.rint(np.minimum(variance, 100.0) * FINE)),
        covered=covered,
    )
