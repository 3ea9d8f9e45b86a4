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
from equipoise.analysis.conclusion import PresentLook, Question, find_present_look, question_of, tell_look
from equipoise.analysis.deviations import list_deviations
from equipoise.analysis.flow import estimate_flow
from equipoise.analysis.opened import tell_late_changes
from equipoise.analysis.perform import Performed, perform_analyses
from equipoise.analysis.sets import primary_set
from equipoise.analysis.unblinding import tell_unblinding
from equipoise.datacut import Cut

if TYPE_CHECKING:
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
    look, question = find_present_look(cut, protocol), question_of(protocol)
    performed = perform_analyses(cut, protocol, progress, look)
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
        "design": None if look is None or question is None else _design(question, look),
        "results": [p.result for p in performed],
        "flow": estimate_flow(cut, protocol, performed),
        "baseline": estimate_baseline(cut, protocol, population),
        "deviations": list_deviations(cut),
        "unblinding": tell_unblinding(cut),
        "late_changes": tell_late_changes(cut, protocol, performed, look),
        "erased": [{"entry": e, "kind": kind, "participant": p} for e, kind, p in cut.erased],
        "erasures": [one.as_data() for one in cut.erasures],
        "struck": [
            {"entry": e, "record": record, "participant": p, "place": place, "reason": reason}
            for e, record, p, place, reason in cut.struck
        ],
    }
    return AnalysisRun(cut, protocol, tuple(performed), results)


def _design(question: Question, look: PresentLook) -> dict[str, Any]:
    """What the design asks, and at which of its looks this is."""
    return {
        "question": question.asks,
        "endpoint": question.endpoint,
        "measure": question.measure,
        "null": question.null,
        "benefit": question.benefit,
        "alpha": question.alpha,
        "sides": question.sides,
        **look.as_data(),
        "words": tell_look(question, look),
    }
