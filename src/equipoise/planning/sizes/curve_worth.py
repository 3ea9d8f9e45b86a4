"""What participants are worth to tests that compare survival curves: restricted means, and survival at one time.

The variances are Greenwood's, in expectation: the integral of the hazard over the expected number at risk (Yung and Liu
2020, Biometrics 76:939; Klein et al. 2007, Stat Med 26:4505 for the log-log scale). Positive is benefit. Months. One
stratum.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from scipy.special import gamma, gammainc

from equipoise.planning.sequential.crossing import FloatArray
from equipoise.planning.sizes.at_risk import expect_at_risk
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms
from equipoise.planning.sizes.worth import Worth
from equipoise.wording.literals import literals_checked

__all__ = ["MilestoneScale", "milestone_worth", "restricted_mean", "restricted_mean_worth"]

MilestoneScale = Literal["log_log", "plain"]


def restricted_mean(course: SurvivalCourse, tau: float) -> float:
    """The mean time free of the event until `tau` months after arrival, dropout apart."""
    if course.shape != 1.0:
        k, hazard = course.shape, course.hazards[0]
        area = float(gamma(1 + 1 / k) / hazard * gammainc(1 / k, (hazard * tau) ** k)) if hazard else tau
        return course.cured * tau + (1 - course.cured) * area
    area, alive = 0.0, 1.0
    for start, stop, hazard in zip(course.starts, (*course.starts[1:], math.inf), course.hazards, strict=True):
        if start >= tau:
            break
        gone = hazard * (min(stop, tau) - start)
        area += alive * (-math.expm1(-gone) / hazard if hazard else min(stop, tau) - start)
        alive *= math.exp(-gone)
    return course.cured * tau + (1 - course.cured) * area


def restricted_mean_worth(arrivals: Arrivals, arms: TwoArms, month: float, tau: float) -> Worth:
    """The worth of `arrivals`, as they are, to the difference of restricted means at calendar `month`.

    Raises ValueError when nobody is expected to be followed until `tau`.
    """
    _expect_followed(arrivals, month, tau)
    risk = expect_at_risk(arrivals, arms, month, until=tau)

    def variance(course: SurvivalCourse, hazard: FloatArray, here: FloatArray) -> float:
        whole = restricted_mean(course, tau)
        after = whole - np.array([restricted_mean(course, u) for u in risk.after])
        return float((risk.width * hazard * after**2 / here).sum())

    spread = variance(arms.control, risk.hazard_control, risk.control)
    spread += variance(arms.experimental, risk.hazard_experimental, risk.experimental)
    return _worth(restricted_mean(arms.experimental, tau) - restricted_mean(arms.control, tau), spread)


@literals_checked
def milestone_worth(
    arrivals: Arrivals, arms: TwoArms, month: float, at: float, scale: MilestoneScale = "log_log"
) -> Worth:
    """The worth of `arrivals`, as they are, to the comparison of survival `at` months after arrival, at calendar
    `month`.

    `scale`: of log(-log S), which keeps its level, or of S itself. Raises ValueError when nobody is followed so long.
    """
    _expect_followed(arrivals, month, at)
    risk = expect_at_risk(arrivals, arms, month, until=at)
    values, spread = [], 0.0
    for course, hazard, here in (
        (arms.control, risk.hazard_control, risk.control),
        (arms.experimental, risk.hazard_experimental, risk.experimental),
    ):
        survival = course.surviving(at)
        greenwood = float((risk.width * hazard / here).sum())
        if scale == "plain":
            values.append(survival)
            spread += survival**2 * greenwood
            continue
        if not 0 < survival < 1:
            raise ValueError(f"survival at {at} months is {survival} in one arm: the log-log scale has no value there")
        values.append(-math.log(-math.log(survival)))
        spread += greenwood / math.log(survival) ** 2
    return _worth(values[1] - values[0], spread)


def _worth(effect: float, variance: float) -> Worth:
    if not variance > 0:
        raise ValueError("no events are expected by that time: the curves do not vary")
    return Worth(effect / math.sqrt(variance))


def _expect_followed(arrivals: Arrivals, month: float, time: float) -> None:
    first = next(start for start, _, rate in arrivals.pieces() if rate > 0)
    if not 0 < time < month - first:
        raise ValueError(f"at month {month} nobody has been followed for {time} months: choose an earlier time")
