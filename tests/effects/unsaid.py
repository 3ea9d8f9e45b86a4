"""The places at which no world says a key that its clause knows: what stands elsewhere is put there.

Whoever writes a protocol may write each key of a clause, whatever its kind. So each of them, at each kind, either counts
or is refused there by `check`; that no example says it is no reason to leave it out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from tests.effects.places import KINDS, Found, at, data_of, find_said, made_for

__all__ = ["find_places"]

MOST = 6
"""Things from elsewhere that are tried at a place, at most; those of `FITTING` are tried first."""

FITTING: dict[str, tuple[Any, ...]] = {
    "conf_type": ("log_log", "log", "plain"),
    "reference": ("A",),
    "shown_when": ("NOT smoker",),
    "when": ("age > 55",),
    "Analysis[method=cumulative_incidence].estimand": ("progressing",),
    "Analysis[method=mean].estimand": ("weighing",),
    **{f"Item[type={kind}].cdash": ("VSORRES",) for kind in ("boolean", "code", "decimal", "integer", "text")},
    "Item[type=qualified_number].cdash": ("LBORRES",),
    "Analysis[method=proportion].estimand": ("harming",),
    "Derivation[method=recist].group": ("lesions",),
    "Item[type=date].computed": ("visit_date",),
    "Item[type=datetime].computed": ("visit_date",),
    "Item[type=partial_date].computed": ("visit_date", "ae_onset"),
    "Item[type=qualified_number].computed": ("ae_marker",),
    "Item[type=text].computed": ("'a'",),
    **{
        f"Item[type={kind}].{limits}": ({"min": "2020-01-01", "max": "2022-06-01"}, {"min": "2000", "max": "2022-06"})
        for kind in ("date", "datetime", "partial_date")
        for limits in ("hard", "soft")
    },
    "Item[type=integer].hard": ({"min": 0, "max": 99},),
    "Item[type=integer].soft": ({"min": 0, "max": 40},),
}
"""What fits a place where nothing from elsewhere does: the rule names what is there, and gives what the type asks for."""


@cache
def find_places() -> dict[str, tuple[Found, ...]]:
    """Every key at every kind of clause, `PLACE.KEY` to where it stands or could: where it is said, only there."""
    said = find_said()
    return {**said, **_unsaid(said)}


def _unsaid(said: Mapping[str, tuple[Found, ...]]) -> dict[str, tuple[Found, ...]]:
    holders: dict[str, dict[tuple[Any, ...], Found]] = {}
    elsewhere: dict[tuple[str, str], list[Any]] = {}
    for one in (one for here in said.values() for one in here):
        holders.setdefault(one.place, {}).setdefault((one.world, *one.path[:-1]), one)
        values = elsewhere.setdefault((_clause(one), one.key), [])
        if (value := at(data_of(one.world), one.path)) not in values:
            values.append(value)
    found: dict[str, tuple[Found, ...]] = {}
    for place, here in holders.items():
        for field, info in next(iter(here.values())).clause.model_fields.items():
            key = info.alias or field
            if (name := f"{place}.{key}") in said or key in KINDS:
                continue
            any_here = next(iter(here.values()))
            values = [v for v in elsewhere.get((_clause(any_here), key), ()) if v != _plain(info.default)]
            fit = tuple(json.dumps(value) for value in (*FITTING.get(name, FITTING.get(key, ())), *values[:MOST]))
            if fit:
                worlds = _first_of_each_world(here.values(), key, field, fit)
                found[name] = tuple(sorted(worlds, key=lambda one: one.world != made_for(name)))
    return found


def _first_of_each_world(holders: Iterable[Found], key: str, field: str, instead: tuple[str, ...]) -> Iterator[Found]:
    worlds: set[str] = set()
    for one in holders:
        if one.world not in worlds:
            worlds.add(one.world)
            yield Found(one.place, key, one.world, (*one.path[:-1], key), one.clause, field, False, instead)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _clause(found: Found) -> str:
    return found.place.partition("[")[0]
