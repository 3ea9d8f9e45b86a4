"""Raise, answer and close queries.

Whoever may not change a site's data asks, and the site answers (ICH E6(R3) 3.16.1(i), 4.2.4).

Nothing of a query is ever taken back: what was asked wrongly is closed with a reason, what was answered too shortly is
raised again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.record_form import place_of
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.queries import QUERY_ANSWERED, QUERY_CLOSED, QUERY_RAISED, QUERY_REOPENED
from equipoise.conduct.guards import need_participant, need_reason, need_running, need_visit
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.query import Place, Query
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact
from equipoise.words import Phrase

__all__ = ["ANSWER_QUERY", "CLOSE_QUERY", "RAISE_QUERY", "AnswerQuery", "CloseQuery", "RaiseQuery"]

_LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class RaiseQuery:
    """Asked of the site.

    `text` in en, zh or both, about a participant, or a visit, form, item or row of a group of theirs.

    `query` names one that was answered or closed and is opened again; it stays where it was raised. What a check asked,
    and was closed, is not asked again by hand: two would wait for one answer, or one for what holds.
    """

    right: ClassVar[str] = "raise_query"
    participant: str
    text: Mapping[str, str]
    visit: str | None = None
    form: str | None = None
    occurrence: int = 1
    group: str | None = None
    row: int | None = None
    item: str | None = None
    query: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerQuery:
    """The site's answer to `query`; a wrong value is corrected beside it, by an act of its own."""

    right: ClassVar[str] = "answer_query"
    participant: str
    query: str
    text: str


@dataclass(frozen=True, slots=True)
class CloseQuery:
    """Nothing is left to ask: `reason` says what settled it."""

    right: ClassVar[str] = "close_query"
    participant: str
    query: str
    reason: str


def decide_raise_query(state: StudyState, act: RaiseQuery, setting: Setting) -> list[Fact]:
    """query_raised; or query_reopened, where an earlier one is named."""
    need_running(state)
    person = need_participant(state, act.participant)
    text = _text(act.text)
    if act.query is not None:
        known = _known(person, act.query)
        if known.status == "open":
            refuse("query.open", known.id, query=known.id)
        if not known.unclosed and (known.check is not None or known.steps[-1].what == "erased"):
            _not_again(known)
        return [Fact(QUERY_REOPENED.name, {"query": known.id, "by": "person", "text": text}, person.id, person.site)]
    place = _check_place(person, act, setting)
    _check_not_asked(person, place, text)
    return [Fact(QUERY_RAISED.name, {**place, "check": None, "by": "person", "text": text}, person.id, person.site)]


def decide_answer_query(state: StudyState, act: AnswerQuery, _setting: Setting) -> list[Fact]:
    """query_answered; refused when somebody answered or closed it in the meantime."""
    need_running(state)
    person = need_participant(state, act.participant)
    known = _known(person, act.query)
    if known.status != "open":
        _not_open(known)
    said = {"query": known.id, "text": _words(act.text, phrase("of.answer"))}
    return [Fact(QUERY_ANSWERED.name, said, person.id, person.site)]


def decide_close_query(state: StudyState, act: CloseQuery, _setting: Setting) -> list[Fact]:
    """query_closed, whether it was answered or not: the reason says why nothing is left to ask."""
    need_running(state)
    person = need_participant(state, act.participant)
    known = _known(person, act.query)
    if not known.unclosed:
        last = known.steps[-1]
        refuse("query.closed", known.id, query=known.id, by=last.by, at=last.at)
    said = {"query": known.id, "by": "person", "reason": need_reason(act.reason, phrase("of.closing"))}
    return [Fact(QUERY_CLOSED.name, said, person.id, person.site)]


def _known(person: ParticipantState, name: str) -> Query:
    """The participant's query of that name.

    Number and participant must agree, so that a slip of the pen answers nothing.
    """
    known = person.queries.get(name)
    if known is None:
        _no_such_query(person, name[:40])
    return known


def _words(text: str, of: Phrase) -> str:
    if not text.strip():
        refuse("query.empty", "text", of=of)
    return text.strip()


def _text(given: Mapping[str, str]) -> dict[str, str]:
    """The question in each language in which it is given."""
    if unknown := sorted(given.keys() - set(_LANGUAGES)):
        refuse("query.language", "text", languages=", ".join(unknown)[:60])
    said = {language: given[language].strip() for language in _LANGUAGES if given.get(language, "").strip()}
    return said or {"en": _words("", phrase("of.query"))}


def _check_place(person: ParticipantState, act: RaiseQuery, setting: Setting) -> dict[str, Any]:
    """Where the query is asked, when there is such a place. A page that is missing may be asked for as well."""
    place: dict[str, Any] = {
        "visit": act.visit,
        "occurrence": act.occurrence if act.visit is not None else None,
        "form": act.form,
        "group": act.group,
        "row": act.row,
        "items": [act.item] if act.item is not None else [],
    }
    lacking = (
        ("visit" if act.form is not None and act.visit is None else None)
        or ("form" if (act.item or act.group) and act.form is None else None)
        or ("row" if act.group is not None and act.row is None else None)
        or ("group" if act.row is not None and act.group is None else None)
    )
    if lacking:
        refuse("query.place", lacking, lacking=phrase(f"lacking.{lacking}"))
    if act.visit is not None:
        need_visit(setting, act.visit, act.form, act.occurrence)
    if act.form is not None:
        _check_item(person, act, setting)
    return place


def _check_not_asked(person: ParticipantState, place: Mapping[str, Any], text: Mapping[str, str]) -> None:
    """Sent twice, one question would wait for two answers."""
    asked = Place(**{**place, "items": tuple(place["items"])})
    for query in person.queries.values():
        if query.unclosed and query.check is None and query.place == asked and query.steps[0].text == text:
            refuse("query.asked", query.id, query=query.id)


def _check_item(person: ParticipantState, act: RaiseQuery, setting: Setting) -> None:
    plan = setting.plan(str(act.form))
    asked = [item.id for item, _ in plan.tables.get(act.group, ())]
    if act.group not in plan.tables or (act.item is not None and act.item not in asked):
        asked_for = str(act.item or act.group)
        refuse("form.unknown_item/queried", asked_for, where=place_of(str(act.form), act.group), item=asked_for)
    if act.group is None:
        return
    record = person.records.get((str(act.visit), act.occurrence, str(act.form)))
    rows = record.groups.get(act.group, ()) if record is not None else ()
    if not 1 <= (act.row or 0) <= len(rows):
        refuse("record.no_row/queried", act.group, group=act.group, row=act.row, rows=len(rows))


def _not_again(known: Query) -> NoReturn:
    if known.check is None:
        refuse("query.not_again/erased", known.id, query=known.id)
    refuse("query.not_again", known.id, query=known.id, check=known.check)


def _not_open(known: Query) -> NoReturn:
    last = known.steps[-1]
    refuse("query.not_open", known.id, query=known.id, status=phrase(f"status.{known.status}"), by=last.by, at=last.at)


def _no_such_query(person: ParticipantState, name: str) -> NoReturn:
    have = [query.id for query in person.queries.values() if query.unclosed]
    if not have:
        refuse("query.unknown/all_closed", name, participant=person.id, query=name)
    refuse("query.unknown", name, participant=person.id, query=name, have=have)


RAISE_QUERY = ActKind(
    RaiseQuery,
    label=("raise queries", "提出质疑"),
    decide=decide_raise_query,
    leaves=(QUERY_RAISED, QUERY_REOPENED),
)
ANSWER_QUERY = ActKind(
    AnswerQuery, label=("answer queries", "答复质疑"), decide=decide_answer_query, leaves=(QUERY_ANSWERED,)
)
CLOSE_QUERY = ActKind(
    CloseQuery, label=("close queries", "关闭质疑"), decide=decide_close_query, leaves=(QUERY_CLOSED,)
)
