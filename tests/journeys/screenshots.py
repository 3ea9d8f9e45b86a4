"""Takes the pictures that the documentation shows: `python -m tests.journeys.screenshots` (part of `make docs`).

Needs a browser; without one it says so and leaves the pictures as they are.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from equipoise.cli import main
from equipoise.planning import appraise, plan_design
from equipoise.protocol.reading import load_protocol
from equipoise.reports.design_document.assembly import assemble_design
from equipoise.reports.design_document.material import Material
from equipoise.reports.design_document.writing import figures_of
from tests.journeys.conftest import BROWSERS, QUIET, ROOT

IMAGES = ROOT / "docs" / "images"


def draw(folder: Path) -> None:
    """Figures of the flagship's design, which are drawings already and need no browser."""
    protocol = load_protocol("npc-nimotuzumab")
    plan = plan_design(protocol)
    appraisal = appraise(plan, protocol.design)
    document = assemble_design(Material.of(protocol, plan, appraisal, "en"))
    for figure in figures_of(document):
        if figure.id in ("boundaries", "calendar", "tornado"):
            (folder / f"design-{figure.id}.svg").write_text(figure.svg + "\n", encoding="utf-8")


def take() -> None:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        sys.exit(f"no browser on this machine (looked for {', '.join(BROWSERS)}): the pictures stay as they are")
    from playwright.sync_api import sync_playwright

    trial = ROOT / "protocols" / "oropharynx-rtog"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        study, out = f"{folder}/study", Path(folder) / "out"
        main(["new", study, "--protocol", str(trial)])
        main(["import", study, str(trial / "oropharynx.csv"), "--map", str(trial / "import.yaml"), "--quiet"])
        main(["analyze", study, "--out", str(out)])
        browser = play.chromium.launch(executable_path=found, args=QUIET)
        page = browser.new_page(viewport={"width": 960, "height": 900})
        for language in ("en", "zh"):
            page.goto((out / f"report.{language}.html").as_uri())
            page.locator("#figure-os_km").screenshot(path=str(IMAGES / f"survival.{language}.png"))
        page.locator("#subgroups").screenshot(path=str(IMAGES / "subgroups.zh.png"))
        browser.close()


if __name__ == "__main__":
    draw(IMAGES)
    take()
