"""Names: each defined once, none that SQL keeps for itself, none that differs from another in case only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from equipoise.forms import Item
from equipoise.forms.facets import facets
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, KEYS
from equipoise.protocol.words import phrase

__all__ = ["check_names"]

Path = tuple[str | int, ...]

# Words that SQL reads as something else when they stand alone in an expression (tried one by one in the rule language).
_OF_SQL = """
all and any as between by case cast current_date current_user else end exists extract false from
group having ilike in interval is join lateral like limit not null offset on or order over select
session_user some struct then trim true union user using values when where with
"""
RESERVED = frozenset(_OF_SQL.split())
_SECTIONS = {
    "sites": "site",
    "consent_parts": "part of the consent",
    "roles": "role",
    "arms": "arm",
    "dose_rules": "dose rule",
    "codelists": "codelist",
    "forms": "form",
    "visits": "visit",
    "factors": "factor",
    "endpoints": "endpoint",
    "sets": "set",
    "estimands": "estimand",
    "analyses": "analysis",
    "safety_rules": "safety rule",
    "scenarios": "scenario",
}


def check_names(look: Inspection) -> None:
    """Every id of the protocol."""
    for noun, path, parts in _spaces(look.protocol):
        _once(look, noun, ((part.id, (*path, i)) for i, part in enumerate(parts)))
    _once(look, "name in rules", (*_rule_names(look), *_facet_names(look)))
    made = (
        (one.id, ("forms", i, "derivations", j))
        for i, form in enumerate(look.protocol.forms)
        for j, one in enumerate(form.derivations)
    )
    _once(look, "derivation", made)
    _codes(look)
    _reserved(look)


def _spaces(protocol: Protocol) -> Iterator[tuple[str, Path, Iterable[Any]]]:
    """Each list of parts whose ids must differ, with the noun for one of them and the path of the list."""
    for section, noun in _SECTIONS.items():
        yield noun, (section,), getattr(protocol, section)
    if protocol.eligibility:
        yield "criterion", ("eligibility", "criteria"), protocol.eligibility.criteria
    yield "section of the narrative", ("narrative",), protocol.narrative
    for i, form in enumerate(protocol.forms):
        yield "check of the form", ("forms", i, "checks"), form.checks
        yield "group of the form", ("forms", i, "groups"), form.groups
    for i, arm in enumerate(protocol.arms):
        yield "treatment of the arm", ("arms", i, "regimen"), arm.regimen
    for i, endpoint in enumerate(protocol.endpoints):
        if endpoint.kind == "time_to_event":
            yield "event source", ("endpoints", i, "events"), endpoint.events
            yield "censoring", ("endpoints", i, "censoring"), endpoint.censoring
    for i, estimand in enumerate(protocol.estimands):
        yield "intercurrent event", ("estimands", i, "intercurrent"), estimand.intercurrent
    for i, scenario in enumerate(protocol.scenarios):
        yield "outcome", ("scenarios", i, "outcomes"), scenario.outcomes


def _codes(look: Inspection) -> None:
    for i, codelist in enumerate(look.protocol.codelists):
        named = ((code.code, ("codelists", i, "codes", j)) for j, code in enumerate(codelist.codes))
        _once(look, "code of the codelist", named)


def _rule_names(look: Inspection) -> Iterator[tuple[str, Path]]:
    """Items and variables: they share one space of names, because rules name them alike."""
    for i, form in enumerate(look.protocol.forms):
        yield from ((item.id, ("forms", i, "items", j)) for j, item in enumerate(form.items))
        for g, group in enumerate(form.groups):
            yield from ((item.id, ("forms", i, "groups", g, "items", j)) for j, item in enumerate(group.items))
    yield from ((variable.id, ("variables", i)) for i, variable in enumerate(look.protocol.variables))


def _facet_names(look: Inspection) -> Iterator[tuple[str, Path]]:
    """The names of facets of values. An item goes before a `_utc`: it may be older than that facet."""
    for i, form in enumerate(look.protocol.forms):
        lists: list[tuple[Iterable[Item], Path]] = [(form.items, ("forms", i, "items"))]
        lists += [(group.items, ("forms", i, "groups", g, "items")) for g, group in enumerate(form.groups)]
        for items, path in lists:
            for j, item in enumerate(items):
                yield from ((facet.name, (*path, j)) for facet in facets(item) if facet.key != "utc")


def _once(look: Inspection, noun: str, named: Iterable[tuple[str, Path]]) -> None:
    first: dict[str, Path] = {}
    for name, path in named:
        if name not in first:
            first[name] = path
            continue
        where = look.positions.where(*first[name])
        look.add("name.duplicate", path, name=name, noun=phrase(f"noun.{noun}"), first=where)


def _reserved(look: Inspection) -> None:
    folded: dict[str, str] = {name.lower(): name for name in BUILT_INS}
    for name, path in _rule_names(look):
        other = folded.setdefault(name.lower(), name)
        if name in BUILT_INS:
            look.add("name.built_in", path, name=name, built_ins=sorted(BUILT_INS))
        elif name in KEYS:
            look.add("name.reserved", path, name=name, columns=KEYS)
        elif name.lower() in RESERVED:
            look.add("name.reserved/sql", path, name=name)
        elif other != name:
            look.warn("name.case", path, name=name, other=other)
