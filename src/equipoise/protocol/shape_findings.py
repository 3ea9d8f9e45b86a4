"""Pydantic's errors, said in the words of a protocol: what stands there, what belongs there, and how to write it.

An error is told by its type, never by pydantic's own sentence, which knows one language and no protocol.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from equipoise.findings import Finding
from equipoise.protocol.anatomy import follow, keys_of, written_in
from equipoise.protocol.document import Protocol
from equipoise.protocol.positions import Path, Positions
from equipoise.protocol.words import finding, near, phrase
from equipoise.wording import Inconsistent, NoSource, Text
from equipoise.words import Language, Phrase

__all__ = ["CHINESE", "explain_shape_error"]

_NUMBER = re.compile(r"^(int|float|finite|decimal)_")
CHINESE = re.compile(r"[\u3400-\u9fff]")
_WHOLE = ("int_from_float", "int_type", "int_parsing")
_TOO_LONG = 10**15  # from here on digits say nothing that their number does not
_BOUNDS = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")


@dataclass(frozen=True, slots=True)
class _Told:
    """A wording and its facts."""

    wording: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Misfit:
    """One of pydantic's errors: its type, the key at which it stands, what is given there, and the type asked for."""

    type: str
    name: str
    given: Any
    kind: Any
    context: dict[str, Any]
    alone: bool = False  # texts are written in one language, each by itself

    def told(self, wording: str, **facts: Any) -> _Told:
        """The wording with what is nearly always told: the key, and what stands there."""
        return _Told(wording, {"name": self.name, "given": _say(self.given), **facts})


def explain_shape_error(
    error: Any,
    path: Path,
    kind: Any,
    positions: Positions,
    root: Any = Protocol,
    languages: Collection[Language] | None = None,
) -> Finding:
    """One Finding for one of pydantic's errors at `path`; `kind` is the type asked for, `root` that of the document.

    `languages` are those in which its texts are written; a protocol says so itself.
    """
    name = next((step for step in reversed(path) if isinstance(step, str)), "protocol")
    alone = len(written_in(positions.data) if languages is None else languages) == 1
    misfit = _Misfit(error["type"], name, error.get("input"), kind, error.get("ctx", {}), alone)
    if misfit.type == "extra_forbidden":
        told = _unknown_key(name, keys_of(follow(root, error["loc"][:-1], positions.data)[1]))
    elif misfit.type == "value_error":
        told = _contradiction(misfit, path)
    else:
        told = _explain(misfit)
    return finding(f"shape.{told.wording}", positions.where(*path), **told.facts)


def _explain(misfit: _Misfit) -> _Told:
    type_, context = misfit.type, misfit.context
    if type_ == "missing":
        return _missing(misfit)
    if misfit.alone and misfit.kind is Text:
        return _text(misfit)
    if misfit.kind is Text or context.get("class_name") == "Text":
        return _one_language(misfit)
    if type_ == "literal_error":
        choices = _choices(misfit.kind, context)
        return misfit.told("unknown_choice", choices=choices, near=near(str(misfit.given), choices))
    if type_.startswith("union_tag"):
        return _kind(misfit)
    if type_.startswith("string_"):
        return _text(misfit)
    if type_.endswith(("tuple_type", "list_type")):
        if isinstance(misfit.given, (str, int)):
            return misfit.told("list_needed", element=str(misfit.given))
        return misfit.told("list_needed/lines")
    if type_ in ("model_type", "model_attributes_type", "dict_type"):
        keys = keys_of(misfit.kind)
        return misfit.told("mapping_needed", keys=keys) if keys else misfit.told("mapping_needed/lines")
    if type_ in _WHOLE:
        return misfit.told("number_needed/whole")
    if _NUMBER.match(type_):
        return misfit.told("number_needed")
    if type_.startswith("bool"):
        return misfit.told("truth_needed")
    if type_ in _BOUNDS:
        bound = phrase(f"bound.{type_}", limit=_short(next(iter(context.values()), "")))
        return misfit.told("out_of_bounds", given=_plain(misfit.given), bound=bound)
    if type_ == "too_short":
        return _Told("too_few", {"name": misfit.name, "least": context.get("min_length", 1)})
    if type_ == "too_long":
        return _Told("too_few/many", {"name": misfit.name, "most": context.get("max_length")})
    return misfit.told("shape", kind=type_)


def _unknown_key(name: str, keys: list[str]) -> _Told:
    return _Told("unknown_key", {"name": name, "near": near(name, keys), "keys": keys})


def _missing(misfit: _Misfit) -> _Told:
    name, kind = misfit.name, misfit.kind
    if name in ("en", "zh"):
        told = {"name": name, "language": phrase(f"language.{name}")}
        if misfit.alone:
            del told["name"]
            return _Told("missing_language/alone", told)
        return _Told("missing_language", told | {"own": "zh" if name == "en" else "en"})
    if kind is Text:
        return _Told("missing" if misfit.alone else "missing/text", {"name": name})
    keys = keys_of(kind)
    if keys and "value" not in keys:
        return _Told("missing/keys", {"name": name, "keys": keys[:6]})
    return _Told("missing", {"name": name})


def _one_language(misfit: _Misfit) -> _Told:
    """A text that is written plainly where both languages belong: which of the two it is, its characters say."""
    if not isinstance(misfit.given, str):
        return misfit.told("not_both_languages/none")
    own, other = ("zh", "en") if CHINESE.search(misfit.given) else ("en", "zh")
    written = {own: misfit.given, other: "..."}
    return misfit.told("not_both_languages", language=phrase(f"language.{other}"), own=own, **written)


def _text(misfit: _Misfit) -> _Told:
    """Text that is none, or that is written as it may not be."""
    given = misfit.given
    if misfit.type == "string_pattern_mismatch":
        return _Told("identifier", {"given": given, "example": _as_identifier(str(given))})
    if misfit.type == "string_too_long":
        facts = {"name": misfit.name, "count": len(str(given)), "most": misfit.context.get("max_length")}
        return _Told("too_long", facts)
    if given is None or misfit.type == "string_too_short":
        return _Told("empty", {"name": misfit.name})
    if isinstance(given, (bool, int, float)):
        return misfit.told("text_needed", plain=_plain(given))
    return misfit.told("text_needed/line")


def _kind(misfit: _Misfit) -> _Told:
    """A clause whose `kind` is missing or unknown."""
    choices = [choice.strip(" '") for choice in str(misfit.context.get("expected_tags", "")).split(",")]
    if not choices[0]:
        choices = [tag for member in get_args(misfit.kind) for tag in _tags(member)]
    tag = misfit.context.get("tag")
    if tag is None:
        return _Told("missing/kind", {"kinds": choices})
    return _Told("unknown_choice/kind", {"given": str(tag), "choices": choices, "near": near(str(tag), choices)})


def _contradiction(misfit: _Misfit, path: Path) -> _Told:
    """What a clause said of itself, in its own words."""
    error = misfit.context.get("error")
    if isinstance(error, NoSource):
        return _Told("assumption_without_source")
    if not isinstance(error, Inconsistent):  # a clause that speaks one language only: what it says is not handed on
        return misfit.told("shape", kind=type(error).__name__)
    if path and isinstance(path[-1], str):
        return _Told("not_consistent", {"name": misfit.name, "said": error.said})
    return _Told("not_consistent/clause", {"said": error.said})


def _choices(kind: Any, context: Any) -> list[str]:
    if get_origin(kind) is Literal:
        return [str(choice) for choice in get_args(kind)]
    expected = str(context.get("expected", ""))
    return re.findall(r"'([^']*)'", expected) or [expected]


def _tags(member: Any) -> list[str]:
    inner = get_args(member)[0] if get_args(member) else member
    tag = getattr(inner, "model_fields", {}).get("kind")
    return [str(one) for one in get_args(tag.annotation)] if tag else []


def _plain(value: Any) -> str:
    """The value as YAML writes it; a number too long to be read, by its power of ten."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)) and _TOO_LONG <= abs(value) < math.inf:
        return f"{Decimal(value):.3e}"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.1f}"
    return str(value)


def _short(limit: Any) -> str:
    """A limit as a person would write it."""
    return f"{limit:.12g}" if isinstance(limit, float) else str(limit)


def _say(value: Any) -> Phrase:
    if value is None:
        return phrase("given.empty")
    if isinstance(value, bool):
        return phrase("given.truth", value=_plain(value))
    if isinstance(value, (int, float)):
        return phrase("given.number", value=_plain(value))
    if isinstance(value, str):
        return phrase("given.text", value=json.dumps(value[:60], ensure_ascii=False))
    return phrase("given.list" if isinstance(value, (list, tuple)) else "given.mapping")


def _as_identifier(text: str) -> str:
    made = re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_")[:60] or "name"
    return made if made[0].isalpha() else f"x{made}" if made[0].isdigit() else f"x_{made}"
