"""Boundaries of group-sequential designs, by their shape or by what they spend.

O'Brien and Fleming (1979), Biometrics 35:549; Pocock (1977), Biometrika 64:191; Wang and Tsiatis (1987), Biometrics
43:193; Haybittle (1971) and Peto (1976); Lan and DeMets (1983). A statistic is positive where there is benefit, so
one-sided designs reject upwards; two-sided ones are symmetric. `error` is always that of one side, boundaries are
statistics.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from scipy.special import ndtri

from equipoise.design.spec import Spending
from equipoise.planning.sequential.crossing import (
    START,
    Reached,
    above,
    below,
    crossing_probabilities,
    density_at,
    go_on,
)
from equipoise.planning.sequential.spending import SPENDING_KINDS, spent_by_look
from equipoise.planning.words import phrase
from equipoise.roots import find_root

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
    return _bound(reached, information, drift, wanted, above, 1.0)


def lower_at(reached: Reached, information: float, drift: float, wanted: float) -> float:
    """The boundary that `wanted` of all paths cross downwards at this look; minus infinity when none may."""
    return _bound(reached, information, drift, wanted, below, -1.0)


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
        raise ValueError(phrase("boundary.parameter"))
    shapes = {"obrien_fleming": 0.0, "pocock": 0.5, "wang_tsiatis": parameter}
    delta = shapes.get(kind)
    if delta is None:
        raise ValueError(phrase("boundary.shape", kind=kind))
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
    """The lower boundary that paths of this drift cross with cumulative probability `spent[k]`, between which `upper`
    stops.
    """
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
    """Wang and Tsiatis: c*t^(delta - 1/2), with c such that `error` is spent; delta 0 is O'Brien and Fleming, 1/2 is
    Pocock.
    """
    fractions = [i / information[-1] for i in information]

    def bounds(c: float) -> list[float]:
        return [c * t ** (delta - 0.5) for t in fractions]

    def excess(c: float) -> float:
        upper = bounds(c)
        floor = [-u for u in upper] if two_sided else lower
        used = float(crossing_probabilities(information, 0.0, upper, floor).upper.sum())
        return math.log(max(used, _NOTHING) / error)

    lowest = -float(ndtri(error))
    # Several looks need more than one look; but a binding boundary gives some of it back.
    low = lowest - 1e-9 if lower is None else min(lowest, 0.5 * lowest)
    while excess(low) < 0:
        low -= 1.0
    high = lowest + 0.6
    while excess(high) > 0:
        high += 1.0
    return bounds(float(find_root(excess, low, high, xtol=1e-13, rtol=1e-14)))


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
        raise ValueError(phrase("boundary.constant", constant=constant, used=used, error=error))
    return [constant] * (len(information) - 1) + [upper_at(reached, information[-1], 0.0, error - used)]


def _bound(
    reached: Reached,
    information: float,
    drift: float,
    wanted: float,
    crossed: Callable[[Reached, float, float, float], float],
    side: float,
) -> float:
    """Where `wanted` of all paths cross, by Newton's method on the logarithm of the probability.

    The paths that went on came through a convex region of a normal distribution, so that logarithm is concave (Prekopa
    1973, Acta Sci Math 34:335): started beyond the solution, at the quantile of all paths, every step comes nearer to
    it.
    """
    if wanted <= _NOTHING:
        return side * math.inf
    centre = drift * math.sqrt(information)
    always = centre - side * _FAR
    if crossed(reached, information, drift, always) <= wanted:
        return always
    z, log = centre - side * float(ndtri(wanted)), math.log(wanted)
    for _ in range(60):
        probability = crossed(reached, information, drift, z)
        slope = density_at(reached, information, drift, z)
        if probability <= _NOTHING or slope <= _NOTHING:
            break
        step = side * (math.log(probability) - log) * probability / slope
        z += step
        if abs(step) <= 1e-13 * max(1.0, abs(z)):
            return z
    # So far out that the probability is nothing, or flat: halve the way instead.
    low, high = sorted((always, centre + side * 40.0))
    return float(
        find_root(lambda z: crossed(reached, information, drift, z) - wanted, low, high, xtol=1e-13, rtol=1e-14)
    )


def _floor(upper: float, lower: Sequence[float] | None, k: int, *, two_sided: bool) -> float:
    if two_sided:
        return -upper
    return -math.inf if lower is None else lower[k]
