"""What was changed after a study had been unlocked, or its allocations unsealed: marked, and told apart from the rest.

Whoever knows the arms, or saw a result, could have wished for the change (ICH E6(R3) 3.16.2(e)). An erasure is told as
well; what it took cannot be put back to show the result without it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from equipoise.conduct.entries.study import ALLOCATIONS_UNSEALED, LOCKED, UNLOCKED
from equipoise.conduct.replay.kinds import kinds_about

if TYPE_CHECKING:
    from equipoise.ledger import Store

__all__ = ["LateChange", "find_late_changes"]

_OPENING = (ALLOCATIONS_UNSEALED.name, LOCKED.name, UNLOCKED.name)
_NO_DATA = ("refused", "record_kept", "query_raised", "query_answered", "query_reopened", "query_closed")


@dataclass(frozen=True, slots=True)
class LateChange:
    """An entry that came after; `after`: the kinds of the entries that had opened the study by then."""

    entry: int
    kind: str
    participant: str | None
    after: tuple[str, ...]
    form: str = ""
    item: str = ""

    def as_data(self) -> dict[str, object]:
        """The same for results.json."""
        return {
            "entry": self.entry,
            "kind": self.kind,
            "participant": self.participant,
            "form": self.form,
            "item": self.item,
            "after": list(self.after),
        }


def find_late_changes(store: Store, study: str, upto: int) -> tuple[LateChange, ...]:
    """Every entry about a participant's data, until entry `upto`, that came after an unsealing or an unlocking."""
    opened = {seq: kind for seq, kind, *_rest in store.rows(study, upto=upto, kinds=_OPENING)}
    first = next((seq for seq, kind in sorted(opened.items()) if kind != LOCKED.name), None)
    if first is None:
        return ()
    found = []
    kinds = [kind for kind in kinds_about("participant") if kind not in _NO_DATA]
    for seq, kind, participant, _site, _at, raw in store.rows(study, upto=upto, kinds=kinds):
        if seq > first and participant is not None:
            after = dict.fromkeys(of for at, of in sorted(opened.items()) if at < seq and of != LOCKED.name)
            said = json.loads(raw) if raw else {}
            found.append(LateChange(seq, kind, participant, tuple(after), said.get("form", ""), said.get("item", "")))
    return tuple(found)
