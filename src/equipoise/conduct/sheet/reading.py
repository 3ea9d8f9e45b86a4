"""Reading a page: what was entered in each row, in canonical form and typed as rules compute with it.

Promises a row for every row entered and a Finding for everything that could not be read: it counts as nothing from
there on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equipoise.conduct.sheet import words
from equipoise.conduct.sheet.form_plan import FormPlan
from equipoise.conduct.sheet.issue import Issue
from equipoise.findings import Where
from equipoise.forms import Item
from equipoise.forms.facets import FACETS, NOWHERE, Around, facets, rule_value
from equipoise.forms.values import Unusable, plain_value, read_value
from equipoise.words import nearest

__all__ = ["Sheet", "SheetRow", "read_sheet"]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row while the page is filled in: the values as they will be kept, and the same as rules compute with them.

    Both are completed step by step. `number` counts from 1 in a repeating group; the single items are one row without.
    """

    table: str | None
    number: int | None
    values: dict[str, Any]
    typed: dict[str, Any]
    unreadable: frozenset[str]

    @property
    def mark(self) -> str:
        """The row at the end of a name: `[2]`."""
        return "" if self.number is None else f"[{self.number}]"

    @property
    def place(self) -> str:
        """The row at the beginning of a path: `lesions[2].`."""
        return "" if self.number is None else f"{self.table}[{self.number}]."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page while it is filled in: its rows by table, None for the single items.

    `outside` holds the clock of the site and the days that are known of the participant.
    """

    tables: Mapping[str | None, list[SheetRow]]
    outside: Around = NOWHERE

    @property
    def single(self) -> SheetRow:
        """The single items."""
        return self.tables[None][0]

    def around(self, row: SheetRow) -> dict[str, Any]:
        """Everything that a rule about a row may name."""
        single = self.single
        return single.typed if row is single else {**single.typed, **row.typed}

    def type_again(self, row: SheetRow, item: Item) -> None:
        """The item's value, and the facets of it, as rules compute with them, after its value was put in."""
        here = NOWHERE
        if item.type in FACETS:
            here = Around(self.outside.timezone, lambda name: _day(name, self.around(row), self.outside))
        row.typed[item.id] = plain_value(item, row.values[item.id], here)
        for facet in facets(item):
            row.typed[facet.name] = rule_value(item, row.values[item.id], here, facet.key)

    def groups(self) -> dict[str, list[dict[str, Any]]]:
        """The values of the repeating groups."""
        return {name: [row.values for row in rows] for name, rows in self.tables.items() if name is not None}


def read_sheet(
    plan: FormPlan,
    values: Mapping[str, Any],
    groups: Mapping[str, Sequence[Mapping[str, Any]]],
    outside: Mapping[str, Any],
    around: Around = NOWHERE,
) -> tuple[Sheet, list[Issue]]:
    """The page, and what could not be read of it. `outside` is what else the rules may name, `around` what surrounds
    the participant's values.
    """
    issues: list[Issue] = []
    zone = around.timezone
    tables: dict[str | None, list[SheetRow]] = {None: [_read_row(plan, (None, None), values, outside, issues, zone)]}
    for name in sorted(groups.keys() - {group.id for group in plan.form.groups}):
        found = words.finding("form.unknown_group", f"{plan.form.id}.{name}", form=plan.form.id, group=name)
        issues.append(Issue(found, frozenset((name,))))
    for group in plan.form.groups:
        entered = enumerate(groups.get(group.id, ()), start=1)
        tables[group.id] = [_read_row(plan, (group.id, number), row, {}, issues, zone) for number, row in entered]
    sheet = Sheet(tables, around)
    _type_facets(plan, sheet)
    return sheet, issues


def _type_facets(plan: FormPlan, sheet: Sheet) -> None:
    """What a day or a number alone cannot say, once all is read: an imputed day may rest on another item."""
    for table, items in plan.tables.items():
        several = [item for item, _ in items if item.type in FACETS]
        # Bounds are days without bounds of their own: they come first.
        several.sort(key=lambda item: item.impute is not None and bool(item.impute.not_before or item.impute.not_after))
        for row in sheet.tables[table] if several else ():
            for item in several:
                sheet.type_again(row, item)


def _day(name: str, known: Mapping[str, Any], outside: Around) -> Any:
    return known[name] if name in known else outside.day_of(name)


def _read_row(
    plan: FormPlan,
    which: tuple[str | None, int | None],
    raw: Mapping[str, Any],
    outside: Mapping[str, Any],
    issues: list[Issue],
    timezone: str | None,
) -> SheetRow:
    table, number = which
    items = plan.tables[table]
    values: dict[str, Any] = {}
    typed = dict(outside)
    unreadable = set[str]()
    place = "" if number is None else f"{table}[{number}]."
    if len(raw) > len(items) or raw.keys() - plan.names[table]:
        issues += _unknown(plan, table, raw, place)
    for item, codelist in items:
        name = item.id
        try:
            values[name] = read_value(item, raw.get(name), codelist, timezone)
        except Unusable as fault:
            values[name] = None
            unreadable.add(name)
            issues.append(Issue(fault.at(Where(path=f"{plan.form.id}.{place}{name}")), frozenset((name,))))
        typed[name] = None if item.type in FACETS else plain_value(item, values[name])
    return SheetRow(table, number, values, typed, frozenset(unreadable))


def _unknown(plan: FormPlan, table: str | None, raw: Mapping[str, Any], place: str) -> list[Issue]:
    """What was entered and is not asked, each with the item that may have been meant."""
    found: list[Issue] = []
    for name in sorted(raw.keys() - plan.names[table]):
        path, near = f"{plan.form.id}.{place}{name}", nearest(name, plan.names[table])
        if near is None:
            told = words.finding("form.unknown_item", path, form=plan.form.id, item=name)
        else:
            told = words.finding("form.unknown_item/near", path, form=plan.form.id, item=name, near=near)
        found.append(Issue(told, frozenset((name,))))
    return found
