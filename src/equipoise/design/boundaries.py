"""Boundaries of group-sequential designs, by their shape or by what they spend.

O'Brien and Fleming (1979), Biometrics 35:549; Pocock (1977), Biometrika 64:191; Wang and Tsiatis (1987), Biometrics 43:193;
Haybittle (1971) and Peto (1976); Lan and DeMets (1983). A statistic is positive where there is benefit, so one-sided
designs reject upwards; two-sided ones are symmetric. `error` is always that of one side, boundaries are statistics.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from scipy.optimize import brentq
from scipy.special import ndtri

from equipoise.design.crossing import START, Reached, above, below, crossing_probabilities, go_on
from equipoise.design.spec import Spending
from equipoise.design.spending import SPENDING_KINDS, spent_by_look

__all__ = [
    "efficacy_bounds",
    "haybittle_peto_bounds",
    "lower_at",
    "lower_spending_bounds",
    "shaped_bounds",
    "spending_bounds",
    "upper_at",
]

_NOTHING = 1e-300
_FAR = 8.6
"""Standard deviations from the mean at which a statistic is as good as never, or always, found."""
HAYBITTLE_PETO = 3.0


def upper_at(reached: Reached, information: float, drift: float, wanted: float) -> float:
    """The boundary that `wanted` of all paths cross upwards at this look; infinite when none may."""
    return _bound(lambda z: above(reached, information, drift, z), drift * math.sqrt(information), wanted, math.inf)


def lower_at(reached: Reached, information: float, drift: float, wanted: float) -> float:
    """The boundary that `wanted` of all paths cross downwards at this look; minus infinity when none may."""
    return _bound(lambda z: below(reached, information, drift, z), drift * math.sqrt(information), wanted, -math.inf)


def efficacy_bounds(
    efficacy: Spending,
    fractions: Sequence[float],
    error: float,
    *,
    two_sided: bool = False,
    lower: Sequence[float] | None = None,
) -> list[float]:
    """The upper boundary of any kind, which spends `error` on one side in all. `lower`: a binding boundary.

    Raises ValueError for a parameter that fits no boundary. Pampallona and Tsiatis: see `futility`.
    """
    kind, parameter = efficacy.kind, efficacy.parameter
    if kind in SPENDING_KINDS:
        by_look = spent_by_look(efficacy, fractions, error, 0.5 if two_sided else 1.0)
        return spending_bounds(fractions, by_look, two_sided=two_sided, lower=lower)
    if kind == "haybittle_peto":
        constant = HAYBITTLE_PETO if parameter is None else parameter
        return haybittle_peto_bounds(fractions, error, constant, two_sided=two_sided, lower=lower)
    if kind == "wang_tsiatis" and parameter is None:
        raise ValueError("wang_tsiatis needs its parameter: 0 is O'Brien and Fleming, 0.5 is Pocock")
    shapes = {"obrien_fleming": 0.0, "pocock": 0.5, "wang_tsiatis": parameter}
    delta = shapes.get(kind)
    if delta is None:
        raise ValueError(f"{kind} says nothing about the upper boundary alone")
    return shaped_bounds(fractions, error, delta, two_sided=two_sided, lower=lower)


def spending_bounds(
    information: Sequence[float],
    spent: Sequence[float],
    *,
    two_sided: bool = False,
    lower: Sequence[float] | None = None,
) -> list[float]:
    """The upper boundary that has spent `spent[k]` (one side, cumulative) at look k. `lower`: a binding boundary.

    `information` in any unit: what was planned, or what was reached.
    """
    bounds: list[float] = []
    reached, before = START, 0.0
    for k, now in enumerate(information):
        bounds.append(upper_at(reached, now, 0.0, spent[k] - before))
        before = spent[k]
        if k + 1 < len(information):
            floor = _floor(bounds[k], lower, k, two_sided=two_sided)
            reached = go_on(reached, now, 0.0, floor, bounds[k], information[k + 1] - now)
    return bounds


def lower_spending_bounds(
    information: Sequence[float], spent: Sequence[float], upper: Sequence[float], drift: float = 0.0
) -> list[float]:
    """The lower boundary that paths of this drift cross with cumulative probability `spent[k]`, between which `upper` stops."""
    bounds: list[float] = []
    reached, before = START, 0.0
    for k, now in enumerate(information):
        bounds.append(min(lower_at(reached, now, drift, spent[k] - before), upper[k]))
        before = spent[k]
        if k + 1 < len(information):
            reached = go_on(reached, now, drift, bounds[k], upper[k], information[k + 1] - now)
    return bounds


def shaped_bounds(
    information: Sequence[float],
    error: float,
    delta: float,
    *,
    two_sided: bool = False,
    lower: Sequence[float] | None = None,
) -> list[float]:
    """Wang and Tsiatis: c*t^(delta - 1/2), with c such that `error` is spent; delta 0 is O'Brien and Fleming, 1/2 is Pocock."""
    fractions = [i / information[-1] for i in information]

    def bounds(c: float) -> list[float]:
        return [c * t ** (delta - 0.5) for t in fractions]

    def excess(c: float) -> float:
        upper = bounds(c)
        floor = [-u for u in upper] if two_sided else lower
        used = float(crossing_probabilities(information, 0.0, upper, floor).upper.sum())
        return math.log(max(used, _NOTHING) / error)

    lowest = float(ndtri(1 - error))
    # Several looks need more than one look; but a binding boundary gives some of it back.
    low = lowest - 1e-9 if lower is None else min(lowest, 0.5 * lowest)
    while excess(low) < 0:
        low -= 1.0
    high = lowest + 0.6
    while excess(high) > 0:
        high += 1.0
    return bounds(float(brentq(excess, low, high, xtol=1e-13, rtol=1e-14)))


def haybittle_peto_bounds(
    information: Sequence[float],
    error: float,
    constant: float = HAYBITTLE_PETO,
    *,
    two_sided: bool = False,
    lower: Sequence[float] | None = None,
) -> list[float]:
    """`constant` at every look but the last, which spends what is left of the error. ValueError when nothing is."""
    reached, used = START, 0.0
    for k, now in enumerate(information[:-1]):
        used += above(reached, now, 0.0, constant)
        floor = _floor(constant, lower, k, two_sided=two_sided)
        reached = go_on(reached, now, 0.0, floor, constant, information[k + 1] - now)
    if used >= error:
        raise ValueError(
            f"a constant boundary of {constant:g} spends {used:.4g} before the last look; there are {error:g} to spend"
        )
    return [constant] * (len(information) - 1) + [upper_at(reached, information[-1], 0.0, error - used)]


def _bound(crossed: Callable[[float], float], centre: float, wanted: float, never: float) -> float:
    """Where `crossed(z)` is `wanted`, found on the scale of logarithms: there it bends least."""
    if wanted <= _NOTHING:
        return never
    always = centre - math.copysign(_FAR, never)
    if crossed(always) <= wanted:
        return always
    far, log = centre + math.copysign(_FAR, never), math.log(wanted)
    while crossed(far) > wanted:
        far += math.copysign(_FAR, never)
    low, high = sorted((always, far))
    return float(brentq(lambda z: math.log(max(crossed(z), _NOTHING)) - log, low, high, xtol=1e-13, rtol=1e-14))


def _floor(upper: float, lower: Sequence[float] | None, k: int, *, two_sided: bool) -> float:
    if two_sided:
        return -upper
    return -math.inf if lower is None else lower[k]
