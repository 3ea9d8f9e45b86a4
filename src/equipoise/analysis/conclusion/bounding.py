"""The boundary at the information of a look: that of the planned spending, recomputed where the look really is."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from equipoise.analysis.conclusion.present_look import PresentLook, ReachedBound
from equipoise.wording import bare

if TYPE_CHECKING:
    from equipoise.design import Design, Futility

__all__ = ["bounded"]

_NEAREST = 0.001
"""Looks nearer than this, as a share of the planned information, are one look."""


def bounded(look: PresentLook, design: Design, ratio: float) -> PresentLook:
    """The look with its number, the looks supposed before it, and its boundary."""
    if look.final:
        number: int | None = len(look.fractions)
        before = look.fractions[:-1]
    else:
        if look.whole is None or len(look.fractions) == 1 or not look.reached:
            return look
        share = look.reached / look.whole
        nearest = min(range(len(look.fractions)), key=lambda k: abs(look.fractions[k] - share))
        # What lies nearer to the end, or to the beginning, than to a look that was planned is none of those looks.
        planned = nearest < len(look.fractions) - 1 and share >= look.fractions[0] / 2
        number = nearest + 1 if planned else None
        before = look.fractions[:nearest]
    if look.whole is None:  # without looks the errors alone say it; with looks nobody knows where they lie
        return look if len(look.fractions) > 1 else replace(look, number=number, bound=_at(design, ratio, (1.0,), 1.0))
    reached = float(look.reached) if len(look.fractions) > 1 else float(look.whole)
    # A trial planned by participants and time has no share of the information before its end.
    earlier = tuple(f * look.whole for f in before if f * look.whole < reached - _NEAREST * look.whole)
    if look.final and not look.reached:
        return replace(look, number=number)
    bound = _at(design, ratio, (*earlier, reached), float(look.whole), number=number, ended=look.final)
    return replace(look, number=number, supposed=earlier, bound=bound)


def _at(
    design: Design,
    ratio: float,
    information: tuple[float, ...],
    planned: float,
    *,
    number: int | None = 1,
    ended: bool = True,
) -> ReachedBound | None:
    """The boundary at the last of these looks; None where the plan has none there."""
    from equipoise.planning.from_clause import boundaries_of
    from equipoise.planning.sequential.monitoring import boundaries_reached

    spending, futility = bare(design.spending), bare(design.futility)
    if number is None and not ended and spending is not None and spending.kind == "user":
        return None  # what a user gave is listed by look, and this is none of them
    try:
        plan = boundaries_of(design)
        if plan.looks == 1:
            spending = futility = None
        elif futility is not None and futility.values and number is None:
            futility = None  # listed by look as well
        listed = None if futility is None else _by_statistic(futility, design, ratio, information)
        found = boundaries_reached(plan, spending, information, planned, futility=listed, ended=ended)
    except (ValueError, ArithmeticError):
        return None
    lower = found.lower[-1] if plan.sides == 1 and futility is not None else -math.inf
    harm = futility is not None and futility.under_null is not None
    if ended and not harm:
        lower = -math.inf  # at the end what is not rejected is not rejected: there is nothing to stop
    return ReachedBound(
        upper=found.upper[-1],
        lower=lower if math.isfinite(lower) else None,
        spent=found.alpha_spent[-1],
        lower_is="harm" if harm else "futility",
        binding=found.binding,
    )


def _by_statistic(futility: Futility, design: Design, ratio: float, information: tuple[float, ...]) -> Futility:
    """A bound that is given as a hazard ratio, as the statistic that it is at these numbers of events."""
    if futility.kind != "hazard_ratio" or design.hazard_ratio is None:
        return futility
    null = design.margin.value if design.question == "non_inferiority" and design.margin is not None else 1.0
    toward = math.copysign(1.0, math.log(null) - math.log(design.hazard_ratio.value))
    values = tuple(
        toward * (math.log(null) - math.log(value)) * math.sqrt(events * ratio / (1 + ratio) ** 2)
        for value, events in zip(futility.values, information, strict=False)
    )
    return futility.model_copy(update={"kind": "z", "values": values})
