"""Items 19 and 20: what the design assumes and how many participants and events follow from it; recruitment."""

from __future__ import annotations

from typing import Any

from equipoise.design.spec import Design
from equipoise.reports.protocol_document.blocks import Block, Paragraph, Row, TableBlock, cell, plain
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.values import accrual, hazard, number, percent, prior
from equipoise.wording import Sourced

__all__ = ["render_sample_size"]


def render_sample_size(page: Page) -> dict[str, list[Block]]:
    """Blocks by item number."""
    design = page.protocol.design
    if design is None:
        return {}
    return {"19": _sample_size(page, design), "20": _recruitment(page, design)}


def design_values(page: Page, design: Design) -> list[tuple[str, Sourced[Any], str]]:
    """Every value of the design that was given: its word, the value with its standing, and how it is printed."""
    found: list[tuple[str, Sourced[Any] | None, str]] = [
        ("alpha", design.alpha, number(design.alpha.value)),
        ("sides", design.sides, page.w[f"sides_{design.sides.value}"]),
        ("power", design.power, percent(design.power.value)),
        ("control", design.control, hazard(page, design.control.value) if design.control else ""),
        ("hazard_ratio", design.hazard_ratio, _number(design.hazard_ratio)),
        ("delay_months", design.delay_months, _months(page, design.delay_months)),
        ("cured", design.cured, percent(design.cured.value) if design.cured else ""),
        *_rates_and_means(design),
        ("margin", design.margin, _number(design.margin)),
        ("accrual", design.accrual, accrual(page, design.accrual.value) if design.accrual else ""),
        ("follow_up_months", design.follow_up_months, _months(page, design.follow_up_months)),
        ("dropout_per_month", design.dropout_per_month, _number(design.dropout_per_month)),
        ("participants", design.participants, str(design.participants.value) if design.participants else ""),
        ("events", design.events, str(design.events.value) if design.events else ""),
        ("prior", design.prior, prior(page, design.prior.value) if design.prior else ""),
        ("relevant_hazard_ratio", design.relevant_hazard_ratio, _number(design.relevant_hazard_ratio)),
    ]
    return [(f"design_{key}", value, words) for key, value, words in found if value is not None]


def _number(given: Sourced[float] | None) -> str:
    return number(given.value) if given else ""


def _rates_and_means(design: Design) -> list[tuple[str, Sourced[Any] | None, str]]:
    found: list[tuple[str, Sourced[Any] | None, str]] = []
    for name in ("control", "experimental"):
        if design.rates is not None:
            rate: Sourced[float] = getattr(design.rates, name)
            found.append((f"rates_{name}", rate, percent(rate.value)))
        if design.means is not None:
            mean: Sourced[float] = getattr(design.means, name)
            found.append((f"means_{name}", mean, number(mean.value)))
    return [*found, ("means_sd", design.means.sd, number(design.means.sd.value))] if design.means else found


def _months(page: Page, value: Sourced[float] | None) -> str:
    return page.say("n_months", n=number(value.value)) if value else ""


def _sample_size(page: Page, design: Design) -> list[Block]:
    endpoint = next((page.words(e.label) for e in page.protocol.endpoints if e.id == design.endpoint), design.endpoint)
    rows = []
    for key, value, words in design_values(page, design):
        standing = page.standing(value, page.w[key], words) if value.assumption else ()
        rows.append(Row((cell(page.w[key]), cell((*plain(words), *standing)), cell(page.foreign(value.source or "")))))
    heads = (page.w["quantity"], page.w["value"], page.w["source_head"])
    lead = page.say("sample_size_lead", question=page.w[f"question_{design.question}"], endpoint=endpoint)
    note: list[Block] = [Paragraph(page.text(design.note))] if design.note else []
    return [Paragraph(plain(lead)), TableBlock(page.w["sample_size_caption"], heads, tuple(rows), (28, 32, 40)), *note]


def _recruitment(page: Page, design: Design) -> list[Block]:
    if design.accrual is None:
        return []
    words = accrual(page, design.accrual.value)
    line = (*plain(words), *page.standing(design.accrual, page.w["design_accrual"], words))
    return [page.facts(("design_accrual", line)), page.missing(page.w["recruitment_strategies"])]
