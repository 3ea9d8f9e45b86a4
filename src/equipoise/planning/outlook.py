"""How a planned trial is expected to go: accrual and events month by month, and power against the effect.

Knows the clause and the plan of a design, and neither how the plan was found nor how it is printed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from equipoise.design.spec import Design
from equipoise.planning.from_clause import benefit_of, margin_of, method_of, two_arms
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.events import Arrivals, TwoArms, expected_events
from equipoise.planning.sizes.logrank_worth import BY_EVENTS, worth_of_an_event
from equipoise.planning.sizes.means import estimate_mean_power, estimate_means_power
from equipoise.planning.sizes.rates import estimate_rate_power, estimate_rates_power
from equipoise.planning.sizes.survival import estimate_survival_power
from equipoise.planning.sizes.worth import Benefit, Worth
from equipoise.wording.literals import literals_checked

__all__ = ["EffectPower", "Month", "power_curve", "project", "sample_power", "with_effect"]

_POINTS = 31
_MONTHS = 240


@dataclass(frozen=True, slots=True)
class Month:
    """Expected numbers by the end of a month, while all goes as assumed; `events_null`:
    if the null hypothesis holds."""

    month: float
    participants: float
    events: float
    events_experimental: float
    events_control: float
    events_null: float


@dataclass(frozen=True, slots=True)
class EffectPower:
    """The probability of rejecting if the effect (hazard ratio, experimental rate or mean) were this one."""

    effect: float
    power: float


def project(arrivals: Arrivals, arms: TwoArms, margin: float, until: float) -> tuple[Month, ...]:
    """Month by month from the first arrival to `until`; in longer steps when that takes more than 20 years."""
    step = math.ceil(until / _MONTHS)
    (share_e, treated), (share_c, control) = arms.shares
    null = control.times((margin,))
    found = []
    for month in range(0, math.ceil(until) + step, step):
        by_treated = expected_events(arrivals, treated, month, share_e)
        by_control = expected_events(arrivals, control, month, share_c)
        under_null = expected_events(arrivals, null, month, share_e) + by_control
        found.append(
            Month(float(month), arrivals.arrived(month), by_treated + by_control, by_treated, by_control, under_null)
        )
    return tuple(found)


def power_curve(
    design: Design,
    boundaries: Sequential,
    ratio: float | None,
    size: float,
    arrivals: Arrivals | None,
) -> tuple[EffectPower, ...]:
    """Power on the side of benefit against the effect, from a third beyond no effect to nearly twice the assumed one.

    `size`: events at the last look, or participants where there are no events. An effect under which so many events are
    never expected is left out.
    """
    found = []
    for effect in _effects(design):
        changed = with_effect(design, effect)
        try:
            power = sample_power(changed, boundaries, ratio, size, arrivals, benefit_of(design))
        except (ValueError, ArithmeticError):
            continue
        found.append(EffectPower(effect, power))
    return tuple(found)


@literals_checked
def sample_power(
    design: Design,
    boundaries: Sequential,
    ratio: float | None,
    size: float,
    arrivals: Arrivals | None,
    benefit: Benefit,
) -> float:
    """The power of `size` events or participants, as the clause assumes. `ratio` None: one arm.

    `benefit` is where the planned trial looks for it, whatever this clause assumes.
    """
    margin = margin_of(design)
    if design.rates is not None:
        rate, control = design.rates.experimental.value, design.rates.control.value
        if ratio is None:
            return estimate_rate_power(boundaries, rate, control, size, benefit=benefit).power
        return estimate_rates_power(
            boundaries, rate, control, size, measure=design.rates.measure, margin=margin, ratio=ratio, benefit=benefit
        ).power
    if design.means is not None:
        mean, control, sd = (v.value for v in (design.means.experimental, design.means.control, design.means.sd))
        if ratio is None:
            return estimate_mean_power(boundaries, mean, sd, size, null_mean=control, benefit=benefit).power
        return estimate_means_power(
            boundaries, mean - control, sd, size, margin=margin, ratio=ratio, benefit=benefit
        ).power
    assert design.hazard_ratio is not None
    assert ratio is not None
    method = method_of(design)
    if method in BY_EVENTS:
        each = worth_of_an_event(method, design.hazard_ratio.value, ratio, margin, benefit)
        return Worth(each).power(size, boundaries)
    if arrivals is None:
        raise ValueError(f"{method} needs control, accrual and follow-up")
    arms = two_arms(design, ratio)
    return estimate_survival_power(
        boundaries, arms, arrivals, size, method=method, margin=margin, benefit=benefit
    ).power


def with_effect(design: Design, effect: float) -> Design:
    """The clause with another hazard ratio, experimental rate or experimental mean."""
    if design.hazard_ratio is not None:
        return design.model_copy(update={"hazard_ratio": design.hazard_ratio.model_copy(update={"value": effect})})
    for name in ("rates", "means"):
        given = getattr(design, name)
        if given is not None:
            other = given.experimental.model_copy(update={"value": effect})
            return design.model_copy(update={name: given.model_copy(update={"experimental": other})})
    raise ValueError("the design assumes no effect")


def _effects(design: Design) -> Iterator[float]:
    margin = margin_of(design)
    if design.hazard_ratio is not None:
        span = math.log(design.hazard_ratio.value / margin)
        yield from (margin * math.exp(span * share) for share in _shares())
        return
    assumed = design.rates or design.means
    assert assumed is not None
    control = assumed.control.value
    ratio = design.rates is not None and design.rates.measure == "ratio"
    null = control * margin if ratio else control + margin
    for share in _shares():
        effect = null + share * (assumed.experimental.value - null)
        if design.rates is None or 0 < effect < 1:
            yield effect


def _shares() -> Iterator[float]:
    return ((k - 5) / 15 for k in range(_POINTS + 2))
