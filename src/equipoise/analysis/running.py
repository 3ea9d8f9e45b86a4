"""From a cut to its numbers: every planned analysis, and what `results.json` says of them.

The same cut, protocol and software give the same bytes. Knows no words and no figures: those are made in `reports`; and
no disk: see `writing`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise.analysis.baseline import estimate_baseline
from equipoise.analysis.deviations import list_deviations
from equipoise.analysis.flow import estimate_flow
from equipoise.analysis.perform import Performed, perform_analyses
from equipoise.analysis.rows import derive_rows
from equipoise.analysis.sets import members, primary_set
from equipoise.datacut import Cut
from equipoise.endpoints import kind_of

if TYPE_CHECKING:
    import polars as pl

    from equipoise.protocol.document import Protocol

__all__ = ["AnalysisRun", "Progress", "analyze_cut"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class AnalysisRun:
    """An analysis in memory, and where it was written. `results` is what results.json holds."""

    cut: Cut
    protocol: Protocol
    performed: tuple[Performed, ...]
    results: dict[str, Any]
    out: Path | None = None
    paths: tuple[Path, ...] = ()


def analyze_cut(cut: Cut, protocol: Protocol, progress: Progress | None = None) -> AnalysisRun:
    """Everything that results.json says of a cut, without writing it."""
    performed = perform_analyses(cut, protocol, progress)
    population = primary_set(protocol)
    results = {
        "study": cut.study,
        "cut": {"seq": cut.seq, "head": cut.head, "at": cut.at, "date": cut.date},
        "protocol_digest": cut.protocol_digest,
        "protocol_version": cut.protocol_version,
        "software": cut.software,
        "environment": cut.environment,
        "arms": cut.arms,
        "dictionaries": dict.fromkeys(type(protocol.dictionaries).model_fields) | protocol.dictionaries.named(),
        "results": [p.result for p in performed],
        "flow": estimate_flow(cut, protocol, population, _primary_rows(cut, protocol, population)),
        "baseline": estimate_baseline(cut, protocol, population),
        "deviations": list_deviations(cut),
        "erased": [{"entry": e, "kind": kind, "participant": p} for e, kind, p in cut.erased],
    }
    return AnalysisRun(cut, protocol, tuple(performed), results)


def _primary_rows(cut: Cut, protocol: Protocol, population: str) -> pl.DataFrame | None:
    """The rows of the primary endpoint, where somebody may lack a time for it."""
    primary = next((a.endpoint for a in protocol.analyses if a.role == "primary"), protocol.endpoints[0].id)
    endpoint = next(e for e in protocol.endpoints if e.id == primary)
    if not kind_of(endpoint).timed:
        return None
    rows = derive_rows(cut, protocol, endpoint)
    return rows.filter(members(cut, protocol, population))
