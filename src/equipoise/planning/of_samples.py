"""The numbers of a design whose endpoint is a rate or a mean: required, as stated, and what they depend on."""

from __future__ import annotations

from typing import Any

from equipoise.design.spec import Design
from equipoise.planning.complaints import SHORT, Complaints, expect_sane
from equipoise.planning.design_plan import DesignPlan, SamplePlan, whole, whole_multiple
from equipoise.planning.from_clause import benefit_of, margin_of
from equipoise.planning.outlook import power_curve, sample_power
from equipoise.planning.sensitivity import Answers, assess_sensitivity
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.means import estimate_mean_power, estimate_means_power, plan_mean, plan_means
from equipoise.planning.sizes.rates import estimate_rate_power, estimate_rates_power, plan_rate, plan_rates
from equipoise.planning.sizes.worth import Benefit
from equipoise.wording import bare

__all__ = ["plan_sample_design"]


def plan_sample_design(
    complaints: Complaints, design: Design, boundaries: Sequential, ratio: float | None, kind: str
) -> DesignPlan:
    """Every number. Raises Refusal when the design cannot be planned."""
    benefit = benefit_of(design)
    try:
        required = _size_sample(design, boundaries, ratio, None, benefit)
        expect_sane(complaints, required.participants)
        needed = whole(required.participants) if ratio is None else whole_multiple(required.participants, ratio)
        final = bare(design.participants) or needed
        planned = _size_sample(design, boundaries, ratio, final, benefit)
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

    def answer(value: float, changed: Design) -> Answers:
        try:
            changed_size: float | None = _size_sample(changed, boundaries, ratio, None, benefit).participants
        except (ValueError, ArithmeticError):
            changed_size = None
        return Answers(value, changed_size, sample_power(changed, boundaries, ratio, final, None, benefit), None)

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
        power_curve=power_curve(design, boundaries, ratio, final, None),
        outlook=(),
        sensitivity=assess_sensitivity(design, answer),
        findings=complaints.findings,
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
