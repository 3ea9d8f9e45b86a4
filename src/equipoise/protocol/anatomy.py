"""What a protocol may hold at each place: from a path that pydantic reports to the clause, its keys and a stand-in.

Knows the types of the document and no document. Pydantic's own paths name union members and the inner `value` of a
plainly written value; neither stands in the file, so both are taken out here.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from equipoise.protocol.positions import Path, child
from equipoise.wording import Language, Sourced, Text, is_calendar_day
from equipoise.words import LANGUAGES

__all__ = ["calendar_days", "follow", "keys_of", "may_lack", "stand_in", "texts_of", "written_in"]


def written_in(data: Any) -> tuple[Language, ...]:
    """The languages in which the texts of a protocol are written, as far as its data say so.

    What is said wrongly has its own Finding; then any text is taken, so that it is told once.
    """
    if not isinstance(data, dict) or data.get("languages") is None:
        return LANGUAGES
    given = data["languages"] if isinstance(data["languages"], list) else [data["languages"]]
    return tuple(language for language in LANGUAGES if language in given) or LANGUAGES[:1]


def strip(annotation: Any) -> Any:
    """The annotation without `Annotated` and without `| None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            members = [a for a in get_args(annotation) if a is not type(None)]
            if len(members) != 1:
                return annotation
            annotation = members[0]
        else:
            return annotation


def follow(root: Any, location: tuple[Any, ...], data: Any) -> tuple[Path, Any]:
    """Pydantic's location as a path in the data, and the type that is asked for at its end (None when unknown)."""
    path: list[str | int] = []
    here, kind = data, root
    for step in location:
        kind = strip(kind)
        if _is_union(kind):
            kind = _member(kind, step)
            continue
        if (
            _is_model(kind)
            and issubclass(kind, Sourced)
            and step == "value"
            and not (isinstance(here, dict) and "value" in here)
        ):
            kind = kind.model_fields["value"].annotation
            continue
        if kind is Text and not isinstance(here, dict):
            break  # written plainly: its languages do not stand in the file
        path.append(step)
        here = child(here, step)
        kind = _part(kind, step)
        if kind is None and not isinstance(here, (dict, list)):
            break
    return tuple(path), strip(kind) if kind is not None else None


def calendar_days(clause: BaseModel, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every day of the calendar that the clause states, with the path at which it stands."""
    here, within = _days_of(type(clause))
    for name, key in here:
        if (day := getattr(clause, name)) is not None:
            yield (*path, key), day
    for name, key in within:
        yield from _within(getattr(clause, name), (*path, key))


def texts_of(clause: Any, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Every text of a clause, with the path at which it stands."""
    if isinstance(clause, Text):
        yield path, clause
    elif isinstance(clause, BaseModel):
        for name, info in type(clause).model_fields.items():
            yield from texts_of(getattr(clause, name), (*path, info.alias or name))
    elif isinstance(clause, (tuple, dict)):
        for step, part in clause.items() if isinstance(clause, dict) else enumerate(clause):
            yield from texts_of(part, (*path, step))


def _within(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, BaseModel):
        yield from calendar_days(value, path)
    elif isinstance(value, (tuple, dict)):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _within(part, (*path, step))


@cache
def _days_of(kind: type[BaseModel]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The fields (name, key) of a clause that are days of the calendar, and those in which some may stand."""
    fields = [(name, info.alias or name, info) for name, info in kind.model_fields.items()]
    here = [(name, key) for name, key, info in fields if is_calendar_day(info.json_schema_extra)]
    within = [(name, key) for name, key, info in fields if any(any(_days_of(one)) for one in _clauses(info.annotation))]
    return here, within


def _clauses(annotation: Any) -> Iterator[type[BaseModel]]:
    if _is_model(annotation):
        yield annotation
    for part in get_args(annotation):
        yield from _clauses(part)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _member(kind: Any, label: Any) -> Any:
    for member in get_args(kind):
        bare_member = strip(member)
        if _is_model(bare_member):
            tag = bare_member.model_fields.get("kind")
            if bare_member.__name__ == label or (tag is not None and label in get_args(tag.annotation)):
                return bare_member
        elif getattr(bare_member, "__name__", "") == label:
            return bare_member
    return None


def _part(kind: Any, step: Any) -> Any:
    if _is_model(kind):
        for name, info in kind.model_fields.items():
            if step in (name, info.alias):
                return info.annotation
        return None
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if get_origin(kind) is tuple:
        members = get_args(kind)
        return (
            members[0]
            if len(members) == 2 and members[1] is Ellipsis
            else (members[step] if isinstance(step, int) and step < len(members) else None)
        )
    return None


def keys_of(kind: Any) -> list[str]:
    """The keys that a clause of this type may hold, as they are written."""
    return [info.alias or name for name, info in kind.model_fields.items()] if _is_model(kind) else []


def may_lack(kind: Any, key: Any) -> bool:
    """Whether a clause of this type (or a mapping, or a list) can do without `key`."""
    if not _is_model(kind):
        return True
    named = [info for name, info in kind.model_fields.items() if key in (name, info.alias)]
    return not named or not named[0].is_required()


def stand_in(kind: Any, number: int) -> Any:
    """A harmless value of the type, so that the rest of a document can still be checked; None when there is none."""
    kind = strip(kind)
    if kind is str:
        return f"stand_in_{number}"
    if kind is Text:
        return {"en": "?", "zh": "？"}
    if kind in (int, float):
        return 1
    if kind is bool:
        return False
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if _is_model(kind) and issubclass(kind, Sourced):
        return stand_in(kind.model_fields["value"].annotation, number)
    if get_origin(kind) is tuple:
        part = stand_in(get_args(kind)[0], number)
        return None if part is None else [part]
    if _is_union(kind):
        made = (stand_in(member, number) for member in get_args(kind))
        return next((one for one in made if one is not None), None)
    if _is_model(kind):
        needed = {
            info.alias or name: stand_in(info.annotation, number)
            for name, info in kind.model_fields.items()
            if info.is_required()
        }
        try:
            kind.model_validate(needed)
        except ValueError:
            return None
        return needed
    return None
