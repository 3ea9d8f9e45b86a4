"""Why an item that a medical rule fills in stays empty: which of its inputs had no value on the day of the record.

A rule takes what was known on its record's day, so that a weight of the day after leaves a clearance empty; whoever
looks must be told that, and not only that it is empty. Knows no ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equipoise.knowledge.medical_rules import Bound, Occasion, as_of, bind
from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol

__all__ = ["Lack", "lacks_of", "lacks_of_item"]


@dataclass(frozen=True, slots=True)
class Lack:
    """One input that lacked. `form` names another form; `later` is the first later day for which it was recorded."""

    name: str
    form: str | None = None
    later: str | None = None


def lacks_of(
    protocol: Protocol, form: str, occasion: Occasion, values: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, ...], tuple[Lack, ...]]]:
    """For each derivation of the form's single items that gave nothing: the items, and the inputs that lacked.

    Where nothing that it rests on was answered on the form, nobody expects an answer, and none is explained.
    """
    for bound in bind(protocol, form):
        if bound.derivation.group is not None or bound.rows:
            continue
        given = tuple(item.id for _, item, _ in bound.gives)
        if any(values.get(name) is not None for name in given):
            continue
        own = [source for source in bound.own if bound.method.inputs[source.port].required]
        if own and all(values.get(source.name) is None for source in own):
            continue
        lacking = tuple(_lacking(protocol, bound, occasion, values))
        if lacking:
            yield given, lacking


def _lacking(protocol: Protocol, bound: Bound, occasion: Occasion, values: Mapping[str, Any]) -> Iterator[Lack]:
    for source in bound.own:
        if bound.method.inputs[source.port].required and values.get(source.name) is None:
            yield Lack(source.name)
    for source in bound.outside:
        if not bound.method.inputs[source.port].required:
            continue
        if source.item is None:
            if occasion.known(source.name) is None:
                yield Lack(source.name)
        elif as_of(protocol, source.name, occasion) is None:
            yield Lack(source.name, source.form, _later(source.name, source.form, occasion))


def _later(name: str, form: str | None, occasion: Occasion) -> str | None:
    """The first day after the record's own on which the item has a value."""
    days = [
        record.observed[:10]
        for record in occasion.records
        if record.form == form and record.observed and record.values.get(name) is not None
    ]
    return min((day for day in days if occasion.day is not None and day > occasion.day), default=None)


def lacks_of_item(protocol: Protocol, name: str, records: Sequence[RecordRow]) -> tuple[str | None, tuple[Lack, ...]]:
    """The day of the latest record on which that item was derived and stayed empty, and what lacked; or nothing."""
    known = protocol.item_by_id.get(name)
    if known is None or name not in known[0].derived_items():
        return None, ()
    form = known[0].id
    own = [record for record in records if record.form == form and record.values.get(name) is None]
    if not own:
        return None, ()
    last = max(own, key=lambda record: (record.observed or "", record.seq))
    others = [record for record in records if record is not last]
    day = last.observed[:10] if last.observed else None
    occasion = Occasion(day, last.visit, last.occurrence, others, lambda _name: True)
    for given, lacking in lacks_of(protocol, form, occasion, last.values):
        if name in given:
            return occasion.day, lacking
    return None, ()
