"""The probability that the greatest of correlated standard normal statistics reaches a value. Knows no test.

The tail is cut into the disjoint parts in which statistic i is the first to reach the value, so that small
probabilities keep their digits. Each part is integrated over the independent normals of a pivoted Cholesky factor, the
last of them in closed form (Genz 1992, J Comput Graph Stat 1:141). Statistics that are sums of one another, as FH(0, 1)
+ FH(1, 0) = FH(0, 0), make the correlation singular: they only narrow the limits of the last normal that they depend on
(Genz and Kwong 2000, J Stat Comput Simul 68:1). No chance is involved: up to four independent normals by Gauss-Legendre
nodes, more by a fixed lattice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.special import ndtr, ndtri

from equipoise.survival.inputs import Array

__all__ = ["any_at_least", "correlation_of", "equal_bound"]

_RANK = 1e-9
"""Pivots below this are rounding: the statistic is a sum of those before it."""
_DEPENDS = 1e-7
_REACH = 8.5
_NODES = {1: 1536, 2: 192, 3: 48}
"""Gauss-Legendre nodes for each normal but the last, by how many there are."""
_LATTICE = 2**16
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31)


def correlation_of(covariance: Array) -> Array:
    """The correlations, shape (k, k), of a covariance matrix with positive diagonal."""
    scale = np.sqrt(np.diag(covariance))
    found = np.asarray(covariance / np.outer(scale, scale))
    np.fill_diagonal(found, 1.0)
    return np.clip(found, -1.0, 1.0)


def any_at_least(
    bound: float, correlation: Array, means: Sequence[float] | Array | None = None, *, both_sides: bool = False
) -> float:
    """P(max Z >= bound) for standard deviations 1, `correlation` (k, k) and `means` (k,; zero); or of max |Z|.

    Accurate to about 1e-8 for up to three independent statistics, to about 1e-5 for more. Raises ValueError for shapes
    that do not fit and for more than 12 statistics.
    """
    r = np.atleast_2d(np.asarray(correlation, dtype=np.float64))
    k = len(r)
    mean = np.zeros(k) if means is None else np.asarray(means, dtype=np.float64)
    if r.shape != (k, k) or mean.shape != (k,) or not 1 <= k <= len(_PRIMES) + 1:
        raise ValueError(f"a correlation of shape {r.shape} with {mean.shape} means")
    if both_sides:
        if bound <= 0:
            return 1.0
        # |Z| reaches the bound where Z or -Z does; the two are one singular problem.
        return _tail(np.full(2 * k, bound) - np.concatenate([mean, -mean]), np.block([[r, -r], [-r, r]]))
    return _tail(bound - mean, r)


def equal_bound(error: float, correlation: Array, *, both_sides: bool = False) -> float:
    """The value that the greatest statistic reaches with probability `error` when all means are zero."""
    from equipoise.roots import find_root

    k = len(correlation) * (2 if both_sides else 1)
    # Between that of one statistic and Bonferroni's.
    low, high = -float(ndtri(error)), float(-ndtri(error / k))
    if high - low < 1e-12:
        return high
    miss = lambda z: any_at_least(z, correlation, both_sides=both_sides) - error  # noqa: E731
    return float(find_root(miss, low - 1e-6, high + 1e-6, xtol=1e-9))


def _tail(bounds: Array, correlation: Array) -> float:
    """P(some Z_i >= bound_i)."""
    total = 0.0
    # The likeliest to reach its bound first: the parts that follow are then small.
    order = np.argsort(bounds, kind="stable")
    for place, i in enumerate(order):
        before = order[:place]
        total += _part(bounds, correlation, int(i), before)
    return min(total, 1.0)


def _part(bounds: Array, correlation: Array, reaching: int, below: Array) -> float:
    """P(Z_i >= bound_i and Z_j < bound_j for the j `below`)."""
    chosen = np.concatenate([[reaching], below]).astype(np.int64)
    rows, rank = _factor(correlation[np.ix_(chosen, chosen)])
    limits = bounds[chosen]
    last = np.array([np.flatnonzero(row)[-1] for row in rows])
    # Row 0 is y_0 >= limit; all others are upper limits, each on the last normal it depends on.
    floor = max(float(limits[0]), -_REACH)
    if floor >= 38:
        return 0.0
    constraints = [[(rows[i], float(limits[i])) for i in range(1, len(rows)) if last[i] == j] for j in range(rank)]
    ceiling = math.inf
    for row, limit in constraints[0]:
        if row[0] > 0:
            ceiling = min(ceiling, limit / row[0])
        else:
            floor = max(floor, limit / row[0])
    if not floor < ceiling:
        return 0.0
    if rank == 1:
        return float(ndtr(-floor) - ndtr(-ceiling))
    points, weights = _grid(rank - 1)
    return _integrate(floor, min(ceiling, max(floor, 0.0) + _REACH), constraints, points, weights)


def _integrate(
    floor: float, ceiling: float, constraints: list[list[tuple[Array, float]]], points: Array, weights: Array
) -> float:
    """Normals in turn, each mapped onto its limits given those before; the last in closed form."""
    count, free = points.shape
    y = np.zeros((count, free))
    mass = weights.copy()
    low, high = np.full(count, floor), np.full(count, ceiling)
    for j in range(free):
        if j:
            low, high = _limits(constraints[j], y, j)
            low, high = np.clip(low, -_REACH, _REACH), np.clip(high, -_REACH, _REACH)
        if free in _NODES:
            span = np.maximum(high - low, 0.0)
            y[:, j] = low + span * points[:, j]
            mass *= span * np.exp(-0.5 * y[:, j] ** 2) / math.sqrt(2 * math.pi)
        else:
            # A lattice is too coarse for the density: it is laid over its quantiles.
            side = np.where(low > 0, -1.0, 1.0)
            from_, to = ndtr(side * low), ndtr(side * high)
            y[:, j] = side * ndtri(from_ + (to - from_) * points[:, j])
            mass *= np.abs(to - from_) * (low < high)
    low, high = _limits(constraints[free], y, free)
    # Of the two tails the smaller keeps its digits.
    inside = np.where(low > 0, ndtr(-low) - ndtr(-high), ndtr(high) - ndtr(low))
    return float(mass @ np.maximum(inside, 0.0))


def _limits(constraints: list[tuple[Array, float]], y: Array, j: int) -> tuple[Array, Array]:
    """Limits of normal `j`, given the values of those before it; arrays (points,)."""
    low, high = np.full(len(y), -np.inf), np.full(len(y), np.inf)
    for row, limit in constraints:
        at = (limit - y[:, :j] @ row[:j]) / row[j]
        if row[j] > 0:
            high = np.minimum(high, at)
        else:
            low = np.maximum(low, at)
    return low, high


def _factor(correlation: Array) -> tuple[Array, int]:
    """Rows L with L L' = correlation, shape (k, rank), the first row (1, 0, ...), and the rank."""
    k = len(correlation)
    rows = np.zeros((k, k))
    left = correlation.astype(np.float64).copy()
    rank, used = 0, np.zeros(k, dtype=bool)
    while rank < k:
        free = np.where(used, -1.0, np.diag(left))
        pivot = 0 if rank == 0 else int(np.argmax(free))
        if free[pivot] <= _RANK:
            break
        rows[:, rank] = np.where(used, 0.0, left[:, pivot] / math.sqrt(left[pivot, pivot]))
        left -= np.outer(rows[:, rank], rows[:, rank])
        used[pivot] = True
        rank += 1
    # What rounding left would otherwise count as a dependence.
    rows[np.abs(rows) < _DEPENDS] = 0.0
    return rows[:, :rank], rank


@lru_cache(maxsize=8)
def _grid(free: int) -> tuple[Array, Array]:
    """Points in the unit cube, shape (points, free), and their weights."""
    if free in _NODES:
        panels = 24 if free == 1 else 4
        x, w = np.polynomial.legendre.leggauss(_NODES[free] // panels)
        line = ((np.arange(panels)[:, None] + (x + 1) / 2) / panels).ravel()
        part = np.tile(w / 2 / panels, panels)
        axes = np.meshgrid(*[line] * free, indexing="ij")
        weights = np.ones(1)
        for _ in range(free):
            weights = np.outer(weights, part).ravel()
        return np.stack([axis.ravel() for axis in axes], axis=1), weights
    roots = np.sqrt(np.array(_PRIMES[:free], dtype=np.float64))
    steps = (np.arange(_LATTICE)[:, None] + 0.5) * roots
    # The tent makes what is integrated periodic.
    return np.abs(2 * (steps - np.floor(steps)) - 1), np.full(_LATTICE, 1.0 / _LATTICE)
