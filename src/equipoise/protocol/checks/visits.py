"""The schedule: visits whose forms exist, whose days follow one another, and whose acts come in the trial's order."""

from __future__ import annotations

from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import Timeline
from equipoise.protocol.words import phrase

__all__ = ["check_visits"]


def check_visits(look: Inspection, line: Timeline) -> None:
    """Every visit, and the order of them all."""
    protocol = look.protocol
    days: dict[str, tuple[int, str]] = {}
    for i, visit in enumerate(protocol.visits):
        path = ("visits", i)
        for j, form in enumerate(visit.forms):
            if look.refer((*path, "forms", j), form, protocol.form_by_id, "form") and form in visit.forms[:j]:
                look.add("visit.form_twice", (*path, "forms", j), form=form)
        for j, form in enumerate(visit.past_forms):
            look.refer((*path, "past_forms", j), form, visit.forms, "form of the visit")
        if visit.when is not None:
            columns, elsewhere = line.known_by(i - 0.5, phrase("place.decision", visit=visit.id))
            check_in_place(look, visit.when, (*path, "when"), columns, elsewhere, "boolean")
        if visit.kind == "log" or visit.day is None or visit.anchor is None:
            continue
        day = visit.day.value
        before = days.get(visit.anchor)
        if before is not None and day < before[0]:
            look.warn("visit.order", (*path, "day"), visit=visit.id, day=day, before=before[1], day_before=before[0])
        days[visit.anchor] = (day, visit.id)
        width = visit.window.before + visit.window.after + 1
        if visit.repeat is not None and width > visit.repeat.value.every_days:
            look.warn("visit.windows_overlap", (*path, "window"), apart=visit.repeat.value.every_days, wide=width)
    _acts(look)


def _acts(look: Inspection) -> None:
    protocol = look.protocol
    index = {visit.id: i for i, visit in enumerate(protocol.visits)}
    at: dict[str, int] = {}
    for i, visit in enumerate(protocol.visits):
        for j, act in enumerate(visit.act):
            if act in at:
                look.add("visit.act_twice", ("visits", i, "act", j), act=act, visit=protocol.visits[at[act]].id)
            else:
                at[act] = i
    for earlier, later in (("consent", "enroll"), ("enroll", "randomize"), ("consent", "randomize")):
        if earlier in at and later in at and at[earlier] > at[later]:
            visit_id = protocol.visits[at[earlier]].id
            look.add("visit.act_order", ("visits", at[later], "act"), later=later, earlier=earlier, visit=visit_id)
            break
    randomized = index.get(protocol.randomization.at)
    if randomized is None:
        look.refer(("randomization", "at"), protocol.randomization.at, index, "visit")
    elif protocol.visits[randomized].kind == "log":
        look.add("visit.is_log", ("randomization", "at"), visit=protocol.randomization.at)
        randomized = None
    elif at.get("randomize", randomized) != randomized:
        marked = protocol.visits[at["randomize"]].id
        look.add("visit.act_elsewhere", ("randomization", "at"), visit=protocol.randomization.at, marked=marked)
        randomized = at["randomize"]
    if protocol.eligibility is not None:
        _eligibility(look, index, at, randomized)
    for i, visit in enumerate(protocol.visits):
        moment = {"enrollment": at.get("enroll", randomized), "randomization": randomized}.get(visit.anchor or "")
        if moment is not None and i < moment and visit.day is not None and visit.day.value >= 0:
            later = protocol.visits[moment].id
            look.add("visit.anchor_later", ("visits", i, "anchor"), visit=visit.id, anchor=visit.anchor, later=later)
        elif moment is not None and i > moment and visit.day is not None and visit.day.value < 0:
            told = {"visit": visit.id, "day": visit.day.value, "anchor": visit.anchor}
            look.warn("visit.before_anchor", ("visits", i, "day"), **told, earlier=protocol.visits[moment].id)


def _eligibility(look: Inspection, index: dict[str, int], at: dict[str, int], randomized: int | None) -> None:
    protocol = look.protocol
    assessed = protocol.eligibility.at if protocol.eligibility else ""
    if not look.refer(("eligibility", "at"), assessed, index, "visit"):
        return
    place = index[assessed]
    if protocol.visits[place].kind == "log":
        look.add("visit.is_log/eligibility", ("eligibility", "at"), visit=assessed)
        return
    for moment, act in ((at.get("enroll"), "enrolled"), (randomized, "randomized")):
        if moment is not None and moment < place:
            before = protocol.visits[moment].id
            look.add(f"eligibility.too_late/{act}", ("eligibility", "at"), visit=assessed, before=before)
            break
