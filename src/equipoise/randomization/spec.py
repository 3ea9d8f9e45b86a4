"""How the protocol describes randomization: ratio, scheme, stratification, blinding."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from equipoise.wording import Clause, Count, Identifier, Number, Sourced, Text, WholeNumber

__all__ = ["BigStick", "Complete", "Minimization", "PermutedBlocks", "Randomization", "Recorded", "SchemeSpec"]


BlockSize = Annotated[int, Field(ge=-1000, le=1000)]  # what is not positive is told by the scheme, with the ratio


class PermutedBlocks(Clause):
    """Blocks of random size, one sequence per stratum; each size is a multiple of the sum of the ratio."""

    kind: Literal["permuted_blocks"]
    sizes: tuple[BlockSize, ...] = Field(min_length=1)


class Minimization(Clause):
    """Pocock and Simon (1975): the arm that would leave the smallest imbalance, with probability `p` below 1."""

    kind: Literal["minimization"]
    p: float = Field(gt=0, lt=1)
    measure: Literal["range", "variance", "standard_deviation"] = "range"
    weights: dict[Identifier, Number] = Field(default_factory=dict)


class BigStick(Clause):
    """Soares and Wu (1983): a fair coin until the imbalance within a stratum reaches `limit`."""

    kind: Literal["big_stick"]
    limit: Count


class Complete(Clause):
    """A coin weighted by the ratio, and nothing else."""

    kind: Literal["complete"]


class Recorded(Clause):
    """Allocation was made outside this system (a completed trial): it is recorded, never drawn."""

    kind: Literal["recorded"]
    description: Text


SchemeSpec = Annotated[PermutedBlocks | Minimization | BigStick | Complete | Recorded, Field(discriminator="kind")]


class Randomization(Clause):
    """`ratio` maps each arm to its weight. `stratify_by` names stratification factors.

    `at` names the visit at whose end participants are randomized.
    """

    at: Identifier
    ratio: Sourced[dict[Identifier, WholeNumber]]
    scheme: Sourced[SchemeSpec]
    stratify_by: Sourced[tuple[Identifier, ...]] = Sourced[tuple[Identifier, ...]](value=())
    blinding: Literal["open", "single", "double"]
    concealment: Text | None = None
