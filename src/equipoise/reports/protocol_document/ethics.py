"""Items 29 to 34: monitoring of sites, approval, amendments, consent, confidentiality, care."""

from __future__ import annotations

from typing import Any

from equipoise.protocol.document import PartOfConsent
from equipoise.reports.protocol_document.blocks import Block, Paragraph, Row, TableBlock, cell, plain
from equipoise.reports.protocol_document.front_matter import roles_that
from equipoise.reports.protocol_document.page import Page

__all__ = ["render_ethics"]


def render_ethics(page: Page) -> dict[str, list[Block]]:
    """Blocks by item number."""
    return {
        "30": [*page.narrative("ethics")],
        "31": _amendments(page),
        "32a": _consent(page),
        "33": _confidentiality(page),
    }


def _amendments(page: Page) -> list[Block]:
    study = page.protocol.study
    may = page.facts(("who_amends", roles_that(page, "amend") or page.w["nobody"]))
    if not study.amendments:
        return [Paragraph(plain(page.say("no_amendments", version=study.version))), may]
    rows = tuple(Row((cell(a.version), cell(a.date), cell(page.text(a.summary)))) for a in study.amendments)
    heads = (page.w["version"], page.w["date"], page.w["change"])
    return [TableBlock(page.w["amendments_caption"], heads, rows, (15, 20, 65)), may]


def _consent(page: Page) -> list[Block]:
    said_of_it = page.narrative("consent")
    version = page.protocol.consent_version
    said = page.foreign(version.value)
    standing = page.standing(version, page.w["consent_version"], version.value)
    who = roles_that(page, "consent") or page.w["nobody"]
    facts: list[tuple[str, Any]] = [("who_consents", who), ("consent_version", (*said, *standing))]
    if page.protocol.consent_parts:
        facts.append(("consent_parts", page.listed([_part(page, part) for part in page.protocol.consent_parts])))
    return [*said_of_it, page.facts(*facts)]


def _part(page: Page, part: PartOfConsent) -> str:
    """A part of the consent, and the forms that need it."""
    label = page.words(part.label)
    forms = [page.words(form.title) for form in page.protocol.forms if form.consent_part == part.id]
    return page.say("part_forms", part=label, forms=page.listed(forms)) if forms else label


def _confidentiality(page: Page) -> list[Block]:
    marked = [item for _, _, item in page.protocol.item_by_id.values() if item.identifying]
    names = page.listed([page.words(item.label) for item in marked])
    line = plain(page.say("identifying", items=names)) if marked else plain(page.w["identifying_none"])
    missing = page.missing(page.w["confidentiality_rest"])
    return [Paragraph(line), missing]
