"""A smooth curve through points that turns nowhere but where the points do: piecewise cubic, slopes by Fritsch and
Butland 1984 (SIAM J Sci Stat Comput 5:300), as SciPy's PchipInterpolator, which takes longer to load than to draw.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["smooth_through"]

Values = NDArray[np.float64]


def smooth_through(x: Any, y: Any, at: Any) -> Values:
    """The curve through (x, y), x increasing, both of shape (n,), n at least 2, at places within x; shape of `at`."""
    x, y, at = (np.asarray(values, dtype=np.float64) for values in (x, y, at))
    h, rise = np.diff(x), np.diff(y) / np.diff(x)
    slope = _slopes(h, rise)
    k = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    s = at - x[k]
    bend = (slope[k] + slope[k + 1] - 2 * rise[k]) / h[k]
    found: Values = y[k] + s * (slope[k] + s * ((rise[k] - slope[k]) / h[k] - bend + s * bend / h[k]))
    return found


def _slopes(h: Values, rise: Values) -> Values:
    """At each point: 0 where the values turn, else the weighted harmonic mean of the rises on its two sides."""
    if len(h) == 1:
        return np.array([rise[0], rise[0]])
    slope = np.zeros(len(h) + 1)
    before, after = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
    same = rise[:-1] * rise[1:] > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (before + after) / (before / rise[:-1] + after / rise[1:])
    slope[1:-1][same] = mean[same]
    slope[0] = _at_end(h[0], h[1], rise[0], rise[1])
    slope[-1] = _at_end(h[-1], h[-2], rise[-1], rise[-2])
    return slope


def _at_end(h: float, h_next: float, rise: float, rise_next: float) -> float:
    """By three points, held so that the curve stays as monotone as they are."""
    slope = ((2 * h + h_next) * rise - h * rise_next) / (h + h_next)
    if np.sign(slope) != np.sign(rise):
        return 0.0
    if np.sign(rise) != np.sign(rise_next) and abs(slope) > 3 * abs(rise):
        return 3 * rise
    return slope
