"""The numbers of a design whose endpoint is a time to an event: required, as stated, and what they depend on.

What is required follows from accrual's shape and time and the follow-up; what is planned joins at the stated rates until the
stated participants are there. Where control or accrual is not stated, only events can be told. Knows clauses, and no protocol.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from equipoise.design.spec import Design
from equipoise.planning.from_clause import arrivals_of, benefit_of, margin_of, method_of, two_arms
from equipoise.planning.outlook import power_curve, project, sample_power
from equipoise.planning.plan import SHORT, Desk, Plan, expect_sane, expect_seen, whole, whole_multiple
from equipoise.planning.sensitivity import Answers, assess_sensitivity
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.events import Arrivals, TwoArms, calendar_time, most_events, total_events
from equipoise.planning.sizes.survival import (
    SurvivalPlan,
    estimate_events,
    estimate_survival_power,
    plan_follow_up,
    plan_survival,
)
from equipoise.wording import bare

__all__ = ["plan_survival_design"]

_FASTEST = 1000.0
"""A hazard per month beyond which a median is less than half an hour."""


def plan_survival_design(desk: Desk, design: Design, boundaries: Sequential, ratio: float) -> Plan:
    """Every number. Raises Refusal when the design cannot be planned."""
    margin = margin_of(design)
    try:
        if design.control is None or design.accrual is None:
            return _plan_events(desk, design, boundaries, ratio)
        arms, arrivals = two_arms(design, ratio), _stated_arrivals(desk, design)
        fastest = max(arms.control.hazards)
        if fastest > _FASTEST:
            desk.refuse(
                "design.absurd", ("design", "control"), f"a hazard of {fastest:g} per month",
                "its median is less than half an hour", "Correct it.",
            )  # fmt: skip
        required = _required(design, boundaries, arms, arrivals)
        expect_sane(desk, required.participants)
        needed = whole_multiple(required.participants, ratio)
        if design.participants is None:
            arrivals = _joining(arrivals_of(design.accrual.value), needed)
        final = _final_events(design, required, arrivals, arms)
        _expect_reached(desk, design, final, arrivals, arms)
        expect_seen(desk, arrivals.end)
        planned = estimate_survival_power(boundaries, arms, arrivals, final, **_options(design))
        expect_seen(desk, planned.duration)
    except (ValueError, ArithmeticError) as trouble:
        code = "design.never_reached" if "expected" in str(trouble) else "design.impossible"
        desk.refuse(code, ("design",), str(trouble), "the design cannot be planned so", "Change its assumptions.")
    _compare_power(desk, design, planned.power, required, needed)
    _compare_time(desk, design, planned, arms, needed)
    answer = _answers(design, boundaries, ratio, planned)
    return Plan(
        endpoint=design.endpoint, question=design.question, kind="time_to_event", ratio=ratio, margin=margin,
        benefit=benefit_of(design), boundaries=boundaries, required=required, required_events=whole(required.events),
        required_participants=needed, stated_events=bare(design.events), stated_participants=bare(design.participants),
        planned=planned, power=planned.power, power_curve=power_curve(design, boundaries, ratio, final, arrivals),
        outlook=project(arrivals, arms, margin, 1.15 * max(planned.duration, arrivals.end)),
        sensitivity=assess_sensitivity(design, answer), findings=desk.findings,
    )  # fmt: skip


def _plan_events(desk: Desk, design: Design, boundaries: Sequential, ratio: float) -> Plan:
    """Without control or accrual: the events, and their power."""
    assert design.hazard_ratio is not None
    events = estimate_events(boundaries, design.hazard_ratio.value, ratio=ratio, **_options(design))
    expect_sane(desk, events)
    final = bare(design.events) or whole(events)
    power = sample_power(design, boundaries, ratio, final, None, benefit_of(design))
    _compare_power(desk, design, power, None, whole(events))
    return Plan(
        endpoint=design.endpoint, question=design.question, kind="time_to_event", ratio=ratio, margin=margin_of(design),
        benefit=benefit_of(design), boundaries=boundaries, required=None, required_events=whole(events),
        required_participants=None, stated_events=bare(design.events), stated_participants=bare(design.participants),
        planned=None, power=power, power_curve=power_curve(design, boundaries, ratio, final, None), outlook=(),
        sensitivity=(), findings=desk.findings,
    )  # fmt: skip


def _options(design: Design) -> dict[str, Any]:
    return {"method": method_of(design), "margin": margin_of(design), "benefit": benefit_of(design)}


def _required(design: Design, boundaries: Sequential, arms: TwoArms, arrivals: Arrivals) -> SurvivalPlan:
    """With follow-up stated: the participants, in the stated shape and time of accrual. Without: the follow-up."""
    if design.follow_up_months is None:
        return plan_follow_up(boundaries, arms, arrivals, **_options(design))
    assert design.accrual is not None
    return plan_survival(
        boundaries, arms, arrivals_of(design.accrual.value), design.follow_up_months.value, **_options(design)
    )


def _joining(arrivals: Arrivals, participants: float) -> Arrivals:
    """Accrual at the stated rates until so many have joined; beyond its periods the last rate goes on."""
    time = arrivals.time_of(participants)
    if not math.isfinite(time):
        if not arrivals.rates[-1] > 0:
            raise ValueError(f"{participants:.0f} participants never join: the last rate of accrual is 0")
        time = arrivals.end + (participants - arrivals.total) / arrivals.rates[-1]
    return arrivals.until(time)


def _stated_arrivals(desk: Desk, design: Design) -> Arrivals:
    assert design.accrual is not None
    arrivals = arrivals_of(design.accrual.value)
    if design.participants is None:
        return arrivals
    stated = design.participants.value
    joining = _joining(arrivals, stated)
    if joining.end > arrivals.end * (1 + 1e-9) + 1e-9:
        desk.warn(
            "design.accrual", ("design", "accrual"),
            f"accrual as described brings {arrivals.total:.0f} of {stated} participants in {arrivals.end:g} months",
            f"at its last rate the others take until month {joining.end:.1f}, which is what is planned with",
            "Prolong the accrual, or state fewer participants.",
        )  # fmt: skip
    return joining


def _final_events(design: Design, required: SurvivalPlan, arrivals: Arrivals, arms: TwoArms) -> float:
    """The events of the last look: as stated; of stated participants those expected when follow-up ends; else as required."""
    if design.events is not None:
        return design.events.value
    if design.participants is not None and design.follow_up_months is not None:
        return total_events(arrivals, arms, arrivals.end + design.follow_up_months.value)
    return whole(required.events)


def _expect_reached(desk: Desk, design: Design, events: float, arrivals: Arrivals, arms: TwoArms) -> None:
    most = most_events(arrivals, arms)
    if most <= events:
        desk.refuse(
            "design.never_reached", ("design", "events" if design.events else "participants"),
            f"{events:.0f} events are never expected among {arrivals.total:.0f} participants",
            f"followed for ever they are expected to have {most:.1f}", "Plan fewer events or more participants.",
        )  # fmt: skip


def _compare_power(desk: Desk, design: Design, power: float, required: SurvivalPlan | None, needed: int) -> None:
    """Whether the stated numbers give the stated power."""
    if (design.events is None and design.participants is None) or power >= design.power.value - SHORT:
        return
    name = "events" if design.events is not None else "participants"
    events = needed if required is None else whole(required.events)
    desk.warn(
        "design.power", ("design", name), f"{getattr(design, name).value} {name} have a power of {power:.1%}",
        f"{design.power.value:.1%} is stated, for which "
        + (f"{events} events are needed" if name == "events" else f"{needed} participants are needed"),
        f"State more {name}, or the power that they have.",
    )  # fmt: skip


def _compare_time(desk: Desk, design: Design, planned: SurvivalPlan, arms: TwoArms, needed: int) -> None:
    """Whether the last look comes when follow-up is to end."""
    if design.follow_up_months is None:
        return
    end = planned.arrivals.end + design.follow_up_months.value
    if planned.duration > end + 0.5:
        expected = total_events(planned.arrivals, arms, end)
        desk.warn(
            "design.duration", ("design", "participants" if design.participants else "follow_up_months"),
            f"{planned.arrivals.total:.0f} participants are expected to have {expected:.1f} events by month {end:.1f}",
            f"the last look waits for {planned.events:.0f}, until month {planned.duration:.1f}",
            f"Plan with longer follow-up; {needed} participants are needed for the events of the stated power.",
        )  # fmt: skip


def _answers(
    design: Design, boundaries: Sequential, ratio: float, planned: SurvivalPlan
) -> Callable[[float, Design], Answers]:
    def answer(value: float, changed: Design) -> Answers:
        options: dict[str, Any] = {
            "method": method_of(changed), "margin": margin_of(changed), "benefit": benefit_of(design)
        }  # fmt: skip
        participants = power = month = None
        try:
            arms = two_arms(changed, ratio)
            assert changed.accrual is not None
            arrivals = _joining(arrivals_of(changed.accrual.value), planned.arrivals.total)
            # What is not known is whether the trial waits for its events: this is the one analysed when planned.
            at = planned.duration
            if changed.follow_up_months is not design.follow_up_months and changed.follow_up_months is not None:
                at = arrivals.end + changed.follow_up_months.value
            events = total_events(arrivals, arms, at)
            power = estimate_survival_power(boundaries, arms, arrivals, events, **options).power
            when = calendar_time(planned.events, arrivals, arms)
            month = when if math.isfinite(when) else None
            follow_up = changed.follow_up_months or None
            needed = plan_survival(
                boundaries, arms, arrivals, follow_up.value if follow_up else max(planned.follow_up, 0.0), **options
            )
            participants = needed.participants
        except (ValueError, ArithmeticError):
            pass
        return Answers(value, participants, power, month)

    return answer
