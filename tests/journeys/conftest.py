"""A real browser, and a real trial carried to its report by the commands that a user types."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from equipoise.cli import main

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the oropharynx trial's report, made through the command line."""
    folder = tmp_path_factory.mktemp("journey")
    trial = ROOT / "protocols" / "oropharynx-rtog"
    study = str(folder / "study")
    assert main(["new", study, "--protocol", str(trial)]) == 0
    assert main(["import", study, str(trial / "oropharynx.csv"), "--map", str(trial / "import.yaml"), "--quiet"]) == 0
    assert main(["analyze", study, "--out", str(folder / "out")]) == 0
    return folder / "out"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium as it is installed on this machine; without one the journey is skipped, and says so."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser on this machine (looked for {', '.join(BROWSERS)})")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found, args=QUIET)
        yield chromium
        chromium.close()
