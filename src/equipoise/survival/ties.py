"""Which times are the same: those that differ by rounding, by the rule of R's `survival` since 2019 (`timefix`).

3.3 - 3.0, 0.3 and 0.1 + 0.2 are three numbers in a computer and one time. Of all distinct times in order, one that is
within 1.5e-8 (the root of a double's precision) of the time before it, absolutely or in units of their mean, is that
time; a chain of such times is its first. Curves, tests, models, restricted means and incidences all compare times so,
and a day that is asked for is compared with the times by the same tolerance. Whole numbers are never changed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["SAME", "Array", "last_until", "same_within", "tie_times"]

Array = np.ndarray[Any, Any]
SAME = 2.0**-26
"""The root of the precision of a double: R's tolerance."""


def tie_times(times: Array, starts: Array | None) -> tuple[Array, Array | None]:
    """Times and starts of follow-up, shape (n,), with those that differ by rounding made one."""
    if _whole(times) and (starts is None or _whole(starts)):
        return times, starts
    values = np.unique(times if starts is None else np.concatenate([times, starts]))
    tied = np.diff(values) <= same_within(values)
    if not tied.any():
        return times, starts
    first = values[np.concatenate([[True], ~tied])]

    def tie(of: Array) -> Array:
        return np.asarray(first[np.searchsorted(first, of, side="right") - 1])

    return tie(times), None if starts is None else tie(starts)


def same_within(values: Array) -> float:
    """How far apart two of these distinct times may be and still be one."""
    return SAME * max(1.0, float(np.abs(values).mean()) if len(values) else 1.0)


def last_until(values: Array, asked: float) -> int:
    """The place of the last of ascending distinct times that is not after `asked`; -1 when all are."""
    return int(np.searchsorted(values, asked + same_within(values), side="right")) - 1


def _whole(values: Array) -> bool:
    # The first few tell most arrays that are not whole, without a look at all of them.
    return bool((values[:64] == np.floor(values[:64])).all() and (values == np.floor(values)).all())
