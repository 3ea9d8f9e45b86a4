"""A trial of 70 against 80 people whose outcomes a test states, and a design that asks something of them.

Every participant has a number within the arm; rules over it say who has the event, which value, and when.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from equipoise.analysis import AnalysisRun, analyze_cut
from equipoise.datacut import freeze
from tests.analysis.trial import Trial
from tests.spec.minimal import minimal_protocol

SIZES = {"A": 70, "B": 80}
FORMS = """
forms:
- id: baseline
  items:
  - {id: place, label: {en: Place, zh: 序号}, type: integer}
  - {id: assigned, label: {en: Assigned, zh: 分组}, type: code, codelist: which}
codelists: [{id: which, codes: [{code: A, label: {en: A, zh: 甲}}, {code: B, label: {en: B, zh: 乙}}]}]
analyses: [{id: os_logrank, remove: true}, {id: os_km, remove: true}]
"""
COMMON = "label: {en: Outcome, zh: 结局}, short: O, description: {en: a, zh: a}, role: primary"


@cache
def outcomes_of(only: str | None) -> Trial:
    """Everybody with a number, and nothing else; of one arm where `only` names it."""
    trial = Trial(Path(mkdtemp()), protocol=minimal_protocol(FORMS))
    trial.say("study_opened", {"study": trial.protocol.study.id, "environment": "rehearsal"})
    for arm, size in SIZES.items():
        for place in range(size if only in (None, arm) else 0):
            trial.enter(f"{arm}{place:03d}", date(2024, 1, 1), arm=arm, place=place, assigned=arm)
    return trial


def by_arm(of_a: Any, of_b: Any) -> str:
    return f"CASE WHEN assigned = 'A' THEN {of_a} ELSE {of_b} END"


def binary(a: int, b: int) -> str:
    """So many of each arm have it."""
    return f'endpoints: [{{kind: binary, id: out, {COMMON}, rule: "place < {by_arm(a, b)}"}}]'


def continuous(a: float, b: float, spread: float = 1.0) -> str:
    """Means of each arm, around which the values are spread evenly (standard deviation about `spread`)."""
    around = [f"(place - {(n - 1) / 2}) * {spread * 12**0.5 / n}" for n in SIZES.values()]
    return (
        f"endpoints: [{{kind: continuous, id: out, {COMMON}, "
        f'rule: "{by_arm(f"{a} + {around[0]}", f"{b} + {around[1]}")}"}}]'
    )


def timed(a: int, b: int, pace: float = 1.0) -> str:
    """So many of each arm die, one every 10 days; of A `pace` times as late."""
    variables = (
        "variables: [{id: days, label: {en: Days, zh: 天数}, type: decimal, unit: d, "
        f'rule: "10 + 10 * {by_arm(f"{pace} * place", "place")}"}}]\n'
    )
    return variables + (
        f"endpoints: [{{kind: time_to_event, id: out, {COMMON}, duration: days, "
        f'event: "place < {by_arm(a, b)}", death: event, display_unit: days}}]'
    )


def asked(
    outcome: str, design: str, method: str, *more: Any, options: str = "", only: str | None = None, trial: Any = None
) -> AnalysisRun:
    """The analysis of these outcomes under a design."""
    analysis = f"analyses: [{{id: it, label: {{en: It, zh: 它}}, endpoint: out, set: itt, method: {method}, role: primary{options}}}]"
    protocol = minimal_protocol(FORMS, outcome, analysis, f"design: {{endpoint: out, {design}}}", *more)
    trial = trial or outcomes_of(only)
    trial.protocol = protocol
    return analyze_cut(freeze(trial), protocol)


def conclusions(run: AnalysisRun) -> list[dict[str, Any]]:
    return [told for result in run.results["results"] for told in result.get("conclusions", [])]
