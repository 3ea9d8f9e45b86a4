"""A setup: one trial under one scenario, in plain numbers. It is all that a simulation reads, and it is its identity.

Promises that what it accepts can be simulated. Two arms, control first, or one. Months, hazards per month; statistics
are signed so that benefit is positive. Knows no protocol: names, clauses and dates were left behind when it was
compiled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from equipoise.planning import Arrivals
from equipoise.simulation.trials.parts import Cell, PlannedLook, Reestimation, Response, Screening, SimulatedScheme
from equipoise.simulation.trials.soundness import (
    require_cells,
    require_joining,
    require_looks,
    require_numbers,
    require_reestimation,
    require_response,
    require_scheme,
)
from equipoise.wording.literals import literals_checked

__all__ = ["Setup"]


@literals_checked
@dataclass(frozen=True, slots=True)
class Setup:
    """A trial to be simulated. `name` and the seed name its random numbers: equal names share them.

    `arrive`: "random", a Poisson process of the given rates until all `participants` have joined, the last rate going
    on for as long as that takes; "even", when the expected number reaches 1, 2, 3 ... `ratio`: control to experimental.
    `null_ratio`: the hazard ratio that is tested against, the margin of non-inferiority. `estimate`: the hazard ratio
    by Cox when the trial stops; bias and coverage are told against `true_ratio` when one number describes the truth.
    `response`: the trial is of rates or means, and has no hazard ratios; its ratio may be 0 to 1, which is one arm.
    """

    name: str
    participants: int
    arrivals: Arrivals | Screening
    cells: tuple[Cell, ...]
    looks: tuple[PlannedLook, ...]
    arrive: Literal["random", "even"] = "random"
    ratio: tuple[int, int] = (1, 1)
    scheme: SimulatedScheme = field(default_factory=lambda: SimulatedScheme("complete"))
    null_ratio: float = 1.0
    estimate: bool = True
    estimate_stratified: bool = False
    true_ratio: float | None = None
    confidence: float = 0.95
    reestimation: Reestimation | None = None
    response: Response | None = None

    def __post_init__(self) -> None:
        require_joining(self.participants, self.joining, self.arrive)
        require_numbers(self.ratio, self.null_ratio, self.true_ratio, self.confidence, least=int(not self.one_arm))
        require_cells(self.cells)
        require_scheme(self.scheme, self.ratio, len(self.cells[0].levels))
        require_looks(self.looks, self.participants)
        if self.reestimation is not None:
            require_reestimation(self.looks)
        require_response(self.response, self.cells, self.looks, one_arm=self.one_arm)

    @property
    def joining(self) -> Arrivals:
        """Participants per month, after screening."""
        return self.arrivals.arrivals if isinstance(self.arrivals, Screening) else self.arrivals

    @property
    def one_arm(self) -> bool:
        """Whether nobody is in the control arm: what is simulated is compared with a number."""
        return self.response is not None and self.ratio[0] == 0

    @property
    def strata(self) -> int:
        """The number of strata."""
        return max(cell.stratum for cell in self.cells) + 1
