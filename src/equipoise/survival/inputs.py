"""What arrays may enter: one length, finite times that are not negative, events that are 0 or 1, known levels.

Refuses everything else with a Finding that names the array and the first place. Copies nothing that is right already.
"""

from __future__ import annotations

import math
from typing import Any, NoReturn

import numpy as np

from equipoise.survival.ties import Array, tie_times
from equipoise.survival.words import refuse
from equipoise.wording.numbers import number_of

__all__ = [
    "Array",
    "read_codes",
    "read_confidence",
    "read_covariates",
    "read_day",
    "read_status",
    "read_tau",
    "read_times",
    "read_weights",
]


def read_times(time: Any, event: Any, start: Any = None) -> tuple[Array, Array, Array | None]:
    """Times (float64), events (uint8) and starts of follow-up (float64 or None), each of shape (n,), n at least 1.

    Times that differ by rounding come out as one (see `ties`).
    """
    times = _times(time)
    flags = np.asarray(event)
    _same_length(flags, len(times), "event")
    if flags.dtype != np.bool_:
        wrong = ~((flags == 0) | (flags == 1))
        if np.any(wrong):
            _point_out("event", flags, wrong, "event")
    starts = None
    if start is not None:
        starts = _numbers(start, "start")
        _same_length(starts, len(times), "start")
        _not_negative(starts, "start")
    given = starts
    times, starts = tie_times(times, starts)
    if starts is not None and given is not None and (wrong := starts >= times).any():
        _point_out("start", given, wrong, "start")
    return times, np.ascontiguousarray(flags, dtype=np.uint8), starts


def read_status(time: Any, status: Any) -> tuple[Array, Array]:
    """Times (float64) and what ended them (int64; 0: censored), each of shape (n,), n at least 1."""
    times = _times(time)
    kinds = np.asarray(status)
    _same_length(kinds, len(times), "status")
    try:
        kinds = kinds.astype(np.float64)
    except (TypeError, ValueError):
        refuse("survival.not_numbers", "status", name="status")
    wrong = ~((kinds >= 0) & (kinds == np.floor(kinds)) & np.isfinite(kinds))
    if wrong.any():
        _point_out("status", kinds, wrong, "status")
    return tie_times(times, None)[0], kinds.astype(np.int64)


def read_day(day: Any) -> float:
    """A day that something is asked for: a number from 0 on."""
    value = number_of(day)
    if not 0 <= value < math.inf:
        refuse("survival.day", "day", day=str(day))
    return value


def read_codes(values: Any, rows: int, name: str) -> tuple[Array, Array]:
    """The sorted levels, and each row's place among them (uint16 while that suffices)."""
    given = np.asarray(values)
    _same_length(given, rows, name)
    if given.dtype.kind == "f" and not np.isfinite(given).all():
        _point_out(name, given, ~np.isfinite(given), "level")
    if given.dtype.kind in "iu" and given.min() >= 0 and given.max() < 65536:
        # Counting finds the levels of small whole numbers without sorting the rows.
        seen = np.bincount(given) > 0
        return np.flatnonzero(seen), (np.cumsum(seen) - 1).astype(np.uint16)[given]
    try:
        levels, codes = np.unique(given, return_inverse=True)
    except TypeError:
        refuse("survival.levels", name, name=name)
    return levels, codes.astype(np.uint16 if len(levels) < 65536 else np.int64)


def read_covariates(covariates: Any, rows: int) -> Array:
    """A matrix of shape (n, p), p at least 1, finite; one column may come as a vector."""
    try:
        matrix = np.asarray(covariates, dtype=np.float64)
    except (TypeError, ValueError):
        refuse("survival.not_numbers/levels", "X", name="X")
    matrix = matrix[:, None] if matrix.ndim == 1 else matrix
    if matrix.ndim != 2 or matrix.shape[1] == 0:
        refuse("survival.no_covariates", "X")
    _same_length(matrix[:, 0], rows, "X")
    if not np.isfinite(matrix).all():
        wrong = ~np.isfinite(matrix)
        column = int(np.argmax(wrong.any(axis=0)))
        _point_out("X", matrix[:, column], wrong[:, column], "covariate")
    return matrix


def read_weights(weights: Any, rows: int) -> Array | None:
    """Positive weights of shape (n,), or None when none were given."""
    if weights is None:
        return None
    given = _numbers(weights, "weights")
    _same_length(given, rows, "weights")
    if (given <= 0).any():
        _point_out("weights", given, given <= 0, "weight")
    return given


def read_confidence(confidence: float) -> float:
    """The level of an interval, strictly between 0 and 1."""
    level = number_of(confidence)
    if not 0 < level < 1:
        refuse("survival.confidence", "confidence", confidence=str(confidence))
    return level


def read_tau(tau: Any) -> float:
    """The positive time until which something is taken."""
    value = number_of(tau)
    if not 0 < value < math.inf:
        refuse("survival.tau", "tau", tau=str(tau))
    return value


def _times(time: Any) -> Array:
    times = _numbers(time, "time")
    if len(times) == 0:
        refuse("survival.no_rows", "time")
    _not_negative(times, "time")
    return times


def _numbers(values: Any, name: str) -> Array:
    try:
        if np.asarray(values).dtype.kind in "mM":  # a date is no time since anything
            raise TypeError
        given = np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        refuse("survival.not_numbers", name, name=name)
    if np.ndim(values) != 1:
        refuse("survival.shape", name, name=name, dimensions=np.ndim(values))
    if not np.isfinite(given).all():
        _point_out(name, given, ~np.isfinite(given), "time")
    return given


def _not_negative(values: Array, name: str) -> None:
    if values.min() < 0:
        _point_out(name, values, values < 0, "negative")


def _same_length(values: Array, rows: int, name: str) -> None:
    if values.ndim != 1 or len(values) != rows:
        refuse("survival.length", name, name=name, shape=str(values.shape), rows=rows)


def _point_out(name: str, values: Array, wrong: Array, why: str) -> NoReturn:
    place = int(np.argmax(wrong))
    refuse(f"survival.value/{why}", f"{name}[{place}]", value=str(values[place]), count=int(wrong.sum()))
