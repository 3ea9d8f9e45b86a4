"""The numbers of a design whose endpoint is a rate or a mean: required, as stated, and what they depend on.

A size is first that of participants who are assessed; as many more join as dropout takes away until then.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from equipoise.design.spec import Design
from equipoise.planning.attendance import attendance_of, expect_attendance, stated_arrivals
from equipoise.planning.complaints import SHORT, Complaints, expect_looks, expect_sane
from equipoise.planning.design_plan import DesignPlan, SamplePlan, whole, whole_multiple
from equipoise.planning.from_clause import benefit_of, margin_of
from equipoise.planning.outlook import power_curve, sample_power
from equipoise.planning.sensitivity import Answers, assess_sensitivity
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.attained import attained_errors
from equipoise.planning.sizes.means import estimate_mean_power, estimate_means_power, plan_mean, plan_means
from equipoise.planning.sizes.rates import estimate_rate_power, estimate_rates_power, plan_rate, plan_rates
from equipoise.planning.sizes.worth import Benefit
from equipoise.wording import bare

__all__ = ["plan_sample_design"]

_COUNTED = 5000
"""Participants of one arm up to which responses are counted one by one: beyond, whole numbers no longer matter."""
_ABOVE = 0.1
"""By how much of itself the error may lie above the planned one before it is told."""


def plan_sample_design(
    complaints: Complaints,
    design: Design,
    boundaries: Sequential,
    ratio: float | None,
    kind: str,
    visit_months: float | None = None,
) -> DesignPlan:
    """Every number. `visit_months`: when the endpoint is assessed by its visit, where no follow-up is stated.

    Raises Refusal when the design cannot be planned.
    """
    benefit = benefit_of(design)
    try:
        required = _size_sample(design, boundaries, ratio, None, benefit)
        joining = required.participants / attendance_of(design, None, visit_months).share
        expect_sane(complaints, joining)
        needed = whole(joining) if ratio is None else whole_multiple(joining, ratio)
        final = bare(design.participants) or needed
        attendance = attendance_of(design, final, visit_months)
        expect_attendance(complaints, design, attendance)
        if design.accrual is not None:
            stated_arrivals(complaints, design)
        assessed = final * attendance.share
        planned = _size_sample(design, boundaries, ratio, assessed, benefit)
        expect_looks(complaints, boundaries, assessed, 1.0 if ratio is None else 2.0)
    except (ValueError, ArithmeticError) as trouble:
        complaints.give_up("design.impossible", trouble)
    if design.participants is not None and planned.power < design.power.value - SHORT:
        complaints.warn(
            "design.power/participants",
            ("design", "participants"),
            stated=design.participants.value,
            power=planned.power,
            wanted=design.power.value,
            needed=needed,
        )

    _expect_the_planned_error(complaints, design, boundaries, ratio, assessed, benefit)

    def answer(value: float, changed: Design) -> Answers:
        joining = power = month = None
        try:
            then = attendance_of(changed, final, visit_months)
            month = then.assessed
            # The trial is analysed when planned, unless the assessment itself is at another time.
            seen = then.assessed_by(attendance.assessed if then.months == attendance.months else month, final)
            power = sample_power(changed, boundaries, ratio, seen, None, benefit)
            joining = _size_sample(changed, boundaries, ratio, None, benefit).participants / then.share
        except (ValueError, ArithmeticError):
            pass
        return Answers(value, joining, power, month)

    return DesignPlan(
        endpoint=design.endpoint,
        question=design.question,
        kind=kind,
        ratio=ratio,
        margin=margin_of(design),
        benefit=benefit,
        boundaries=boundaries,
        required=required,
        required_events=None,
        required_participants=needed,
        stated_events=None,
        stated_participants=bare(design.participants),
        planned=planned,
        power=planned.power,
        power_curve=power_curve(design, boundaries, ratio, assessed, None),
        outlook=(),
        sensitivity=assess_sensitivity(design, answer),
        findings=complaints.findings,
        attendance=attendance,
    )


def _expect_the_planned_error(
    complaints: Complaints,
    design: Design,
    boundaries: Sequential,
    ratio: float | None,
    assessed: float,
    benefit: Benefit,
) -> None:
    """Warn where one arm's whole numbers of responses reject more often than planned although nothing is better."""
    if ratio is not None or design.rates is None or not 1 <= assessed <= _COUNTED:
        return
    looks = [whole(fraction * assessed) for fraction in boundaries.fractions]
    if any(later <= earlier for earlier, later in pairwise(looks)):
        return
    rate, null = design.rates.experimental.value, design.rates.control.value
    attained = attained_errors(boundaries, rate, null, looks, benefit)
    planned = boundaries.alpha_one_sided
    if attained.error > planned * (1 + _ABOVE):
        complaints.warn(
            "design.attained" if benefit == "above" else "design.attained/below",
            ("design", "alpha"),
            planned=planned,
            error=attained.error,
            power=attained.power,
            responses=attained.responses[-1],
            participants=looks[-1],
        )


def _size_sample(
    design: Design, boundaries: Sequential, ratio: float | None, given: float | None, benefit: Benefit
) -> SamplePlan:
    """The size for the stated power, or with `given` participants the power."""
    margin = margin_of(design)
    if design.rates is not None:
        rate, control = design.rates.experimental.value, design.rates.control.value
        if ratio is None:
            if given is None:
                return plan_rate(boundaries, rate, control, benefit=benefit)
            return estimate_rate_power(boundaries, rate, control, given, benefit=benefit)
        options: dict[str, Any] = {
            "measure": design.rates.measure,
            "margin": margin,
            "ratio": ratio,
            "benefit": benefit,
        }
        if given is None:
            return plan_rates(boundaries, rate, control, **options)
        return estimate_rates_power(boundaries, rate, control, given, **options)
    assert design.means is not None
    mean, null, sd = (value.value for value in (design.means.experimental, design.means.control, design.means.sd))
    if ratio is None:
        if given is None:
            return plan_mean(boundaries, mean, sd, null_mean=null, benefit=benefit)
        return estimate_mean_power(boundaries, mean, sd, given, null_mean=null, benefit=benefit)
    if given is None:
        return plan_means(boundaries, mean - null, sd, margin=margin, ratio=ratio, benefit=benefit)
    return estimate_means_power(boundaries, mean - null, sd, given, margin=margin, ratio=ratio, benefit=benefit)
