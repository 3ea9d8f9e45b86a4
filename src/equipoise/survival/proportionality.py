"""Whether hazard ratios stay the same over time: the score test for a coefficient that changes with a function of time.

Grambsch and Therneau 1994 (Biometrika 81:515), in the exact form of R's `cox.zph` since survival 3.0: the risk sets'
own information, not its average.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from equipoise.survival.climbing import climb
from equipoise.survival.curve import estimate_kaplan_meier
from equipoise.survival.inputs import Array
from equipoise.survival.risk_sets import RiskSets, evaluate, prepare
from equipoise.survival.words import refuse
from equipoise.tails import chi_square_above

__all__ = ["ProportionalityTest", "test_proportional_hazards"]


@dataclass(frozen=True)
class ProportionalityTest:
    """The test of all covariates together, and of each alone, shape (p,)."""

    chi_square: float
    degrees_of_freedom: int
    p_value: float
    chi_squares: Array
    p_values: Array
    transform: str


def test_proportional_hazards(
    time: Any,
    event: Any,
    X: Any,
    strata: Any = None,
    ties: str = "efron",
    transform: str = "km",
    *,
    start: Any = None,
    weights: Any = None,
) -> ProportionalityTest:
    """Test times and events of shape (n,) and covariates of shape (n, p).

    `transform` of time: km (one minus survival just before), identity, log or rank. Raises Refusal as `estimate_cox`.
    """
    sets = prepare(time, event, X, strata=strata, ties=ties, start=start, weights=weights)
    top = climb(sets, allow_unbounded=False)
    beta, plain = top.beta, top.point[2]
    scale = _scale(sets, transform)
    died = sets.event == 1
    scale = scale - scale[died].mean()  # changes no test; keeps the sums small
    if np.abs(scale[died]).max() <= 1e-12:
        refuse("survival.one_time", "time")
    _, gradient, mixed = evaluate(sets, beta, scale)
    _, _, squared = evaluate(sets, beta, scale**2)
    # The information about a change over time that is left when the coefficients themselves are estimated.
    left = squared - mixed @ np.linalg.solve(plain, mixed)
    size = np.sqrt(np.diag(squared))
    if not size.all() or np.linalg.eigvalsh(left / np.outer(size, size))[0] < 1e-8:
        refuse("survival.few_events", "event")
    together = float(gradient @ np.linalg.solve(left, gradient))
    alone = gradient**2 / np.diag(left)
    p_values = np.array([chi_square_above(float(value), 1) for value in alone])
    return ProportionalityTest(together, len(beta), chi_square_above(together, len(beta)), alone, p_values, transform)


def _scale(sets: RiskSets, transform: str) -> Array:
    """The function of time at each row, in the order of the risk sets."""
    if transform == "identity":
        return sets.time
    if transform == "log":
        if sets.time.min() <= 0:
            refuse("survival.log_time", "time")
        return np.log(sets.time)
    if transform == "rank":
        # Ties share their mean rank.
        _, place, counts = np.unique(sets.time, return_inverse=True, return_counts=True)
        return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place])
    if transform != "km":
        refuse("survival.transform", "transform", given=transform)
    curve = estimate_kaplan_meier(sets.time, sets.event, start=sets.start if len(sets.start) else None)
    before = np.concatenate([[1.0], curve.survival])
    return np.asarray(1 - before[np.searchsorted(curve.time, sets.time, side="left")])


# pytest would collect a function of this name from a test module that imports it.
test_proportional_hazards.__test__ = False  # type: ignore[attr-defined]
