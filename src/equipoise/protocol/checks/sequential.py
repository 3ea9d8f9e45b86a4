"""Looks, spending and futility of the design: what can be told wrong with them before any boundary is computed.

Knows which parameters each boundary takes; that boundaries exist for the given errors is found out when they are planned.
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


def check_sequential(look: Inspection, design: Design) -> None:
    """The looks, then how alpha is spent, then when futility is declared."""
    marks = [one.information for one in design.looks.value] if design.looks else [1.0]
    if len(marks) > 1 and design.spending is None:
        look.add(
            "design.no_spending",
            ("design", "looks"),
            f"{len(marks)} looks without a spending function",
            "repeated looks at the full alpha find something sooner or later",
            "Add `spending`.",
        )
    for before, now in pairwise(marks):
        if 0 < now - before < _NEAREST:
            look.add(
                "design.looks",
                ("design", "looks"),
                f"looks at {before:g} and {now:g} of the information",
                "nobody could analyse between them",
                "Leave one of them out.",
            )
    if design.spending is not None:
        _spending(look, design, design.spending.value, len(marks))
    if design.futility is not None:
        _futility(look, design, design.futility.value, len(marks))


def _spending(look: Inspection, design: Design, spending: Spending, looks: int) -> None:
    here = "spending"
    _parameter(look, spending, here)
    _unread(look, spending, here)
    if spending.kind == "user":
        _listed(look, spending, here, looks)
        if spending.values and spending.values[-1] > design.alpha.value * (1 + 1e-9):
            look.add(
                "design.spending",
                ("design", here),
                f"{spending.values[-1]:g} of alpha is spent",
                f"there are {design.alpha.value:g} to spend",
                f"End the values at {design.alpha.value:g}.",
            )
    paired = design.futility is not None and design.futility.value.kind == "pampallona_tsiatis"
    if (spending.kind == "pampallona_tsiatis") != paired:
        look.add(
            "design.spending",
            ("design", here),
            "boundaries of Pampallona and Tsiatis on one side only",
            "their upper and lower boundary are made for each other",
            "Use `kind: pampallona_tsiatis` for `spending` and for `futility`, or for neither.",
        )


def _futility(look: Inspection, design: Design, futility: Futility, looks: int) -> None:
    here = ("design", "futility")
    _unread(look, futility, "futility")
    if design.sides.value == 2:
        look.add(
            "design.futility",
            here,
            "a futility bound in a two-sided design",
            "its lower boundary is already taken: it says that the treatment is worse",
            f"Write `sides: 1` and `alpha: {design.alpha.value / 2:g}`, or remove `futility`.",
        )
    if looks < 2:
        look.add(
            "design.futility",
            here,
            "a futility bound without an interim look",
            "at the only look, what is not significant is not",
            "Add `looks`, or remove `futility`.",
        )
        return
    if futility.under_null is not None and futility.kind in (*_BOUNDS, "pampallona_tsiatis"):
        look.add(
            "design.futility",
            here,
            f"`under_null` with {futility.kind}",
            "a bound for harm spends its probability over the looks by a spending function",
            "Name a spending function, or remove `under_null`.",
        )
    if futility.kind in _BOUNDS:
        _bounds(look, design, futility, looks)
        return
    _parameter(look, futility, "futility")
    if futility.kind != "user":
        return
    _listed(look, futility, "futility", looks)
    whole = futility.under_null if futility.under_null is not None else 1 - design.power.value
    if futility.values and abs(futility.values[-1] - whole) > 1e-9:
        look.add(
            "design.futility",
            here,
            f"{futility.values[-1]:g} is spent by the last look",
            f"there are {whole:g} to spend" + ("" if futility.under_null is not None else ": 1 - power"),
            f"End the values at {whole:g}.",
        )


def _bounds(look: Inspection, design: Design, futility: Futility, looks: int) -> None:
    here = ("design", "futility")
    if len(futility.values) != looks - 1:
        look.add(
            "design.futility",
            here,
            f"{len(futility.values)} bounds for {looks - 1} interim look{'s' if looks > 2 else ''}",
            "there is one for each look but the last",
            "Give one value for each interim look.",
        )
    shares = list(futility.values) if futility.kind == "effect_share" else []
    if futility.kind == "hazard_ratio":
        if min(futility.values, default=1.0) <= 0:
            look.add(
                "design.futility", here, "a hazard ratio that is not positive", "it is a ratio of rates", "Correct it."
            )
            return
        if design.hazard_ratio is None:
            look.add(
                "design.futility",
                here,
                "bounds of the hazard ratio, and no hazard ratio is assumed",
                "the bounds of the statistic follow from both",
                "Add `hazard_ratio`, or give the bounds as `z`.",
            )
            return
        planned, null = design.hazard_ratio.value, design.margin.value if design.margin is not None else 1.0
        if planned > 0 and null > 0 and planned != null:
            shares = [math.log(value / null) / math.log(planned / null) for value in futility.values]
    if max(shares, default=0.0) >= 1:
        look.add(
            "design.futility",
            here,
            "futility would be declared where the assumed effect itself is seen",
            "half of all trials with that effect would be stopped",
            "Choose bounds nearer to no effect.",
        )


def _parameter(look: Inspection, plan: Spending | Futility, name: str) -> None:
    if plan.kind in _WITH_PARAMETER and plan.parameter is None:
        look.add(
            f"design.{name}",
            ("design", name),
            f"{plan.kind} without its parameter",
            "the function is a family, and the parameter says which member",
            "Add `parameter: ...`.",
        )
    if plan.kind in ("kim_demets", "haybittle_peto") and plan.parameter is not None and plan.parameter <= 0:
        look.add(
            f"design.{name}",
            ("design", name),
            f"the parameter of {plan.kind} is {plan.parameter:g}",
            "it is positive",
            "Correct it.",
        )


def _unread(look: Inspection, plan: Spending | Futility, name: str) -> None:
    """What is written, and means nothing to this kind."""
    ignored = [] if plan.parameter is None or plan.kind in _MAY_HAVE_PARAMETER else ["parameter"]
    ignored += ["values"] if plan.values and plan.kind not in ("user", *_BOUNDS) else []
    for key in ignored:
        look.warn(
            f"design.{name}",
            ("design", name),
            f"`{key}` with {plan.kind}",
            "this kind does not read it",
            f"Remove `{key}`, or choose the kind that was meant.",
        )


def _listed(look: Inspection, plan: Spending | Futility, name: str, looks: int) -> None:
    """What a user says has been spent, look by look."""
    if len(plan.values) != looks:
        look.add(
            f"design.{name}",
            ("design", name),
            f"{len(plan.values)} values for {looks} looks",
            "what has been spent is listed look by look",
            "Give one value for each look.",
        )
    elif min(plan.values) < 0 or list(plan.values) != sorted(plan.values):
        look.add(
            f"design.{name}",
            ("design", name),
            f"the values {', '.join(f'{value:g}' for value in plan.values)} do not increase from 0",
            "they say what has been spent in all by each look, and what is spent does not come back",
            "Add them up look by look.",
        )
