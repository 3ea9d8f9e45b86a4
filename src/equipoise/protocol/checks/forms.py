"""Forms: items with codelists, units and limits that fit their type; rules within what is recorded by then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from equipoise.forms import DATES_OF_BIRTH, DATES_OF_DEATH, Form, Item, Range
from equipoise.forms.facets import rule_type
from equipoise.protocol.checks.imputation import check_impute
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import BEFORE_ALL, Timeline
from equipoise.protocol.checks.units import check_unit
from equipoise.protocol.checks.wording import check_day, is_date, is_datetime
from equipoise.protocol.scope import item_column, names_behind, table_columns
from equipoise.protocol.words import phrase
from equipoise.rules import Column, names_of
from equipoise.units import same_quantity
from equipoise.words import Phrase

__all__ = ["check_forms"]

Path = tuple[str | int, ...]
_NUMBERS = ("integer", "decimal", "qualified_number")
_DAYS = ("date", "datetime", "partial_date")


def check_forms(look: Inspection, line: Timeline) -> None:
    """Every form, its items, groups and checks; and codelists that nothing uses."""
    used = {form for visit in look.protocol.visits for form in visit.forms}
    seen: set[str] = set()
    for i, form in enumerate(look.protocol.forms):
        if form.id in seen:
            continue  # a second form of the same name already has its Finding
        seen.add(form.id)
        path: Path = ("forms", i)
        # What seems unused may be used by a part that could not be read.
        if form.id not in used and look.whole and not look.lost:
            look.warn("form.unused", path, form=form.id)
        if form.date_item is not None:
            _date_item(look, form, form.date_item, (*path, "date_item"))
        if form.consent_part is not None:
            parts = [part.id for part in look.protocol.consent_parts]
            look.refer((*path, "consent_part"), form.consent_part, parts, "part of the consent")
        for item_path, item, group in _items(form, path):
            _item(look, item, item_path)
            _asked_of_nobody(look, form, item, item_path)
            check_impute(look, line, form, item, item_path)
            _item_rules(look, line, form, item, group, item_path)
        for j, group_ in enumerate(form.groups):
            if group_.max_rows is not None and group_.max_rows < group_.min_rows:
                here = (*path, "groups", j, "max_rows")
                look.add("range.empty/rows", here, most=group_.max_rows, least=group_.min_rows)
        _checks(look, line, form, path)
    _codelists(look)


def _codelists(look: Inspection) -> None:
    """Codelists that no item and no variable uses."""
    protocol = look.protocol
    used = {item.codelist for form in protocol.forms for _, item in form.all_items()}
    used |= {variable.codelist for variable in protocol.variables}
    if used - {None, *protocol.codelist_by_id}:
        return  # a misspelled name already has its Finding, and the list that was meant may seem unused
    for i, codelist in enumerate(protocol.codelists):
        if codelist.id not in used and look.whole and not look.lost:
            look.warn("codelist.unused", ("codelists", i), codelist=codelist.id)


def _items(form: Form, path: Path) -> Iterator[tuple[Path, Item, str | None]]:
    for j, item in enumerate(form.items):
        yield (*path, "items", j), item, None
    for g, group in enumerate(form.groups):
        for j, item in enumerate(group.items):
            yield (*path, "groups", g, "items", j), item, group.id


def _date_item(look: Inspection, form: Form, name: str, path: Path) -> None:
    singles = {item.id: item.type for item in form.items}
    if look.refer(path, name, singles, "single item of this form") and singles[name] not in _DAYS:
        look.add("item.not_a_date", path, item=name, type=singles[name])


def _item(look: Inspection, item: Item, path: Path) -> None:
    if item.codelist is not None:
        look.refer((*path, "codelist"), item.codelist, look.protocol.codelist_by_id, "codelist")
    if item.unit is not None:
        if item.type not in _NUMBERS:
            look.add("unit.without_number", (*path, "unit"), type=item.type, unit=item.unit)
        else:
            check_unit(look, item.unit, (*path, "unit"))
    if item.decimals is not None and item.type not in ("decimal", "qualified_number"):
        look.add("item.decimals", (*path, "decimals"), type=item.type)
    if item.cdash in (*DATES_OF_BIRTH, *DATES_OF_DEATH) and item.type not in _DAYS:
        look.add("item.cdash", (*path, "cdash"), cdash=item.cdash, type=item.type)
    limits: dict[str, tuple[object, object]] = {}
    for name in ("hard", "soft"):
        range_: Range | None = getattr(item, name)
        if range_ is not None:
            limits[name] = _range(look, item, range_, (*path, name))
    if len(limits) == 2:
        _soft_within_hard(look, limits, path)


def _asked_of_nobody(look: Inspection, form: Form, item: Item, path: Path) -> None:
    """An answer that nobody gives cannot be asked for: what fills the item in gives it, or there is none."""
    if item.computed is None and item.id not in form.derived_items() | form.advised_items():
        return
    if item.required_when is not None:
        look.add("item.required_filled_in", (*path, "required_when"), item=item.id, key="required_when")
    # Of advice the check of doses says so.
    if item.required and "required" in item.model_fields_set and item.id not in form.advised_items():
        look.add("item.required_filled_in", (*path, "required"), item=item.id, key="required")


def _range(look: Inspection, item: Item, range_: Range, path: Path) -> tuple[object, object]:
    """The limits as comparable values, None where open or wrong."""
    if item.type not in (*_NUMBERS, *_DAYS):
        look.add("range.type", path, type=item.type)
        return None, None
    if range_.unit is not None and range_.unit != item.unit:
        _unit_of_limits(look, range_.unit, item.unit, (*path, "unit"))
        return None, None
    low, high = (_limit(look, item, getattr(range_, end), (*path, end)) for end in ("min", "max"))
    if range_.min is None and range_.max is None:
        look.add("range.open", path)
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        look.add("range.empty", path, low=str(range_.min), high=str(range_.max))
        return None, None
    return low, high


def _unit_of_limits(look: Inspection, unit: str, of_item: str | None, path: Path) -> None:
    if of_item is None:
        look.add("unit.mismatch/limits_alone", path, unit=unit)
    elif same_quantity(unit, of_item):
        look.add("unit.mismatch/limits", path, unit=unit, item_unit=of_item)
    else:
        look.add("unit.mismatch/limits_of_another_quantity", path, unit=unit, item_unit=of_item)


def _limit(look: Inspection, item: Item, value: float | str | None, path: Path) -> object:
    if value is None:
        return None
    if item.type in _NUMBERS:
        return _number(look, item, value, path)
    real = is_datetime if item.type == "datetime" else is_date
    if not isinstance(value, str) or not real(value):
        look.add("date.impossible/limit", path, limit=str(value))
        return None
    check_day(look, value[:10], path)
    return date.fromisoformat(value[:10]).toordinal() if item.type != "datetime" else value


def _number(look: Inspection, item: Item, value: float | str, path: Path) -> float | None:
    if isinstance(value, str):
        kind = phrase("kind.whole_number") if item.type == "integer" else phrase("kind.number")
        look.add("range.type/text", path, limit=value, kind=kind)
        return None
    if item.type == "integer" and not float(value).is_integer():
        look.add("range.type/whole", path, limit=value)
    return float(value)


def _soft_within_hard(look: Inspection, limits: dict[str, tuple[object, object]], path: Path) -> None:
    (hard_low, hard_high), (soft_low, soft_high) = limits["hard"], limits["soft"]
    if hard_low is not None and soft_low is not None and soft_low < hard_low:  # type: ignore[operator]
        look.add("range.soft_outside_hard/low", (*path, "soft", "min"))
    if hard_high is not None and soft_high is not None and soft_high > hard_high:  # type: ignore[operator]
        look.add("range.soft_outside_hard/high", (*path, "soft", "max"))


def point_of_form(line: Timeline, form: str) -> tuple[float, Phrase]:
    """The earliest visit that uses the form: what is not known there cannot be named in its rules."""
    for i, visit in enumerate(line.protocol.visits):
        if form in visit.forms:
            return float(i), phrase("place.form", visit=visit.id, form=form)
    return BEFORE_ALL, phrase("place.form_unused", form=form)


def _names_here(
    look: Inspection, line: Timeline, form: Form, group: str | None
) -> tuple[dict[str, Column], dict[str, Phrase]]:
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
                look.add("rule.circle/item", (*path, key), item=item.id)
    if item.computed is not None:
        column = item_column(look.protocol, item)
        check_in_place(
            look, item.computed, (*path, "computed"), columns, elsewhere, rule_type(item.type), column.codes, item.unit
        )
        if item.type in ("partial_date", "qualified_number"):
            look.add("item.computed_type", (*path, "computed"), type=item.type, plain=rule_type(item.type))


def _checks(look: Inspection, line: Timeline, form: Form, path: Path) -> None:
    group_of = {item.id: group for group, item in form.all_items()}
    for j, check in enumerate(form.checks):
        here = (*path, "checks", j)
        for k, name in enumerate(check.items):
            look.refer((*here, "items", k), name, group_of, "item of this form")
        groups = {group_of[name] for name in names_of(check.rule) if group_of.get(name)}
        if len(groups) > 1:
            look.add("check.two_groups", (*here, "rule"), groups=groups)
            continue
        if check.severity == "query" and "arm" in names_behind(look.protocol, names_of(check.rule)):
            look.warn("check.tells_the_arm", (*here, "rule"), check=check.id)
        columns, elsewhere = _names_here(look, line, form, next(iter(groups), None))
        check_in_place(look, check.rule, (*here, "rule"), columns, elsewhere, "boolean")
