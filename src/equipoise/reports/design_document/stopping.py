"""The third chapter, CONSORT 2025 item 16b: interim analyses, what would stop the trial, and what an interim look
foretells.
"""

from __future__ import annotations

import math

from equipoise.planning.appraisal import AppraisedLook
from equipoise.planning.foresight import Interim, Observed
from equipoise.planning.sequential.spending import SPENDING_KINDS
from equipoise.reports.design_document.boundary_figure import boundary_figure
from equipoise.reports.design_document.figures import foresight_figure
from equipoise.reports.design_document.material import Material, note, paragraph, table, two_digits
from equipoise.reports.design_document.numbers import NONE, count, fixed, p_value, ratio, share, whole, z_value
from equipoise.reports.protocol_document.blocks import Block, Bullets, Figure, Line, Span, Subheading, plain
from equipoise.reports.protocol_document.values import number, percent, prior, spending

__all__ = ["render_foresight", "render_looks", "render_prior", "render_rules"]

_COLUMNS = 5
"""Looks that stand beside each other in a table; more stand below each other."""


def render_rules(m: Material) -> list[Block]:
    """The guidelines in sentences."""
    rule, design, w = m.plan.boundaries, m.design, m.page.w
    if rule.looks == 1:
        return [paragraph(w["rules_one"])]
    people = "rules_sizes_people" if m.attendance is None else "rules_sizes_assessed"
    key = "rules_sizes_events" if m.is_survival else people
    sizes = m.say(key, list=m.page.listed([whole(look.size) for look in m.appraisal.looks]))
    marks = m.page.listed([percent(fraction) for fraction in rule.fractions])
    said: list[Line] = []
    if design.spending is not None:
        words = m.say(
            "rules_alpha", spending=spending(m.page, design.spending.value), sides=m.sides, alpha=two_digits(rule.alpha)
        )
        said.append(
            (
                *plain(words),
                *m.page.standing(design.spending, w["design_spending"], spending(m.page, design.spending.value)),
            )
        )
    if rule.sides == 2:
        said.append(plain(w["rules_two_sided"]))
    if design.futility is not None:
        told = spending(m.page, design.futility.value)
        words = m.say("rules_futility_binding" if rule.binding else "rules_futility_free", futility=told)
        said.append((*plain(words), *m.page.standing(design.futility, w["design_futility"], told)))
    else:
        said.append(plain(w["rules_no_futility"]))
    spends = design.spending is not None and design.spending.value.kind in SPENDING_KINDS
    said += [plain(w["rules_reached" if spends else "rules_shape"]), plain(w["rules_guideline"])]
    return [paragraph(m.say("rules_lead", n=rule.looks, marks=marks, sizes=sizes)), Bullets(tuple(said))]


def render_looks(m: Material) -> list[Block]:
    """The table of looks and the figure of the boundaries."""
    looks = m.appraisal.looks
    rows = [(words, cells) for words, cells in _rows(m, looks) if any(one not in ("", NONE) for one in cells)]
    said: list[Block] = _across(m, looks, rows) if len(looks) <= _COLUMNS else _down(m, looks, rows)
    start = m.start
    if start is not None and m.is_timed:
        day = (
            f"{start[0].year}年{start[0].month}月{start[0].day}日"
            if m.page.language == "zh"
            else f"{start[0].day} {start[0]:%B %Y}"
        )
        said.append(note(m.say("date_note", start=day, scenario=start[1])))
    return [*said, *_expected(m), _boundaries(m)]


def _across(m: Material, looks: tuple[AppraisedLook, ...], rows: list[tuple[str, list[str]]]) -> list[Block]:
    """One column for each look."""
    width = min(40, 100 - 16 * len(looks))
    widths = (width, *([(100 - width) // len(looks)] * len(looks)))
    heads = ("", *(_name(m, look) for look in looks))
    return [table(m.page.w["looks_table"], heads, [(words, *cells) for words, cells in rows], widths)]


def _down(m: Material, looks: tuple[AppraisedLook, ...], rows: list[tuple[str, list[str]]]) -> list[Block]:
    """One row for each look, in as many tables as it takes."""
    said: list[Block] = []
    for first in range(0, len(rows), _COLUMNS + 1):
        part = rows[first : first + _COLUMNS + 1]
        lines: list[tuple[str | Line, ...]] = [
            (str(look.number), *(cells[k] for _, cells in part)) for k, look in enumerate(looks)
        ]
        heads = (m.page.w["look_head"], *(words for words, _ in part))
        said.append(table("" if first else m.page.w["looks_table"], heads, lines))
    return said


def _name(m: Material, look: AppraisedLook) -> str:
    label = m.design.looks.value[look.number - 1].label if m.design.looks is not None else None
    words = m.say("look_n", n=look.number)
    return f"{words}{m.page.w['colon']}{m.page.words(label)}" if label is not None else words


def _rows(m: Material, looks: tuple[AppraisedLook, ...]) -> list[tuple[str, list[str]]]:
    w, two = m.page.w, m.plan.boundaries.sides == 2
    at_most = m.plan.benefit == "below"
    rows = [
        (w["row_information"], [percent(round(look.fraction, 6)) for look in looks]),
        (
            w["row_events" if m.is_survival else "row_people" if m.attendance is None else "row_assessed"],
            [whole(look.size) for look in looks],
        ),
    ]
    if m.is_survival or m.calendar is not None:
        rows += [
            (w["row_joined"], [whole(look.participants) for look in looks]),
            (w["row_month"], [fixed(look.month, 1) for look in looks]),
            (w["row_date"], [m.date_of(look.month) if look.month is not None else "" for look in looks]),
        ]
    met = {"measure": m.estimate}
    towards, away = ("row_at_most", "row_at_least") if at_most else ("row_at_least", "row_at_most")
    rows += [
        (w["row_z"], [z_value(look.upper) for look in looks]),
        (m.say("row_p", sides=m.sides), [p_value(look.nominal_p) for look in looks]),
        (m.say(towards, **met), [fixed(look.effect_upper, 3) for look in looks]),
        (m.say("row_alpha", sides=m.sides), [fixed(look.alpha_spent, 4) for look in looks]),
        (w["row_reject"], [share(look.reject) for look in looks]),
        (w["row_power"], [share(look.power) for look in looks]),
        (w["row_reject_null"], [share(look.reject_null, 2) for look in looks]),
        (w["row_harm" if two else "row_futility"], [z_value(look.lower) for look in looks]),
        (m.say(away, **met), [fixed(look.effect_lower, 3) for look in looks]),
    ]
    if not two:
        rows += [
            (w["row_accept"], [share(look.accept) if look.lower is not None else NONE for look in looks]),
            (w["row_accept_null"], [share(look.accept_null) if look.lower is not None else NONE for look in looks]),
        ]
    return rows


def _expected(m: Material) -> list[Block]:
    if m.plan.boundaries.looks == 1:
        return []
    if m.survival is not None:
        s = m.survival
        words = m.say(
            "expected_lead_survival",
            h1=fixed(s.expected_events_h1, 1),
            h01=fixed(s.expected_events_h01, 1),
            h0=fixed(s.expected_events_h0, 1),
            fixed=fixed(s.events / m.plan.boundaries.inflation, 1),
            duration=fixed(s.expected_duration, 1),
        )
        return [paragraph(words)]
    if m.sample is not None:
        p = m.sample
        return [
            paragraph(
                m.say(
                    "expected_lead_sample",
                    h1=fixed(p.expected_participants_h1, 1),
                    h01=fixed(p.expected_participants_h01, 1),
                    h0=fixed(p.expected_participants_h0, 1),
                )
            )
        ]
    return []


def _boundaries(m: Material) -> Figure:
    lower = "caption_worse" if m.plan.boundaries.sides == 2 else "caption_futile"
    if all(look.lower is None for look in m.appraisal.looks):
        lower = "caption_none"
    between = m.page.w["between"]
    caption = m.say("caption_boundary", lower=m.page.w[lower] + between).replace(f"{between}{between}", between)
    effect = m.say("fig_ratio_is", effect=m.effect_words) if m.is_survival else m.page.w["fig_as_assumed"]
    svg = boundary_figure(
        m.appraisal.looks,
        m.appraisal.drift,
        m.page.say,
        by_events=m.is_survival,
        told=caption,
        title=m.page.w["part_rules"],
        effect=effect,
    )
    return Figure("boundaries", plain(caption), svg, caption)


def render_foresight(m: Material) -> list[Block]:
    """Conditional and predictive power at each interim look, for several observed effects."""
    said: list[Block] = [paragraph(m.page.w["foresight_lead"])] if m.appraisal.interim else []
    for interim in m.appraisal.interim:
        if len(m.appraisal.interim) > 1:
            said.append(Subheading(m.say("look_n", n=interim.number)))
        said += _one_interim(m, interim)
    if said:
        said.append(note(m.say("benefit_note", margin=number(m.plan.margin))))
    return said


def _one_interim(m: Material, interim: Interim) -> list[Block]:
    w = m.page.w
    with_prior = any(row.predictive_prior is not None for row in interim.rows)
    caption = m.say("caption_foresight", n=interim.number)
    svg = foresight_figure(interim, m.page.say, log=True, told=caption, title=w["part_foresight"])
    conditional = [w[f"head_if_{key}"] for key in ("planned", "trend", "null")]
    heads = [w["head_observed"], w["head_z"], w["head_decision"], *conditional, w["head_predictive"], w["head_benefit"]]
    if with_prior:
        heads[-1:-1] = [w["head_predictive_prior"]]
    rows = [_observed_row(m, row, with_prior=with_prior) for row in interim.rows]
    return [
        Figure(f"foresight-{interim.number}", plain(caption), svg, caption),
        table(m.say("foresight_caption", n=interim.number), tuple(heads), rows),
    ]


def _observed_row(m: Material, row: Observed, *, with_prior: bool) -> tuple[str | Line, ...]:
    decision = m.page.w[f"decision_{row.decision}"]
    stops = row.decision != "continue"
    cells: list[str | Line] = [
        ratio(row.hazard_ratio),
        fixed(row.z),
        (Span(decision, "bold"),) if stops else decision,
        share(row.planned),
        share(row.trend),
        share(row.null),
        share(row.predictive),
    ]
    if with_prior:
        cells.append(share(row.predictive_prior))
    return (*cells, share(row.benefit))


def render_prior(m: Material) -> list[Block]:
    """The Bayesian layer, or that there is none; nothing where there is no hazard ratio to believe."""
    belief, clause = m.appraisal.belief, m.design.prior
    if not m.is_survival:
        return []
    if belief is None or clause is None:
        return [paragraph(m.page.w["prior_none"])]
    told = prior(m.page, clause.value)
    low, median, high = (ratio(q) for q in belief.quantiles)
    w = m.page.w
    rows: list[tuple[str | Line, ...]] = [
        (w["prior_median"], m.say("to_words", median=median, low=low, high=high)),
        (w["prior_worth"], count(belief.events_worth) if math.isfinite(belief.events_worth) else NONE),
        (w["prior_benefit"], share(belief.benefit)),
    ]
    if belief.relevant is not None and m.design.relevant_hazard_ratio is not None:
        rows.append(
            (m.say("prior_relevant", ratio=number(m.design.relevant_hazard_ratio.value)), share(belief.relevant))
        )
    rows += [(w["prior_assurance"], share(belief.assurance)), (w["quantity_power"], share(m.plan.power))]
    standing = m.page.standing(clause, w["design_prior"], told)
    return [
        paragraph(m.say("prior_lead", prior=told), standing),
        table(w["prior_caption"], (w["quantity"], w["value"]), rows, (60, 40)),
        note(w["prior_note"]),
    ]
