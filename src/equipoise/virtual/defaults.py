"""The scenario of a rehearsal: the protocol's own, or one made from its design when it has none.

What had to be supposed is returned as notes, in both languages, so that nobody takes a default for a promise of the
protocol.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from equipoise.conduct.state.state import Extent
from equipoise.design import Accrual, Hazard, Outcome, Scenario
from equipoise.endpoints import TimeToEvent
from equipoise.protocol.document import Protocol
from equipoise.virtual.words import phrase, refuse
from equipoise.wording import Sourced, Text, bare
from equipoise.words import Phrase

__all__ = ["EXTENTS", "LEAVING", "SILENT", "scenario_of"]

# Used, and noted, where a scenario is silent.
MISSED_VISIT, LATE_ENTRY_DAYS, TYPING_ERROR = 0.05, 5.0, 0.003
SILENT: Mapping[str, float] = {
    "late_entry_days": LATE_ENTRY_DAYS,
    "missed_visit": MISSED_VISIT,
    "typing_error": TYPING_ERROR,
    "outside_window": 0.0,
    "query_days": 10.0,
    "queried": 0.0,
    "deviation": 0.06,
    "duplicate": 0.0,
    "wrong_stratum": 0.0,
}
"""What holds of a site where nothing is said; what is 0 does not happen."""
EXTENTS: Mapping[Extent, float] = {"follow_up": 0.6, "treatment": 0.25, "consent": 0.15}
"""From what people withdraw."""
LEAVING = EXTENTS["follow_up"] + EXTENTS["consent"]
"""The share of withdrawals that end follow-up."""
T = TypeVar("T")
_SUPPOSED = "a default of the rehearsal"


def scenario_of(protocol: Protocol, name: str | None) -> tuple[Scenario, list[Phrase]]:
    """The scenario called `name` (the first when None) and what had to be supposed;
    Refusal when there is no such one."""
    by_id = {scenario.id: scenario for scenario in protocol.scenarios}
    if name is not None and name not in by_id:
        if not by_id:
            refuse("rehearsal.unknown_scenario/none", f"scenarios.{name}", name=name)
        refuse("rehearsal.unknown_scenario", f"scenarios.{name}", name=name, known=tuple(by_id))
    if by_id:
        scenario = by_id[name] if name is not None else protocol.scenarios[0]
        return scenario, _silent(scenario)
    scenario, notes = _made_up(protocol)
    return scenario, notes + _silent(scenario)


def _silent(scenario: Scenario) -> list[Phrase]:
    used = {"missed_visit": MISSED_VISIT, "late_entry_days": LATE_ENTRY_DAYS, "typing_error": TYPING_ERROR}
    return [phrase(f"silent.{name}", share=share) for name, share in used.items() if getattr(scenario, name) is None]


def _sourced(value: T) -> Sourced[T]:
    return Sourced(value=value, assumption=True, source=_SUPPOSED)


def _made_up(protocol: Protocol) -> tuple[Scenario, list[Phrase]]:
    design = protocol.design
    accrual = bare(design.accrual) if design else None
    follow_up = bare(design.follow_up_months) if design else None
    notes = [phrase("no_scenario")]
    if accrual is None:
        accrual = Accrual(months=(12.0,), per_month=(10.0,))
        notes.append(phrase("no_accrual"))
    if follow_up is None:
        follow_up = 24.0
        notes.append(phrase("no_follow_up"))
    outcomes, about = _outcomes(protocol)
    made = Scenario(
        id="default",
        label=Text(en="Defaults", zh="默认情景"),
        start=_start(protocol),
        accrual=_sourced(accrual),
        follow_up_months=_sourced(follow_up),
        outcomes=tuple(outcomes),
    )
    return made, notes + about


def _start(protocol: Protocol) -> str:
    """The January after the protocol's date: a rehearsal without a scenario still plays when the trial could have.

    Where a form takes dates of certain years only (a completed trial), it plays in those.
    """
    year = protocol.study.date[:4]
    start = f"{int(year) + 1 if year.isdigit() else 2021}-01-04"
    for form in protocol.forms:
        hard = protocol.item_by_id[form.date_item][2].hard if form.date_item else None
        if hard is None:
            continue
        low, high = (str(limit) if limit is not None else None for limit in (hard.min, hard.max))
        if low is not None and (start < low or (high is not None and start > high)):
            start = low
    return start


def _outcomes(protocol: Protocol) -> tuple[list[Outcome], list[Phrase]]:
    """An outcome for each form that dates an event of a time-to-event endpoint: the design's hazard, or a median of 24
    months; a death ends everything, with a median of 48 months."""
    experimental = [arm.id for arm in protocol.arms if arm.role == "experimental"]
    design, found, notes = protocol.design, dict[str, Outcome](), list[Phrase]()
    endpoints = [e for e in protocol.endpoints if isinstance(e, TimeToEvent)]
    for endpoint in sorted(endpoints, key=lambda e: e.role != "primary"):
        for source in endpoint.events:
            variable = protocol.variable_by_id.get(source.date)
            item = variable.pick.item if variable is not None and variable.pick is not None else source.date
            if item not in protocol.item_by_id or protocol.item_by_id[item][1] is not None:
                continue
            form = protocol.item_by_id[item][0]
            visit = next((v for v in protocol.visits if form.id in v.forms and v.kind == "log"), None)
            if visit is None or form.id in found:
                continue
            dies = "death" in f"{form.id} {item}".lower()
            first = not found and design is not None and endpoint.id == design.endpoint
            hazard = bare(design.control) if first and design is not None else None
            ratio = bare(design.hazard_ratio) if design is not None else None
            found[form.id] = Outcome(
                id=form.id,
                form=form.id,
                visit=visit.id,
                date_item=item,
                ends=dies,
                hazard=_sourced(hazard or Hazard(median_months=48.0 if dies else 24.0)),
                hazard_ratio=_sourced(dict.fromkeys(experimental, ratio)) if ratio is not None else None,
            )
            if hazard is None:
                notes.append(phrase("no_hazard", form=form.id, months=48 if dies else 24))
    if not found:
        notes.append(phrase("no_event"))
    return list(found.values()), notes
