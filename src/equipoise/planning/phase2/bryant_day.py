"""Bryant and Day's two-stage designs for response and toxicity together in a single arm.

Go on after the first stage with more than r1 responses and more than t1 participants free of toxicity; declare promise
with more than r and more than t in all (Bryant and Day 1995, Biometrics 51:1372). Response and toxicity are taken as
independent; the authors found the errors to depend little on that. Exact search for the design whose greater expected
size, of the two treatments that fail for one reason alone, is smallest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from equipoise.planning.phase2.simon import acceptance, binomial, check_rates, is_enough
from equipoise.planning.sequential.crossing import FloatArray

__all__ = ["BryantDayDesign", "find_bryant_day_design"]

IntArray = np.ndarray[Any, np.dtype[np.int64]]

_MOST_PARTICIPANTS = 200


@dataclass(frozen=True, slots=True)
class BryantDayDesign:
    """Go on with more than `r1` responses and more than `t1` free of toxicity among `n1`; promise with more than `r`
    and `t` of `n`.

    `alpha_response`: the probability of promise for a treatment that is safe but does not work; `alpha_toxicity`: that
    works but is toxic; `power`: that works and is safe. `expected_no_response` and `expected_toxic`: expected sizes for
    the first two.
    """

    r1: int
    t1: int
    n1: int
    r: int
    t: int
    n: int
    alpha_response: float
    alpha_toxicity: float
    power: float
    expected_no_response: float
    expected_toxic: float

    @property
    def expected(self) -> float:
        """What the optimal design has smallest: the greater of the two expected sizes."""
        return max(self.expected_no_response, self.expected_toxic)

    def declaring(self, response: float, safe: float) -> float:
        """The probability of promise at these rates of response and of being free of toxicity, independent of each
        other.
        """
        works = acceptance(self.n1, self.n, response)[self.r1, self.r]
        bears = acceptance(self.n1, self.n, safe)[self.t1, self.t]
        return float(works * bears)


@dataclass(frozen=True, slots=True)
class _Side:
    """Pairs of limits for one endpoint that may belong to a design: arrays (pairs,), sorted by nothing."""

    first: IntArray
    last: IntArray
    bad: FloatArray
    good: FloatArray
    on_bad: FloatArray
    on_good: FloatArray


def find_bryant_day_design(
    response: tuple[float, float],
    safe: tuple[float, float],
    alpha_response: float,
    alpha_toxicity: float,
    beta: float,
) -> BryantDayDesign:
    """The optimal design. `response` and `safe`: the (unacceptable, acceptable) rates of response and of freedom from
    toxicity.

    The search ends when no larger trial can have a smaller expected size. Raises ValueError for rates out of order, and
    for trials above 200.
    """
    check_rates(*response, alpha_response, beta)
    check_rates(*safe, alpha_toxicity, beta)
    best: BryantDayDesign | None = None
    going_on: dict[int, float] = {}
    for n in range(2, _MOST_PARTICIPANTS + 1):
        # Alone, an endpoint may err as often as the other lets pass: at least 1 - beta of the time.
        alone = ((response, alpha_response), (safe, alpha_toxicity))
        if not all(is_enough(n, *rates, min(alpha / (1 - beta), 1.0), beta) for rates, alpha in alone):
            continue
        limit = math.inf if best is None else best.expected
        stages = [n1 for n1 in range(1, n) if n1 < limit]
        for n1 in stages:
            if n1 not in going_on:
                going_on[n1] = _least_going_on(n1, response, safe, beta)
        least = {n1: n1 + going_on[n1] * (n - n1) for n1 in stages}
        if best is not None and min(least.values()) >= best.expected:
            return best
        for n1 in stages:
            if best is None or least[n1] < best.expected:
                found = _best_of_stages(n1, n, response, safe, alpha_response, alpha_toxicity, beta)
                if found is not None and (best is None or found.expected < best.expected - 1e-12):
                    best = found
    if best is None:
        raise ValueError(f"no design of up to {_MOST_PARTICIPANTS} participants has these errors")
    return best


def _least_going_on(n1: int, response: tuple[float, float], safe: tuple[float, float], beta: float) -> float:
    """The smallest probability of going on, for the treatment of the two that more often does,
    that power leaves to n1."""
    on = {rate: 1 - np.cumsum(binomial(n1, rate)) for rate in (*response, *safe)}
    kept = on[response[1]][:, None] * on[safe[1]][None, :] >= 1 - beta
    no_response = on[response[0]][:, None] * on[safe[1]][None, :]
    toxic = on[response[1]][:, None] * on[safe[0]][None, :]
    # -1 stops nobody; it is always allowed.
    return float(np.where(kept, np.maximum(no_response, toxic), 1.0).min())


def _best_of_stages(
    n1: int,
    n: int,
    response: tuple[float, float],
    safe: tuple[float, float],
    alpha_response: float,
    alpha_toxicity: float,
    beta: float,
) -> BryantDayDesign | None:
    """The design with these sizes whose greater expected size is smallest, where there is one."""
    works, bears = _side(n1, n, response, alpha_response, beta), _side(n1, n, safe, alpha_toxicity, beta)
    if not len(works.bad) or not len(bears.bad):
        return None
    power = works.good[:, None] * bears.good[None, :]
    fails = works.bad[:, None] * bears.good[None, :]
    harms = works.good[:, None] * bears.bad[None, :]
    on_fails = works.on_bad[:, None] * bears.on_good[None, :]
    on_harms = works.on_good[:, None] * bears.on_bad[None, :]
    possible = (power >= 1 - beta) & (fails <= alpha_response) & (harms <= alpha_toxicity)
    expected = np.where(possible, n1 + np.maximum(on_fails, on_harms) * (n - n1), math.inf)
    i, j = np.unravel_index(int(np.argmin(expected)), expected.shape)
    if not math.isfinite(expected[i, j]):
        return None
    return BryantDayDesign(
        int(works.first[i]),
        int(bears.first[j]),
        n1,
        int(works.last[i]),
        int(bears.last[j]),
        n,
        float(fails[i, j]),
        float(harms[i, j]),
        float(power[i, j]),
        float(n1 + on_fails[i, j] * (n - n1)),
        float(n1 + on_harms[i, j] * (n - n1)),
    )


def _side(n1: int, n: int, rates: tuple[float, float], alpha: float, beta: float) -> _Side:
    """The limits of one endpoint that a design can have, whatever those of the other: it accepts at most 1, at least 1
    - beta.
    """
    bad, good = acceptance(n1, n, rates[0]), acceptance(n1, n, rates[1])
    on_bad, on_good = (1 - np.cumsum(binomial(n1, rate)) for rate in rates)
    first, last = np.nonzero((good >= 1 - beta) & (bad * (1 - beta) <= alpha))
    return _Side(
        first.astype(np.int64),
        last.astype(np.int64),
        bad[first, last],
        good[first, last],
        on_bad[first],
        on_good[first],
    )
