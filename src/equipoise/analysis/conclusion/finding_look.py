"""From a cut to its place in the plan: how much information there is, whether that is the end, and the boundary there.

Counts what the design counts. A look that the plan has before this one is supposed to have been held as planned.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from equipoise.analysis.conclusion.bounding import bounded
from equipoise.analysis.conclusion.present_look import PresentLook
from equipoise.analysis.rows import derive_rows
from equipoise.analysis.sets import members
from equipoise.endpoints import kind_of
from equipoise.findings import Refusal
from equipoise.units import DAYS_PER_MONTH
from equipoise.wording import bare

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.design import Design
    from equipoise.endpoints import Endpoint
    from equipoise.protocol.document import Protocol
    from equipoise.visits import Visit

__all__ = ["find_present_look"]


def find_present_look(cut: Cut, protocol: Protocol) -> PresentLook | None:
    """The look that a cut is of the protocol's design; None without a design."""
    design = protocol.design
    endpoint = next((e for e in protocol.endpoints if design is not None and e.id == design.endpoint), None)
    if design is None or endpoint is None:
        return None
    look = _counted(cut, protocol, design, endpoint)
    fractions = tuple(one.information for one in design.looks.value) if design.looks else (1.0,)
    return bounded(replace(look, fractions=fractions), design, _ratio(protocol))


def _counted(cut: Cut, protocol: Protocol, design: Design, endpoint: Endpoint) -> PresentLook:
    """What was reached of what was planned, and whether that is the end."""
    import polars as pl

    set_id = next(
        (a.set for a in protocol.analyses if a.endpoint == endpoint.id and a.role == "primary"),
        next((a.set for a in protocol.analyses if a.endpoint == endpoint.id), protocol.sets[0].id),
    )
    inside = members(cut, protocol, set_id)
    rows = derive_rows(cut, protocol, endpoint).filter(inside)
    people = cut.participants.filter(inside & cut.participants["randomized"])
    usable = rows.filter(pl.col("problem").is_null())
    timed = kind_of(endpoint).timed
    planned = _planned(protocol, design, timed=timed)
    if timed and planned.counted == "events":
        reached = int(usable["event"].sum())
        look = replace(planned, reached=reached, joined=people.height)
        if look.planned is not None:
            enough = reached >= look.planned
            look = replace(look, final=enough, why="reached" if enough else "too_few")
    else:
        look = replace(planned, reached=people.height if timed else usable.height, joined=people.height)
        if not timed:
            look = replace(look, assessed=_assessed(protocol, design))
        if look.assessed is not None and look.reached >= look.assessed:
            look = replace(look, final=True, why="reached")
        elif look.planned is not None and look.joined < look.planned:
            look = replace(look, final=False, why="too_few")
        elif look.planned is not None:
            look = (
                _followed(cut, design, people, look) if timed else _awaited(cut, protocol, design, endpoint, rows, look)
            )
    return replace(look, final=True, why="locked") if cut.locked and not look.final else look


def _planned(protocol: Protocol, design: Design, *, timed: bool) -> PresentLook:
    """What the plan counts and how much of it: as stated, or as the assumptions require."""
    stated_events, stated = bare(design.events), bare(design.participants)
    several = design.looks is not None and len(design.looks.value) > 1
    if timed and stated_events is not None:
        return _look("events", stated_events)
    if timed and (several or design.follow_up_months is None):
        return _look("events", _required(protocol, "events"))
    return _look("participants", stated if stated is not None else _required(protocol, "participants"))


def _look(counted: Literal["events", "participants"], planned: float | None) -> PresentLook:
    whole = None if planned is None else max(math.ceil(planned - 1e-6), 1)
    return PresentLook(
        counted, 0, 0, whole, final=True, why="unknown" if whole is None else "reached", fractions=(1.0,)
    )


def _assessed(protocol: Protocol, design: Design) -> int | None:
    """Of the planned participants those with a value, where the plan allows for dropout before it."""
    from equipoise.planning.of_protocol import plan_design

    if not bare(design.dropout_per_month):
        return None
    try:
        planned = plan_design(protocol).planned
    except Refusal:
        return None
    return None if planned is None else max(round(planned.participants), 1)


def _required(protocol: Protocol, counted: str) -> float | None:
    """What the assumptions of the design require; None where it cannot be planned so."""
    from equipoise.planning.of_protocol import plan_design

    try:
        plan = plan_design(protocol)
    except Refusal:
        return None
    if counted == "participants":
        return plan.required_participants
    return getattr(plan.planned, "events", None) or plan.required_events


def _followed(cut: Cut, design: Design, people: pl.DataFrame, look: PresentLook) -> PresentLook:
    """The end of a trial that is planned by participants and time: everybody has joined, and time has passed."""
    months = bare(design.follow_up_months)
    last = people["randomized_date"].max()
    if not months or not isinstance(last, date):
        return look
    passed = (date.fromisoformat(cut.date) - last).days / DAYS_PER_MONTH
    over = passed >= months * (1 - 1e-9)
    return replace(
        look, final=over, why="reached" if over else "not_followed", followed=max(passed, 0.0), follow_up=months
    )


def _awaited(
    cut: Cut, protocol: Protocol, design: Design, endpoint: Endpoint, rows: pl.DataFrame, look: PresentLook
) -> PresentLook:
    """The end of a trial of values: everybody has joined, and nobody is left whose value may still come.

    Who left the trial, or whose last visit is over, has what there will ever be.
    """
    import polars as pl

    lacking = rows.filter(pl.col("problem").is_not_null())["participant"]
    days = _last_day(protocol, design, endpoint)
    if days is None or not len(lacking):
        return look
    since = date.fromisoformat(cut.date) - timedelta(days=days)
    awaited = cut.participants.filter(
        pl.col("participant").is_in(lacking.implode())
        & pl.col("randomized")
        & ~pl.col("withdrawn")
        & (pl.col("randomized_date") > since)
    )
    return replace(look, final=False, why="pending") if awaited.height else look


def _last_day(protocol: Protocol, design: Design, endpoint: Endpoint) -> int | None:
    """The last day after randomization on which a visit may be that the endpoint rests on; without such a visit the end
    of the follow-up."""
    days = []
    for visit in _visits_behind(protocol, kind_of(endpoint).names(endpoint)):
        if visit.anchor == "randomization" and visit.day is not None:
            again = 0 if visit.repeat is None else visit.repeat.value.every_days * (visit.repeat.value.count - 1)
            days.append(visit.day.value + again + visit.window.after)
    if days:
        return max(days)
    months = bare(design.follow_up_months)
    return None if months is None else round(months * DAYS_PER_MONTH)


def _visits_behind(protocol: Protocol, names: list[str]) -> Iterator[Visit]:
    """The visits at which the items are recorded from which `names` are made."""
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        variable = protocol.variable_by_id.get(name)
        pick = None if variable is None else variable.pick
        if variable is not None:
            waiting.extend(variable.rests_on())
        item = name if pick is None else pick.item
        if item in protocol.item_by_id:
            form = protocol.item_by_id[item][0]
            if pick is not None:
                seen.add(item)  # at the picked visits, and at no others
            yield from (
                visit
                for visit in protocol.visits
                if form.id in visit.forms and (pick is None or not pick.visits or visit.id in pick.visits)
            )


def _ratio(protocol: Protocol) -> float:
    """Experimental participants to one control, where there is one arm of each; else as many."""
    weights = protocol.randomization.ratio.value
    by_role = {role: [arm.id for arm in protocol.arms if arm.role == role] for role in ("experimental", "control")}
    if any(len(ids) != 1 for ids in by_role.values()):
        return 1.0
    one, two = (weights.get(by_role[role][0], 0) for role in ("experimental", "control"))
    return one / two if one > 0 and two > 0 else 1.0
