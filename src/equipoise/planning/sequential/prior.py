"""What is believed of the log hazard ratio before the trial, and after it has been looked at.

A prior is a normal distribution or a mixture of some, on the natural logarithm of the hazard ratio (experimental to
control: below 0 is benefit). Data update it as a normal estimate with a standard error (Spiegelhalter, Abrams and Myles
2004, section 3.6; mixtures: Schmidli et al. 2014, Biometrics 70:1023). Its numbers come from the protocol; nothing here
has defaults of belief.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtr, ndtri

from equipoise.design.spec import Prior
from equipoise.planning.sequential.crossing import FloatArray
from equipoise.roots import find_root

__all__ = ["NormalMixture", "prior_of", "update"]

_REACH = 8.5
"""Standard deviations of a component beyond which nothing is integrated: the tail is below 1e-17."""
_NODES = (32.0, 4.0)
"""Nodes at least, and for each width over which the integrand changes."""


@dataclass(frozen=True, slots=True)
class NormalMixture:
    """A distribution of the log hazard ratio: `weights` (they sum to 1), `means` and `sds` of its normal components.

    A standard deviation of 0 is a point. Raises ValueError for weights or deviations that no distribution has.
    """

    weights: tuple[float, ...]
    means: tuple[float, ...]
    sds: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.weights or not len(self.weights) == len(self.means) == len(self.sds):
            raise ValueError("a mixture has as many weights and means as standard deviations, at least one")
        if any(w < 0 for w in self.weights) or abs(sum(self.weights) - 1) > 1e-9:
            raise ValueError("the weights of a mixture are not negative and sum to 1")
        if not all(map(math.isfinite, (*self.means, *self.sds))) or any(s < 0 for s in self.sds):
            raise ValueError("means are finite; standard deviations are finite and not negative")

    @staticmethod
    def normal(mean: float, sd: float) -> NormalMixture:
        """One normal distribution of the log hazard ratio."""
        return NormalMixture((1.0,), (mean,), (sd,))

    @property
    def parts(self) -> list[tuple[float, float, float]]:
        """(weight, mean, standard deviation) of each component."""
        return list(zip(self.weights, self.means, self.sds, strict=True))

    @property
    def mean(self) -> float:
        """The mean of the log hazard ratio."""
        return sum(w * m for w, m, _ in self.parts)

    @property
    def sd(self) -> float:
        """The standard deviation of the log hazard ratio."""
        return math.sqrt(sum(w * (s * s + m * m) for w, m, s in self.parts) - self.mean**2)

    def probability_below(self, hazard_ratio: float) -> float:
        """The probability that the hazard ratio is below this one: with 1, of benefit; with a smaller one, of relevant
        benefit.
        """
        if not hazard_ratio > 0:
            raise ValueError(f"a hazard ratio is positive, and {hazard_ratio} is not")
        log = math.log(hazard_ratio)
        return float(sum(w * (ndtr((log - m) / s) if s else float(m < log)) for w, m, s in self.parts))

    def quantile(self, probability: float) -> float:
        """The hazard ratio below which the true one lies with this probability."""
        if not 0 < probability < 1:
            raise ValueError(f"a probability lies between 0 and 1, and {probability} does not")
        limits = [m + s * float(ndtri(probability)) for _, m, s in self.parts]
        low, high = min(limits) - 1e-9, max(limits) + 1e-9
        log = find_root(lambda x: self.probability_below(math.exp(x)) - probability, low, high, xtol=1e-13)
        return math.exp(log)

    def discounted(self, share: float) -> NormalMixture:
        """With only this share of its information: every standard deviation divided by sqrt(share) (Ibrahim and Chen
        2000).
        """
        if not 0 < share <= 1:
            raise ValueError(f"a prior keeps a share of its information above 0 and up to 1, and {share} is not one")
        return NormalMixture(self.weights, self.means, tuple(s / math.sqrt(share) for s in self.sds))

    def beside(self, other: NormalMixture, weight: float) -> NormalMixture:
        """A mixture that believes `other` with this weight: a wide other one makes a prior robust (Schmidli et al.
        2014).
        """
        if not 0 <= weight <= 1:
            raise ValueError(f"a weight lies between 0 and 1, and {weight} does not")
        weights = (*((1 - weight) * w for w in self.weights), *(weight * w for w in other.weights))
        return NormalMixture(weights, self.means + other.means, self.sds + other.sds)

    def events_worth(self, ratio: float = 1.0) -> float:
        """The number of events whose information equals that of the prior: (1 + r)**2/r / variance, r participants to
        1.
        """
        return math.inf if self.sd == 0 else (1 + ratio) ** 2 / ratio / self.sd**2

    def expected(
        self, of: Callable[[float], Sequence[float] | FloatArray], low: float, high: float, width: float
    ) -> FloatArray:
        """The expectation of a function of the log hazard ratio, an array like what `of` returns.

        `of` is constant below `low` and above `high`, and changes over distances of `width` at least.
        """
        at_low, at_high = np.asarray(of(low), dtype=float), np.asarray(of(high), dtype=float)
        total = np.zeros_like(at_low)
        for weight, mean, sd in self.parts:
            if sd == 0:
                total = total + weight * np.asarray(of(mean), dtype=float)
                continue
            total = total + weight * (at_low * ndtr((low - mean) / sd) + at_high * ndtr((mean - high) / sd))
            left, right = max(low, mean - _REACH * sd), min(high, mean + _REACH * sd)
            if left < right:
                least, each = _NODES
                count = 16 * math.ceil((least + each * (right - left) / min(sd, width)) / 16)
                nodes, weights = _legendre(count)
                x = (right - left) / 2 * nodes + (right + left) / 2
                density = np.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * math.sqrt(2 * math.pi))
                mass = weight * weights * density * (right - left) / 2
                total = total + mass @ np.array([np.asarray(of(float(v)), dtype=float) for v in x])
        return total


def update(prior: NormalMixture, log_hazard_ratio: float, standard_error: float) -> NormalMixture:
    """The posterior after an estimate of the log hazard ratio with this standard error.

    Each component: precision-weighted mean; its weight in proportion to how well it foresaw the estimate.
    """
    if not (0 < standard_error < math.inf and math.isfinite(log_hazard_ratio)):
        raise ValueError("an estimate is finite, and its standard error positive and finite")
    logs, means, sds = [], [], []
    for weight, mean, sd in prior.parts:
        total = sd * sd + standard_error**2
        share = sd * sd / total
        means.append(mean + share * (log_hazard_ratio - mean))
        sds.append(math.sqrt(share) * standard_error)
        seen = -0.5 * ((log_hazard_ratio - mean) ** 2 / total + math.log(total))
        logs.append(math.log(weight) + seen if weight else -math.inf)
    most = max(logs)
    raw = [math.exp(log - most) for log in logs]
    return NormalMixture(tuple(r / sum(raw) for r in raw), tuple(means), tuple(sds))


def prior_of(clause: Prior, ratio: float = 1.0) -> NormalMixture:
    """The prior that a protocol states, discounted where it says so; `ratio` participants to 1, for what events are
    worth.
    """
    sds = [
        p.sd if p.sd is not None else (1 + ratio) / math.sqrt(ratio * (p.events or math.nan)) for p in clause.components
    ]
    total = sum(p.weight for p in clause.components)
    weights = tuple(p.weight / total for p in clause.components)
    mixture = NormalMixture(weights, tuple(math.log(p.hazard_ratio) for p in clause.components), tuple(sds))
    return mixture.discounted(clause.discount)


@lru_cache(maxsize=64)
def _legendre(count: int) -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return nodes, weights
