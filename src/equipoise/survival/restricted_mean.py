"""The mean time until an event or tau, whichever comes first: the area under the Kaplan-Meier curve.

Royston and Parmar 2013 (BMC Med Res Methodol 13:152), variance as in R's `survRM2`. Refuses a tau after the last
observation unless nobody was left by then: the curve is not known there.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from equipoise.survival.curve import estimate_kaplan_meier
from equipoise.survival.inputs import read_confidence
from equipoise.survival.words import refuse

__all__ = ["RestrictedMean", "estimate_rmst"]


@dataclass(frozen=True, slots=True)
class RestrictedMean:
    """Mean time until tau, in the unit of the times."""

    tau: float
    estimate: float
    standard_error: float
    ci_lower: float
    ci_upper: float


def estimate_rmst(time: Any, event: Any, tau: float, confidence: float = 0.95) -> RestrictedMean:
    """The area until `tau` for times and events of shape (n,).
    Raises Refusal when tau is not within what was observed."""
    confidence = read_confidence(confidence)
    curve = estimate_kaplan_meier(time, event)
    if not 0 < tau < np.inf:
        refuse("survival.tau", "tau", tau=str(tau))
    if tau > curve.time[-1] and curve.survival[-1] > 0:
        refuse("survival.beyond", "tau", tau=tau, last=float(curve.time[-1]))
    inside = curve.time <= tau
    width = np.diff(np.concatenate([[0.0], curve.time[inside], [tau]]))
    area = width * np.concatenate([[1.0], curve.survival[inside]])
    # A death at one time moves all of the area after it.
    after = np.cumsum(area[::-1])[::-1][1:]
    events, left = curve.events[inside], (curve.at_risk - curve.events)[inside]
    # When the last die together there is no area after them, so what their variance is does not matter.
    spread = events / np.where(left > 0, curve.at_risk[inside] * left.astype(np.float64), np.inf)
    mean, error = float(area.sum()), float(np.sqrt(np.sum(after**2 * spread)))
    reach = NormalDist().inv_cdf(0.5 + confidence / 2) * error
    return RestrictedMean(float(tau), mean, error, mean - reach, mean + reach)
