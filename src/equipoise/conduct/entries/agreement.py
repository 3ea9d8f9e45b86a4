"""The kinds of entries of what needs two persons: asked by the first, and agreed to or declined by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.conduct.entries.kind import EntryKind, Payload
from equipoise.conduct.state.state import AskedAct, StudyState

if TYPE_CHECKING:
    from equipoise.ledger import Entry

__all__ = ["AGREED", "AGREEMENT_ASKED", "AGREEMENT_DECLINED"]


def _asked(state: StudyState, entry: Entry, said: Payload) -> None:
    state.requests[entry.seq] = AskedAct(
        entry.seq, entry.actor, said["act"], said["fields"], said["agreed_by"], said["at_site"]
    )
    if said["act"] == "take_list" and (person := state.people.get(entry.actor)) is not None:
        person.saw.setdefault(entry.role, entry.seq)  # whoever asks has read it, as whoever agrees


def _settled(state: StudyState, _entry: Entry, said: Payload) -> None:
    if (request := state.requests.pop(said["request"], None)) is not None:
        state.settled[request.seq] = request


AGREEMENT_ASKED = EntryKind(
    "agreement_asked",
    "study",
    (
        "`{act}` is asked for and waits for a second person who may `{agreed_by}`: request {entry}",
        "已提出“{act}”，须由另一名有“{agreed_by}”权限者同意：请求{entry}",
    ),
    on_study=_asked,
)
AGREED = EntryKind(
    "agreed",
    "study",
    ("`{act}`, asked for by {asked_by}, was agreed to", "{asked_by}提出的“{act}”已获同意"),
    on_study=_settled,
)
AGREEMENT_DECLINED = EntryKind(
    "agreement_declined",
    "study",
    ("`{act}`, asked for by {asked_by}, was declined", "{asked_by}提出的“{act}”已被谢绝"),
    on_study=_settled,
)
