"""The looks of a trial in which information is participants: sizes, boundaries on the scale of the effect,
probabilities.

Knows designs, and no endpoint: what effect a value of the statistic means is told by a function.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from equipoise.planning.sequential.group_sequential import Sequential

__all__ = ["SampleLook", "sample_looks"]


@dataclass(frozen=True, slots=True)
class SampleLook:
    """One look: participants observed so far in all arms, and what it would find.

    `effect_upper` and `effect_lower`: the effect at which each boundary is met; None where there is no boundary or none
    that data could reach. `reject` and `accept`: the probability of crossing either first at this look.
    """

    fraction: float
    participants: float
    upper: float
    lower: float
    effect_upper: float | None
    effect_lower: float | None
    reject: float
    accept: float


def sample_looks(
    design: Sequential, participants: float, drift: float, effect_at: Callable[[float, float], float | None]
) -> tuple[SampleLook, ...]:
    """The looks of a design with so many `participants` at the last; `effect_at(z,
    n)` is the effect found with n at z."""
    crossed = design.crossing(drift)
    return tuple(
        SampleLook(
            fraction,
            fraction * participants,
            upper,
            lower,
            effect_at(upper, fraction * participants),
            effect_at(lower, fraction * participants) if math.isfinite(lower) else None,
            float(crossed.upper[k]),
            float(crossed.lower[k]),
        )
        for k, (fraction, upper, lower) in enumerate(zip(design.fractions, design.upper, design.lower, strict=True))
    )
