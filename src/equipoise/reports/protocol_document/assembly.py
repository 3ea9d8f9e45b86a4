"""The whole document: title, items of SPIRIT 2025 in their order, appendices; one value that both formats print."""

from __future__ import annotations

from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.reports.protocol_document.assignment import render_assignment
from equipoise.reports.protocol_document.blocks import Block, Chapter, Document, Paragraph, Part, Span, plain
from equipoise.reports.protocol_document.closing import (
    item_state,
    render_assumptions,
    render_checklist,
    render_dictionaries,
    render_identity,
    render_sources,
)
from equipoise.reports.protocol_document.data_and_statistics import render_data_and_statistics
from equipoise.reports.protocol_document.ethics import render_ethics
from equipoise.reports.protocol_document.forms_appendix import render_codelists, render_forms, render_variables
from equipoise.reports.protocol_document.front_matter import render_front_matter
from equipoise.reports.protocol_document.outcomes import render_outcomes
from equipoise.reports.protocol_document.page import Assumption, Page, begin_page
from equipoise.reports.protocol_document.participants import render_participants
from equipoise.reports.protocol_document.sample_size import render_sample_size
from equipoise.reports.protocol_document.scenarios_appendix import render_scenarios
from equipoise.reports.protocol_document.schedule import render_schedule
from equipoise.reports.protocol_document.spirit import SECTIONS, Topic
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["assemble", "list_assumptions"]


@literals_checked
def assemble(protocol: Protocol, language: Language) -> Document:
    """The document of a checked protocol in one language."""
    page = begin_page(protocol, language)
    study = protocol.study
    blocks = _items(page)
    chapters = [
        Chapter(section.id, section.title(language), tuple(_item(page, item, blocks) for item in section.items))
        for section in SECTIONS
    ]
    chapters.append(Chapter("appendices", page.w["appendices"], _appendices(page, blocks)))
    registrations = [f"{name} {value}" for name, value in study.registrations.items() if name != "sponsor"]
    version = page.say("version_of", version=study.version, date=study.date)
    return Document(
        language,
        page.w["document_kind_one" if len(protocol.arms) == 1 else "document_kind"],
        page.words(study.title),
        " · ".join([page.words(study.short), version, *registrations]),
        " · ".join([study.id, version, protocol_digest(protocol)[:12]]),
        page.w["contents"],
        tuple(_lead(page, blocks)),
        tuple(chapters),
    )


@literals_checked
def list_assumptions(protocol: Protocol, language: Language) -> list[Assumption]:
    """The assumptions of a protocol, numbered as its document numbers them."""
    page = begin_page(protocol, language)
    _appendices(page, _items(page))
    return page.register.listed


_RENDERERS = (
    render_front_matter,
    render_participants,
    render_outcomes,
    render_schedule,
    render_sample_size,
    render_assignment,
    render_data_and_statistics,
    render_ethics,
)


def _items(page: Page) -> dict[str, list[Block]]:
    """Blocks by item, made in the order of the items: assumptions are numbered as they are met."""
    blocks: dict[str, list[Block]] = {}
    for render in _RENDERERS:
        blocks |= render(page)
    return blocks


def _item(page: Page, item: Topic, blocks: dict[str, list[Block]]) -> Part:
    said = blocks.get(item.number) or [page.missing()]
    return Part(item.number, f"item-{item.number}", item.title(page.language), tuple(said))


def _appendices(page: Page, blocks: dict[str, list[Block]]) -> tuple[Part, ...]:
    made = (
        ("forms", render_forms(page) if page.protocol.forms else []),
        ("codelists", render_codelists(page)),
        ("variables", render_variables(page)),
        ("scenarios", render_scenarios(page)),
        ("dictionaries", render_dictionaries(page)),
        ("assumptions", render_assumptions(page)),
        ("sources", render_sources(page)),
        ("checklist", render_checklist(page, blocks)),
        ("identity", render_identity(page)),
    )
    kept = [(name, found) for name, found in made if found]
    return tuple(
        Part(chr(ord("A") + place), name, page.w[f"appendix_{name}"], tuple(found))
        for place, (name, found) in enumerate(kept)
    )


def _lead(page: Page, blocks: dict[str, list[Block]]) -> list[Block]:
    """Before everything else: what is assumed, and what is not said."""
    said: list[Block] = []
    if page.register.listed:
        words = page.say("assumptions_notice", n=len(page.register.listed))
        line = (*plain(words), Span(page.w["appendix_assumptions"], "ref", "assumptions"), *plain(page.w["stop"]))
        said.append(Paragraph(line, "warning"))
    silent = [i for s in SECTIONS for i in s.items if item_state(blocks.get(i.number, ())) == "not_stated"]
    if silent:
        line = plain(page.w["silent"])
        for place, item in enumerate(silent):
            line += (*plain(page.w["list"] if place else ""), Span(item.number, "ref", f"item-{item.number}"))
        said.append(Paragraph((*line, *plain(page.w["stop"])), "warning"))
    return said
