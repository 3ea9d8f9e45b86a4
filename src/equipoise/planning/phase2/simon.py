"""Simon's two-stage designs for the response rate of a single arm, found by exact search.

Stop after the first stage with r1 responses or fewer; declare promise with more than r in all (Simon 1989, Control Clin
Trials 10:1). Optimal: the smallest expected size under the uninteresting rate; minimax: the smallest size; an
admissible design is best for some weight between the two (Jung et al. 2004, Stat Med 23:561). All probabilities are
binomial, none approximate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import bdtr, gammaln

from equipoise.planning.sequential.crossing import FloatArray

__all__ = [
    "SimonDesign",
    "SimonDesigns",
    "acceptance",
    "binomial",
    "check_rates",
    "find_simon_designs",
    "is_enough",
    "one_stage_size",
]

_MOST_PARTICIPANTS = 500


@dataclass(frozen=True, slots=True)
class SimonDesign:
    """Stop with `r1` responses or fewer among `n1`, fail with `r` or fewer among `n`.

    `alpha`: the probability of declaring promise at the uninteresting rate, `power` at the interesting one. `expected`
    and `stopping` (after the first stage) are under the uninteresting rate.
    """

    r1: int
    n1: int
    r: int
    n: int
    alpha: float
    power: float
    expected: float
    stopping: float

    def declaring(self, rate: float) -> float:
        """The probability of declaring promise when the response rate is this."""
        return float(acceptance(self.n1, self.n, rate)[self.r1, self.r])


@dataclass(frozen=True, slots=True)
class SimonDesigns:
    """`admissible` runs from minimax to optimal, both included, with sizes growing and expected sizes falling."""

    optimal: SimonDesign
    minimax: SimonDesign
    admissible: tuple[SimonDesign, ...]


def find_simon_designs(uninteresting: float, interesting: float, alpha: float, beta: float) -> SimonDesigns:
    """The designs with errors of at most `alpha` (at the uninteresting rate) and `beta` (at the interesting one).

    The search ends by proof and not by a limit: no larger trial can have a smaller expected size, since its first stage
    must keep the power and so cannot stop more often. Raises ValueError for rates out of order and for trials above
    500.

    >>> designs = find_simon_designs(0.1, 0.3, alpha=0.05, beta=0.2)
    >>> designs.optimal.n, designs.minimax.n
    (29, 25)
    """
    check_rates(uninteresting, interesting, alpha, beta)
    best_of: dict[int, SimonDesign] = {}
    best = math.inf
    size = 2
    while size <= _MOST_PARTICIPANTS:
        if best_of and _least_expected(uninteresting, interesting, beta, size, best) >= best:
            break
        found = _best_of_size(size, uninteresting, interesting, alpha, beta)
        if found is not None:
            best_of[size] = found
            best = min(best, found.expected)
        size += 1
    if not best_of:
        raise ValueError(f"no design of up to {_MOST_PARTICIPANTS} participants has these errors")
    designs = [best_of[n] for n in sorted(best_of)]
    optimal = min(designs, key=lambda d: (d.expected, d.n))
    return SimonDesigns(optimal, designs[0], _hull([d for d in designs if d.n <= optimal.n]))


def one_stage_size(uninteresting: float, interesting: float, alpha: float, beta: float) -> tuple[int, int]:
    """(r, n) of the smallest design of one stage: promise with more than r responses among n, exactly binomial."""
    check_rates(uninteresting, interesting, alpha, beta)
    for n in range(1, _MOST_PARTICIPANTS + 1):
        counts = np.arange(n + 1)
        r = int(np.argmax(1 - bdtr(counts, n, uninteresting) <= alpha))
        if 1 - bdtr(r, n, interesting) >= 1 - beta:
            return r, n
    raise ValueError(f"no design of up to {_MOST_PARTICIPANTS} participants has these errors")


def check_rates(uninteresting: float, interesting: float, alpha: float, beta: float) -> None:
    """ValueError for rates and errors that no design can have."""
    if not 0 < uninteresting < interesting < 1:
        raise ValueError("rates lie between 0 and 1, the interesting one above the uninteresting one")
    if not (0 < alpha < 0.5 and 0 < beta < 0.5):
        raise ValueError("alpha and beta lie between 0 and 0.5")


def is_enough(n: int, uninteresting: float, interesting: float, alpha: float, beta: float) -> bool:
    """Whether any test of n responses could have these errors; where it is false, none can, in however many stages.

    Neyman and Pearson: none has more power than one stage that rejects at r too, by the toss of a coin.
    """
    r = int(np.argmax(1 - bdtr(np.arange(n + 1), n, uninteresting) <= alpha))
    return r == 0 or float(1 - bdtr(r - 1, n, interesting)) >= 1 - beta


def binomial(n: int, rate: float) -> FloatArray:
    """The probabilities of 0 to n responses, array (n + 1,); exact also where powers of the rate would vanish."""
    counts = np.arange(n + 1)
    logs = _log_choose(n) + counts * math.log(rate) + (n - counts) * math.log1p(-rate)
    return np.exp(logs)  # type: ignore[no-any-return]


def acceptance(n1: int, n: int, rate: float) -> FloatArray:
    """P(more than r1 responses among n1 and more than r among n), array (n1 + 1, n + 1), row r1, column r."""
    first = binomial(n1, rate)
    later = binomial(n - n1, rate)
    # P(second stage > j) for j from -n1-1 to n: certain below 0, impossible from n - n1 on.
    tail = np.concatenate([np.ones(n1 + 1), np.cumsum(later[::-1])[::-1][1:], np.zeros(n1 + 1)])
    more = tail[np.arange(n + 1)[None, :] - np.arange(n1 + 1)[:, None] + n1 + 1]
    joint = first[:, None] * more
    above = np.zeros((n1 + 1, n + 1))
    above[:-1] = np.cumsum(joint[::-1], axis=0)[::-1][1:]
    return above


@lru_cache(maxsize=1024)
def _log_choose(n: int) -> FloatArray:
    counts = np.arange(n + 1)
    return gammaln(n + 1) - gammaln(counts + 1) - gammaln(n - counts + 1)  # type: ignore[no-any-return]


@lru_cache(maxsize=4096)
def _first_stage(n1: int, uninteresting: float, interesting: float, beta: float) -> float:
    """The greatest probability of stopping early under the uninteresting rate that a first stage of n1 may have; -1:
    none.
    """
    r1 = int(np.searchsorted(bdtr(np.arange(n1 + 1), n1, interesting), beta, side="right")) - 1
    return float(bdtr(r1, n1, uninteresting)) if r1 >= 0 else 0.0


def _least_expected(uninteresting: float, interesting: float, beta: float, size: int, best: float) -> float:
    """No design of this size or more has a smaller expected size than this."""
    stages = range(1, min(size, math.ceil(best)) if math.isfinite(best) else size)
    return min(
        (n1 + (1 - _first_stage(n1, uninteresting, interesting, beta)) * (size - n1) for n1 in stages), default=math.inf
    )


def _best_of_size(n: int, uninteresting: float, interesting: float, alpha: float, beta: float) -> SimonDesign | None:
    """The design of this size with the smallest expected one, where a design exists."""
    found: SimonDesign | None = None
    if not is_enough(n, uninteresting, interesting, alpha, beta):
        return None
    for n1 in range(1, n):
        least = n1 + (1 - _first_stage(n1, uninteresting, interesting, beta)) * (n - n1)
        if found is not None and least >= found.expected:
            continue
        under, over = acceptance(n1, n, uninteresting), acceptance(n1, n, interesting)
        # For each r1 the smallest r that keeps alpha has the most power.
        at = np.argmax(under <= alpha, axis=1)
        rows = np.arange(n1 + 1)
        powers = over[rows, at]
        stopping = np.cumsum(binomial(n1, uninteresting))
        expected = np.where(powers >= 1 - beta, n1 + (1 - stopping) * (n - n1), math.inf)
        r1 = int(np.argmin(expected))
        if math.isfinite(expected[r1]) and (found is None or expected[r1] < found.expected):
            found = SimonDesign(
                r1,
                n1,
                int(at[r1]),
                n,
                float(under[r1, at[r1]]),
                float(powers[r1]),
                float(expected[r1]),
                float(stopping[r1]),
            )
    return found


def _hull(designs: list[SimonDesign]) -> tuple[SimonDesign, ...]:
    """Those that are best for some weight between size and expected size: the lower convex hull."""
    hull: list[SimonDesign] = []
    for design in designs:
        if hull and design.expected >= hull[-1].expected:
            continue
        while len(hull) > 1 and _turns_up(hull[-2], hull[-1], design):
            hull.pop()
        hull.append(design)
    return tuple(hull)


def _turns_up(a: SimonDesign, b: SimonDesign, c: SimonDesign) -> bool:
    return (b.expected - a.expected) * (c.n - a.n) >= (c.expected - a.expected) * (b.n - a.n)
