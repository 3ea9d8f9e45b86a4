"""On which day a participant died, as their records say, and which form says so. Pure."""

from __future__ import annotations

from functools import lru_cache

from equipoise.conduct.state.state import ParticipantState
from equipoise.forms import DATES_OF_DEATH
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import ByIdentity

__all__ = ["death_items", "died_on"]


def death_items(protocol: Protocol) -> tuple[str, ...]:
    """The items that hold the date of death."""
    return _items(ByIdentity(protocol))


@lru_cache(maxsize=64)
def _items(protocol: ByIdentity) -> tuple[str, ...]:
    return tuple(item.id for _, _, item in protocol.of.item_by_id.values() if item.cdash in DATES_OF_DEATH)


def died_on(person: ParticipantState, protocol: Protocol) -> tuple[str, str]:
    """The earliest day of death that was recorded (it may be known in part), and the form; empty where none was."""
    items = death_items(protocol)
    days = [(str(day), one.form) for one in person.records.values() for item in items if (day := one.values.get(item))]
    return min(days, default=("", ""))
