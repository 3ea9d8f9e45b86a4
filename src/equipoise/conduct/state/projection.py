"""Projections: each participant's standing, current records and queries, kept beside the ledger to be looked up at once.

They can be thrown away and rebuilt by replay; `verification` compares the two. They hold no arm and no seal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equipoise.conduct.state.query import QUERY_KINDS, query_name, query_row
from equipoise.conduct.state.state import ParticipantState, StudyState

if TYPE_CHECKING:
    from equipoise.knowledge.records import RecordRow
    from equipoise.ledger import Entry, Writer

__all__ = ["NAMES", "project", "projections", "record_key"]

NAMES = ("participants", "records", "queries")
_RECORDS = ("form_recorded", "value_corrected", "erased")
_ELSEWHERE = (*_RECORDS, *QUERY_KINDS)


def record_key(participant: str, visit: str, occurrence: int, form: str) -> str:
    """One record's key: the parts cannot hold a space."""
    return f"{participant} {visit} {occurrence} {form}"


def _standing(person: ParticipantState) -> dict[str, Any]:
    return {
        "site": person.site, "status": person.status, "screened": person.screened,
        "consented": person.consents[0][0] if person.consents else None,
        "enrolled": person.enrolled, "randomized": person.randomized,
        "withdrawn": person.withdrawals[0][0] if person.withdrawals else None,
        "duplicate_of": person.duplicate_of, "in_error": person.in_error, "deviations": person.deviations,
    }  # fmt: skip


def _record(record: RecordRow) -> dict[str, Any]:
    return {
        "seq": record.seq,
        "observed": record.observed,
        "values": dict(record.values),
        "groups": {g: [dict(r) for r in rows] for g, rows in record.groups.items()},
    }


def project(writer: Writer, state: StudyState, entries: Sequence[Entry]) -> None:
    """Bring the projections forward by `entries`, which `state` holds already."""
    for name in dict.fromkeys(
        entry.participant for entry in entries if entry.participant is not None and entry.kind != "refused"
    ):
        person = state.participants.get(name)
        if person is None:
            continue
        touched = {
            (e.payload["visit"], e.payload["occurrence"], e.payload["form"])
            for e in entries
            if e.participant == name and e.kind in _RECORDS and e.payload and "form" in e.payload
        }
        for key in touched:
            record = person.records.get(key)
            writer.put("records", record_key(name, *key), None if record is None else _record(record))
        for query in dict.fromkeys(filter(None, (_query_of(e) for e in entries if e.participant == name))):
            if query in person.queries:
                writer.put("queries", query, query_row(person.queries[query]))
        if any(entry.kind not in _ELSEWHERE for entry in entries if entry.participant == name):
            writer.put("participants", name, _standing(person))


def _query_of(entry: Entry) -> str | None:
    """The query that an entry is about."""
    if entry.kind == "query_raised":
        return query_name(entry.seq)
    said = entry.payload or {}
    if entry.kind == "erased":
        return query_name(said["erases"]) if said.get("kind") == "query_raised" else None
    return said.get("query") if entry.kind in QUERY_KINDS else None


def projections(state: StudyState) -> Mapping[str, dict[str, Any]]:
    """What the projections must hold for a whole study: the law is that they do."""
    people: Iterable[ParticipantState] = state.participants.values()
    return {
        "participants": {person.id: _standing(person) for person in people},
        "records": {
            record_key(person.id, *key): _record(record) for person in people for key, record in person.records.items()
        },
        "queries": {query.id: query_row(query) for person in people for query in person.queries.values()},
    }
