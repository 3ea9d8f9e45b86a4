"""Writing the design document: all of its files or none.

Everything is made before anything is written, and written beside its place before anything is put there, so that a full
disk or a refused right leaves what was there before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from equipoise.findings import Where
from equipoise.planning.appraisal import Appraisal
from equipoise.planning.design_plan import DesignPlan
from equipoise.protocol.document import Protocol
from equipoise.reports.design_document.assembly import assemble_design
from equipoise.reports.design_document.data import design_data
from equipoise.reports.design_document.material import Material
from equipoise.reports.design_document.simulated import SimulationResults
from equipoise.reports.design_document.words import phrase, refuse
from equipoise.reports.protocol_document.blocks import Document, Figure
from equipoise.whole import write_all
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked
from equipoise.words import trouble_of

__all__ = ["figures_of", "write_design"]


@literals_checked
def write_design(
    protocol: Protocol,
    plan: DesignPlan,
    appraisal: Appraisal,
    out: Path,
    language: Language = "en",
    simulated: SimulationResults | None = None,
) -> tuple[Path, ...]:
    """Write design.html, design.md, figures/*.svg (of the Markdown) and design.json to `out`; returns the paths, pages
    first.

    Raises Refusal when they cannot all be written; then none has changed.
    """
    from equipoise.reports.protocol_document.html import render_html
    from equipoise.reports.protocol_document.markdown import render_markdown

    document = assemble_design(Material.of(protocol, plan, appraisal, language, simulated))
    data = design_data(protocol, plan, appraisal, simulated)
    texts = {
        "design.html": render_html(document),
        "design.md": render_markdown(document),
        "design.json": json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n",
        **{f"figures/{figure.id}.svg": figure.svg + "\n" for figure in figures_of(document)},
    }
    return _write_all(out, texts)


def figures_of(document: Document) -> list[Figure]:
    """The figures, in their order."""
    parts = (part for chapter in document.chapters for part in chapter.parts)
    return [block for part in parts for block in part.blocks if isinstance(block, Figure)]


def _write_all(out: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    try:
        return write_all(out, texts)
    except OSError as error:
        trouble = phrase("folder") if isinstance(error, IsADirectoryError) else trouble_of(error)
        refuse("design.not_written", Where(file=str(error.filename or out)), trouble=trouble)
