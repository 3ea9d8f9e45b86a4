"""Minimization after Pocock and Simon, with a biased coin that keeps an unequal ratio.

Promises that the preferred arm is never certain and that ties are settled by chance in the ratio of the arms.
Sources: Pocock and Simon, Biometrics 31 (1975) 103; for unequal ratios Han, Enas and McEntegart, Statistics in
Medicine 28 (2009) 3329. Counts are exact fractions, so that no rounding breaks or makes a tie.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from equipoise.randomization.scheme import Past, Scheme

__all__ = ["arm_probabilities", "draw_by_minimization", "imbalance_scores"]


def imbalance_scores(scheme: Scheme, factors: Mapping[str, str], past: Sequence[Past]) -> dict[str, Fraction]:
    """For each arm, the weighted imbalance over the participant's factor levels if that arm were given now.

    At each level the arms' counts are divided by their weights in the ratio, so that perfect balance is equality.
    Participants marked as randomized in error do not count. A standard deviation is rounded to 12 places.
    """
    weight_of = {name: Fraction(str(weight)) for name, weight in scheme.weights}
    counts = {name: dict.fromkeys(scheme.arms, 0) for name in factors}
    for earlier in past:
        if earlier.in_error:
            continue
        for name, level in earlier.factors:
            if factors.get(name) == level and earlier.arm in counts[name]:
                counts[name][earlier.arm] += 1
    scores = {}
    for candidate in scheme.arms:
        total = Fraction(0)
        for name in sorted(factors):
            scaled = [Fraction(counts[name][arm] + (arm == candidate), share) for arm, share in scheme.ratio]
            total += weight_of.get(name, Fraction(1)) * _spread(scaled, scheme.measure)
        scores[candidate] = total
    return scores


def _spread(counts: Sequence[Fraction], measure: str) -> Fraction:
    if measure == "range":
        return max(counts) - min(counts)
    mean = sum(counts, Fraction(0)) / len(counts)
    variance = sum(((count - mean) ** 2 for count in counts), Fraction(0)) / (len(counts) - 1)
    return variance if measure == "variance" else Fraction(f"{math.sqrt(variance):.12f}")


def arm_probabilities(scheme: Scheme, scores: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The exact probability of each arm now.

    With weights r, R their sum and q = (1 - p)/(R - min r), an arm that is not preferred gets q r, and the preferred
    arm what is left (Han et al. 2009, biased coin minimization). The preferred arm's bonus 1 - q R is the same for
    every arm, hence when each arm is preferred in proportion to r, each is also given in proportion to r. Among tied
    arms the bonus is shared in proportion to r.
    """
    total = scheme.total
    coin = (1 - Fraction(str(scheme.p))) / (total - min(weight for _, weight in scheme.ratio))
    best = min(scores.values())
    tied = {arm for arm in scheme.arms if scores[arm] == best}
    tied_weight = sum(weight for arm, weight in scheme.ratio if arm in tied)
    bonus = 1 - coin * total
    return {
        arm: coin * weight + (bonus * Fraction(weight, tied_weight) if arm in tied else 0)
        for arm, weight in scheme.ratio
    }


def draw_by_minimization(
    scheme: Scheme, uniform: float, factors: Mapping[str, str], past: Sequence[Past]
) -> tuple[str, dict[str, object]]:
    """The arm that the uniform number falls on, with the scores and probabilities used (as text)."""
    scores = imbalance_scores(scheme, factors, past)
    probabilities = arm_probabilities(scheme, scores)
    reached, chosen = Fraction(0), scheme.arms[-1]
    for arm, probability in probabilities.items():
        reached += probability
        if Fraction(uniform) < reached:
            chosen = arm
            break
    return chosen, {
        "scores": {arm: str(score) for arm, score in scores.items()},
        "probabilities": {arm: str(probability) for arm, probability in probabilities.items()},
    }
