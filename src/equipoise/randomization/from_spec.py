"""From the protocol's description of randomization to the plain scheme that the engine allocates by.

Promises that nothing is lost or added on the way. Refuses to judge: `check_scheme` does that.
"""

from __future__ import annotations

from dataclasses import replace

from equipoise.randomization.scheme import Scheme
from equipoise.randomization.spec import BigStick, Minimization, PermutedBlocks, Randomization, Recorded
from equipoise.randomization.words import refuse

__all__ = ["scheme_of"]


def scheme_of(promised: Randomization, version: int = 1, start: str = "") -> Scheme:
    """The scheme that the protocol promises, of this version and start.

    Raises Refusal where allocation was made outside this system.
    """
    return replace(_promised(promised), version=version, start=start)


def _promised(promised: Randomization) -> Scheme:
    ratio = tuple(promised.ratio.value.items())
    match promised.scheme.value:
        case PermutedBlocks(sizes=sizes):
            return Scheme("permuted_blocks", ratio, block_sizes=sizes)
        case Minimization(p=p, measure=measure, weights=weights):
            return Scheme("minimization", ratio, p=p, measure=measure, weights=tuple(weights.items()))
        case BigStick(limit=limit):
            return Scheme("big_stick", ratio, limit=limit)
        case Recorded(description=description):
            refuse("randomization.recorded", "randomization.scheme", description=description)
        case _:
            return Scheme("complete", ratio)
