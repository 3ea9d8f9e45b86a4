"""Item 15b: when a dose is reduced, delayed, omitted, or treatment stopped; item 15c: where doses are recorded."""

from __future__ import annotations

from equipoise.arms import SEVERITY, DoseRule, DrugDose, Radiotherapy, Treatment
from equipoise.reports.protocol_document.blocks import Block, Paragraph, Row, Span, TableBlock, cell, plain
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.values import named, number, unit

__all__ = ["render_dose_changes", "render_recorded_doses"]


def render_dose_changes(page: Page) -> list[Block]:
    """One table for each treatment that has rules, the most severe first."""
    rules = page.protocol.dose_rules
    if not rules:
        return []
    blocks: list[Block] = [Paragraph(plain(page.w["dose_rules_lead"]))]
    treatments = {t.id: t for arm in reversed(page.protocol.arms) for t in arm.regimen}
    for treatment in dict.fromkeys(rule.treatment for rule in rules):
        own = sorted((r for r in rules if r.treatment == treatment), key=lambda r: -SEVERITY[r.recommend])
        name = page.words(treatments[treatment].label) if treatment in treatments else treatment
        rows = tuple(_rule(page, rule, treatments.get(treatment)) for rule in own)
        heads = tuple(page.w[key] for key in ("dose_when", "dose_what"))
        blocks.append(TableBlock(page.say("dose_rules_of", treatment=name), heads, rows, (64, 36), dense=True))
    return blocks


def _rule(page: Page, rule: DoseRule, treatment: Treatment | None) -> Row:
    what = _recommended(page, rule, treatment)
    note = tuple(Span(s.text, s.style or "small", s.target) for s in page.text(rule.note))
    when = cell(page.text(rule.reason), note, (Span(rule.when, "code"),), (Span(rule.id, "small"),))
    told = cell((*plain(what), *page.standing(rule, page.words(rule.reason), what)))
    return Row((when, told), id=f"dose-rule-{rule.id}")


def _recommended(page: Page, rule: DoseRule, treatment: Treatment | None) -> str:
    if rule.recommend == "delay":
        return page.say("dose_delay", days=rule.days)
    if rule.to_percent is not None:
        return page.say("dose_reduce", to=f"{number(rule.to_percent)}%")
    if rule.to_dose is not None:
        per = unit(page, treatment.unit) if isinstance(treatment, DrugDose) else ""
        return page.say("dose_reduce", to=f"{number(rule.to_dose)} {per}".rstrip())
    return page.w[f"dose_{rule.recommend}"]


def render_recorded_doses(page: Page) -> list[Block]:
    """Where the record says what was given, treatment by treatment."""
    rows = []
    seen = set()
    for arm in page.protocol.arms:
        for treatment in arm.regimen:
            if (
                treatment.id in seen
                or not isinstance(treatment, (DrugDose, Radiotherapy))
                or treatment.given_by is None
            ):
                continue
            seen.add(treatment.id)
            by = treatment.given_by
            items = [named(page, name) for name in (by.date, by.given, by.dose, by.fractions) if name]
            form = page.protocol.form_by_id.get(by.form)
            link = (Span(page.words(form.title) if form else by.form, "ref", f"form-{by.form}"),)
            told = [plain(page.listed(items))]
            told += [plain(page.w[f"dose_each_{by.each}"])] if by.each != "dose" else []
            told += [(*plain(page.w["dose_records"]), Span(by.when, "code"))] if by.when is not None else []
            rows.append(Row((cell(page.words(treatment.label)), cell(link), cell(*told))))
    if not rows:
        return []
    heads = tuple(page.w[key] for key in ("treatment", "dose_form", "dose_items"))
    return [TableBlock(page.w["dose_recorded"], heads, tuple(rows), (30, 34, 36), dense=True)]
