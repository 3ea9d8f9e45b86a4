"""What a data monitoring committee asks of a planned design beyond its size: `appraise(plan, design)`.

Each look with what would stop the trial there; power by look against the true effect; what an interim look foretells
for several observed effects; what a prior adds; other worlds and other formulae. Computes from a plan, and prints
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy.special import ndtr

from equipoise.design.spec import Design
from equipoise.planning.alternatives import Alternative, MethodSize, assess_alternatives, compare_methods
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.foresight import Belief, Interim, believe, bounds_of, drift_of, final_events, foresee
from equipoise.planning.from_clause import margin_of, method_of, two_arms
from equipoise.planning.outlook import sample_power, with_effect
from equipoise.planning.rival_tests import RivalTest, compare_tests, delays_of
from equipoise.planning.sequential.prior import prior_of
from equipoise.planning.sizes.events import expected_events
from equipoise.planning.sizes.logrank_worth import worth_of_an_event
from equipoise.planning.sizes.survival import SurvivalPlan, estimate_survival_power, ratio_at_bound

__all__ = ["Appraisal", "AppraisedLook", "StoppingAt", "appraise"]


@dataclass(frozen=True, slots=True)
class AppraisedLook:
    """One look: when it is expected, what would stop the trial at it, and how likely that is.

    `size`: events, or participants who have been assessed where there are no events; `month`, and the `participants`
    who have joined by then, are None where time is not planned. `nominal_p`: the p-value (of as many sides as the
    design has) at which the upper boundary is met. `effect_*`: the estimate at which a boundary is met. `alpha_spent`:
    cumulative, of all sides. `reject` and `accept`:
    the probability of stopping first at this look under the assumed effect; `power`: cumulative; `*_null`: the same if
    the null hypothesis is true.
    """

    number: int
    fraction: float
    size: float
    month: float | None
    participants: float | None
    upper: float
    nominal_p: float
    effect_upper: float | None
    lower: float | None
    effect_lower: float | None
    alpha_spent: float
    reject: float
    accept: float
    power: float
    reject_null: float
    accept_null: float


@dataclass(frozen=True, slots=True)
class StoppingAt:
    """The cumulative probability of having rejected by each look, if this were the true effect."""

    effect: float
    rejected: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The answers; empty where the clause does not allow them.

    `drift`: the mean of the statistic at the last look, if the effect is as assumed. `event_shares`: of the control and
    of the experimental arm, the share expected to have had the event by the last look of the trial that the power asks
    for.
    """

    drift: float
    looks: tuple[AppraisedLook, ...]
    event_shares: tuple[float, float] | None
    power_by_look: tuple[StoppingAt, ...]
    power_at_round_effects: tuple[StoppingAt, ...]
    interim: tuple[Interim, ...]
    belief: Belief | None
    alternatives: tuple[Alternative, ...]
    methods: tuple[MethodSize, ...]
    delays: tuple[float, ...]
    rival_tests: tuple[RivalTest, ...]


def appraise(plan: DesignPlan, design: Design, progress: Callable[[int, int], None] | None = None) -> Appraisal:
    """Every answer that the plan and its clause allow. `progress` is called after each interim look: many take seconds.

    >>> from equipoise.planning import plan_design
    >>> from equipoise.protocol.reading import load_protocol
    >>> protocol = load_protocol("npc-nimotuzumab")
    >>> first = appraise(plan_design(protocol), protocol.design).looks[0]
    >>> round(first.month, 1), round(first.upper, 3), round(first.effect_upper, 3)
    (40.5, 2.538, 0.481)
    """
    survival = plan.kind == "time_to_event"
    timed = plan.planned if isinstance(plan.planned, SurvivalPlan) else None
    ratio = plan.ratio or 1.0
    required = plan.required if isinstance(plan.required, SurvivalPlan) else None
    bounds = bounds_of(plan) if survival else None
    prior = prior_of(design.prior.value, ratio) if design.prior is not None and bounds else None
    drift = drift_of(plan, design)
    return Appraisal(
        drift=drift,
        looks=_looks(plan, drift),
        event_shares=_event_shares(design, ratio, required) if required else None,
        power_by_look=_power_by_look(plan, design, [point.effect for point in plan.power_curve]),
        power_at_round_effects=_power_by_look(plan, design, _round_effects(plan)),
        interim=foresee(plan, bounds, drift, prior, progress) if bounds else (),
        belief=believe(plan, design, bounds, prior) if bounds and prior else None,
        alternatives=assess_alternatives(design, plan.boundaries, ratio, timed) if timed else (),
        methods=compare_methods(design, plan.boundaries, ratio, timed) if timed else (),
        delays=delays_of(design) if timed else (),
        rival_tests=compare_tests(design, plan.boundaries, ratio, timed) if timed else (),
    )


def _event_shares(design: Design, ratio: float, planned: SurvivalPlan) -> tuple[float, float]:
    (share_e, treated), (share_c, control) = two_arms(design, ratio).shares
    joined = planned.arrivals.arrived(planned.duration)
    found = [
        expected_events(planned.arrivals, course, planned.duration, share) / (share * joined)
        for share, course in ((share_c, control), (share_e, treated))
    ]
    return found[0], found[1]


def _looks(plan: DesignPlan, drift: float) -> tuple[AppraisedLook, ...]:
    rule, one_sided = plan.boundaries, plan.boundaries.alpha_one_sided
    planned = plan.planned
    crossed, null = rule.crossing(drift), rule.crossing(0.0)
    found, power = [], 0.0
    for k, fraction in enumerate(rule.fractions):
        look = planned.looks[k] if planned is not None else None
        size = float(
            getattr(look, "events", 0.0) or getattr(look, "participants", 0.0) or fraction * final_events(plan)
        )
        upper, lower = rule.upper[k], rule.lower[k]
        when = plan.attendance
        month, joined = getattr(look, "month", None), getattr(look, "participants", None)
        if when is not None and when.arrivals is not None:
            month = when.month_of(size)
            joined = when.joined_by(month) if month is not None else None
        there = math.isfinite(lower) and (rule.sides == 2 or k + 1 < rule.looks)
        power += float(crossed.upper[k])
        found.append(
            AppraisedLook(
                number=k + 1,
                fraction=fraction,
                size=size,
                month=month,
                participants=joined,
                upper=upper,
                nominal_p=rule.sides * float(ndtr(-upper)),
                effect_upper=_effect(plan, look, upper, size, "upper"),
                lower=lower if there else None,
                effect_lower=_effect(plan, look, lower, size, "lower") if there else None,
                alpha_spent=min(rule.sides * rule.alpha_spent[k], rule.sides * one_sided),
                reject=float(crossed.upper[k]),
                accept=float(crossed.lower[k]),
                power=power,
                reject_null=float(null.upper[k]),
                accept_null=float(null.lower[k]),
            )
        )
    return tuple(found)


def _effect(plan: DesignPlan, look: object, z: float, size: float, side: str) -> float | None:
    if plan.kind == "time_to_event":
        return ratio_at_bound(z, size, plan.ratio or 1.0, plan.margin, plan.benefit) if math.isfinite(z) else None
    found: float | None = getattr(look, f"effect_{side}", None)
    return found


def _power_by_look(plan: DesignPlan, design: Design, effects: list[float]) -> tuple[StoppingAt, ...]:
    found = []
    for effect in sorted(effects):
        try:
            rejected = _rejected(plan, with_effect(design, effect))
        except ValueError:  # an effect under which so many events are never expected
            continue
        total, cumulative = 0.0, []
        for each in rejected:
            total += each
            cumulative.append(total)
        found.append(StoppingAt(effect, tuple(cumulative)))
    return tuple(found)


def _round_effects(plan: DesignPlan) -> list[float]:
    """Effects that people speak of, within the span of the power curve: at most fourteen, in equal round steps."""
    span = [point.effect for point in plan.power_curve]
    low, high = min(span, default=0.0), max(span, default=0.0)
    if not high > low:
        return []
    step: float = next(s * 10.0**p for p in range(-9, 12) for s in (1, 2, 5) if (high - low) / (s * 10.0**p) <= 14)
    return [round(k * step, 12) for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _rejected(plan: DesignPlan, design: Design) -> list[float]:
    rule, ratio = plan.boundaries, plan.ratio or 1.0
    planned = plan.planned
    if isinstance(planned, SurvivalPlan):
        found = estimate_survival_power(
            rule,
            two_arms(design, ratio),
            planned.arrivals,
            planned.events,
            method=method_of(design),
            margin=plan.margin,
            benefit=planned.benefit,
        )
        return [look.reject for look in found.looks]
    if planned is None and design.hazard_ratio is not None:
        each = worth_of_an_event(method_of(design), design.hazard_ratio.value, ratio, margin_of(design), plan.benefit)
        return [float(p) for p in rule.crossing(each * math.sqrt(final_events(plan))).upper]
    # Of a mean or a rate: the drift that gives the power of this effect divides itself among the looks as the plan's
    # does.
    return _divided(plan, design)


def _divided(plan: DesignPlan, design: Design) -> list[float]:
    rule = plan.boundaries
    assert plan.planned is not None
    wanted = sample_power(design, rule, plan.ratio, plan.planned.participants, None, plan.benefit)
    low, high = -10.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if float(rule.crossing(middle).upper.sum()) < wanted else (low, middle)
    return [float(p) for p in rule.crossing(low).upper]
