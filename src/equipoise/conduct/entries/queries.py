"""The kinds of entries about queries: raised, answered, opened again, closed.

An erased query stays, closed, without its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.kind import EntryKind, Payload
from equipoise.conduct.entries.words import warning
from equipoise.conduct.state.query import Place, Query, Step, query_name
from equipoise.conduct.state.state import ParticipantState
from equipoise.words import Phrase

if TYPE_CHECKING:
    from equipoise.findings import Finding
    from equipoise.ledger import Entry

__all__ = ["QUERY_ANSWERED", "QUERY_CLOSED", "QUERY_RAISED", "QUERY_REOPENED"]


def _raised(person: ParticipantState, entry: Entry, said: Payload) -> None:
    name = query_name(entry.seq)
    step = Step(entry.kind, str(entry.at), entry.actor, said.get("by") == "system", dict(said.get("text", {})))
    person.queries[name] = Query(
        name, entry.participant or "", entry.site or "", _place(said), said.get("check"), (step, *_kept(entry, said))
    )


def _kept(entry: Entry, said: Payload) -> Iterator[Step]:
    """Where the protocol keeps what was noticed as a deviation, nobody is asked: it is closed from the start."""
    if (text := said.get("kept")) is not None:
        yield Step("deviation_kept", str(entry.at), entry.actor, text=dict(text))


def _stepped(person: ParticipantState, entry: Entry, said: Payload) -> None:
    if said and (known := person.queries.get(said["query"])) is not None:
        step = Step(entry.kind, str(entry.at), entry.actor, said.get("by") == "system", _words(said))
        person.queries[known.id] = replace(known, steps=(*known.steps, step))


def _forget_query(person: ParticipantState, entry: Entry, said: Payload) -> None:
    if (known := person.queries.get(query_name(said.get("erases", 0)))) is not None:
        # As a replay finds it afterwards: raised by somebody, and every other word of it gone.
        raised = replace(known.steps[0], system=False, text={})
        gone = Step("erased", str(entry.at), entry.actor, text={"said": said.get("reason", "")})
        person.queries[known.id] = replace(known, place=Place(), check=None, steps=(raised, gone))


def _place(said: Payload) -> Place:
    named = {name: said.get(name) for name in ("visit", "occurrence", "form", "group", "row")}
    return Place(**named, items=tuple(said.get("items", ())))


def _words(said: Payload) -> dict[str, str]:
    """What was said with the step: in both languages where the system said it, else as it was written."""
    text = said.get("text", said.get("reason", ""))
    return dict(text) if isinstance(text, Mapping) else {"said": text}


def _name(entry: Entry, _said: Payload) -> Mapping[str, Any]:
    return {"query": query_name(entry.seq)}


def _warn_of_query(entry: Entry, said: Payload) -> Iterator[Finding]:
    if said.get("by") != "system" or "kept" in said:
        return
    path = ".".join(filter(None, (said["form"], *said["items"][:1]))) or said["check"]
    text = Phrase(said["text"]["en"].rstrip("."), said["text"]["zh"].rstrip("。"))
    yield warning("query.raised", path, query=query_name(entry.seq), text=text)


QUERY_RAISED = EntryKind(
    "query_raised",
    "participant",
    ("{query} was raised about {participant}", "已就{participant}提出质疑{query}"),
    on_person=_raised,
    tells=_name,
    warns=_warn_of_query,
    kept_in="queries",
    erasure="query",
    forget=_forget_query,
)
QUERY_REOPENED = EntryKind(
    "query_reopened",
    "participant",
    ("{query} is open again", "质疑{query}已重新打开"),
    on_person=_stepped,
    kept_in="queries",
    erasure="with_query",
)
QUERY_ANSWERED = EntryKind(
    "query_answered",
    "participant",
    ("{query} was answered", "质疑{query}已回复"),
    on_person=_stepped,
    kept_in="queries",
    erasure="with_query",
)
QUERY_CLOSED = EntryKind(
    "query_closed",
    "participant",
    ("{query} is closed", "质疑{query}已关闭"),
    on_person=_stepped,
    kept_in="queries",
    erasure="with_query",
)
