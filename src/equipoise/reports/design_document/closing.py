"""The last chapter: simulation beside the analytic numbers, the assumptions met, references, and what made this
document.
"""

from __future__ import annotations

import re

from equipoise import __version__
from equipoise.planning import MeansPlan, RatesPlan
from equipoise.protocol.identity import protocol_digest
from equipoise.reports.design_document.material import Material, note, paragraph, table
from equipoise.reports.design_document.numbers import NONE, fixed, share
from equipoise.reports.design_document.references import references_of
from equipoise.reports.design_document.simulated import Estimate, Scene, SimulationResults
from equipoise.reports.protocol_document.blocks import (
    Block,
    Bullets,
    Line,
    Paragraph,
    Row,
    Span,
    TableBlock,
    cell,
    plain,
)

__all__ = ["cited_keys", "render_identity", "render_listed", "render_references", "render_simulation"]

_FAR = 3.0
"""Monte Carlo standard errors beyond which a difference is no chance."""


def render_simulation(m: Material) -> list[Block]:
    """The analytic numbers beside the simulated ones, and the other scenarios; without results, that there are none."""
    found = m.simulated
    if found is None:
        return [Paragraph(plain(m.page.w["simulation_absent"]), "missing")]
    said: list[Block] = []
    if not all(scene.finished for scene in found.scenes):
        said.append(Paragraph(plain(m.page.w["simulation_unfinished"]), "warning"))
    scene = found.of_design
    said += [paragraph(m.page.w["simulation_not_design"])] if scene is None else _beside(m, found, scene)
    return [*said, *_scenes(m, found)]


def _beside(m: Material, found: SimulationResults, scene: Scene) -> list[Block]:
    """The trials that assume what the design assumes, number by number."""
    w, survival = m.page.w, m.survival
    shares: list[tuple[str, float, Estimate]] = [(w["simulated_power"], m.plan.power, scene.power)]
    for look, reject, accept in zip(m.appraisal.looks, scene.reject, scene.accept, strict=True):
        shares.append((m.say("simulated_reject", n=look.number), look.reject, reject))
        if look.lower is not None and m.plan.boundaries.sides == 1:
            shares.append((m.say("simulated_accept", n=look.number), look.accept, accept))
    if found.type_one_error is not None:
        error = sum(look.reject_null for look in m.appraisal.looks)
        shares.append((w["simulated_error"], error, found.type_one_error))
    counts: list[tuple[str, float, Estimate]] = []
    if survival is not None:
        for name, analytic, estimate in (
            ("events", survival.expected_events_h1, scene.events),
            ("participants", survival.expected_participants, scene.participants),
            ("duration", survival.expected_duration, scene.duration),
        ):
            counts += [(w[f"simulated_{name}"], analytic, estimate)] if estimate is not None else []
    elif isinstance(m.plan.planned, RatesPlan | MeansPlan) and scene.events is not None:
        counts.append((w["simulated_assessed"], m.plan.planned.expected_participants_h1, scene.events))
    rows: list[tuple[str | Line, ...]] = [_compared(m, *one, by_share=True) for one in shares]
    rows += [_compared(m, *one, by_share=False) for one in counts]
    heads = (w["quantity"], w["head_analytic"], w["head_simulated"], w["head_difference"])
    lead = m.say("simulation_lead", trials=f"{scene.trials:,}", seed=found.seed)
    return [
        paragraph(lead),
        table(w["simulation_caption"], heads, rows, (34, 18, 24, 24)),
        note(w["simulation_note"]),
    ]


def _scenes(m: Material, found: SimulationResults) -> list[Block]:
    """Operating characteristics of every simulated scenario."""
    w, tongue = m.page.w, 1 if m.page.language == "zh" else 0
    of_hazards = m.survival is not None
    counted, bias = ("head_events", "head_bias") if of_hazards else ("simulated_assessed", "head_bias_plain")
    heads = ("head_world", "simulated_power", counted, "head_joined", "head_month", bias, "head_coverage")
    rows: list[tuple[str | Line, ...]] = [
        (
            scene.label[tongue],
            share(scene.power.value, 2),
            _mean(scene.events, 1),
            _mean(scene.participants, 1),
            _mean(scene.duration, 1),
            _mean(scene.bias, 3),
            share(scene.coverage.value) if scene.coverage is not None else NONE,
        )
        for scene in found.scenes
    ]
    return [table(w["scenes_caption"], tuple(w[h] for h in heads), rows, (34, 12, 10, 12, 10, 11, 11))]


def _mean(estimate: Estimate | None, digits: int) -> str:
    return fixed(estimate.value, digits) if estimate is not None else NONE


def _compared(m: Material, name: str, analytic: float, estimate: Estimate, *, by_share: bool) -> tuple[str | Line, ...]:
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
        TableBlock(w["assumptions_caption"], heads, tuple(rows), (7, 27, 27, 39), dense=True),
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
        said += [
            note(m.page.w["sources_note"]),
            TableBlock(m.page.w["sources_caption"], heads, rows, (10, 90), dense=True),
        ]
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
