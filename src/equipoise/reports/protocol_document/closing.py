"""The end of the document: checklist, assumptions, sources, dictionaries, identity.

The checklist is counted from the document itself: an item is stated when something but missing parts stands under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from equipoise import __version__
from equipoise.protocol.identity import protocol_digest
from equipoise.reports.protocol_document.blocks import Block, Line, Paragraph, Row, Span, TableBlock, cell, plain
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.spirit import SECTIONS
from equipoise.wording import Sourced, Text

__all__ = [
    "item_state",
    "not_marked",
    "render_assumptions",
    "render_checklist",
    "render_dictionaries",
    "render_identity",
    "render_sources",
]

# Nearly all that a protocol holds, and never an assumption: passed by without a name.
_NO_CLAUSES = frozenset({str, int, float, bool, type(None), Text})


def item_state(blocks: Sequence[Block]) -> str:
    """`stated`, `in_part` or `not_stated`."""
    missing = [isinstance(block, Paragraph) and block.kind == "missing" for block in blocks]
    if all(missing):
        return "not_stated"
    return "in_part" if any(missing) else "stated"


def render_checklist(page: Page, parts: Mapping[str, Sequence[Block]]) -> list[Block]:
    """Every item of SPIRIT 2025 and whether this protocol states it."""
    rows: list[Row] = []
    for section in SECTIONS:
        rows.append(Row((cell(section.title(page.language)),), group=True))
        for item in section.items:
            state = item_state(parts.get(item.number, ()))
            said = Span(page.w[f"state_{state}"], "" if state == "stated" else "bold")
            link = Span(item.title(page.language), "ref", f"item-{item.number}")
            rows.append(Row((cell(item.number), cell((link,)), cell((said,)))))
    heads = (page.w["number"], page.w["spirit_item"], page.w["state"])
    return [
        Paragraph(plain(page.w["checklist_lead"])),
        TableBlock(page.w["checklist_caption"], heads, tuple(rows), (10, 60, 30), dense=True),
    ]


def render_assumptions(page: Page) -> list[Block]:
    """Every assumption of the protocol, in the order of the document; what the document did not show comes last."""
    for path, clause in not_marked(page):
        page.standing(clause, path, str(getattr(clause, "value", "")))
    listed = page.register.listed
    if not listed:
        return [Paragraph(plain(page.w["no_assumptions"]))]
    rows = []
    for one in listed:
        note = (Span(one.note, "small"),) if one.note else ()
        rows.append(
            Row(
                (cell(f"A{one.number}"), cell(one.what), cell(one.value, note), cell(page.foreign(one.source))),
                id=one.id,
            )
        )
    heads = (page.w["number"], page.w["what"], page.w["value"], page.w["source_head"])
    lead = Paragraph(plain(page.say("assumptions_lead", n=len(listed))))
    return [lead, TableBlock(page.w["assumptions_caption"], heads, tuple(rows), (7, 27, 27, 39), dense=True)]


def not_marked(page: Page) -> list[tuple[str, Any]]:
    """Assumptions that no part of the document has marked, with their place in the protocol."""
    found: list[tuple[str, Any]] = []

    def look(value: Any, path: str) -> None:
        if isinstance(value, BaseModel):
            if getattr(value, "assumption", False) and not page.register.holds(value):
                found.append((path, value))
            sourced = isinstance(value, Sourced)
            for name in type(value).model_fields:
                if type(inner := getattr(value, name)) not in _NO_CLAUSES:
                    look(inner, path if sourced else f"{path}.{name}".strip("."))
        elif isinstance(value, (tuple, list)):
            for place, inner in enumerate(value):
                if type(inner) not in _NO_CLAUSES:
                    look(inner, f"{path}.{getattr(inner, 'id', place)}")
        elif isinstance(value, dict):
            for key, inner in value.items():
                if type(inner) not in _NO_CLAUSES:
                    look(inner, f"{path}.{key}")

    look(page.protocol, "")
    return found


def render_sources(page: Page) -> list[Block]:
    """The list of sources that the keys lead to."""
    sources = page.protocol.study.sources
    if not sources:
        return [Paragraph(plain(page.w["no_sources"]))]
    rows = tuple(
        Row((cell(key), cell(page.foreign_plain(words))), id=f"source-{key}") for key, words in sources.items()
    )
    return [TableBlock(page.w["sources_caption"], (page.w["key"], page.w["source_head"]), rows, (10, 90), dense=True)]


def render_dictionaries(page: Page) -> list[Block]:
    """Dictionaries and their versions."""
    named = page.protocol.dictionaries.named()
    if not named:
        return [Paragraph(plain(page.w["no_dictionaries"]))]
    return [page.facts(*((f"dictionary_{kind}", _version(page, kind, name)) for kind, name in named.items()))]


def _version(page: Page, kind: str, name: str) -> Line:
    what = f"{page.w['dictionaries']}{page.w['colon']}{page.w[f'dictionary_{kind}']}"
    return (*page.foreign(name), *page.standing(getattr(page.protocol.dictionaries, kind), what, name))


def render_identity(page: Page) -> list[Block]:
    """What this document was made from, and by what."""
    study = page.protocol.study
    return [
        page.facts(
            ("identifier", study.id),
            ("version", f"{study.version} ({study.date})"),
            ("digest", (Span(protocol_digest(page.protocol), "code"),)),
            ("software", f"Equipoise {__version__}"),
            ("language_of_protocol", page.say("language_version", n=page.protocol.equipoise)),
            ("followed", "SPIRIT 2025"),
        )
    ]
