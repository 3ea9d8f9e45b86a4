"""What a sample is worth to a test: the mean of its statistic, and the size that gives a planned one.

A test whose statistic has standard deviation 1 under the null hypothesis and another one under the alternative
(proportions, log-rank by Lachin and Foulkes) still has a normal power function: z_power = (effect sqrt(n) - z_alpha
sd0) / sd1. Written as a drift it is slope sqrt(n) + z_alpha (1 - sd0/sd1), which is what a sequential design asks for.
Knows no endpoint.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri

from equipoise.design.direction import Benefit
from equipoise.planning.sequential.group_sequential import Sequential

__all__ = ["Benefit", "Worth"]

_FAR = 100.0
"""A drift by which the power is 0 or 1 to the last digit; beyond it numbers only overflow."""


@dataclass(frozen=True, slots=True)
class Worth:
    """`slope`: effect over its standard deviation under the alternative, for a sample of one unit; positive is benefit.
    `sd_ratio`: the standard deviation under the null hypothesis over that under the alternative."""

    slope: float
    sd_ratio: float = 1.0

    def drift(self, size: float, design: Sequential) -> float:
        """The drift of the statistic at full information when the sample has this size, in units; at most 100 either
        way.
        """
        tail = -float(ndtri(design.alpha_one_sided))
        return max(-_FAR, min(self.slope * math.sqrt(size) + tail * (1 - self.sd_ratio), _FAR))

    def power(self, size: float, design: Sequential) -> float:
        """The probability of rejecting on the side of benefit with this size, in units."""
        return float(design.crossing(self.drift(size, design)).upper.sum())

    def fixed_size(self, design: Sequential) -> float:
        """The size that one look with the design's errors needs, in units;
        infinite when there is no benefit to find."""
        tail, tail_power = -float(ndtri(design.alpha_one_sided)), float(ndtri(design.power))
        if self.slope <= 0:
            return math.inf
        # Below a power at which even no sample is enough, none is needed.
        root = max(tail * self.sd_ratio + tail_power, 0.0) / self.slope
        return root * root

    def size(self, design: Sequential) -> float:
        """The maximum size of the design, in units: that of one look times the design's inflation.

        Exact where `sd_ratio` is 1, otherwise an approximation to the order of (inflation - 1)(1 - sd_ratio), the usual
        one.
        """
        return self.fixed_size(design) * design.inflation
