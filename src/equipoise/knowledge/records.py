"""A recorded form, and what a correction does to it, in one place: replay, decisions and data cuts must agree about it.

Pure: a record is never changed, another one takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from equipoise.ledger import Fact

__all__ = ["RecordKey", "RecordRow", "corrected", "records_after", "without_places"]

RecordKey = tuple[str, int, str]  # visit, occurrence, form


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One recorded form: single values by item, and repeating groups as lists of rows (item to value)."""

    participant: str
    visit: str
    occurrence: int
    form: str
    observed: str | None
    seq: int
    values: Mapping[str, Any] = field(default_factory=dict)
    groups: Mapping[str, list[Mapping[str, Any]]] = field(default_factory=dict)


def corrected(record: RecordRow, said: Mapping[str, Any]) -> RecordRow:
    """The record as a `value_corrected` leaves it; a later save of the form may have added rows."""
    if "observed" in said:  # the corrected item says when the observation was made
        record = replace(record, observed=said["observed"])
    group, item, new = said["group"], said["item"], said["new"]
    if group is None:
        return replace(record, values={**record.values, item: new})
    rows: list[Any] = [dict(row) for row in record.groups.get(group, [])]
    while len(rows) < said["row"]:
        rows.append({})
    rows[said["row"] - 1][item] = new
    return replace(record, groups={**record.groups, group: rows})


def without_places(record: RecordRow, said: Mapping[str, Any]) -> RecordRow:
    """The record without the values that an erasure of some of them names (`places`: group, row from 1, item)."""
    values = dict(record.values)
    groups: dict[str, list[Any]] = {group: [dict(row) for row in rows] for group, rows in record.groups.items()}
    for group, row, item in said["places"]:
        if group is None:
            values.pop(item, None)
        elif row <= len(groups.get(group, ())):
            groups[group][row - 1].pop(item, None)
    # The day that an erased item told is gone with it.
    observed = said.get("observed", record.observed)
    return replace(record, values=values, groups=groups, observed=observed)


def records_after(records: Mapping[RecordKey, RecordRow], facts: Sequence[Fact]) -> dict[RecordKey, RecordRow]:
    """The participant's records as they will stand; those that the facts leave alone are the same objects."""
    after = dict(records)
    for fact in facts:
        said: Mapping[str, Any] = fact.payload
        if fact.kind not in ("form_recorded", "value_corrected", "record_struck", "erased") or "form" not in said:
            continue
        key = (said["visit"], said["occurrence"], said["form"])
        if fact.kind == "erased":
            _erase(after, key, said)
            continue
        if fact.kind == "record_struck":
            after.pop(key, None)
        elif fact.kind == "form_recorded":
            after[key] = RecordRow(fact.participant or "", *key, said["observed"], 0, said["values"], said["groups"])
        elif key in after:
            after[key] = corrected(after[key], said)
    return after


def _erase(records: dict[RecordKey, RecordRow], key: RecordKey, said: Mapping[str, Any]) -> None:
    record = records.get(key)
    if record is None or record.seq != said.get("record", said["erases"]):
        return
    if "places" in said:
        records[key] = without_places(record, said)
    else:
        del records[key]
