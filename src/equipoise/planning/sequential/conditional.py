"""What an interim look foretells: conditional and predictive power, and the conditional rejection probability.

Given the statistic so far, what is to come is again a walk with independent increments (Lan and Wittes 1988, Biometrics
44:579; Jennison and Turnbull 2000, chapter 10); predictive power averages over what is believed of the effect
(Spiegelhalter, Freedman and Blackburn 1986, Control Clin Trials 7:8). Effects are minus the log hazard ratio, looks are
counted from 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from equipoise.planning.sequential.crossing import CrossingProbabilities, FloatArray, crossing_probabilities
from equipoise.planning.sequential.monitoring import Boundaries
from equipoise.planning.sequential.prior import NormalMixture, update

__all__ = [
    "ConditionalPowers",
    "conditional_crossing",
    "conditional_power",
    "conditional_powers",
    "conditional_rejection_probability",
    "effect_span",
    "posterior_at",
    "predictive_crossing",
    "predictive_power",
]

_SURE = 8.6
"""Standard deviations beyond which a boundary is as good as never, or always, crossed."""


@dataclass(frozen=True, slots=True)
class ConditionalPowers:
    """Conditional power when the effect is what was planned, what is seen (`trend`), and nothing at all (`null`)."""

    planned: float
    trend: float
    null: float


def conditional_crossing(
    bounds: Boundaries, look: int, z: float, effect: float, *, stage_information: Sequence[float] | None = None
) -> CrossingProbabilities:
    """The probability of crossing each boundary first at each look after `look`, given that the statistic is `z` there.

    `stage_information`: what each stage to come will bring, where that is not what the boundaries have it weigh (a
    combination test that keeps its weights). Boundary u at information I becomes (u sqrt(I) - z sqrt(I_k) - m)/sqrt(I -
    I_k), with m the mean of the score between. Arrays of shape (looks to come,).
    """
    k = _read_look(bounds, look, z)
    if k == bounds.looks - 1:
        raise ValueError(f"nothing comes after look {look}, the last one")
    information = np.array(bounds.information)
    ahead = information[k + 1 :] - information[k]
    score = z * math.sqrt(bounds.information[k])
    mean = effect * _means(bounds, k, stage_information)
    roots = np.sqrt(information[k + 1 :])

    def moved(boundary: Sequence[float]) -> list[float]:
        return list((np.array(boundary[k + 1 :]) * roots - score - mean) / np.sqrt(ahead))

    return crossing_probabilities(ahead.tolist(), 0.0, moved(bounds.upper), moved(bounds.lower))


def conditional_power(
    bounds: Boundaries, look: int, z: float, effect: float, *, stage_information: Sequence[float] | None = None
) -> float:
    """The probability of rejecting on the side of benefit at a look to come; at the last look it is 1 or 0.

    >>> from equipoise.planning import event_information, plan_sequential, planned_boundaries
    >>> plan = plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy="lan_demets_obrien_fleming")
    >>> bounds = planned_boundaries(plan, event_information(332))
    >>> round(conditional_power(bounds, 1, 1.0, -math.log(0.7)), 3)
    0.696
    """
    if _read_look(bounds, look, z) == bounds.looks - 1:
        return float(z >= bounds.upper[-1])
    return float(conditional_crossing(bounds, look, z, effect, stage_information=stage_information).upper.sum())


def conditional_powers(bounds: Boundaries, look: int, z: float, planned_effect: float) -> ConditionalPowers:
    """Conditional power under the three effects that a data monitoring committee asks about; the trend is z/slope."""
    trend = z / bounds.slopes[_read_look(bounds, look, z)]
    return ConditionalPowers(*(conditional_power(bounds, look, z, effect) for effect in (planned_effect, trend, 0.0)))


def conditional_rejection_probability(bounds: Boundaries, look: int, z: float) -> float:
    """The probability of rejecting later if there is no effect: what a changed design may spend (Müller and Schäfer
    2001).

    A futility boundary counts only where it binds. Biometrics 57:886.
    """
    counted = bounds
    if bounds.sides == 1 and not bounds.binding:
        counted = replace(bounds, lower=(-math.inf,) * bounds.looks)
    return conditional_power(counted, look, z, 0.0)


def posterior_at(bounds: Boundaries, look: int, z: float, prior: NormalMixture | None = None) -> NormalMixture:
    """The posterior of the log hazard ratio at a look: `prior` updated by the statistic,
    or a flat prior without one."""
    slope = bounds.slopes[_read_look(bounds, look, z)]
    if prior is None:
        return NormalMixture.normal(-z / slope, 1 / slope)
    return update(prior, -z / slope, 1 / slope)


def predictive_crossing(
    bounds: Boundaries, look: int, z: float, prior: NormalMixture | None = None
) -> CrossingProbabilities:
    """`conditional_crossing`, averaged over the posterior of the effect at the look."""
    posterior = posterior_at(bounds, look, z, prior)

    def both(log_ratio: float) -> FloatArray:
        crossed = conditional_crossing(bounds, look, z, -log_ratio)
        return np.concatenate([crossed.upper, crossed.lower])

    k = look - 1
    means = _means(bounds, k, None)
    roots = np.sqrt(np.array(bounds.information[k + 1 :]))
    deviations = np.sqrt(np.array(bounds.information[k + 1 :]) - bounds.information[k])
    score = z * math.sqrt(bounds.information[k])
    limits = [
        (b * r - score, m, d)
        for line in (bounds.upper, bounds.lower)
        for b, r, m, d in zip(line[k + 1 :], roots, means, deviations, strict=True)
        if math.isfinite(b)
    ]
    low = min((b - _SURE * d) / m for b, m, d in limits)
    high = max((b + _SURE * d) / m for b, m, d in limits)
    total = posterior.expected(both, -high, -low, min(d / m for _, m, d in limits))
    many = bounds.looks - look
    return CrossingProbabilities(total[:many], total[many:])


def predictive_power(bounds: Boundaries, look: int, z: float, prior: NormalMixture | None = None) -> float:
    """The probability of rejecting at a look to come, averaged over what is believed at this one; `prior=None` is flat.

    With one look to come and nothing else, a closed form: Phi((S + mM - u sqrt(I))/sqrt(D + s**2 M**2)) for a posterior
    effect of mean m and deviation s, score S, boundary u, and mean score M per unit of effect over the information D
    ahead.
    """
    k = _read_look(bounds, look, z)
    if k == bounds.looks - 1:
        return float(z >= bounds.upper[-1])
    if k < bounds.looks - 2:
        return float(predictive_crossing(bounds, look, z, prior).upper.sum())
    ahead = bounds.information[-1] - bounds.information[k]
    score, mean = z * math.sqrt(bounds.information[k]), float(_means(bounds, k, None)[-1])
    wanted = bounds.upper[-1] * math.sqrt(bounds.information[-1])
    parts = posterior_at(bounds, look, z, prior).parts
    return float(
        sum(w * ndtr((score - m * mean - wanted) / math.hypot(math.sqrt(ahead), s * mean)) for w, m, s in parts)
    )


def effect_span(bounds: Boundaries) -> tuple[float, float]:
    """The effects below and above which it is certain, but for rounding, how a trial with these boundaries ends."""
    limits = [
        (b, s)
        for line in (bounds.upper, bounds.lower)
        for b, s in zip(line, bounds.slopes, strict=True)
        if math.isfinite(b)
    ]
    if not limits:
        raise ValueError("there is no boundary that could be crossed")
    return min((b - _SURE) / s for b, s in limits), max((b + _SURE) / s for b, s in limits)


def _means(bounds: Boundaries, k: int, stage_information: Sequence[float] | None) -> FloatArray:
    """The mean of the score between look k (from 0) and each later one, for an effect of 1."""
    if stage_information is None:
        score = np.array(bounds.slopes) * np.sqrt(np.array(bounds.information))
        return score[k + 1 :] - score[k]  # type: ignore[no-any-return]
    stages = np.array(stage_information, dtype=float)
    if len(stages) != bounds.looks - 1 - k or not (np.isfinite(stages).all() and (stages > 0).all()):
        raise ValueError(f"{bounds.looks - 1 - k} stages are to come, each with positive information")
    weights = np.sqrt(np.diff(np.array(bounds.information[k:])))
    return np.cumsum(weights * np.sqrt(stages))


def _read_look(bounds: Boundaries, look: int, z: float) -> int:
    if not 1 <= look <= bounds.looks:
        raise ValueError(f"there is no look {look}: they are counted from 1 to {bounds.looks}")
    if not math.isfinite(z):
        raise ValueError("the statistic at a look is finite")
    return look - 1
