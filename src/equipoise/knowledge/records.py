"""A recorded form, and what a correction does to it, in one place: replay, decisions and data cuts must agree about it.

Pure: a record is never changed, another one takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from equipoise.ledger import Fact

__all__ = ["RecordKey", "RecordRow", "corrected", "records_after"]

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


def records_after(records: Mapping[RecordKey, RecordRow], facts: Sequence[Fact]) -> dict[RecordKey, RecordRow]:
    """The participant's records as they will stand; those that the facts leave alone are the same objects."""
    after = dict(records)
    for fact in facts:
        said: Mapping[str, Any] = fact.payload
        if fact.kind not in ("form_recorded", "value_corrected", "record_struck"):
            continue
        key = (said["visit"], said["occurrence"], said["form"])
        if fact.kind == "record_struck":
            after.pop(key, None)
        elif fact.kind == "form_recorded":
            after[key] = RecordRow(fact.participant or "", *key, said["observed"], 0, said["values"], said["groups"])
        elif key in after:
            after[key] = corrected(after[key], said)
    return after
