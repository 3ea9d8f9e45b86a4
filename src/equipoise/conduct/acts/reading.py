"""An act from its name and fields, as a command or a file gives them: what is asked, or every fault of it at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from typing import Any, NoReturn

from equipoise.conduct.acts import ACT_BY_NAME, ACT_OF, ACTS, Accepted, Act
from equipoise.conduct.acts.words import finding, phrase, refuse
from equipoise.findings import Finding, Refusal
from equipoise.words import nearest

__all__ = ["act_asked_for", "read_act"]


def read_act(name: str, given: Mapping[str, Any]) -> Act:
    """The act called `name` (a right: screen, record, ...) with its fields; raises Refusal with every fault."""
    given = {str(key): value.isoformat() if isinstance(value, date) else value for key, value in given.items()}
    kind = ACT_BY_NAME.get(name)
    if kind is None:
        _unknown(name)
    known = {field.name: field for field in fields(kind) if field.name not in ACT_OF[kind].made}
    needed = [f.name for f in known.values() if f.default is MISSING and f.default_factory is MISSING]
    told: dict[str, Any] = {"act": name, "fields": tuple(known)}
    found = [finding("act.unknown_field", f"{name}.{key}", **told, field=key) for key in given if key not in known]
    found += [finding("act.missing_field", f"{name}.{key}", **told, field=key) for key in needed if key not in given]
    found += [
        fault
        for key in given
        if key in known and (fault := _shape_fault(name, key, given[key], known[key])) is not None
    ]
    if found:
        raise Refusal(found)
    made: Act = kind(**ACT_OF[kind].read(given))
    return made


def act_asked_for(name: str, given: Mapping[str, Any]) -> Act:
    """The act that waits for a second person: its fields were read when it was asked for, by whatever door."""
    kind = next(one for one in ACTS if one.right == name)
    made: Act = kind.asks(**kind.read(given))
    return made


def _unknown(name: str) -> NoReturn:
    acts = sorted(ACT_BY_NAME)
    if (near := nearest(name, acts)) is not None:
        refuse("act.unknown/near", name, act=name, acts=acts, near=near)
    refuse("act.unknown", name, act=name, acts=acts)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _mapping(value: Any) -> bool:
    return isinstance(value, Mapping) and all(map(_text, value))


def _texts(value: Any) -> bool:
    return _mapping(value) and all(map(_text, value.values()))


def _plain(value: Any) -> bool:
    return not isinstance(value, (Mapping, list, tuple))


def _row_lists(value: Any) -> bool:
    return _mapping(value) and all(
        isinstance(rows, (list, tuple)) and all(map(_mapping, rows)) for rows in value.values()
    )


def _blemishes(value: Any) -> bool:
    asked = {field.name for field in fields(Accepted)}
    return isinstance(value, (list, tuple)) and all(_texts(one) and one.keys() == asked for one in value)


# A field's annotation to what it takes, in words, and whether a value does. Items' own values are read by the form.
_SHAPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "str": ("text", _text),
    **dict.fromkeys(
        ("Category", "Extent", "Ending", "Event", "Says"), ("text", _text)
    ),  # which words, the act itself says
    "int": ("number", _whole),
    "bool": ("truth", _truth),
    "Any": ("value", _plain),
    "Mapping[str, Any]": ("items", _mapping),
    "Mapping[str, str]": ("texts", _texts),
    "Mapping[str, Sequence[Mapping[str, Any]]]": ("rows", _row_lists),
    "tuple[Accepted, ...]": ("blemishes", _blemishes),
}


def _shape_fault(name: str, key: str, value: Any, field: Field[Any]) -> Finding | None:
    """Text where text is asked for, numbers where numbers are, mappings where mappings are."""
    annotation = str(field.type)
    asked, fits = _SHAPES[annotation.removesuffix(" | None")]
    if fits(value) or (value is None and annotation.endswith(" | None")):
        return None
    shown = str(value)[:60]
    return finding("act.field_type", f"{name}.{key}", field=key, value=shown, asked=phrase(f"takes.{asked}"))
