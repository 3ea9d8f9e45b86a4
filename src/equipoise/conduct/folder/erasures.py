"""What was lawfully erased of a study: which items of which forms, of whom, by whom, agreed to by whom, and why.

One line for each act; the corrections and queries that went along with a form are a part of it. What was said is gone,
that it was said is not: status, data cuts and reports tell it from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.agreement import AGREED
from equipoise.ledger.entry import ERASED

if TYPE_CHECKING:
    from equipoise.ledger import Entry, Store

__all__ = ["Erasure", "find_erasures"]


@dataclass(frozen=True, slots=True)
class Erasure:
    """One act. `entry`: the number of the entry whose payload went (of a form its own); `kind`: its kind.

    `form`, `visit`, `occurrence`: the form, where it was one. `items`: each with the number of values that stood; empty
    where an earlier version of the system erased the whole form. `places`: group, row and item where only some went,
    else None. `by` asked for it, `agreed_by` (None: nobody had to) agreed on the day `on`.
    """

    entry: int
    kind: str
    participant: str | None
    site: str | None
    on: str
    by: str
    agreed_by: str | None
    reason: str
    form: str | None = None
    visit: str = ""
    occurrence: int = 1
    items: Mapping[str, int] | None = None
    places: tuple[tuple[str | None, int | None, str], ...] | None = None

    @property
    def values(self) -> int:
        """How many values went."""
        return sum((self.items or {}).values())

    def as_data(self) -> dict[str, Any]:
        """The same for files."""
        return {
            "entry": self.entry,
            "kind": self.kind,
            "participant": self.participant,
            "site": self.site,
            "on": self.on,
            "by": self.by,
            "agreed_by": self.agreed_by,
            "reason": self.reason,
            "form": self.form,
            "visit": self.visit,
            "occurrence": self.occurrence,
            "items": dict(self.items or {}),
        }


def find_erasures(store: Store, study: str, upto: int | None = None) -> tuple[Erasure, ...]:
    """Everything that was erased of what had been entered until entry `upto` (None: of all), in order.

    Whatever was erased later is gone from an earlier cut as well, and so it is told there.
    """
    found: list[Erasure] = []
    asked_by: dict[str, str] = {}
    told: set[str] = set()
    for entry in store.read(study, kinds=(AGREED.name, ERASED)):
        if entry.payload is None:
            continue
        if entry.kind == AGREED.name:
            asked_by[entry.act] = entry.payload["asked_by"]
        elif entry.act not in told:
            told.add(entry.act)
            found.append(_erasure(entry, entry.payload, asked_by.get(entry.act)))
    return tuple(one for one in found if upto is None or one.entry <= upto)


def _erasure(entry: Entry, said: Mapping[str, Any], asked_by: str | None) -> Erasure:
    of_form = "form" in said
    return Erasure(
        entry=said.get("record", said["erases"]),
        kind="form_recorded" if of_form else said.get("kind", ""),
        participant=entry.participant,
        site=entry.site,
        on=str(entry.at)[:10],
        by=entry.actor if asked_by is None else asked_by,
        agreed_by=None if asked_by is None else entry.actor,
        reason=said["reason"],
        form=said.get("form"),
        visit=said.get("visit", ""),
        occurrence=said.get("occurrence", 1),
        items=dict(said.get("items", {})),
        places=tuple((group, row, item) for group, row, item in said["places"]) if "places" in said else None,
    )
