"""What a participant's records say was given of a treatment: which records are of it, in which order, how much.

A record that answers none of what the treatment is told by says nothing, and is no dose. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from equipoise.arms import GivenBy, Treatment
from equipoise.conduct.state.state import ParticipantState
from equipoise.forms import Item
from equipoise.forms.facets import Around, rule_value
from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import item_named, timezone_of
from equipoise.rules import Column, compute, read_rule

__all__ = ["OF_A_RECORD", "RecordedDose", "group_of", "next_number", "recorded_doses"]

OF_A_RECORD: Mapping[str, Column] = {
    name: Column(name, type_) for name, type_ in (("visit", "text"), ("occurrence", "integer"), ("observed", "date"))
}
"""What a rule of `given_by` may name beside the items of the form."""
Items = Mapping[str, tuple[str | None, Item]]


@dataclass(frozen=True, slots=True)
class RecordedDose:
    """One dose, or some fractions, as a record says it. `dose` in the item's own unit."""

    number: int
    day: date | None
    given: bool
    dose: float | None
    unit: str | None
    fractions: int
    entry: int


def recorded_doses(protocol: Protocol, person: ParticipantState, by: GivenBy, on: date) -> list[RecordedDose]:
    """What was recorded up to a day, in the order of days; one that was not given keeps its place in the numbering."""
    form = protocol.form_by_id[by.form]
    items: Items = {item.id: (group, item) for group, item in form.all_items()}
    group, around = group_of(by, items), Around(timezone_of(protocol, person.site))
    found: list[RecordedDose] = []
    for record in person.records.values():
        if record.form != by.form:
            continue
        for row in record.groups.get(group, ()) if group else ({},):
            values = {**record.values, **row}
            if by.when is not None and not _is_of_it(protocol, by, record, values, around):
                continue
            one = _one(record, values, by, items, form.date_item, around)
            if one is not None and (one.day is None or one.day <= on):
                found.append(one)
    found.sort(key=lambda one: (one.day or date.max, one.entry))
    return [replace(one, number=number) for number, one in enumerate(found, start=1)]


def next_number(protocol: Protocol, person: ParticipantState, treatment: Treatment | None, on: date) -> int:
    """Which dose of the plan is the next one, by what was recorded up to a day."""
    by = None if treatment is None or treatment.kind == "procedure" else treatment.given_by
    return 1 if by is None else len(recorded_doses(protocol, person, by, on)) + 1


def group_of(by: GivenBy, items: Items) -> str | None:
    """The repeating group whose rows are the doses; None where each record is one."""
    named = [name for name in (by.given, by.dose, by.fractions, by.date) if name]
    named += read_rule(by.when).names if by.when is not None else []
    return next((items[name][0] for name in named if name in items and items[name][0]), None)


def _is_of_it(protocol: Protocol, by: GivenBy, record: RecordRow, values: Mapping[str, Any], around: Around) -> bool:
    """Whether the rule is true of a record; one of which it is not known is not counted."""
    rule = by.when or ""
    columns, known = dict[str, Column](), dict[str, Any]()
    for name in read_rule(rule).names:
        named = item_named(protocol, name)
        if named is not None:
            columns[name], known[name] = named.column(protocol), named.value(values, around)
        else:
            columns[name], known[name] = OF_A_RECORD[name], getattr(record, name)
    if known.get("observed") is not None:
        known["observed"] = date.fromisoformat(known["observed"][:10])
    return compute(rule, known, columns) is True


def _one(
    record: RecordRow,
    values: Mapping[str, Any],
    by: GivenBy,
    items: Items,
    date_item: str | None,
    around: Around,
) -> RecordedDose | None:
    def value(name: str | None) -> Any:
        return None if name is None else rule_value(items[name][1], values.get(name), around)

    day = value(by.date or date_item)
    given, dose, fractions = value(by.given), value(by.dose), value(by.fractions)
    if (by.given or by.dose or by.fractions) and given is None and dose is None and fractions is None:
        return None
    if given is None:
        given = fractions > 0 if fractions is not None else dose != 0
    when = day.date() if hasattr(day, "date") else day
    unit = items[by.dose][1].unit if by.dose else None
    count = int(fractions) if fractions is not None else int(bool(given))
    return RecordedDose(0, when, bool(given), dose if given else None, unit, count, record.seq)
