"""Values as they are printed: numbers, units, survival curves, recruitment, distributions. Computes nothing.

Prints every digit that the protocol gives, and no more.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from equipoise.design import Accrual, Modifier, Scenario
from equipoise.design.distribution import CORRELATION_OF_A_PAIR, Distribution
from equipoise.design.spec import Futility, Hazard, Prior, Spending
from equipoise.forms import Item
from equipoise.forms.spec import Range
from equipoise.numerals import amount_text
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.words import UNITS

__all__ = [
    "accrual",
    "distribution",
    "hazard",
    "label_of",
    "number",
    "percent",
    "prior",
    "range_words",
    "ratios_over_time",
    "spending",
    "unit",
]

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float | str) -> str:
    """The shortest digits that read back the same, with a real minus sign."""
    if isinstance(value, str):
        return value
    text = amount_text(value) if math.isfinite(value) and 1e-9 < abs(value) < 1e15 else f"{value:.12g}"
    return text.replace("-", "−")


def percent(share: float) -> str:
    """A share as a percentage."""
    return f"{number(round(100 * share, 10))}%"


def unit(page: Page, ucum: str | None) -> str:
    """A unit as people write it; UCUM's own spelling where there is no other."""
    if ucum is None:
        return ""
    if ucum in UNITS:
        return UNITS[ucum][1 if page.language == "zh" else 0]
    words = re.sub(r"10\*(\d+)", lambda found: "10" + found[1].translate(_RAISED), ucum)
    words = re.sub(r"(?<=m)([23])(?![\d*])", lambda found: found[1].translate(_RAISED), words)
    words = re.sub(r"(?<![A-Za-z])u(?=[A-Za-z])", "µ", words).replace("Cel", "°C")
    return re.sub(r"[\[\]{}]", "", words)


def hazard(page: Page, curve: Hazard) -> str:
    """A survival curve in words."""
    if curve.median_months is not None:
        return page.say("hazard_median", months=number(curve.median_months))
    if curve.survival is not None and curve.at_months is not None:
        return page.say("hazard_point", share=percent(curve.survival), months=number(curve.at_months))
    starts = (0.0, *curve.cuts_months)
    parts = [
        page.say("hazard_from", rate=number(rate), months=number(start))
        if start
        else page.say("hazard_rate", rate=number(rate))
        for start, rate in zip(starts, curve.per_month, strict=True)
    ]
    return page.w["semicolon"].join(parts)


def ratios_over_time(page: Page, plan: Modifier) -> str:
    """One ratio, or several with the months from which they hold."""
    parts = [number(plan.ratios[0])]
    parts += [
        page.say("ratio_from", ratio=number(ratio), months=number(start))
        for start, ratio in zip(plan.cuts_months, plan.ratios[1:], strict=True)
    ]
    return page.w["comma"].join(parts)


def accrual(page: Page, plan: Accrual) -> str:
    """Recruitment in words."""
    return page.w["semicolon"].join(
        page.say("accrual_period", rate=number(rate), months=number(months))
        for months, rate in zip(plan.months, plan.per_month, strict=True)
    )


def spending(page: Page, plan: Spending | Futility) -> str:
    """How error is spent, or where futility is declared, with the parameter or values."""
    words = [page.w[f"spending_{plan.kind}"]]
    words += [page.say("spending_parameter", value=number(plan.parameter))] if plan.parameter is not None else []
    words += [page.listed([number(value) for value in plan.values])] if plan.values else []
    if isinstance(plan, Futility):
        words += [page.say("spending_under_null", value=number(plan.under_null))] if plan.under_null is not None else []
        words += [page.w["spending_binding" if plan.binding else "spending_not_binding"]]
    return page.w["comma"].join(words)


def prior(page: Page, belief: Prior) -> str:
    """What is believed of the hazard ratio, component by component with its share of all the weight."""
    whole = sum(part.weight for part in belief.components)
    said = []
    for part in belief.components:
        if part.sd is not None:
            words = page.say("prior_sd", ratio=number(part.hazard_ratio), sd=number(part.sd))
        else:
            words = page.say("prior_events", ratio=number(part.hazard_ratio), events=number(part.events or 0))
        alone = len(belief.components) == 1
        said.append(
            words if alone else page.say("prior_weight", weight=percent(round(part.weight / whole, 4)), part=words)
        )
    told = page.w["semicolon"].join(said)
    if belief.discount == 1:
        return told
    return told + page.w["comma"] + page.say("prior_discount", share=percent(belief.discount))


def range_words(page: Page, limits: Range | None) -> str:
    """Inclusive limits as `low to high`, `at least low`, `at most high`."""
    if limits is None or (limits.min is None and limits.max is None):
        return ""
    if limits.min == limits.max and limits.min is not None:
        return number(limits.min)
    if limits.max is None:
        return f"≥ {number(limits.min or 0)}"
    if limits.min is None:
        return f"≤ {number(limits.max)}"
    return page.say("range", low=number(limits.min), high=number(limits.max))


def label_of(page: Page, item: Item | None, code: str) -> str:
    """A stored value as people read it: the label of a code, yes or no of a boolean."""
    if item is not None and item.type == "boolean" and code.lower() in ("true", "false"):
        return page.w["yes" if code.lower() == "true" else "no"]
    codes = page.protocol.codelist_by_id.get(item.codelist or "") if item is not None else None
    return next((page.words(c.label) for c in codes.codes if c.code == code), code) if codes else code


def distribution(page: Page, item: Item | None, plan: Distribution) -> tuple[str, str]:
    """How a virtual participant's value comes about: words, and the rule where there is one."""
    words, rule = _kind(page, item, plan), _rules(plan)
    if plan.missing:
        words += page.w["semicolon"] + page.say("distribution_missing", share=percent(plan.missing))
    return words, rule


def _kind(page: Page, item: Item | None, plan: Distribution) -> str:
    if plan.value is not None:
        return label_of(page, item, str(plan.value).lower() if isinstance(plan.value, bool) else number(plan.value))
    if plan.choice is not None:
        return _weights(page, item, plan.choice)
    if plan.choice_by is not None:
        heads = [
            f"[{place}]" if one.when else page.w["choice_otherwise"]
            for place, one in enumerate(plan.choice_by, start=1)
        ]
        parts = [
            f"{head}{page.w['colon']}{_weights(page, item, one.choice)}"
            for head, one in zip(heads, plan.choice_by, strict=True)
        ]
        return f"{page.w['distribution_choice_by']} {page.w['semicolon'].join(parts)}"
    if plan.chance is not None:
        return page.w["distribution_chance"]
    if plan.uniform is not None:
        return page.say("distribution_uniform", a=number(plan.uniform[0]), b=number(plan.uniform[1]))
    for kind in ("normal", "lognormal"):
        spread = getattr(plan, kind)
        if spread is not None and isinstance(spread.mean, str):
            return page.w[f"distribution_around_{kind}"]
        if spread is not None:
            return page.say(f"distribution_{kind}", a=number(spread.mean), b=number(spread.sd))
    if plan.days_after is not None:
        low, high = plan.days_after
        return page.say("distribution_days_after", a=number(low), b=number(high), start=named(page, plan.from_ or ""))
    return page.w["distribution_rule"]


def _weights(page: Page, item: Item | None, weights: Mapping[str, float]) -> str:
    total = sum(weights.values())
    return page.w["semicolon"].join(
        f"{label_of(page, item, code)}{page.w['colon']}{percent(round(weight / total, 4))}"
        for code, weight in weights.items()
    )


def _rules(plan: Distribution) -> str:
    """The rules of a distribution, each marked by what it is for where there are several."""
    marked = []
    for place, text in plan.rules():
        mark = f"[{int(place[1]) + 1}] " if place[0] == "choice_by" else f"{place[-1]}: "
        marked.append(text if place[-1] in ("rule", "chance", "mean") else mark + text)
    spread = plan.spread
    if spread is not None:
        around = isinstance(spread.mean, str)
        marked += [f"sd: {number(spread.sd)}"] if around and not isinstance(spread.sd, str) else []
        usual = 0.0 if around else CORRELATION_OF_A_PAIR
        marked += [f"correlation: {number(spread.correlation)}"] if spread.correlation != usual else []
        marked += [
            f"{name}: {number(limit)}"
            for name, limit in (("min", plan.min), ("max", plan.max))
            if isinstance(limit, (int, float))
        ]
    return "; ".join(marked)


def named(page: Page, name: str) -> str:
    """What a name of the protocol means: the label of a factor, variable or item, a built-in's words, or itself."""
    if f"builtin_{name}" in page.w:
        return page.w[f"builtin_{name}"]
    factor = next((f for f in page.protocol.factors if f.id == name), None)
    if factor is not None:
        return page.words(factor.label)
    if name in page.protocol.variable_by_id:
        return page.words(page.protocol.variable_by_id[name].label)
    if name in page.protocol.item_by_id:
        return page.words(page.protocol.item_by_id[name][2].label)
    return name


def scenario_names(page: Page, scenarios: list[Scenario]) -> str:
    """The scenarios of a row; empty when it is all of them."""
    return (
        "" if len(scenarios) == len(page.protocol.scenarios) else page.listed([page.words(s.label) for s in scenarios])
    )
