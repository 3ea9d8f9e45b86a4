"""Weighted log-rank tests of two groups, signed; and MaxCombo, the greatest of several of them.

Positive is benefit: fewer deaths than expected in the second group. Deaths are counted once; weights then act on the
table of death times, so that the covariance of two tests is the sum of the product of their weights and the
hypergeometric variance (Fleming and Harrington 1991, section 7.5; Karrison 2016, Stata J 16:678; Roychoudhury et al.
2023, Stat Biopharm Res 15:300). Refuses when there is nothing to compare.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from equipoise.survival.comparing import refuse_comparison
from equipoise.survival.compiling import kernel_for
from equipoise.survival.inputs import Array, read_codes, read_times
from equipoise.survival.joint_normal import any_at_least, correlation_of
from equipoise.survival.kernels import tabulate_deaths
from equipoise.survival.ordering import order_rows
from equipoise.survival.ties import last_until
from equipoise.survival.weights import LOGRANK, MagirrBurman, Weight
from equipoise.survival.words import refuse
from equipoise.tails import LEAST, above, two_sided

__all__ = ["MaxComboTest", "WeightedLogrankTest", "test_maxcombo", "test_weighted_logrank"]

_MOST = 12


@dataclass(frozen=True, slots=True)
class WeightedLogrankTest:
    """The signed test. `z` is `score` over the root of `variance`; positive where the second group does better.

    `score`: weighted expected minus observed deaths of the second group. `p_value` is of two sides, `p_benefit` of the
    side of benefit. `information`: what weighted deaths of both groups are worth, 1/(1/d1 + 1/d2) with squared weights;
    `information_null`: the same under no effect, by the groups' sizes.
    """

    weight: Weight
    groups: tuple[Any, Any]
    z: float
    score: float
    variance: float
    p_value: float
    p_benefit: float
    information: float
    information_null: float


@dataclass(frozen=True, slots=True)
class MaxComboTest:
    """The greatest of several weighted tests. `z` is that of `tests[best]`; `correlation` has shape (tests, tests).

    One-sided: the greatest z, and `p_value` the probability of one as great. Two-sided: the greatest |z|, likewise.
    """

    tests: tuple[WeightedLogrankTest, ...]
    correlation: Array
    best: int
    z: float
    p_value: float
    sides: int


@dataclass(frozen=True)
class _Deaths:
    """Lines of all strata, one for each time of death with both groups at risk: see `tabulate_deaths`;
    arrays (lines,)."""

    time: Array
    before: Array
    after: Array
    deaths: Array
    deaths_second: Array
    excess: Array
    variance: Array
    last: Array
    groups: tuple[Any, Any]
    share_second: float
    given: tuple[Array, Array, Array, Array | None]

    def weigh(self, weight: Weight) -> Array:
        """The weight of each line, with the pooled survival of its own stratum."""
        found = np.empty(len(self.time))
        read_before = isinstance(weight, MagirrBurman) and weight.reading == "before"
        for start, stop in zip((0, *self.last[:-1]), self.last, strict=True):
            time, before = self.time[start:stop], self.before[start:stop]
            level = before if read_before else self.after[start:stop]

            def survival_at(at: float, time: Array = time, level: Array = level) -> float:
                place = last_until(time, at)
                return float(level[place]) if place >= 0 else 1.0

            found[start:stop] = weight.of(time, before, survival_at)
        return found


def test_weighted_logrank(
    time: Any, event: Any, group: Any, weight: Weight = LOGRANK, strata: Any = None
) -> WeightedLogrankTest:
    """Whether deaths in the second of two groups (by their order) are fewer, for arrays of shape (n,).

    With strata the pooled survival is that of each stratum. Raises Refusal without two groups or events.
    """
    deaths = _tabulate(time, event, group, strata)
    return _describe(deaths, weight, deaths.weigh(weight))


def test_maxcombo(
    time: Any, event: Any, group: Any, weights: Sequence[Weight], strata: Any = None, sides: int = 1
) -> MaxComboTest:
    """The greatest of the weighted tests, against its own distribution under no effect, which is a joint normal one.

    Raises Refusal as `test_weighted_logrank` does, without weights, for more than 12 and for other than 1 or 2 sides.
    """
    if not 1 <= len(weights) <= _MOST:
        refuse("survival.weights/many", "weights", count=len(weights), most=_MOST)
    if sides not in (1, 2):
        refuse("survival.sides", "sides", sides=sides)
    deaths = _tabulate(time, event, group, strata)
    weighed = np.array([deaths.weigh(weight) for weight in weights])
    tests = tuple(_describe(deaths, *pair) for pair in zip(weights, weighed, strict=True))
    correlation = correlation_of(np.einsum("il,jl,l->ij", weighed, weighed, deaths.variance))
    reached = np.array([test.z for test in tests])
    best = int(np.argmax(np.abs(reached) if sides == 2 else reached))
    bound = abs(tests[best].z) if sides == 2 else tests[best].z
    return MaxComboTest(
        tests,
        correlation,
        best,
        tests[best].z,
        max(any_at_least(bound, correlation, both_sides=sides == 2), LEAST),
        sides,
    )


def _tabulate(time: Any, event: Any, group: Any, strata: Any) -> _Deaths:
    times, events, _ = read_times(time, event)
    rows = len(times)
    levels, codes = read_codes(group, rows, "group")
    stratum = None if strata is None else read_codes(strata, rows, "strata")[1]
    if len(levels) != 2:
        refuse("survival.two_groups/one" if len(levels) < 2 else "survival.two_groups", "group", groups=len(levels))
    if not events.any():
        refuse("survival.no_events", "event")
    # Tied rows are only counted, so their order does not matter.
    order, first = order_rows(times, stratum, descending=False, stable=False)
    most, count = int(events.sum()), len(first) - 1
    columns = tuple(np.empty(most) for _ in range(7))
    last = np.zeros(count, dtype=np.int64)
    second = codes.astype(np.int64)
    arrays: Any = (first, times[order], events[order], second[order], *columns, last)
    lines = kernel_for(tabulate_deaths, rows)(*arrays)
    given = times, events, codes, stratum
    found: Any = (*(column[:lines] for column in columns), last, (levels[0], levels[1]), float(second.mean()), given)
    return _Deaths(*found)


def _describe(deaths: _Deaths, weight: Weight, weights: Array) -> WeightedLogrankTest:
    squared = weights * weights
    score, variance = -float(weights @ deaths.excess), float(squared @ deaths.variance)
    if not variance > 0:
        refuse_comparison(*deaths.given, str(weight))
    z = score / math.sqrt(variance)
    second = float(squared @ deaths.deaths_second)
    both = float(squared @ deaths.deaths)
    share = deaths.share_second
    return WeightedLogrankTest(
        weight,
        deaths.groups,
        z,
        score,
        variance,
        two_sided(z),
        above(z),
        second * (both - second) / both,
        share * (1 - share) * both,
    )


# pytest would collect functions of these names from a test module that imports them.
test_weighted_logrank.__test__ = False  # type: ignore[attr-defined]
test_maxcombo.__test__ = False  # type: ignore[attr-defined]
