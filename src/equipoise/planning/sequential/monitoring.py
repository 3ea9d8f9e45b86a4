"""Boundaries at the information that a trial has really reached, which is never quite what was planned.

A spending function spends at the observed fraction (Lan and DeMets 1983); a shape keeps the constant of its plan, and
its last look spends what is left; at the last look all the error is spent, whether it comes early or late (under- and
over-running: Jennison and Turnbull 2000, section 7.2), and of what a user listed no more than was listed for the last.
Effects are positive where there is benefit: for time to event the effect is minus the log hazard ratio and information
is events*r/(1 + r)**2 with r participants to 1. Knows no data: only looks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from equipoise.design.spec import Futility, Spending
from equipoise.planning.sequential.boundaries import HAYBITTLE_PETO, lower_at, upper_at
from equipoise.planning.sequential.crossing import (
    START,
    CrossingProbabilities,
    Reached,
    above,
    crossing_probabilities,
    expect_apart,
    go_on,
)
from equipoise.planning.sequential.group_sequential import Sequential
from equipoise.planning.sequential.spending import SPENDING_KINDS, read_efficacy, spent

__all__ = ["Boundaries", "boundaries_reached", "event_information", "planned_boundaries"]

_ENOUGH = 1 - 1e-9
"""The share of the planned information from which a look counts as the last: rounding must not leave alpha unspent."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Boundaries of a trial in progress; tuples have one value for each look, those to come included where they are
    known.

    `information` is in 1/effect**2, or weights in any unit where a combination test keeps those of its plan. `slopes`:
    the mean of the statistic for an effect of 1; the square root of the information unless weights are kept. `upper`
    rejects, `lower` stops for futility or mirrors `upper` (`sides` 2). `alpha_spent`: cumulative, of one side.
    `binding`: whether alpha counts on stopping at `lower`. Raises ValueError for looks so near that they are one.
    """

    information: tuple[float, ...]
    slopes: tuple[float, ...]
    upper: tuple[float, ...]
    lower: tuple[float, ...]
    alpha_spent: tuple[float, ...]
    sides: int
    binding: bool

    def __post_init__(self) -> None:
        expect_apart(self.information)

    @property
    def looks(self) -> int:
        """How many looks there are, the last one counted."""
        return len(self.information)

    def crossing(self, effect: float, looks: int | None = None) -> CrossingProbabilities:
        """The probability of crossing each boundary first at each of the first `looks`, arrays (looks,)."""
        many = self.looks if looks is None else looks
        shift = [slope * effect for slope in self.slopes[:many]]
        return crossing_probabilities(
            self.information[:many],
            0.0,
            [u - s for u, s in zip(self.upper, shift, strict=False)],
            [low - s for low, s in zip(self.lower, shift, strict=False)],
        )


def event_information(events: float, ratio: float = 1.0) -> float:
    """Information on the log hazard ratio: events*r/(1 + r)**2, with r participants to 1 (Schoenfeld 1981)."""
    if not (0 < events < math.inf and 0 < ratio < math.inf):
        raise ValueError("events and the allocation ratio are positive and finite")
    return events * ratio / (1 + ratio) ** 2


def planned_boundaries(plan: Sequential, maximum: float) -> Boundaries:
    """The boundaries as planned, with `maximum` information at the last look."""
    if not 0 < maximum < math.inf:
        raise ValueError(f"the maximum information is positive and finite, and {maximum} is not")
    information = tuple(t * maximum for t in plan.fractions)
    slopes = tuple(map(math.sqrt, information))
    return Boundaries(information, slopes, plan.upper, plan.lower, plan.alpha_spent, plan.sides, plan.binding)


def boundaries_reached(
    plan: Sequential,
    efficacy: Spending | str | None,
    information: Sequence[float],
    maximum: float,
    *,
    futility: Futility | None = None,
    ended: bool = False,
) -> Boundaries:
    """Boundaries at the information of each look so far and, where wanted, of those to come.

    `efficacy` and `futility` as the plan had them, `maximum` the information planned for the last look. `ended`: the
    last look given is the last of the trial even though it lacks information; a look with all of it always is. Beta is
    spent at the planned effect, drift/sqrt(maximum). Raises ValueError for looks out of order or after the last.

    >>> from equipoise.planning import plan_sequential
    >>> rule = "lan_demets_obrien_fleming"
    >>> plan = plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy=rule)
    >>> [round(z, 3) for z in plan.upper]
    [2.963, 1.969]
    >>> seen, whole = event_information(180), event_information(332)
    >>> reached = boundaries_reached(plan, rule, [seen, whole], whole)
    >>> [round(z, 3) for z in reached.upper]
    [2.829, 1.973]
    """
    given = _read_information(information, maximum)
    rule = Spending(kind="pocock") if efficacy is None else read_efficacy(efficacy)
    walk = _Walk(plan, rule, futility, maximum)
    last = len(given) - 1
    for k, now in enumerate(given):
        final = k == last and (ended or now >= maximum * _ENOUGH)
        walk.look(k, now, given[k + 1] - now if k < last else math.nan, final=final)
    return Boundaries(
        given,
        tuple(map(math.sqrt, given)),
        tuple(walk.upper),
        tuple(walk.lower),
        tuple(walk.alpha_spent),
        plan.sides,
        walk.binding,
    )


class _Walk:
    """Both boundaries look by look: the paths under no effect that alpha counts, and those that each lower boundary
    counts.
    """

    def __init__(self, plan: Sequential, efficacy: Spending, futility: Futility | None, maximum: float) -> None:
        self.plan, self.efficacy, self.futility, self.maximum = plan, efficacy, futility, maximum
        self.effect = plan.drift / math.sqrt(maximum)
        self.two_sided = plan.sides == 2
        self.binding = futility is not None and futility.binding
        self.counts_below = self.effect if futility is None or futility.under_null is None else 0.0
        self.null: Reached = START
        self.below: Reached = START
        self.upper: list[float] = []
        self.lower: list[float] = []
        self.alpha_spent: list[float] = []
        self.stopped_below = 0.0

    def look(self, k: int, now: float, ahead: float, *, final: bool) -> None:
        fraction = min(now / self.maximum, 1.0)
        up = self._upper(k, now, fraction, final=final)
        low = self._lower(k, now, fraction, up, final=final)
        before = self.alpha_spent[-1] if self.alpha_spent else 0.0
        self.alpha_spent.append(before + above(self.null, now, 0.0, up))
        self.upper.append(up)
        self.lower.append(low)
        if not math.isnan(ahead):
            floor = low if self.two_sided or self.binding else -math.inf
            self.null = go_on(self.null, now, 0.0, floor, up, ahead)
            self.below = go_on(self.below, now, self.counts_below, low, up, ahead)

    def _upper(self, k: int, now: float, fraction: float, *, final: bool) -> float:
        rule, error = self.efficacy, self.plan.alpha_one_sided
        before = self.alpha_spent[-1] if self.alpha_spent else 0.0
        share = 0.5 if self.two_sided else 1.0
        if final:
            return upper_at(self.null, now, 0.0, _spent_in_all(rule, error, share) - before)
        if rule.kind in SPENDING_KINDS:
            due = _spent_until(rule, k, fraction, error, share)
            return upper_at(self.null, now, 0.0, due - before)
        if rule.kind == "haybittle_peto":
            return HAYBITTLE_PETO if rule.parameter is None else rule.parameter
        # At all the information a shape is its own constant.
        delta: float = {"obrien_fleming": 0.0, "pocock": 0.5}.get(rule.kind, rule.parameter or 0.0)
        return float(self.plan.upper[-1] * fraction ** (delta - 0.5))

    def _lower(self, k: int, now: float, fraction: float, up: float, *, final: bool) -> float:
        futility, root = self.futility, math.sqrt(now)
        if self.two_sided:
            return -up
        if futility is None:
            return up if final else -math.inf
        if futility.under_null is not None:
            error = futility.under_null
        elif final:
            return up
        else:
            error = 1 - self.plan.power
        if futility.kind in SPENDING_KINDS:
            due = _spent_in_all(futility, error, 1.0) if final else _spent_until(futility, k, fraction, error, 1.0)
            low = min(lower_at(self.below, now, self.counts_below, due - self.stopped_below), up)
            self.stopped_below = due
            return low
        if futility.kind == "pampallona_tsiatis":
            c0 = self.plan.drift - self.plan.upper[-1]
            return float(min(self.effect * root - c0 * fraction ** ((futility.parameter or 0.0) - 0.5), up))
        if k >= len(futility.values):
            raise ValueError(f"{len(futility.values)} futility bounds, and look {k + 1} is not the last")
        value = futility.values[k]
        if futility.kind == "hazard_ratio":
            return min(-math.log(value) * root, up)
        return min(value if futility.kind == "z" else value * self.effect * root, up)


def _spent_until(rule: Spending | Futility, k: int, fraction: float, error: float, share: float) -> float:
    """The error that is spent by look k: by function of the fraction or, as a user gave it, by look."""
    if rule.kind != "user":
        return spent(rule.kind, fraction, error, rule.parameter)
    if k >= len(rule.values):
        raise ValueError(f"{len(rule.values)} values of spent error, and look {k + 1} is not the last")
    return min(rule.values[k] * share, error)


def _spent_in_all(rule: Spending | Futility, error: float, share: float) -> float:
    """What the last look spends up to: all of the error, or what a user listed for it and no more."""
    if rule.kind != "user" or not rule.values:
        return error
    return min(rule.values[-1] * share, error)


def _read_information(information: Sequence[float], maximum: float) -> tuple[float, ...]:
    given = tuple(map(float, information))
    if not 0 < maximum < math.inf:
        raise ValueError(f"the maximum information is positive and finite, and {maximum} is not")
    if not given or not all(map(math.isfinite, given)) or given[0] <= 0 or list(given) != sorted(set(given)):
        raise ValueError("the information of the looks is positive, finite and increases")
    expect_apart(given, maximum)
    if any(now >= maximum * _ENOUGH for now in given[:-1]):
        raise ValueError("a look with all the planned information is the last one")
    return given
