"""Derivations: the rule exists in the version named, takes what it is given, and its answer fits what it fills in."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from typing import Any

from equipoise.findings import Refusal
from equipoise.forms import Derivation, Form, Item
from equipoise.forms.facets import rule_type
from equipoise.medicine.catalogue import METHODS, method_of
from equipoise.medicine.meanings import said
from equipoise.medicine.method import Method, Option, Port
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.scope import BUILT_INS
from equipoise.protocol.words import listed, phrase, what_of
from equipoise.units import convert
from equipoise.words import Phrase

__all__ = ["check_derivations", "needs_of"]

Path = tuple[str | int, ...]
_HELD_BY = {
    "decimal": ("decimal", "integer"),
    "integer": ("integer", "decimal"),
    "text": ("text", "code"),
    "code": ("code", "text"),
}


def check_derivations(look: Inspection) -> None:
    """Every derivation of every form."""
    filled: dict[str, str] = {}
    for i, form in enumerate(look.protocol.forms):
        for j, derivation in enumerate(form.derivations):
            _one(look, form, derivation, ("forms", i, "derivations", j), filled)


def needs_of(form: Form) -> dict[str, tuple[str, ...]]:
    """Each derived item of the form, and the items that it follows from."""
    found: dict[str, tuple[str, ...]] = {}
    for one in form.derivations:
        found.update((name, one.rests_on()) for name in one.gives.values())
    return found


def _one(look: Inspection, form: Form, one: Derivation, path: Path, filled: dict[str, str]) -> None:
    method = method_of(one.method)
    if method is None:
        look.refer((*path, "method"), one.method, METHODS, "medical rule")
        return
    _version(look, one, method, path)
    if one.group is not None and (
        not look.refer((*path, "group"), one.group, {g.id for g in form.groups}, "group of this form")
    ):
        return
    if one.group is not None and (method.looks_back or method.rows):
        look.add("derivation.group", (*path, "group"), method=one.method, group=one.group)
    _inputs(look, form, one, method, path)
    _rows(look, form, one, method, path)
    _options(look, one, method, path)
    _gives(look, form, one, method, path, filled)


def _version(look: Inspection, one: Derivation, method: Method, path: Path) -> None:
    if one.version is None:
        if len(method.versions) > 1:
            look.add("derivation.version", path, method=one.method, versions=method.versions)
        return
    here = (*path, "version")
    if not method.versions:
        look.add("derivation.version/none", here, method=one.method, version=one.version)
    elif one.version not in method.versions:
        # No spelling is suggested: another number is another version, and which one was used only the trial knows.
        facts = {"method": one.method, "version": one.version, "versions": method.versions}
        look.add("derivation.version/unknown", here, **facts)


def _inputs(look: Inspection, form: Form, one: Derivation, method: Method, path: Path) -> None:
    here = {item.id: group for group, item in form.all_items()}
    for port, name in one.inputs.items():
        at = (*path, "inputs", port)
        if not look.refer(at, port, method.inputs, "input of", method=one.method):
            continue
        if name in BUILT_INS:
            _typed(look, at, name, BUILT_INS[name].type, None, frozenset(), port, method.inputs[port])
            continue
        if not look.refer(at, name, look.protocol.item_by_id, "item"):
            continue
        _, group, item = look.protocol.item_by_id[name]
        if group is not None and (name not in here or group != one.group):
            look.add("derivation.many", at, item=name, group=group)
            continue
        _typed(look, at, name, rule_type(item.type), item.unit, _codes(look, item), port, method.inputs[port])
    _lacking(look, path, "inputs", one.inputs, method.inputs, one.method)


def _rows(look: Inspection, form: Form, one: Derivation, method: Method, path: Path) -> None:
    groups = {group.id: {item.id: item for item in group.items} for group in form.groups}
    for port, given in one.rows.items():
        at = (*path, "rows", port)
        if port not in method.rows:
            look.refer(at, port, method.rows, "table of rows of", method=one.method)
            continue
        if not look.refer((*at, "group"), given.group, groups, "group of this form"):
            continue
        ports = method.rows[port]
        for field, name in given.fields.items():
            here = (*at, "fields", field)
            if not look.refer(here, field, ports, "field of", port=port):
                continue
            if look.refer(here, name, groups[given.group], "item of group", group=given.group):
                item = groups[given.group][name]
                _typed(look, here, name, rule_type(item.type), item.unit, _codes(look, item), field, ports[field])
        _lacking(look, at, "fields", given.fields, ports, f"{one.method}.{port}")


def _options(look: Inspection, one: Derivation, method: Method, path: Path) -> None:
    for name, value in one.options.items():
        at = (*path, "options", name)
        option = method.options.get(name)
        if option is None:
            look.refer(at, name, method.options, "option of", method=one.method)
        elif option.type == "visits":
            for visit in value if isinstance(value, tuple) else (value,):
                look.refer(at, str(visit), look.protocol.visit_by_id, "visit")
        elif fault := _option_fault(option, value):
            facts = {"option": name, "value": value, "fault": fault, "meaning": said(option.meaning)}
            look.add("derivation.option", at, **facts)
    lacking = [name for name, option in method.options.items() if option.required and name not in one.options]
    if lacking:
        meanings = _meanings({name: method.options[name].meaning for name in lacking})
        look.add("derivation.lacks/options", path, method=one.method, names=lacking, meanings=meanings)


def _option_fault(option: Option, value: Any) -> Phrase | None:
    """Why the value does not do; nothing when it does."""
    fits: Mapping[str, bool] = {
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "decimal": isinstance(value, (int, float)) and not isinstance(value, bool),
        "boolean": isinstance(value, bool),
        "text": isinstance(value, str),
        "texts": isinstance(value, tuple),
    }
    if not fits[option.type]:
        return phrase(f"option.{option.type}")
    given = value if isinstance(value, tuple) else (value,)
    if option.codes and any(one not in option.codes for one in given):
        return phrase("option.codes", codes=option.codes)
    if option.above is not None and not option.above < value < math.inf:
        return phrase("option.above", limit=option.above)
    if option.up_to is not None and not value <= option.up_to:
        return phrase("option.up_to", limit=option.up_to)
    if option.pattern is not None:
        strange = [str(text) for text in given if not re.fullmatch(option.pattern, str(text))]
        if strange:
            return phrase("option.pattern", strange=strange)
    return None


def _gives(look: Inspection, form: Form, one: Derivation, method: Method, path: Path, filled: dict[str, str]) -> None:
    of = {item.id: (group, item) for group, item in form.all_items()}
    for port, name in one.gives.items():
        at = (*path, "gives", port)
        if not look.refer(at, port, method.outputs, "output of", method=one.method):
            continue
        own = [n for n, (group, _) in of.items() if group == one.group]
        noun = phrase("noun.item of group", group=one.group) if one.group else "single item of this form"
        if not look.refer(at, name, own, noun):
            continue
        item = of[name][1]
        other = filled.setdefault(name, one.id)
        if item.computed is not None or other != one.id or list(one.gives.values()).count(name) > 1:
            computed = item.computed is not None
            by = phrase("filled.rule") if computed else phrase("filled.derivation", derivation=other)
            look.add("derivation.twice", at, item=name, other=by)
        _holds(look, at, item, port, method.outputs[port])


def _holds(look: Inspection, at: Path, item: Item, port: str, output: Port) -> None:
    """Whether an item can hold what comes out."""
    if item.type not in _HELD_BY.get(output.type, (output.type,)):
        look.add("derivation.type", at, item=item.id, type=item.type, port=port, gives=output.type)
        return
    _unit(look, at, item.id, item.unit, port, output)
    codes = _codes(look, item)
    if item.type == "code" and codes and (strange := [c for c in output.codes if c not in codes]):
        facts = {"item": item.id, "strange": strange, "port": port, "codes": output.codes}
        look.add("derivation.codes", at, codelist=item.codelist, **facts)


def _typed(
    look: Inspection, at: Path, name: str, type_: str, unit: str | None, codes: frozenset[str], port: str, asked: Port
) -> None:
    """Whether a method can take what a name holds."""
    if type_ not in _HELD_BY.get(asked.type, (asked.type,)):
        facts = {"name": name, "type": type_, "port": port, "takes": asked.type, "meaning": said(asked.meaning)}
        look.add("derivation.type/input", at, **facts)
        return
    if type_ in ("integer", "decimal"):
        _unit(look, at, name, unit, port, asked)
    if asked.codes and type_ == "code" and (strange := sorted(codes - set(asked.codes))):
        look.add("derivation.codes/input", at, name=name, strange=strange, port=port, codes=asked.codes)


def _unit(look: Inspection, at: Path, name: str, unit: str | None, port: str, asked: Port) -> None:
    if unit == asked.unit or asked.any_unit:
        return
    if unit is None:
        look.add("unit.mismatch/without", at, name=name, port=port, asked=asked.unit)
        return
    if asked.unit is None:
        look.add("unit.mismatch/pure", at, name=name, unit=unit, port=port)
        return
    try:
        convert(1.0, unit, asked.unit, asked.analyte)
    except Refusal as refusal:
        facts = {"name": name, "unit": unit, "port": port, "asked": asked.unit, "fault": what_of(refusal.findings[0])}
        look.add("unit.mismatch/quantity", at, **facts)


def _lacking(
    look: Inspection, path: Path, key: str, given: Collection[str], ports: Mapping[str, Port], method: str
) -> None:
    lacking = [name for name, port in ports.items() if port.required and name not in given]
    if lacking:
        meanings = _meanings({name: ports[name].meaning for name in lacking})
        look.add("derivation.lacks", path, method=method, names=lacking, meanings=meanings, key=key)


def _meanings(meanings: Mapping[str, str]) -> Phrase:
    """What each of the names means."""
    return listed(phrase("meaning", name=name, meaning=said(meaning)) for name, meaning in meanings.items())


def _codes(look: Inspection, item: Item) -> frozenset[str]:
    codelist = look.protocol.codelist_by_id.get(item.codelist or "")
    return frozenset(code.code for code in codelist.codes) if codelist else frozenset()
