"""Items 16 and 17: endpoints with their origin, events and censoring; estimands (ICH E9(R1)); harms.

Dates are named as the protocol names them, with the label of the variable or item behind each name.
"""

from __future__ import annotations

from equipoise.endpoints import BinaryEndpoint, Censoring, ContinuousEndpoint, Endpoint, EventSource, TimeToEvent
from equipoise.estimands import Estimand
from equipoise.reports.protocol_document.blocks import (
    Block,
    Cell,
    Line,
    Paragraph,
    Row,
    Span,
    Subheading,
    TableBlock,
    cell,
    plain,
)
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.values import named, unit
from equipoise.reports.words import words_in

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
    table = TableBlock(
        "", (page.w["attribute"], page.w["content"]), tuple(Row((cell(term), what)) for term, what in said), (20, 80)
    )
    return [Subheading(title, f"endpoint-{endpoint.id}"), table]


def _by_rule(page: Page, endpoint: BinaryEndpoint | ContinuousEndpoint) -> list[tuple[str, Cell]]:
    said: list[tuple[str, Cell]] = [(page.w["measured_by"], cell((Span(endpoint.rule, "code"),)))]
    measured = getattr(endpoint, "unit", None)
    said += [(page.w["unit"], cell(unit(page, measured)))] if measured else []
    return [*said, (page.w["better"], cell(page.w[f"better_{endpoint.better}"]))] if endpoint.better else said


def _time_to_event(page: Page, endpoint: TimeToEvent) -> list[tuple[str, Cell]]:
    said: list[tuple[str, Cell]] = []
    if endpoint.origin:
        said.append((page.w["origin"], cell(_name(page, endpoint.origin))))
        for kind in ("event", "competing"):
            lines = [_source(page, e) for e in endpoint.events if e.kind == kind]
            said += [(page.w[f"events_{kind}"], tuple(lines))] if lines else []
        said.append((page.w["censoring"], tuple(_source(page, c) for c in endpoint.censoring)))
    else:
        said.append((page.w["recorded_duration"], cell(_name(page, endpoint.duration or ""))))
        said.append((page.w["events_event"], cell((Span(endpoint.event or "", "code"),))))
        said.append((page.w["censoring"], cell(page.w["censored_otherwise"])))
    said.append((page.w["death_word"], cell(page.w[f"death_{endpoint.death}"])))
    said.append((page.w["display_unit"], cell(page.w[f"unit_{endpoint.display_unit}"])))
    return said


def _name(page: Page, name: str) -> Line:
    label = named(page, name)
    return (Span(name, "code"),) if label == name else (*plain(f"{label} "), Span(name, "code"))


def _source(page: Page, source: EventSource | Censoring) -> Line:
    line: list[Span] = [*plain(f"{page.words(source.label)}{page.w['colon']}"), *_name(page, source.date)]
    if source.when:
        line += [*plain(page.w["semicolon"] + page.w["if_word"]), Span(source.when, "code")]
    if isinstance(source, Censoring) and source.stops:
        line += plain(page.w["semicolon"] + page.w["stops"])
    return tuple(line)


def _estimand_mark(page: Page, estimand: Estimand) -> Line:
    what = f"{page.w['estimand_word']} {estimand.id}"
    return page.standing(estimand, what, page.words(estimand.label)) if estimand.assumption else ()


def render_estimand(page: Page, estimand: Estimand) -> list[Block]:
    """The five attributes of one estimand, under its name."""
    sets = {s.id: page.words(s.label) for s in page.protocol.sets}
    endpoints = {e.id: page.words(e.label) for e in page.protocol.endpoints}
    strategies = words_in(page.language)
    rows = [
        (page.w["population"], cell(sets.get(estimand.population, estimand.population))),
        (page.w["treatment"], cell(page.text(estimand.treatment))),
        (page.w["variable"], cell(endpoints.get(estimand.endpoint, estimand.endpoint))),
    ]
    for event in estimand.intercurrent:
        strategy = Span(strategies[f"strategy_{event.strategy}"], "bold")
        by: Line = (Span(" ("), Span(event.done_by, "code"), Span(")")) if event.done_by else ()
        handling = cell((strategy, *by, *plain(page.w["colon"]), *page.text(event.handling)))
        rows.append((f"{page.w['intercurrent']}{page.w['colon']}{page.words(event.event)}", handling))
    rows.append((page.w["summary_measure"], cell((*page.text(estimand.summary), *_estimand_mark(page, estimand)))))
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
