"""What a virtual participant's screening finds, and whether the criteria let them in.

Items about which the scenario is silent are drawn again until the criteria that hang on them are met: nobody is
approached for a trial at random. What the scenario describes is left as it falls, so that its own failures come out;
when it states a share of screening failures, that share fails a criterion drawn at random, and the others fail none.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date, timedelta

from equipoise.eligibility import Criterion
from equipoise.knowledge.records import RecordRow
from equipoise.rules import read_rule
from equipoise.virtual.participants import Place, Redrawn, VirtualParticipant
from equipoise.virtual.schedule import planned_days, visit_day
from equipoise.virtual.script import items_behind
from equipoise.virtual.trial import VirtualTrial
from equipoise.wording import bare

__all__ = ["draw_screening", "unmet_criteria"]

ROUNDS_MAX = 60
ROUNDS_PER_CRITERION = 8


def draw_screening(
    plan: VirtualTrial, person: VirtualParticipant, consented: date, only: Container[str] | None = None
) -> list[tuple[date, RecordRow]]:
    """The forms of all visits up to the assessment of eligibility, each with the day on which it is filled in.

    `only`: of these forms alone (`needed`); all of them when None.
    """
    failures = bare(plan.scenario.screen_failure)
    lots = person.stream.child("screening")
    fails = failures is not None and lots.uniform(0) < failures
    drawings: dict[Place, Redrawn] = {}
    drafts = _draw(plan, person, consented, drawings, only)
    unmet = unmet_criteria(plan, person)
    for _ in range(ROUNDS_MAX):
        marked = _again(plan, unmet, drawings, bend=failures is not None) if unmet else set[Place]()
        if not marked:
            break
        drafts = _draw(plan, person, consented, drawings, only, kept_drafts(drafts, marked))
        unmet = unmet_criteria(plan, person)
    if fails and not unmet:
        drafts = _failing(plan, person, consented, drawings, drafts, only)
    person.forget(0)
    return drafts


def _draw(
    plan: VirtualTrial,
    person: VirtualParticipant,
    consented: date,
    drawings: dict[Place, Redrawn],
    only: Container[str] | None,
    kept: Sequence[tuple[date, RecordRow]] = (),
) -> list[tuple[date, RecordRow]]:
    """All forms once, in order, of which the first are `kept` from the time before; the person then knows them."""
    person.forget(0)
    drafts: list[tuple[date, RecordRow]] = []
    day = consented
    for visit in plan.screening_visits:
        if visit.when is not None and person.says(visit.when) is not True:
            continue
        shifts = person.stream.child("visit", visit.id).uniform(0, len(planned_days(visit))).tolist()
        for number, (ahead, shift) in enumerate(zip(planned_days(visit), shifts, strict=True), start=1):
            day = max(day, visit_day(consented, ahead, visit, shift))
            for form in visit.forms:
                if only is not None and form not in only:
                    continue
                place = (visit.id, number, form)
                if len(drafts) < len(kept):
                    record = kept[len(drafts)][1]
                else:
                    record = person.draw_form(place, day, drawing=drawings.setdefault(place, Redrawn()))
                person.keep(record)
                drafts.append((day, record))
            day = day + timedelta(days=1) if number < len(shifts) else day
    return drafts


def kept_drafts(drafts: Sequence[tuple[date, RecordRow]], marked: Container[Place]) -> Sequence[tuple[date, RecordRow]]:
    """Those before the first that is drawn again: a form rests on nothing that comes after it."""
    for count, (_, record) in enumerate(drafts):
        if (record.visit, record.occurrence, record.form) in marked:
            return drafts[:count]
    return drafts


def unmet_criteria(plan: VirtualTrial, person: VirtualParticipant) -> list[Criterion]:
    """The criteria that would not let the person in now: not met, or not yet known."""
    clause = plan.protocol.eligibility
    return [c for c in (clause.criteria if clause else ()) if person.says(c.rule) is not (c.kind == "inclusion")]


def _again(plan: VirtualTrial, unmet: list[Criterion], drawings: dict[Place, Redrawn], *, bend: bool) -> set[Place]:
    """Mark what may be drawn again; the places, none where nothing may. `bend`: distributions are drawn from, too."""
    marked = set[Place]()
    for name in {
        name
        for criterion in unmet
        for name in items_behind(plan.protocol, read_rule(criterion.rule).names, plan.script.items)
    }:
        how = plan.script.items.get(name)
        if how is not None and not (bend and how.is_chance):
            continue
        for place, drawing in drawings.items():
            if place[2] == plan.protocol.item_by_id[name][0].id:
                drawing.again[name] = drawing.again.get(name, 0) + 1
                marked.add(place)
    return marked


def _failing(
    plan: VirtualTrial,
    person: VirtualParticipant,
    consented: date,
    drawings: dict[Place, Redrawn],
    drafts: list[tuple[date, RecordRow]],
    only: Container[str] | None,
) -> list[tuple[date, RecordRow]]:
    """The same screening, in which one criterion (drawn at random) is failed, if any can be."""
    clause = plan.protocol.eligibility
    criteria = clause.criteria if clause else ()
    for place in person.stream.child("failing").permutation(0, len(criteria)).tolist():
        names = items_behind(plan.protocol, read_rule(criteria[place].rule).names)
        tried = {
            at: Redrawn(dict(d.again), {n for n in names if plan.protocol.item_by_id[n][0].id == at[2]})
            for at, d in drawings.items()
        }
        for _ in range(ROUNDS_PER_CRITERION):
            for drawing in tried.values():
                drawing.again.update({name: drawing.again.get(name, 0) + 1 for name in drawing.wide})
            other = _draw(plan, person, consented, tried, only)
            if unmet_criteria(plan, person):
                return other
    return drafts
