"""Rules of a form that contradict one another: an answer that no complete page can hold, a soft check that nobody can
confirm because a hard one refuses first, an item that is required where medicine leaves it empty.

Shown, required, hard limits and hard checks of a table are demands; `satisfying` looks for a page that meets them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equipoise.forms import Check, Form, Item
from equipoise.medicine.catalogue import method_of
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.satisfying import (
    FormDemand,
    can_be_met,
    is_simple,
    literals_in,
    standing_for,
    truth_of,
    why_not,
)
from equipoise.protocol.scope import participant_columns, table_columns
from equipoise.protocol.words import phrase
from equipoise.rules import Column, names_of
from equipoise.words import Phrase

__all__ = ["check_form_contradictions"]

Path = tuple[str | int, ...]
_BEHIND = ("forms", "codelists", "visits", "variables")


@dataclass(frozen=True, slots=True)
class _Table:
    """A form's single items, or these and the items of one group, with what is demanded of them."""

    form: Form
    group: str | None
    items: Mapping[str, Item]
    own: frozenset[str]
    domains: Mapping[str, Sequence[Any]]
    demands: Sequence[FormDemand]
    checks: Sequence[Check]
    columns: Mapping[str, Column]

    def known(self, rule: str) -> bool:
        """Whether the rule can be worked out with the values that stand for all."""
        return is_simple(rule) and set(names_of(rule)) <= self.domains.keys()


def check_form_contradictions(look: Inspection) -> None:
    """Every form whose rules could be read."""
    if any(one.severity == "error" and str(one.where.path).startswith(_BEHIND) for one in look.findings):
        return  # what is wrong in itself is told first
    everywhere = participant_columns(look.protocol)
    for i, form in enumerate(look.protocol.forms):
        for group in (None, *(group.id for group in form.groups)):
            table = _table(look, form, group, everywhere)
            if not table.own:
                continue
            _look_at(look, table, ("forms", i))


def _table(look: Inspection, form: Form, group: str | None, everywhere: Mapping[str, Column]) -> _Table:
    items = {item.id: item for of, item in form.all_items() if of in (None, group)}
    own = frozenset(item.id for of, item in form.all_items() if of == group)
    columns = {**everywhere, **table_columns(look.protocol, form.id, group)}
    rules = [r for item in items.values() for r in (item.required_when, item.shown_when) if r]
    rules += [check.rule for check in form.checks]
    texts, numbers = literals_in(rules)
    used = {name for rule in rules for name in names_of(rule)} | items.keys()
    domains = {}
    for name in used & columns.keys():
        hard = items[name].hard if name in items else None
        bounds = (hard.min, hard.max) if hard is not None else (None, None)
        values = standing_for(columns[name].type, columns[name].codes, texts, numbers, bounds)
        if values is not None:
            domains[name] = values
    checks = [check for check in form.checks if set(names_of(check.rule)) <= domains.keys() and is_simple(check.rule)]
    filled = form.derived_items() | form.advised_items() | {name for name, item in items.items() if item.computed}
    demands = [
        demand
        for item in items.values()
        if item.id not in filled and item.id in domains
        for demand in _of_item(item, domains)
    ]
    demands += [_of_check(check) for check in checks if check.severity == "hard"]
    return _Table(form, group, items, own, domains, demands, checks, columns)


def _of_item(item: Item, domains: Mapping[str, Sequence[Any]]) -> Iterator[FormDemand]:
    """What is asked of one answer: not without being shown, and not missing where it is required."""
    rules = [rule for rule in (item.shown_when, item.required_when) if rule]
    if any(not is_simple(rule) or not set(names_of(rule)) <= domains.keys() for rule in rules):
        return
    name = item.id
    shown = truth_of(item.shown_when) if item.shown_when else None
    needed = truth_of(item.required_when) if item.required_when else None
    if shown is not None:
        only = phrase("demand.shown", item=name, rule=item.shown_when)
        yield FormDemand(
            frozenset({name, *names_of(item.shown_when or "")}),
            lambda values: values[name] is None or shown(values) is True,
            only,
        )
    if item.required:
        when = "demand.required_when" if item.required_when else "demand.required"
        facts = {"rule": item.required_when} if item.required_when else {}
        yield FormDemand(
            frozenset({name, *(n for rule in rules for n in names_of(rule))}),
            lambda values: (
                values[name] is not None
                or (shown is not None and shown(values) is not True)
                or (needed is not None and needed(values) is not True)
            ),
            phrase(when, item=name, **facts),
        )


def _of_check(check: Check) -> FormDemand:
    truth = truth_of(check.rule)
    return FormDemand(
        frozenset(names_of(check.rule)),
        lambda values: truth(values) is not False,
        phrase("demand.check", check=check.id),
    )


def _look_at(look: Inspection, table: _Table, path: Path) -> None:
    hard = [check for check in table.checks if check.severity == "hard"]
    checked = FormDemand(frozenset(name for check in hard for name in names_of(check.rule)), lambda _: True, None)
    if hard and (core := why_not(_near(table.demands, checked), table.domains, {})):
        look.warn("form.no_page", path, form=table.form.id, demands=_said(core))
        return
    told: set[tuple[Any, ...]] = set()
    for item in table.items.values():
        if item.id in table.own and item.id in table.domains:
            _answers(look, table, item, hard, path, told)
    _soft_in_vain(look, table, path)
    _remarks_in_vain(look, table, path)
    _required_and_empty(look, table, path)


def _said(core: Sequence[FormDemand]) -> list[Phrase]:
    return [one.by for one in core]


def _at(table: _Table, item: str, path: Path) -> Path:
    if table.group is None:
        return (*path, "items", [one.id for one in table.form.items].index(item))
    place = [group.id for group in table.form.groups].index(table.group)
    rows = table.form.groups[place].items
    return (*path, "groups", place, "items", [one.id for one in rows].index(item))


def _answers(
    look: Inspection, table: _Table, item: Item, hard: Sequence[Check], path: Path, told: set[tuple[Any, ...]]
) -> None:
    """Answers of one item that no complete page holds: each code, yes and no; any number or date at all."""
    if not any(item.id in names_of(check.rule) for check in hard):
        return
    _required_state(look, table, item, path, told)
    values = [value for value in table.domains[item.id] if value is not None]
    listed = item.type in ("code", "boolean")
    cores = []
    for value in values:
        core = why_not(table.demands, table.domains, {item.id: value})
        cores.append((value, core))
        if not listed and not core:
            return  # one number or day is enough
        # A check of this item alone narrows a list of codes that others use as well: that is what it is for.
        if listed and core and any(one.names != {item.id} for one in core) and (item.id, value) not in told:
            told |= {(item.id, value), tuple(core)}
            answer = phrase("yes" if value else "no") if isinstance(value, bool) else value
            look.warn("form.no_answer", _at(table, item.id, path), item=item.id, answer=answer, demands=_said(core))
    if not listed and cores and all(core for _, core in cores):
        look.warn("form.no_answer/any", _at(table, item.id, path), item=item.id, demands=_said(cores[0][1]))


def _required_state(look: Inspection, table: _Table, item: Item, path: Path, told: set[tuple[Any, ...]]) -> None:
    """A state in which the item is required while hard checks leave no answer to it."""
    if item.required_when is None or not table.known(item.required_when):
        return
    state = _when(item.required_when, answer=True)
    core = why_not([state, *_near(table.demands, state)], table.domains, {})
    others = [one for one in core if one is not state]
    if tuple(others) not in told and len(others) > 1 and state in core and any(item.id in one.names for one in others):
        at = _at(table, item.id, path)
        look.warn("form.no_state", at, item=item.id, rule=item.required_when, demands=_said(others))


def _when(rule: str, *, answer: bool) -> FormDemand:
    """The demand, of nobody, that the rule gives this answer."""
    truth = truth_of(rule)
    return FormDemand(frozenset(names_of(rule)), lambda values: truth(values) is answer, None)


def _soft_in_vain(look: Inspection, table: _Table, path: Path) -> None:
    """Soft checks that nobody can confirm: wherever one fails, something hard refuses the page."""
    for check in table.checks:
        if check.severity != "soft" or table.own.isdisjoint(names_of(check.rule)):
            continue
        fails = _when(check.rule, answer=False)
        if not fails.names or can_be_met([fails], table.domains, {}) is not True:
            continue
        core = why_not([fails, *_near(table.demands, fails)], table.domains, {})
        if core and fails in core:
            place = [one.id for one in table.form.checks].index(check.id)
            demands = [one.by for one in core if one is not fails]
            look.warn("check.soft_in_vain", (*path, "checks", place), check=check.id, demands=demands)


def _near(demands: Sequence[FormDemand], one: FormDemand) -> list[FormDemand]:
    """The demands that share a name with this one, or with one that does."""
    reached, left, found = set(one.names), list(demands), []
    while near := [other for other in left if not reached.isdisjoint(other.names)]:
        found += near
        left = [other for other in left if other not in near]
        reached.update(name for other in near for name in other.names)
    return found


def _remarks_in_vain(look: Inspection, table: _Table, path: Path) -> None:
    """A rule of medicine asks for a confirmation of what a hard check refuses: two answers to one fault."""
    for derivation in table.form.derivations:
        method = method_of(derivation.method)
        if method is None or derivation.group != table.group:
            continue
        for port, item in derivation.gives.items():
            output = method.outputs.get(port)
            if output is None or output.asks is None or item not in table.domains:
                continue
            if output.asks_unless and derivation.options.get(output.asks_unless[0]) == output.asks_unless[1]:
                continue
            core = why_not(table.demands, table.domains, {item: False})
            if core:
                remark = f"{derivation.id}.{output.asks}"
                at = _at(table, item, path)
                look.warn("check.remark_in_vain", at, item=item, remark=remark, demands=_said(core))


def _required_and_empty(look: Inspection, table: _Table, path: Path) -> None:
    """An item that is required in a state in which the rule of medicine takes no value for an answer."""
    told: set[tuple[Any, ...]] = set()
    for derivation in table.form.derivations:
        method = method_of(derivation.method)
        if method is None:
            continue
        bindings: list[tuple[Mapping[str, Any], Mapping[str, str]]] = []
        if derivation.group in (None, table.group):
            bindings.append((method.inputs, derivation.inputs))
        bindings += [
            (method.rows.get(name, {}), rows.fields)
            for name, rows in derivation.rows.items()
            if rows.group == table.group
        ]
        for ports, bound in bindings:
            for name, item in bound.items():
                port = ports.get(name)
                if port is None or item not in table.own:
                    continue
                for other, states in port.empty_when.items():
                    for state in states:
                        about = (item, bound.get(other), state)
                        if about not in told:
                            _empty_here(look, table, path, *about)
                        told.add(about)


def _empty_here(look: Inspection, table: _Table, path: Path, item: str, other: str | None, state: Any) -> None:
    if other is None or item not in table.domains or state not in table.domains.get(other, ()):
        return
    core = why_not(table.demands, table.domains, {other: state, item: None})
    if core:
        answer = phrase("yes" if state else "no") if isinstance(state, bool) else state
        facts = {"item": item, "other": other, "answer": answer, "demands": _said(core)}
        look.warn("item.required_and_empty", _at(table, item, path), **facts)
