"""Limits of a probability that was estimated as 0 or 1, where no variance can be estimated and no normal limit holds.

Nobody of n had the event: the lower limit of survival is that of n successes of n (Clopper and Pearson 1934, Biometrika
26:404), with n those who were seen until then. All had it: the upper limit is that of the beta product confidence
procedure (Fay, Brittain and Proschan 2013, Biostatistics 14:723), whose product of independent beta variables, one for
each time of death, is matched to one beta by its first two moments; without censoring it is Clopper and Pearson's.
"""

from __future__ import annotations

import math

import numpy as np

from equipoise.survival.ties import Array

__all__ = ["lower_of_one", "upper_of_zero"]


def lower_of_one(known: int, confidence: float) -> float:
    """The lower limit of a probability estimated as 1 from `known` people."""
    return float(((1 - confidence) / 2) ** (1 / known))


def upper_of_zero(at_risk: Array, deaths: Array, confidence: float) -> float:
    """The upper limit of survival that has come down to 0; how many were at risk and died at each time, shape (m,)."""
    from scipy.special import betaincinv

    n, d = at_risk.astype(np.float64), deaths.astype(np.float64)
    # A factor B(n - d + 1, d) for each time, 1 where nobody died: its mean, and its mean square over its square.
    mean = math.exp(float(np.sum(np.log((n - d + 1) / (n + 1)))))
    relative = math.expm1(float(np.sum(np.log((n - d + 2) * (n + 1) / ((n + 2) * (n - d + 1))))))
    together = (1 - mean) / (mean * relative) - 1
    return float(betaincinv(mean * together, (1 - mean) * together, (1 + confidence) / 2))
