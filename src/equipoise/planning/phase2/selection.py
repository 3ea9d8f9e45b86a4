"""Randomized phase II designs that select or screen rather than prove.

A selection design takes on the arm that looks best, with a stated probability that a truly best one is chosen (Simon,
Wittes and Ellenberg 1985, Cancer Treat Rep 69:1375); screened: only if it reaches a least number of responses.
Survival: Liu, Dahlberg and Crowley (1993), Biometrics 49:391. A screening design compares with a relaxed alpha
(Rubinstein et al. 2005, J Clin Oncol 23:7199). The configuration is the least favorable: one arm is better than all
others, which are alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import comb, gammainc, gammaincinv, gammaln, ndtri

from equipoise.planning.phase2.simon import binomial
from equipoise.planning.sequential.crossing import FloatArray

__all__ = [
    "SelectionChances",
    "correct_selection_hazards",
    "correct_selection_rates",
    "screening_events",
    "selection_events",
    "selection_size",
]

_MOST = 5000


@dataclass(frozen=True, slots=True)
class SelectionChances:
    """What a selection among arms of response rates does.

    `correct`: the best arm is chosen (ties are broken by lot); `none`: no arm reaches the least number of responses;
    `wrong`: another arm is chosen.
    """

    correct: float
    none: float
    wrong: float


def correct_selection_rates(n: int, worse: float, better: float, arms: int = 2, *, least: int = 0) -> SelectionChances:
    """With `n` participants in each arm, one of rate `better` and the others of rate `worse`, exactly binomial.

    sum over x >= least of b(x; better) sum over j of C(k-1, j) b(x; worse)**j B(x-1; worse)**(k-1-j)/(j + 1): j of the
    k - 1 others tie. `least`: the number of responses below which no arm is taken on (screened selection).
    """
    _check_selection(arms, max(n, 1))
    if not 0 < worse <= better < 1:
        raise ValueError("rates lie between 0 and 1, and the better one is not below the worse one")
    if n < 1 or not 0 <= least <= n:
        raise ValueError(f"among {n} participants the least number of responses lies between 0 and {n}")
    mine, theirs = binomial(n, better), binomial(n, worse)
    under = np.concatenate([[0.0], np.cumsum(theirs)[:-1]])
    ties = np.arange(arms)
    shares = comb(arms - 1, ties) / (ties + 1)
    wins = (shares * theirs[:, None] ** ties * under[:, None] ** (arms - 1 - ties)).sum(axis=1)
    correct = float((mine * wins)[least:].sum())
    none = float(mine[:least].sum() * theirs[:least].sum() ** (arms - 1))
    return SelectionChances(correct, none, max(1 - correct - none, 0.0))


def selection_size(worse: float, better: float, arms: int = 2, wanted: float = 0.9) -> int:
    """The participants per arm from which the best arm is always chosen with at least this probability.

    The probability does not quite rise with every participant; the answer is the smallest size after which it never
    falls short again within the next hundred.
    """
    _check_selection(arms, 1)
    _check_wanted(wanted, arms)
    if not 0 < worse < better < 1:
        raise ValueError("rates lie between 0 and 1, the better one above the worse one")
    return _first_lasting(lambda n: correct_selection_rates(n, worse, better, arms).correct, wanted)


def correct_selection_hazards(events: int, hazard_ratio: float, arms: int = 2) -> float:
    """With this number of events in each arm, exponential: the probability that the arm with the smaller hazard looks
    best.

    `hazard_ratio`: of the best arm to the others, below 1. Time at risk until the d-th event is gamma distributed with
    shape d: the integral of its density for the best arm times (distribution function of the others)**(k-1), exact when
    each arm is followed until its d-th event. For two arms about Phi(-ln(HR) sqrt(d/2)).
    """
    _check_selection(arms, events)
    if not 0 < hazard_ratio <= 1:
        raise ValueError(
            f"the best arm has the smallest hazard: its ratio to the others is at most 1, not {hazard_ratio}"
        )
    low, high = (float(gammaincinv(events, p)) for p in (1e-15, 1 - 1e-15))
    nodes, weights = _legendre()
    time = (high - low) / 2 * nodes + (high + low) / 2
    density = np.exp((events - 1) * np.log(time) - time - gammaln(events))
    better = gammainc(events, time / hazard_ratio) ** (arms - 1)
    return float((weights * density * better).sum() * (high - low) / 2)


def selection_events(hazard_ratio: float, arms: int = 2, wanted: float = 0.9) -> int:
    """The events per arm at which the arm with the smallest hazard is chosen with at least this probability."""
    _check_wanted(wanted, arms)
    if not 0 < hazard_ratio < 1:
        raise ValueError(f"the best arm has a smaller hazard: its ratio to the others is below 1, not {hazard_ratio}")
    return _first_lasting(lambda d: correct_selection_hazards(d, hazard_ratio, arms), wanted, ahead=1)


def screening_events(hazard_ratio: float, alpha: float, power: float, ratio: float = 1.0) -> float:
    """Events of both arms for a comparison with relaxed error rates: (1 + r)**2/r (z_alpha + z_power)**2 / ln(HR)**2.

    `alpha` is of one side, 0.10 to 0.20 in such trials; not rounded.
    """
    if not (0 < hazard_ratio < math.inf and hazard_ratio != 1):
        raise ValueError(f"a hazard ratio to look for is positive and not 1, and {hazard_ratio} is neither")
    if not 0 < alpha < 0.5 or not alpha < power < 1:
        raise ValueError("alpha lies between 0 and 0.5, power between alpha and 1")
    if not 0 < ratio < math.inf:
        raise ValueError(f"a ratio of {ratio} to 1 leaves an arm empty")
    tails = float(ndtri(power) - ndtri(alpha))
    return (1 + ratio) ** 2 / ratio * (tails / math.log(hazard_ratio)) ** 2


@lru_cache(maxsize=1)
def _legendre() -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.legendre.leggauss(200)
    return nodes, weights


def _first_lasting(probability: Callable[[int], float], wanted: float, ahead: int = 100) -> int:
    """The smallest count from which the probability is at least `wanted` for the next `ahead` counts too."""
    since = 0
    for count in range(1, _MOST + 1):
        if probability(count) < wanted:
            since = 0
            continue
        since += 1
        if since == ahead:
            return count - ahead + 1
    raise ValueError(f"{_MOST} in each arm are not enough to choose with this probability")


def _check_selection(arms: int, events: int) -> None:
    if arms < 2:
        raise ValueError("a selection needs two arms at least")
    if events < 1:
        raise ValueError("a selection needs an event in each arm at least")


def _check_wanted(wanted: float, arms: int) -> None:
    if not 1 / arms < wanted < 1:
        raise ValueError(
            f"the lot alone chooses rightly with probability {1 / arms:.3g}; ask for more, and less than 1"
        )
