"""What names rest on among what is recorded, with the visits from which it is taken.

By it an act that cannot have changed an answer is told from one that may have, before anything is worked out again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from equipoise.knowledge.records import RecordKey
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import item_named

__all__ = ["RestsOn", "rests_on"]


@dataclass(frozen=True, slots=True)
class RestsOn:
    """Items, each with the visits from which it is taken (None: any), and what the ledger makes known (`others`)."""

    items: Mapping[str, frozenset[str] | None]
    others: frozenset[str]

    def touched(self, changed: Mapping[RecordKey, set[str]], everywhere: Collection[str]) -> bool:
        """Whether any of the changes may have changed one of the values."""
        return not self.others.isdisjoint(everywhere) or any(
            name in self.items and ((visits := self.items[name]) is None or visit in visits)
            for (visit, _, _), names in changed.items()
            for name in names
        )


def rests_on(protocol: Protocol, names: Iterable[str]) -> RestsOn:
    """What the values of the names rest on, followed through variables and facets.

    What an item itself was made of needs no following: it is recorded, and a
    change of it is a fact of its own; only the bounds of an imputed day are looked up when it is read.
    """
    items: dict[str, frozenset[str] | None] = {}
    others, seen = set[str](), set[tuple[str, frozenset[str] | None]]()
    waiting: list[tuple[str, frozenset[str] | None]] = [(name, None) for name in names]
    while waiting:
        name, visits = waiting.pop()
        if (name, visits) in seen:
            continue
        seen.add((name, visits))
        variable = protocol.variable_by_id.get(name)
        if name in protocol.item_by_id:
            before = items.get(name, frozenset())
            items[name] = None if visits is None or before is None else before | visits
            impute = protocol.item_by_id[name][2].impute
            waiting += [(bound, None) for bound in (*impute.not_before, *impute.not_after)] if impute else []
        elif name in protocol.facet_by_name:
            waiting.append((protocol.facet_by_name[name][0], visits))
        elif variable is None:
            others.add(name)
        elif variable.pick is None:
            waiting += [(one, None) for one in variable.rests_on()]
        else:
            at = frozenset(variable.pick.visits) or None
            own = item_named(protocol, variable.pick.item)
            for one in variable.rests_on():
                of = item_named(protocol, one)
                beside = own is not None and of is not None and of.form.id == own.form.id
                waiting.append((one, at if beside else None))
    return RestsOn(items, frozenset(others))
