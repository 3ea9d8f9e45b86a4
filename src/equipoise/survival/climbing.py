"""The maximum of a Cox model's partial likelihood, by Newton's method with halved steps.

Refuses covariates that cannot be told apart. Notices a maximum at infinity (monotone likelihood: Heinze and Schemper
2001, Biometrics 57:114) by coefficients that still walk while the likelihood no longer rises.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equipoise.survival.inputs import Array
from equipoise.survival.risk_sets import RiskSets, evaluate
from equipoise.survival.words import refuse

__all__ = ["Summit", "all_on_one_side", "climb"]

_ITERATIONS = 60
# Newton's error is about the square of its last step (in standard deviations of the covariate), so this leaves 1e-13.
_STEP = 3e-7
# A likelihood that no longer rises while a coefficient still walks: its maximum is at infinity.
_WALK, _RISE = 1e-4, 1e-12
# No step changes anybody's log hazard by more: beyond, exponentials overflow before the likelihood can tell.
_REACH = 30.0
# Log hazards so far apart that their exponentials leave the range of numbers: nobody's estimate is there.
_FAR = 500.0

# Log likelihood, gradient, information.
_Point = tuple[float, Array, Array]


@dataclass(frozen=True)
class Summit:
    """Coefficients of the scaled covariates, the point there and at 0, which coefficients run away, iterations."""

    beta: Array
    point: _Point
    null: _Point
    unbounded: Array
    iterations: int


def climb(sets: RiskSets, *, allow_unbounded: bool) -> Summit:
    """The summit. Raises Refusal for columns without information, and for one at infinity unless that is allowed."""
    null = evaluate(sets, np.zeros(sets.x.shape[1]))
    _tell_apart(null[2], sets)
    top = _newton(sets, null)
    if top.unbounded.any() and not allow_unbounded:
        column = int(np.argmax(top.unbounded))
        one_sided = all_on_one_side(sets.x[:, column], sets.event)
        refuse("survival.unbounded" if one_sided else "survival.unbounded/apart", f"X[:, {column}]", column=column)
    return top


def all_on_one_side(x: Array, event: Array) -> bool:
    """Whether all who had the event have one and the same extreme value; arrays (n,)."""
    mine = x[event == 1]
    return bool(mine[0] in (x.max(), x.min()) and (mine == mine[0]).all())


def _tell_apart(information: Array, sets: RiskSets) -> None:
    """Refuse columns that do not vary among those at risk, or that are combinations of others."""
    events = float(sets.weight[sets.event == 1].sum())
    variances = np.diag(information) / events
    still = np.flatnonzero(variances < 1e-12)
    if len(still):
        refuse("survival.constant/at_risk", f"X[:, {still[0]}]", column=int(still[0]))
    size = np.sqrt(np.diag(information))
    values, vectors = np.linalg.eigh(information / np.outer(size, size))
    if values[0] < 1e-10 * values[-1]:
        columns = np.flatnonzero(np.abs(vectors[:, 0]) > 1e-4)
        refuse("survival.singular", "X", columns=tuple(map(int, columns)))


def _newton(sets: RiskSets, null: _Point) -> Summit:
    beta, point = np.zeros(sets.x.shape[1]), null
    nowhere = np.zeros(len(beta), dtype=bool)
    largest = np.maximum(sets.x.max(axis=0), -sets.x.min(axis=0))
    for iteration in range(1, _ITERATIONS + 1):
        step = _step(point)
        step *= min(1.0, _REACH / max(1e-300, float(largest @ np.abs(step))))
        for _ in range(40):
            ahead = evaluate(sets, beta + step)
            if ahead[0] >= point[0] - _RISE * abs(point[0]):
                break
            step = step / 2
        rise, point, beta = ahead[0] - point[0], ahead, beta + step
        if float(largest @ np.abs(beta)) > _FAR:
            return Summit(beta, point, null, np.abs(step) > _WALK, iteration)
        if np.abs(step).max() < _STEP:
            return Summit(beta, point, null, nowhere, iteration)
        if rise <= _RISE * max(1.0, abs(point[0])):
            walking = np.abs(_step(point)) > _WALK
            if walking.any() or iteration > 30:
                return Summit(beta, point, null, walking, iteration)
    refuse("survival.not_converged", "X", steps=_ITERATIONS)


def _step(point: _Point) -> Array:
    try:
        return np.asarray(np.linalg.solve(point[2], point[1]))
    except np.linalg.LinAlgError:  # flat in some direction: walk in the others
        return np.asarray(np.linalg.pinv(point[2], hermitian=True) @ point[1])
