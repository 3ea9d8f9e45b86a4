"""The design as a document that people read: review board, data monitoring committee, trial statistician.

In the words of CONSORT 2025 items 16a and 16b, every assumption marked with its source. Promises the same content in
HTML and Markdown, and every number in `design.json`; computes none of them.
"""

from __future__ import annotations

from typing import Literal

from equipoise.planning.appraisal import Appraisal
from equipoise.planning.design_plan import DesignPlan
from equipoise.protocol.document import Protocol
from equipoise.reports.design_document.assembly import assemble_design
from equipoise.reports.design_document.material import Material
from equipoise.reports.design_document.simulated import SimulationResults
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["render_design"]


@literals_checked
def render_design(
    protocol: Protocol,
    plan: DesignPlan,
    appraisal: Appraisal,
    language: Language = "en",
    form: Literal["md", "html"] = "md",
    simulated: SimulationResults | None = None,
) -> str:
    """The document as text: Markdown, or one self-contained page of HTML."""
    document = assemble_design(Material.of(protocol, plan, appraisal, language, simulated))
    if form == "html":
        from equipoise.reports.protocol_document.html import render_html

        return render_html(document)
    from equipoise.reports.protocol_document.markdown import render_markdown

    return render_markdown(document)
