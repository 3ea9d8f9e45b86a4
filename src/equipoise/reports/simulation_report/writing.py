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
from equipoise.wording import Language

__all__ = ["write_simulation"]


def write_simulation(
    data: Mapping[str, Any], out: Path, language: Language = "en", analytic: Sequence[tuple[float, float]] = ()
) -> tuple[Path, ...]:
    """Write simulation.json, power.svg, scenarios.svg and calendar.svg to `out`; returns the paths.

    Raises Refusal when they cannot all be written; then what was there before is unchanged.
    """
    texts = {FILE: json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"}
    texts |= {name: svg + "\n" for name, svg in simulation_figures(data, language, analytic).items()}
    beside: dict[Path, Path] = {}
    fresh = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            beside[out / name] = out / f".{name}.part"
            beside[out / name].write_text(text, encoding="utf-8")
        for place in beside:
            if place.is_dir():
                raise IsADirectoryError(21, "", str(place))
        for place, part in beside.items():
            part.replace(place)
    except OSError as error:
        for part in beside.values():
            part.unlink(missing_ok=True)
        if fresh and out.is_dir() and not any(out.iterdir()):
            out.rmdir()
        trouble = phrase("folder") if isinstance(error, IsADirectoryError) else error.strerror or phrase("system")
        refuse("simulation.not_written", Where(file=str(error.filename or out)), trouble=trouble)
    return tuple(beside)
