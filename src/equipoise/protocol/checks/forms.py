"""Forms: items with codelists, units and limits that fit their type; rules that stay within what is recorded by then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from equipoise.forms import Form, Item, Range
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import BEFORE_ALL, Timeline
from equipoise.protocol.checks.units import check_unit
from equipoise.protocol.checks.wording import is_date, is_datetime
from equipoise.protocol.scope import item_column, names_behind, table_columns
from equipoise.rules import Column, names_of

__all__ = ["check_forms"]

Path = tuple[str | int, ...]
_NUMBERS = ("integer", "decimal")


def check_forms(look: Inspection, line: Timeline) -> None:
    """Every form, its items, groups and checks."""
    protocol = look.protocol
    used = {form for visit in protocol.visits for form in visit.forms}
    codelists = set()
    seen: set[str] = set()
    for i, form in enumerate(protocol.forms):
        if form.id in seen:
            continue  # a second form of the same name already has its Finding
        seen.add(form.id)
        path: Path = ("forms", i)
        if form.id not in used and look.whole and not look.lost:
            look.warn(
                "form.unused",
                path,
                f"form `{form.id}` is used at no visit",
                "nobody will ever be asked to fill it in",
                "Name it at a visit, or remove it.",
            )
        if form.date_item is not None:
            _date_item(look, form, path)
        for item_path, item, group in _items(form, path):
            codelists.add(item.codelist)
            _item(look, item, item_path)
            _item_rules(look, line, form, item, group, item_path)
        for j, group_ in enumerate(form.groups):
            if group_.max_rows is not None and group_.max_rows < group_.min_rows:
                look.add(
                    "range.empty",
                    (*path, "groups", j, "max_rows"),
                    f"at most {group_.max_rows} rows, at least {group_.min_rows}",
                    "no number of rows satisfies both",
                    "Swap them, or remove one.",
                )
        _checks(look, line, form, path)
    codelists |= {variable.codelist for variable in protocol.variables}
    if codelists - {None, *protocol.codelist_by_id}:
        return  # a misspelled name already has its Finding, and the list that was meant may seem unused
    for i, codelist in enumerate(protocol.codelists):
        if codelist.id not in codelists and look.whole and not look.lost:
            look.warn(
                "codelist.unused",
                ("codelists", i),
                f"codelist `{codelist.id}` is used by no item and no variable",
                "it may be a leftover or a misspelling",
                "Use it or remove it.",
            )


def _items(form: Form, path: Path) -> Iterator[tuple[Path, Item, str | None]]:
    for j, item in enumerate(form.items):
        yield (*path, "items", j), item, None
    for g, group in enumerate(form.groups):
        for j, item in enumerate(group.items):
            yield (*path, "groups", g, "items", j), item, group.id


def _date_item(look: Inspection, form: Form, path: Path) -> None:
    singles = {item.id: item.type for item in form.items}
    if look.refer((*path, "date_item"), form.date_item or "", singles, "single item of this form") and singles[
        form.date_item or ""
    ] not in ("date", "datetime"):
        look.add(
            "item.not_a_date",
            (*path, "date_item"),
            f"`{form.date_item}` is not a date",
            f"its type is {singles[form.date_item or '']}",
            "Name the item that says when the observation was made.",
        )


def _item(look: Inspection, item: Item, path: Path) -> None:
    if item.codelist is not None:
        look.refer((*path, "codelist"), item.codelist, look.protocol.codelist_by_id, "codelist")
    if item.unit is not None:
        if item.type not in _NUMBERS:
            look.add(
                "unit.without_number",
                (*path, "unit"),
                f"an item of type {item.type} has the unit {item.unit}",
                "only numbers have units",
                "Remove the unit, or correct the type.",
            )
        else:
            check_unit(look, item.unit, (*path, "unit"))
    if item.decimals is not None and item.type != "decimal":
        look.add(
            "item.decimals",
            (*path, "decimals"),
            f"an item of type {item.type} has decimals",
            "only decimal numbers have decimals",
            "Remove it, or use `type: decimal`.",
        )
    limits: dict[str, tuple[object, object]] = {}
    for name in ("hard", "soft"):
        range_: Range | None = getattr(item, name)
        if range_ is not None:
            limits[name] = _range(look, item, range_, (*path, name))
    if len(limits) == 2:
        _soft_within_hard(look, limits, path)


def _range(look: Inspection, item: Item, range_: Range, path: Path) -> tuple[object, object]:
    """The limits as comparable values, None where open or wrong."""
    if item.type not in (*_NUMBERS, "date", "datetime"):
        look.add(
            "range.type",
            path,
            f"an item of type {item.type} has a range",
            "only numbers and dates lie between limits",
            "Remove it; a codelist limits codes, a check limits text.",
        )
        return None, None
    if range_.unit is not None and range_.unit != item.unit:
        from equipoise.units import same_quantity

        if item.unit is None:
            why = "the item itself has no unit"
        elif same_quantity(range_.unit, item.unit):
            why = f"the item is recorded in {item.unit}, and nothing is converted silently"
        else:
            why = f"the item is recorded in {item.unit}, which is another quantity"
        look.add(
            "unit.mismatch",
            (*path, "unit"),
            f"the range is in {range_.unit}",
            why,
            f"Give the limits in {item.unit or 'the unit of the item, and name it there'}.",
        )
        return None, None
    low, high = (_limit(look, item, getattr(range_, end), (*path, end)) for end in ("min", "max"))
    if low is None and high is None and range_.min is None and range_.max is None:
        look.add(
            "range.open",
            path,
            "a range without limits",
            "it excludes nothing",
            "Give `min`, `max` or both, or remove it.",
        )
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        look.add(
            "range.empty",
            path,
            f"lower limit {range_.min} is above upper limit {range_.max}",
            "no value satisfies both",
            "Swap them, or remove one.",
        )
        return None, None
    return low, high


def _limit(look: Inspection, item: Item, value: float | str | None, path: Path) -> object:
    if value is None:
        return None
    if item.type in _NUMBERS:
        if isinstance(value, str):
            look.add(
                "range.type",
                path,
                f'the limit is the text "{value}"',
                f"the item is {'a whole number' if item.type == 'integer' else 'a number'}",
                "Write the number without quotes.",
            )
            return None
        if item.type == "integer" and not float(value).is_integer():
            look.add("range.type", path, f"the limit is {value}", "the item is a whole number", "Use a whole number.")
        return float(value)
    real = is_date if item.type == "date" else is_datetime
    if not isinstance(value, str) or not real(value):
        look.add(
            "date.impossible",
            path,
            f"`{value}` is not a date",
            "the calendar has no such day, or it is not written YYYY-MM-DD",
            "Write a day that exists, for example 2024-02-29.",
        )
        return None
    return date.fromisoformat(value[:10]).toordinal() if item.type == "date" else value


def _soft_within_hard(look: Inspection, limits: dict[str, tuple[object, object]], path: Path) -> None:
    (hard_low, hard_high), (soft_low, soft_high) = limits["hard"], limits["soft"]
    if hard_low is not None and soft_low is not None and soft_low < hard_low:  # type: ignore[operator]
        look.add(
            "range.soft_outside_hard",
            (*path, "soft", "min"),
            "the soft lower limit is below the hard one",
            "such values are refused before anybody could confirm them",
            "Raise the soft limit, or lower the hard one.",
        )
    if hard_high is not None and soft_high is not None and soft_high > hard_high:  # type: ignore[operator]
        look.add(
            "range.soft_outside_hard",
            (*path, "soft", "max"),
            "the soft upper limit is above the hard one",
            "such values are refused before anybody could confirm them",
            "Lower the soft limit, or raise the hard one.",
        )


def point_of_form(line: Timeline, form: str) -> tuple[float, str]:
    """The earliest visit that uses the form: what is not known there cannot be named in its rules."""
    for i, visit in enumerate(line.protocol.visits):
        if form in visit.forms:
            return float(i), f"visit {visit.id}, where form {form} is first filled in"
    return BEFORE_ALL, f"form {form}, which is used at no visit"


def _names_here(
    look: Inspection, line: Timeline, form: Form, group: str | None
) -> tuple[dict[str, Column], dict[str, str]]:
    usable, elsewhere = line.known_by(*point_of_form(line, form.id))
    own = table_columns(look.protocol, form.id, group)
    return {**usable, **own}, {name: why for name, why in elsewhere.items() if name not in own}


def _item_rules(look: Inspection, line: Timeline, form: Form, item: Item, group: str | None, path: Path) -> None:
    if item.required_when is None and item.shown_when is None and item.computed is None:
        return
    columns, elsewhere = _names_here(look, line, form, group)
    for key in ("required_when", "shown_when"):
        rule = getattr(item, key)
        if rule is not None:
            check_in_place(look, rule, (*path, key), columns, elsewhere, "boolean")
            if item.id in names_of(rule):
                look.add(
                    "rule.circle",
                    (*path, key),
                    f"`{item.id}` decides about itself",
                    "it must be answered before it is known whether it is asked",
                    "Name the question that it depends on.",
                )
    if item.computed is not None:
        column = item_column(look.protocol, item)
        check_in_place(look, item.computed, (*path, "computed"), columns, elsewhere, item.type, column.codes)


def _checks(look: Inspection, line: Timeline, form: Form, path: Path) -> None:
    group_of = {item.id: group for group, item in form.all_items()}
    for j, check in enumerate(form.checks):
        here = (*path, "checks", j)
        for k, name in enumerate(check.items):
            look.refer((*here, "items", k), name, group_of, "item of this form")
        groups = {group_of[name] for name in names_of(check.rule) if group_of.get(name)}
        if len(groups) > 1:
            look.add(
                "check.two_groups",
                (*here, "rule"),
                f"the rule names items of the groups {', '.join(sorted(str(g) for g in groups))}",
                "a check looks at one row at a time, and rows of two groups do not belong together",
                "Write one check for each group.",
            )
            continue
        if check.severity == "query" and "arm" in names_behind(look.protocol, names_of(check.rule)):
            look.warn(
                "check.tells_the_arm",
                (*here, "rule"),
                f"check `{check.id}` opens a query and rests on the arm",
                "its text never names the arm, but whoever reads it may conclude it from being asked",
                "Make it a soft check, or a rule that does not rest on the arm.",
            )
        columns, elsewhere = _names_here(look, line, form, next(iter(groups), None))
        check_in_place(look, check.rule, (*here, "rule"), columns, elsewhere, "boolean")
