"""From the design clause of a protocol to all its numbers: `plan_design(protocol)`.

Promises what is required beside what the protocol states, and a warning when the stated numbers do not give the stated
power; and that what cannot be planned is refused with Findings before anything long is computed. Units: months, whole
participants and events. The numbers themselves: `of_survival`, `of_samples`.
"""

from __future__ import annotations

from collections.abc import Callable

from equipoise.design.spec import Design
from equipoise.findings import Where
from equipoise.planning.attendance import assessed_after
from equipoise.planning.complaints import Complaints, expect_sane
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.from_clause import boundaries_of
from equipoise.planning.of_samples import plan_sample_design
from equipoise.planning.of_survival import plan_survival_design
from equipoise.planning.words import phrase
from equipoise.protocol.document import Protocol

__all__ = ["plan_design"]


def plan_design(protocol: Protocol, where: Callable[..., Where] | None = None) -> DesignPlan:
    """Every number that follows from the protocol's design clause.

    `where(*path)` finds the place of a part of the protocol (its file and line), so that Findings can point to it.
    Raises Refusal with Findings for what cannot be planned; what is doubtful is in the plan's `findings`.

    >>> from equipoise.protocol.reading import load_protocol
    >>> plan = plan_design(load_protocol("npc-nimotuzumab"))
    >>> plan.required_events, plan.required_participants, round(plan.power, 3)
    (96, 262, 0.802)
    """
    complaints = Complaints(where or _by_path)
    design = protocol.design
    if design is None:
        complaints.refuse("design.absent", ())
    kind = next((e.kind for e in protocol.endpoints if e.id == design.endpoint), None)
    ratio = _ratio(complaints, protocol)
    _require_assumptions(complaints, design, kind, ratio)
    for name in ("hazard_ratio", "margin") if design.hazard_ratio is not None else ():
        ratio_of_hazards = getattr(design, name)
        if ratio_of_hazards is not None and not 1e-3 <= ratio_of_hazards.value <= 1e3:
            complaints.refuse("design.absurd/ratio", ("design", name), ratio=ratio_of_hazards.value)
    for stated in (design.events, design.participants):
        expect_sane(complaints, stated.value if stated is not None else 0.0)
    try:
        boundaries = boundaries_of(design)
    except (ValueError, ArithmeticError) as trouble:
        complaints.give_up("design.boundaries", trouble)
    if kind == "time_to_event":
        assert ratio is not None
        return plan_survival_design(complaints, design, boundaries, ratio)
    visit = assessed_after(protocol, design.endpoint)
    return plan_sample_design(complaints, design, boundaries, ratio, str(kind), visit)


def _by_path(*path: str | int) -> Where:
    return Where(path=".".join(map(str, path)))


def _ratio(complaints: Complaints, protocol: Protocol) -> float | None:
    """Experimental participants to one control; None when there is one arm only."""
    if len(protocol.arms) == 1:
        return None
    by_role = {role: [arm.id for arm in protocol.arms if arm.role == role] for role in ("experimental", "control")}
    if any(len(ids) != 1 for ids in by_role.values()):
        complaints.refuse("design.arms/compared", ("arms",), **{role: len(ids) for role, ids in by_role.items()})
    weights = protocol.randomization.ratio.value
    one, two = (weights.get(by_role[role][0], 0) for role in ("experimental", "control"))
    if not (one > 0 and two > 0):
        complaints.refuse("design.arms/ratio", ("randomization", "ratio"), experimental=one, control=two)
    return float(one / two)


def _require_assumptions(complaints: Complaints, design: Design, kind: str | None, ratio: float | None) -> None:
    needs = {"time_to_event": "hazard_ratio", "binary": "rates", "continuous": "means"}
    needed = needs.get(kind or "")
    if needed is None:
        known = kind or phrase("endpoint.unknown")
        complaints.refuse(
            "design.endpoint", ("design", "endpoint"), endpoint=design.endpoint, kind=known, kinds=tuple(needs)
        )
    if getattr(design, needed) is None:
        complaints.refuse("design.incomplete", ("design",), needed=needed, kind=kind)
    if kind == "time_to_event" and ratio is None:
        complaints.refuse("design.arms/single", ("arms",))
