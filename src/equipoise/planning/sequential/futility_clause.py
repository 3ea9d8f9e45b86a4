"""From the futility clause of a design to its two boundaries: which rule it names, and what that rule needs.

The numbers are in `futility`; here the clause is read, and refused with a ValueError in one sentence where it says
nothing that could be planned. Knows one-sided and two-sided designs, no endpoint.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from equipoise.design.spec import Futility, Spending
from equipoise.planning.sequential.futility import (
    Bounds,
    Met,
    Upper,
    harm_bounds,
    meet_beta_spending,
    meet_pampallona_tsiatis,
)
from equipoise.planning.sequential.spending import SPENDING_KINDS, spent_by_look
from equipoise.planning.words import phrase

__all__ = ["BY_BETA", "bounds_by_drift", "spend_beta"]

BY_BETA = (*SPENDING_KINDS, "pampallona_tsiatis")
"""Kinds of futility whose boundaries and drift are found together."""


def spend_beta(
    fractions: tuple[float, ...], error: float, power: float, efficacy: Spending, upper: Upper, futility: Futility
) -> Met:
    """A lower boundary that spends beta, by function or by shape."""
    beta = 1 - power
    if futility.kind == "pampallona_tsiatis":
        if efficacy.kind != futility.kind:
            raise ValueError(phrase("boundary.pairs"))
        deltas = (efficacy.parameter or 0.0, futility.parameter or 0.0)
        return meet_pampallona_tsiatis(fractions, error, beta, *deltas, binding=futility.binding)
    beta_spent = spent_by_look(futility, fractions, beta)
    if abs(beta_spent[-1] - beta) > 1e-9:
        raise ValueError(phrase("futility.beta", spent=beta_spent[-1], beta=beta))
    alpha_spent = spent_by_look(efficacy, fractions, error) if efficacy.kind in SPENDING_KINDS else None
    return meet_beta_spending(fractions, upper, alpha_spent, beta_spent, error, binding=futility.binding)


def bounds_by_drift(
    fractions: tuple[float, ...],
    error: float,
    efficacy: Spending,
    upper: Upper,
    futility: Futility | None,
    two_sided: bool,
    hazard_ratio: float | None,
    null_ratio: float,
) -> Callable[[float], Bounds]:
    """Both boundaries as they follow from the drift."""
    if futility is not None and futility.under_null is not None:
        if futility.kind not in SPENDING_KINDS:
            raise ValueError(phrase("futility.harm", kind=futility.kind))
        harm_spent = spent_by_look(futility, fractions, futility.under_null)
        alpha_spent = spent_by_look(efficacy, fractions, error) if efficacy.kind in SPENDING_KINDS else None
        both = harm_bounds(fractions, upper, alpha_spent, harm_spent, binding=futility.binding)
        return lambda _: both
    if futility is None:
        ups = upper(None)
        lows = [-u for u in ups] if two_sided else [-math.inf] * (len(ups) - 1) + ups[-1:]
        return lambda _: (ups, lows)
    values, looks = futility.values, len(fractions)
    if len(values) != looks - 1:
        raise ValueError(phrase("futility.count", given=len(values), looks=looks - 1))
    if futility.kind == "hazard_ratio":
        values = tuple(_share_of_effect(value, hazard_ratio, null_ratio) for value in values)
    if futility.kind != "z" and max(values, default=0.0) >= 1:
        raise ValueError(phrase("futility.effect"))
    roots = [math.sqrt(t) for t in fractions]
    fixed = None if futility.binding else upper(None)

    def bounds(drift: float) -> Bounds:
        at = [v if futility.kind == "z" else v * drift * root for v, root in zip(values, roots, strict=False)]
        ups = upper([*at, -math.inf]) if fixed is None else fixed
        return ups, [min(low, up) for low, up in zip([*at, ups[-1]], ups, strict=True)]

    return bounds


def _share_of_effect(ratio: float, planned: float | None, null_ratio: float) -> float:
    """Which share of the planned effect a hazard ratio is, on the scale of logarithms."""
    if planned is None:
        raise ValueError(phrase("futility.ratio"))
    if not all(0 < given < math.inf for given in (ratio, planned, null_ratio)):
        raise ValueError(phrase("futility.positive"))
    if planned == null_ratio:
        raise ValueError(phrase("futility.none", ratio=planned))
    return math.log(ratio / null_ratio) / math.log(planned / null_ratio)
