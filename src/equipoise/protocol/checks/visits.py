"""The schedule: visits whose forms exist, whose days follow one another, and whose acts come in the trial's order."""

from __future__ import annotations

from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import Timeline

__all__ = ["check_visits"]


def check_visits(look: Inspection, line: Timeline) -> None:
    """Every visit, and the order of them all."""
    protocol = look.protocol
    days: dict[str, tuple[int, str]] = {}
    for i, visit in enumerate(protocol.visits):
        path = ("visits", i)
        for j, form in enumerate(visit.forms):
            if look.refer((*path, "forms", j), form, protocol.form_by_id, "form") and form in visit.forms[:j]:
                look.add(
                    "visit.form_twice",
                    (*path, "forms", j),
                    f"form `{form}` is named twice at this visit",
                    "a form is filled in once at each visit",
                    "Remove one; repeating groups hold several rows.",
                )
        if visit.when is not None:
            columns, elsewhere = line.known_by(i - 0.5, f"the decision whether visit {visit.id} takes place")
            check_in_place(look, visit.when, (*path, "when"), columns, elsewhere, "boolean")
        if visit.kind == "log" or visit.day is None or visit.anchor is None:
            continue
        day = visit.day.value
        before = days.get(visit.anchor)
        if before is not None and day < before[0]:
            look.warn(
                "visit.order",
                (*path, "day"),
                f"visit {visit.id} is on day {day}",
                f"it stands after visit {before[1]}, which is on day {before[0]}",
                "Put the visits in the order in which they come.",
            )
        days[visit.anchor] = (day, visit.id)
        if visit.repeat is not None and visit.window.before + visit.window.after >= visit.repeat.value.every_days:
            look.warn(
                "visit.windows_overlap",
                (*path, "window"),
                "the windows of successive occurrences overlap",
                f"they are {visit.repeat.value.every_days} days apart and {visit.window.before + visit.window.after + 1} days wide",
                "Narrow the window.",
            )
    _acts(look)


def _acts(look: Inspection) -> None:
    protocol = look.protocol
    index = {visit.id: i for i, visit in enumerate(protocol.visits)}
    at: dict[str, int] = {}
    for i, visit in enumerate(protocol.visits):
        for j, act in enumerate(visit.act):
            if act in at:
                look.add(
                    "visit.act_twice",
                    ("visits", i, "act", j),
                    f"`{act}` is marked at two visits",
                    f"visit {protocol.visits[at[act]].id} has it already",
                    "A participant passes it once: keep one.",
                )
            else:
                at[act] = i
    for earlier, later in (("consent", "enroll"), ("enroll", "randomize"), ("consent", "randomize")):
        if earlier in at and later in at and at[earlier] > at[later]:
            look.add(
                "visit.act_order",
                ("visits", at[later], "act"),
                f"`{later}` is marked before `{earlier}`",
                f"visit {protocol.visits[at[earlier]].id} comes later",
                "Consent, enrollment and randomization follow one another.",
            )
            break
    randomized = index.get(protocol.randomization.at)
    if randomized is None:
        look.refer(("randomization", "at"), protocol.randomization.at, index, "visit")
    elif protocol.visits[randomized].kind == "log":
        look.add(
            "visit.is_log",
            ("randomization", "at"),
            f"visit {protocol.randomization.at} is a log",
            "a log has no moment at which something happens",
            "Name a scheduled visit.",
        )
        randomized = None
    elif at.get("randomize", randomized) != randomized:
        look.add(
            "visit.act_elsewhere",
            ("randomization", "at"),
            f"randomization is at visit {protocol.randomization.at}",
            f"the visit marked `randomize` is {protocol.visits[at['randomize']].id}",
            "Name the same visit in both places.",
        )
        randomized = at["randomize"]
    if protocol.eligibility is not None:
        _eligibility(look, index, at, randomized)
    for i, visit in enumerate(protocol.visits):
        moment = {"enrollment": at.get("enroll", randomized), "randomization": randomized}.get(visit.anchor or "")
        if moment is not None and i < moment and visit.day is not None and visit.day.value >= 0:
            look.add(
                "visit.anchor_later",
                ("visits", i, "anchor"),
                f"visit {visit.id} counts its days from {visit.anchor}",
                f"that happens at visit {protocol.visits[moment].id}, which comes later in the list",
                "Anchor it to consent, or put it after that visit.",
            )


def _eligibility(look: Inspection, index: dict[str, int], at: dict[str, int], randomized: int | None) -> None:
    protocol = look.protocol
    assessed = protocol.eligibility.at if protocol.eligibility else ""
    if not look.refer(("eligibility", "at"), assessed, index, "visit"):
        return
    place = index[assessed]
    if protocol.visits[place].kind == "log":
        look.add(
            "visit.is_log",
            ("eligibility", "at"),
            f"visit {assessed} is a log",
            "a log has no moment at which eligibility could be assessed",
            "Name a scheduled visit.",
        )
        return
    for moment, act in ((at.get("enroll"), "enrolled"), (randomized, "randomized")):
        if moment is not None and moment < place:
            look.add(
                "eligibility.too_late",
                ("eligibility", "at"),
                f"eligibility is assessed at visit {assessed}",
                f"participants are {act} at visit {protocol.visits[moment].id}, which comes before",
                "Assess it at that visit or earlier.",
            )
            break
