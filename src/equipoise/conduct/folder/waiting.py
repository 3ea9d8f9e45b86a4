"""What one person asked for and another must still agree to: each request, and who of those appointed may agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.conduct.authority import is_namesake, may

if TYPE_CHECKING:
    from equipoise.conduct.state.state import AskedAct, StudyState
    from equipoise.protocol.document import Protocol

__all__ = ["Waiting", "find_waiting"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request: its number, the act with its fields, who asked, which right at which site agrees, and who has it.

    An arm is no field here: whoever has a role reads what waits.
    """

    request: int
    act: str
    fields: Mapping[str, Any]
    by: str
    right: str
    site: str | None
    may_agree: tuple[str, ...]


def find_waiting(state: StudyState, protocol: Protocol, day: str) -> tuple[Waiting, ...]:
    """Every request that waits, in order; `protocol` grants the rights on a day (UTC)."""
    return tuple(_waiting(state, protocol, request, day) for _, request in sorted(state.requests.items()))


def _waiting(state: StudyState, protocol: Protocol, request: AskedAct, day: str) -> Waiting:
    asker = state.people.get(request.by)
    others = tuple(
        person.id
        for person in state.people.values()
        if person.id != request.by
        and (asker is None or not is_namesake(asker.name, person.name))
        and may(state, protocol, person.id, request.agreed_by, request.site, day=day)
    )
    fields = {name: value for name, value in request.fields.items() if value is not False and name != "arm"}
    return Waiting(request.seq, request.act, fields, request.by, request.agreed_by, request.site, others)
