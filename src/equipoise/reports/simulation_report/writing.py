"""Writing simulation results: simulation.json and the figures, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from equipoise.findings import Refusal, Where, prose
from equipoise.reports.simulation_report.data import FILE
from equipoise.reports.simulation_report.figures import simulation_figures
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
                raise IsADirectoryError(21, "a folder has this name", str(place))
        for place, part in beside.items():
            part.replace(place)
    except OSError as error:
        for part in beside.values():
            part.unlink(missing_ok=True)
        if fresh and out.is_dir() and not any(out.iterdir()):
            out.rmdir()
        why = (error.strerror or "the system refuses").lower()
        mend = "Choose a folder that you may write to and that has room; nothing was half-written."
        where = Where(file=str(error.filename or out))
        raise Refusal(prose("simulation.not_written", where, "the results could not be written", why, mend)) from None
    return tuple(beside)
