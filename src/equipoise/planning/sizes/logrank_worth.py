"""What events and participants are worth to the log-rank test: five ways to say it.

Schoenfeld (1981), Biometrika 68:316; Freedman (1982), Stat Med 1:121; Hsieh (1992), Stat Med 11:1 with Freedman's
argument; Lachin and Foulkes (1986), Biometrics 42:507; Lakatos (1988), Biometrics 44:229, in continuous time with
staggered entry. The hazard ratio is experimental over control; `ratio` is experimental participants to one control.
Knows no design.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from equipoise.planning.sizes.at_risk import expect_at_risk
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms, expected_events
from equipoise.planning.sizes.worth import Benefit, Worth
from equipoise.planning.words import phrase
from equipoise.wording.literals import literals_checked

__all__ = ["BY_EVENTS", "SurvivalMethod", "logrank_worth", "proportional_ratio", "worth_of_an_event"]

SurvivalMethod = Literal["schoenfeld", "freedman", "hsieh_freedman", "lachin_foulkes", "lakatos"]
BY_EVENTS = ("schoenfeld", "freedman", "hsieh_freedman")
"""The methods by which power depends on the number of events alone."""


@literals_checked
def worth_of_an_event(
    method: SurvivalMethod, hazard_ratio: float, ratio: float = 1.0, margin: float = 1.0, benefit: Benefit = "below"
) -> float:
    """The mean of the log-rank statistic over the square root of the number of events; positive is benefit.

    With r = `ratio`, h = `hazard_ratio`, m = `margin` (the hazard ratio of the null hypothesis; 1 for superiority):
    schoenfeld ln(m/h) sqrt(r)/(1 + r); freedman (1 - h) sqrt(r)/(1 + r h); hsieh_freedman 2 (1 - h)/(1 + h) sqrt(r)/(1
    + r). The last two know no margin. Raises ValueError for other methods and for ratios that are not positive.
    """
    if not (0 < hazard_ratio < math.inf and 0 < margin < math.inf and 0 < ratio < math.inf):
        raise ValueError(phrase("method.positive"))
    if method == "schoenfeld":
        found = math.log(margin / hazard_ratio) * math.sqrt(ratio) / (1 + ratio)
    elif method not in BY_EVENTS:
        raise ValueError(phrase("method.events", method=method))
    elif margin != 1:
        raise ValueError(phrase("method.margin", method=method))
    elif method == "freedman":
        found = (1 - hazard_ratio) * math.sqrt(ratio) / (1 + ratio * hazard_ratio)
    else:
        found = 2 * (1 - hazard_ratio) / (1 + hazard_ratio) * math.sqrt(ratio) / (1 + ratio)
    return found if benefit == "below" else -found


@literals_checked
def logrank_worth(
    method: SurvivalMethod, arrivals: Arrivals, arms: TwoArms, time: float, margin: float, benefit: Benefit
) -> Worth:
    """The worth of `arrivals`, as they are, to the log-rank test at calendar `time` (months)."""
    if method == "lakatos":
        return _lakatos(arrivals, arms, time, margin, benefit)
    hazard_ratio = proportional_ratio(arms, method)
    if method == "lachin_foulkes":
        return _lachin_foulkes(arrivals, arms, time, hazard_ratio, margin, benefit)
    events = sum(expected_events(arrivals, course, time, share) for share, course in arms.shares)
    return Worth(worth_of_an_event(method, hazard_ratio, arms.ratio, margin, benefit) * math.sqrt(events))


@literals_checked
def proportional_ratio(arms: TwoArms, method: SurvivalMethod) -> float:
    """The one hazard ratio that `method` needs. Raises ValueError when the ratio changes or there is none."""
    found = arms.hazard_ratio
    if found is None:
        raise ValueError(phrase("method.proportional", method=method))
    if found == 0:
        raise ValueError("a hazard ratio of 0 cannot be planned for")
    return found


def _lachin_foulkes(
    arrivals: Arrivals, arms: TwoArms, time: float, hazard_ratio: float, margin: float, benefit: Benefit
) -> Worth:
    """The variance of the log hazard ratio is 1/events + 1/events, under both hypotheses.

    Under the null one the hazards are in the ratio of the margin, and their average over all participants is the
    planned one.
    """
    (share_e, treated), (share_c, control) = arms.shares
    common = (1 + hazard_ratio * arms.ratio) / (1 + margin * arms.ratio)
    null_control = control.times((common,))
    null_treated = _with_hazards_of(treated, control.times((common * margin,)))

    def variance(one: SurvivalCourse, two: SurvivalCourse) -> float:
        counts = (expected_events(arrivals, one, time, share_e), expected_events(arrivals, two, time, share_c))
        return sum(1 / count for count in counts) if min(counts) > 0 else math.inf

    null, planned = variance(null_treated, null_control), variance(treated, control)
    if not math.isfinite(planned):
        return Worth(0.0)
    effect = math.log(margin / hazard_ratio) * (1 if benefit == "below" else -1)
    return Worth(effect / math.sqrt(planned), math.sqrt(null / planned))


def _with_hazards_of(dropping_out: SurvivalCourse, course: SurvivalCourse) -> SurvivalCourse:
    return SurvivalCourse(course.starts, course.hazards, dropping_out.dropout, course.cured, course.shape)


def _lakatos(arrivals: Arrivals, arms: TwoArms, time: float, margin: float, benefit: Benefit) -> Worth:
    """Mean and null variance of the log-rank numerator, summed over the events as they are expected to come.

    At follow-up time u let f be the experimental over the control number at risk and h the ratio of hazards: an event
    of either arm adds m f/(1 + m f) - h f/(1 + h f) to the mean and m f/(1 + m f)^2 to the variance.
    """
    risk = expect_at_risk(arrivals, arms, time)
    treated, control = risk.experimental, risk.control
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = np.nan_to_num(risk.events_experimental / risk.events)
        expected = np.nan_to_num(margin * treated / (margin * treated + control))
    mean, variance = float(risk.events @ (expected - observed)), float(risk.events @ (expected * (1 - expected)))
    if variance <= 0:
        return Worth(0.0)
    return Worth((mean if benefit == "below" else -mean) / math.sqrt(variance))
