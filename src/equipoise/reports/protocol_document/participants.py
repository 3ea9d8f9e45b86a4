"""Items 12 to 15: design, setting, eligibility, interventions.

A criterion stands as text, and below it, in small type, as the rule that decides.
"""

from __future__ import annotations

from equipoise.arms import Arm, DrugDose, Radiotherapy, Treatment
from equipoise.eligibility import Criterion
from equipoise.reports.protocol_document.blocks import (
    Block,
    Cell,
    Paragraph,
    Row,
    Span,
    Subheading,
    TableBlock,
    cell,
    plain,
)
from equipoise.reports.protocol_document.dose_changes import render_dose_changes, render_recorded_doses
from equipoise.reports.protocol_document.front_matter import design_line
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.values import named, number, unit
from equipoise.reports.protocol_document.words import ROUTES
from equipoise.wording import Text

__all__ = ["render_participants", "treatment_schedule"]

DAYS_LISTED = 12


def render_participants(page: Page) -> dict[str, list[Block]]:
    """Blocks by item number."""
    return {
        "12": [Paragraph((*design_line(page), *plain(page.w["stop"])))],
        "13": _setting(page),
        "14a": _eligibility(page),
        "15a": [block for arm in page.protocol.arms for block in _arm(page, arm)],
        "15b": render_dose_changes(page),
        "15c": render_recorded_doses(page),
    }


def _setting(page: Page) -> list[Block]:
    rows = []
    for site in page.protocol.sites:
        name = page.words(site.name)
        standing = page.standing(site, f"{page.w['site']} {site.id}", name)
        rows.append(Row((cell(site.id), cell((*plain(name), *standing)), cell(site.country), cell(site.timezone))))
    heads = tuple(page.w[key] for key in ("identifier", "site", "country", "timezone"))
    return [*page.narrative("setting"), TableBlock(page.w["sites_caption"], heads, tuple(rows), (16, 50, 12, 22))]


def _eligibility(page: Page) -> list[Block]:
    plan = page.protocol.eligibility
    if plan is None:
        return []
    visit = page.protocol.visit_by_id.get(plan.at)
    blocks: list[Block] = [
        Paragraph(plain(page.say("assessed_at", visit=page.words(visit.label) if visit else plan.at)))
    ]
    for kind in ("inclusion", "exclusion"):
        rows = tuple(_criterion(page, c) for c in plan.criteria if c.kind == kind)
        if rows:
            blocks.append(TableBlock(page.w[kind], (page.w["number"], page.w["criterion"]), rows, (8, 92)))
    return blocks


def _criterion(page: Page, criterion: Criterion) -> Row:
    standing = page.standing(criterion, f"{page.w['criterion']} {criterion.id}", page.words(criterion.text))
    note = tuple(Span(s.text, s.style or "small", s.target) for s in page.text(criterion.note))
    said = cell((*page.text(criterion.text), *standing), note, (Span(criterion.rule, "code"),))
    return Row((cell(criterion.id), said), id=f"criterion-{criterion.id}")


def _arm(page: Page, arm: Arm) -> list[Block]:
    title = page.bracketed(page.words(arm.label), page.w[arm.role])
    blocks: list[Block] = [Subheading(title, f"arm-{arm.id}")]
    blocks += [Paragraph(page.text(arm.description))] if arm.description else []
    if not arm.regimen:
        return [*blocks, page.missing(page.w["regimen"])]
    rows = tuple(
        Row((cell(page.words(t.label)), _dose(page, t), treatment_schedule(page, t), cell(page.text(_how(t)))))
        for t in arm.regimen
    )
    heads = tuple(page.w[key] for key in ("treatment", "dose", "schedule", "administration"))
    return [*blocks, TableBlock(page.say("regimen_of", arm=page.words(arm.label)), heads, rows, (17, 25, 29, 29))]


def _how(treatment: Treatment) -> Text | None:
    if isinstance(treatment, DrugDose):
        return treatment.administration
    return treatment.technique if isinstance(treatment, Radiotherapy) else treatment.text


def _dose(page: Page, treatment: Treatment) -> Cell:
    name = page.words(treatment.label)
    if isinstance(treatment, DrugDose):
        steps = page.w["dose_then"].join(number(dose) for dose in dict.fromkeys(treatment.doses))
        words = f"{steps} {unit(page, treatment.unit)}".rstrip()
        sourced = treatment.dose or treatment.schedule
        pair = ROUTES.get(treatment.route)
        route = plain(pair[page.language == "zh"]) if pair else page.foreign(treatment.route)
        return cell(
            (*plain(words), *page.standing(sourced, f"{name}{page.w['colon']}{page.w['dose']}", words)),
            plain(page.say("dose_scaled", scale=named(page, treatment.scaled_by))) if treatment.scaled_by else (),
            route,
        )
    if isinstance(treatment, Radiotherapy):
        dose, count = f"{number(treatment.dose_gy.value)} Gy", page.say("fractions", n=treatment.fractions.value)
        return cell(
            (*plain(dose), *page.standing(treatment.dose_gy, f"{name}{page.w['colon']}{page.w['dose']}", dose)),
            (
                *plain(count),
                *page.standing(treatment.fractions, f"{name}{page.w['colon']}{page.w['fractions_word']}", count),
            ),
        )
    return ()


def treatment_schedule(page: Page, treatment: Treatment) -> Cell:
    """When a treatment is given, with the days written out; day 1 is the start of treatment in the arm."""
    what = f"{page.words(treatment.label)}{page.w['colon']}{page.w['schedule']}"
    if isinstance(treatment, DrugDose):
        words = drug_schedule(page, treatment)
        days, plan = treatment.plan.offsets, treatment.schedule.value.parts
        simple = len(plan) == 1 and not plan[0].days and plan[0].every_days > 1 and plan[0].times_a_day == 1
        first = treatment.plan.first
        listed = [str(_day(first + ahead)) for ahead in days] if simple and 1 < len(days) <= DAYS_LISTED else []
        below = page.say("schedule_days", days=page.listed(listed)) if listed else ""
        return cell((*plain(words), *page.standing(treatment.schedule, what, words)), below)
    if isinstance(treatment, Radiotherapy):
        words = page.say("fractions_per_week", n=treatment.fractions_per_week.value)
        line = (*plain(words), *page.standing(treatment.fractions_per_week, what, words))
        if treatment.days is not None:
            overall = page.say("overall_days", n=treatment.days.value)
            line += (*plain(page.w["semicolon"] + overall), *page.standing(treatment.days, what, overall))
        return cell(line)
    return ()


def drug_schedule(page: Page, drug: DrugDose) -> str:
    """The phases of a schedule in words, one after the other, with the dose of each where they differ."""
    stretches = drug.plan_of_single_doses.stretches
    stepped = len(set(drug.doses)) > 1
    said = []
    for stretch, phase, dose in zip(stretches, drug.schedule.value.parts, drug.doses, strict=True):
        first = _day(stretch.begins + stretch.cycle_days[0] - 1)
        facts = {"first": first, "every": stretch.every_days, "count": stretch.cycles}
        if phase.days and len(stretch.cycle_days) > 1:
            days = page.listed([_range(page, one) for one in phase.days])
            words = page.say("schedule_cycles", days=days, **{**facts, "first": _day(stretch.begins)})
        elif stretch.cycles == 1:
            words = page.say("schedule_once", day=first)
        elif stretch.every_days == 1:
            words = page.say("schedule_daily", first=first, last=_day(stretch.day_of(stretch.doses - 1)))
        else:
            words = page.say("schedule_drug", **facts)
        words += page.say("schedule_times", times=stretch.times) if stretch.times > 1 else ""
        amount = f"{number(dose)} {unit(page, drug.unit)}".rstrip()
        said.append(f"{amount}{page.w['colon']}{words}" if stepped else words)
    return page.w["schedule_then"].join(said)


def _day(days: int) -> int:
    """The day that lies so many days after day 1; there is no day 0."""
    return days + 1 if days >= 0 else days


def _range(page: Page, days: int | str) -> str:
    first, _, last = str(days).partition("-")
    return page.say("range", low=first, high=last) if last else first
