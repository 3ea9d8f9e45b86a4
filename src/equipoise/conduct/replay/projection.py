"""Projections: each participant's standing, current records and queries, kept beside the ledger.

They can be thrown away and rebuilt by replay; `verification` compares the two. They hold no arm and no seal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.records import key_of
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.conduct.state.query import query_name, query_row
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger.entry import ERASED, REFUSED

if TYPE_CHECKING:
    from equipoise.knowledge.records import RecordRow
    from equipoise.ledger import Entry, Writer

__all__ = ["NAMES", "project", "projections", "record_key", "record_row"]

NAMES = ("participants", "records", "queries")


def record_key(participant: str, visit: str, occurrence: int, form: str) -> str:
    """One record's key: the parts cannot hold a space."""
    return f"{participant} {visit} {occurrence} {form}"


def _standing(person: ParticipantState) -> dict[str, Any]:
    # `withdrawn` is the first withdrawal of any extent, as when the first ledgers were projected: what those keep
    # must still equal their replay. `status` says whether the participant left.
    # What only some participants have is told only of them, for the same reason.
    more: dict[str, Any] = {
        name: said
        for name, said in (
            ("drafts", len({(draft.visit, draft.occurrence, draft.form) for draft in person.drafts})),
            ("moved", len(person.moves)),
            ("screen_failed", person.screen_failure and person.screen_failure[0]),
            ("parts", {part: said[-1][1] for part, said in person.parts.items()}),
            ("unblinded", len(person.unblindings)),
        )
        if said
    }
    return more | {
        "site": person.site,
        "status": person.status,
        "screened": person.screened,
        "consented": person.consents[0][0] if person.consents else None,
        "enrolled": person.enrolled,
        "randomized": person.randomized,
        "withdrawn": person.withdrawals[0].date if person.withdrawals else None,
        "duplicate_of": person.duplicate_of,
        "in_error": person.in_error,
        "deviations": len(person.deviations),
    }


def record_row(record: RecordRow) -> dict[str, Any]:
    """The record as a projection keeps it: plain data."""
    return {
        "seq": record.seq,
        "observed": record.observed,
        "values": dict(record.values),
        "groups": {g: [dict(r) for r in rows] for g, rows in record.groups.items()},
    }


def project(writer: Writer, state: StudyState, entries: Sequence[Entry]) -> None:
    """Bring the projections forward by `entries`, which `state` holds already."""
    for name in dict.fromkeys(e.participant for e in entries if e.participant is not None and e.kind != REFUSED):
        person = state.participants.get(name)
        if person is None:
            continue
        own = [(entry, _shown_in(entry)) for entry in entries if entry.participant == name]
        records = {key_of(e.payload) for e, where in own if where == "records" and e.payload and "form" in e.payload}
        for key in records:
            record = person.records.get(key)
            writer.put("records", record_key(name, *key), None if record is None else record_row(record))
        asked = [_query_of(entry) for entry, where in own if where == "queries"]
        if any(entry.kind in KIND_OF and KIND_OF[entry.kind].moves_queries for entry, _ in own):
            asked += person.queries
        for query in dict.fromkeys(asked):
            if query in person.queries:
                writer.put("queries", query, query_row(person.queries[query]))
        # A form that is recorded takes its draft away, which stands among the participants.
        if any(where == "participants" or "drafted" in (entry.payload or {}) for entry, where in own):
            writer.put("participants", name, _standing(person))


def _shown_in(entry: Entry) -> str:
    """The projection that shows what an entry says, or what it erases."""
    said = entry.payload or {}
    kind = KIND_OF.get(said.get("kind", "") if entry.kind == ERASED else entry.kind)
    return "" if kind is None else kind.kept_in


def _query_of(entry: Entry) -> str:
    """The query that an entry is about."""
    said = entry.payload or {}
    if entry.kind == "query_raised":
        return query_name(entry.seq)
    return (
        query_name(said["erases"]) if entry.kind == ERASED and said["kind"] == "query_raised" else said.get("query", "")
    )


def projections(state: StudyState) -> Mapping[str, dict[str, Any]]:
    """What the projections must hold for a whole study: the law is that they do."""
    people: Iterable[ParticipantState] = state.participants.values()
    return {
        "participants": {person.id: _standing(person) for person in people},
        "records": {
            record_key(person.id, *key): record_row(record)
            for person in people
            for key, record in person.records.items()
        },
        "queries": {query.id: query_row(query) for person in people for query in person.queries.values()},
    }
