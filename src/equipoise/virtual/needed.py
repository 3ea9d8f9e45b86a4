"""Which forms must be filled in before a question about virtual people can be answered: those it rests on, and theirs.

Whoever only counts people needs not fill in the others: each form has chance of its own, so that one that is left out
changes nothing in those that do not rest on it. A twin holds the people drawn either way together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from equipoise.forms import Form
from equipoise.rules import names_of
from equipoise.virtual.script import Script, items_behind
from equipoise.virtual.trial import VirtualTrial

__all__ = ["forms_needed"]


def forms_needed(plan: VirtualTrial, names: Iterable[str]) -> frozenset[str]:
    """The forms on which the names, the criteria and the visits before the allocation rest, as people are drawn."""
    clause = plan.protocol.eligibility
    rules = [criterion.rule for criterion in (clause.criteria if clause else ())]
    rules += [v.when for v in (*plan.screening_visits, *plan.visits_before_allocation) if v.when is not None]
    waiting = {*names, *(name for rule in rules for name in names_of(rule))}
    found: set[str] = set()
    while waiting:
        items = items_behind(plan.protocol, waiting, plan.script.items)
        fresh = {plan.protocol.item_by_id[item][0].id for item in items} - found
        found |= fresh
        forms = [plan.protocol.form_by_id[form] for form in fresh]
        if any(form.advice for form in forms):  # a dose may be advised by anything that was recorded
            return frozenset(form.id for form in plan.protocol.forms)
        waiting = {name for form in forms for name in _rests_on(form, plan.script)}
    return frozenset(found)


def _rests_on(form: Form, script: Script) -> Iterator[str]:
    """What filling in a form asks for: its rules, its checks, its medical rules, and how the scenario answers it."""
    for _, item in form.all_items():
        for rule in (item.shown_when, item.required_when, item.computed):
            yield from names_of(rule) if rule else ()
        how = script.items.get(item.id)
        if how is not None:
            yield from (name for _, rule in how.rules() for name in names_of(rule))
            yield from names_of(how.from_) if how.from_ else ()
    for check in form.checks:
        yield from names_of(check.rule) if check.severity != "query" else ()
    for derivation in form.derivations:
        yield from derivation.rests_on()
    for group in form.groups:
        how = script.rows.get(group.id)
        yield from (name for _, rule in how.rules() for name in names_of(rule)) if how is not None else ()
