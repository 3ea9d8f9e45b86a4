"""The robust variance of a Cox model: how far each row, or each cluster of rows, moves the estimate.

Score residuals and their sandwich: Lin and Wei 1989 (J Am Stat Assoc 84:1074), with Efron's share for tied deaths.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from equipoise.survival.inputs import Array, read_codes
from equipoise.survival.risk_sets import RiskSets, tabulate
from equipoise.survival.words import refuse

__all__ = ["robust_covariance", "score_residuals"]


def score_residuals(sets: RiskSets, beta: Array) -> Array:
    """Weighted score residuals, shape (n, p), in the order of the risk sets: they sum to the gradient."""
    steps = tabulate(sets, beta)
    # Lines run from late to early, so what has happened until a line is the sum over it and all lines after it.
    hazard = np.concatenate([np.cumsum(steps.hazard[::-1])[::-1], [0.0]])
    moment = np.concatenate([np.cumsum(steps.moment[::-1], axis=0)[::-1], np.zeros((1, len(beta)))])
    # Before a row's start, or the first death of its stratum, it was not at risk.
    before = steps.entry if len(sets.start) else np.repeat(steps.last, np.diff(sets.first))
    seen = hazard[steps.place] - hazard[before]
    mean_seen = moment[steps.place] - moment[before]
    died = np.flatnonzero(sets.event)
    line = steps.place[died]
    # A death counts for a part only of the risk at its own time (under Efron; all of it under Breslow).
    seen[died] -= (steps.hazard - steps.death_hazard)[line]
    mean_seen[died] -= (steps.moment - steps.death_moment)[line]
    residuals: Array = (mean_seen - sets.x * seen[:, None]) * steps.risk[:, None]
    residuals[died] += (sets.x[died] - steps.mean[line]) * sets.weight[died, None]
    return residuals


def robust_covariance(sets: RiskSets, beta: Array, naive: Array, cluster: Any) -> Array:
    """The sandwich, shape (p, p); one cluster per row unless `cluster` says otherwise."""
    # einsum: a matrix product would sum in an order that depends on the number of threads.
    moves = np.einsum("ij,jk->ik", score_residuals(sets, beta), naive)
    if cluster is not None:
        levels, codes = read_codes(cluster, len(sets.time), "cluster")
        if len(levels) < 2:
            refuse("survival.one_cluster", "cluster")
        together = np.zeros((len(levels), len(beta)))
        np.add.at(together, codes[sets.order], moves)
        moves = together
    return np.asarray(np.einsum("ij,ik->jk", moves, moves))
