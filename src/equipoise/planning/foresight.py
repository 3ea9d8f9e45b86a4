"""What an interim look would foretell, and what a prior says of the whole trial: for a planned trial of survival.

Hazard ratios are given as they would be observed; inside, effects are positive where there is benefit and counted from
the margin. Conditional and predictive power, posterior, assurance: `conditional`, `success`, `prior`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from equipoise.design.spec import Design
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.from_clause import method_of
from equipoise.planning.sequential.conditional import conditional_powers, posterior_at, predictive_power
from equipoise.planning.sequential.monitoring import Boundaries, event_information, planned_boundaries
from equipoise.planning.sequential.prior import NormalMixture
from equipoise.planning.sequential.success import assurance
from equipoise.planning.sizes.logrank_worth import worth_of_an_event
from equipoise.planning.sizes.survival import SurvivalPlan, ratio_at_bound
from equipoise.wording import bare

__all__ = ["Belief", "Interim", "Observed", "believe", "bounds_of", "drift_of", "final_events", "foresee"]

_CURVE = 41
"""Observed effects at which a curve of what the last interim look foretells is found. Before others there are several
looks to come, and each predictive power takes an integral over all of them: there the rows are the curve.
"""


@dataclass(frozen=True, slots=True)
class Observed:
    """What an interim look foretells when it finds this hazard ratio.

    `decision`: `reject`, `accept`, `harm` or `continue`. Conditional power if the effect is as planned, as observed, or
    none; `predictive`: averaged over what the data say alone, `predictive_prior`: with the prior too. `benefit`: the
    posterior probability that the hazard ratio is on the side of benefit, from the data alone; `benefit_prior` with the
    prior.
    """

    hazard_ratio: float
    z: float
    decision: str
    planned: float
    trend: float
    null: float
    predictive: float
    predictive_prior: float | None
    benefit: float
    benefit_prior: float | None


@dataclass(frozen=True, slots=True)
class Interim:
    """What an interim look would foretell: for a few observed effects, and for those of a curve,
    which may be the same."""

    number: int
    events: float
    rows: tuple[Observed, ...]
    curve: tuple[Observed, ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """What the prior says of the trial before it begins. `events_worth`: the events that would say as much.

    `quantiles`: the hazard ratios below which the true one lies with probability 0.025, 0.5 and 0.975. `assurance`: the
    probability of rejecting for benefit, averaged over the prior. `relevant`: of an effect at least as large as the
    relevant one.
    """

    mean: float
    sd: float
    quantiles: tuple[float, float, float]
    events_worth: float
    benefit: float
    relevant: float | None
    assurance: float


def final_events(plan: DesignPlan) -> float:
    """Events at the last look: of the planned trial, or those that are stated or required."""
    if isinstance(plan.planned, SurvivalPlan):
        return plan.planned.events
    return float(plan.stated_events or plan.required_events or math.nan)


def drift_of(plan: DesignPlan, design: Design) -> float:
    """The mean of the statistic at the last look, under the assumed effect."""
    if plan.planned is not None or design.hazard_ratio is None:
        return plan.planned.drift if plan.planned is not None else plan.boundaries.drift
    each = worth_of_an_event(method_of(design), design.hazard_ratio.value, plan.ratio or 1.0, plan.margin, plan.benefit)
    return each * math.sqrt(final_events(plan))


def bounds_of(plan: DesignPlan) -> Boundaries | None:
    """The planned boundaries at the information of the planned events; None where no events are planned."""
    events = final_events(plan)
    return planned_boundaries(plan.boundaries, event_information(events, plan.ratio or 1.0)) if events > 0 else None


def foresee(
    plan: DesignPlan,
    bounds: Boundaries,
    drift: float,
    prior: NormalMixture | None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Interim, ...]:
    """Each look but the last: observed ratios from strong benefit to harm, the planned one and those on boundaries
    among them.
    """
    found = []
    for k in range(plan.boundaries.looks - 1):
        events = final_events(plan) * plan.boundaries.fractions[k]
        ratios = _observable(plan, drift, k, events)
        first, last = math.log(ratios[0]), math.log(ratios[-1])
        rows = curve = tuple(_observed(plan, bounds, drift, prior, k, at) for at in ratios)
        if k + 2 == plan.boundaries.looks:
            finely = [math.exp(first + (last - first) * i / (_CURVE - 1)) for i in range(_CURVE)]
            curve = tuple(_observed(plan, bounds, drift, prior, k, at) for at in finely)
        found.append(Interim(k + 1, events, rows, curve))
        if progress is not None:
            progress(k + 1, plan.boundaries.looks - 1)
    return tuple(found)


def _observable(plan: DesignPlan, drift: float, k: int, events: float) -> list[float]:
    sign = 1.0 if plan.benefit == "below" else -1.0
    shares = (1.6, 1.25, 1.0, 0.75, 0.5, 0.25, 0.0, -0.25)
    effect = drift / math.sqrt(event_information(final_events(plan), plan.ratio or 1.0))
    ratios = {round(plan.margin * math.exp(-sign * share * effect), 2) for share in shares}
    for z in (plan.boundaries.upper[k], plan.boundaries.lower[k]):
        if math.isfinite(z) and (plan.boundaries.sides == 1 or z > 0):
            ratios.add(ratio_at_bound(z, events, plan.ratio or 1.0, plan.margin, "below" if sign > 0 else "above"))
    return sorted(ratios, reverse=sign < 0)


def _observed(
    plan: DesignPlan, bounds: Boundaries, drift: float, prior: NormalMixture | None, k: int, ratio: float
) -> Observed:
    """`bounds` are of an effect that is positive where there is benefit, measured from the margin."""
    sign = 1.0 if plan.benefit == "below" else -1.0
    slope = bounds.slopes[k]
    z = sign * math.log(plan.margin / ratio) * slope
    powers = conditional_powers(bounds, k + 1, z, drift / bounds.slopes[-1])
    shifted = _from_margin(prior, plan.margin, sign) if prior is not None else None
    decision = "continue"
    # A ratio on the boundary itself meets it, whatever the last digit of its logarithm.
    if z >= bounds.upper[k] - 1e-9:
        decision = "reject"
    elif z <= bounds.lower[k] + 1e-9:
        decision = "harm" if plan.boundaries.sides == 2 else "accept"
    return Observed(
        hazard_ratio=ratio,
        z=z,
        decision=decision,
        planned=powers.planned,
        trend=powers.trend,
        null=powers.null,
        predictive=predictive_power(bounds, k + 1, z),
        predictive_prior=predictive_power(bounds, k + 1, z, shifted) if shifted is not None else None,
        benefit=posterior_at(bounds, k + 1, z).probability_below(1.0),
        benefit_prior=posterior_at(bounds, k + 1, z, shifted).probability_below(1.0) if shifted is not None else None,
    )


def _from_margin(prior: NormalMixture, margin: float, sign: float) -> NormalMixture:
    """The prior of the log of ratio over margin, turned so that below 0 is benefit."""
    means = tuple(sign * (mean - math.log(margin)) for mean in prior.means)
    return NormalMixture(prior.weights, means, prior.sds)


def believe(plan: DesignPlan, design: Design, bounds: Boundaries, prior: NormalMixture) -> Belief:
    """What the prior says of the trial before it begins."""
    sign = 1.0 if plan.benefit == "below" else -1.0
    shifted = _from_margin(prior, plan.margin, sign)
    relevant = bare(design.relevant_hazard_ratio)
    return Belief(
        mean=prior.mean,
        sd=prior.sd,
        quantiles=(prior.quantile(0.025), prior.quantile(0.5), prior.quantile(0.975)),
        events_worth=prior.events_worth(plan.ratio or 1.0),
        benefit=shifted.probability_below(1.0),
        relevant=prior.probability_below(relevant) if relevant is not None else None,
        assurance=assurance(bounds, shifted),
    )
