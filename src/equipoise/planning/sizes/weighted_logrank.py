"""What a weighted log-rank test is expected to find under any hazards: mean and covariance of its score, average hazard
ratios.

Yung and Liu (2020), Biometrics 76:939; the average hazard ratio of Mukhopadhyay et al. (2020), Contemp Clin Trials
94:106011 and its information as in R's gsDesign2. Strata add up: each has its own accrual, courses and pooled survival.
Effects are signed so that benefit is positive; hazard ratios are experimental over control. Months. Knows no
boundaries.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from equipoise.planning.sequential.crossing import FloatArray
from equipoise.planning.sizes.at_risk import AtRisk, expect_at_risk, pooled_survival
from equipoise.planning.sizes.events import Arrivals, TwoArms
from equipoise.roots import find_root
from equipoise.survival.weights import EarlyZero, MagirrBurman, Weight

__all__ = ["ExpectedLook", "Strata", "Stratum", "estimate_look", "estimate_scores", "strata_of"]


@dataclass(frozen=True, slots=True)
class Stratum:
    """Who arrives in one stratum, and what befalls the arms there."""

    arrivals: Arrivals
    arms: TwoArms

    def scaled(self, factor: float) -> Stratum:
        """The same with `factor` times the participants."""
        arrivals = self.arrivals
        return Stratum(Arrivals(arrivals.starts, tuple(r * factor for r in arrivals.rates), arrivals.end), self.arms)


Strata = Stratum | Sequence[Stratum]


@dataclass(frozen=True, slots=True)
class ExpectedLook:
    """What a look at calendar `month` is expected to find.

    `hazard_ratio`: the average one, as the test weighs it. `effect`: the drift of the statistic for each root of
    `information`, which is that under the planned hazards; `information_null` is that under no effect.
    """

    month: float
    participants: float
    events: float
    hazard_ratio: float
    effect: float
    information: float
    information_null: float

    @property
    def mean(self) -> float:
        """The expected statistic."""
        return self.effect * math.sqrt(self.information)


def strata_of(strata: Strata) -> tuple[Stratum, ...]:
    """One stratum or several, as a tuple. Raises ValueError when there is none."""
    found = (strata,) if isinstance(strata, Stratum) else tuple(strata)
    if not found:
        raise ValueError("there is no stratum")
    return found


def estimate_look(strata: Strata, month: float, weight: Weight | None = None) -> ExpectedLook:
    """A look by the average hazard ratio, or by a log-rank test with this `weight` (`LOGRANK`: without weights).

    Without weight: the average of log hazard ratios over all expected events, with information 1/(1/d1 + 1/d2) summed
    over the pieces between changes of hazard. With weight: score and variance of the statistic; the average ratio is
    weighted alike. Raises ValueError when no events are expected, or none that count, or when an arm alone has no
    hazard.
    """
    many = strata_of(strata)
    if not 0 < month < math.inf:
        raise ValueError(f"a look at month {month} is not possible")
    participants = sum(s.arrivals.arrived(month) for s in many)
    if weight is None:
        return _by_average(many, month, participants)
    score, variance = estimate_scores(many, month, (weight,))
    _, null = estimate_scores(many, month, (weight,), null=True)
    events = spread = 0.0
    for stratum in many:
        risk, (weights,) = _weighed(stratum, month, (weight,))
        events += float(risk.events.sum())
        spread += float(weights @ _spread(risk))
    worth = float(variance[0, 0])
    return ExpectedLook(
        month,
        participants,
        events,
        math.exp(-float(score[0]) / spread),
        float(score[0]) / worth,
        worth,
        float(null[0, 0]),
    )


def estimate_scores(
    strata: Strata, month: float, weights: Sequence[Weight], *, null: bool = False
) -> tuple[FloatArray, FloatArray]:
    """Expected scores of the weighted tests, shape (k,), and their covariance, (k, k). `null`: under no effect.

    Raises ValueError when one of the tests has no variance.
    """
    k = len(weights)
    score, covariance = np.zeros(k), np.zeros((k, k))
    for stratum in strata_of(strata):
        risk, weighed = _weighed(stratum, month, weights, null=null)
        here = risk.control + risk.experimental
        both = np.divide(risk.control * risk.experimental, here, out=np.zeros_like(here), where=here > 0)
        score += weighed @ (risk.width * both * (risk.hazard_control - risk.hazard_experimental))
        covariance += (weighed * _spread(risk)) @ weighed.T
    if not (np.diag(covariance) > 0).all():
        raise ValueError(f"no events that count are expected by {month} months")
    return score, covariance


def _by_average(strata: tuple[Stratum, ...], month: float, participants: float) -> ExpectedLook:
    events = logs = information = null = 0.0
    for stratum in strata:
        risk = expect_at_risk(stratum.arrivals, stratum.arms, month)
        coming = risk.events
        used = coming > 0
        if ((risk.hazard_control <= 0) != (risk.hazard_experimental <= 0))[used].any():
            raise ValueError("for a time one arm alone has no hazard: the average hazard ratio has no logarithm")
        ratio = np.log(risk.hazard_experimental[used] / risk.hazard_control[used])
        logs += float(coming[used] @ ratio)
        events += float(coming.sum())
        share = stratum.arms.ratio / (1 + stratum.arms.ratio)
        null += share * (1 - share) * float(coming.sum())
        one, two = (np.bincount(risk.piece, of) for of in (risk.events_experimental, risk.events_control))
        met = (one > 0) & (two > 0)
        information += float((one[met] * two[met] / (one[met] + two[met])).sum())
    if not (events > 0 and information > 0):
        raise ValueError(f"no events are expected by {month} months")
    effect = -logs / events
    return ExpectedLook(month, participants, events, math.exp(-effect), effect, information, null)


def _spread(risk: AtRisk) -> FloatArray:
    """What the events of each node add to the variance of the log-rank score."""
    here = risk.control + risk.experimental
    share = np.divide(risk.experimental, here, out=np.zeros_like(here), where=here > 0)
    spread: FloatArray = share * (1 - share) * risk.events
    return spread


def _weighed(
    stratum: Stratum, month: float, weights: Sequence[Weight], *, null: bool = False
) -> tuple[AtRisk, FloatArray]:
    """Who is at risk, and the weights at the same nodes, shape (weights, nodes)."""
    marks = [at for weight in weights for at in _bends(weight, stratum.arms, month, null=null)]
    risk = expect_at_risk(stratum.arrivals, stratum.arms, month, marks=marks, null=null)
    found = [
        weight.of(risk.after, risk.survival, lambda at: pooled_survival(stratum.arms, at, null=null))
        for weight in weights
    ]
    return risk, np.array(found)


def _bends(weight: Weight, arms: TwoArms, month: float, *, null: bool) -> list[float]:
    """The times after arrival at which a weight jumps or stops rising."""
    if isinstance(weight, EarlyZero):
        return [weight.until]
    if not isinstance(weight, MagirrBurman):
        return []
    found = [] if weight.delay is None else [weight.delay]
    last = pooled_survival(arms, month, null=null)
    levels = [level for level in (weight.level, 1.0 / weight.cap) if level and last < level < 1]
    return found + [find_root(partial(_above, arms, null, level), 0.0, month) for level in levels]


def _above(arms: TwoArms, null: bool, level: float, month: float) -> float:
    """By how much the pooled curve lies above a level."""
    return pooled_survival(arms, month, null=null) - level
