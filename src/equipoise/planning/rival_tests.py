"""How other tests than the planned log-rank test would fare in the planned trial, with and without a delayed effect.

One look, at the planned month of the last one, with all the alpha: what the looks cost is the same for each and left
out. Months. Superiority only. The tests themselves: `nonproportional`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from equipoise.design.spec import Design
from equipoise.planning.from_clause import two_arms
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.nonproportional import (
    MaxCombo,
    MilestoneSurvival,
    NonproportionalTest,
    RestrictedMeans,
    WeightedLogrank,
    estimate_nonproportional_power,
)
from equipoise.planning.sizes.survival import SurvivalPlan
from equipoise.planning.sizes.weighted_logrank import Stratum
from equipoise.survival.weights import FlemingHarrington
from equipoise.wording import Sourced, bare
from equipoise.wording.literals import literals_checked

__all__ = ["RivalTest", "compare_tests", "delays_of"]

RivalName = Literal["logrank", "fleming_harrington_late", "max_combo", "rmst", "milestone"]


@literals_checked
@dataclass(frozen=True, slots=True)
class RivalTest:
    """One test: the month it looks at (`tau` of restricted means, or the milestone), and its power for each delay of
    the effect.
    """

    test: RivalName
    month: float | None
    powers: tuple[float | None, ...]


def delays_of(design: Design) -> tuple[float, ...]:
    """The delays that are asked about, in months: none, and the assumed one or, where none is assumed, 3 and 6."""
    assumed = bare(design.delay_months) or 0.0
    return (0.0, assumed, 2 * assumed) if assumed else (0.0, 3.0, 6.0)


def compare_tests(design: Design, boundaries: Sequential, ratio: float, planned: SurvivalPlan) -> tuple[RivalTest, ...]:
    """The power of each test for each of `delays_of(design)`; nothing where the question is not superiority below 1."""
    if planned.margin != 1 or planned.benefit != "below":
        return ()
    at = _month(design, planned)
    tests: tuple[tuple[RivalName, float | None, NonproportionalTest], ...] = (
        ("logrank", None, WeightedLogrank()),
        ("fleming_harrington_late", None, WeightedLogrank(FlemingHarrington(0.0, 1.0))),
        ("max_combo", None, MaxCombo()),
        ("rmst", at, RestrictedMeans(at)),
        ("milestone", at, MilestoneSurvival(at)),
    )
    found = []
    for name, month, test in tests:
        powers = tuple(_power(design, boundaries, ratio, planned, test, delay) for delay in delays_of(design))
        found.append(RivalTest(name, month, powers))
    return tuple(found)


def _month(design: Design, planned: SurvivalPlan) -> float:
    """The month of which the control arm's curve is known; otherwise that for which half of the participants can be
    followed.
    """
    hazard = bare(design.control)
    if hazard is not None and hazard.at_months and hazard.at_months < planned.duration:
        return hazard.at_months
    joined = planned.arrivals.arrived(planned.duration)
    return planned.duration - planned.arrivals.time_of(joined / 2)


def _power(
    design: Design,
    boundaries: Sequential,
    ratio: float,
    planned: SurvivalPlan,
    test: NonproportionalTest,
    delay: float,
) -> float | None:
    changed = design.model_copy(update={"delay_months": Sourced[float](value=delay) if delay else None})
    stratum = Stratum(planned.arrivals, two_arms(changed, ratio))
    try:
        return estimate_nonproportional_power(
            test, stratum, planned.duration, alpha=boundaries.alpha, sides=boundaries.sides
        ).power
    except ValueError:  # nobody at risk so late, or no effect to find
        return None
