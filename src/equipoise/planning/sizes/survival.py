"""Participants, events and calendar time of a trial whose endpoint is a time to an event, one look or several.

Solve for the participants (`plan_survival`), for the follow-up (`plan_follow_up`), for the accrual (`plan_accrual`), or
take the size as given and ask for the power (`estimate_survival_power`). Months; hazards per month; hazard ratio
experimental over control; numbers are expectations and are not rounded. Formulae and sources: `logrank_worth`,
`events`, `worth`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sizes.events import (
    Arrivals,
    NeverReached,
    TwoArms,
    calendar_time,
    most_events,
    total_events,
)
from equipoise.planning.sizes.logrank_worth import (
    SurvivalMethod,
    logrank_worth,
    worth_of_an_event,
)
from equipoise.planning.sizes.worth import Benefit, Worth
from equipoise.planning.words import phrase
from equipoise.roots import find_root
from equipoise.wording.literals import literals_checked

__all__ = [
    "SurvivalLook",
    "SurvivalPlan",
    "estimate_events",
    "estimate_survival_power",
    "plan_accrual",
    "plan_follow_up",
    "plan_survival",
    "ratio_at_bound",
]

_LONGEST = 1e5
"""Months after which a solution is no longer looked for."""


@dataclass(frozen=True, slots=True)
class SurvivalLook:
    """One look: when it is expected and what it would find, under the planned courses.

    `ratio_upper`: the hazard ratio at which the upper boundary is met; `ratio_lower` that of the lower one (None: there
    is none). `reject` and `accept`: the probability of crossing either boundary first at this look.
    """

    fraction: float
    events: float
    month: float
    participants: float
    upper: float
    lower: float
    ratio_upper: float
    ratio_lower: float | None
    reject: float
    accept: float


@literals_checked
@dataclass(frozen=True, slots=True)
class SurvivalPlan:
    """The numbers of a trial of survival.

    `hazard_ratio` is None where it changes over time. `events_fixed`: what one look would need; None where the number
    of events was given. `events`, `participants` and `duration` (months) are those of the last look; `follow_up` is
    counted from the end of accrual and is negative where the last look comes before it. `expected_events_h0`, `_h01`
    and `_h1`: at stopping, under no effect, half of it and all of it; `expected_participants` and `expected_duration`
    under all of it.
    """

    method: SurvivalMethod
    benefit: Benefit
    margin: float
    hazard_ratio: float | None
    ratio: float
    power: float
    drift: float
    arrivals: Arrivals
    events_fixed: float | None
    events: float
    participants: float
    duration: float
    looks: tuple[SurvivalLook, ...]
    expected_events_h0: float
    expected_events_h01: float
    expected_events_h1: float
    expected_participants: float
    expected_duration: float

    @property
    def participants_experimental(self) -> float:
        """Those of the experimental arm."""
        return self.participants * self.ratio / (1 + self.ratio)

    @property
    def participants_control(self) -> float:
        """Those of the control arm."""
        return self.participants / (1 + self.ratio)

    @property
    def follow_up(self) -> float:
        """Months from the end of accrual to the last look."""
        return self.duration - self.arrivals.end

    @property
    def event_probability(self) -> float:
        """The share of all participants who are expected to have had the event by the last look."""
        return self.events / self.participants


@literals_checked
def estimate_events(
    design: Sequential,
    hazard_ratio: float,
    *,
    method: SurvivalMethod = "schoenfeld",
    ratio: float = 1.0,
    margin: float = 1.0,
    benefit: Benefit = "below",
) -> float:
    """Events at the last look: (drift / worth of an event)^2, by `schoenfeld`, `freedman` or `hsieh_freedman`.

    Raises ValueError when the hazard ratio is no benefit against the margin.

    >>> from equipoise.planning import plan_sequential
    >>> round(estimate_events(plan_sequential(alpha=0.025, power=0.9), 0.7), 1)
    330.4
    """
    worth = Worth(worth_of_an_event(method, hazard_ratio, ratio, margin, benefit))
    _expect_benefit(worth, hazard_ratio, margin, benefit)
    return worth.size(design)


@literals_checked
def ratio_at_bound(
    z: float, events: float, ratio: float = 1.0, margin: float = 1.0, benefit: Benefit = "below"
) -> float:
    """The hazard ratio at which the log-rank statistic is `z`: margin exp(-z (1 + r) / sqrt(r events)) (Schoenfeld)."""
    exponent = z * (1 + ratio) / math.sqrt(ratio * events)
    return margin * math.exp(-exponent if benefit == "below" else exponent)


@literals_checked
def plan_survival(
    design: Sequential,
    arms: TwoArms,
    arrivals: Arrivals,
    follow_up: float,
    *,
    method: SurvivalMethod = "schoenfeld",
    margin: float = 1.0,
    benefit: Benefit = "below",
) -> SurvivalPlan:
    """The participants, who arrive in the shape and time of `arrivals`, with `follow_up` months after the last of them.

    Participants = those of `arrivals` times what the design needs over what they are worth at accrual end +
    `follow_up`. Raises ValueError when nothing is expected to happen by then, or the assumed effect is none.

    >>> from equipoise.planning import Arrivals, SurvivalCourse, TwoArms, plan_sequential
    >>> control = SurvivalCourse.constant(math.log(2) / 24)
    >>> arms, arrivals = TwoArms(control, control.times((0.7,))), Arrivals.over(months=(24,), per_month=(20,))
    >>> plan = plan_survival(plan_sequential(alpha=0.025, power=0.9), arms, arrivals, follow_up=18)
    >>> round(plan.events, 1), round(plan.participants, 1)
    (330.4, 647.5)
    """
    if not 0 <= follow_up < math.inf or not math.isfinite(arrivals.end):
        raise ValueError(phrase("size.follow_up"))
    duration = arrivals.end + follow_up
    worth = logrank_worth(method, arrivals, arms, duration, margin, benefit)
    _expect_something(worth, arms, arrivals, duration, margin, benefit)
    return _describe(
        design, arms, arrivals.scaled(arrivals.total * worth.size(design)), duration, method, margin, benefit
    )


@literals_checked
def plan_follow_up(
    design: Sequential,
    arms: TwoArms,
    arrivals: Arrivals,
    *,
    method: SurvivalMethod = "schoenfeld",
    margin: float = 1.0,
    benefit: Benefit = "below",
) -> SurvivalPlan:
    """The follow-up that gives the planned power to the participants of `arrivals`.

    The plan's `follow_up` is negative where enough happens before accrual ends. Raises ValueError, with the largest
    number of events to be expected, when the power is never reached.
    """
    if not math.isfinite(arrivals.end):
        raise ValueError("accrual without an end needs no further follow-up")
    duration = _first_time(
        lambda time: logrank_worth(method, arrivals, arms, time, margin, benefit).size(design), arrivals.end
    )
    if duration is None:
        worth = logrank_worth(method, arrivals, arms, _LONGEST, margin, benefit)
        _expect_something(worth, arms, arrivals, _LONGEST, margin, benefit)
        most = most_events(arrivals, arms)
        needed = most * worth.size(design)
        raise NeverReached(phrase("size.too_few", participants=arrivals.total, most=most, needed=needed))
    return _describe(design, arms, arrivals, duration, method, margin, benefit)


@literals_checked
def plan_accrual(
    design: Sequential,
    arms: TwoArms,
    arrivals: Arrivals,
    follow_up: float,
    *,
    method: SurvivalMethod = "schoenfeld",
    margin: float = 1.0,
    benefit: Benefit = "below",
) -> SurvivalPlan:
    """How long to recruit at the rates of `arrivals` (whose end is ignored), with `follow_up` months after the last
    arrival.

    Raises ValueError when the power is never reached.
    """
    if not 0 <= follow_up < math.inf:
        raise ValueError("follow-up has an end and is not negative")
    least = next(start for start, rate in zip(arrivals.starts, arrivals.rates, strict=True) if rate > 0)

    def needed(months: float) -> float:
        recruited = arrivals.until(least + months)
        return logrank_worth(method, recruited, arms, recruited.end + follow_up, margin, benefit).size(design)

    months = _first_time(needed, 1.0)
    if months is None:
        longest = arrivals.until(least + _LONGEST)
        worth = logrank_worth(method, longest, arms, longest.end + follow_up, margin, benefit)
        _expect_something(worth, arms, longest, longest.end + follow_up, margin, benefit)
        raise ValueError(f"recruiting for {_LONGEST:.0f} months at this rate would not give the power")
    recruited = arrivals.until(least + months)
    return _describe(design, arms, recruited, recruited.end + follow_up, method, margin, benefit)


@literals_checked
def estimate_survival_power(
    design: Sequential,
    arms: TwoArms,
    arrivals: Arrivals,
    events: float,
    *,
    method: SurvivalMethod = "schoenfeld",
    margin: float = 1.0,
    benefit: Benefit = "below",
) -> SurvivalPlan:
    """The power of the design's boundaries when the last look comes with the `events`-th event.

    Any hazard ratio will do, one without benefit too. Raises ValueError when that many events are never expected.
    """
    duration = calendar_time(events, arrivals, arms)
    if not math.isfinite(duration) or not events > 0:
        most = most_events(arrivals, arms)
        raise NeverReached(phrase("size.never_reached", events=events, participants=arrivals.total, most=most))
    drift = logrank_worth(method, arrivals, arms, duration, margin, benefit).drift(1.0, design)
    return _describe(design, arms, arrivals, duration, method, margin, benefit, drift)


def _describe(
    design: Sequential,
    arms: TwoArms,
    arrivals: Arrivals,
    duration: float,
    method: SurvivalMethod,
    margin: float,
    benefit: Benefit,
    drift: float | None = None,
) -> SurvivalPlan:
    """All the numbers, once it is known who arrives and when the last look is. `drift`: where it is not the planned
    one.
    """
    events = total_events(arrivals, arms, duration)
    crossed = design.crossing(design.drift if drift is None else drift)
    looks = []
    for k, fraction in enumerate(design.fractions):
        month = duration if k + 1 == design.looks else calendar_time(events * fraction, arrivals, arms)
        at = events * fraction
        lower = design.lower[k]
        looks.append(
            SurvivalLook(
                fraction,
                at,
                month,
                arrivals.arrived(month),
                design.upper[k],
                lower,
                ratio_at_bound(design.upper[k], at, arms.ratio, margin, benefit),
                ratio_at_bound(lower, at, arms.ratio, margin, benefit) if math.isfinite(lower) else None,
                float(crossed.upper[k]),
                float(crossed.lower[k]),
            )
        )
    stopped = [look.reject + look.accept for look in looks[:-1]]
    stopped.append(1 - sum(stopped))
    planned = design.drift if drift is None else drift
    return SurvivalPlan(
        method=method,
        benefit=benefit,
        margin=margin,
        hazard_ratio=arms.hazard_ratio,
        ratio=arms.ratio,
        power=float(crossed.upper.sum()),
        drift=planned,
        arrivals=arrivals,
        events_fixed=events / design.inflation if drift is None else None,
        events=events,
        participants=looks[-1].participants,
        duration=duration,
        looks=tuple(looks),
        expected_events_h0=events * design.expected_fraction(0.0),
        expected_events_h01=events * design.expected_fraction(planned / 2),
        expected_events_h1=events * design.expected_fraction(planned),
        expected_participants=sum(p * look.participants for p, look in zip(stopped, looks, strict=True)),
        expected_duration=sum(p * look.month for p, look in zip(stopped, looks, strict=True)),
    )


def _first_time(needed: Callable[[float], float], start: float) -> float | None:
    """The first time at which the multiple of the sample that is `needed` has fallen to 1; None when it never does."""
    low, high = 0.0, start
    while needed(high) > 1:
        low, high = high, high * 1.25
        if high > _LONGEST:
            return None
    # From below, so that an effect which comes and goes again is met when it is first enough.
    while low == 0.0 and high > 1e-6 and needed(high / 1.25) <= 1:
        high /= 1.25
    low = low or high / 1.25
    # Infinite where nothing has happened yet: the logarithm of a large number will do.
    return float(find_root(lambda time: math.log(min(needed(time), 1e100)), low, high, xtol=1e-11, rtol=1e-14))


def _expect_something(
    worth: Worth, arms: TwoArms, arrivals: Arrivals, time: float, margin: float, benefit: Benefit
) -> None:
    if not total_events(arrivals, arms, time) > 0:
        raise NeverReached(phrase("size.no_events", month=time))
    _expect_benefit(worth, arms.hazard_ratio, margin, benefit)


def _expect_benefit(worth: Worth, hazard_ratio: float | None, margin: float, benefit: Benefit) -> None:
    if worth.slope > 0:
        return
    which = phrase("effect.assumed") if hazard_ratio is None else phrase("effect.ratio", ratio=hazard_ratio)
    raise ValueError(phrase("size.no_benefit", which=which, side=phrase(f"side.{benefit}"), margin=margin))
