"""What becomes of a planned trial of survival when the world differs from its assumptions, and what other formulae say
of it.

Two ways to go on are told apart: the last look comes when it was planned, with the events there are; or it waits for
the planned number of them. Months, hazards per month. Knows clauses and plans, no protocol and no printing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from equipoise.design.spec import Design
from equipoise.planning.from_clause import METHODS, arrivals_of, benefit_of, margin_of, method_of, two_arms
from equipoise.planning.sensitivity import scaled_accrual, scaled_hazard
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.events import Arrivals, calendar_time, total_events
from equipoise.planning.sizes.logrank_worth import SurvivalMethod
from equipoise.planning.sizes.survival import SurvivalPlan, estimate_survival_power, plan_survival
from equipoise.wording import Sourced, bare
from equipoise.wording.literals import literals_checked

__all__ = ["Alternative", "MethodSize", "assess_alternatives", "compare_methods"]

Changed = Literal["", "control", "hazard_ratio", "accrual", "dropout_per_month", "delay_months"]
_DROPOUT = 0.005
"""The dropout to ask about where none is assumed: about 6% a year."""


@literals_checked
@dataclass(frozen=True, slots=True)
class Alternative:
    """One assumption changed, all others kept: what the planned number of participants would then see.

    `changed` is empty for the trial as assumed; `value` is the new hazard ratio, dropout or delay, or the factor by
    which the control hazard or accrual is multiplied. `events`, `power`: at the planned month of the last look.
    `month`, `power_waiting`: when the planned events are there, and the power then; None when they never are.
    `participants`: what the planned power needs, with accrual and follow-up as long as stated; None where accrual is
    not, or where nothing would be enough.
    """

    changed: Changed
    value: float | None
    events: float
    power: float
    month: float | None
    power_waiting: float | None
    participants: float | None


@literals_checked
@dataclass(frozen=True, slots=True)
class MethodSize:
    """What one formula says: events and participants that the planned power needs, and the power of the planned trial.

    `used`: whether the plan rests on it. All None where the formula knows no effect that changes over time, or no
    margin.
    """

    method: SurvivalMethod
    used: bool
    events: float | None
    participants: float | None
    power: float | None


def assess_alternatives(
    design: Design, boundaries: Sequential, ratio: float, planned: SurvivalPlan
) -> tuple[Alternative, ...]:
    """The trial as assumed first, then each assumption changed. The clause states control, accrual and hazard ratio."""
    found = []
    for changed, value, clause in _changes(design):
        try:
            found.append(_assess(changed, value, clause, boundaries, ratio, planned))
        except ValueError:  # a world in which nobody ever has the event, or the effect is none
            continue
    return tuple(found)


def compare_methods(
    design: Design, boundaries: Sequential, ratio: float, planned: SurvivalPlan
) -> tuple[MethodSize, ...]:
    """Every formula for the log-rank test, on the same assumptions."""
    arms, arrivals, follow_up = two_arms(design, ratio), _as_stated(design), _follow_up(design, planned)
    shared: dict[str, Any] = {"margin": margin_of(design), "benefit": benefit_of(design)}
    found = []
    for method in METHODS:
        used = method == planned.method
        try:
            needed = plan_survival(boundaries, arms, arrivals, follow_up, method=method, **shared)
            has = estimate_survival_power(boundaries, arms, planned.arrivals, planned.events, method=method, **shared)
        except ValueError:
            found.append(MethodSize(method, used, None, None, None))
        else:
            found.append(MethodSize(method, used, needed.events, needed.participants, has.power))
    return tuple(found)


def _assess(
    changed: Changed,
    value: float | None,
    design: Design,
    boundaries: Sequential,
    ratio: float,
    planned: SurvivalPlan,
) -> Alternative:
    arms, arrivals = two_arms(design, ratio), _joining(design, planned)
    options: dict[str, Any] = {"method": method_of(design), "margin": margin_of(design), "benefit": planned.benefit}
    events = total_events(arrivals, arms, planned.duration)
    power = estimate_survival_power(boundaries, arms, arrivals, events, **options).power
    month: float | None = calendar_time(planned.events, arrivals, arms)
    waiting = needed = None
    if month is not None and math.isfinite(month):
        waiting = estimate_survival_power(boundaries, arms, arrivals, planned.events, **options).power
    else:
        month = None
    try:
        if changed != "accrual":
            needed = plan_survival(
                boundaries, arms, _as_stated(design), _follow_up(design, planned), **options
            ).participants
    except ValueError:  # no benefit any more: no number of participants would show it
        pass
    return Alternative(changed, value, events, power, month, waiting, needed)


def _as_stated(design: Design) -> Arrivals:
    assert design.accrual is not None
    return arrivals_of(design.accrual.value)


def _follow_up(design: Design, planned: SurvivalPlan) -> float:
    """As the clause states it; otherwise what the plan found."""
    return design.follow_up_months.value if design.follow_up_months is not None else max(planned.follow_up, 0.0)


def _joining(design: Design, planned: SurvivalPlan) -> Arrivals:
    """As many participants as planned, at the rates of the clause; the last rate goes on for as long as that takes."""
    stated = _as_stated(design)
    endless = Arrivals(stated.starts, stated.rates, math.inf)
    return stated.until(endless.time_of(planned.arrivals.total))


def _changes(design: Design) -> Iterator[tuple[Changed, float | None, Design]]:
    assert design.control is not None
    assert design.accrual is not None
    assert design.hazard_ratio is not None
    yield "", None, design
    hazard, accrual, ratio = design.control.value, design.accrual.value, design.hazard_ratio.value
    for factor in (0.75, 1.25):
        yield "control", factor, _with(design, "control", scaled_hazard(hazard, factor))
    towards = margin_of(design)
    for share in (1.25, 0.75, 0.5):
        # Shares of the assumed effect, on the scale of logarithms, to two digits as people speak of them.
        other = round(towards * (ratio / towards) ** share, 2)
        if other not in (ratio, towards):
            yield "hazard_ratio", other, _with(design, "hazard_ratio", other)
    for factor in (0.5, 0.75, 1.25):
        yield "accrual", factor, _with(design, "accrual", scaled_accrual(accrual, factor))
    dropout = bare(design.dropout_per_month) or 0.0
    for other in (2 * dropout, 4 * dropout) if dropout else (_DROPOUT,):
        yield "dropout_per_month", other, _with(design, "dropout_per_month", other)
    delay = bare(design.delay_months) or 0.0
    for other in (0.0, 2 * delay) if delay else (3.0, 6.0):
        yield "delay_months", other, _with(design, "delay_months", other)


def _with(design: Design, name: str, value: Any) -> Design:
    given = getattr(design, name)
    changed = Sourced[Any](value=value) if given is None else given.model_copy(update={"value": value})
    # A formula for one hazard ratio cannot speak of a delay: then the clause's own choice gives way.
    update = {name: changed, **({"method": None} if name == "delay_months" and value else {})}
    return design.model_copy(update=update)
