"""A form is filled in: read, completed, judged item by item and held to its checks, in this order, once.

Promises every Finding of the page at once, in one Judgement. A hard fault refuses; a soft one asks, and is recorded
with its reason when confirmed (FDA Q&A 2024, Q13: the prompt, the answer and the change are all kept). Pure; one
participant at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from equipoise.conduct.sheet.checks import judge_checks
from equipoise.conduct.sheet.form_plan import FormPlan
from equipoise.conduct.sheet.issue import Issue, in_order
from equipoise.conduct.sheet.items import judge_items, judge_row_counts
from equipoise.conduct.sheet.reading import Sheet, read_sheet
from equipoise.conduct.sheet.steps import take_steps
from equipoise.forms.facets import Around
from equipoise.knowledge.medical_rules import Occasion
from equipoise.knowledge.participant import Knowledge
from equipoise.knowledge.records import RecordRow
from equipoise.rules import compute

__all__ = ["Judgement", "fill_again", "judge_form"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The page in canonical form with everything filled in, what is wrong with it, and what was confirmed with a
    reason.

    `derived` names the items of the form that nobody enters: they have their values from the others. `day` is what the
    form's date item says of when the observation was made.
    """

    values: Mapping[str, Any]
    groups: Mapping[str, list[dict[str, Any]]]
    issues: tuple[Issue, ...]
    derived: frozenset[str]
    checks: tuple[dict[str, Any], ...]
    day: date | None = None


def judge_form(
    plan: FormPlan,
    values: Mapping[str, Any],
    groups: Mapping[str, Sequence[Mapping[str, Any]]],
    knowledge: Knowledge,
    *,
    at: tuple[str, int, str | None] = ("", 1, None),
    overrides: Mapping[str, str],
    excused: frozenset[str] = frozenset(),
) -> Judgement:
    """The page, judged. `at`: visit, occurrence and, when it is said apart, the day. `overrides`: check id to reason.

    `excused`: items whose absence was accepted for a stated reason.
    """
    outside = knowledge.values(plan.outside) if plan.outside else {}
    sheet, issues = read_sheet(plan, values, groups, outside, Around(knowledge.timezone, knowledge.value))
    issues += take_steps(plan, sheet, plan.steps, knowledge.protocol, _occasion(plan, knowledge, sheet, at))
    # Items before checks: what is not asked is cleared first, and a check must not look at an answer that will not be
    # kept.
    issues += judge_items(plan, sheet, excused)
    issues += judge_row_counts(plan, sheet)
    issues += judge_checks(plan, sheet)
    waiting, confirmed = _confirm(in_order(issues), overrides)
    day = _day(plan, sheet)
    return Judgement(sheet.single.values, sheet.groups(), waiting, plan.filled_in, confirmed, day)


def fill_again(
    plan: FormPlan, record: RecordRow, knowledge: Knowledge, records: Sequence[RecordRow]
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """The values and groups of a record with everything filled in again that rests on derivations; nothing is judged.

    `records` are all other records of the participant as they are to stand.
    """
    outside = knowledge.values(plan.outside) if plan.outside else {}
    # A record was judged when it was made, and what rests on derivations starts from nothing here: no fault is told
    # twice.
    sheet, _ = read_sheet(plan, record.values, record.groups, outside, Around(knowledge.timezone, knowledge.value))
    occasion = Occasion(record.observed, record.visit, record.occurrence, records, knowledge.value)
    take_steps(plan, sheet, (s for s in plan.steps if s.gives <= plan.following), knowledge.protocol, occasion)
    for table, items in plan.tables.items():
        for item, _ in items:
            if item.id in plan.following and item.shown_when:
                for row in sheet.tables[table]:
                    if compute(item.shown_when, sheet.around(row), plan.columns[table]) is not True:
                        row.values[item.id] = None
    return sheet.single.values, sheet.groups()


def _occasion(plan: FormPlan, knowledge: Knowledge, sheet: Sheet, at: tuple[str, int, str | None]) -> Occasion:
    """The record in its place; the participant's other records are looked at by derivations only."""
    visit, occurrence, stated = at
    day = _day(plan, sheet)
    own = (visit, occurrence, plan.form.id)
    others = [record for key, record in knowledge.records.items() if key != own] if plan.following else []
    return Occasion(day.isoformat() if day else stated, visit, occurrence, others, knowledge.value)


def _day(plan: FormPlan, sheet: Sheet) -> date | None:
    """The day in the form's date item: at the site, where it says a time; imputed, where the protocol imputes it."""
    day = sheet.single.typed.get(plan.form.date_item) if plan.form.date_item else None
    return day.date() if isinstance(day, datetime) else day


def _confirm(
    issues: Iterable[Issue], overrides: Mapping[str, str]
) -> tuple[tuple[Issue, ...], tuple[dict[str, Any], ...]]:
    """Soft issues that were confirmed with a reason leave the issues and become part of the record."""
    waiting: list[Issue] = []
    confirmed: list[dict[str, Any]] = []
    for issue in issues:
        reason = _reason(issue.check, overrides) if issue.check else ""
        if not reason:
            waiting.append(issue)
            continue
        item = issue.finding.where.path.partition(".")[2]
        confirmed.append({"check": issue.check, "severity": "soft", "item": item, "overridden": True, "reason": reason})
    return tuple(waiting), tuple(confirmed)


def _reason(check: str, overrides: Mapping[str, str]) -> str:
    """The reason that was given for a check of this row, or for the check in all its rows."""
    return (overrides.get(check, overrides.get(check.partition("[")[0])) or "").strip()
