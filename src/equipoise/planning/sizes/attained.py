"""What a design of one arm and a rate attains by the binomial distribution, whose bounds were found by the normal one.

A number of responses is whole, so that a statistic jumps over its bound: the error can lie well above the planned one
(Jung, Lee, Kim and George 2004, Stat Med 23:561, count paths through the stages as is done here).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, xlog1py, xlogy

from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.worth import Benefit
from equipoise.wording.literals import literals_checked

__all__ = ["AttainedErrors", "attained_errors"]


@dataclass(frozen=True, slots=True)
class AttainedErrors:
    """`error`: of the side of the benefit, in trials that go on in spite of futility unless it binds; `power`: of
    trials that stop for it. Of each look `participants` assessed, and the `responses` at which it rejects: at least so
    many where more is better, at most so many where fewer are; None where none would do.
    """

    error: float
    power: float
    participants: tuple[int, ...]
    responses: tuple[int | None, ...]


@literals_checked
def attained_errors(
    design: Sequential, rate: float, null_rate: float, participants: Sequence[int], benefit: Benefit = "above"
) -> AttainedErrors:
    """Exact error and power with cumulative `participants` assessed at the looks; rates between 0 and 1.

    The statistic is that of the report: (found - null rate) over the standard error under the null rate.
    """
    side = 1 if benefit == "above" else -1
    rejecting, giving_up = [], []
    for n, upper, lower in zip(participants, design.upper, design.lower, strict=True):
        z = side * (np.arange(n + 1) / n - null_rate) / math.sqrt(null_rate * (1 - null_rate) / n)
        rejecting.append(z >= upper)
        giving_up.append((z <= lower) & ~rejecting[-1])
    error = _rejected(participants, rejecting, giving_up if design.binding else None, null_rate)
    power = _rejected(participants, rejecting, giving_up, rate)
    found = [np.flatnonzero(mask) for mask in rejecting]
    first = [None if one.size == 0 else int(one[0] if side == 1 else one[-1]) for one in found]
    return AttainedErrors(error, power, tuple(participants), tuple(first))


def _rejected(
    participants: Sequence[int], rejecting: Sequence[np.ndarray], stopping: Sequence[np.ndarray] | None, rate: float
) -> float:
    """The probability of ever rejecting: those who go on after each look, and what the next stage adds."""
    going, before, total = np.ones(1), 0, 0.0
    for place, n in enumerate(participants):
        going = np.convolve(going, _binomial(n - before, rate))
        total += float(going[rejecting[place]].sum())
        stays = ~rejecting[place] if stopping is None else ~(rejecting[place] | stopping[place])
        going, before = going * stays, n
    return total


def _binomial(n: int, rate: float) -> np.ndarray:
    """The probability of 0 to n responses of n; `scipy.stats`, which has it too, takes half a second to load."""
    k = np.arange(n + 1)
    found: np.ndarray = np.exp(-betaln(n - k + 1, k + 1) - math.log(n + 1) + xlogy(k, rate) + xlog1py(n - k, -rate))
    return found
