"""The probability of success before and during a trial when the effect itself is uncertain.

Assurance: power averaged over the prior (O'Hagan, Stevens and Campbell 2005, Pharm Stat 4:187); for one look in closed
form, for several by integration over the effect. The prior is of the log hazard ratio. Predictive power at a look:
`conditional`.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import ndtr, ndtri

from equipoise.planning.sequential.conditional import effect_span
from equipoise.planning.sequential.crossing import FloatArray
from equipoise.planning.sequential.monitoring import Boundaries
from equipoise.planning.sequential.prior import NormalMixture

__all__ = ["assurance", "assurance_given_continuing", "fixed_assurance"]


def fixed_assurance(prior: NormalMixture, information: float, alpha_one_sided: float) -> float:
    """Of a design with one look: sum over components of Phi((-m sqrt(I) - z_alpha)/sqrt(1 + s**2 I)).

    `information` on the log hazard ratio: events*r/(1 + r)**2 (`event_information`).
    """
    if not 0 < information < math.inf:
        raise ValueError(f"information is positive and finite, and {information} is not")
    if not 0 < alpha_one_sided < 0.5:
        raise ValueError(f"a one-sided alpha lies between 0 and 0.5, and {alpha_one_sided} does not")
    root, tail = math.sqrt(information), -float(ndtri(alpha_one_sided))
    return float(sum(w * ndtr((-m * root - tail) / math.hypot(1.0, s * root)) for w, m, s in prior.parts))


def assurance(bounds: Boundaries, prior: NormalMixture) -> float:
    """Of a group-sequential design: the probability of rejecting on the side of benefit at any look.

    >>> from equipoise.planning import event_information, plan_sequential, planned_boundaries
    >>> plan = plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy="lan_demets_obrien_fleming")
    >>> bounds = planned_boundaries(plan, event_information(332))
    >>> round(assurance(bounds, NormalMixture.normal(math.log(0.75), 0.2)), 3)
    0.624
    """
    return float(_expected_crossing(bounds, prior, bounds.looks)[: bounds.looks].sum())


def assurance_given_continuing(bounds: Boundaries, prior: NormalMixture, look: int) -> float:
    """The probability of rejecting later, knowing only that the trial went on after `look` (and not with which
    statistic).
    """
    if not 1 <= look < bounds.looks:
        raise ValueError(f"a trial goes on after a look from 1 to {bounds.looks - 1}, not after look {look}")
    crossed = _expected_crossing(bounds, prior, bounds.looks).reshape(2, bounds.looks)
    went_on = 1 - float(crossed[:, :look].sum())
    if went_on <= 0:
        raise ValueError(f"with this prior no trial goes on after look {look}")
    return float(crossed[0, look:].sum()) / went_on


def _expected_crossing(bounds: Boundaries, prior: NormalMixture, looks: int) -> FloatArray:
    """The probability of crossing first, upper then lower boundary by look, averaged over the prior."""
    low, high = effect_span(bounds)

    def both(log_ratio: float) -> FloatArray:
        crossed = bounds.crossing(-log_ratio, looks)
        return np.concatenate([crossed.upper, crossed.lower])

    return prior.expected(both, -high, -low, 1 / bounds.slopes[-1])
