"""The second chapter, CONSORT 2025 item 16a: how the sample size was determined, and every assumption it rests on."""

from __future__ import annotations

from typing import Any

from equipoise.planning.attendance import Attendance
from equipoise.planning.sizes.survival import SurvivalPlan
from equipoise.reports.design_document.figures import calendar_figure, power_figure
from equipoise.reports.design_document.material import Material, paragraph, table, two_digits
from equipoise.reports.design_document.numbers import NONE, count, fixed, share
from equipoise.reports.protocol_document.blocks import (
    Block,
    Figure,
    Line,
    Paragraph,
    Row,
    Span,
    TableBlock,
    cell,
    plain,
)
from equipoise.reports.protocol_document.sample_size import design_values
from equipoise.reports.protocol_document.values import accrual, hazard, number, percent, spending
from equipoise.wording import Sourced

__all__ = ["render_assumed", "render_calendar", "render_methods", "render_power", "render_size"]


def render_assumed(m: Material) -> list[Block]:
    """Every value that the size rests on, marked where it is an assumption, with its source."""
    rows = []
    for key, value, words in [*design_values(m.page, m.design), *_rules(m)]:
        standing = m.page.standing(value, m.page.w[key], words) if value.assumption else ()
        source = m.page.foreign(value.source) if value.source else plain(m.page.w["stated_plainly"])
        rows.append(Row((cell(m.page.w[key]), cell((*plain(words), *standing)), cell(source))))
    if m.plan.ratio is not None:
        allocation = m.page.protocol.randomization.ratio
        said = (
            m.marked(allocation, m.page.w["design_ratio"], m.ratio_words)
            if allocation.assumption
            else plain(m.ratio_words)
        )
        source = m.page.foreign(allocation.source) if allocation.source else plain(m.page.w["stated_plainly"])
        rows.append(Row((cell(m.page.w["design_ratio"]), cell(said), cell(source))))
    heads = (m.page.w["assumption_head"], m.page.w["value"], m.page.w["standing_head"])
    return [TableBlock(m.page.w["sample_size_caption"], heads, tuple(rows), (27, 30, 43))]


def _rules(m: Material) -> list[tuple[str, Sourced[Any], str]]:
    design = m.design
    found: list[tuple[str, Sourced[Any], str]] = []
    if design.looks is not None:
        marks = m.page.listed([percent(look.information) for look in design.looks.value])
        found.append(("design_looks", design.looks, m.say("looks_value", marks=marks)))
    if design.spending is not None:
        found.append(("design_spending", design.spending, spending(m.page, design.spending.value)))
    if design.futility is not None:
        found.append(("design_futility", design.futility, spending(m.page, design.futility.value)))
    return found


def render_size(m: Material) -> list[Block]:
    """The sentences of item 16a, and the author's own argument where the protocol gives one."""
    said = [_survival_size(m)] if m.is_survival else [_sample_size(m)]
    if m.design.note is not None:
        argument = Paragraph((Span(m.page.w["argument"], "bold"),))
        said += [argument, Paragraph(m.page.text(m.design.note), "note")]
    return list(said)


def _shared(m: Material) -> dict[str, str]:
    rule, w = m.plan.boundaries, m.page.w
    margin = ""
    if m.plan.question == "non_inferiority":
        margin = m.say("size_margin", margin=number(m.plan.margin))
    return {
        "power": share(m.design.power.value),
        "alpha": two_digits(rule.alpha),
        "sides": w[f"sides_{rule.sides}"],
        "effect": m.effect_words,
        "margin": margin,
    }


def _survival_size(m: Material) -> Paragraph:
    plan, rule, between = m.plan, m.plan.boundaries, m.page.w["between"]
    required = plan.required if isinstance(plan.required, SurvivalPlan) else None
    events = required.events if required else float(plan.required_events or 0)
    method = m.page.w[f"method_{m.survival.method if m.survival else m.design.method or 'schoenfeld'}"]
    words = [m.say("size_events", fixed=fixed(events / rule.inflation, 1), method=method, **_shared(m))]
    if rule.looks > 1:
        more = share(rule.inflation - 1)
        words.append(
            m.say("size_inflation", n=rule.looks, inflation=more, events=fixed(events, 1), whole=plan.required_events)
        )
    else:
        words.append(m.say("size_whole", whole=plan.required_events))
    if required is not None:
        words.append(_participants(m, required))
        words += _rates_kept(m)
    else:
        lacking = [m.page.w[f"design_{k}"] for k in ("control", "accrual") if getattr(m.design, k) is None]
        words.append(m.say("only_events", what=m.page.listed(lacking)))
    if plan.stated_events and plan.stated_participants:
        words.append(
            m.say(
                "size_stated", participants=plan.stated_participants, events=plan.stated_events, power=share(plan.power)
            )
        )
    return paragraph(between.join(words))


def _participants(m: Material, required: SurvivalPlan) -> str:
    design, plan = m.design, m.plan
    assert design.control is not None
    assert design.accrual is not None
    dropout = design.dropout_per_month.value if design.dropout_per_month else 0.0
    whole = plan.required_participants or 0
    share_e = (plan.ratio or 1.0) / (1 + (plan.ratio or 1.0))
    shares = m.appraisal.event_shares or (float("nan"), float("nan"))
    return m.say(
        "size_participants",
        control=hazard(m.page, design.control.value),
        accrual=accrual(m.page, design.accrual.value),
        dropout=m.say("with_dropout", rate=number(dropout)) if dropout else m.page.w["no_dropout"],
        share_c=share(shares[0]),
        share_e=share(shares[1]),
        month=fixed(required.duration, 1),
        participants=fixed(required.participants, 1),
        whole=whole,
        each=m.say("each_arm", experimental=count(whole * share_e), control=count(whole * (1 - share_e))),
    )


def _rates_kept(m: Material) -> list[str]:
    """Where no participants are stated and those needed do not join in the time described:
    when they do at its rates."""
    survival, accrual_ = m.survival, m.design.accrual
    if survival is None or accrual_ is None or m.plan.stated_participants is not None:
        return []
    if abs(survival.arrivals.end - sum(accrual_.value.months)) < 0.05:
        return []
    return [m.say("size_rates_kept", end=fixed(survival.arrivals.end, 1), month=fixed(survival.duration, 1))]


def _sample_size(m: Material) -> Paragraph:
    plan, required = m.plan, m.plan.required
    needed = fixed(required.participants, 1) if required else NONE
    found, dropout = m.attendance, m.design.dropout_per_month
    if found is None or required is None or dropout is None or found.share == 1:
        words = [m.say("size_sample", participants=needed, whole=plan.required_participants, **_shared(m))]
        if found is not None and found.months is not None:
            words.append(m.say("size_assessed", months=fixed(found.months, 1)))
        return paragraph(m.page.w["between"].join(words))
    lost = {
        "rate": number(dropout.value),
        "share": share(found.share),
        "months": fixed(found.months, 1),
        "joining": fixed(required.participants / found.share, 1),
        "assessed": needed,
        "whole": plan.required_participants,
    }
    words = [m.say("size_sample_lost", participants=needed, **_shared(m)), m.say("size_lost", **lost)]
    return paragraph(m.page.w["between"].join(words))


def render_power(m: Material) -> list[Block]:
    """The figure, and a table of round effects for those who want the digits."""
    points = m.appraisal.power_by_look
    if not points:
        return []
    by_ratio = m.design.hazard_ratio is not None
    axis = m.page.w[f"fig_axis_{'ratio' if by_ratio else 'rate' if m.design.rates is not None else 'mean'}"]
    caption = m.say("caption_power", measure=m.measure)
    error = sum(look.reject_null for look in m.appraisal.looks)
    svg = power_figure(
        points,
        m.page.say,
        assumed=m.effect,
        null=m.null_effect,
        power=m.plan.power,
        error=error,
        stated=m.design.power.value,
        log=by_ratio,
        told=caption,
        title=m.page.w["part_power"],
        axis=axis,
    )
    looks = m.plan.boundaries.looks
    heads = (
        m.say("head_effect", measure=m.measure),
        *(m.say("head_by_look", n=k + 1) for k in range(looks - 1)),
        m.page.w["head_in_all"],
    )
    rows: list[tuple[str | Line, ...]] = [
        (number(p.effect), *(share(one) for one in p.rejected)) for p in m.appraisal.power_at_round_effects
    ]
    return [Figure("power", plain(caption), svg, caption), table(m.page.w["power_table"], heads, rows)]


def render_calendar(m: Material) -> list[Block]:
    """Accrual and events by month, with the looks."""
    survival, months = m.survival, m.plan.outlook
    if m.calendar is not None:
        return [paragraph(_calendar_of_sample(m, m.calendar))]
    if survival is None or not months:
        return []
    caption = m.page.w["caption_calendar"]
    title = m.page.w["part_calendar"]
    svg = calendar_figure(months, m.appraisal.looks, survival.arrivals.end, m.page.say, told=caption, title=title)
    null = next((one.month for one in months if one.events_null >= survival.events), None)
    lead = m.say(
        "calendar_lead", end=fixed(survival.arrivals.end, 1), follow=fixed(survival.follow_up, 1), null=fixed(null, 0)
    )
    step = 6 if months[-1].month <= 96 else 12
    heads = ("head_month", "head_joined", "head_events", "head_events_e", "head_events_c", "head_events_null")
    rows: list[tuple[str | Line, ...]] = [
        (
            fixed(one.month, 0),
            *(
                fixed(v, 1)
                for v in (one.participants, one.events, one.events_experimental, one.events_control, one.events_null)
            ),
        )
        for one in months
        if one.month % step == 0 and one.month > 0
    ]
    return [
        paragraph(lead),
        Figure("calendar", plain(caption), svg, caption),
        table(m.page.w["calendar_table"], tuple(m.page.w[h] for h in heads), rows),
    ]


def _calendar_of_sample(m: Material, found: Attendance) -> str:
    """When the last participant joins, is assessed, and has been followed."""
    assert found.arrivals is not None
    return m.say(
        "calendar_sample",
        participants=m.plan.participants,
        end=fixed(found.arrivals.end, 1),
        month=fixed(found.assessed, 1),
        duration=fixed(found.duration, 1),
    )


def render_methods(m: Material) -> list[Block]:
    """What other formulae say of the same trial."""
    if not m.appraisal.methods:
        return []
    rows: list[tuple[str | Line, ...]] = []
    for one in m.appraisal.methods:
        name = m.page.w[f"method_{one.method}"]
        if one.power is None:
            rows.append((name, m.page.w["cannot_say"], NONE, NONE))
            continue
        said = m.say("used_here", method=name) if one.used else name
        rows.append(
            (
                (Span(said, "bold"),) if one.used else plain(said),
                fixed(one.events, 1),
                fixed(one.participants, 1),
                share(one.power),
            )
        )
    heads = ("head_method", "head_events_needed", "head_participants_needed", "head_power_planned")
    return [
        paragraph(m.page.w["methods_lead"]),
        table(m.page.w["methods_caption"], tuple(m.page.w[h] for h in heads), rows, (40, 20, 20, 20)),
        *_rivals(m),
    ]


def _rivals(m: Material) -> list[Block]:
    """Other tests, should the effect be delayed."""
    if not m.appraisal.rival_tests:
        return []
    delayed = (
        m.say("world_delay_months", value=number(delay)) if delay else m.page.w["world_no_delay"]
        for delay in m.appraisal.delays
    )
    heads = [m.page.w["head_test"], *delayed]
    rows: list[tuple[str | Line, ...]] = []
    for one in m.appraisal.rival_tests:
        name = m.say(f"test_{one.test}", month=fixed(one.month, 0) if one.month is not None else "")
        rows.append((name, *(share(power) for power in one.powers)))
    return [
        paragraph(m.say("tests_lead", month=fixed(m.survival.duration, 1) if m.survival else NONE)),
        table(
            m.page.w["tests_caption"],
            tuple(heads),
            rows,
            (40, *([60 // len(m.appraisal.delays)] * len(m.appraisal.delays))),
        ),
    ]
