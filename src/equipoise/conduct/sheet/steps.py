"""Filling in what nobody enters: computed items and what medical rules derive, each after what it rests on.

The order was worked out with the form's plan, so that one walk over it is enough. What was entered all the same in such
a place is compared and not kept: two truths about one item would stand in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from equipoise.conduct.sheet import words
from equipoise.conduct.sheet.form_plan import FillingStep, FormPlan
from equipoise.conduct.sheet.issue import Issue, said_by
from equipoise.conduct.sheet.reading import Sheet, SheetRow
from equipoise.findings import Refusal
from equipoise.forms import Item
from equipoise.forms.values import canonical_value, same_value
from equipoise.knowledge.medical_rules import Bound, Occasion, PlacedRemark, derive_items
from equipoise.protocol.document import Protocol
from equipoise.rules import compute
from equipoise.words import Phrase

__all__ = ["take_steps"]


def take_steps(
    plan: FormPlan, sheet: Sheet, steps: Iterable[FillingStep], protocol: Protocol, occasion: Occasion
) -> list[Issue]:
    """Fill in what the steps give, in every row of their tables, and say what does not fit."""
    issues: list[Issue] = []
    groups = sheet.groups()  # the same rows as on the sheet: what one step fills in, the next one sees
    for step in steps:
        for row in sheet.tables[step.table]:
            if isinstance(step.what, Item):
                issues += _compute(plan, sheet, row, step.what)
            else:
                issues += _derive(plan, sheet, groups, row, step.what, protocol, occasion)
    return issues


def _compute(plan: FormPlan, sheet: Sheet, row: SheetRow, item: Item) -> list[Issue]:
    rule = item.computed or ""
    try:
        value = canonical_value(item, compute(rule, sheet.around(row), plan.columns[row.table]))
    except Refusal as refusal:
        return [Issue(finding, frozenset((item.id,))) for finding in refusal.findings]
    return _put(plan, sheet, row, item, value, rule)


def _derive(
    plan: FormPlan,
    sheet: Sheet,
    groups: Mapping[str, list[dict[str, Any]]],
    row: SheetRow,
    bound: Bound,
    protocol: Protocol,
    occasion: Occasion,
) -> list[Issue]:
    """A medical rule's answers, and its remarks: hard ones refuse, soft ones ask."""
    own = None if row.number is None else (row.number, row.values)
    given, remarks = derive_items(protocol, bound, occasion, sheet.single.values, groups, own)
    items = {item.id: item for item, _ in plan.tables[row.table]}
    by = words.phrase("rule", method=bound.method.id) if given else ""
    issues = [issue for name, value in given.items() for issue in _put(plan, sheet, row, items[name], value, by)]
    return issues + [_remarked(plan, bound, one, frozenset(given)) for one in remarks]


def _remarked(plan: FormPlan, bound: Bound, placed: PlacedRemark, given: frozenset[str]) -> Issue:
    """A remark of medicine at its place on the page; one about nothing
    that was entered is about what the rule gives.
    """
    names = frozenset(placed.items) or given
    within = f"{placed.group}[{placed.row}]." if placed.group and placed.row else ""
    path = f"{plan.form.id}.{within}{placed.items[0] if placed.items else bound.id}"
    what, why, mend = said_by(placed.remark.words, placed.remark.facts)
    if placed.remark.severity == "hard":
        return Issue(words.finding("form.medicine", path, what=what, why=why, mend=mend), names)
    found = words.finding("form.soft/medicine", path, what=what, why=why, mend=mend, check=placed.check)
    return Issue(found, names, placed.check)


def _put(plan: FormPlan, sheet: Sheet, row: SheetRow, item: Item, value: Any, by: Phrase | str) -> list[Issue]:
    """A value that follows from others takes its place; another one that was entered there is a fault."""
    entered = row.values[item.id]
    row.values[item.id] = value
    sheet.type_again(row, item)
    if entered is None or same_value(item.type, entered, value):
        return []
    found = words.finding(
        "form.computed",
        f"{plan.form.id}.{row.place}{item.id}",
        item=item.id,
        entered=entered,
        value=words.phrase("nothing") if value is None else value,
        by=by,
    )
    return [Issue(found, frozenset((item.id,)))]
