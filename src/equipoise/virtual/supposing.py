"""What a rehearsal supposes where its scenario says nothing: items, logs, endpoints, habits and times, each of them.

Nothing is invented in silence: whoever reads a result of a rehearsal finds here what in it is nobody's assumption.
"""

from __future__ import annotations

from collections.abc import Iterator

from equipoise.design import Outcome, Scenario
from equipoise.design.scenario import Follow
from equipoise.endpoints import kind_of
from equipoise.forms import Form, Item
from equipoise.virtual.defaults import EXTENTS, SILENT
from equipoise.virtual.dosing import followed
from equipoise.virtual.script import items_behind
from equipoise.virtual.trial import VirtualTrial
from equipoise.virtual.values import default_words
from equipoise.virtual.words import phrase
from equipoise.words import Phrase

__all__ = ["supposed"]

_TOLD_OTHERWISE = ("missed_visit", "late_entry_days", "typing_error")


def supposed(plan: VirtualTrial) -> list[Phrase]:
    """Every supposition, in the order: habits and times, items form by form, logs, visits, endpoints."""
    filled = _filled(plan)
    found = [*_habits(plan.scenario), *_times(plan)]
    drawn: set[str] = set()
    for form in plan.protocol.forms:
        if form.id not in filled:
            continue
        items = [item for _, item in form.all_items() if _is_silent(plan, form, item)]
        drawn |= {item.id for item in items}
        if items:
            told = tuple(phrase("item", item=item.id, what=default_words(item)) for item in items)
            found.append(phrase("items", form=form.title, items=told))
    found += _logs(plan, filled)
    return [*found, *_endpoints(plan, drawn, filled)]


def _habits(scenario: Scenario) -> Iterator[Phrase]:
    silent = [name for name in SILENT if getattr(scenario, name) is None and name not in _TOLD_OTHERWISE]
    never = [name for name in silent if SILENT[name] == 0]
    if never:
        yield phrase("silent.never", names=tuple(never))
    if "query_days" in silent:
        yield phrase("silent.query_days", days=SILENT["query_days"])
    if "deviation" in silent:
        yield phrase("silent.deviation", share=SILENT["deviation"])
    if scenario.withdrawal_per_month is None:
        yield phrase("silent.withdrawal")
    elif scenario.withdrawal_per_month.value > 0:
        yield phrase("extents", **{str(name): share for name, share in EXTENTS.items()})
    if scenario.screen_failure is None:
        yield phrase("silent.screen_failure")
    if len(scenario.sites) == 0:
        yield phrase("sites")


def _times(plan: VirtualTrial) -> Iterator[Phrase]:
    """Visits that cannot be held where they stand, and the day on which treatment begins."""
    for visit in plan.visits_after_allocation:
        first = visit.day.value if visit.day is not None else 0
        if visit.anchor == "randomization" and first + visit.window.after < 0:
            yield phrase("visit_before", visit=visit.label, day=first)
    if any(plan.dosings.values()):
        yield phrase("day_1")


def _dated(scenario: Scenario) -> list[Outcome | Follow]:
    return [*scenario.outcomes, *scenario.follows]


def _filled(plan: VirtualTrial) -> set[str]:
    """The forms that somebody fills in: at visits, by outcomes, as what follows, by doses, on leaving."""
    protocol, scenario = plan.protocol, plan.scenario
    filled = {form for visit in protocol.visits if visit.kind == "scheduled" for form in visit.forms}
    filled |= {one.form for one in _dated(scenario)}
    filled |= {dosing.form for dosings in plan.dosings.values() for dosing in dosings}
    return filled | ({plan.form_of_leaving[1]} if plan.form_of_leaving else set())


def _is_silent(plan: VirtualTrial, form: Form, item: Item) -> bool:
    """Whether a default decides the item: no distribution, no rule, no outcome, no plan of doses."""
    scenario, script = plan.scenario, plan.script
    if item.id in script.items or item.computed is not None or item.id in script.untyped(form.id):
        return False
    told = {one.date_item for one in _dated(scenario)}
    told |= {name for one in _dated(scenario) for name in one.sets}
    told |= {dosing.date_item for dosings in plan.dosings.values() for dosing in dosings}
    return item.id not in told and item.id != form.date_item and item.id not in script.doses


def _logs(plan: VirtualTrial, filled: set[str]) -> Iterator[Phrase]:
    """Logs that nothing fills, and doses that are given as planned."""
    for visit in plan.protocol.visits:
        for name in visit.forms if visit.kind == "log" else ():
            if name not in filled:
                yield phrase("log", form=plan.protocol.form_by_id[name].title, log=visit.label)
    given = [
        treatment
        for treatment, by in followed(plan.protocol, None)
        if by.form in filled and {by.given, by.dose} - {None} - plan.script.items.keys()
    ]
    if given:
        yield phrase("doses", treatments=tuple(dict.fromkeys(t.label for t in given)))


def _endpoints(plan: VirtualTrial, drawn: set[str], filled: set[str]) -> Iterator[Phrase]:
    """Endpoints whose values, times or events rest on what was supposed, or on what never comes."""
    for endpoint in plan.protocol.endpoints:
        names = kind_of(endpoint).names(endpoint)
        behind = items_behind(plan.protocol, names, plan.script.items)
        rests = sorted(behind & drawn)
        never = sorted(name for name in behind if plan.protocol.item_by_id[name][0].id not in filled)
        if rests:
            yield phrase("endpoint", endpoint=endpoint.label, items=tuple(rests))
        if never:
            yield phrase("endpoint_never", endpoint=endpoint.label, items=tuple(never))
