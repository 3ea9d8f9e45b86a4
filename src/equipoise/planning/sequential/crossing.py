"""The joint distribution of a test statistic looked at several times, and the probability of crossing a boundary.

At information I the score is normal with mean drift*I and variance I, and its increments are independent (Jennison and
Turnbull 2000, chapter 19). The density of the paths that went on is carried from look to look on Gauss-Legendre nodes,
as many as the narrowest kernel needs: errors are of the order of rounding. Knows no design: only information and
boundaries.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.special import ndtr

from equipoise.planning.words import phrase

__all__ = [
    "NEAREST",
    "START",
    "CrossingProbabilities",
    "FloatArray",
    "Reached",
    "above",
    "below",
    "crossing_probabilities",
    "density_at",
    "expect_apart",
    "go_on",
]

FloatArray = np.ndarray[Any, np.dtype[np.float64]]

NEAREST = 0.001
"""The least information between two looks, of that at the last: nobody could analyse between nearer ones, and the nodes
that carry a density over the distance grow without end as it shrinks."""
_ROUNDING = 1e-9
_REACH = 8.7
"""Standard deviations beyond which nothing is integrated: the tail is below 2e-18."""
_NODES = (24.0, 3.0)
"""Nodes at least, and for each standard deviation of the narrower of the two kernels that meet at a look."""
_ONE_RULE = 256
_SQRT_2PI = math.sqrt(2 * math.pi)


@dataclass(frozen=True, slots=True)
class Reached:
    """The paths that went on after a look: their mass at nodes of the score, arrays of shape (nodes,), at
    `information`.
    """

    score: FloatArray
    mass: FloatArray
    information: float


START = Reached(np.zeros(1), np.ones(1), 0.0)
"""Before the first look: all the mass at score 0, without information."""


@dataclass(frozen=True, slots=True)
class CrossingProbabilities:
    """The probability of crossing each boundary first at each look; arrays of shape (looks,)."""

    upper: FloatArray
    lower: FloatArray


def expect_apart(information: Sequence[float], whole: float | None = None) -> None:
    """ValueError where two looks are one: nearer than `NEAREST` of the `whole` information, or of the last look's."""
    least = NEAREST * (information[-1] if whole is None else whole) * (1 - _ROUNDING)
    for before, now in pairwise(information):
        if 0 < now - before < least:
            raise ValueError(phrase("looks.near", nearest=NEAREST, before=f"{before:.12g}", now=f"{now:.12g}"))


def above(reached: Reached, information: float, drift: float, z: float) -> float:
    """The probability of having gone on until now and then finding a statistic of at least `z`."""
    if z == math.inf:
        return 0.0
    return float(reached.mass @ ndtr(-_ahead(reached, information, drift, z)))


def below(reached: Reached, information: float, drift: float, z: float) -> float:
    """The probability of having gone on until now and then finding a statistic below `z`."""
    if z == -math.inf:
        return 0.0
    return float(reached.mass @ ndtr(_ahead(reached, information, drift, z)))


def density_at(reached: Reached, information: float, drift: float, z: float) -> float:
    """The density, in `z`, of having gone on until now and then finding exactly this statistic."""
    ahead = _ahead(reached, information, drift, z)
    scale = math.sqrt(information / (information - reached.information)) / _SQRT_2PI
    return float(reached.mass @ np.exp(-0.5 * ahead * ahead)) * scale


def go_on(reached: Reached, information: float, drift: float, lower: float, upper: float, next_step: float) -> Reached:
    """The paths that a look at `information` leaves between `lower` and `upper`, both on the scale of the statistic.

    `next_step`: the information between this look and the next one; where it is small, more nodes are needed. Raises
    ValueError where it is next to nothing.
    """
    expect_apart((information, information + next_step))
    step = information - reached.information
    root = math.sqrt(information)
    mean, reach = drift * information, _REACH * root
    low, high = max(lower * root, mean - reach), min(upper * root, mean + reach)
    if not low < high:
        return Reached(np.zeros(1), np.zeros(1), information)
    least, per_deviation = _NODES
    narrowest = math.sqrt(min(step, next_step))
    nodes, weights = _legendre(16 * math.ceil((least + per_deviation * (high - low) / narrowest) / 16))
    score = (high - low) / 2 * nodes + (high + low) / 2
    spread = math.sqrt(step)
    away = (score[:, None] - reached.score[None, :] - drift * step) / spread
    density = np.exp(-0.5 * away * away) @ reached.mass / (spread * _SQRT_2PI)
    return Reached(score, density * weights * ((high - low) / 2), information)


def crossing_probabilities(
    information: Sequence[float], drift: float, upper: Sequence[float], lower: Sequence[float] | None = None
) -> CrossingProbabilities:
    """Where the statistic leaves the region between the boundaries, look by look.

    `information`: increasing, in any unit. `drift`: the effect in the unit that belongs to it, so that the statistic
    has mean drift*sqrt(information); with information as fractions of its maximum, drift is the mean at the last look.
    `upper`, `lower`: boundaries on the scale of the statistic, infinite where there is none; `lower=None`: none at all.
    Armitage, McPherson and Rowe (1969), J R Stat Soc A 132:235. Raises ValueError where looks and boundaries do not
    match, and where two looks are so near that they are one.

    Two looks at the full 2.5%, without effect, find something 4% of the time:

    >>> crossing_probabilities((0.5, 1.0), 0.0, (1.96, 1.96)).upper.sum().round(4)
    np.float64(0.0416)
    """
    looks = len(information)
    floor = [-math.inf] * looks if lower is None else lower
    if not looks == len(upper) == len(floor):
        raise ValueError(f"{looks} looks with {len(upper)} upper and {len(floor)} lower bounds")
    if not all(before < now for before, now in pairwise((0.0, *information))):
        raise ValueError("information is positive and increases from look to look")
    expect_apart(information)
    reached = START
    up, down = np.zeros(looks), np.zeros(looks)
    for k, now in enumerate(information):
        up[k] = above(reached, now, drift, upper[k])
        down[k] = below(reached, now, drift, floor[k])
        if k + 1 < looks:
            reached = go_on(reached, now, drift, floor[k], upper[k], information[k + 1] - now)
    return CrossingProbabilities(up, down)


def _ahead(reached: Reached, information: float, drift: float, z: float) -> FloatArray:
    """How far ahead of each path `z` lies, in standard deviations of what this look adds."""
    step = information - reached.information
    ahead: FloatArray = (z * math.sqrt(information) - reached.score - drift * step) / math.sqrt(step)
    return ahead


@lru_cache(maxsize=64)
def _legendre(count: int) -> tuple[FloatArray, FloatArray]:
    """Nodes and weights on -1 to 1; of several panels where there are many, since one rule of n nodes costs n^3."""
    panels = math.ceil(count / _ONE_RULE)
    nodes, weights = np.polynomial.legendre.leggauss(math.ceil(count / panels))
    centres = (2 * np.arange(panels) + 1) / panels - 1
    return (centres[:, None] + nodes / panels).ravel(), np.tile(weights / panels, panels)
