"""What a setup must be for its simulation to mean something. Raises ValueError with a sentence; the door makes it a
Finding. What a protocol can bring about is said in both languages; the rest only whoever writes a setup can do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from equipoise.planning import Arrivals
from equipoise.simulation.trials.parts import Cell, PlannedLook, Response, SimulatedScheme
from equipoise.simulation.words import phrase

__all__ = [
    "require_cells",
    "require_joining",
    "require_looks",
    "require_numbers",
    "require_reestimation",
    "require_response",
    "require_scheme",
]

_PARTICIPANTS_MAX = 100_000


def require_joining(participants: int, joining: Arrivals, arrive: str) -> None:
    """So many can join, at the rates given."""
    if not 2 <= participants <= _PARTICIPANTS_MAX:
        raise ValueError(phrase("setup.participants", participants=participants, most=_PARTICIPANTS_MAX))
    if arrive == "random" and joining.rates[-1] == 0:
        raise ValueError(phrase("setup.last_period"))
    if joining.rates[-1] == 0 and joining.total < participants:
        raise ValueError(f"{joining.total:g} participants are expected in all, {participants} are wanted")


def require_numbers(
    ratio: tuple[int, int], null_ratio: float, true_ratio: float | None, confidence: float, *, least: int = 1
) -> None:
    """Ratios are ratios, and a level is one; the control arm has `least` in a round."""
    if ratio[0] < least or ratio[1] < 1:
        raise ValueError(f"a ratio of {ratio[0]} to {ratio[1]} leaves an arm empty")
    if not 0 < null_ratio < math.inf or (true_ratio is not None and not 0 < true_ratio < math.inf):
        raise ValueError("a hazard ratio is positive")
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence} does not lie between 0 and 1")


def require_reestimation(looks: Sequence[PlannedLook]) -> None:
    """New events can be found at the look before the last."""
    if len(looks) < 2 or any(look.events is None for look in looks[-2:]):
        raise ValueError("new events are found at the look before the last, and both are at numbers of events")
    if looks[-1].efficacy is None:
        raise ValueError("new events are found for an efficacy bound of the last look")


OF_RATES, OF_MEANS = ("rates", "rate_limit", "rate_ratio", "rate"), ("means", "mean")
"""The statistics of a setup with a response."""


def require_response(
    response: Response | None, cells: Sequence[Cell], looks: Sequence[PlannedLook], *, one_arm: bool
) -> None:
    """Everybody's assessment finds something, and every look decides by a statistic of that."""
    kinds = {look.statistic.kind for look in looks}
    if response is None:
        if kinds & {*OF_RATES, *OF_MEANS} or any(cell.shown is not None for cell in cells):
            raise ValueError("what an assessment finds belongs to a setup with a response")
        return
    shown = [one for cell in cells for one in cell.shown or ()]
    if len(shown) < 2 * len(cells) or len({one.rate is None for one in shown}) != 1:
        raise ValueError("with a response every cell says what is found in either arm: rates, or numbers")
    if not kinds <= set(OF_MEANS if shown[0].rate is None else OF_RATES):
        raise ValueError("rates are looked at by a statistic of rates, and numbers by one of means")
    if any((kind in ("rate", "mean")) != one_arm for kind in kinds):
        raise ValueError("one arm is looked at by a statistic of one arm, and two by one of two")


def require_cells(cells: Sequence[Cell]) -> None:
    """Every participant is of one kind, and kinds are numbered without a gap."""
    if not cells or any(not 0 <= cell.share <= 1 for cell in cells):
        raise ValueError("each cell has a share between 0 and 1")
    total = math.fsum(cell.share for cell in cells)
    if abs(total - 1) > 1e-9:
        raise ValueError(f"the shares of the cells add up to {total} instead of 1")
    if sorted({cell.stratum for cell in cells}) != list(range(len({cell.stratum for cell in cells}))):
        raise ValueError("strata are numbered from 0 without a gap")
    if len({len(cell.levels) for cell in cells}) != 1 or any(v < 0 for cell in cells for v in cell.levels):
        raise ValueError("every cell has a level, numbered from 0, of every factor")


def require_scheme(scheme: SimulatedScheme, ratio: tuple[int, int], factors: int) -> None:
    """The scheme fits the ratio and the number of factors."""
    total = sum(ratio)
    if scheme.kind == "permuted_blocks" and (not scheme.sizes or any(s < 1 or s % total for s in scheme.sizes)):
        raise ValueError(f"block sizes are multiples of {total}, the sum of the ratio")
    if scheme.kind == "big_stick" and (ratio[0] != ratio[1] or scheme.limit < 1):
        raise ValueError("the big stick is for equal arms, and its limit is at least 1")
    if scheme.kind == "minimization":
        if factors == 0:
            raise ValueError("minimization needs a factor: give the cells their levels")
        if not min(ratio) / total <= scheme.p < 1:
            raise ValueError(f"the preferred arm's probability, {scheme.p}, lies below 1 and not below its share")
        if scheme.weights and (len(scheme.weights) != factors or any(not 0 < w < math.inf for w in scheme.weights)):
            raise ValueError(f"minimization needs a positive weight for each of {factors} factors, or none at all")


def require_looks(looks: Sequence[PlannedLook], participants: int) -> None:
    """Looks come one after the other, and each has bounds and a statistic that can be had."""
    if not looks:
        raise ValueError("a trial has at least one look")
    wanted = [look.events for look in looks if look.events is not None]
    if wanted != sorted(set(wanted)):
        raise ValueError(phrase("setup.looks"))
    if wanted and wanted[-1] > participants:
        raise ValueError(phrase("setup.events", events=wanted[-1], participants=participants))
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
                raise ValueError(phrase("setup.months", look=place, kind=statistic.kind))
            if statistic.stratified:
                raise ValueError(f"look {place}: {statistic.kind} is not stratified")
        if statistic.kind in ("weighted", "maxcombo"):
            if not statistic.weights or any(not 0 <= v < math.inf for pair in statistic.weights for v in pair):
                raise ValueError(f"look {place}: {statistic.kind} needs weights (rho, gamma), none below 0")
            if statistic.kind == "weighted" and len(statistic.weights) != 1:
                raise ValueError(f"look {place}: one pair of weights, or a maximum over several")
