"""What a randomization scheme is: its kind, its ratio, and what was allocated before.

Promises plain values that mean the same to the engine, the simulation and the re-derivation. Refuses to know the
secret, the protocol document and the participant beyond a name and the factor values used. Clauses: ICH E9 2.3.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Allocation", "Kind", "Measure", "Past", "Scheme", "stratum_key"]

Kind = Literal["permuted_blocks", "minimization", "big_stick", "complete"]
Measure = Literal["range", "variance", "standard_deviation"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of how arms are allocated.

    `ratio` (arm, weight) pairs; `block_sizes` for permuted blocks, each equally likely; `p` for minimization, the
    probability that the preferred arm gets when it is the arm with the smallest weight; `weights` (factor, weight)
    pairs for minimization, 1 where not named; `limit` for the big stick, the largest difference between the arms.
    `start`: what the draws begin from beside the secret, where they had to begin anew; else nothing.
    """

    kind: Kind
    ratio: tuple[tuple[str, int], ...]
    block_sizes: tuple[int, ...] = ()
    p: float = 1.0
    measure: Measure = "range"
    weights: tuple[tuple[str, float], ...] = ()
    limit: int = 0
    version: int = 1
    start: str = ""

    @property
    def arms(self) -> tuple[str, ...]:
        """The arms in the order of the ratio."""
        return tuple(arm for arm, _ in self.ratio)

    @property
    def total(self) -> int:
        """The sum of the ratio's weights."""
        return sum(weight for _, weight in self.ratio)


@dataclass(frozen=True, slots=True)
class Past:
    """One allocation already made, as it stood when the next one is drawn.

    `position` counts from 1 within the study. `in_error`: randomized by mistake; the slot stays used, but schemes
    that look at balance no longer count it. `version`: the version of the scheme that allocated it.
    """

    participant: str
    position: int
    stratum: str
    factors: tuple[tuple[str, str], ...]
    arm: str
    in_error: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class Allocation:
    """The arm, where it stands, and why. `arm` and `detail` may leave the room only under seal.

    `position` and `stratum_position` count from 1, within the study and within the stratum. `detail` holds whole
    numbers and text only, so that it has a canonical form.
    """

    arm: str
    position: int
    stratum: str
    stratum_position: int
    detail: dict[str, object] = field(default_factory=dict)


def stratum_key(factors: Mapping[str, str]) -> str:
    """One text per combination of factor values, whatever their order: ``risk=high,stage=III``; ``all`` for none.

    The three characters with a meaning are written as %25, %3D and %2C, so no two combinations share a key.
    """

    def plain(text: str) -> str:
        return text.replace("%", "%25").replace("=", "%3D").replace(",", "%2C")

    return ",".join(f"{plain(name)}={plain(factors[name])}" for name in sorted(factors)) or "all"
