"""Raise, answer and close queries: whoever may not change a site's data asks, and the site answers (ICH E6(R3) 3.16.1(i), 4.2.4).

Nothing of a query is ever taken back: what was asked wrongly is closed with a reason, what was answered too shortly is raised again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.conduct.sheet.setting import Setting, need_participant, need_reason, need_running, need_visit, refuse
from equipoise.conduct.state.query import Query
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact

__all__ = [
    "AnswerQuery",
    "CloseQuery",
    "RaiseQuery",
    "decide_answer_query",
    "decide_close_query",
    "decide_raise_query",
]

_LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class RaiseQuery:
    """Asked of the site: `text` in en, zh or both, about a participant, or a visit, form, item or row of a group of theirs.

    `query` names one that was answered or closed and is opened again; it stays where it was raised. What a check asked, and
    was closed, is not asked again by hand: two would wait for one answer, or one for what holds.
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
            refuse(
                "query.open",
                f"{known.id} is open",
                "it waits for the site's answer",
                "Wait for the answer, or raise another query.",
                known.id,
            )
        if not known.unclosed and (known.check is not None or known.steps[-1].what == "erased"):
            gone = (
                "its words were erased"
                if known.check is None
                else f"the check {known.check} opens another when it breaks"
            )
            refuse(
                "query.not_again",
                f"{known.id} is closed for good",
                gone,
                "Raise a query of your own.",
                known.id,
            )
        return [Fact("query_reopened", {"query": known.id, "by": "person", "text": text}, person.id, person.site)]
    place = _check_place(person, act, setting)
    return [Fact("query_raised", {**place, "check": None, "by": "person", "text": text}, person.id, person.site)]


def decide_answer_query(state: StudyState, act: AnswerQuery, _setting: Setting) -> list[Fact]:
    """query_answered; refused when somebody answered or closed it in the meantime."""
    need_running(state)
    person = need_participant(state, act.participant)
    known = _known(person, act.query)
    if known.status != "open":
        last = known.steps[-1]
        refuse(
            "query.not_open",
            f"{known.id} is {known.status}",
            f"{last.by} did so at {last.at}",
            "Read what was said; whoever may raise queries can open it again.",
            known.id,
        )
    said = {"query": known.id, "text": _words(act.text, "an answer")}
    return [Fact("query_answered", said, person.id, person.site)]


def decide_close_query(state: StudyState, act: CloseQuery, _setting: Setting) -> list[Fact]:
    """query_closed, whether it was answered or not: the reason says why nothing is left to ask."""
    need_running(state)
    person = need_participant(state, act.participant)
    known = _known(person, act.query)
    if not known.unclosed:
        last = known.steps[-1]
        refuse(
            "query.closed",
            f"{known.id} is closed",
            f"{last.by} did so at {last.at}",
            "There is nothing left to do.",
            known.id,
        )
    said = {"query": known.id, "by": "person", "reason": need_reason(act.reason, "closing a query")}
    return [Fact("query_closed", said, person.id, person.site)]


def _known(person: ParticipantState, name: str) -> Query:
    """The participant's query of that name: number and participant must agree, so that a slip of the pen answers nothing."""
    known = person.queries.get(name)
    if known is None:
        have = ", ".join(query.id for query in person.queries.values() if query.unclosed)
        refuse(
            "query.unknown",
            f"{person.id} has no query {name[:40]}",
            f"the queries not closed are {have}" if have else "every query of this participant is closed",
            "Correct the number of the query or of the participant.",
            name[:40],
        )
    return known


def _words(text: str, of: str) -> str:
    if not text.strip():
        refuse("query.empty", f"{of} needs words", "whoever reads it must know what to do", "Say it.", "text")
    return text.strip()


def _text(given: Mapping[str, str]) -> dict[str, str]:
    """The question in each language in which it is given."""
    if unknown := sorted(given.keys() - set(_LANGUAGES)):
        refuse(
            "query.language",
            f"the text is given in {', '.join(unknown)[:60]}",
            f"a query is asked in {' or '.join(_LANGUAGES)}, or in both",
            'Give it as {en: "...", zh: "..."}, or one of the two.',
            "text",
        )
    said = {language: given[language].strip() for language in _LANGUAGES if given.get(language, "").strip()}
    return said or {"en": _words("", "a query")}


def _check_place(person: ParticipantState, act: RaiseQuery, setting: Setting) -> dict[str, Any]:
    """Where the query is asked, when there is such a place. A page that is missing may be asked for as well."""
    place: dict[str, Any] = {
        "visit": act.visit, "occurrence": act.occurrence if act.visit is not None else None, "form": act.form,
        "group": act.group, "row": act.row, "items": [act.item] if act.item is not None else [],
    }  # fmt: skip
    lacking = (
        ("visit" if act.form is not None and act.visit is None else None)
        or ("form" if (act.item or act.group) and act.form is None else None)
        or ("row" if act.group is not None and act.row is None else None)
        or ("group" if act.row is not None and act.group is None else None)
    )
    if lacking:
        refuse(
            "query.place",
            f"the place has no {lacking}",
            "a place is a visit; then a form; then an item, or a group with its row",
            f"Give the {lacking} too.",
            lacking,
        )
    if act.visit is not None:
        need_visit(setting, act.visit, act.form, act.occurrence)
    if act.form is not None:
        _check_item(person, act, setting)
    return place


def _check_item(person: ParticipantState, act: RaiseQuery, setting: Setting) -> None:
    plan = setting.plan(str(act.form))
    asked = [item.id for item, _ in plan.tables.get(act.group, ())]
    if act.group not in plan.tables or (act.item is not None and act.item not in asked):
        where = f"group {act.group} of form {act.form}" if act.group else f"form {act.form}"
        refuse(
            "form.unknown_item",
            f"{where} does not ask for {act.item or act.group}",
            "only what the form asks can be queried",
            "Correct the name.",
            str(act.item or act.group),
        )
    if act.group is None:
        return
    record = person.records.get((str(act.visit), act.occurrence, str(act.form)))
    rows = record.groups.get(act.group, ()) if record is not None else ()
    if not 1 <= (act.row or 0) <= len(rows):
        refuse(
            "record.no_row",
            f"{act.group} has no row {act.row}",
            f"it has {len(rows)} rows",
            "Name a row that was recorded.",
            act.group,
        )
