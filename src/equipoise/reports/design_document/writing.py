"""Writing the design document: all of its files or none.

Everything is made before anything is written, and written beside its place before anything is put there, so that a full
disk or a refused right leaves what was there before.
"""

from __future__ import annotations

import json
from contextlib import suppress
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
from equipoise.reports.protocol_document.assembly import Document
from equipoise.reports.protocol_document.blocks import Figure
from equipoise.wording import Language

__all__ = ["figures_of", "write_design"]


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
    _write_all(out, texts)
    return tuple(out / name for name in texts)


def figures_of(document: Document) -> list[Figure]:
    """The figures, in their order."""
    parts = (part for chapter in document.chapters for part in chapter.parts)
    return [block for part in parts for block in part.blocks if isinstance(block, Figure)]


def _write_all(out: Path, texts: dict[str, str]) -> None:
    beside = {out / name: (out / name).with_name(f".{Path(name).name}.part") for name in texts}
    made: list[Path] = []
    put = False
    try:
        for folder in (out, out / "figures"):
            made += [] if folder.exists() else [folder]
            folder.mkdir(parents=True, exist_ok=True)
        for place, text in zip(beside, texts.values(), strict=True):
            if place.is_dir():
                raise IsADirectoryError(21, "", str(place))
            beside[place].write_text(text, encoding="utf-8")
        for place, part in beside.items():
            part.replace(place)
        put = True
    except OSError as error:
        trouble = phrase("folder") if isinstance(error, IsADirectoryError) else error.strerror or phrase("system")
        refuse("design.not_written", Where(file=str(error.filename or out)), trouble=trouble)
    finally:
        # Also when somebody asks to stop in between.
        if not put:
            _clear(list(beside.values()), made)


def _clear(parts: list[Path], made: list[Path]) -> None:
    """Take away what was begun: unfinished files, and folders that were made for them."""
    with suppress(OSError):
        for part in parts:
            part.unlink(missing_ok=True)
        for folder in reversed(made):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
