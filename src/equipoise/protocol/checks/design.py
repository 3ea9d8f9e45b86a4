"""Design: an endpoint to plan for, and assumptions that can be planned with."""

from __future__ import annotations

import math
from collections.abc import Mapping

from equipoise.design import Design
from equipoise.design.direction import benefit_of
from equipoise.endpoints import Endpoint, TimeToEvent
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.sequential import check_sequential
from equipoise.protocol.words import phrase
from equipoise.wording import bare

__all__ = ["check_design"]

_OF_TIME = (
    "control",
    "hazard_ratio",
    "delay_months",
    "cured",
    "method",
    "events",
    "prior",
    "relevant_hazard_ratio",
)
"""Keys that only a time to an event has a use for."""
_RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "control": ("accrual",),
    "accrual": ("control",),
    "follow_up_months": ("control", "accrual"),
    "dropout_per_month": ("control", "accrual"),
    "cured": ("control", "accrual"),
    "relevant_hazard_ratio": ("prior",),
}
"""Of a time to an event, keys that change nothing without others: then the number of events is all that follows."""
_CALLED: Mapping[str, str] = {"events": "event_count", "prior": "belief"}
_NEEDS: Mapping[str, str] = {"time_to_event": "hazard_ratio", "binary": "rates", "continuous": "means"}


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
        _better(look, design, endpoint)
    _question(look, design)
    _prior(look, design)
    _effect(look, design)
    _sizes(look, design)
    check_sequential(look, design)
    if design.endpoint in endpoints:
        _compared(look, design, endpoints[design.endpoint].kind)


def _kind(look: Inspection, design: Design, kind: str) -> None:
    """Whether what is assumed belongs to the kind of the endpoint."""
    endpoint = design.endpoint
    if kind == "time_to_event":
        _resting(look, design)
    for name in _OF_TIME:
        if getattr(design, name) is not None and kind != "time_to_event":
            assumed = phrase(f"design.{_CALLED.get(name, name)}")
            look.add("design.endpoint/hazard", ("design", name), assumed=assumed, endpoint=endpoint, kind=kind)
    for name, belongs in (("rates", "binary"), ("means", "continuous")):
        if getattr(design, name) is not None and kind != belongs:
            facts = {"assumed": phrase(f"design.{name}"), "endpoint": endpoint, "kind": kind, "belongs": belongs}
            look.add("design.endpoint/measure", ("design", name), **facts)


def _resting(look: Inspection, design: Design) -> None:
    """Whether what is written has what it needs to change a number."""
    # What is written and could not be read is told by itself; nothing is said of what rests on it.
    data = look.positions.data
    written = data.get("design") if isinstance(data, dict) else None
    known = look.positions.marks.get(id(written), ("", {}))[1]
    for name, others in _RESTS_ON.items():
        lacking = [other for other in others if getattr(design, other) is None and other not in known]
        if getattr(design, name) is not None and lacking:
            look.add("design.without", ("design", name), name=name, lacking=lacking[0])


def _written_and_lost(look: Inspection, design: Design, needed: str) -> bool:
    """Whether what is needed is written and could not be read: it has a line of its own, and no value."""
    lines = look.positions
    return getattr(design, needed) is None and lines.where("design", needed).line != lines.where("design").line


def _compared(look: Inspection, design: Design, kind: str) -> None:
    """What keeps a design from being planned at all, which `design` would refuse: told, since the trial may be run."""
    arms = look.protocol.arms
    if len(arms) == 1:
        _single(look, design)
    # What could not be read may hold what is missed here, and what is refused already is not told of once more.
    if look.lost or not look.whole or _written_and_lost(look, design, _NEEDS[kind]):
        return
    if any(one.severity == "error" and one.where.path.startswith(("design", "randomization")) for one in look.findings):
        return
    needed = _NEEDS[kind]
    roles = [sum(arm.role == role for arm in arms) for role in ("experimental", "control")]
    if getattr(design, needed) is None:
        look.warn("design.unplanned/assumed", ("design",), needed=needed, kind=kind)
    elif len(arms) > 1 and roles != [1, 1]:
        look.warn("design.unplanned/arms", ("design",), experimental=roles[0], control=roles[1])
    elif len(arms) == 1 and kind == "time_to_event":
        look.warn("design.unplanned/single", ("design",))


def _single(look: Inspection, design: Design) -> None:
    """What has no meaning in a trial of one arm, which is compared with the number given as `control`."""
    if design.question == "non_inferiority" or design.margin is not None:
        look.add("design.margin/single", ("design", "margin" if design.margin is not None else "question"))
    if design.rates is not None and design.rates.measure == "ratio":
        look.add("design.endpoint/ratio_of_one", ("design", "rates", "measure"))


def _better(look: Inspection, design: Design, endpoint: Endpoint) -> None:
    """Whether the benefit is looked for on the side that the endpoint calls better."""
    if isinstance(endpoint, TimeToEvent):
        ratio = design.hazard_ratio.value if design.hazard_ratio is not None else 1.0
        if design.question == "superiority" and ratio > 1:
            look.warn("design.better/ratio", ("design", "hazard_ratio"), ratio=ratio)
        return
    name = "rates" if design.rates is not None else "means"
    assumed = design.rates or design.means
    if assumed is None:
        return
    one, two = assumed.experimental.value, assumed.control.value
    side = "lower" if benefit_of(design) == "below" else "higher"
    planned = phrase(f"design.{side}")
    if endpoint.better is None:
        place = [one.id for one in look.protocol.endpoints].index(endpoint.id)
        look.warn("design.better", ("endpoints", place), endpoint=endpoint.id, planned=planned, key=side)
    elif endpoint.better != side and design.question == "non_inferiority":
        facts = {"margin": bare(design.margin), "better": phrase(f"design.{endpoint.better}")}
        look.add("design.better/margin", ("design", "margin"), endpoint=endpoint.id, planned=planned, **facts)
    elif endpoint.better != side and one != two:
        facts = {"experimental": one, "control": two, "better": phrase(f"design.{endpoint.better}")}
        look.add("design.better/worse", ("design", name), endpoint=endpoint.id, **facts)


def _prior(look: Inspection, design: Design) -> None:
    """Whether a weight has anything to be weighed against."""
    components = design.prior.value.components if design.prior is not None else ()
    if len(components) == 1 and components[0].weight != 1:
        look.add("design.prior", ("design", "prior", "value", "components", 0, "weight"), weight=components[0].weight)


def _question(look: Inspection, design: Design) -> None:
    """Whether a margin has a question that it is the margin of."""
    if design.question == "superiority" and design.margin is not None:
        look.add("design.margin/superiority", ("design", "margin"), margin=design.margin.value)


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
    elif design.question == "non_inferiority" and ratio is not None and margin is not None:
        if margin > 1 and ratio >= margin:
            look.add("design.no_effect/margin", here, ratio=ratio, margin=margin)
        elif margin <= 1 and ratio <= margin:
            look.add("design.no_effect/margin_above", here, ratio=ratio, margin=margin)
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
        return
    design = look.protocol.design
    if design is None or design.question != "non_inferiority":
        return
    if (effect > null) != (benefit_of(design) == "above"):
        facts = {"measure": phrase(f"design.{name}"), "experimental": one, "control": two, "margin": null}
        look.add("design.no_effect/beyond", ("design", name), **facts)


def _sizes(look: Inspection, design: Design) -> None:
    """Numbers of people and lengths of time that can be."""
    events, participants = design.events, design.participants
    if events is not None and participants is not None and events.value > participants.value:
        look.add("design.events", ("design", "events"), events=events.value, participants=participants.value)
