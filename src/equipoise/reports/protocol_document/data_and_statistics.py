"""Items 25 to 28: data collection and management, statistical methods, looks at the data.

What the desk, the ledger and the analysis do in every trial is said as such; what this protocol plans is a table.
"""

from __future__ import annotations

import math

from equipoise.estimands import Analysis, AnalysisSet, as_used, planned_method
from equipoise.reports.protocol_document.blocks import (
    Block,
    Bullets,
    Cell,
    Line,
    Paragraph,
    Row,
    Span,
    TableBlock,
    cell,
    plain,
)
from equipoise.reports.protocol_document.front_matter import dictionary_words, roles_that
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.toxicity import render_safety_rules
from equipoise.reports.protocol_document.values import named, number, percent, spending
from equipoise.reports.words import words_in

__all__ = ["render_data_and_statistics"]


def render_data_and_statistics(page: Page) -> dict[str, list[Block]]:
    """Blocks by item number."""
    analyses = page.protocol.analyses
    return {
        "25a": _collection(page),
        "26": _management(page),
        "27a": _analyses(page, "analyses_main", [a for a in analyses if a.role in ("primary", "secondary")]),
        "27b": _sets(page),
        "27c": [Paragraph(plain(page.w["missing_rule"])), page.missing(page.w["imputation"])],
        "27d": _analyses(page, "analyses_other", [a for a in analyses if a.role not in ("primary", "secondary")]),
        "28a": [*page.narrative("monitoring")],
        "28b": [*_looks(page), *render_safety_rules(page)],
    }


def _collection(page: Page) -> list[Block]:
    forms, items = len(page.protocol.forms), len(page.protocol.item_by_id)
    line = (*plain(page.say("collection", forms=forms, items=items)), Span(page.w["appendix_forms"], "ref", "forms"))
    return [Paragraph(line)] if forms else []


def _management(page: Page) -> list[Block]:
    lock = roles_that(page, "lock") or page.w["nobody"]
    correct = roles_that(page, "correct") or page.w["nobody"]
    lines: list[Line] = [plain(page.w[f"management_{k}"]) for k in ("checks", "ledger", "correct", "cut")]
    facts = page.facts(
        ("who_corrects", correct), ("who_locks", lock), ("dictionaries", page.foreign(dictionary_words(page)))
    )
    return [Bullets(tuple(lines)), facts]


def _analyses(page: Page, caption: str, analyses: list[Analysis]) -> list[Block]:
    if not analyses:
        return []
    rows = tuple(_analysis_row(page, analysis) for analysis in analyses)
    heads = tuple(page.w[key] for key in ("analysis", "endpoint_and_set", "method", "details"))
    return [TableBlock(page.w[caption], heads, rows, (32, 19, 16, 33), dense=True)]


def _analysis_row(page: Page, analysis: Analysis) -> Row:
    w = words_in(page.language)
    endpoint = next((e.short for e in page.protocol.endpoints if e.id == analysis.endpoint), analysis.endpoint)
    chosen = next((page.words(s.label) for s in page.protocol.sets if s.id == analysis.set), analysis.set)
    what = cell(
        (*plain(page.words(analysis.label)), *_mark(page, analysis, f"{page.w['analysis']} {analysis.id}")),
        (Span(w[f"role_{analysis.role}"], "small"), Span(f" {analysis.id}", "code")),
    )
    link: Line = (Span(endpoint, "ref", f"endpoint-{analysis.endpoint}"),)
    estimand = next((page.words(e.label) for e in page.protocol.estimands if e.id == analysis.estimand), "")
    about: Line = (Span(estimand, "small"),) if estimand else ()
    label = planned_method(analysis.method).label[page.language == "zh"]
    cells = (what, cell(link, (Span(chosen, "small"),)), cell(label))
    return Row((*cells, (*_details(page, analysis), *cell(about))), id=f"analysis-{analysis.id}")


def _details(page: Page, planned: Analysis) -> Cell:
    """What is said of an analysis beside its method: the options that the method uses, and no others."""
    analysis, used = as_used(planned), planned_method(planned.method).options
    said: list[str] = []

    def tell(key: str, words: str) -> None:
        said.append(f"{page.w[key]}{page.w['colon']}{words}")

    arms = {arm.id: page.words(arm.label) for arm in page.protocol.arms}
    if analysis.by is not None and analysis.by != "arm":
        tell("grouped_by", named(page, analysis.by))
    if analysis.reference is not None:
        tell("reference", arms.get(analysis.reference, analysis.reference))
    if analysis.strata:
        tell("strata", page.listed([named(page, name) for name in analysis.strata]))
    if analysis.covariates:
        tell("covariates", page.listed([named(page, name) for name in analysis.covariates]))
    if analysis.subgroup:
        tell("subgroup", named(page, analysis.subgroup))
    if analysis.rho or analysis.gamma:
        tell("weights", f"ρ = {number(analysis.rho)}, γ = {number(analysis.gamma)}")
    if analysis.weights:
        tell("weights", page.listed([weight.named[page.language == "zh"] for weight in analysis.weights]))
    if analysis.at_days:
        tell("at", page.listed([page.say("day_n", n=number(day)) for day in analysis.at_days]))
    if analysis.tau_days is not None:
        tell("up_to", page.say("day_n", n=number(analysis.tau_days)))
    if "confidence" in used:
        tell("confidence_level", percent(analysis.confidence))
    if "conf_type" in used:
        tell("interval", page.w[f"conf_{analysis.conf_type}"])
    if "ties" in used:
        tell("ties", page.w[f"ties_{analysis.ties}"] + (page.w["comma"] + page.w["robust"] if analysis.robust else ""))
    return cell(page.w["semicolon"].join(said))


def _mark(page: Page, clause: Analysis | AnalysisSet, what: str) -> Line:
    """The mark of an assumed clause; a long table has room for the short one only."""
    return page.standing(clause, what, page.words(clause.label), short=True) if clause.assumption else ()


def _sets(page: Page) -> list[Block]:
    rows = tuple(
        Row(
            (
                cell((*plain(page.words(s.label)), *_mark(page, s, f"{page.w['set']} {s.id}"))),
                cell((Span(s.rule, "code"),)),
            ),
            id=f"set-{s.id}",
        )
        for s in page.protocol.sets
    )
    table = TableBlock(page.w["sets_caption"], (page.w["set"], page.w["rule"]), rows, (44, 56))
    return [Paragraph(plain(page.w["as_entered" if len(page.protocol.arms) == 1 else "as_randomized"])), table]


def _looks(page: Page) -> list[Block]:
    design = page.protocol.design
    if design is None or design.looks is None:
        return []
    events = design.events.value if design.events else None
    rows, told = [], []
    for place, look in enumerate(design.looks.value, 1):
        count = page.say("of_events", n=math.ceil(look.information * events - 1e-9), all=events) if events else ""
        told.append(" ".join(filter(None, (page.words(look.label), percent(look.information)))))
        rows.append(Row((cell(str(place)), cell(page.words(look.label)), cell(percent(look.information)), cell(count))))
    looks = page.w["semicolon"].join(told)
    pairs: list[tuple[str, Line]] = [("looks", (*plain(looks), *page.standing(design.looks, page.w["looks"], looks)))]
    for key, plan in (("spending", design.spending), ("futility", design.futility)):
        if plan is not None:
            words = spending(page, plan.value)
            pairs.append((key, (*plain(words), *page.standing(plan, page.w[key], words))))
    heads = tuple(page.w[key] for key in ("look", "label", "information", "events_word"))
    said: list[Block] = [page.facts(*pairs), TableBlock(page.w["looks_caption"], heads, tuple(rows), (12, 36, 22, 30))]
    return said if design.futility else [*said, page.missing(page.w["futility"])]
