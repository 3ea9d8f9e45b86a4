"""The power of a sequential design whose effect changes from look to look, and the participants for a wanted power.

The score's increments between looks are independent normals whose means follow from the average hazard ratio, or the
weighted score, by each look. Boundaries spend alpha over the information under no effect (R's gsDesign2, `info_scale`).
Months; positive is benefit. Takes looks as `weighted_logrank` expects them; knows no hazards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.special import ndtr

from equipoise.design.spec import Spending
from equipoise.planning.sequential.crossing import crossing_probabilities
from equipoise.planning.sequential.group_sequential import plan_sequential
from equipoise.planning.sizes.weighted_logrank import ExpectedLook, Strata, Stratum, estimate_look, strata_of
from equipoise.roots import find_root
from equipoise.survival.weights import Weight
from equipoise.wording.literals import literals_checked

__all__ = ["InformationScale", "LooksPlan", "estimate_looks_power", "plan_looks"]

InformationScale = Literal["both", "null", "planned", "stretched"]
"""Whose variance: `null` that under no effect for boundaries and power; `planned` that under the planned hazards for
both; `both`: boundaries spend by the first and the statistic moves by the second, as R's gsDesign2 has it: the
statistic, which is divided by its standard deviation under no effect, is stretched by the ratio of the two at the first
look only; `stretched`: at every look.
"""

_MOST_TIMES = 1e6


@dataclass(frozen=True, slots=True)
class LooksPlan:
    """The numbers by look: `fractions` of the information that boundaries spend over, boundaries on the scale of the
    statistic (`lower` minus infinity where there is none), and the cumulative probabilities of crossing either (`power`
    the upper).
    """

    looks: tuple[ExpectedLook, ...]
    strata: tuple[Stratum, ...]
    fractions: tuple[float, ...]
    upper: tuple[float, ...]
    lower: tuple[float, ...]
    power: tuple[float, ...]
    stopped_below: tuple[float, ...]


@literals_checked
def estimate_looks_power(
    strata: Strata,
    months: Sequence[float],
    *,
    alpha: float,
    weight: Weight | None = None,
    efficacy: Spending | str | None = None,
    futility: Sequence[float] = (),
    sides: int = 1,
    information: InformationScale = "both",
) -> LooksPlan:
    """The power of looks at these calendar `months`, by the average hazard ratio (no `weight`) or by a weighted
    log-rank test.

    `alpha` of both sides together where `sides` is 2. `futility`: bounds on the scale of the statistic for all looks
    but the last, not binding; minus infinity where a look has none. Raises ValueError for what cannot be planned.
    """
    many = strata_of(strata)
    looks = tuple(estimate_look(many, month, weight) for month in months)
    return _power(looks, many, alpha, efficacy, futility, sides, information)


@literals_checked
def plan_looks(
    strata: Strata,
    months: Sequence[float],
    *,
    alpha: float,
    power: float,
    weight: Weight | None = None,
    efficacy: Spending | str | None = None,
    futility: Sequence[float] = (),
    sides: int = 1,
    information: InformationScale = "both",
) -> LooksPlan:
    """As `estimate_looks_power`, with all rates of accrual multiplied so that the last look has this `power`.

    Raises ValueError when no number of participants would have it.
    """
    if not alpha / sides < power < 1:
        raise ValueError(f"power lies between alpha and 1, and {power} does not")
    many = strata_of(strata)
    looks = tuple(estimate_look(many, month, weight) for month in months)

    def at(factor: float) -> LooksPlan:
        more = tuple(_times(look, factor) for look in looks)
        return _power(more, tuple(s.scaled(factor) for s in many), alpha, efficacy, futility, sides, information)

    def missing(logarithm: float) -> float:
        return power - at(math.exp(logarithm)).power[-1]

    high = math.log(_MOST_TIMES)
    if missing(high) > 0:
        raise ValueError(
            "no number of participants would have that power: the effect is none, or harm, at too many looks"
        )
    low = -high
    if missing(low) < 0:
        raise ValueError("that power needs no participants")
    return at(math.exp(float(find_root(missing, low, high, xtol=1e-12, rtol=1e-14))))


def _times(look: ExpectedLook, factor: float) -> ExpectedLook:
    return replace(
        look,
        participants=look.participants * factor,
        events=look.events * factor,
        information=look.information * factor,
        information_null=look.information_null * factor,
    )


def _power(
    looks: tuple[ExpectedLook, ...],
    strata: tuple[Stratum, ...],
    alpha: float,
    efficacy: Spending | str | None,
    futility: Sequence[float],
    sides: int,
    scale: InformationScale,
) -> LooksPlan:
    null = np.array([look.information_null for look in looks])
    planned = np.array([look.information for look in looks])
    spent, moved = (planned if scale == "planned" else null), (null if scale == "null" else planned)
    fractions = (spent / spent[-1]).tolist()
    if futility and len(futility) != len(looks) - 1:
        raise ValueError(f"{len(futility)} futility bounds for {len(looks) - 1} interim looks")
    # Bounds that do not depend on the effect need none: the drift is only a place holder.
    design = plan_sequential(alpha=alpha, drift=1.0, sides=sides, fractions=fractions, efficacy=efficacy)
    upper = np.array(design.upper)
    lower = np.full(len(looks), -math.inf) if sides == 1 else -upper
    if futility:
        if sides == 2:
            raise ValueError("futility belongs to one-sided designs: the lower side of a two-sided one finds harm")
        lower[:-1] = np.minimum(futility, upper[:-1])
    means = np.array([look.effect for look in looks]) * np.sqrt(moved)
    stretch = np.sqrt(moved / spent)
    every = stretch if scale == "stretched" else np.ones(len(looks))
    # Means that change from look to look: the paths are followed without them, and the boundaries moved instead.
    crossed = crossing_probabilities(
        moved.tolist(), 0.0, (upper * every - means).tolist(), (lower * every - means).tolist()
    )
    up, down = crossed.upper.copy(), crossed.lower.copy()
    if scale == "both":
        up[0] = float(ndtr(means[0] - upper[0] * stretch[0]))
        down[0] = float(ndtr(lower[0] * stretch[0] - means[0]))
    return LooksPlan(
        looks,
        strata,
        tuple(fractions),
        tuple(upper.tolist()),
        tuple(lower.tolist()),
        tuple(np.cumsum(up).tolist()),
        tuple(np.cumsum(down).tolist()),
    )
