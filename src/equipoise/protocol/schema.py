"""JSON Schema 2020-12 of `protocol.yaml` and of the files in `forms/`, so that editors complete and check while typing.

Promises to accept what the reader accepts, plain values among it, and to refuse what the reader refuses for its shape;
whether names resolve and rules fit is for `equipoise check`. Made from the clauses, so that it cannot fall behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from equipoise.design.distribution import Distribution, Spread
from equipoise.forms import Codelist, Form
from equipoise.protocol.document import Protocol
from equipoise.protocol.keys.examples import EXAMPLES
from equipoise.protocol.keys.saying import words_of
from equipoise.wording import Clause, Sourced
from equipoise.words import LANGUAGES

__all__ = ["clauses", "form_schema", "protocol_schema"]

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/"
_ALONE = "InOneLanguage"

# What the clauses check across their own keys, as far as JSON Schema can say it. A key that is null counts as absent.
_GIVEN = {"not": {"type": "null"}}


def _has(*keys: str) -> Schema:
    return {"required": list(keys), "properties": dict.fromkeys(keys, _GIVEN)}


def _is(key: str, value: Any) -> Schema:
    return {"required": [key], "properties": {key: {"const": value}}}


def _not_empty(key: str) -> Schema:
    return {"required": [key], "properties": {key: {"minItems": 1}}}


def _is_scheduled() -> Schema:
    return {"properties": {"kind": {"const": "scheduled"}}}  # also when `kind` is left out


_DATED = {"allOf": [_has("origin"), _not_empty("events"), _not_empty("censoring")]}
_OWN_OF_A_PHASE = ("first_day", "every_days", "count", "days", "times_a_day")
_KINDS = ("value", "choice", "choice_by", "chance", "normal", "lognormal", "uniform", "days_after", "rule")
_ACROSS: dict[str, list[Schema]] = {
    "Item": [{"if": _is("type", "code"), "then": _has("codelist"), "else": {"not": _has("codelist")}}],
    "Form": [{"anyOf": [_not_empty("items"), _not_empty("groups")]}],
    "Variable": [
        {"oneOf": [_has("pick"), _has("rule")]},
        {"if": _is("type", "code"), "then": _has("codelist")},
    ],
    "Visit": [
        {
            "if": _is_scheduled(),
            "then": _has("anchor", "day"),
            "else": {"not": {"anyOf": [_has("day"), _has("repeat"), _not_empty("act")]}},
        }
    ],
    "TimeToEvent": [{"oneOf": [_DATED, _has("duration", "event")]}],
    "Hazard": [{"oneOf": [_has("median_months"), _has("survival", "at_months"), _not_empty("per_month")]}],
    "Distribution": [
        {"oneOf": [_has(kind) for kind in _KINDS]},
        {"if": _has("days_after"), "then": _has("from")},
        {"if": {"anyOf": [_has("min"), _has("max")]}, "then": {"anyOf": [_has("normal"), _has("lognormal")]}},
    ],
    "Design": [{"if": _is("question", "non_inferiority"), "then": _has("margin")}],
    "DrugSchedule": [
        {
            "oneOf": [
                {"allOf": [_has("every_days", "count"), {"not": _not_empty("phases")}]},
                {
                    "allOf": [
                        _not_empty("phases"),
                        {"not": {"anyOf": [{"required": [key]} for key in _OWN_OF_A_PHASE]}},
                    ]
                },
            ]
        }
    ],
    "DoseRule": [
        {
            "if": _is("recommend", "reduce"),
            "then": {"oneOf": [_has("to_percent"), _has("to_dose")]},
            "else": {"not": {"anyOf": [_has("to_percent"), _has("to_dose")]}},
        },
        {"if": _is("recommend", "delay"), "then": _has("days"), "else": {"not": _has("days")}},
    ],
}


_RULES = {
    "rule": ["age >= 18 AND sex IN ('F', 'M')"],
    "when": ["withdrawn"],
    "where": ["ae_grade IN ('3', '4', '5')"],
    "required_when": ["smoker"],
    "shown_when": ["sex = 'F'"],
    "computed": ["ROUND(weight / (height * height), 1)"],
}


def protocol_schema() -> Schema:
    """The schema of `protocol.yaml`."""
    made = _schema_of(Protocol)
    definitions = made.pop("$defs")
    definitions["Protocol"] = made
    definitions |= _in_one_language(definitions)
    return {
        "$schema": _DIALECT,
        "$id": "urn:equipoise:protocol:1",
        "title": "A trial as Equipoise reads it",
        "description": made["description"],
        "if": {"required": ["languages"], "properties": {"languages": {"type": "array", "maxItems": 1}}},
        "then": {"$ref": f"{_REF}Protocol{_ALONE}"},
        "else": {"$ref": f"{_REF}Protocol"},
        "$defs": definitions,
    }


def form_schema(*, alone: bool = False) -> Schema:
    """The schema of a file in `forms/`: one form, a list of forms, or such a list under `forms:` with its codelists.

    `alone`: of a trial that is written in one language.
    """
    made = _schema_of(Form)
    definitions = made.pop("$defs")
    definitions["Form"] = made
    lists = _schema_of(Codelist)
    definitions |= lists.pop("$defs", {})
    definitions["Codelist"] = lists
    several = {"type": "array", "items": {"$ref": f"{_REF}Form"}}
    codelists = {"type": "array", "items": {"$ref": f"{_REF}Codelist"}}
    if alone:
        definitions = {name: definitions[name] for name in definitions} | {
            name.removesuffix(_ALONE): _renamed(part, {f"{one}{_ALONE}": one for one in definitions})
            for name, part in _in_one_language(definitions).items()
        }
    parts = {"codelists": codelists, "forms": several}
    under = {"type": "object", "properties": parts, "required": ["forms"], "additionalProperties": False}
    return {
        "$schema": _DIALECT,
        "$id": "urn:equipoise:form:1:alone" if alone else "urn:equipoise:form:1",
        "title": "Forms as Equipoise reads them",
        "if": {"type": "object"},
        "then": {"if": {"required": ["forms"]}, "then": under, "else": {"$ref": f"{_REF}Form"}},
        "else": several,
        "$defs": definitions,
    }


def _in_one_language(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """The definitions that hold texts, once more for a document of one language, each under a name of its own."""
    holding = {"Text"}
    while more := {name for name, part in definitions.items() if name not in holding and _refers(part, holding)}:
        holding |= more
    names = {name: f"{name}{_ALONE}" if name in holding else name for name in definitions}
    made = {names[name]: _renamed(definitions[name], names) for name in sorted(holding)}
    mapping = definitions["Text"]
    text = {key: mapping[key] for key in ("title", "description")}
    plain = {"type": "string", "minLength": 1}
    either = [{"required": [language]} for language in LANGUAGES]
    written = {key: part for key, part in mapping.items() if key not in ("title", "description", "required")}
    made[f"Text{_ALONE}"] = {**text, "if": {"type": "string"}, "then": plain, "else": {**written, "anyOf": either}}
    return made


def _refers(part: Any, names: set[str]) -> bool:
    if isinstance(part, list):
        return any(_refers(inner, names) for inner in part)
    if not isinstance(part, dict):
        return False
    reference = part.get("$ref")
    if isinstance(reference, str) and reference.removeprefix(_REF) in names:
        return True
    return any(_refers(inner, names) for inner in part.values())


def clauses(root: type[Clause] = Protocol) -> Iterator[type[Clause]]:
    """Every clause that a document of type `root` may hold, each once, in the order in which they are met."""
    met: set[type[Clause]] = set()

    def walk(kind: Any) -> Iterator[type[Clause]]:
        if isinstance(kind, type) and issubclass(kind, Clause):
            if kind in met:
                return
            met.add(kind)
            if not issubclass(kind, Sourced):
                yield kind
            for info in kind.model_fields.values():
                yield from walk(info.annotation)
        for part in get_args(kind):
            yield from walk(part)

    return walk(root)


def _schema_of(root: type[Clause]) -> Schema:
    made = root.model_json_schema(by_alias=True)
    definitions: Schema = made.get("$defs", {})
    names = {name: _readable(name, schema) for name, schema in definitions.items()}
    assert len(set(names.values())) == len(names), "two definitions would be known by one name"
    models = {clause.__name__: clause for clause in clauses(root)}
    written = {names[name]: _clause(schema, models.get(name)) for name, schema in sorted(definitions.items())}
    top = _clause({key: value for key, value in made.items() if key != "$defs"}, root)
    whole: Schema = _renamed({**top, "$defs": written}, names)
    return whole


def _readable(name: str, schema: Schema) -> str:
    """A definition's name as a person would give it: `Sourced_float_` becomes SourcedNumber."""
    if not name.startswith("Sourced_"):
        return name
    value = schema["properties"]["value"]
    if "title" in value and value["title"] != "Value":  # a number of one of the kinds of `wording.bounds`
        return f"Sourced{value['title']}"
    if "$ref" in value:
        return f"Sourced{value['$ref'].removeprefix(_REF)}"
    if value.get("type") == "array":
        return f"SourcedListOf{value['items'].get('$ref', f'{_REF}Name').removeprefix(_REF)}"
    if value.get("type") == "object":
        number: Schema = value.get("additionalProperties") or next(
            iter(value.get("patternProperties", {}).values()), {}
        )
        return "SourcedWeights" if number.get("type") == "integer" else "SourcedRatios"
    words = {"number": "Number", "integer": "WholeNumber", "string": "Line"}
    if "oneOf" in value:
        kinds = {one.get("$ref") for one in value["oneOf"]}
        return "SourcedBoundary" if f"{_REF}BetaBinomial" in kinds else "SourcedScheme"
    return f"Sourced{'Choice' if 'enum' in value else words[value['type']]}"


def _clause(schema: Schema, clause: type[Clause] | None) -> Schema:
    """One clause: without pydantic's own titles, with our sentences, its shortcuts and its conditions."""
    made = _tidy(schema)
    if clause is None:
        return _with_shortcut(made)
    name = clause.__name__
    made["title"] = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    made["description"] = re.sub(r"\s+", " ", clause.__doc__ or "").strip()
    for key, part in made["properties"].items():
        words = words_of(name, key)
        if words:
            part["description"] = words
        if key in _RULES:
            part["examples"] = _RULES[key]
    if name in EXAMPLES:
        made["examples"] = EXAMPLES[name]
    conditions = list(_ACROSS.get(name, ()))
    if "assumption" in made["properties"]:
        conditions.append({"if": _is("assumption", True), "then": _has("source")})
    if conditions:
        made["allOf"] = conditions
    if clause is Spread:
        return {"if": {"type": "object"}, "then": made, "else": _pair(made)}
    return {"if": {"type": "object"}, "then": made, "else": _plain(made)} if clause is Distribution else made


def _pair(made: Schema) -> Schema:
    """What may stand instead of a spread: mean and standard deviation, one after the other."""
    parts = [
        {key: part for key, part in made["properties"][name].items() if key != "description"} for name in ("mean", "sd")
    ]
    return {"type": "array", "prefixItems": parts, "minItems": 2, "maxItems": 2}


def _plain(made: Schema) -> Schema:
    """What may stand instead of a distribution: the value alone."""
    return {**made["properties"]["value"], "not": {"type": ["null", "array"]}}


def _with_shortcut(made: Schema) -> Schema:
    """A value with its standing, or the value alone: the reader takes a mapping with the key `value` for the former."""
    made.pop("title", None)
    made["allOf"] = [{"if": _is("assumption", True), "then": _has("source")}]
    for key, part in made["properties"].items():
        part.setdefault("description", words_of("Sourced", key))
    plain = {key: part for key, part in made["properties"]["value"].items() if key != "description"}
    return {
        "anyOf": [
            {"allOf": [plain], "not": {"type": "object", "required": ["value"]}},
            made,
        ]
    }


def _tidy(part: Any) -> Any:
    """Without titles that only repeat the key, without null as a default, and without what is not JSON Schema."""
    if isinstance(part, list):
        return [_tidy(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    made = {}
    for key, inner in part.items():
        if key == "discriminator" or (key == "default" and inner in (None, [], {}, ())):
            continue
        if key == "title" and isinstance(inner, str):
            continue
        made[key] = {name: _tidy(one) for name, one in inner.items()} if key == "properties" else _tidy(inner)
    return made


def _renamed(part: Any, names: dict[str, str]) -> Any:
    if isinstance(part, list):
        return [_renamed(inner, names) for inner in part]
    if not isinstance(part, dict):
        return part
    return {
        key: f"{_REF}{names.get(inner.removeprefix(_REF), inner.removeprefix(_REF))}"
        if key == "$ref" and isinstance(inner, str)
        else _renamed(inner, names)
        for key, inner in part.items()
    }
