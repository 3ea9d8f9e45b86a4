"""The doses of a virtual participant: what is given where the scenario does not say, and on which days it is recorded.

Without a word of the scenario everybody gets what the arm's regimen plans. Doses that stand at visits come with their
visits; those that stand in a log are recorded on their planned days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from equipoise.arms import DrugDose, GivenBy, Radiotherapy, days_from_start
from equipoise.design import Distribution, Scenario
from equipoise.medicine.radiotherapy import plan_fractions
from equipoise.protocol.document import Protocol
from equipoise.rules import Column, compute, names_of

__all__ = ["Dosing", "dosings_of", "followed"]

_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Dosing:
    """One treatment whose doses stand in a log: `days` count from day 1, `sets` make a record one of this treatment."""

    treatment: str
    visit: str
    form: str
    date_item: str
    days: tuple[int, ...]
    sets: Mapping[str, Distribution]


def followed(protocol: Protocol, arm: str | None) -> list[tuple[DrugDose | Radiotherapy, GivenBy]]:
    """The treatments of an arm (of any, where it is None) that say where they are recorded, and where."""
    regimens = [one.regimen for one in protocol.arms if arm in (None, one.id)]
    return [
        (t, t.given_by) for regimen in regimens for t in regimen if t.kind != "procedure" and t.given_by is not None
    ]


def dosings_of(protocol: Protocol, scenario: Scenario) -> dict[str, tuple[Dosing, ...]]:
    """What is recorded in logs by the regimen of each arm; nothing that the scenario records itself."""
    recorded = {one.form for one in scenario.outcomes} | {one.form for one in scenario.follows}
    recorded |= {form for visit in protocol.visits if visit.kind == "scheduled" for form in visit.forms}
    logs = {form: visit.id for visit in protocol.visits if visit.kind == "log" for form in visit.forms}
    found: dict[str, tuple[Dosing, ...]] = {}
    for arm in protocol.arms:
        dosings = [
            dosing
            for treatment, by in followed(protocol, arm.id)
            if by.form in logs and by.form not in recorded
            if (dosing := _dosing(protocol, treatment, by, logs[by.form])) is not None
        ]
        found[arm.id] = tuple(dosings)
    return found


def _dosing(protocol: Protocol, treatment: DrugDose | Radiotherapy, by: GivenBy, visit: str) -> Dosing | None:
    """None where each dose is a row of a group, where nothing dates it, or where no single answer makes it its own."""
    form = protocol.form_by_id[by.form]
    single = {item.id for item in form.items}
    date_item = by.date or form.date_item
    if date_item not in single or not {by.given, by.dose, by.fractions} - {None} <= single:
        return None
    sets = _own(protocol, by, single)
    if sets is None:
        return None
    if by.fractions is not None:
        sets[by.fractions] = Distribution(value=1)
    return Dosing(treatment.id, visit, by.form, date_item, _days(treatment), sets)


def _days(treatment: DrugDose | Radiotherapy) -> tuple[int, ...]:
    """Days from day 1 to each dose or fraction."""
    if isinstance(treatment, DrugDose):
        return tuple(treatment.plan.first + ahead for ahead in treatment.plan.offsets)
    planned = plan_fractions(_MONDAY, treatment.fractions.value, treatment.fractions_per_week.value)
    return tuple(days_from_start(treatment.first_day) + (day - _MONDAY).days for day in planned)


def _own(protocol: Protocol, by: GivenBy, single: set[str]) -> dict[str, Distribution] | None:
    """What must be answered so that a record is of the treatment, where one code or truth value says so."""
    if by.when is None:
        return {}
    names = names_of(by.when)
    if len(names) != 1 or not set(names) <= single:
        return None
    (name,) = names
    item = protocol.item_by_id[name][2]
    codes = protocol.codelist_by_id.get(item.codelist or "")
    tried: list[Any] = [True, False] if item.type == "boolean" else [c.code for c in codes.codes] if codes else []
    columns = {name: Column(name, item.type, codes=frozenset(tried) if codes else None)}
    right = [value for value in tried if compute(by.when, {name: value}, columns) is True]
    return {name: Distribution(value=right[0])} if right else None
