"""From the design clause of a protocol to all its numbers: `plan_design(protocol)`.

Promises what is required beside what the protocol states, and a warning when the stated numbers do not give the stated power;
and that what cannot be planned is refused with Findings before anything long is computed. Units: months, whole participants
and events. The numbers themselves: `planning_survival`, `planning_sample`.
"""

from __future__ import annotations

from collections.abc import Callable

from equipoise.design.spec import Design
from equipoise.findings import Where
from equipoise.planning.from_clause import boundaries_of
from equipoise.planning.plan import Desk, Plan, Planned, expect_sane
from equipoise.planning.planning_sample import plan_sample_design
from equipoise.planning.planning_survival import plan_survival_design

__all__ = ["Plan", "Planned", "plan_design"]


def plan_design(protocol: Planned, where: Callable[..., Where] | None = None) -> Plan:
    """Every number that follows from the protocol's design clause.

    `where(*path)` finds the place of a part of the protocol (its file and line), so that Findings can point to it. Raises
    Refusal with Findings for what cannot be planned; what is doubtful is in the plan's `findings`.

    >>> from equipoise.protocol.reading import load_protocol
    >>> plan = plan_design(load_protocol("npc-nimotuzumab"))
    >>> plan.required_events, plan.required_participants, round(plan.power, 3)
    (96, 262, 0.802)
    """
    desk = Desk(where or _by_path)
    design = protocol.design
    if design is None:
        desk.refuse(
            "design.absent", (), "the protocol has no design", "there is nothing to plan",
            "Add `design`: endpoint, question, alpha, sides, power, and what is assumed of the arms (`control` and "
            "`hazard_ratio`, or `rates`, or `means`), each with its source; docs/language.md shows one.",
        )  # fmt: skip
    kind = next((e.kind for e in protocol.endpoints if e.id == design.endpoint), None)
    ratio = _ratio(desk, protocol)
    _require_assumptions(desk, design, kind, ratio)
    for name in ("hazard_ratio", "margin") if design.hazard_ratio is not None else ():
        ratio_of_hazards = getattr(design, name)
        if ratio_of_hazards is not None and not 1e-3 <= ratio_of_hazards.value <= 1e3:
            desk.refuse(
                "design.absurd", ("design", name), f"a hazard ratio of {ratio_of_hazards.value:g}",
                "no treatment changes a hazard a thousandfold", "Correct it.",
            )  # fmt: skip
    for stated in (design.events, design.participants):
        expect_sane(desk, stated.value if stated is not None else 0.0)
    try:
        boundaries = boundaries_of(design)
    except (ValueError, ArithmeticError) as trouble:
        desk.refuse("design.boundaries", ("design",), str(trouble), "no boundaries keep these errors", "Change them.")
    if kind == "time_to_event":
        assert ratio is not None
        return plan_survival_design(desk, design, boundaries, ratio)
    return plan_sample_design(desk, design, boundaries, ratio, str(kind))


def _by_path(*path: str | int) -> Where:
    return Where(path=".".join(map(str, path)))


def _ratio(desk: Desk, protocol: Planned) -> float | None:
    """Experimental participants to one control; None when there is one arm only."""
    if len(protocol.arms) == 1:
        return None
    by_role = {role: [arm.id for arm in protocol.arms if arm.role == role] for role in ("experimental", "control")}
    if any(len(ids) != 1 for ids in by_role.values()):
        desk.refuse(
            "design.arms", ("arms",),
            f"{len(by_role['experimental'])} experimental and {len(by_role['control'])} control arms",
            "a design compares one with one", "Plan each comparison in a protocol of its own.",
        )  # fmt: skip
    weights = protocol.randomization.ratio.value
    one, two = (weights.get(by_role[role][0], 0) for role in ("experimental", "control"))
    if not (one > 0 and two > 0):
        desk.refuse(
            "design.arms", ("randomization", "ratio"), f"a ratio of {one} to {two}",
            "nobody would join one of the arms", "Give both a weight above 0.",
        )  # fmt: skip
    return float(one / two)


def _require_assumptions(desk: Desk, design: Design, kind: str | None, ratio: float | None) -> None:
    needs = {"time_to_event": "hazard_ratio", "binary": "rates", "continuous": "means"}
    needed = needs.get(kind or "")
    if needed is None:
        desk.refuse(
            "design.endpoint", ("design", "endpoint"), f"no size can be planned for {design.endpoint}",
            f"its kind is {kind or 'not known'}", f"Plan for an endpoint of kind {', '.join(needs)}.",
        )  # fmt: skip
    if getattr(design, needed) is None:
        desk.refuse(
            "design.incomplete", ("design",), f"`{needed}` is missing",
            f"the size of a trial of a {kind} endpoint follows from it", f"Add `{needed}`.",
        )  # fmt: skip
    if kind == "time_to_event" and ratio is None:
        desk.refuse(
            "design.arms", ("arms",), "a hazard ratio in a trial of one arm",
            "there is nothing to be the ratio to", "Add a control arm, or plan for a binary endpoint.",
        )  # fmt: skip
