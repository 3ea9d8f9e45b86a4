"""What a setup must be for its simulation to mean something. Raises ValueError with a sentence; the door makes it a
Finding.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equipoise.simulation.trials.setup import PlannedLook, Setup, SimulatedScheme

__all__ = ["require_sound"]

_PARTICIPANTS_MAX = 100_000


def require_sound(setup: Setup) -> None:
    """Raises ValueError unless the setup can be simulated."""
    if not 2 <= setup.participants <= _PARTICIPANTS_MAX:
        raise ValueError(f"{setup.participants} participants: a trial of two arms has 2 to {_PARTICIPANTS_MAX:,}")
    joining = setup.joining
    if setup.arrive == "random" and joining.rates[-1] == 0:
        raise ValueError("nobody arrives in the last period: by chance some are still missing then, and never come")
    if joining.rates[-1] == 0 and joining.total < setup.participants:
        raise ValueError(f"{joining.total:g} participants are expected in all, {setup.participants} are wanted")
    if min(setup.ratio) < 1:
        raise ValueError(f"a ratio of {setup.ratio[0]} to {setup.ratio[1]} leaves an arm empty")
    if not 0 < setup.null_ratio < math.inf or (setup.true_ratio is not None and not 0 < setup.true_ratio < math.inf):
        raise ValueError("a hazard ratio is positive")
    if not 0 < setup.confidence < 1:
        raise ValueError(f"a confidence of {setup.confidence:g} does not lie between 0 and 1")
    _require_cells(setup)
    _require_scheme(setup.scheme, setup)
    _require_looks(setup.looks, setup.participants)
    if setup.reestimation is not None:
        if len(setup.looks) < 2 or any(look.events is None for look in setup.looks[-2:]):
            raise ValueError("new events are found at the look before the last, and both are at numbers of events")
        if setup.looks[-1].efficacy is None:
            raise ValueError("new events are found for an efficacy bound of the last look")


def _require_cells(setup: Setup) -> None:
    if not setup.cells or any(not 0 <= cell.share <= 1 for cell in setup.cells):
        raise ValueError("each cell has a share between 0 and 1")
    total = math.fsum(cell.share for cell in setup.cells)
    if abs(total - 1) > 1e-9:
        raise ValueError(f"the shares of the cells add up to {total:g} instead of 1")
    if sorted({cell.stratum for cell in setup.cells}) != list(range(len({cell.stratum for cell in setup.cells}))):
        raise ValueError("strata are numbered from 0 without a gap")
    if len({len(cell.levels) for cell in setup.cells}) != 1 or any(v < 0 for cell in setup.cells for v in cell.levels):
        raise ValueError("every cell has a level, numbered from 0, of every factor")


def _require_scheme(scheme: SimulatedScheme, setup: Setup) -> None:
    total = sum(setup.ratio)
    if scheme.kind == "permuted_blocks" and (not scheme.sizes or any(s < 1 or s % total for s in scheme.sizes)):
        raise ValueError(f"block sizes are multiples of {total}, the sum of the ratio")
    if scheme.kind == "big_stick" and (setup.ratio[0] != setup.ratio[1] or scheme.limit < 1):
        raise ValueError("the big stick is for equal arms, and its limit is at least 1")
    if scheme.kind == "minimization":
        factors = len(setup.cells[0].levels)
        if factors == 0:
            raise ValueError("minimization needs a factor: give the cells their levels")
        if not min(setup.ratio) / total <= scheme.p < 1:
            raise ValueError(f"the preferred arm's probability, {scheme.p:g}, lies below 1 and not below its share")
        if scheme.weights and (len(scheme.weights) != factors or any(not 0 < w < math.inf for w in scheme.weights)):
            raise ValueError(f"minimization needs a positive weight for each of {factors} factors, or none at all")


def _require_looks(looks: Sequence[PlannedLook], participants: int) -> None:
    if not looks:
        raise ValueError("a trial has at least one look")
    wanted = [look.events for look in looks if look.events is not None]
    if wanted != sorted(set(wanted)):
        raise ValueError("the numbers of events of the looks increase")
    if wanted and wanted[-1] > participants:
        raise ValueError(f"{wanted[-1]} events are wanted of {participants} participants")
    months = [look.month for look in looks if look.month is not None]
    if months != sorted(set(months)):
        raise ValueError("the months of the looks increase")
    for place, look in enumerate(looks, 1):
        lower = [bound for bound in (look.futility, look.harm) if bound is not None]
        bounds = [*lower, *([] if look.efficacy is None else [look.efficacy])]
        if any(not math.isfinite(bound) for bound in bounds):
            raise ValueError(f"look {place}: a bound that is never crossed is left out; the others are finite")
        if look.efficacy is not None and any(bound > look.efficacy for bound in lower):
            raise ValueError(f"look {place}: its lower bound lies above its bound for efficacy")
        statistic = look.statistic
        if statistic.kind in ("rmst", "milestone"):
            if statistic.months is None or not 0 < statistic.months < math.inf:
                raise ValueError(f"look {place}: {statistic.kind} needs its number of months")
            if statistic.stratified:
                raise ValueError(f"look {place}: {statistic.kind} is not stratified")
        if statistic.kind in ("weighted", "maxcombo"):
            if not statistic.weights or any(not 0 <= v < math.inf for pair in statistic.weights for v in pair):
                raise ValueError(f"look {place}: {statistic.kind} needs weights (rho, gamma), none below 0")
            if statistic.kind == "weighted" and len(statistic.weights) != 1:
                raise ValueError(f"look {place}: one pair of weights, or a maximum over several")
