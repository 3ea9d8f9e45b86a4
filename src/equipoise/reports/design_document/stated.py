"""What the protocol states beside what follows from its assumptions: every difference is told."""

from __future__ import annotations

from equipoise.reports.design_document.material import Material, paragraph, table
from equipoise.reports.design_document.numbers import NONE, count, fixed, share, whole
from equipoise.reports.protocol_document.blocks import Block, Line, Paragraph, plain

__all__ = ["render_stated", "stated_rows"]


def render_stated(m: Material) -> list[Block]:
    """The protocol's own numbers beside those that follow; then what should be known of them."""
    heads = ("quantity", "head_stated", "head_follows", "head_difference")
    rows: list[tuple[str | Line, ...]] = list(stated_rows(m))
    return [
        paragraph(m.page.w["stated_lead"]),
        table(m.page.w["stated_caption"], tuple(m.page.w[h] for h in heads), rows, (34, 18, 22, 26)),
        *_told(m),
    ]


def stated_rows(m: Material) -> list[tuple[str, ...]]:
    """(quantity, as stated, as it follows, the difference in words)."""
    plan, design, w = m.plan, m.design, m.page.w
    rows = [
        _counted(m, "events", plan.stated_events, plan.required_events),
        _counted(m, "participants", plan.stated_participants, plan.required_participants),
    ]
    gap = 100 * (plan.power - design.power.value)
    key = "agrees" if abs(gap) < 0.05 else "points_above" if gap > 0 else "points_below"
    rows.append((w["quantity_power"], share(design.power.value), share(plan.power), m.say(key, n=fixed(abs(gap), 1))))
    survival = m.survival
    if survival is not None and design.follow_up_months is not None and design.accrual is not None:
        end = sum(design.accrual.value.months) + design.follow_up_months.value
        late = survival.duration - end
        key = "agrees" if abs(late) < 0.05 else "later" if late > 0 else "earlier"
        told = m.say(key, n=fixed(abs(late), 1))
        rows.append((w["quantity_month"], fixed(end, 1), fixed(survival.duration, 1), told))
    rule = plan.boundaries
    spent = rule.alpha_spent[-1] * rule.sides
    agrees = w["agrees"] if abs(spent - rule.alpha) < 1e-6 else NONE
    rows.append((m.say("quantity_alpha", sides=m.sides), share(rule.alpha, 2), share(spent, 2), agrees))
    return [row for row in rows if row]


def _counted(m: Material, name: str, stated: int | None, needed: int | None) -> tuple[str, ...]:
    if stated is None and needed is None:
        return ()
    head = m.page.w[f"quantity_{name}"]
    if stated is None or needed is None:
        none = m.page.w["not_stated_short"]
        return head, str(stated or none), str(needed or NONE), NONE
    key = "agrees" if stated == needed else "more_than" if stated > needed else "fewer_than"
    return head, str(stated), str(needed), m.say(key, n=abs(stated - needed))


def _told(m: Material) -> list[Block]:
    """What the plan found doubtful, in the language of the page."""
    found, survival = {finding.code for finding in m.plan.findings}, m.survival
    said: list[str] = []
    if "design.power" in found:
        said.append(m.say("told_power", power=share(m.plan.power), stated=share(m.design.power.value)))
    if "design.duration" in found and survival is not None and m.design.follow_up_months is not None:
        late = survival.duration - survival.arrivals.end - m.design.follow_up_months.value
        said.append(m.say("told_late", events=count(survival.events), n=fixed(late, 1)))
    arrivals = survival.arrivals if survival is not None else m.calendar.arrivals if m.calendar is not None else None
    if "design.accrual" in found and arrivals is not None:
        said.append(m.say("told_accrual", month=fixed(arrivals.end, 1)))
    blocks: list[Block] = [Paragraph(plain(words), "warning") for words in said]
    first = m.appraisal.looks[0]
    if survival is not None and m.plan.boundaries.looks > 1 and (first.month or 0) >= survival.arrivals.end:
        n, month = whole(first.participants), fixed(first.month, 1)
        blocks.append(paragraph(m.say("told_all_joined", n=n, month=month)))
    return blocks
