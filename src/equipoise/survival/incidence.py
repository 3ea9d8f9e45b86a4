"""Cumulative incidence of an event when another event makes it impossible: the Aalen-Johansen estimator.

Aalen and Johansen 1978 (Scand J Stat 5:141). Variance by the infinitesimal jackknife, intervals on the log scale, both
as R's `survival::survfit` gives them for multi-state data. One minus Kaplan-Meier would count the dead as still at
risk.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from equipoise.survival.words import refuse

__all__ = ["Incidence", "estimate_cumulative_incidence"]


@dataclass(frozen=True, slots=True)
class Incidence:
    """Probability of the event by one time, with its standard error and interval (None while the estimate is 0)."""

    estimate: float
    standard_error: float
    ci_lower: float | None
    ci_upper: float | None


def estimate_cumulative_incidence(
    time: np.ndarray[Any, Any],
    status: np.ndarray[Any, Any],
    at: Sequence[float],
    *,
    cause: int = 1,
    confidence: float = 0.95,
) -> list[Incidence]:
    """Cumulative incidence of `cause` at each of the times; `status` is 0 for censored, else the kind of event.

    `time` and `status` have one value per participant. Raises Refusal without participants.
    """
    if len(time) == 0:
        refuse("survival.no_rows", "time")
    steps, place = np.unique(time, return_inverse=True)
    any_event = np.bincount(place, weights=status != 0)
    of_cause = np.bincount(place, weights=status == cause)
    at_risk = len(time) - np.concatenate([[0], np.cumsum(np.bincount(place))[:-1]])
    hazard, hazard_cause = any_event / at_risk, of_cause / at_risk
    survival = np.cumprod(1 - hazard)
    before = np.concatenate([[1.0], survival[:-1]])
    increment = before * hazard_cause
    incidence = np.cumsum(increment)
    # What one participant's weight changes (the influence), summed up in running totals: `left` for the survival,
    # `weighted` for its part in the incidence, `seen` for being at risk.
    rest = np.where(hazard < 1, 1 - hazard, np.inf)
    left = np.cumsum(hazard / (at_risk * rest))
    weighted = np.cumsum(increment * np.concatenate([[0.0], left[:-1]]))
    seen = np.cumsum(increment / at_risk)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    found = []
    for day in at:
        last = int(np.searchsorted(steps, day, side="right")) - 1
        if last < 0:
            found.append(Incidence(0.0, 0.0, None, None))
            continue
        stop = np.minimum(place, last)
        inside = place <= last
        own = np.where(inside & (status != 0), 1 / (at_risk[place] * rest[place]), 0.0)
        influence = weighted[stop] - seen[stop] + (incidence[last] - incidence[stop]) * (left[stop] - own)
        influence += np.where(inside & (status == cause), before[place] / at_risk[place], 0.0)
        value, error = float(incidence[last]), float(np.sqrt(np.sum(influence**2)))
        reach = math.exp(z * error / value) if value > 0 else 1.0
        limits = (value / reach, min(1.0, value * reach)) if value > 0 else (None, None)
        found.append(Incidence(value, error, *limits))
    return found
