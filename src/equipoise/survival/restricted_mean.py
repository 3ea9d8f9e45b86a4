"""The mean time until an event or tau, whichever comes first: the area under the Kaplan-Meier curve.

Royston and Parmar 2013 (BMC Med Res Methodol 13:152), variance and normal limits as in R's `survRM2`. A mean until tau
lies between 0 and tau: where a normal limit leaves that range, both limits are taken on the logit scale of mean / tau,
by the same standard error. Where nobody has had the event until tau, or all had it at once, nothing varies: there is no
error and there are no limits. Refuses a tau after the last observation unless nobody was left by then: the curve is not
known there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from equipoise.survival.curve import estimate_kaplan_meier
from equipoise.survival.inputs import read_confidence, read_tau
from equipoise.survival.ties import same_within
from equipoise.survival.words import refuse

__all__ = ["RestrictedMean", "estimate_rmst"]


@dataclass(frozen=True, slots=True)
class RestrictedMean:
    """Mean time until tau, in the unit of the times; standard error and limits are NaN where nothing varies.

    `conf_type`, the scale of the limits: normal, or logit.
    """

    tau: float
    estimate: float
    standard_error: float
    ci_lower: float
    ci_upper: float
    confidence: float
    conf_type: str


def estimate_rmst(time: Any, event: Any, tau: float, confidence: float = 0.95) -> RestrictedMean:
    """The area until `tau` for times and events of shape (n,).
    Raises Refusal when tau is not within what was observed."""
    confidence = read_confidence(confidence)
    curve = estimate_kaplan_meier(time, event)
    tau = read_tau(tau)
    same = same_within(curve.time)
    if tau > curve.time[-1] + same and curve.survival[-1] > 0:
        refuse("survival.beyond", "tau", tau=tau, last=float(curve.time[-1]))
    inside = curve.time <= tau + same
    width = np.maximum(np.diff(np.concatenate([[0.0], curve.time[inside], [tau]])), 0.0)
    area = width * np.concatenate([[1.0], curve.survival[inside]])
    # A death at one time moves all of the area after it.
    after = np.cumsum(area[::-1])[::-1][1:]
    events, left = curve.events[inside], (curve.at_risk - curve.events)[inside]
    # When the last die together there is no area after them, so what their variance is does not matter.
    spread = events / np.where(left > 0, curve.at_risk[inside] * left.astype(np.float64), np.inf)
    mean, error = float(area.sum()), float(np.sqrt(np.sum(after**2 * spread)))
    if not error > 0:
        return RestrictedMean(float(tau), mean, math.nan, math.nan, math.nan, confidence, "normal")
    reach = -NormalDist().inv_cdf((1 - confidence) / 2) * error
    if mean - reach >= 0 and mean + reach <= tau:
        return RestrictedMean(float(tau), mean, error, mean - reach, mean + reach, confidence, "normal")
    odds, factor = mean / (tau - mean), math.exp(min(reach * tau / (mean * (tau - mean)), 700.0))
    low, high = tau * odds / (odds + factor), tau * odds * factor / (1 + odds * factor)
    return RestrictedMean(float(tau), mean, error, low, high, confidence, "logit")
