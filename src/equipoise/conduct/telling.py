"""Which arm a receipt tells, and to whom: of an allocation in a trial where it is told, and of one who is unblinded.

Promises that an arm is told only of an entry that stands, to whom the right is held by, and of an unblinding to nobody
but the person whose entry says that they were told. Opens nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from equipoise.conduct.authority import SEE_ALLOCATION, may
from equipoise.conduct.entries.allocation import ALLOCATED
from equipoise.conduct.entries.unblinding import UNBLINDED
from equipoise.conduct.state.state import Allocated, StudyState

if TYPE_CHECKING:
    from equipoise.ledger import Entry
    from equipoise.protocol.document import Protocol
    from equipoise.wording import Text

__all__ = ["ArmTold", "tell_arm"]


class ArmTold(NamedTuple):
    """The arm that is told (None: none is), and its name where it is told to be acted upon at once."""

    arm: str | None = None
    label: Text | None = None


def tell_arm(
    entries: Sequence[Entry],
    actor: str,
    site: str | None,
    state: StudyState,
    protocol: Protocol,
    opened: Callable[[Allocated], str],
    *,
    day: str,
    withheld: Collection[str],
    in_batch: bool,
) -> ArmTold:
    """What a receipt of these entries tells `actor` on a day (UTC). `withheld`: seals that do not stand yet.

    `in_batch`: whether what was appended can still be taken back, so that who was told would leave no entry.
    """
    for entry in entries:
        said = entry.payload or {}
        if entry.kind == ALLOCATED.name and said and protocol.randomization.blinding != "double":
            if said["sealed"] not in withheld and may(state, protocol, actor, SEE_ALLOCATION, site, day=day):
                return ArmTold(opened(_allocated(entry.participant or "", said)))
        elif entry.kind == UNBLINDED.name and said and said["told"] and entry.actor == actor and not in_batch:
            person = state.participants.get(entry.participant or "")
            if person is None or person.allocation is None or not may(state, protocol, actor, "unblind", site, day=day):
                continue
            arm = person.recorded_arm or opened(_allocated(person.id, person.allocation))
            return ArmTold(arm, next((one.label for one in protocol.arms if one.id == arm), None))
    return ArmTold()


def _allocated(participant: str, said: Mapping[str, Any]) -> Allocated:
    return Allocated(participant, said["position"], said["stratum"], (), 1, said["sealed"])
