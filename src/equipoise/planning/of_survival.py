"""The numbers of a design whose endpoint is a time to an event: required, as stated, and what they depend on.

What is required follows from accrual's shape and time and the follow-up; what is planned joins at the stated rates
until the stated participants are there. Where control or accrual is not stated, only events can be told. Knows clauses,
and no protocol.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from equipoise.design.spec import Design
from equipoise.planning.attendance import joining, stated_arrivals
from equipoise.planning.complaints import SHORT, Complaints, expect_looks, expect_sane, expect_seen
from equipoise.planning.design_plan import DesignPlan, whole, whole_multiple
from equipoise.planning.from_clause import arrivals_of, benefit_of, margin_of, method_of, two_arms
from equipoise.planning.outlook import power_curve, project, sample_power
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


def plan_survival_design(complaints: Complaints, design: Design, boundaries: Sequential, ratio: float) -> DesignPlan:
    """Every number. Raises Refusal when the design cannot be planned."""
    margin = margin_of(design)
    try:
        if design.control is None or design.accrual is None:
            return _plan_events(complaints, design, boundaries, ratio)
        arms, arrivals = two_arms(design, ratio), stated_arrivals(complaints, design)
        fastest = max(arms.control.hazards)
        if fastest > _FASTEST:
            complaints.refuse("design.absurd/hazard", ("design", "control"), hazard=fastest)
        required = _required(design, boundaries, arms, arrivals)
        expect_sane(complaints, required.participants)
        needed = whole_multiple(required.participants, ratio)
        if design.participants is None:
            arrivals = joining(arrivals_of(design.accrual.value), needed)
        final = _final_events(design, required, arrivals, arms)
        _expect_reached(complaints, design, final, arrivals, arms)
        expect_seen(complaints, arrivals.end)
        planned = estimate_survival_power(boundaries, arms, arrivals, final, **_options(design))
        expect_seen(complaints, planned.duration)
        expect_looks(complaints, boundaries, final, 1.0)
    except (ValueError, ArithmeticError) as trouble:
        complaints.give_up("design.impossible", trouble)
    _compare_power(complaints, design, planned.power, required, needed)
    _compare_time(complaints, design, planned, arms, needed)
    answer = _answers(design, boundaries, ratio, planned)
    return DesignPlan(
        endpoint=design.endpoint,
        question=design.question,
        kind="time_to_event",
        ratio=ratio,
        margin=margin,
        benefit=benefit_of(design),
        boundaries=boundaries,
        required=required,
        required_events=whole(required.events),
        required_participants=needed,
        stated_events=bare(design.events),
        stated_participants=bare(design.participants),
        planned=planned,
        power=planned.power,
        power_curve=power_curve(design, boundaries, ratio, final, arrivals),
        outlook=project(arrivals, arms, margin, 1.15 * max(planned.duration, arrivals.end)),
        sensitivity=assess_sensitivity(design, answer),
        findings=complaints.findings,
    )


def _plan_events(complaints: Complaints, design: Design, boundaries: Sequential, ratio: float) -> DesignPlan:
    """Without control or accrual: the events, and their power."""
    assert design.hazard_ratio is not None
    events = estimate_events(boundaries, design.hazard_ratio.value, ratio=ratio, **_options(design))
    expect_sane(complaints, events)
    final = bare(design.events) or whole(events)
    expect_looks(complaints, boundaries, final, 1.0)
    power = sample_power(design, boundaries, ratio, final, None, benefit_of(design))
    _compare_power(complaints, design, power, None, whole(events))
    return DesignPlan(
        endpoint=design.endpoint,
        question=design.question,
        kind="time_to_event",
        ratio=ratio,
        margin=margin_of(design),
        benefit=benefit_of(design),
        boundaries=boundaries,
        required=None,
        required_events=whole(events),
        required_participants=None,
        stated_events=bare(design.events),
        stated_participants=bare(design.participants),
        planned=None,
        power=power,
        power_curve=power_curve(design, boundaries, ratio, final, None),
        outlook=(),
        sensitivity=(),
        findings=complaints.findings,
    )


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


def _final_events(design: Design, required: SurvivalPlan, arrivals: Arrivals, arms: TwoArms) -> float:
    """The events of the last look: as stated; of stated participants those expected when follow-up ends; else as
    required.
    """
    if design.events is not None:
        return design.events.value
    if design.participants is not None and design.follow_up_months is not None:
        return total_events(arrivals, arms, arrivals.end + design.follow_up_months.value)
    return whole(required.events)


def _expect_reached(complaints: Complaints, design: Design, events: float, arrivals: Arrivals, arms: TwoArms) -> None:
    most = most_events(arrivals, arms)
    if most <= events:
        path = ("design", "events" if design.events else "participants")
        numbers = {"events": events, "participants": arrivals.total, "most": most}
        complaints.refuse("design.never_reached/stated", path, **numbers)


def _compare_power(
    complaints: Complaints, design: Design, power: float, required: SurvivalPlan | None, needed: int
) -> None:
    """Whether the stated numbers give the stated power."""
    if (design.events is None and design.participants is None) or power >= design.power.value - SHORT:
        return
    name = "events" if design.events is not None else "participants"
    events = needed if required is None else whole(required.events)
    complaints.warn(
        f"design.power/{name}",
        ("design", name),
        stated=getattr(design, name).value,
        power=power,
        wanted=design.power.value,
        needed=events if name == "events" else needed,
    )


def _compare_time(complaints: Complaints, design: Design, planned: SurvivalPlan, arms: TwoArms, needed: int) -> None:
    """Whether the last look comes when follow-up is to end."""
    if design.follow_up_months is None:
        return
    end = planned.arrivals.end + design.follow_up_months.value
    if planned.duration > end + 0.5:
        expected = total_events(planned.arrivals, arms, end)
        complaints.warn(
            "design.duration",
            ("design", "participants" if design.participants else "follow_up_months"),
            participants=planned.arrivals.total,
            expected=expected,
            end=end,
            events=planned.events,
            month=planned.duration,
            needed=needed,
        )


def _answers(
    design: Design, boundaries: Sequential, ratio: float, planned: SurvivalPlan
) -> Callable[[float, Design], Answers]:
    def answer(value: float, changed: Design) -> Answers:
        options: dict[str, Any] = {
            "method": method_of(changed),
            "margin": margin_of(changed),
            "benefit": benefit_of(design),
        }
        participants = power = month = None
        try:
            arms = two_arms(changed, ratio)
            assert changed.accrual is not None
            arrivals = joining(arrivals_of(changed.accrual.value), planned.arrivals.total)
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
