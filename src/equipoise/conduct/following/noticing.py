"""What the system notices by itself against the protocol: a visit held outside its window or out of order, an event
before consent, and a correction that changes what an allocation rested on.

Each becomes a query of the system, in the act that brought it about, and by that a deviation: it stays one when a
person closes the query with a reason, and is none any more once a correction has mended it. Nothing is refused, for
what took place is recorded as it was; no slot and no arm is touched (Yelland et al. 2018: document, do not correct).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from equipoise.conduct.entries.allocation import TRUE_STRATUM_RECORDED
from equipoise.conduct.entries.applying import with_facts
from equipoise.conduct.following.noticed_acts import ACT_LOOKS
from equipoise.conduct.following.noticed_days import LOOKS, Days, Look, Notice, tells_death
from equipoise.conduct.following.querying import changed_names
from equipoise.conduct.following.resting import RestsOn, rests_on
from equipoise.conduct.following.words import phrase, refuse
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.built_ins import days_of
from equipoise.conduct.state.query import Query, query_name
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact
from equipoise.protocol.identity import ByIdentity
from equipoise.protocol.scope import names_behind
from equipoise.rules import names_of
from equipoise.visits import Held, Visit
from equipoise.words import LANGUAGES, Phrase

__all__ = ["decide_notices"]

KEYS: Mapping[str, str] = {
    "visit.window": "window",
    "visit.order": "order",
    "act.order": "acts",
    "site.before_opening": "opening",
    "event.before_consent": "consent",
    "visit.after_leaving": "leaving",
    "visit.after_death": "death",
    "act.after_death": "death",
}
"""The key of `dates` by which a protocol says what becomes of what a check of the system notices."""
_ON_RECORDS = ("form_recorded", "value_corrected", "record_struck", "erased")
_ON_DAYS = ("date_corrected", "withdrawn", "withdrawal_ended")
"""By these, what was recorded long ago may have come to lie elsewhere."""
_ON_ACTS = ("screened", "consented", "date_corrected", "enrolled", "allocated", "allocation_recorded")


def decide_notices(state: StudyState, facts: Sequence[Fact], setting: Setting) -> list[Fact]:
    """Queries that the system raises and closes because of `facts`, and the true stratum where it became another."""
    if state.locked is not None:
        return []
    found: list[Fact] = []
    for name in dict.fromkeys(fact.participant for fact in facts if fact.participant is not None):
        person = state.participants.get(name)
        own = [fact for fact in facts if fact.participant == name]
        kinds = {fact.kind for fact in own}
        if person is None:
            person = _newcomer(name, own)
        if person is None or kinds.isdisjoint((*_ON_RECORDS, *_ON_DAYS, *_ON_ACTS)):
            continue
        after = with_facts(person, own, setting.kinds)
        if not kinds.isdisjoint((*_ON_RECORDS, *_ON_DAYS)):
            found += _of_visits(person, after, own, setting)
        if not kinds.isdisjoint(_ON_ACTS) or any(_of_death(person, fact, setting) for fact in own):
            newcomer = name not in state.participants
            for check, look in ACT_LOOKS:
                notices = list(look(after, state, setting.protocol))
                held = _held(setting, check, notices, [] if newcomer else look(person, state, setting.protocol))
                found += _settle(person, own, (check, None, None), notices, kept=held == "kept")
        if after.randomized is not None and not kinds.isdisjoint(_ON_RECORDS):
            found += _of_allocation(person, after, own, setting)
    return found


def _newcomer(name: str, facts: Sequence[Fact]) -> ParticipantState | None:
    """Who is screened in this act: nobody knows them yet."""
    first = next((fact for fact in facts if fact.kind == "screened"), None)
    return None if first is None else ParticipantState(name, first.site or "", first.payload["date"])


def _of_visits(
    person: ParticipantState, after: ParticipantState, facts: Sequence[Fact], setting: Setting
) -> list[Fact]:
    """What the days of the visits that the facts are about give to ask, or settle."""
    touched = dict.fromkeys(
        (fact.payload["visit"], fact.payload["occurrence"])
        for fact in facts
        if fact.kind in _ON_RECORDS and "form" in fact.payload
    )
    if any(fact.kind in _ON_DAYS or _of_death(person, fact, setting) for fact in facts):
        touched = dict.fromkeys([*touched, *((visit, occurrence) for visit, occurrence, _ in after.records)])
    elif not any(fact.kind != "value_corrected" or "observed" in fact.payload for fact in facts):
        return []
    days = Days(days_of(after))
    found: list[Fact] = []
    for visit_id, occurrence in touched:
        visit = setting.protocol.visit_by_id.get(visit_id)
        if visit is None:
            continue
        records = [r for (v, o, _), r in after.records.items() if (v, o) == (visit_id, occurrence) and r.observed]
        for check, look in LOOKS:
            notices = [one for record in records for one in look(visit, record, after, days, setting.protocol)]
            held = _held(setting, check, notices, _before(look, visit, person, occurrence, setting))
            found += _settle(person, facts, (check, visit_id, occurrence), notices, kept=held == "kept")
    return found


def _before(look: Look, visit: Visit, person: ParticipantState, occurrence: int, setting: Setting) -> Iterator[Notice]:
    """What was to be noticed of the visit before the act."""
    days = Days(days_of(person))
    for (visit_id, number, _), record in person.records.items():
        if (visit_id, number) == (visit.id, occurrence) and record.observed:
            yield from look(visit, record, person, days, setting.protocol)


def _held(setting: Setting, check: str, notices: Sequence[Notice], before: Iterable[Notice]) -> Held:
    """What the protocol wants done about it. Raises Refusal where it refuses what the act brings about; what stood
    before (taken in under another version, say) is asked about.
    """
    held: Held = getattr(setting.protocol.dates, KEYS[check])
    if held != "refused" or not notices:
        return held
    stood = {_told(one) for one in before}
    if new := [one for one in notices if _told(one) not in stood]:
        said = {language: new[0].said.in_(language) for language in LANGUAGES}
        what = Phrase(said["en"].rstrip("."), said["zh"].rstrip("。"))
        where = "" if new[0].record is None else f"{new[0].record.form}.observed"
        refuse("date.refused", where, said=what, key=KEYS[check])
    return "asked"


def _told(notice: Notice) -> tuple[Any, ...]:
    record = notice.record
    place = () if record is None else (record.visit, record.occurrence, record.form, record.observed)
    return notice.check, place


def _of_death(person: ParticipantState, fact: Fact, setting: Setting) -> bool:
    """Whether the fact says, or takes away, on which day the participant died: then every visit is held against it."""
    said = fact.payload
    if fact.kind not in _ON_RECORDS or "form" not in said:
        return False
    names = {said["item"]} if fact.kind == "value_corrected" else set(said.get("values", ()))
    if fact.kind in ("erased", "record_struck"):
        record = person.records.get((said["visit"], said["occurrence"], said["form"]))
        names = set(said["items"]) if "places" in said else set() if record is None else set(record.values)
    return tells_death(setting.protocol, names)


def _settle(
    person: ParticipantState,
    facts: Sequence[Fact],
    about: tuple[str, str | None, int | None],
    notices: Sequence[Notice],
    *,
    kept: bool = False,
) -> Iterator[Fact]:
    """One query for a visit (or the allocation) as long as anything is noticed there; the system closes it after that.

    What a person has closed with a reason is asked again only when it was changed. `kept`: it is raised and closed at
    once, as a deviation about which nobody is asked; mended, the system closes it like the others.
    """
    known = [q for q in person.queries.values() if (q.check, q.place.visit, q.place.occurrence) == about]
    gone = {query_name(fact.payload["erases"]) for fact in facts if fact.kind == "erased"}
    waiting = [query for query in known if query.unclosed and query.id not in gone]
    if notices and not waiting:
        told = [one for one in notices if not any(_explained(one, query) for query in known) or _is_new(one, facts)]
        if told:
            yield _raised(person, about, told[0], kept=kept)
    elif not notices:
        for query in [q for q in known if q.id not in gone and (q.unclosed or q.kept)]:
            text = phrase("notice.mended").in_both()
            said = {"query": query.id, "by": "system", "reason": text["en"], "text": text}
            yield Fact("query_closed", said, person.id, person.site)


def _explained(_notice: Notice, query: Query) -> bool:
    """Whether a person, and not a correction, closed the question about it."""
    return not query.unclosed and not query.steps[-1].system


def _is_new(notice: Notice, facts: Sequence[Fact]) -> bool:
    """Whether the act corrected the day that is asked about."""
    record = notice.record
    return record is not None and any(
        fact.kind == "value_corrected"
        and "observed" in fact.payload
        and (fact.payload["visit"], fact.payload["occurrence"], fact.payload["form"])
        == (record.visit, record.occurrence, record.form)
        for fact in facts
    )


def _raised(person: ParticipantState, about: tuple[str, str | None, int | None], notice: Notice, *, kept: bool) -> Fact:
    check, visit, occurrence = about
    record = notice.record
    said = {
        "visit": visit,
        "occurrence": occurrence,
        "form": None if record is None else record.form,
        "group": None,
        "row": None,
        "items": list(notice.values.get("items", ())),
        "check": check,
        "by": "system",
        "text": notice.said.in_both(),
        "values": {name: value for name, value in notice.values.items() if name != "items"},
        **({"kept": phrase("notice.kept").in_both()} if kept else {}),
    }
    return Fact("query_raised", said, person.id, person.site)


@lru_cache(maxsize=64)
def _rests_on(protocol: ByIdentity) -> tuple[RestsOn, RestsOn]:
    """What the strata rest on, and what eligibility rests on."""
    of = protocol.of
    criteria = of.eligibility.criteria if of.eligibility else ()
    ruled = {name for criterion in criteria for name in names_of(criterion.rule)}
    return rests_on(of, of.randomization.stratify_by.value), rests_on(of, ruled)


def _of_allocation(
    person: ParticipantState, after: ParticipantState, facts: Sequence[Fact], setting: Setting
) -> Iterator[Fact]:
    """What a change after the allocation does to what it rested on."""
    factors, criteria = _rests_on(ByIdentity(setting.protocol))
    changed, everywhere = changed_names(person, facts, setting)
    if factors.touched(changed, everywhere):
        yield from _of_stratum(person, after, facts, setting)
    if criteria.touched(changed, everywhere):
        yield from _of_eligibility(person, after, facts, setting)


def _of_stratum(
    person: ParticipantState, after: ParticipantState, facts: Sequence[Fact], setting: Setting
) -> Iterator[Fact]:
    used: Mapping[str, str] = (after.allocation or {}).get("factors") or {}
    if after.moves:  # the center that chance used was the true one then
        protocol = setting.protocol
        used = {name: level for name, level in used.items() if "site" not in {name, *names_behind(protocol, {name})}}
    knowledge = setting.knowledge(after)
    now = {name: _level(knowledge.value(name)) for name in used}
    differs = {name: level for name, level in now.items() if level is not None and level != used[name]}
    told = {**used, **(after.true_factors or {})}
    new = {name: level for name, level in now.items() if level is not None and level != told[name]}
    if new:
        reason = phrase("notice.true_stratum")
        said = {"factors": new, "reason": reason.in_("en"), "by": "system"}
        yield Fact(TRUE_STRATUM_RECORDED.name, said, person.id, person.site)
    labels = {factor.id: factor.label for factor in setting.protocol.factors}
    pairs = [
        phrase("notice.level", label=labels.get(name, name), used=used[name], now=level)
        for name, level in differs.items()
    ]
    notices = []
    if pairs:
        said_ = phrase("notice.stratum", pairs=pairs)
        values = {"used": {name: used[name] for name in differs}, "now": differs}
        notices.append(Notice("allocation.stratum", None, said_, values))
    # The level became another one again: what was explained before is another question now.
    yield from _settle(person, facts, ("allocation.stratum", None, None), notices)


def _of_eligibility(
    person: ParticipantState, after: ParticipantState, facts: Sequence[Fact], setting: Setting
) -> Iterator[Fact]:
    clause = setting.protocol.eligibility
    knowledge = setting.knowledge(after)
    failed = []
    told = []
    struck = any(fact.kind == "record_struck" for fact in facts)
    for criterion in clause.criteria if clause else ():
        truth, _ = knowledge.holds(criterion.rule)
        if truth is not None and truth is not (criterion.kind == "inclusion"):
            failed.append(criterion)
            told.append(phrase("notice.criterion", id=criterion.id, text=criterion.text))
        elif truth is None and (struck or _is_waiting(person, "allocation.eligibility")):
            failed.append(criterion)
            told.append(phrase("notice.unknown_criterion", id=criterion.id, text=criterion.text))
    notices = []
    if failed:
        said = phrase("notice.eligibility", criteria=told)
        notices.append(Notice("allocation.eligibility", None, said, {"criteria": [one.id for one in failed]}))
    yield from _settle(person, facts, ("allocation.eligibility", None, None), notices)


def _is_waiting(person: ParticipantState, check: str) -> bool:
    return any(query.check == check and query.unclosed for query in person.queries.values())


def _level(value: Any) -> str | None:
    if value is None:
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
