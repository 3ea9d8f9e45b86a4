"""Writing simulation results: simulation.json and the figures, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from equipoise.findings import Where
from equipoise.reports.simulation_report.data import FILE
from equipoise.reports.simulation_report.figures import simulation_figures
from equipoise.reports.simulation_report.words import phrase, refuse
from equipoise.whole import write_all
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked
from equipoise.words import trouble_of

__all__ = ["write_simulation"]


@literals_checked
def write_simulation(
    data: Mapping[str, Any], out: Path, language: Language = "en", analytic: Sequence[tuple[float, float]] = ()
) -> tuple[Path, ...]:
    """Write simulation.json, power.svg, scenarios.svg and calendar.svg to `out`; returns the paths.

    Raises Refusal when they cannot all be written; then what was there before is unchanged.
    """
    texts = {FILE: json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"}
    texts |= {name: svg + "\n" for name, svg in simulation_figures(data, language, analytic).items()}
    try:
        return write_all(out, texts)
    except OSError as error:
        trouble = phrase("folder") if isinstance(error, IsADirectoryError) else trouble_of(error)
        refuse("simulation.not_written", Where(file=str(error.filename or out)), trouble=trouble)
