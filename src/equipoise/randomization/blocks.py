"""Permuted blocks of random size, made on demand: a stratum never runs out.

Promises that every order of a block's places is equally likely and that the sizes are drawn from the same sealed
stream, so neither is known before it is used. Source: Zelen, J Chronic Dis 27 (1974) 365; ICH E9 2.3.2.
"""

from __future__ import annotations

from equipoise.chance.sealed import SealedStream
from equipoise.randomization.scheme import Scheme

__all__ = ["draw_from_blocks"]


def draw_from_blocks(scheme: Scheme, stream: SealedStream, used: int) -> tuple[str, dict[str, object]]:
    """The arm in the place after `used` places of this stratum's sequence, and block, size and place (from 1)."""
    block, before = 0, 0
    while True:
        size = scheme.block_sizes[stream.integer(block, len(scheme.block_sizes))]
        if used < before + size:
            break
        before += size
        block += 1
    copies = size // scheme.total
    places = stream.shuffled(block, [arm for arm, weight in scheme.ratio for _ in range(weight * copies)])
    place = used - before
    return places[place], {"block": block + 1, "block_size": size, "place": place + 1}
