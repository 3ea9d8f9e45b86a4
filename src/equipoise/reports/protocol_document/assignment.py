"""Items 21 to 24: sequence, concealment, implementation, blinding.

Block sizes, the big stick's limit and the coin of minimization are never printed: SPIRIT 2025 item 21b and ICH E9
(2.3.2) ask to keep them from those who enroll and treat. Kind, factors and ratio are printed.
"""

from __future__ import annotations

from equipoise.randomization.spec import Recorded
from equipoise.reports.protocol_document.blocks import Block, Paragraph, Row, TableBlock, cell, plain
from equipoise.reports.protocol_document.front_matter import roles_that
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.values import label_of, named
from equipoise.strata import Factor

__all__ = ["render_assignment"]


def render_assignment(page: Page) -> dict[str, list[Block]]:
    """Blocks by item number."""
    plan = page.protocol.randomization
    drawn = not isinstance(plan.scheme.value, Recorded)
    said: list[Block] = [Paragraph(page.text(plan.concealment))] if plan.concealment else []
    sealed: list[Block] = [Paragraph(plain(page.w["sealed"]))] if drawn else []
    return {
        "21a": _sequence(page),
        "21b": _type(page),
        "22": [*said, *sealed],
        "23": _implementation(page),
        "24a": [Paragraph(plain(page.w[f"blinded_{plan.blinding}"]))],
        "24b": [Paragraph(plain(page.w["not_applicable_open"]))] if plan.blinding == "open" else [],
        "24c": _unblinding(page),
    }


def _sequence(page: Page) -> list[Block]:
    scheme = page.protocol.randomization.scheme
    if isinstance(scheme.value, Recorded):
        standing = page.standing(scheme, page.w["scheme"], page.w["scheme_recorded"])
        return [Paragraph((*page.text(scheme.value.description), *standing))]
    return [Paragraph(plain(page.w["sequence_drawn"]))]


def _type(page: Page) -> list[Block]:
    plan = page.protocol.randomization
    kind = page.w[f"scheme_{plan.scheme.value.kind}"]
    ratio = ":".join(str(plan.ratio.value.get(arm.id, 0)) for arm in page.protocol.arms)
    arms = page.w["colon_ratio"].join(page.words(arm.label) for arm in page.protocol.arms)
    shares = page.bracketed(ratio, arms)
    names = page.listed([named(page, name) for name in plan.stratify_by.value]) or page.w["none"]
    blocks: list[Block] = [
        page.facts(
            ("scheme", (*plain(kind), *page.standing(plan.scheme, page.w["scheme"], kind))),
            ("ratio", (*plain(shares), *page.standing(plan.ratio, page.w["ratio"], ratio))),
            ("stratified_by", (*plain(names), *page.standing(plan.stratify_by, page.w["stratified_by"], names))),
        )
    ]
    used = [f for f in page.protocol.factors if f.id in plan.stratify_by.value]
    if used:
        rows = tuple(
            Row((cell(page.words(f.label)), cell((*plain(words), *page.standing(f, page.words(f.label), words)))))
            for f in used
            for words in (page.listed(_levels(page, f)),)
        )
        blocks.append(TableBlock(page.w["factors_caption"], (page.w["factor"], page.w["levels"]), rows, (30, 70)))
    withheld = f"withheld_{plan.scheme.value.kind}"
    return [*blocks, Paragraph(plain(page.w[withheld]), "note")] if withheld in page.w else blocks


def _levels(page: Page, factor: Factor) -> list[str]:
    if factor.id == "site" and not factor.levels:
        return [page.words(site.name) for site in page.protocol.sites]
    item = page.protocol.item_by_id.get(factor.id)
    variable = page.protocol.variable_by_id.get(factor.id)
    codelist = (item[2].codelist if item else None) or (variable.codelist if variable else None)
    codes = page.protocol.codelist_by_id.get(codelist or "")
    if codes is not None:
        kept = [code for code in codes.codes if not factor.levels or code.code in factor.levels]
        return [page.words(code.label) for code in kept]
    if not factor.levels:
        return [page.w["yes"], page.w["no"]]
    return [label_of(page, item[2] if item else None, level) for level in factor.levels]


def _implementation(page: Page) -> list[Block]:
    visit = page.protocol.visit_by_id.get(page.protocol.randomization.at)
    at = page.words(visit.label) if visit else page.protocol.randomization.at
    recorded = isinstance(page.protocol.randomization.scheme.value, Recorded)
    assign = roles_that(page, "record_allocation" if recorded else "randomize") or page.w["nobody"]
    return [
        page.facts(
            ("randomized_at", at),
            ("who_enrolls", roles_that(page, "enroll") or page.w["nobody"]),
            ("who_records" if recorded else "who_randomizes", assign),
        ),
        Paragraph(plain(page.w["sequence_access_recorded" if recorded else "sequence_access"])),
    ]


def _unblinding(page: Page) -> list[Block]:
    sees = ("who_sees", roles_that(page, "see_allocation") or page.w["nobody"])
    unseals = ("who_unseals", roles_that(page, "unseal") or page.w["nobody"])
    if page.protocol.randomization.blinding == "open":
        return [Paragraph(plain(page.w["not_applicable_open"])), page.facts(sees, unseals)]
    if not (unblinds := roles_that(page, "unblind")):
        return [page.facts(sees, unseals), page.missing(page.w["emergency_unblinding"])]
    told = (page.w["unblinding_emergency"], page.w["unblinding_watched"], page.w["unblinding_followed"])
    return [page.facts(sees, ("who_unblinds", unblinds), unseals), *(Paragraph(plain(one)) for one in told)]
