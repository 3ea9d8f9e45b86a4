"""How surely somebody who knows the scheme and all earlier allocations foresees the next one.

Promises the exact probability of each arm before it was drawn, given what was allocated before and how: what Berger and
Exner call the reverse propensity score (Controlled Clinical Trials 20 (1999) 319; for blocks of several sizes Ivanova,
Barrier and Berger, Statistics in Medicine 24 (2005) 1537). Refuses to know the secret: with it everything is foreseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from equipoise.randomization.minimization import arm_probabilities, imbalance_scores
from equipoise.randomization.scheme import Past, Scheme

__all__ = ["Drawn", "foresee", "imbalance_bound", "reverse_propensities"]

_SMALL = 1e-100


@dataclass(frozen=True, slots=True)
class Drawn:
    """An allocation, and how many the study had made when it was marked as an error (None: it never was)."""

    past: Past
    in_error_after: int | None = None


def reverse_propensities(schemes: Mapping[int, Scheme], drawn: Sequence[Drawn]) -> list[dict[str, float]]:
    """For each allocation in turn the probability of every arm, as it was before it.

    `schemes`: by version. `drawn`: every allocation of the study, in order. Marks count from when they were made.
    """
    found = []
    for place, one in enumerate(drawn, start=1):
        before = [
            replace(other.past, in_error=other.in_error_after is not None and other.in_error_after < place)
            for other in drawn[: place - 1]
        ]
        found.append(foresee(schemes[one.past.version], one.past.stratum, dict(one.past.factors), before))
    return found


def foresee(scheme: Scheme, stratum: str, factors: Mapping[str, str], past: Sequence[Past]) -> dict[str, float]:
    """The probability of each arm for the next participant of this stratum, with these factor values."""
    same = [one for one in past if one.stratum == stratum]
    if scheme.kind == "permuted_blocks":
        return _in_blocks(scheme, [one.arm for one in same if one.version == scheme.version])
    if scheme.kind == "minimization":
        scores = imbalance_scores(scheme, factors, past)
        return {arm: float(probability) for arm, probability in arm_probabilities(scheme, scores).items()}
    if scheme.kind == "big_stick":
        first, second = scheme.arms
        counted = [one.arm for one in same if not one.in_error]
        lead = counted.count(first) - counted.count(second)
        if abs(lead) >= scheme.limit:
            return {first: float(lead < 0), second: float(lead > 0)}
    return {arm: weight / scheme.total for arm, weight in scheme.ratio}


def _in_blocks(scheme: Scheme, arms: Sequence[str]) -> dict[str, float]:
    """Over all ways to divide what was seen into blocks, each as likely as it is; sizes are equally likely.

    `began[s]` is proportional to the probability that a block begins after `s` places and the places are as seen.
    """
    began = [1.0]
    for end in range(1, len(arms) + 1):
        likely = sum(
            began[end - size] * _likelihood(scheme, arms[end - size : end], size)
            for size in scheme.block_sizes
            if end >= size
        )
        began.append(likely / len(scheme.block_sizes))
        if 0 < max(began[-max(scheme.block_sizes) :]) < _SMALL:
            began = [one / _SMALL for one in began]
    found = dict.fromkeys(scheme.arms, 0.0)
    for size in scheme.block_sizes:
        for start in range(max(0, len(arms) - size + 1), len(arms) + 1):
            seen = arms[start:]
            weight = began[start] * _likelihood(scheme, seen, size)
            for arm, share in scheme.ratio if weight else ():
                left = share * size // scheme.total - seen.count(arm)
                found[arm] += weight * left / (size - len(seen))
    total = sum(found.values())
    return {arm: one / total for arm, one in found.items()}


def _likelihood(scheme: Scheme, seen: Sequence[str], size: int) -> float:
    """The probability that a block of this size begins as was seen."""
    left = {arm: weight * size // scheme.total for arm, weight in scheme.ratio}
    likely = 1.0
    for place, arm in enumerate(seen):
        likely *= left.get(arm, 0) / (size - place)
        left[arm] = left.get(arm, 0) - 1
    return likely


def imbalance_bound(scheme: Scheme) -> float | None:
    """How far an arm of a stratum can be from its share of the ratio at most, in people; None: it bounds nothing.

    Within a block of c copies of the ratio, an arm of weight w of W leads most when all its c w places come first.
    """
    if scheme.kind == "permuted_blocks":
        copies = max(scheme.block_sizes) / scheme.total
        return max(copies * weight * (1 - weight / scheme.total) for _, weight in scheme.ratio)
    return scheme.limit / 2 if scheme.kind == "big_stick" else None
