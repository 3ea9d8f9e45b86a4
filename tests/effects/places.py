"""Every place at which a world says a key, and other things that could stand there.

A place is a clause, what kind of it (`Analysis[method=cox]`, `Item[type=date]`), and the key. The worlds in which places
are looked for are the accepted examples of the manual and the demonstration trial, so that a key without an example is
told too.
"""

from __future__ import annotations

import copy
import importlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from equipoise.protocol.checking import check_protocol
from equipoise.protocol.document import Protocol
from equipoise.wording import Clause
from tests.effects.more_worlds import GIVEN, LIVELY, MORE
from tests.spec.example import Example
from tests.spec.manual import CHAPTERS
from tests.spec.minimal import minimal_protocol
from tests.spec.rich import RICH

__all__ = ["KINDS", "Found", "at", "changed", "data_of", "find_said", "made_for", "make", "named", "others", "worlds"]

KINDS = ("kind", "method", "type", "severity")
_SPAN = re.compile(r"^(\d+)-(\d+)$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Found:
    """One place in one world: where it stands in the protocol's data; where it is not said, what could be (as JSON)."""

    place: str
    key: str
    world: str
    path: Path
    clause: type[Clause]
    field: str
    optional: bool
    instead: tuple[str, ...] = ()


@cache
def worlds() -> dict[str, Protocol]:
    """The demonstration trial, and it with each change that the manual shows and accepts; doses are given in each."""
    found = {"the demonstration trial": minimal_protocol(RICH, GIVEN)}
    for chapter in CHAPTERS:
        module = importlib.import_module(f"tests.spec.test_{chapter}")
        for made in vars(module).values():
            example: Example | None = getattr(made, "example", None)
            if example is None or example.rows or (example.code and example.severity == "error"):
                continue
            with suppress(ValidationError):  # a trial in one language is put into shape by its reader
                lively = minimal_protocol(RICH, GIVEN, example.text)
                told = check_protocol(lively)
                quiet = not any(finding.severity == "error" for finding in told)
                found[example.sentence] = lively if quiet else minimal_protocol(RICH, example.text)
    return found | {name: minimal_protocol(RICH, GIVEN, change) for name, change in MORE.items()}


@cache
def data_of(world: str) -> dict[str, Any]:
    """A world's protocol as the data that its reader gets: only what was written."""
    return worlds()[world].model_dump(mode="json", by_alias=True, exclude_unset=True)


@cache
def find_said() -> dict[str, tuple[Found, ...]]:
    """Every place that is said, `PLACE.KEY` to where it stands: in the world made for it, the first that has it, then livelier ones.

    Of clauses that say the same, the one in the first world stands for all, and those in the worlds that are made to
    be lively for themselves.
    """
    first: dict[str, list[Found]] = {}
    lively: dict[str, list[Found]] = {}
    unlike: dict[str, list[Found]] = {}
    seen: set[tuple[str, str]] = set()
    for world, protocol in worlds().items():
        own: dict[Path, str] = {}
        for here in _walk(protocol, (), world):
            name = f"{here.place}.{here.key}"
            holder = here.path[:-1]
            said = own[holder] if holder in own else own.setdefault(holder, _own(at(data_of(world), holder)))
            if name not in first:
                first[name] = [here]
            elif (name, said) not in seen:
                unlike.setdefault(name, []).append(here)
            elif world in MORE and not any(one.world == world for one in lively.get(name, ())):
                lively.setdefault(name, []).append(here)
            seen.add((name, said))
    every = {name: [*here, *unlike.get(name, ()), *lively.get(name, ())] for name, here in first.items()}
    return {name: tuple(sorted(here, key=lambda one: one.world != made_for(name))) for name, here in every.items()}


def made_for(name: str) -> str | None:
    """The world in which a place is looked for first, if there is one."""
    return next((world for like, world in LIVELY.items() if re.fullmatch(like, name)), None)


def _own(clause: dict[str, Any]) -> str:
    """What a clause says itself, without the clauses in its lists."""
    own = {
        key: value
        for key, value in clause.items()
        if not (isinstance(value, list) and value and isinstance(value[0], dict))
    }
    return json.dumps(own, sort_keys=True)


def _walk(clause: Clause, path: Path, world: str) -> Iterator[Found]:
    cls = type(clause)
    for field, info in cls.model_fields.items():
        if field not in clause.model_fields_set:
            continue
        key = info.alias or field
        yield Found(named(clause), key, world, (*path, key), cls, field, not info.is_required())
        yield from _within(getattr(clause, field), (*path, key), world)


def _within(value: Any, path: Path, world: str) -> Iterator[Found]:
    if isinstance(value, Clause):
        yield from _walk(value, path, world)
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield from _within(part, (*path, n), world)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _within(part, (*path, name), world)


def named(clause: Clause) -> str:
    """What kind of clause it is: its name, with the words by which its kind is chosen."""
    held = object.__getattribute__(clause, "__dict__")
    kinds = [f"{kind}={held[kind]}" for kind in KINDS if isinstance(held.get(kind), str)]
    return type(clause).__name__.partition("[")[0] + (f"[{', '.join(kinds)}]" if kinds else "")


def at(data: Any, path: Path) -> Any:
    """What stands at `path`."""
    for step in path:
        data = data[step]
    return data


def changed(found: Found, new: Any) -> Protocol | None:
    """The world with something else at the place; None where no protocol has that shape."""
    try:
        return make(found, new)
    except ValidationError:
        return None


def make(found: Found, new: Any) -> Protocol:
    """The world with something else at the place; `...` takes the key away. An assumption is given its source.

    Raises pydantic's error where no protocol has that shape.
    """
    data = copy.deepcopy(data_of(found.world))
    holder = at(data, found.path[:-1])
    if new is ...:
        del holder[found.path[-1]]
    else:
        holder[found.path[-1]] = new
        if new is True and found.key == "assumption":
            holder.setdefault("source", "Judgement")
    return Protocol.model_validate(data)


def others(found: Found) -> Iterator[Any]:
    """What could stand at the place instead, the likeliest first; taking it away last."""
    if found.instead:
        yield from map(json.loads, found.instead)
        return
    old = at(data_of(found.world), found.path)
    annotation = found.clause.model_fields[found.field].annotation
    for literal in _literals(annotation):
        if literal != old:
            yield literal
    yield from _unlike(old, found)
    if found.optional:
        yield ...


def _unlike(old: Any, found: Found) -> Iterator[Any]:
    if isinstance(old, bool):
        yield not old
    elif isinstance(old, (int, float)):
        for new in (old + 1, old * 2, old / 2, old * 1.1, (old + 1) / 2, old - 1, 0.5):
            if new != old:
                yield int(new) if isinstance(old, int) and float(new).is_integer() else new
    elif isinstance(old, str):
        yield from _other_text(old, found)
    elif isinstance(old, list):
        yield from _other_list(old, found)
    elif isinstance(old, dict):
        for name in old:
            for new in _unlike(old[name], found):
                yield {**old, name: new}
        if len(old) > 1:
            yield {name: old[name] for name in list(old)[:-1]}


def _other_text(old: str, found: Found) -> Iterator[Any]:
    if _DAY.match(old):
        yield f"{int(old[:4]) + 1}{old[4:]}"
        yield f"{int(old[:4]) - 1}{old[4:]}"
        return
    if span := _SPAN.match(old):
        yield f"{span[1]}-{int(span[2]) - 1}"
    yield from _neighbors(old, found)
    if re.search(r"[<>=()]| AND | OR ", old) or found.key in ("rule", "when", "where", "computed"):
        yield f"NOT ({old})"
        yield f"({old}) + 1"
        yield f"({old}) AND age > 60"
        yield "age > 61"
    if re.fullmatch("[A-Z]{2}", old):
        yield "US"
    yield f"{old} (other)"
    yield f"{old}x"


def _neighbors(old: str, found: Found) -> Iterator[str]:
    """Other ids of the section in which `old` is an id."""
    protocol = worlds()[found.world]
    sections: list[list[str]] = [
        [one.id for one in getattr(protocol, name)]
        for name in type(protocol).model_fields
        if isinstance(getattr(protocol, name), tuple) and all(hasattr(one, "id") for one in getattr(protocol, name))
    ]
    sections.append(list(protocol.item_by_id))
    sections.append([name for name, variable in protocol.variable_by_id.items() if variable.type == "date"])
    sections.extend([code.code for code in codelist.codes] for codelist in protocol.codelists)
    for section in sections:
        if old in section:
            yield from [one for one in section if one != old][:6]


def _other_list(old: list[Any], found: Found) -> Iterator[Any]:
    if len(old) > 1:
        yield old[:-1]
        yield old[1:]
        yield old[::-1]
    for n, part in enumerate(old):
        if not isinstance(part, list):
            for new in _unlike(part, found):
                yield [*old[:n], new, *old[n + 1 :]]
    if not old:
        yield from ()


def _literals(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    found: list[Any] = []
    for part in get_args(annotation):
        if part is type(None):
            continue
        found.extend(_literals(part) if not isinstance(part, (str, int)) else [])
    return found
