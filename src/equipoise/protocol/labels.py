"""What the names of a protocol are called: arms and their masked letters, items, variables, built-ins, levels.

Both languages at once, as plain data: results and pages carry them so. Knows no record.
"""

from __future__ import annotations

from typing import Any

from equipoise.forms.facets import rule_type
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import item_named

__all__ = ["arm_labels", "arm_order", "describe_name", "level_label"]

Label = dict[str, str]
_TRUTH = {"true": {"en": "yes", "zh": "是"}, "false": {"en": "no", "zh": "否"}}
_BUILT_IN = {"site": "中心", "arm": "组"}


def arm_labels(protocol: Protocol) -> dict[str, Label]:
    """Arm (and masked letter) to its label in both languages."""
    labels: dict[str, Label] = {arm.id: arm.label.model_dump() for arm in protocol.arms}
    for place in range(len(protocol.arms)):
        letter = _letter(place)
        labels[f"masked_{letter}"] = {"en": f"Arm {letter} (masked)", "zh": f"{letter} 组（遮蔽）"}
    return labels


def arm_order(protocol: Protocol, arms: str) -> list[str]:
    """Arms as printed: control first; letters when masked. `arms`: what is shown of them."""
    if arms == "masked":
        return [f"masked_{_letter(place)}" for place in range(len(protocol.arms))]
    return [arm.id for arm in sorted(protocol.arms, key=lambda a: a.role != "control")]


def describe_name(protocol: Protocol, name: str) -> dict[str, Any]:
    """Label in both languages, type, unit and the labels of codes of an item, a variable or a built-in."""
    codelist = None
    if name in protocol.variable_by_id:
        variable = protocol.variable_by_id[name]
        label, type_, unit, codelist = variable.label, variable.type, variable.unit, variable.codelist
    elif (named := item_named(protocol, name)) is not None:
        column = named.column(protocol)
        label, type_, unit = named.item.label, rule_type(column.type), column.unit
        codelist = named.item.codelist
    else:
        factor = next((f for f in protocol.factors if f.id == name), None)
        words = {"en": name, "zh": _BUILT_IN.get(name, name)}
        codes = {s.id: s.name.model_dump() for s in protocol.sites} if name == "site" else {}
        return {"label": factor.label.model_dump() if factor else words, "type": "text", "unit": None, "codes": codes}
    known = protocol.codelist_by_id.get(codelist or "")
    codes = {code.code: code.label.model_dump() for code in known.codes} if known else {}
    return {"label": label.model_dump(), "type": type_, "unit": unit, "codes": codes}


def level_label(level: str, codes: dict[str, Label]) -> Label:
    """A level's label in both languages; yes and no for a boolean; itself when nobody named it."""
    return codes.get(level) or _TRUTH.get(level) or {"en": level, "zh": level}


def _letter(place: int) -> str:
    return chr(ord("A") + place)
