"""Whether a number goes along with a score within groups: the slope of the score beside a level for each group.

Least squares by the theorem of Frisch, Waugh and Lovell: values and scores less their groups' means (Econometrica 31
(1963) 993). With the reverse propensity score for the score and the arms for the groups it is the test of selection
bias of Berger and Exner (Controlled Clinical Trials 20 (1999) 319).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from statistics import fmean

from equipoise.estimation.inputs import read_values
from equipoise.estimation.words import refuse
from equipoise.tails import two_sided_t

__all__ = ["Association", "estimate_association"]

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Association:
    """`slope`: how much higher the value is where the score is 1 than where it is 0, in the value's unit."""

    n: int
    slope: float
    error: float
    degrees_of_freedom: int
    p_value: float


def estimate_association(
    values: Sequence[float], scores: Sequence[float], groups: Sequence[Hashable]
) -> Association | None:
    """The slope of the scores with its standard error and the p-value of 0; None where there is nothing to estimate.

    That is so where the scores do not differ within groups, or too few values are left to judge a spread by. Raises
    Refusal where the three are not of one length or a number is none.
    """
    values, scores = read_values(values, "values"), read_values(scores, "scores")
    groups = list(groups)
    if not len(values) == len(scores) == len(groups):
        refuse("estimation.lengths", "values", lengths=(len(values), len(scores), len(groups)))
    y, x = _less_means(values, groups), _less_means(scores, groups)
    spread = math.fsum(one * one for one in x)
    degrees = len(values) - len(set(groups)) - 1
    if spread <= _NOTHING or degrees < 1:
        return None
    slope = math.fsum(a * b for a, b in zip(x, y, strict=True)) / spread
    left = math.fsum((b - slope * a) ** 2 for a, b in zip(x, y, strict=True))
    if left <= _NOTHING * max(1.0, math.fsum(b * b for b in y)):
        return None
    error = math.sqrt(left / degrees / spread)
    return Association(len(values), slope, error, degrees, two_sided_t(slope / error, degrees))


def _less_means(values: Sequence[float], groups: Sequence[Hashable]) -> list[float]:
    means = {
        group: fmean(value for value, of in zip(values, groups, strict=True) if of == group) for group in set(groups)
    }
    return [value - means[group] for value, group in zip(values, groups, strict=True)]
