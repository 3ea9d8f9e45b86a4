"""Where doses are recorded: items of the right type and with enough digits, every record a dose of one treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, islice, product
from typing import Any

from equipoise.arms import Arm, DrugDose, GivenBy, Radiotherapy, Treatment
from equipoise.findings import Refusal
from equipoise.forms import Item
from equipoise.numerals import amount_text
from equipoise.protocol.checks.in_place import ROW_COLUMNS, check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.scope import table_columns
from equipoise.protocol.words import either, phrase
from equipoise.rules import Column, compute, names_of
from equipoise.units import convert, same_quantity

__all__ = ["check_digits", "check_given_by", "check_one_record_one_dose"]

Path = tuple[str | int, ...]
_NUMBERS = ("integer", "decimal")
_TRIED_MAX = 20_000
_TEXT = re.compile(r"'([^']*)'")
_NUMBER = re.compile(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?")


def check_given_by(look: Inspection, treatment: DrugDose | Radiotherapy, by: GivenBy, path: Path) -> None:
    """Items of one form and, but for the single items, of one group; each of the type that it must have."""
    if not look.refer((*path, "form"), by.form, look.protocol.form_by_id, "form"):
        return
    form = look.protocol.form_by_id[by.form]
    items = {item.id: (group, item) for group, item in form.all_items()}
    named = {"date": by.date, "given": by.given, "dose": by.dose, "fractions": by.fractions}
    groups = {items[name][0] for name in names_of(by.when or "TRUE") if name in items} - {None}
    for key, name in named.items():
        if name is None or not look.refer((*path, key), name, items, "item of form", form=form.id):
            continue
        group, item = items[name]
        groups |= {group} - {None}
        _given_item(look, treatment, key, item, (*path, key))
    if len(groups) > 1:
        look.add("dose.two_groups", path, groups=groups)
    elif by.when is not None:
        columns = _columns(look, by)
        check_in_place(look, by.when, (*path, "when"), columns, _elsewhere(look, by, columns), "boolean")
    if by.date is None and form.date_item is None:
        look.add("dose.no_date", path, form=form.id)
    if isinstance(treatment, DrugDose):
        if by.fractions is not None:
            look.add("dose.fractions", (*path, "fractions"))
        phases = treatment.schedule.value.parts
        several = any(p.times_a_day > 1 or (by.each == "cycle" and len(p.cycle_days) > 1) for p in phases)
        if by.each != "dose" and not several:
            look.add("dose.each", (*path, "each"), each=by.each)
    elif by.each != "dose":
        look.add("dose.each/radiotherapy", (*path, "each"), each=by.each)


def _columns(look: Inspection, by: GivenBy) -> dict[str, Column]:
    """What tells one record of the form from another: its items, those of the group, and where it stands."""
    items = {item.id: group for group, item in look.protocol.form_by_id[by.form].all_items()}
    named = [n for n in (by.given, by.dose, by.fractions, by.date, *names_of(by.when or "TRUE")) if n]
    group = next((items[name] for name in named if items.get(name)), None)
    own = {name: ROW_COLUMNS[name] for name in ("visit", "occurrence", "observed")}
    return own | table_columns(look.protocol, by.form, group)


def _elsewhere(look: Inspection, by: GivenBy, columns: dict[str, Column]) -> dict[str, Any]:
    why = phrase("dose.when_elsewhere", form=by.form)
    known = [*look.protocol.item_by_id, *look.protocol.variable_by_id]
    return {name: why for name in known if name not in columns}


def _given_item(look: Inspection, treatment: DrugDose | Radiotherapy, key: str, item: Item, path: Path) -> None:
    wanted = {"date": ("date", "datetime"), "given": ("boolean",)}.get(key, _NUMBERS)
    if item.type not in wanted:
        look.add("dose.item", path, item=item.id, type=item.type, types=either(wanted))
        return
    units = ("Gy",) if isinstance(treatment, Radiotherapy) else tuple(dict.fromkeys((treatment.unit, "mg")))
    if key != "dose":
        return
    if not any(item.unit and same_quantity(item.unit, unit) for unit in units):
        unit = item.unit or phrase("unit.none")
        # A drug may be recorded as it is planned or as the mass that was given; radiotherapy has one unit.
        record = phrase("dose.in_either", one=units[0], other=units[1]) if len(units) > 1 else units[0]
        look.add("unit.mismatch/dose", path, item=item.id, unit=unit, planned=units[0], units=record)
        return
    check_digits(look, treatment, item, path)


def check_digits(look: Inspection, treatment: Treatment, item: Item, path: Path) -> None:
    """Whether the item can hold every planned dose: one of 0.25 mg is no dose where only whole milligrams go in."""
    if not isinstance(treatment, DrugDose) or item.unit is None or not same_quantity(item.unit, treatment.unit):
        return
    places = 0 if item.type == "integer" else item.decimals
    if places is None:
        return
    planned = dict.fromkeys(stretch.dose for stretch in treatment.plan.stretches)
    for dose in planned:
        amount = Decimal(amount_text(convert(dose, treatment.unit, item.unit)))
        if amount != round(amount, places):
            facts = {"item": item.id, "places": places, "dose": format(amount, "f"), "unit": item.unit}
            look.add("dose.digits", path, **facts)
            return


# One record, one dose ------------------------------------------------------------------------------------------------


def check_one_record_one_dose(look: Inspection, arm: Arm, path: Path) -> None:
    """No record may be a dose of two treatments of one arm: both would count it."""
    told = [
        (place, treatment, treatment.given_by)
        for place, treatment in enumerate(arm.regimen)
        if isinstance(treatment, (DrugDose, Radiotherapy)) and treatment.given_by is not None
    ]
    for (_, one, by), (place, other, also) in combinations(told, 2):
        if by.form == also.form and by.form in look.protocol.form_by_id and _share(look, by, also):
            facts = {"one": one.id, "other": other.id, "form": by.form, "arm": arm.id}
            look.add("dose.given_twice", (*path, place, "given_by"), **facts)


def _share(look: Inspection, by: GivenBy, also: GivenBy) -> bool:
    """Whether one record can be of both: not where each is told by items of its own, or no record fits both rules."""
    own, others = ({by.given, by.dose, by.fractions} - {None} for by in (by, also))
    if own and others and not own & others:
        return False
    if by.when is None or also.when is None:
        return True
    columns = _columns(look, by) | _columns(look, also)
    names = sorted({*names_of(by.when), *names_of(also.when)})
    if not set(names) <= columns.keys():
        return False  # told already
    rules = by.when, also.when
    tried = product(*(_tried(look, columns[name], rules) for name in names))
    needed = {name: columns[name] for name in names}
    try:
        return any(
            all(compute(rule, dict(zip(names, values, strict=True)), needed) is True for rule in rules)
            for values in islice(tried, _TRIED_MAX)
        )
    except Refusal:  # what cannot be computed was told where it stands
        return False


def _tried(look: Inspection, column: Column, rules: tuple[str, str]) -> list[Any]:
    """Values of a name among which both rules would meet: all codes, and around every number that a rule names."""
    if column.codes is not None:
        return sorted(column.codes)
    if column.type == "boolean":
        return [True, False]
    if column.name == "visit":
        return [visit.id for visit in look.protocol.visits]
    return list(_around(column.type, rules))


def _around(type_: str, rules: tuple[str, str]) -> Iterator[Any]:
    texts = dict.fromkeys(text for rule in rules for text in _TEXT.findall(rule))
    if type_ in _NUMBERS:
        step, kind = (1, int) if type_ == "integer" else (1e-6, float)
        for number in dict.fromkeys(float(n) for rule in rules for n in _NUMBER.findall(_TEXT.sub("", rule))):
            yield from (kind(number - step), kind(number), kind(number + step))
    elif type_ == "date":
        for day in filter(None, map(_day, texts)):
            yield from (day - timedelta(days=1), day, day + timedelta(days=1))
    elif type_ in ("text", "code"):
        yield from texts
        yield "-"
    yield {"integer": 0, "decimal": 0.5}.get(type_)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
