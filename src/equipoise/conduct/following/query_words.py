"""What the system says when it opens or closes a query: the rule's message, the values found, what must hold; in both
languages.

Whoever reads it must understand it without a guideline at hand. Never prints the arm, nor a rule that rests on it, nor
an answer that could identify the person: queries are read by whoever is blinded too (ICH E6(R3) 4.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipoise.conduct.following.words import TABLE, phrase
from equipoise.forms import Check, Codelist, Item
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import names_behind
from equipoise.rules import read_rule
from equipoise.wording import Text
from equipoise.words import Phrase

__all__ = ["found_values", "words_of_closing", "words_of_opening"]


def words_of_opening(protocol: Protocol, check: Check, values: Mapping[str, Any]) -> dict[str, str]:
    """The text of a query: what the check says, what was found, and what must hold. `values` are canonical."""
    message = Phrase(_sentence(check.message.en, "."), _sentence(check.message.zh, "。"))
    found = _found(protocol, check, values)
    # A rule that rests on the arm is not told: whoever is blinded could work the arm out of a query's being there.
    if "arm" in names_behind(protocol, read_rule(check.rule).names):
        return phrase("opening_without_rule", message=message, found=found).in_both()
    return phrase("opening", message=message, found=found, rule=check.rule).in_both()


def words_of_closing(protocol: Protocol, check: Check, values: Mapping[str, Any]) -> dict[str, str]:
    """Why the system closed a query: the check holds, with the values that stand."""
    return phrase("closing", check=check.id, found=_found(protocol, check, values)).in_both()


def found_values(protocol: Protocol, check: Check, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that may be told, by name."""
    return {name: values.get(name) for name in read_rule(check.rule).names if not _is_hidden(protocol, name)}


def _found(protocol: Protocol, check: Check, values: Mapping[str, Any]) -> Phrase:
    pairs = [_name_and_value(protocol, name, values.get(name)) for name in read_rule(check.rule).names]
    told = [pair for pair in pairs if pair is not None]
    return Phrase("; ".join(map(str, told)) or "-", "；".join(pair.in_("zh") for pair in told) or "-")


def _is_hidden(protocol: Protocol, name: str) -> bool:
    known = protocol.item_by_id.get(name)
    return "arm" in names_behind(protocol, (name,)) or (known is not None and known[2].identifying)


def _name_and_value(protocol: Protocol, name: str, value: Any) -> Phrase | None:
    """`Age (age) = 17 years` in both languages; nothing at all where it would tell the arm."""
    if "arm" in names_behind(protocol, (name,)):
        return None
    shown = phrase("hidden") if _is_hidden(protocol, name) else _shown(protocol, name, value)
    return phrase("pair", label=_label(protocol, name), name=name, value=shown)


def _label(protocol: Protocol, name: str) -> Text | Phrase | str:
    clause = _clause(protocol, name)
    if clause is None:
        return phrase(f"built_in.{name}") if f"built_in.{name}" in TABLE.phrases else name
    label: Text = clause.label
    return label


def _clause(protocol: Protocol, name: str) -> Any:
    """The item or variable of that name; None for a built-in."""
    known = protocol.item_by_id.get(name)
    item: Item | None = known[2] if known is not None else None
    return item if item is not None else protocol.variable_by_id.get(name)


def _shown(protocol: Protocol, name: str, value: Any) -> Phrase | str:
    if value is None:
        return phrase("unknown")
    if isinstance(value, bool):
        return phrase("true") if value else phrase("false")
    clause = _clause(protocol, name)
    codelist: Codelist | None = protocol.codelist_by_id.get((clause and clause.codelist) or "")
    code = next((c for c in codelist.codes if c.code == value), None) if codelist is not None else None
    if code is not None:
        return phrase("coded", code=code.code, label=code.label)
    return f"{value} {clause.unit}" if clause is not None and clause.unit else str(value)


def _sentence(text: str, stop: str) -> str:
    """The message with a full stop at its end, whether its author wrote one or not."""
    return text if text.endswith((".", "?", "!", "。", "？", "！")) else text + stop
