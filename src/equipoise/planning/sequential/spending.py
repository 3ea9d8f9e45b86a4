"""How an error is spent over the information: the spending functions of group-sequential designs.

Lan and DeMets (1983), Biometrika 70:659; Kim and DeMets (1987), Biometrika 74:149; Hwang, Shih and DeCani (1990), Stat
Med 9:1439. Each gives the error spent up to a fraction of the planned information; at all of it or beyond, the whole
error.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import get_args

from scipy.special import ndtr, ndtri

from equipoise.design.spec import Futility, Spending
from equipoise.planning.words import phrase

__all__ = ["SPENDING_KINDS", "read_efficacy", "spent", "spent_by_look"]

SPENDING_KINDS = ("lan_demets_obrien_fleming", "lan_demets_pocock", "kim_demets", "hwang_shih_decani", "user")
"""The kinds of `Spending` that are spending functions; the others are shapes of boundaries."""


def read_efficacy(efficacy: Spending | str) -> Spending:
    """A spending function or shape by its name alone, or as it is given. ValueError for a name that is none."""
    if isinstance(efficacy, Spending):
        return efficacy
    kinds = get_args(Spending.model_fields["kind"].annotation)
    if efficacy not in kinds:
        raise ValueError(phrase("spending.kind", kind=efficacy, kinds=kinds))
    return Spending.model_validate({"kind": efficacy})


def spent(kind: str, fraction: float, error: float, parameter: float | None = None) -> float:
    """The error of one side that has been spent at `fraction` of the information, of `error` in all.

    `lan_demets_obrien_fleming`: 2 - 2 Phi(z(error/2) / sqrt(t)); `lan_demets_pocock`: error ln(1 + (e - 1) t);
    `kim_demets`: error t^parameter, parameter > 0; `hwang_shih_decani`: error (1 - e^(-parameter t)) / (1 -
    e^(-parameter)). What a user gave is listed by look and not by fraction: see `spent_by_look`. Raises ValueError for
    other kinds.

    >>> round(spent("lan_demets_pocock", 0.5, 0.025), 6)
    0.015503
    """
    if fraction <= 0:
        return 0.0
    if fraction >= 1:
        return error
    if kind == "lan_demets_obrien_fleming":
        return float(2 * ndtr(ndtri(error / 2) / math.sqrt(fraction)))
    if kind == "lan_demets_pocock":
        return error * math.log1p((math.e - 1) * fraction)
    if kind not in ("kim_demets", "hwang_shih_decani"):
        raise ValueError(phrase("spending.function", kind=kind))
    if parameter is None:
        raise ValueError(phrase("spending.parameter", kind=kind))
    if kind == "kim_demets":
        if not parameter > 0:
            raise ValueError(phrase("spending.power", parameter=parameter))
        return float(error * fraction**parameter)
    return error * (fraction if parameter == 0 else math.expm1(-parameter * fraction) / math.expm1(-parameter))


def spent_by_look(
    spending: Spending | Futility, fractions: Sequence[float], error: float, share: float = 1.0
) -> tuple[float, ...]:
    """The cumulative error of one side by look. `share`: the part of what a user gave that belongs to one side."""
    if spending.kind != "user":
        return tuple(spent(spending.kind, t, error, spending.parameter) for t in fractions)
    given = tuple(value * share for value in spending.values)
    if len(given) != len(fractions):
        raise ValueError(phrase("spending.count", given=len(given), looks=len(fractions)))
    if any(not math.isfinite(g) or g < 0 for g in given) or list(given) != sorted(given):
        raise ValueError(phrase("spending.order"))
    # A sum written in decimals may exceed the error by rounding.
    if given[-1] > error * (1 + 1e-9):
        raise ValueError(phrase("spending.sum", spent=spending.values[-1], error=error / share))
    return given
