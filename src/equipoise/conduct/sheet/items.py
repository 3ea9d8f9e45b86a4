"""Judging each item of a page by itself: whether it is asked at all, whether it has to be there, and its range.

Goes through the items in their order, because an item that is not asked counts as nothing for those after it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from equipoise.conduct.sheet import words
from equipoise.conduct.sheet.form_plan import FormPlan
from equipoise.conduct.sheet.issue import Issue, asked, said_by
from equipoise.conduct.sheet.reading import Sheet, SheetRow
from equipoise.findings import Where
from equipoise.forms import Item
from equipoise.forms.facets import facets
from equipoise.forms.values import check_clock, check_range
from equipoise.rules import compute

__all__ = ["judge_items", "judge_row_counts"]


def judge_items(plan: FormPlan, sheet: Sheet, excused: frozenset[str]) -> list[Issue]:
    """Shown, required and in range. What is not asked is cleared.

    `excused`: items whose absence was accepted; in a group as `lesions[2].size`.
    """
    issues: list[Issue] = []
    for table, items in plan.tables.items():
        for row in sheet.tables[table]:
            known = sheet.around(row)
            for item, _ in items:
                # What could not be read has its Finding already; "it is required" would be the second about one slip.
                if item.id not in row.unreadable:
                    issues += _judge(plan, row, item, known, excused, sheet.outside.timezone)
    return issues


def _judge(
    plan: FormPlan,
    row: SheetRow,
    item: Item,
    known: dict[str, Any],
    excused: frozenset[str],
    timezone: str | None,
) -> list[Issue]:
    value = row.values[item.id]
    if item.shown_when and compute(item.shown_when, known, plan.columns[row.table]) is not True:
        for name in (item.id, *(facet.name for facet in facets(item))):
            row.typed[name] = known[name] = None
        row.values[item.id] = None
        if value is None or item.id in plan.filled_in:
            return []
        found = words.finding("form.not_shown", _path(plan, row, item), item=item.id, rule=item.shown_when)
        return [Issue(found, frozenset((item.id,)))]
    if value is None:
        return _judge_absent(plan, row, item, known, excused)
    names = frozenset((item.id,))
    if (fault := check_range(item, value, "hard")) is not None:
        return [Issue(replace(fault, where=Where(path=_path(plan, row, item))), names)]
    if (fault := check_range(item, value, "soft")) is not None:
        what, why, _ = said_by(fault.words, fault.facts)
        return [asked(_path(plan, row, item), what, why, f"{item.id}.range{row.mark}", names)]
    if item.type == "datetime" and (fault := check_clock(value, timezone)) is not None:
        what, why, _ = said_by(fault.words, fault.facts)
        return [asked(_path(plan, row, item), what, why, f"{item.id}.clock{row.mark}", names)]
    return []


def _judge_absent(
    plan: FormPlan, row: SheetRow, item: Item, known: dict[str, Any], excused: frozenset[str]
) -> list[Issue]:
    if not item.required or item.id in plan.filled_in or f"{row.place}{item.id}" in excused:
        return []
    path, facts = _path(plan, row, item), dict[str, Any](item=item.id, label=item.label)
    if item.required_when is None:
        found = words.finding("form.required", path, **facts)
    elif compute(item.required_when, known, plan.columns[row.table]) is True:
        found = words.finding("form.required/when", path, **facts, rule=item.required_when)
    else:
        return []
    return [Issue(found, frozenset((item.id,)))]


def _path(plan: FormPlan, row: SheetRow, item: Item) -> str:
    return f"{plan.form.id}.{row.place}{item.id}"


def judge_row_counts(plan: FormPlan, sheet: Sheet) -> list[Issue]:
    """As many rows in each repeating group as it takes."""
    issues: list[Issue] = []
    for group in plan.form.groups:
        path, count = f"{plan.form.id}.{group.id}", len(sheet.tables[group.id])
        if count < group.min_rows:
            found = words.finding("form.rows/few", path, group=group.id, count=count, least=group.min_rows)
        elif group.max_rows is not None and count > group.max_rows:
            found = words.finding("form.rows/many", path, group=group.id, count=count, most=group.max_rows)
        else:
            continue
        issues.append(Issue(found, frozenset((group.id,))))
    return issues
