"""A form made ready for filling in: everything about it that does not depend on the participant, worked out once.

Items by table, what fills items in and in which order, the names that rules use, and the form's version. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equipoise.forms import Check, Codelist, Form, Item
from equipoise.knowledge.medical_rules import Bound, bind
from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import table_columns
from equipoise.rules import Column, read_rule

__all__ = ["FillingStep", "FormPlan", "plan_form"]


@dataclass(frozen=True, slots=True)
class FillingStep:
    """Something that fills in items: a computed item of a table (None: single items), or a derivation."""

    table: str | None
    what: Item | Bound
    gives: frozenset[str]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form made ready: its items with their codelists by table (None: single items), their names, its columns.

    `steps` fill items in, each after those it needs; `filled_in` are all items that nobody enters, `following` those of
    them that rest on derivations. `rules`: where in the protocol the rule stands by which each of them is made.
    """

    form: Form
    tables: Mapping[str | None, tuple[tuple[Item, Codelist | None], ...]]
    names: Mapping[str | None, frozenset[str]]
    steps: tuple[FillingStep, ...]
    filled_in: frozenset[str]
    following: frozenset[str]
    rules: Mapping[str, str]
    columns: Mapping[str | None, dict[str, Column]]
    outside: frozenset[str]
    checks: tuple[tuple[Check, str | None, frozenset[str]], ...]
    version: str

    def entered(self, record: RecordRow) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        """Values and groups of a record as somebody entered them: without what was filled in."""

        def own(row: Mapping[str, Any]) -> dict[str, Any]:
            return {item: value for item, value in row.items() if item not in self.filled_in}

        return own(record.values), {group: [own(row) for row in rows] for group, rows in record.groups.items()}


def plan_form(protocol: Protocol, form_id: str, all_columns: dict[str, Column]) -> FormPlan:
    """Everything about filling in a form that does not depend on the participant."""
    form = protocol.form_by_id[form_id]
    tables: dict[str | None, tuple[tuple[Item, Codelist | None], ...]] = {
        table: tuple(
            (item, protocol.codelist_by_id.get(item.codelist or "")) for of, item in form.all_items() if of == table
        )
        for table in (None, *(group.id for group in form.groups))
    }
    own = {item.id for _, item in form.all_items()}
    rules = [r for _, item in form.all_items() for r in (item.required_when, item.shown_when, item.computed) if r]
    names = {name for rule in [*rules, *(check.rule for check in form.checks)] for name in read_rule(rule).names}
    outside = frozenset(names - own)
    columns = {
        table: {n: all_columns[n] for n in outside if n in all_columns} | table_columns(protocol, form_id, table)
        for table in tables
    }
    checks = []
    for check in form.checks:
        used = frozenset(read_rule(check.rule).names)
        table = next((group.id for group in form.groups if used & {item.id for item in group.items}), None)
        checks.append((check, table, frozenset(used | set(check.items))))
    version = hashlib.sha256(form.model_dump_json().encode()).hexdigest()[:16]
    steps = _steps(protocol, form)
    filled_in = frozenset(name for step in steps for name in step.gives)
    following = set(form.derived_items())
    for step in steps:
        if step.needs & following:
            following |= step.gives
    return FormPlan(
        form=form,
        tables=tables,
        names={table: frozenset(item.id for item, _ in items) for table, items in tables.items()},
        steps=steps,
        filled_in=filled_in,
        following=frozenset(following),
        rules=_rules(form, steps),
        columns=columns,
        outside=outside,
        checks=tuple(checks),
        version=version,
    )


def _rules(form: Form, steps: Sequence[FillingStep]) -> dict[str, str]:
    """Item to the place of its rule, as a Finding names it; a medical rule with its name and version."""
    found = {
        name: f"forms.{form.id}.advice.{advice.treatment}" for advice in form.advice for name in advice.gives.values()
    }
    for step in steps:
        for name in step.gives:
            if isinstance(step.what, Item):
                found[name] = f"forms.{form.id}.{name}.computed"
            else:
                clause = step.what.derivation
                method = f"{clause.method} {clause.version}" if clause.version else clause.method
                found[name] = f"forms.{form.id}.derivations.{clause.id} ({method})"
    return found


def _steps(protocol: Protocol, form: Form) -> tuple[FillingStep, ...]:
    computed = [
        FillingStep(of, item, frozenset((item.id,)), frozenset(read_rule(item.computed).names) - {item.id})
        for of, item in form.all_items()
        if item.computed
    ]
    derived = [
        FillingStep(one.derivation.group, one, frozenset(item.id for _, item, _ in one.gives), one.needs)
        for one in bind(protocol, form.id)
    ]
    return _in_order([*computed, *derived])


def _in_order(steps: Sequence[FillingStep]) -> tuple[FillingStep, ...]:
    """Steps so that each comes after those whose items it needs."""
    left, done = list(steps), list[FillingStep]()
    while left:
        waiting = {name for step in left for name in step.gives}
        ready = [step for step in left if waiting.isdisjoint(step.needs - step.gives)] or left
        done += ready
        left = [step for step in left if step not in ready]
    return tuple(done)
