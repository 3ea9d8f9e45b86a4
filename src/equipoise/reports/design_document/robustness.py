"""The fourth chapter: what the size rests on, one assumption after another, and the trial in other worlds."""

from __future__ import annotations

from equipoise.planning.alternatives import Alternative
from equipoise.planning.sensitivity import Sensitivity
from equipoise.reports.design_document.figures import Bar, tornado_figure
from equipoise.reports.design_document.material import Material, note, paragraph, table
from equipoise.reports.design_document.numbers import NONE, count, fixed, share
from equipoise.reports.protocol_document.blocks import Block, Figure, Line, plain
from equipoise.reports.protocol_document.values import number

__all__ = ["assumption_name", "assumption_value", "render_alternatives", "render_tornado", "world_name"]


def assumption_name(m: Material, one: Sensitivity) -> str:
    """What was shifted, in words."""
    if one.assumption == "control" and m.design.control is not None:
        hazard = m.design.control.value
        if hazard.median_months is not None:
            return m.page.w["sens_control_median"]
        if hazard.survival is not None and hazard.at_months is not None:
            return m.say("sens_control_survival", months=number(hazard.at_months))
        return m.page.w["sens_control_factor"]
    if "." in one.assumption:
        return m.page.w[f"design_{one.assumption.replace('.', '_')}"]
    return m.page.w[f"sens_{one.assumption}"]


def assumption_value(m: Material, one: Sensitivity, value: float) -> str:
    """A value of what was shifted, as people write it."""
    by_share = one.assumption in ("cured", "rates.control", "rates.experimental") or (
        one.assumption == "control" and m.design.control is not None and m.design.control.value.survival is not None
    )
    return share(value) if by_share else number(float(f"{value:.3g}"))


def render_tornado(m: Material) -> list[Block]:
    """The figure, and the three answers to each shift."""
    found = m.plan.sensitivity
    if not found:
        return []
    caption = m.page.w["caption_tornado"]
    bars = [
        Bar(
            assumption_name(m, one),
            assumption_value(m, one, one.low.value),
            assumption_value(m, one, one.high.value),
            one.low.power,
            one.high.power,
        )
        for one in found
    ]
    svg = tornado_figure(bars, m.plan.power, m.page.say, told=caption, title=m.page.w["part_tornado"])
    timed = m.is_timed
    month = "head_month_events" if m.survival is not None else "head_month_assessed"
    heads = ["head_assumption", "head_from_to", "head_power", *([month] if timed else []), "head_needed"]
    lead = "tornado_lead" if m.survival is not None else "tornado_lead_timed" if timed else "tornado_lead_sample"
    rows: list[tuple[str | Line, ...]] = []
    for one in found:
        for answers in (one.low, one.high):
            cells = [assumption_value(m, one, answers.value), share(answers.power)]
            cells += [fixed(answers.month, 1)] if timed else []
            name = assumption_name(m, one) if answers is one.low else ""
            rows.append((name, *cells, fixed(answers.participants, 0)))
    return [
        paragraph(m.page.w[lead]),
        Figure("tornado", plain(caption), svg, caption),
        table(m.page.w["tornado_table"], tuple(m.page.w[h] for h in heads), rows),
    ]


def render_alternatives(m: Material) -> list[Block]:
    """The planned trial in other worlds, keeping its date or waiting for its events."""
    found, survival = m.appraisal.alternatives, m.survival
    if not found or survival is None:
        return []
    heads = (
        "head_world",
        "head_keeps_events",
        "head_keeps_power",
        "head_waits_month",
        "head_waits_power",
        "head_needed",
    )
    rows: list[tuple[str | Line, ...]] = [
        (
            world_name(m, one),
            fixed(one.events, 1),
            share(one.power),
            fixed(one.month, 1) if one.month is not None else m.page.w["never"],
            share(one.power_waiting),
            fixed(one.participants, 0) if one.participants is not None else NONE,
        )
        for one in found
    ]
    lead = m.say("alternatives_lead", participants=count(survival.arrivals.total), events=count(survival.events))
    said: list[Block] = [
        paragraph(lead),
        table(m.page.w["alternatives_caption"], tuple(m.page.w[h] for h in heads), rows, (28, 14, 12, 16, 12, 18)),
    ]
    return (
        [*said, note(m.page.w["delay_note"])]
        if any(one.changed == "delay_months" and one.value for one in found)
        else said
    )


def world_name(m: Material, one: Alternative) -> str:
    """What is different in this world, in words."""
    if not one.changed:
        return m.page.w["world_assumed"]
    if one.changed == "delay_months" and not one.value:
        return m.page.w["world_no_delay"]
    return m.say(f"world_{one.changed}", value=number(float(f"{one.value:.4g}")))
