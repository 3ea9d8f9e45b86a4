"""The last chapter: simulation beside the analytic numbers, the assumptions met, references, and what made this document."""

from __future__ import annotations

import re

from equipoise import __version__
from equipoise.protocol.identity import protocol_digest
from equipoise.reports.design_document.material import Material, note, paragraph, table
from equipoise.reports.design_document.numbers import fixed, share
from equipoise.reports.design_document.references import references_of
from equipoise.reports.design_document.simulated import Estimate
from equipoise.reports.protocol_document.blocks import Block, Bullets, Line, Paragraph, Row, Span, Table, cell, plain

__all__ = ["cited_keys", "render_identity", "render_listed", "render_references", "render_simulation"]

_FAR = 3.0
"""Monte Carlo standard errors beyond which a difference is no chance."""


def render_simulation(m: Material) -> list[Block]:
    """The analytic numbers beside the simulated ones; without results, that there are none."""
    found, w = m.simulated, m.page.w
    if found is None:
        return [Paragraph(plain(w["simulation_absent"]), "missing")]
    pairs: list[tuple[str, float, Estimate, bool]] = [(w["simulated_power"], m.plan.power, found.power, True)]
    for look, reject, accept in zip(m.appraisal.looks, found.reject, found.accept, strict=True):
        pairs.append((m.say("simulated_reject", n=look.number), look.reject, reject, True))
        if look.lower is not None and m.plan.boundaries.sides == 1:
            pairs.append((m.say("simulated_accept", n=look.number), look.accept, accept, True))
    survival = m.survival
    if survival is not None:
        for name, analytic, estimate in (
            ("events", survival.expected_events_h1, found.events),
            ("participants", survival.expected_participants, found.participants),
            ("duration", survival.expected_duration, found.duration),
        ):
            if estimate is not None:
                pairs.append((w[f"simulated_{name}"], analytic, estimate, False))
    rows: list[tuple[str | Line, ...]] = [_compared(m, *pair) for pair in pairs]
    heads = (w["quantity"], w["head_analytic"], w["head_simulated"], w["head_difference"])
    label = next((m.page.words(s.label) for s in m.page.protocol.scenarios if s.id == found.scenario), found.scenario)
    lead = m.say("simulation_lead", trials=f"{found.trials:,}", scenario=label, seed=found.seed)
    return [paragraph(lead), table(w["simulation_caption"], heads, rows, (34, 18, 24, 24))]


def _compared(m: Material, name: str, analytic: float, estimate: Estimate, by_share: bool) -> tuple[str | Line, ...]:
    far = abs(estimate.value - analytic) > _FAR * estimate.error
    if by_share:
        told = f"{share(estimate.value, 2)} ({share(estimate.error, 2)})"
        shown, gap = share(analytic, 2), fixed(100 * (estimate.value - analytic), 2)
    else:
        told = f"{fixed(estimate.value)} ({fixed(estimate.error)})"
        shown, gap = fixed(analytic), fixed(estimate.value - analytic)
    verdict = m.page.w["beyond_noise" if far else "within_noise"]
    words = f"{gap}{m.page.w['comma']}{verdict}"
    return name, shown, told, (Span(words, "bold"),) if far else plain(words)


def render_listed(m: Material) -> list[Block]:
    """Every assumption that this document has marked, in the order in which it met them."""
    listed, w = m.page.register.listed, m.page.w
    if not listed:
        return [paragraph(w["listed_none"])]
    rows = []
    for one in listed:
        told = (Span(one.note, "small"),) if one.note else ()
        rows.append(
            Row(
                (cell(f"A{one.number}"), cell(one.what), cell(one.value, told), cell(m.page.foreign(one.source))),
                id=one.id,
            )
        )
    heads = (w["number"], w["what"], w["value"], w["source_head"])
    return [
        paragraph(w["listed_lead"]),
        Table(w["assumptions_caption"], heads, tuple(rows), (7, 27, 27, 39), dense=True),
    ]


def render_references(m: Material, cited: set[str]) -> list[Block]:
    """The methods used, and the protocol's own sources that were cited (`cited`: their keys)."""
    lines = tuple(m.page.foreign_plain(words) for words in references_of(m))
    said: list[Block] = [note(m.page.w["references_note"]), Bullets(lines)]
    sources = {key: words for key, words in m.page.protocol.study.sources.items() if key in cited}
    if sources:
        rows = tuple(
            Row((cell(key), cell(m.page.foreign_plain(words))), id=f"source-{key}") for key, words in sources.items()
        )
        heads = (m.page.w["key"], m.page.w["source_head"])
        said += [note(m.page.w["sources_note"]), Table(m.page.w["sources_caption"], heads, rows, (10, 90), dense=True)]
    return said


def render_identity(m: Material) -> list[Block]:
    """What this document was made from, and by what."""
    study, digest = m.page.protocol.study, protocol_digest(m.page.protocol)
    return [
        m.page.facts(
            ("identifier", study.id),
            ("version", f"{study.version} ({study.date})"),
            ("digest", (Span(digest, "code"),)),
            ("software", f"Equipoise {__version__}"),
            ("language_of_protocol", m.page.say("language_version", n=m.page.protocol.equipoise)),
            ("dd_followed", "CONSORT 2025: 16a, 16b; ICH E9, ICH E9(R1)"),
        )
    ]


def cited_keys(blocks: object) -> set[str]:
    """The keys of the protocol's sources that these blocks lead to."""
    return set(re.findall(r"target='source-([\w-]+)'", repr(blocks)))
