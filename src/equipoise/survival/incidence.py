"""Cumulative incidence of an event when another event makes it impossible: the Aalen-Johansen estimator.

Aalen and Johansen 1978 (Scand J Stat 5:141). Variance by the infinitesimal jackknife, limits on the log scale, both as
R's `survival::survfit` gives them for multi-state data. One minus Kaplan-Meier would count the dead as still at risk.
Where nobody has had the event by then, or everybody, there is no standard error and the limits are exact (see `exact`).
Refuses a time after the last observation unless nobody was left by then, as `milestone` does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from equipoise.survival.exact import lower_of_one, upper_of_zero
from equipoise.survival.inputs import Array, read_confidence, read_day, read_status
from equipoise.survival.milestone import EXACT
from equipoise.survival.ties import last_until, same_within
from equipoise.survival.words import refuse

__all__ = ["Incidence", "estimate_cumulative_incidence"]

# An estimate this near to 0 or 1 is 0 or 1, and what is left of its variance is rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Incidence:
    """Probability of the event by one time; the standard error is NaN, and the limits exact, where it is 0 or 1."""

    day: float
    estimate: float
    standard_error: float
    ci_lower: float
    ci_upper: float
    confidence: float
    conf_type: str


@dataclass(frozen=True, slots=True)
class _Steps:
    """What happens at each distinct time, arrays (m,); `place` is each participant's own, (n,)."""

    time: Array
    place: Array
    at_risk: Array
    any_event: Array
    of_cause: Array


def estimate_cumulative_incidence(
    time: Any,
    status: Any,
    at: Sequence[float] | float,
    *,
    cause: int = 1,
    confidence: float = 0.95,
) -> list[Incidence]:
    """Cumulative incidence of `cause` at each of the times, or at the one; `status`: 0 for censored, else which event.

    `time` and `status` have one value per participant. Raises Refusal without participants, and for a time beyond what
    was observed.
    """
    confidence = read_confidence(confidence)
    days = [read_day(day) for day in (at if np.iterable(at) and not isinstance(at, (str, bytes)) else (at,))]
    times, kinds = read_status(time, status)
    found, place = np.unique(times, return_inverse=True)
    at_risk = len(times) - np.concatenate([[0], np.cumsum(np.bincount(place))[:-1]])
    any_event, of_cause = (np.bincount(place, weights=of).astype(np.int64) for of in (kinds != 0, kinds == cause))
    steps = _Steps(found, place, at_risk, any_event, of_cause)
    return _at(steps, kinds, cause, days, confidence)


def _at(steps: _Steps, kinds: Array, cause: int, days: list[float], confidence: float) -> list[Incidence]:
    place, at_risk = steps.place, steps.at_risk
    hazard, hazard_cause = steps.any_event / at_risk, steps.of_cause / at_risk
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
    z = -NormalDist().inv_cdf((1 - confidence) / 2)
    found = []
    for day in days:
        if day > steps.time[-1] + same_within(steps.time) and survival[-1] > 0:
            refuse("survival.beyond/day", "day", day=day, last=float(steps.time[-1]))
        last = last_until(steps.time, day)
        value = float(incidence[last]) if last >= 0 else 0.0
        if value < _ROUNDING or value > 1 - _ROUNDING:
            found.append(_exact(steps, kinds, last, day, round(value), confidence))
            continue
        stop = np.minimum(place, last)
        inside = place <= last
        own = np.where(inside & (kinds != 0), 1 / (at_risk[place] * rest[place]), 0.0)
        influence = weighted[stop] - seen[stop] + (incidence[last] - incidence[stop]) * (left[stop] - own)
        influence += np.where(inside & (kinds == cause), before[place] / at_risk[place], 0.0)
        error = float(np.sqrt(np.sum(influence**2)))
        reach = math.exp(min(z * error / value, 700.0))
        limits = value / reach, min(1.0, value * reach)
        found.append(Incidence(day, value, error, *limits, confidence, "log"))
    return found


def _exact(steps: _Steps, kinds: Array, last: int, day: float, value: int, confidence: float) -> Incidence:
    """Nobody has had the event, or everybody; whoever had another event is known not to have it."""
    if value == 1:
        low = 1 - upper_of_zero(steps.at_risk[: last + 1], steps.of_cause[: last + 1], confidence)
        return Incidence(day, 1.0, math.nan, low, 1.0, confidence, EXACT)
    lost = (kinds == 0) & (steps.time[steps.place] < day - same_within(steps.time))
    high = 1 - lower_of_one(len(kinds) - int(lost.sum()), confidence)
    return Incidence(day, 0.0, math.nan, 0.0, high, confidence, EXACT)
