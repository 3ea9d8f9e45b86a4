"""What the system asks by itself: a check of severity `query` that an act broke opens a query, one that it mended
closes it.

Promises, in the act that changed something: no second query for a check of a record while one waits; a check that holds
closes its query, one that is not yet known settles nothing. Looks only at checks that rest on what changed. Pure; the
facts decided so far are given, so that whatever they changed, in any record, is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from equipoise.conduct.entries.applying import with_facts
from equipoise.conduct.following.query_words import found_values, words_of_closing, words_of_opening
from equipoise.conduct.sheet.form_plan import FormPlan
from equipoise.conduct.sheet.query_checks import QueryCheck
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.query import Query, query_name
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.findings import Refusal
from equipoise.knowledge.participant import Knowledge
from equipoise.knowledge.records import RecordKey, RecordRow
from equipoise.knowledge.surroundings import around_row
from equipoise.ledger import Fact
from equipoise.protocol.scope import item_named
from equipoise.rules import compute, read_rule

__all__ = ["changed_names", "decide_queries"]


def decide_queries(state: StudyState, facts: Sequence[Fact], setting: Setting) -> list[Fact]:
    """query_raised and query_closed for what `facts` break and mend; nothing where no such check rests on them."""
    checks = setting.query_checks()
    # A locked study takes no entry about a record; what comes to it all the same (an erasure) must not ask for an
    # answer.
    if not checks or state.locked is not None:
        return []
    found: list[Fact] = []
    for name in dict.fromkeys(fact.participant for fact in facts if fact.participant is not None):
        person = state.participants.get(name)
        if person is not None:
            found += _of_participant(person, [fact for fact in facts if fact.participant == name], checks, setting)
    return found


def _of_participant(
    person: ParticipantState, facts: Sequence[Fact], checks: Iterable[QueryCheck], setting: Setting
) -> list[Fact]:
    changed, everywhere = changed_names(person, facts, setting)
    # Most acts touch nothing that a check rests on; they must not pay for the checks of all forms at every turn.
    touched = [check for check in checks if not everywhere.isdisjoint(check.own | check.behind)]
    if not touched:
        return []
    # From here on as things will stand: what the act itself derived again in other records is seen as well.
    after = with_facts(person, facts, setting.kinds)
    knowledge = setting.knowledge(after)
    # Answered is not closed: as long as somebody still has to look, the same question is not asked twice.
    waiting = {_mark(query): query for query in person.queries.values() if query.unclosed and query.check}
    for fact in facts:  # an erasure takes the query with it
        if fact.kind == "erased":
            waiting = {mark: query for mark, query in waiting.items() if query.id != query_name(fact.payload["erases"])}
    found: list[Fact] = []
    for one in touched:
        # What a check takes from elsewhere changed for every record of its form; its own items only where they stand.
        anywhere = not everywhere.isdisjoint(one.behind)
        for key, record in after.records.items():
            if key[2] == one.form and (anywhere or not changed.get(key, frozenset()).isdisjoint(one.own)):
                found += _of_record(person, one, record, knowledge, waiting, setting)
    return found


def changed_names(
    person: ParticipantState, facts: Sequence[Fact], setting: Setting
) -> tuple[dict[RecordKey, set[str]], set[str]]:
    """The names whose values the facts may have changed: by record, and all together."""
    changed: dict[RecordKey, set[str]] = {}
    everywhere: set[str] = set()
    for fact in facts:
        said: Mapping[str, Any] = fact.payload
        if (kind := setting.kinds.get(fact.kind)) is not None:
            everywhere.update(kind.makes_known)
        if fact.kind not in _ON_RECORDS or "form" not in said:
            continue
        key = (said["visit"], said["occurrence"], said["form"])
        names = {said["item"]} if fact.kind == "value_corrected" else _items(said)
        if "places" in said:  # of an erased item, and not of the whole record
            changed.setdefault(key, set()).update(said["items"])
            everywhere |= set(said["items"])
            continue
        # An erasure says what it erases and not what stood there, and so does what is struck out: all that the record
        # held may have changed.
        if fact.kind in ("erased", "record_struck") and (record := person.records.get(key)) is not None:
            names = _items({"values": record.values, "groups": record.groups})
        changed.setdefault(key, set()).update(names)
        everywhere |= names
    return changed, everywhere


def _items(said: Mapping[str, Any]) -> set[str]:
    rows = [row for rows in said.get("groups", {}).values() for row in rows]
    return {*said.get("values", {}), *(item for row in rows for item in row)}


_ON_RECORDS = ("form_recorded", "value_corrected", "record_struck", "erased")
Mark = tuple[str | None, RecordKey, int | None]  # check, record, row


def _mark(query: Query) -> Mark:
    place = query.place
    return query.check, (place.visit or "", place.occurrence or 0, place.form or ""), place.row


def _of_record(
    person: ParticipantState,
    one: QueryCheck,
    record: RecordRow,
    knowledge: Knowledge,
    waiting: dict[Mark, Query],
    setting: Setting,
) -> Iterator[Fact]:
    """A check of one record, in each row where it is about rows."""
    plan = setting.plan(one.form)
    rows: list[tuple[int | None, Mapping[str, Any]]] = [(None, {})]
    if one.table is not None:
        rows = list(enumerate(record.groups.get(one.table, []), start=1))
    for row, values in rows:
        key = (record.visit, record.occurrence, record.form)
        query = waiting.get((one.check.id, key, row))
        holds, seen = _look(plan, one, {**record.values, **values}, knowledge)
        place = {"visit": key[0], "occurrence": key[1], "form": key[2], "group": one.table, "row": row}
        # Not yet known (None) neither asks nor closes: a missing value is the form's to ask for.
        if holds is False and query is None:
            items = list(one.check.items) or [name for name in read_rule(one.check.rule).names if name in one.own]
            said = {
                **place,
                "items": items,
                "check": one.check.id,
                "by": "system",
                "text": words_of_opening(setting.protocol, one.check, seen),
                "values": found_values(setting.protocol, one.check, seen),
            }
            yield Fact("query_raised", said, person.id, person.site)
        elif holds is True and query is not None:
            text = words_of_closing(setting.protocol, one.check, seen)
            said = {"query": query.id, "by": "system", "reason": text["en"], "text": text}
            yield Fact("query_closed", said, person.id, person.site)


def _look(
    plan: FormPlan, one: QueryCheck, recorded: Mapping[str, Any], knowledge: Knowledge
) -> tuple[bool | None, dict[str, Any]]:
    """Whether the check is true, false or not yet known, and the values that it looked at, in canonical form."""
    protocol = knowledge.protocol
    around = around_row(protocol, knowledge.timezone, (plan.form.id, one.table), recorded, knowledge.value)
    known: dict[str, Any] = {}
    seen: dict[str, Any] = {}
    for name in read_rule(one.check.rule).names:
        named = item_named(protocol, name)
        if named is not None and named.form.id == plan.form.id and named.group in (None, one.table):
            known[name] = named.value(recorded, around)
            seen[name] = recorded.get(name) if named.facet is None else _canonical(known[name])
        else:
            known[name] = knowledge.value(name)
            seen[name] = _canonical(known[name])
    try:
        holds = compute(one.check.rule, known, plan.columns[one.table])
    except Refusal:  # a rule that cannot be worked out with these values settles nothing
        return None, seen
    return (None if holds is None else bool(holds)), seen


def _canonical(value: Any) -> Any:
    """What a rule computed with, as the ledger may hold it: no floating-point number, no date."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return format(value, ".10g") if isinstance(value, float) else value
