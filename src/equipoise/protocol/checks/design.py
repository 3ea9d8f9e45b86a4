"""Design: an endpoint to plan for, and assumptions that can be planned with."""

from __future__ import annotations

import math

from equipoise.design import Design
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.sequential import check_sequential
from equipoise.protocol.words import phrase

__all__ = ["check_design"]


def check_design(look: Inspection) -> None:
    """The design, if there is one."""
    design = look.protocol.design
    if design is None:
        return
    endpoints = {e.id: e for e in look.protocol.endpoints}
    if look.refer(("design", "endpoint"), design.endpoint, endpoints, "endpoint"):
        endpoint = endpoints[design.endpoint]
        if endpoint.role != "primary":
            role = phrase(f"design.{endpoint.role}")
            look.warn("design.endpoint", ("design", "endpoint"), endpoint=endpoint.id, role=role)
        _kind(look, design, endpoint.kind)
    _effect(look, design)
    _sizes(look, design)
    check_sequential(look, design)


def _kind(look: Inspection, design: Design, kind: str) -> None:
    """Whether what is assumed belongs to the kind of the endpoint."""
    endpoint = design.endpoint
    for name in ("hazard_ratio", "prior", "relevant_hazard_ratio"):
        if getattr(design, name) is not None and kind != "time_to_event":
            assumed = phrase(f"design.{name}")
            look.add("design.endpoint/hazard", ("design", name), assumed=assumed, endpoint=endpoint, kind=kind)
    for name, belongs in (("rates", "binary"), ("means", "continuous")):
        if getattr(design, name) is not None and kind != belongs:
            facts = {"assumed": phrase(f"design.{name}"), "endpoint": endpoint, "kind": kind, "belongs": belongs}
            look.add("design.endpoint/measure", ("design", name), **facts)


def _effect(look: Inspection, design: Design) -> None:
    """Whether there is an effect to find, on the right side of the margin."""
    if design.hazard_ratio is None and (design.rates is not None or design.means is not None):
        _effect_of_rates(look, design)
        _effect_of_means(look, design)
        return
    ratio = design.hazard_ratio.value if design.hazard_ratio is not None else None
    margin = design.margin.value if design.margin is not None else None
    here = ("design", "hazard_ratio")
    if margin is not None and margin <= 0:
        look.add("design.margin", ("design", "margin"), margin=margin)
    elif design.question == "non_inferiority" and ratio is not None and margin is not None and ratio >= margin:
        look.add("design.no_effect/margin", here, ratio=ratio, margin=margin)
    if design.question == "superiority" and ratio == 1:
        look.add("design.no_effect", here)
    control = design.control.value if design.control is not None else None
    if control is not None and control.per_month and max(control.per_month) == 0:
        look.add("design.no_events", ("design", "control"))


def _effect_of_rates(look: Inspection, design: Design) -> None:
    """Whether the assumed rates differ from what the null hypothesis says of them, by ratio or by difference."""
    if design.rates is None:
        return
    by_ratio = design.rates.measure == "ratio"
    margin = design.margin.value if design.margin is not None else None
    least, most = (0.0, math.inf) if by_ratio else (-1.0, 1.0)
    if margin is not None and not least < margin < most:
        look.add("design.margin/ratio" if by_ratio else "design.margin/difference", ("design", "margin"), margin=margin)
        return
    one, two = design.rates.experimental.value, design.rates.control.value
    null = margin if margin is not None else float(by_ratio)
    _same(look, "rates", one, two, null, one / two if by_ratio else one - two)


def _effect_of_means(look: Inspection, design: Design) -> None:
    """Whether the assumed means differ from what the null hypothesis says of them."""
    if design.means is not None:
        one, two = design.means.experimental.value, design.means.control.value
        _same(look, "means", one, two, design.margin.value if design.margin is not None else 0.0, one - two)


def _same(look: Inspection, name: str, one: float, two: float, null: float, effect: float) -> None:
    # 0.3 - 0.2 is not quite 0.1: what differs by rounding alone does not differ.
    if math.isclose(effect, null, rel_tol=1e-9, abs_tol=1e-12):
        measure = phrase(f"design.{name}")
        look.add("design.no_effect/same", ("design", name), measure=measure, experimental=one, control=two)


def _sizes(look: Inspection, design: Design) -> None:
    """Numbers of people and lengths of time that can be."""
    events, participants = design.events, design.participants
    if events is not None and participants is not None and events.value > participants.value:
        look.add("design.events", ("design", "events"), events=events.value, participants=participants.value)
