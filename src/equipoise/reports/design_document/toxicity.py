"""The safety stopping rules in the design document: the boundary as a table and a figure, and what it does at several
true rates.
"""

from __future__ import annotations

from equipoise.design.safety_clause import SafetyRule
from equipoise.planning.safety import SafetyPlan, plan_safety
from equipoise.reports.axes import Scale, even_ticks
from equipoise.reports.design_document.material import Material, note, paragraph, table
from equipoise.reports.design_document.numbers import count, fixed, share
from equipoise.reports.design_document.sheet import EFFECT, SOFT, STOP, axes_on, canvas, spread
from equipoise.reports.protocol_document.blocks import Block, Figure, Line, Subheading, plain
from equipoise.reports.protocol_document.toxicity import bounds_table, rule_facts
from equipoise.reports.protocol_document.values import percent

__all__ = ["render_safety", "safety_line"]


def render_safety(m: Material) -> list[Block]:
    """Every rule; nothing where the protocol has none."""
    rules = m.page.protocol.safety_rules
    said: list[Block] = [paragraph(m.page.w["safety_lead"])] if rules else []
    for rule in rules:
        plan = plan_safety(rule)
        said += [Subheading(m.page.words(rule.label), f"safety-{rule.id}"), rule_facts(m.page, rule)]
        said += [bounds_table(m.page, rule), _characteristics(m, rule, plan), note(m.page.w["safety_exact_note"])]
        if any(bound.events is not None for bound in plan.bounds):
            said.append(_figure(m, rule, plan))
    return said


def safety_line(m: Material, rule: SafetyRule) -> str:
    """One rule in one line: how often it stops at the acceptable rate and at twice that rate."""
    plan = plan_safety(rule)
    told = [one for one in plan.characteristics if one.rate in (plan.acceptable, round(2 * plan.acceptable, 10))]
    stops = m.page.w["comma"].join(
        m.say("safety_stops_at", stop=share(one.stop), rate=percent(one.rate)) for one in told
    )
    return m.say("term_safety", rule=m.page.words(rule.label), stops=stops)


def _characteristics(m: Material, rule: SafetyRule, plan: SafetyPlan) -> Block:
    rows: list[tuple[str | Line, ...]] = [
        (
            percent(one.rate) + (m.page.w["safety_acceptable_mark"] if one.rate == plan.acceptable else ""),
            share(one.stop),
            fixed(one.expected_participants, 1),
            fixed(one.expected_events, 1),
        )
        for one in plan.characteristics
    ]
    heads = tuple(m.page.w[key] for key in ("safety_rate", "safety_stop", "safety_expected", "safety_expected_events"))
    return table(m.say("safety_characteristics", rule=m.page.words(rule.label)), heads, rows)


def _figure(m: Material, rule: SafetyRule, plan: SafetyPlan) -> Figure:
    """Events against participants: the steps of the boundary, and the events expected at the acceptable rate and at
    twice it.
    """
    most = plan.bounds[-1].participants
    steps = [(b.participants, b.events) for b in plan.bounds if b.events is not None]
    top = max(steps[-1][1], 2 * plan.acceptable * most) * 1.12 + 0.5
    caption = m.say("caption_safety", rule=m.page.words(rule.label), rate=percent(plan.acceptable))
    drawing = canvas(m.page.words(rule.label), caption)
    axes = axes_on(drawing, Scale(0, most), Scale(0, top))
    axes.ticks_y(even_ticks(0, top, 9), m.page.w["fig_safety_events"])
    corners: list[tuple[float, float]] = []
    for place, (n, events) in enumerate(steps):
        following = steps[place + 1][0] if place + 1 < len(steps) else most
        corners += [(n, events), (following, events)]
    axes.area([*corners, (most, top), (corners[0][0], top)], STOP, 0.12)
    axes.line(corners, STOP, 2.4)
    double = min(2 * plan.acceptable, 1.0)
    axes.line([(0, 0), (most, plan.acceptable * most)], SOFT, 1.6, "2 3")
    axes.line([(0, 0), (most, double * most)], EFFECT, 1.6, "7 4")
    axes.frame()
    axes.ticks_x(even_ticks(0, most, 10), m.page.w["fig_safety_participants"], count)
    spread(
        axes,
        [
            (axes.y_of(corners[-1][1]), m.page.w["fig_safety_too_many"], STOP),
            (axes.y_of(plan.acceptable * most), m.say("fig_safety_at", rate=percent(plan.acceptable)), SOFT),
            (axes.y_of(double * most), m.say("fig_safety_at", rate=percent(double)), EFFECT),
        ],
    )
    return Figure(f"safety-{rule.id}-figure", plain(caption), drawing.render(), caption)
