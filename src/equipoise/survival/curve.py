"""The Kaplan-Meier curve, its limits and quantiles; and follow-up, the same curve with censoring as the event.

Kaplan and Meier 1958 (J Am Stat Assoc 53:457), Greenwood 1926; follow-up: Schemper and Smith 1996 (Control Clin Trials
17:343). Late entry (left truncation) by starts of follow-up. Refuses to know why somebody was censored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from equipoise.survival.compiling import kernel_for
from equipoise.survival.inputs import Array, read_confidence, read_times
from equipoise.survival.kernels import walk_curve
from equipoise.survival.limits import crossing, limits_of, read_conf_type
from equipoise.survival.ties import last_until

__all__ = ["Curve", "estimate_follow_up", "estimate_kaplan_meier"]


@dataclass(frozen=True)
class Curve:
    """One step curve: a line for each distinct time, shape (m,), in the caller's unit of time.

    `variance` is Greenwood's for the log of survival. Errors and limits are worked out when they are first asked for;
    they are NaN where they are not defined. A median is None when the curve does not come so far.
    """

    time: Array
    at_risk: Array
    events: Array
    censored: Array
    survival: Array
    variance: Array
    confidence: float
    conf_type: str

    @cached_property
    def standard_error(self) -> Array:
        """The standard error of survival."""
        with np.errstate(invalid="ignore"):  # after the last death of all it is not defined
            return np.asarray(self.survival * np.sqrt(self.variance))

    @cached_property
    def _limits(self) -> tuple[Array, Array]:
        return limits_of(self.survival, np.sqrt(self.variance), self.confidence, self.conf_type)

    @property
    def lower(self) -> Array:
        """Lower limits of survival."""
        return self._limits[0]

    @property
    def upper(self) -> Array:
        """Upper limits of survival."""
        return self._limits[1]

    @property
    def median(self) -> float | None:
        """The time until which half of all have had the event."""
        return crossing(self.time, self.survival, 0.5)

    @property
    def median_lower(self) -> float | None:
        """Lower limit of the median."""
        return self.quantile(0.5)[1]

    @property
    def median_upper(self) -> float | None:
        """Upper limit of the median."""
        return self.quantile(0.5)[2]

    def quantile(self, share: float) -> tuple[float | None, float | None, float | None]:
        """When `share` of all have had the event, with its limits; None where the curve does not come so far.

        The limits are where the curve's limits pass the same level (Brookmeyer and Crowley 1982, Biometrics 38:29).
        """
        curves = (self.survival, self.lower, self.upper)
        at, low, high = (crossing(self.time, values, 1 - share) for values in curves)
        return at, low, high

    def place(self, time: float) -> int:
        """The line that holds at this time; -1 before the first."""
        return last_until(self.time, time)


def estimate_kaplan_meier(
    time: Any, event: Any, *, start: Any = None, confidence: float = 0.95, conf_type: str = "log-log"
) -> Curve:
    """The curve of times, shape (n,), with events (1) and censorings (0); `conf_type` as in R.

    At one time, events come before censorings. Raises Refusal for input that is not as `inputs` says.
    """
    times, events, starts = read_times(time, event, start)
    confidence, conf_type = read_confidence(confidence), read_conf_type(conf_type)
    rows = len(times)
    # Two plain sorts of values are quicker than one order that carries the events along.
    ordered, deaths = np.sort(times), np.sort(times[events == 1])
    begins = np.empty(0) if starts is None else np.sort(starts)
    counts = [np.empty(rows, dtype=np.int32 if rows < 2**31 else np.int64) for _ in range(3)]
    values = [np.empty(rows) for _ in range(2)]
    # The distinct times replace the sorted ones in place: a line is never ahead of the row that it comes from.
    lines = kernel_for(walk_curve, rows)(ordered, deaths, begins, ordered, *counts, *values)
    at_risk, died, censored = (_cut(array, lines) for array in counts)
    steps, survival, variance = (_cut(array, lines) for array in (ordered, *values))
    return Curve(steps, at_risk, died, censored, survival, variance, confidence, conf_type)


def _cut(array: Array, lines: int) -> Array:
    """The used lines; a copy when most of the array would be kept for nothing."""
    return array[:lines] if 2 * lines > len(array) else array[:lines].copy()


def estimate_follow_up(
    time: Any, event: Any, *, start: Any = None, confidence: float = 0.95, conf_type: str = "log-log"
) -> Curve:
    """How long participants were followed: the curve with censoring as the event (reverse Kaplan-Meier)."""
    times, events, starts = read_times(time, event, start)
    return estimate_kaplan_meier(times, 1 - events, start=starts, confidence=confidence, conf_type=conf_type)
