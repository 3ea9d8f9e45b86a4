"""The versions of a protocol as one: what later ones dropped stays, with its end, so that old data can be read.

The newest version says what anything means; what only earlier ones had stands after its old neighbour. Whoever amends
has seen to it that they can be told together. Knows no ledger: who follows which version when is said in `conduct`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeVar

from equipoise.protocol.document import Protocol

__all__ = ["KINDS", "Changes", "changes_between", "elements", "united"]

T = TypeVar("T")
KINDS = ("site", "arm", "form", "item", "codelist", "code", "visit", "visit_form", "variable", "factor", "endpoint")
"""What may come with a version and end with one."""


@dataclass(frozen=True, slots=True)
class Changes:
    """By kind: what a version has and the one before had not, what it lacks, and what it says otherwise."""

    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_data(self) -> dict[str, dict[str, list[str]]]:
        """The same as an entry keeps it."""
        parts = {"added": self.added, "dropped": self.dropped, "changed": self.changed}
        return {name: {kind: list(ids) for kind, ids in part.items()} for name, part in parts.items() if part}


def elements(protocol: Protocol) -> dict[str, dict[str, Any]]:
    """Everything that may come with a version and end with one: by kind, its name to what is said of it.

    A code is named `LIST.CODE` and a form of a visit `VISIT.FORM`.
    """
    return {
        "site": {one.id: one for one in protocol.sites},
        "arm": {one.id: one for one in protocol.arms},
        "form": {one.id: (one.date_item, one.derivations, one.advice, one.checks) for one in protocol.forms},
        "item": {name: (form.id, group, item) for name, (form, group, item) in protocol.item_by_id.items()},
        "codelist": {one.id: None for one in protocol.codelists},
        "code": {f"{one.id}.{code.code}": code for one in protocol.codelists for code in one.codes},
        "visit": {one.id: one.model_copy(update={"forms": ()}) for one in protocol.visits},
        "visit_form": {f"{one.id}.{form}": None for one in protocol.visits for form in one.forms},
        "variable": {one.id: one for one in protocol.variables},
        "factor": {one.id: one for one in protocol.factors},
        "endpoint": {one.id: one for one in protocol.endpoints},
    }


def changes_between(before: Protocol, after: Protocol) -> Changes:
    """What the later of two versions has added, dropped and changed, by kind, in the order of the protocol."""
    old, new = elements(before), elements(after)

    def of(pick: Callable[[Mapping[str, Any], Mapping[str, Any]], Iterable[str]]) -> dict[str, tuple[str, ...]]:
        return {kind: found for kind in KINDS if (found := tuple(pick(old[kind], new[kind])))}

    return Changes(
        added=of(lambda had, has: (name for name in has if name not in had)),
        dropped=of(lambda had, has: (name for name in had if name not in has)),
        changed=of(lambda had, has: (name for name in has if name in had and has[name] != had[name])),
    )


def united(versions: Sequence[Protocol]) -> Protocol:
    """The last version, with what only earlier ones had; the one version itself where there is but one.

    What only earlier ones had is `ended` in the protocol that is returned.
    """
    together = versions[0]
    for one in versions[1:]:
        together = _with_earlier(together, one)
    if together is not versions[-1]:
        newest, all_of_them = elements(versions[-1]), elements(together)
        together.mark_ended({kind: frozenset(all_of_them[kind].keys() - newest[kind].keys()) for kind in KINDS})
    return together


def _with_earlier(old: Protocol, new: Protocol) -> Protocol:
    if old is new:
        return new
    made = new.model_copy(
        update={
            "sites": _merged(old.sites, new.sites),
            "arms": _merged(old.arms, new.arms),
            "dose_rules": _merged(old.dose_rules, new.dose_rules),
            "codelists": _codelists(old, new),
            "forms": _merged(old.forms, new.forms, _one_form),
            "visits": _merged(old.visits, new.visits),
            "variables": _merged(old.variables, new.variables),
            "factors": _merged(old.factors, new.factors),
            "endpoints": _merged(old.endpoints, new.endpoints),
        }
    )
    made.forget_what_was_worked_out()
    return made


def _merged(
    older: Sequence[T],
    newer: Sequence[T],
    join: Callable[[Any, Any], Any] = lambda _old, new: new,
    key: Callable[[Any], str] = lambda one: str(one.id),
) -> tuple[T, ...]:
    """The newer in their order; what only the older have comes after what stood before it."""
    had = {key(one): one for one in older}
    found = [join(had[key(one)], one) if key(one) in had else one for one in newer]
    names = [key(one) for one in found]
    for before, one in pairwise([None, *older]):
        if one is not None and key(one) not in names:
            place = 0 if before is None else names.index(key(before)) + 1
            found.insert(place, one)
            names.insert(place, key(one))
    return tuple(found)


def _one_form(old: Any, new: Any) -> Any:
    items = {item.id for _, item in new.all_items()}
    derived = [one for one in old.derivations if items.isdisjoint(one.gives.values())]
    advised = [one for one in old.advice if items.isdisjoint(one.gives.values())]
    return new.model_copy(
        update={
            "items": _merged(old.items, new.items),
            "groups": _merged(old.groups, new.groups, _one_group),
            "derivations": (*new.derivations, *derived),
            "advice": (*new.advice, *advised),
        }
    )


def _one_group(old: Any, new: Any) -> Any:
    return new.model_copy(update={"items": _merged(old.items, new.items)})


def _codelists(old: Protocol, new: Protocol) -> tuple[Any, ...]:
    """Every list with all the codes that it ever had; an item that takes another list now takes its old codes along."""

    def one_list(had: Any, has: Any) -> Any:
        return has.model_copy(update={"codes": _merged(had.codes, has.codes, key=lambda one: str(one.code))})

    lists = {one.id: one for one in _merged(old.codelists, new.codelists, one_list)}
    for name, (_, _, item) in new.item_by_id.items():
        before = old.item_by_id.get(name)
        had = None if before is None else before[2].codelist
        if had is not None and item.codelist is not None and had != item.codelist:
            lists[item.codelist] = one_list(old.codelist_by_id[had], lists[item.codelist])
    return tuple(lists.values())
