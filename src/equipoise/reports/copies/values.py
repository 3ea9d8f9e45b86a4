"""A stored value as people read it: the label of a code, yes and no, the unit; beside it always what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.reports.copies.words import phrase

if TYPE_CHECKING:
    from equipoise.forms import Item
    from equipoise.protocol.document import Protocol
    from equipoise.words import Language

__all__ = ["form_label", "item_label", "value_text", "visit_label"]


def value_text(protocol: Protocol, item: str, value: Any, language: Language) -> str:
    """The value in words; as it is stored where the protocol no longer knows the item or the code."""
    if value is None:
        return phrase("value.none").in_(language)
    if isinstance(value, bool):
        return phrase("value.yes" if value else "value.no").in_(language)
    known = _item(protocol, item)
    codes = protocol.codelist_by_id.get(known.codelist or "") if known is not None else None
    if codes is not None and (label := next((c.label for c in codes.codes if c.code == value), None)) is not None:
        return phrase("value.code", label=label, code=str(value)).in_(language)
    text = str(value)
    return f"{text} {known.unit}" if known is not None and known.unit else text


def item_label(protocol: Protocol, item: str, language: Language) -> str:
    """The question; its id where the protocol no longer asks it."""
    known = _item(protocol, item)
    return item if known is None else known.label.in_(language)


def form_label(protocol: Protocol, form: str, language: Language) -> str:
    """The title of a form, or its id."""
    known = protocol.form_by_id.get(form)
    return form if known is None else known.title.in_(language)


def visit_label(protocol: Protocol, visit: str, occurrence: int, language: Language) -> str:
    """The visit, with its number where there may be several."""
    known = protocol.visit_by_id.get(visit)
    label = visit if known is None else known.label.in_(language)
    repeated = occurrence > 1 or (known is not None and (known.repeat is not None or known.kind == "log"))
    return phrase("visit.numbered", label=label, n=occurrence).in_(language) if repeated else label


def _item(protocol: Protocol, item: str) -> Item | None:
    known = protocol.item_by_id.get(item)
    return None if known is None else known[2]
