"""Items 16 and 17: endpoints with their origin, events and censoring; estimands (ICH E9(R1)); harms.

Dates are named as the protocol names them, with the label of the variable or item behind each name.
"""

from __future__ import annotations

from equipoise.endpoints import Endpoint, TimeToEvent
from equipoise.reports.protocol_document.blocks import (
    Block,
    Cell,
    Paragraph,
    Row,
    Span,
    Subheading,
    TableBlock,
    cell,
    plain,
)
from equipoise.reports.protocol_document.page import Page

__all__ = ["render_estimand", "render_outcomes"]


def render_outcomes(page: Page) -> dict[str, list[Block]]:
    """Blocks by item number."""
    protocol = page.protocol
    endpoints = [block for endpoint in protocol.endpoints for block in _endpoint(page, endpoint)]
    dated = any(isinstance(e, TimeToEvent) and e.origin for e in protocol.endpoints)
    counting: list[Block] = [Paragraph(plain(page.w["counting_rule"]))] if dated else []
    lead: list[Block] = [Paragraph((Span(page.w["estimands_lead"], "bold"),))] if protocol.estimands else []
    estimands = [block for estimand in protocol.estimands for block in render_estimand(page, estimand)]
    return {"16": [*counting, *endpoints, *lead, *estimands], "17": _harms(page)}


def _endpoint(page: Page, endpoint: Endpoint) -> list[Block]:
    short = f"{page.w['bracket_open']}{endpoint.short}{page.w['bracket_close']}"
    title = f"{page.w[f'endpoint_{endpoint.role}']}{page.w['colon']}{page.words(endpoint.label)}{short}"
    standing = page.standing(endpoint, page.words(endpoint.label), page.w["definition"])
    said: list[tuple[str, Cell]] = [(page.w["definition"], cell((*page.text(endpoint.description), *standing)))]
    said += _time_to_event(page, endpoint) if isinstance(endpoint, TimeToEvent) else _by_rule(page, endpoint)
    heads = (page.w["attribute"], page.w["content"])
    table = TableBlock("", heads, tuple(Row((cell(a), b)) for a, b in rows), (30, 70))
    blocks: list[Block] = [Subheading(page.words(estimand.label), f"estimand-{estimand.id}"), table]
    return blocks if estimand.intercurrent else [*blocks, page.missing(page.w["intercurrent"])]


def _harms(page: Page) -> list[Block]:
    said: list[Block] = [*page.narrative("harms")]
    toxicity = page.protocol.dictionaries.named().get("toxicity")
    if toxicity:
        what = f"{page.w['dictionaries']}{page.w['colon']}{page.w['dictionary_toxicity']}"
        standing = page.standing(page.protocol.dictionaries.toxicity, what, toxicity)
        said.append(page.facts(("grading", (*page.foreign(toxicity), *standing))))
    forms = [form for form in page.protocol.forms if form.domain == "AE"]
    if forms:
        links: list[Span] = []
        for form in forms:
            links += [*plain(page.w["list"] if links else ""), Span(page.words(form.title), "ref", f"form-{form.id}")]
        said.append(Paragraph((*plain(page.w["harms_recorded"] + page.w["colon"]), *links)))
    return said
