"""P-values: what is left of a distribution beyond a statistic, computed as a tail and never as 1 minus the rest.

1 - F(z) is 0 from z = 8.3 on, where the truth is 1e-16, and wrong in its digits long before. A p-value is never 0:
where it is smaller than the smallest number that a computer holds with all its digits (2.2e-308), that number is given,
which the truth does not exceed.
"""

from __future__ import annotations

import math
import sys

__all__ = ["LEAST", "above", "chi_square_above", "two_sided", "two_sided_t"]

LEAST = sys.float_info.min
"""What a p-value is at least."""


def two_sided(z: float) -> float:
    """Probability that a standard normal is as far from 0 as `z`, on either side; NaN of NaN."""
    return _at_least(math.erfc(abs(z) / math.sqrt(2)))


def above(z: float) -> float:
    """Probability that a standard normal is at least `z`; NaN of NaN."""
    return _at_least(math.erfc(z / math.sqrt(2)) / 2)


def two_sided_t(t: float, degrees_of_freedom: float) -> float:
    """Probability that Student's t is as far from 0 as `t`, on either side."""
    from scipy.special import stdtr

    return _at_least(2 * float(stdtr(degrees_of_freedom, -abs(t))))


def chi_square_above(value: float, degrees_of_freedom: float) -> float:
    """Probability that a chi-square is at least `value`."""
    from scipy.special import chdtrc

    return _at_least(float(chdtrc(degrees_of_freedom, value)))


def _at_least(p: float) -> float:
    return max(p, LEAST)  # a NaN stays one
