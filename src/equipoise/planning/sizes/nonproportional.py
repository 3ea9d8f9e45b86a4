"""One look at survival when hazards need not be proportional: the power of a test, and the participants for a wanted
power.

The same question put to seven tests: average hazard ratio, weighted log-rank, MaxCombo, restricted mean, milestone
survival, and Lachin and Foulkes with the average ratio as if it held throughout. All at a planned calendar month, with
accrual as it is or scaled. Agrees with the fixed designs of R's gsDesign2; positive is benefit; numbers are
expectations and are not rounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from equipoise.planning.sequential.group_sequential import Sequential, plan_sequential
from equipoise.planning.sizes.curve_worth import MilestoneScale, milestone_worth, restricted_mean_worth
from equipoise.planning.sizes.events import TwoArms, total_events
from equipoise.planning.sizes.logrank_worth import logrank_worth
from equipoise.planning.sizes.looks_power import InformationScale
from equipoise.planning.sizes.weighted_logrank import (
    ExpectedLook,
    Strata,
    Stratum,
    estimate_look,
    estimate_scores,
    strata_of,
)
from equipoise.planning.sizes.worth import Worth
from equipoise.roots import find_root
from equipoise.survival.joint_normal import any_at_least, correlation_of, equal_bound
from equipoise.survival.weights import LOGRANK, FlemingHarrington, Weight
from equipoise.wording.literals import literals_checked

__all__ = [
    "AverageRatio",
    "LachinFoulkes",
    "MaxCombo",
    "MilestoneSurvival",
    "NonproportionalPlan",
    "NonproportionalTest",
    "RestrictedMeans",
    "WeightedLogrank",
    "estimate_nonproportional_power",
    "plan_nonproportional",
]


@literals_checked
@dataclass(frozen=True, slots=True)
class AverageRatio:
    """The log-rank test, by the average hazard ratio and its information. `information`: see `InformationScale`."""

    information: InformationScale = "both"


@literals_checked
@dataclass(frozen=True, slots=True)
class WeightedLogrank:
    """The log-rank test with these weights, by the expectation of its score."""

    weight: Weight = LOGRANK
    information: InformationScale = "both"


@dataclass(frozen=True, slots=True)
class MaxCombo:
    """The greatest of several weighted log-rank statistics, all of one side."""

    weights: tuple[Weight, ...] = (LOGRANK, FlemingHarrington(0, 1), FlemingHarrington(1, 0))


@dataclass(frozen=True, slots=True)
class RestrictedMeans:
    """The difference of mean times free of the event until `tau` months."""

    tau: float


@literals_checked
@dataclass(frozen=True, slots=True)
class MilestoneSurvival:
    """Survival `at` months, on the log-log scale (Klein et al. 2007) or plainly its difference."""

    at: float
    scale: MilestoneScale = "log_log"


@dataclass(frozen=True, slots=True)
class LachinFoulkes:
    """The control arm as planned, and the average hazard ratio at the look as if it held at all times."""


NonproportionalTest = AverageRatio | WeightedLogrank | MaxCombo | RestrictedMeans | MilestoneSurvival | LachinFoulkes


@dataclass(frozen=True, slots=True)
class NonproportionalPlan:
    """One look at calendar `month`. `bound`: the statistic rejects from here on. `hazard_ratio`: the average over all
    events.

    `strata` have the accrual of these `participants`. `events` are those that the test's own approximation expects:
    Lachin and Foulkes expects them under proportional hazards.
    """

    test: NonproportionalTest
    strata: tuple[Stratum, ...]
    month: float
    participants: float
    events: float
    hazard_ratio: float
    bound: float
    power: float


def estimate_nonproportional_power(
    test: NonproportionalTest, strata: Strata, month: float, *, alpha: float, sides: int = 1
) -> NonproportionalPlan:
    """The power of `test` at calendar `month` with accrual as it is; `alpha` of both sides together where `sides` is 2.

    The probability of rejecting on the side of benefit. Restricted means, milestones and Lachin and Foulkes know one
    stratum. Raises ValueError for what cannot be planned.

    >>> from equipoise.planning import Arrivals, SurvivalCourse, TwoArms
    >>> control = SurvivalCourse.constant(math.log(2) / 24)
    >>> late = Stratum(Arrivals.over((24,), (20,)), TwoArms(control, control.times((1.0, 0.6), (0.0, 4.0))))
    >>> tests = WeightedLogrank(), MaxCombo()
    >>> [round(estimate_nonproportional_power(test, late, 42, alpha=0.025).power, 3) for test in tests]
    [0.869, 0.889]
    """
    many = strata_of(strata)
    design = plan_sequential(alpha=alpha, drift=1.0, sides=sides)
    if isinstance(test, MaxCombo):
        means, correlation = _combined(test, many, month)
        bound = equal_bound(alpha, correlation, both_sides=sides == 2)
        power = any_at_least(bound, correlation, means)
    else:
        bound, power = design.upper[0], _worth(test, many, month).power(1.0, design)
    return _describe(test, many, month, bound, power)


def plan_nonproportional(
    test: NonproportionalTest, strata: Strata, month: float, *, alpha: float, power: float, sides: int = 1
) -> NonproportionalPlan:
    """The participants that give `test` this `power` at calendar `month`: all rates of accrual times one factor.

    Raises ValueError as `estimate_nonproportional_power`, and when there is no benefit to find.
    """
    many = strata_of(strata)
    design = plan_sequential(alpha=alpha, power=power, sides=sides)
    if isinstance(test, MaxCombo):
        means, correlation = _combined(test, many, month)
        bound = equal_bound(alpha, correlation, both_sides=sides == 2)
        factor = _factor_of_combination(means, correlation, bound, power)
    else:
        bound, factor = design.upper[0], _factor(_worth(test, many, month), design)
    return _describe(test, tuple(s.scaled(factor) for s in many), month, bound, power)


def _factor(worth: Worth, design: Sequential) -> float:
    """How many times the participants are needed."""
    factor = worth.fixed_size(design)
    if not math.isfinite(factor):
        raise ValueError("the test is expected to find no benefit: no number of participants would show it")
    if not factor > 0:
        raise ValueError("that power needs no participants")
    return factor


def _factor_of_combination(means: np.ndarray, correlation: np.ndarray, bound: float, power: float) -> float:
    best = float(means.max())
    if best <= 0:
        raise ValueError("none of the tests is expected to find a benefit: no number of participants would show it")

    def missing(root: float) -> float:
        return power - any_at_least(bound, correlation, root * means)

    if missing(1e-6) <= 0:
        raise ValueError("that power needs no participants")
    # The best test alone has the power by then, whatever the others add.
    enough = max((bound + float(ndtri(power))) / best, 1e-3) * 1.01
    return float(find_root(missing, 1e-6, enough, xtol=1e-12, rtol=1e-12)) ** 2


def _combined(test: MaxCombo, strata: tuple[Stratum, ...], month: float) -> tuple[np.ndarray, np.ndarray]:
    """Means and correlation of the weighted statistics under the planned hazards."""
    if not test.weights:
        raise ValueError("a combination has at least one weight")
    score, covariance = estimate_scores(strata, month, test.weights)
    return score / np.sqrt(np.diag(covariance)), correlation_of(covariance)


def _worth(test: NonproportionalTest, strata: tuple[Stratum, ...], month: float) -> Worth:
    if isinstance(test, AverageRatio | WeightedLogrank):
        weight = test.weight if isinstance(test, WeightedLogrank) else None
        return _worth_of_look(estimate_look(strata, month, weight), test.information)
    if len(strata) > 1:
        raise ValueError(f"{_NAMES[type(test)]} is planned for one stratum: pool the strata, or use a log-rank test")
    stratum = strata[0]
    if isinstance(test, RestrictedMeans):
        return restricted_mean_worth(stratum.arrivals, stratum.arms, month, test.tau)
    if isinstance(test, MilestoneSurvival):
        return milestone_worth(stratum.arrivals, stratum.arms, month, test.at, test.scale)
    return logrank_worth("lachin_foulkes", stratum.arrivals, _as_proportional(stratum, month), month, 1.0, "below")


def _worth_of_look(look: ExpectedLook, information: InformationScale) -> Worth:
    if information == "null":
        return Worth(look.effect * math.sqrt(look.information_null))
    stretch = 1.0 if information == "planned" else math.sqrt(look.information / look.information_null)
    return Worth(look.mean, stretch)


def _as_proportional(stratum: Stratum, month: float) -> TwoArms:
    arms = stratum.arms
    ratio = estimate_look(stratum, month).hazard_ratio
    return TwoArms(arms.control, arms.control.times((ratio,)), arms.ratio)


def _describe(
    test: NonproportionalTest, strata: tuple[Stratum, ...], month: float, bound: float, power: float
) -> NonproportionalPlan:
    look = estimate_look(strata, month)
    events = look.events
    if isinstance(test, LachinFoulkes):
        events = total_events(strata[0].arrivals, _as_proportional(strata[0], month), month)
    return NonproportionalPlan(test, strata, month, look.participants, events, look.hazard_ratio, bound, power)


_NAMES: dict[type, str] = {
    RestrictedMeans: "a difference of restricted means",
    MilestoneSurvival: "survival at one time",
    LachinFoulkes: "the method of Lachin and Foulkes",
}
