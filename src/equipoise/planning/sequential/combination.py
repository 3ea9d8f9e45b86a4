"""Combination tests: stages keep the weight that the plan gave them, whatever their size became.

Inverse normal: Lehmacher and Wassmer (1999), Biometrics 55:1286; Cui, Hung and Wang (1999), Biometrics 55:853. Fisher's
product of p-values: Bauer and Köhne (1994), Biometrics 50:1029. With weights fixed, data may change the size of the
stages to come and alpha still holds. Effects are minus the log hazard ratio; p-values are one-sided, small where there
is benefit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sequential.inference import ConfidenceInterval
from equipoise.planning.sequential.monitoring import Boundaries
from equipoise.roots import find_root

__all__ = ["Combined", "Fisher", "combine_inverse_normal", "plan_fisher", "stage_statistics"]

_NEVER = 12.0
"""Standard deviations away from an estimate at which no p-value is left."""


@dataclass(frozen=True, slots=True)
class Combined:
    """`statistics`: the combined ones, by look so far. `bounds`: the planned boundaries, with weights for information
    and with the slopes that the sizes of the stages gave; conditional, repeated and final inference take them as any
    others.
    """

    statistics: tuple[float, ...]
    bounds: Boundaries


def stage_statistics(information: Sequence[float], statistics: Sequence[float]) -> tuple[float, ...]:
    """The statistic of each stage alone: the increments of the score z*sqrt(I), each over its standard deviation."""
    reached, z = np.array(information, dtype=float), np.array(statistics, dtype=float)
    if len(reached) != len(z) or not len(z):
        raise ValueError(f"{len(z)} statistics for {len(reached)} looks")
    steps = np.diff(reached, prepend=0.0)
    if not (np.isfinite(reached).all() and np.isfinite(z).all() and (steps > 0).all()):
        raise ValueError("statistics are finite, and the information of the looks is positive, finite and increases")
    return tuple((np.diff(z * np.sqrt(reached), prepend=0.0) / np.sqrt(steps)).tolist())


def combine_inverse_normal(plan: Sequential, information: Sequence[float], statistics: Sequence[float]) -> Combined:
    """Z*_k = sum w_i z_i / sqrt(sum w_i**2), with w_i**2 the planned fraction of stage i and z_i its own statistic.

    `information` reached and `statistics` (of all data) by look so far. The mean of Z*_k per unit of effect is
    sum w_i sqrt(I_i)/sqrt(sum w_i**2). Looks to come have the size that the last stage's information foresees for them.
    """
    stages = np.array(stage_statistics(information, statistics))
    seen = len(stages)
    if seen > plan.looks:
        raise ValueError(f"{seen} looks were taken, and {plan.looks} are planned")
    weights = np.sqrt(np.diff(np.array(plan.fractions), prepend=0.0))
    sizes = np.diff(np.array(information, dtype=float), prepend=0.0)
    foreseen = sizes[-1] / weights[seen - 1] ** 2 * weights[seen:] ** 2
    sizes = np.concatenate([sizes, foreseen])
    norms = np.sqrt(np.cumsum(weights**2))
    slopes = np.cumsum(weights * np.sqrt(sizes)) / norms
    combined = np.cumsum(weights[:seen] * stages) / norms[:seen]
    bounds = Boundaries(
        plan.fractions, tuple(slopes.tolist()), plan.upper, plan.lower, plan.alpha_spent, plan.sides, plan.binding
    )
    return Combined(tuple(combined.tolist()), bounds)


@dataclass(frozen=True, slots=True)
class Fisher:
    """Two stages: reject when p1 <= `first`, give up when p1 > `futility_p`,
    reject at the end when p1*p2 <= `product`."""

    alpha: float
    first: float
    product: float
    futility_p: float = 1.0

    def conditional_rejection_probability(self, p1: float) -> float:
        """The p-value that the second stage must reach: product/p1, all of it or nothing at the boundaries."""
        _check_p(p1)
        if p1 <= self.first:
            return 1.0
        return 0.0 if p1 > self.futility_p else min(self.product / p1, 1.0)

    def conditional_power(self, p1: float, effect: float, information: float) -> float:
        """The probability that a second stage of this information rejects."""
        if not 0 < information < math.inf:
            raise ValueError(f"the information of a stage is positive and finite, and {information} is not")
        needed = self.conditional_rejection_probability(p1)
        return needed if needed in (0.0, 1.0) else float(ndtr(ndtri(needed) + effect * math.sqrt(information)))

    def final_p_value(self, p1: float, p2: float | None = None) -> float:
        """By stagewise ordering: p1 when it stopped the trial, else first + p1*p2*ln(futility_p/first)."""
        _check_p(p1)
        if p2 is None or p1 <= self.first or p1 > self.futility_p:
            return p1
        _check_p(p2)
        return self.first + _beyond(p1 * p2, self.first, self.futility_p)

    def repeated_p_value(self, p1: float, p2: float | None = None) -> float:
        """The smallest alpha at which a design of this kind rejects at the last look taken; 0.5 where none does."""
        _check_p(p1)
        if p2 is not None:
            _check_p(p2)

        def excess(alpha: float) -> float:
            plan = plan_fisher(alpha, self.futility_p)
            return math.log(p1 / plan.first) if p2 is None else math.log(p1 * p2 / plan.product)

        most = min(0.5, self.futility_p) - 1e-7
        if excess(most) > 0:
            return 0.5
        return math.exp(find_root(lambda x: excess(math.exp(x)), math.log(1e-12), math.log(most), xtol=1e-10))

    def repeated_intervals(
        self, information: Sequence[float], statistics: Sequence[float]
    ) -> tuple[ConfidenceInterval, ...]:
        """For each look so far, the effects that its boundary does not reject; it ignores giving up, and so holds
        without.
        """
        stages = stage_statistics(information, statistics)
        roots = np.sqrt(np.diff(np.array(information, dtype=float), prepend=0.0)).tolist()
        if len(stages) > 2:
            raise ValueError("Fisher's product is of two stages")
        edge = -float(ndtri(self.first))
        found = [ConfidenceInterval((stages[0] - edge) / roots[0], (stages[0] + edge) / roots[0])]
        if len(stages) == 2:
            level = math.log(self.product)

            def missed(side: float) -> Callable[[float], float]:
                def log_product(effect: float) -> float:
                    parts = ((z - effect * root) * side for z, root in zip(stages, roots, strict=True))
                    return sum(math.log(max(float(ndtr(-part)), 1e-300)) for part in parts) - level

                return log_product

            estimates = [z / root for z, root in zip(stages, roots, strict=True)]
            low, high = min(estimates) - _NEVER / min(roots), max(estimates) + _NEVER / min(roots)
            found.append(
                ConfidenceInterval(*(float(find_root(missed(side), low, high, xtol=1e-12)) for side in (1.0, -1.0)))
            )
        return tuple(found)


def plan_fisher(alpha: float, futility_p: float = 1.0) -> Fisher:
    """Boundaries with equal levels at both stages: first = c(1 - ln c), alpha = first + c ln(futility_p/first).

    The method that rpact calls equalAlpha. Raises ValueError for an alpha of no test, or giving up what would be
    rejected.
    """
    if not 0 < alpha <= 0.5:
        raise ValueError(f"a one-sided alpha lies between 0 and 0.5, and {alpha} does not")
    if not alpha < futility_p <= 1:
        raise ValueError(f"a trial is given up at a p-value above alpha and up to 1, and {futility_p} is not one")

    def spent(log_c: float) -> float:
        c = math.exp(log_c)
        first = c * (1 - log_c)
        return first + _beyond(c, first, futility_p) - alpha

    log_c = float(find_root(spent, math.log(alpha) - 40, math.log(alpha), xtol=1e-14))
    c = math.exp(log_c)
    return Fisher(alpha, c * (1 - log_c), c, futility_p)


def _beyond(product: float, first: float, futility_p: float) -> float:
    """P(first < p1 <= futility_p and p1*p2 <= product) without effect; where product exceeds first, p2 may be anything
    at first.
    """
    if product <= first:
        return product * math.log(futility_p / first)
    if product >= futility_p:
        return futility_p - first
    return product - first + product * math.log(futility_p / product)


def _check_p(p: float) -> None:
    if not 0 < p <= 1:
        raise ValueError(f"a p-value lies above 0 and up to 1, and {p} does not")
