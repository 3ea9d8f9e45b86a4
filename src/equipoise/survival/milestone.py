"""Survival at one time: the Kaplan-Meier estimate there, with its limits.

Refuses a time after the last observation unless nobody was left by then: nothing is known about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equipoise.survival.curve import estimate_kaplan_meier
from equipoise.survival.words import refuse

__all__ = ["Milestone", "estimate_milestone"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """Survival at a day; standard error and limits are NaN where they are not defined."""

    day: float
    estimate: float
    standard_error: float
    ci_lower: float
    ci_upper: float


def estimate_milestone(
    time: Any, event: Any, day: float, confidence: float = 0.95, conf_type: str = "log-log"
) -> Milestone:
    """Survival until `day`, for times and events of shape (n,). Raises Refusal beyond what was observed."""
    curve = estimate_kaplan_meier(time, event, confidence=confidence, conf_type=conf_type)
    at = curve.place(day)
    if at < 0:
        return Milestone(float(day), 1.0, 0.0, 1.0, 1.0)
    if day > curve.time[-1] and curve.survival[-1] > 0:
        refuse("survival.beyond/day", "day", day=day, last=float(curve.time[-1]))
    values = (curve.survival, curve.standard_error, curve.lower, curve.upper)
    return Milestone(float(day), *(float(of[at]) for of in values))
