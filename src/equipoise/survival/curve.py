"""The Kaplan-Meier curve, its limits and quantiles; and follow-up, the same curve with censoring as the event.

Kaplan and Meier 1958 (J Am Stat Assoc 53:457), Greenwood 1926; follow-up: Schemper and Smith 1996 (Control Clin Trials
17:343). Late entry (left truncation) by starts of follow-up. Whole arrays throughout: no kernel is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from equipoise.survival.inputs import Array, read_confidence, read_times
from equipoise.survival.limits import crossing, limits_of, read_conf_type
from equipoise.survival.ordering import order_rows

__all__ = ["Curve", "estimate_follow_up", "estimate_kaplan_meier"]


@dataclass(frozen=True)
class Curve:
    """One step curve: a line for each distinct time, shape (m,). Times in the caller's unit; limits may be NaN."""

    time: Array
    at_risk: Array
    events: Array
    censored: Array
    survival: Array
    standard_error: Array
    lower: Array
    upper: Array
    confidence: float
    conf_type: str
    median: float | None = field(init=False)
    median_lower: float | None = field(init=False)
    median_upper: float | None = field(init=False)

    def __post_init__(self) -> None:
        for name, value in zip(("median", "median_lower", "median_upper"), self.quantile(0.5), strict=True):
            object.__setattr__(self, name, value)

    def quantile(self, share: float) -> tuple[float | None, float | None, float | None]:
        """When `share` of all have had the event, with its limits; None where the curve does not come so far.

        The limits are where the curve's limits pass the same level (Brookmeyer and Crowley 1982, Biometrics 38:29).
        """
        curves = (self.survival, self.lower, self.upper)
        at, low, high = (crossing(self.time, values, 1 - share) for values in curves)
        return at, low, high

    def place(self, time: float) -> int:
        """The line that holds at this time; -1 before the first."""
        return int(np.searchsorted(self.time, time, side="right")) - 1


def estimate_kaplan_meier(
    time: Any, event: Any, *, start: Any = None, confidence: float = 0.95, conf_type: str = "log-log"
) -> Curve:
    """The curve of times, shape (n,), with events (1) and censorings (0); `conf_type` as in R.

    At one time, events come before censorings. Raises Refusal for input that is not as `inputs` says.
    """
    times, events, starts = read_times(time, event, start)
    confidence, conf_type = read_confidence(confidence), read_conf_type(conf_type)
    order, _ = order_rows(times, None, descending=False, stable=False)
    ordered = times[order]
    new = np.empty(len(ordered), dtype=bool)
    new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    begins = np.flatnonzero(new)
    steps = ordered[begins]
    deaths = np.add.reduceat(events[order], begins, dtype=np.int64)
    at_risk = len(ordered) - begins
    if starts is not None:
        # Who starts at or after a time is not yet at risk then.
        at_risk = at_risk - (len(ordered) - np.searchsorted(np.sort(starts), steps, side="left"))
    leaving = np.diff(begins, append=len(ordered))
    survival = np.cumprod(1 - deaths / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_error = np.sqrt(np.cumsum(deaths / (at_risk * (at_risk - deaths).astype(np.float64))))
        error = survival * log_error
    lower, upper = limits_of(survival, log_error, confidence, conf_type)
    return Curve(steps, at_risk, deaths, leaving - deaths, survival, error, lower, upper, confidence, conf_type)


def estimate_follow_up(
    time: Any, event: Any, *, start: Any = None, confidence: float = 0.95, conf_type: str = "log-log"
) -> Curve:
    """How long participants were followed: the curve with censoring as the event (reverse Kaplan-Meier)."""
    times, events, starts = read_times(time, event, start)
    return estimate_kaplan_meier(times, 1 - events, start=starts, confidence=confidence, conf_type=conf_type)
