"""What the days of a record give to ask: a visit outside its window or out of order, an event before consent.

The schedule of the protocol beside what was recorded; knows no query. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from equipoise.conduct.following.words import phrase
from equipoise.conduct.state.death import death_items, died_on
from equipoise.conduct.state.state import ParticipantState
from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol
from equipoise.rules import names_of
from equipoise.visits import Visit
from equipoise.words import Phrase

__all__ = ["LOOKS", "Days", "Notice", "planned_days", "tells_death"]

FAR_DAYS = 183
"""A visit without a declared window may lie so far from its planned day before anybody is asked."""
PAST_DAYS = 3653
"""What a form tells of the past may lie ten years before its visit before anybody is asked."""
_ANCHOR: Mapping[str, str] = {"consent": "consented", "enrollment": "enrolled", "randomization": "randomized"}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that does not agree with the protocol: which check of the system, where, and in which words."""

    check: str
    record: RecordRow | None
    said: Phrase
    values: Mapping[str, Any]


Plan = tuple[date, date, date]
"""A planned day, and the first and last day of its window."""


@dataclass(frozen=True, slots=True)
class Days:
    """One participant's days while an act is looked at: of the anchors, and what is worked out of the others once.

    Every record of a visit is held against the same neighbours, so that they are sought once for a visit and not once
    for each of its forms.
    """

    anchors: Mapping[str, str | None]
    plans: dict[tuple[str, int], Plan | None] = field(default_factory=dict)
    neighbors: dict[tuple[str, int], tuple[_Neighbor, ...]] = field(default_factory=dict)

    def plan(self, visit: Visit, occurrence: int) -> Plan | None:
        """`planned_days`, worked out once."""
        key = (visit.id, occurrence)
        if key not in self.plans:
            self.plans[key] = planned_days(visit, occurrence, self.anchors)
        return self.plans[key]


@dataclass(frozen=True, slots=True)
class _Neighbor:
    """The visit before or after another one, and the day that must not be passed."""

    key: str
    visit: Visit
    occurrence: int
    limit: str


def planned_days(visit: Visit, occurrence: int, anchors: Mapping[str, str | None]) -> Plan | None:
    """The planned day of an occurrence and the first and last day of its window; None where its anchor is not known.

    `anchors` has ISO days under consented, enrolled and randomized.
    """
    anchored = anchors.get(_ANCHOR.get(visit.anchor or "", ""))
    if visit.kind != "scheduled" or visit.day is None or not anchored:
        return None
    every = visit.repeat.value.every_days if visit.repeat is not None else 0
    planned = date.fromisoformat(anchored) + timedelta(days=visit.day.value + (occurrence - 1) * every)
    before, after = visit.window.before, visit.window.after
    if not has_window(visit):
        before = after = FAR_DAYS
    return planned, planned - timedelta(days=before), planned + timedelta(days=after)


def has_window(visit: Visit) -> bool:
    """Whether the protocol says within how many days of its planned one the visit is due."""
    return "window" in visit.model_fields_set


def _place(record: RecordRow, protocol: Protocol) -> dict[str, Any]:
    """The item that holds the day, and the day."""
    form = protocol.form_by_id.get(record.form)
    items = [form.date_item] if form is not None and form.date_item else []
    return {"items": items, "observed": record.observed}


def _called(visit: Visit, occurrence: int) -> Phrase:
    key = "notice.visit_of_several" if visit.repeat is not None else "notice.visit"
    return phrase(key, label=visit.label, **({"occurrence": occurrence} if visit.repeat is not None else {}))


def _outside_window(
    visit: Visit, record: RecordRow, _person: ParticipantState, days: Days, protocol: Protocol
) -> Iterator[Notice]:
    plan = days.plan(visit, record.occurrence)
    if plan is None or not record.observed:
        return
    planned, first, last = plan
    try:
        held = date.fromisoformat(record.observed[:10])
    except ValueError:  # a day that is known in part lies in no window, and outside of none
        return
    anchored = days.anchors.get(_ANCHOR[visit.anchor or ""]) or ""
    past = record.form in visit.past_forms
    facts: dict[str, Any] = {"visit": _called(visit, record.occurrence), "day": held, "planned": planned}
    values = _place(record, protocol)
    early = held < (planned - timedelta(days=PAST_DAYS) if past else first)
    in_words_of_window = has_window(visit) and not (past and early)
    before = planned.isoformat() > anchored > record.observed[:10]
    if before and not past and (early or not has_window(visit)):
        anchor = phrase(f"anchor.{visit.anchor}")
        said = phrase("notice.before_anchor", **facts, anchor=anchor, anchored=anchored)
    elif held > last or early:
        days_off = (held - last).days if held > last else (first - held).days
        key = "notice.window" if in_words_of_window else "notice.far"
        side = phrase("notice.late" if held > last else "notice.early")
        bounds = (
            {"first": first, "last": last, "days": days_off}
            if in_words_of_window
            else {"days": abs((held - planned).days)}
        )
        said = phrase(key, **facts, **bounds, side=side)
    else:
        return
    yield Notice("visit.window", record, said, values)


def _out_of_order(
    visit: Visit, record: RecordRow, person: ParticipantState, days: Days, protocol: Protocol
) -> Iterator[Notice]:
    """Earlier than all that is known of the visit before it, or later than all of the one after it.

    What the window asks about already is not asked twice; and where both visits have windows these say all of it, for
    they may overlap (a yearly review beside a visit every three months).
    """
    if days.plan(visit, record.occurrence) is None or not record.observed or record.form in visit.past_forms:
        return
    key = (visit.id, record.occurrence)
    if key not in days.neighbors:
        days.neighbors[key] = tuple(_neighbors(visit, record.occurrence, person, days, protocol))
    held = record.observed[:10]
    passed = (
        one
        for one in days.neighbors[key]
        if (held < one.limit if one.key == "notice.before_previous" else held > one.limit)
    )
    one = next(passed, None)
    if one is None or any(_outside_window(visit, record, person, days, protocol)):
        return
    other = _called(one.visit, one.occurrence)
    said = phrase(one.key, visit=_called(visit, record.occurrence), day=held, other=other, other_day=one.limit)
    yield Notice("visit.order", record, said, _place(record, protocol))


def _neighbors(
    visit: Visit, occurrence: int, person: ParticipantState, days: Days, protocol: Protocol
) -> Iterator[_Neighbor]:
    """The visits planned next before and next after this one, of those whose windows do not say it all already."""
    own = days.plan(visit, occurrence)
    assert own is not None  # who asks has looked
    others: dict[date, tuple[Visit, int, list[str]]] = {}
    windowed = has_window(visit)
    for (visit_id, number, form), other in person.records.items():
        if (visit_id, number) == (visit.id, occurrence) or not other.observed:
            continue
        clause = protocol.visit_by_id.get(visit_id)
        if clause is None or (windowed and has_window(clause)) or form in clause.past_forms:
            continue
        plan = days.plan(clause, number)
        if plan is not None:
            others.setdefault(plan[0], (clause, number, []))[2].append(other.observed[:10])
    before = max((day for day in others if day < own[0]), default=None)
    behind = min((day for day in others if day > own[0]), default=None)
    if before is not None:
        clause, number, held_on = others[before]
        yield _Neighbor("notice.before_previous", clause, number, min(held_on))
    if behind is not None:
        clause, number, held_on = others[behind]
        yield _Neighbor("notice.after_next", clause, number, max(held_on))


def _before_consent(
    visit: Visit, record: RecordRow, _person: ParticipantState, days: Days, protocol: Protocol
) -> Iterator[Notice]:
    """An adverse event that began before consent, where the form does not ask about that itself."""
    form = protocol.form_by_id.get(record.form)
    consented = days.anchors.get("consented")
    if visit.kind != "log" or form is None or form.domain != "AE" or not consented or not record.observed:
        return
    asked = any({form.date_item, "consented_date"} <= set(names_of(check.rule)) for check in form.checks)
    if not asked and record.observed[:10] < consented:
        said = phrase("notice.before_consent", form=form.title, day=record.observed[:10], consented=consented)
        yield Notice("event.before_consent", record, said, _place(record, protocol))


def _after_leaving(
    visit: Visit, record: RecordRow, person: ParticipantState, _days: Days, protocol: Protocol
) -> Iterator[Notice]:
    """Observed after the participant had left, or while they were away: a date says so that came or changed later."""
    if not record.observed:
        return
    day, left = record.observed[:10], person.left
    gap = person.gap(day)
    if gap is not None or (left is not None and day > left.date):
        since = gap.withdrawal.date if gap is not None else left.date if left is not None else ""
        said = phrase("notice.after_leaving", visit=_called(visit, record.occurrence), day=day, left=since)
        yield Notice("visit.after_leaving", record, said, _place(record, protocol))


def _after_death(
    visit: Visit, record: RecordRow, person: ParticipantState, _days: Days, protocol: Protocol
) -> Iterator[Notice]:
    """A participant who was seen after the day of death: one of the two days is wrong. What tells of the death may be
    written down later.
    """
    items = death_items(protocol)
    if not items or not record.observed or any(record.values.get(item) for item in items):
        return
    died, form = died_on(person, protocol)
    day = record.observed[:10]
    if died and len(died) == len(day) and day > died:
        title = protocol.form_by_id[form].title if form in protocol.form_by_id else form
        said = phrase("notice.after_death", visit=_called(visit, record.occurrence), day=day, died=died, form=title)
        yield Notice("visit.after_death", record, said, _place(record, protocol) | {"died": died})


def tells_death(protocol: Protocol, items: Collection[str]) -> bool:
    """Whether any of the items says on which day the participant died."""
    return not set(death_items(protocol)).isdisjoint(items)


Look = Callable[[Visit, RecordRow, ParticipantState, Days, Protocol], Iterator[Notice]]
LOOKS: tuple[tuple[str, Look], ...] = (
    ("visit.window", _outside_window),
    ("visit.order", _out_of_order),
    ("event.before_consent", _before_consent),
    ("visit.after_leaving", _after_leaving),
    ("visit.after_death", _after_death),
)
