"""Looks, spending and futility of the design: what can be told wrong with them before any boundary is computed.

Knows which parameters each boundary takes; that boundaries exist for the given errors is found out when they are
planned.
"""

from __future__ import annotations

import math
from itertools import pairwise

from equipoise.design import Design, Futility, Spending
from equipoise.protocol.checks.inspection import Inspection

__all__ = ["check_sequential"]

_WITH_PARAMETER = ("kim_demets", "hwang_shih_decani", "wang_tsiatis")
_MAY_HAVE_PARAMETER = (*_WITH_PARAMETER, "haybittle_peto", "pampallona_tsiatis")
_BOUNDS = ("z", "hazard_ratio", "effect_share")
_NEAREST = 0.001
"""Looks nearer than this are one look: nobody could analyse between them."""
_ROUNDING = 1e-9
"""What binary fractions of decimal numbers may differ by: 0.02 + 0.005 is not quite 0.025."""


def check_sequential(look: Inspection, design: Design) -> None:
    """The looks, then how alpha is spent, then when futility is declared."""
    marks = [one.information for one in design.looks.value] if design.looks else [1.0]
    here = ("design", "looks")
    if len(marks) > 1 and design.spending is None:
        look.add("design.no_spending", here, looks=len(marks))
    for before, now in pairwise(marks):
        if 0 < now - before < _NEAREST:
            look.add("design.looks", here, before=before, now=now)
    if design.spending is not None:
        _spending(look, design, design.spending.value, len(marks))
    if design.futility is not None:
        _futility(look, design, design.futility.value, len(marks))


def _spending(look: Inspection, design: Design, spending: Spending, looks: int) -> None:
    here = ("design", "spending")
    if looks < 2:
        look.add("design.spending/no_look", here)
        return
    _parameter(look, spending, "spending")
    _unread(look, spending, "spending")
    if spending.kind == "user":
        _listed(look, spending, "spending", looks)
        alpha = design.alpha.value
        if spending.values and spending.values[-1] > alpha * (1 + _ROUNDING):
            look.add("design.spending/too_much", here, spent=spending.values[-1], alpha=alpha)
        elif len(spending.values) == looks and max(spending.values) == spending.values[-1] < alpha - _ROUNDING:
            look.warn("design.spending/left", here, spent=spending.values[-1], alpha=alpha)
    paired = design.futility is not None and design.futility.value.kind == "pampallona_tsiatis"
    if (spending.kind == "pampallona_tsiatis") != paired:
        look.add("design.spending/one_side", here)


def _futility(look: Inspection, design: Design, futility: Futility, looks: int) -> None:
    here = ("design", "futility")
    _unread(look, futility, "futility")
    if design.sides.value == 2:
        look.add("design.futility/two_sided", here, alpha=design.alpha.value / 2)
    if looks < 2:
        look.add("design.futility/no_look", here)
        return
    if futility.under_null is not None and futility.kind in (*_BOUNDS, "pampallona_tsiatis"):
        look.add("design.futility/harm", here, kind=futility.kind)
    if futility.kind in _BOUNDS:
        _bounds(look, design, futility, looks)
        return
    _parameter(look, futility, "futility")
    if futility.kind != "user":
        return
    _listed(look, futility, "futility", looks)
    harm = futility.under_null is not None
    whole = futility.under_null if futility.under_null is not None else 1 - design.power.value
    if futility.values and abs(futility.values[-1] - whole) > _ROUNDING:
        key = "design.futility/spent_on_harm" if harm else "design.futility/spent"
        look.add(key, here, spent=futility.values[-1], whole=whole)


def _bounds(look: Inspection, design: Design, futility: Futility, looks: int) -> None:
    """Bounds that are given one by one: of the statistic, of the hazard ratio, or as shares of the assumed effect."""
    here = ("design", "futility")
    if len(futility.values) != looks - 1 and looks == 2:
        look.add("design.futility/bounds_of_one", here, bounds=len(futility.values))
    elif len(futility.values) != looks - 1:
        look.add("design.futility/bounds", here, bounds=len(futility.values), looks=looks - 1)
    shares = list(futility.values) if futility.kind == "effect_share" else []
    if futility.kind == "hazard_ratio":
        if min(futility.values, default=1.0) <= 0:
            look.add("design.futility/not_positive", here)
            return
        if design.hazard_ratio is None:
            look.add("design.futility/no_ratio", here)
            return
        # On the scale of the logarithm, 0 is the null hypothesis and 1 the assumed effect.
        planned, null = design.hazard_ratio.value, design.margin.value if design.margin is not None else 1.0
        if planned > 0 and null > 0 and planned != null:
            shares = [math.log(value / null) / math.log(planned / null) for value in futility.values]
    if max(shares, default=0.0) >= 1:
        look.add("design.futility/at_the_effect", here)


def _parameter(look: Inspection, plan: Spending | Futility, name: str) -> None:
    here = ("design", name)
    if plan.kind in _WITH_PARAMETER and plan.parameter is None:
        look.add(f"design.{name}/parameter", here, kind=plan.kind)
    if plan.kind in ("kim_demets", "haybittle_peto") and plan.parameter is not None and plan.parameter <= 0:
        look.add(f"design.{name}/parameter_not_positive", here, kind=plan.kind, parameter=plan.parameter)


def _unread(look: Inspection, plan: Spending | Futility, name: str) -> None:
    """What is written, and means nothing to this kind."""
    ignored = [] if plan.parameter is None or plan.kind in _MAY_HAVE_PARAMETER else ["parameter"]
    ignored += ["values"] if plan.values and plan.kind not in ("user", *_BOUNDS) else []
    for key in ignored:
        look.add(f"design.{name}/unread", ("design", name), key=key, kind=plan.kind)


def _listed(look: Inspection, plan: Spending | Futility, name: str, looks: int) -> None:
    """What a user says has been spent, look by look."""
    here = ("design", name)
    if len(plan.values) != looks:
        look.add(f"design.{name}/listed", here, values=len(plan.values), looks=looks)
    elif min(plan.values) < 0 or list(plan.values) != sorted(plan.values):
        look.add(f"design.{name}/decreases", here, values=plan.values)
