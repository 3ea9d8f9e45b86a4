"""Survival at one time: the Kaplan-Meier estimate there, with its limits.

Where nobody has had the event by then, or everybody, the estimate has no standard error, and its limits are exact ones
on every scale (see `exact`). Refuses a time after the last observation unless nobody was left by then: nothing is known
about it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from equipoise.survival.curve import Curve, estimate_kaplan_meier
from equipoise.survival.exact import lower_of_one, upper_of_zero
from equipoise.survival.inputs import read_day
from equipoise.survival.ties import same_within
from equipoise.survival.words import refuse

__all__ = ["EXACT", "Milestone", "estimate_milestone"]

EXACT = "exact"
"""The scale of limits that are no normal ones."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """Survival at a day; the standard error is NaN, and the scale of the limits `exact`, where survival is 0 or 1."""

    day: float
    estimate: float
    standard_error: float
    ci_lower: float
    ci_upper: float
    confidence: float
    conf_type: str


def estimate_milestone(
    time: Any, event: Any, day: float, confidence: float = 0.95, conf_type: str = "log-log"
) -> Milestone:
    """Survival until `day`, for times and events of shape (n,). Raises Refusal beyond what was observed."""
    day = read_day(day)
    curve = estimate_kaplan_meier(time, event, confidence=confidence, conf_type=conf_type)
    last = float(curve.time[-1])
    if day > last + same_within(curve.time) and curve.survival[-1] > 0:
        refuse("survival.beyond/day", "day", day=day, last=last)
    at = curve.place(day)
    survival = float(curve.survival[at]) if at >= 0 else 1.0
    if survival in (0.0, 1.0):
        low, high = _exact(curve, at, survival, day)
        return Milestone(day, survival, math.nan, low, high, curve.confidence, EXACT)
    error, low, high = (float(of[at]) for of in (curve.standard_error, curve.lower, curve.upper))
    return Milestone(day, survival, error, low, high, curve.confidence, curve.conf_type)


def _exact(curve: Curve, at: int, survival: float, day: float) -> tuple[float, float]:
    if survival == 0:
        return 0.0, upper_of_zero(curve.at_risk[: at + 1], curve.events[: at + 1], curve.confidence)
    # Whoever is at risk on that day has been seen until then: who leaves earlier is not.
    next_ = at if at >= 0 and abs(curve.time[at] - day) <= same_within(curve.time) else at + 1
    return lower_of_one(int(curve.at_risk[next_]), curve.confidence), 1.0
