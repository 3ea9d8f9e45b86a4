"""Limits of a survival probability, and the time at which a step curve passes a level.

Greenwood's variance on the chosen scale (Kalbfleisch and Prentice 2002, section 1.4; Borgan and Liestøl 1990, Scand J
Stat 17:35). A limit that is not defined (after the last death of all; on the log-log scale also before the first death)
is NaN, as in R's `survfit`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np

from equipoise.survival.inputs import Array
from equipoise.survival.words import refuse

__all__ = ["CONF_TYPES", "crossing", "limits_of", "read_conf_type"]

# Two probabilities closer than this are the same level: R's tolerance, the square root of the machine's precision.
_SAME = 2.0**-26


def _plain(p: Array, reach: Array) -> tuple[Array, Array]:
    return np.maximum(p - reach * p, 0), np.minimum(p + reach * p, 1)


def _log(p: Array, reach: Array) -> tuple[Array, Array]:
    factor = np.exp(reach)
    return p / factor, np.minimum(p * factor, 1)


def _log_log(p: Array, reach: Array) -> tuple[Array, Array]:
    hazard = -np.log(p)
    factor = np.exp(reach / hazard)
    return np.exp(-hazard * factor), np.exp(-hazard / factor)


def _logit(p: Array, reach: Array) -> tuple[Array, Array]:
    odds = p / (1 - p)
    factor = np.exp(reach / (1 - p))
    return 1 - 1 / (1 + odds / factor), 1 - 1 / (1 + odds * factor)


def _arcsin(p: Array, reach: Array) -> tuple[Array, Array]:
    angle, half = np.arcsin(np.sqrt(p)), 0.5 * reach * np.sqrt(p / (1 - p))
    return np.sin(np.maximum(0, angle - half)) ** 2, np.sin(np.minimum(math.pi / 2, angle + half)) ** 2


CONF_TYPES: dict[str, Callable[[Array, Array], tuple[Array, Array]]] = {
    "plain": _plain,
    "log": _log,
    "log-log": _log_log,
    "logit": _logit,
    "arcsin": _arcsin,
}


def read_conf_type(conf_type: str) -> str:
    """The scale's name, with a hyphen; a protocol writes log_log."""
    name = conf_type.replace("_", "-")
    if name not in CONF_TYPES:
        refuse("survival.conf_type", "conf_type", given=conf_type, known=tuple(CONF_TYPES))
    return name


def limits_of(survival: Array, log_error: Array, confidence: float, conf_type: str) -> tuple[Array, Array]:
    """Lower and upper limits; `log_error` is the standard error of log survival."""
    reach = -NormalDist().inv_cdf((1 - confidence) / 2) * log_error
    with np.errstate(all="ignore"):  # where a scale is not defined the limits are NaN
        return CONF_TYPES[conf_type](np.where(survival > 0, survival, np.nan), reach)


def crossing(time: Array, level: Array, share: float) -> float | None:
    """The first time at which the step curve is at `share` or below; None when it never is.

    When the curve runs level exactly at `share` for a while, the middle of that stretch is taken (R's rule).
    """
    # NaN compares as false: an undefined limit has not crossed.
    with np.errstate(invalid="ignore"):
        below = level < share + _SAME
        if not below.any():
            return None
        at = int(np.argmax(below))
        if abs(level[at] - share) < _SAME:
            lower = below[at:] & (level[at:] < level[at])
            if lower.any():
                return float((time[at] + time[at + int(np.argmax(lower))]) / 2)
    return float(time[at])
