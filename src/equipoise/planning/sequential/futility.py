"""Lower boundaries that stop for want of benefit or for harm, and the drift at which a design has its power.

Beta spending: Pampallona, Tsiatis and Kim (2001), Drug Inf J 35:1113; Anderson and Clark (2010), Stat Med 29:3. Shapes:
Pampallona and Tsiatis (1994), J Stat Plan Inference 42:19. All one-sided. Drift is the mean of the statistic at the
last look. Refuses to know what information is made of: fractions of the maximum are enough.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scipy.special import ndtri

from equipoise.planning.sequential.boundaries import (
    lower_at,
    lower_spending_bounds,
    shaped_bounds,
    spending_bounds,
    upper_at,
)
from equipoise.planning.sequential.crossing import START, below, crossing_probabilities, go_on
from equipoise.planning.words import phrase
from equipoise.roots import find_root

__all__ = [
    "Bounds",
    "Met",
    "Upper",
    "harm_bounds",
    "meet_beta_spending",
    "meet_pampallona_tsiatis",
    "meet_power",
    "one_look_drift",
]

Upper = Callable[[Sequence[float] | None], list[float]]
"""From a binding lower boundary, or None, to the upper boundary that spends alpha."""
Bounds = tuple[list[float], list[float]]
"""Upper and lower boundary, look by look."""

_STEADY = 1e-12
_GREATEST_DRIFT = 60.0


@dataclass(frozen=True, slots=True)
class Met:
    """Boundaries by look, and the drift at which the upper one is crossed with the power that was asked for."""

    upper: tuple[float, ...]
    lower: tuple[float, ...]
    drift: float


def one_look_drift(error: float, power: float) -> float:
    """The drift of one look with these one-sided errors, which no design of the same errors undercuts (Neyman and
    Pearson).
    """
    return float(ndtri(power) - ndtri(error))


def meet_power(fractions: Sequence[float], bounds: Callable[[float], Bounds], power: float, error: float) -> Met:
    """The drift that has the power, where the boundaries follow from the drift or do not depend on it."""

    def missing(drift: float) -> float:
        return power - float(crossing_probabilities(fractions, drift, *bounds(drift)).upper.sum())

    drift = _solve_drift(missing, one_look_drift(error, power))
    upper, lower = bounds(drift)
    return Met(tuple(upper), tuple(lower), drift)


def meet_beta_spending(
    fractions: Sequence[float],
    upper: Upper,
    alpha_spent: Sequence[float] | None,
    beta_spent: Sequence[float],
    error: float,
    *,
    binding: bool,
) -> Met:
    """The lower boundary spends `beta_spent` (cumulative) at the drift at which it meets the upper one at the last
    look.

    Not binding: `upper(None)` stands, whatever the lower one is. Binding: the upper one spends `alpha_spent` where the
    lower one stopped nobody; a shape, which spends no given alpha, is turned against the lower one until both are
    steady.
    """
    least = one_look_drift(error, 1 - beta_spent[-1])
    if binding and alpha_spent is not None:
        return _walk_to_drift(fractions, None, alpha_spent, beta_spent, least)
    met = _walk_to_drift(fractions, upper(None), (), beta_spent, least)
    if not binding:
        return met
    for _ in range(100):
        again = _walk_to_drift(fractions, upper([*met.lower[:-1], -math.inf]), (), beta_spent, least)
        if max(abs(a - b) for a, b in zip(again.upper, met.upper, strict=True)) < _STEADY:
            return again
        met = again
    raise ValueError(phrase("boundary.unsteady"))


def meet_pampallona_tsiatis(
    fractions: Sequence[float], error: float, beta: float, delta_upper: float, delta_lower: float, *, binding: bool
) -> Met:
    """Upper c1*t^(delta_upper - 1/2), lower drift*sqrt(t) - c0*t^(delta_lower - 1/2), drift c1 + c0: they meet at the
    end.
    """

    def both(c1: float, c0: float) -> Met:
        ups = [c1 * t ** (delta_upper - 0.5) for t in fractions]
        lows = [
            min((c1 + c0) * math.sqrt(t) - c0 * t ** (delta_lower - 0.5), u)
            for t, u in zip(fractions, ups, strict=True)
        ]
        # At the last look the two are one number; rounding must not part them.
        return Met(tuple(ups), (*lows[:-1], ups[-1]), c1 + c0)

    def c0_for(c1: float) -> float:
        def missed(c0: float) -> float:
            met = both(c1, c0)
            return float(crossing_probabilities(fractions, met.drift, met.upper, met.lower).lower.sum()) - beta

        return float(find_root(missed, 1e-3 - c1, 12, xtol=1e-13, rtol=1e-14))

    def excess(c1: float) -> float:
        met = both(c1, c0_for(c1))
        return float(crossing_probabilities(fractions, 0.0, met.upper, met.lower).upper.sum()) - error

    if not binding:
        c1 = shaped_bounds(fractions, error, delta_upper)[-1]
    else:
        lowest = -float(ndtri(error))
        c1 = float(find_root(excess, 0.6 * lowest, lowest + 4, xtol=1e-13, rtol=1e-14))
    return both(c1, c0_for(c1))


def harm_bounds(
    fractions: Sequence[float],
    upper: Upper,
    alpha_spent: Sequence[float] | None,
    harm_spent: Sequence[float],
    *,
    binding: bool,
) -> Bounds:
    """A lower boundary that trials without effect cross with cumulative probability `harm_spent`, and the upper one.

    gsDesign's test types 5 (binding) and 6. Unlike futility it does not meet the upper boundary at the last look.
    """
    ups = upper(None)
    lows = lower_spending_bounds(fractions, harm_spent, ups)
    for _ in range(100 if binding else 0):
        before = ups
        ups = upper(lows) if alpha_spent is None else spending_bounds(fractions, alpha_spent, lower=lows)
        lows = lower_spending_bounds(fractions, harm_spent, ups)
        if max((abs(a - b) for a, b in zip(ups, before, strict=True) if a != b), default=0.0) < _STEADY:
            break
    return ups, lows


def _solve_drift(missing: Callable[[float], float], least: float) -> float:
    low, high = 0.98 * least, 1.15 * least
    while missing(low) < 0:
        low *= 0.5
    while missing(high) > 0:
        high *= 1.25
        if high > _GREATEST_DRIFT:
            raise ValueError(phrase("futility.power"))
    return float(find_root(missing, low, high, xtol=1e-13, rtol=1e-14))


def _walk_to_drift(
    fractions: Sequence[float],
    fixed: Sequence[float] | None,
    alpha_spent: Sequence[float],
    beta_spent: Sequence[float],
    least: float,
) -> Met:
    """Beta spending for an upper boundary that is `fixed`,
    or that spends alpha where the lower one has stopped nobody."""

    def walk(drift: float) -> tuple[list[float], list[float], float]:
        null = here = START
        ups: list[float] = []
        lows: list[float] = []
        for k, now in enumerate(fractions):
            due = alpha_spent[k] - (alpha_spent[k - 1] if k else 0.0) if fixed is None else 0.0
            ups.append(upper_at(null, now, 0.0, due) if fixed is None else fixed[k])
            due = beta_spent[k] - (beta_spent[k - 1] if k else 0.0)
            if k + 1 == len(fractions):
                break
            lows.append(min(lower_at(here, now, drift, due), ups[k]))
            ahead = fractions[k + 1] - now
            here = go_on(here, now, drift, lows[k], ups[k], ahead)
            if fixed is None:
                null = go_on(null, now, 0.0, lows[k], ups[k], ahead)
        return ups, [*lows, ups[-1]], below(here, fractions[-1], drift, ups[-1]) - due

    drift = _solve_drift(lambda d: walk(d)[2], least)
    ups, lows, _ = walk(drift)
    return Met(tuple(ups), tuple(lows), drift)
