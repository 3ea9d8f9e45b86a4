"""What follows from an act on records: items that medical rules derived from them are derived again, in the same act.

Promises that derived items always rest on the values that stand: a correction of an earlier record, or an earlier
record that comes late, leaves a correction of each derived item that changed, with its reason. Pure; one participant.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from equipoise.conduct.sheet.judging import fill_again
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import ParticipantState
from equipoise.knowledge.medical_rules import forms_behind, forms_resting_on, place_in_time
from equipoise.knowledge.records import RecordKey, RecordRow, corrected, records_after
from equipoise.ledger import Fact

__all__ = ["derive_again", "derived_otherwise"]

# A derivation may rest on what another record derived: each round carries a change one record further. No protocol has
# so long a course of them; and whatever turned in a circle must end.
ROUNDS_MAX = 8


def derive_again(setting: Setting, person: ParticipantState, facts: Sequence[Fact]) -> list[Fact]:
    """A value_corrected for each derived item of another record that no longer follows from what stands."""
    setting = setting.over_all_versions()
    protocol = setting.protocol
    named = {(f.payload["visit"], f.payload["occurrence"], f.payload["form"]) for f in facts if _on_record(f)}
    if not forms_resting_on(protocol, {key[2] for key in named}):
        return []
    after = records_after(person.records, facts)
    changed = {key for key in named if key in after or key in person.records}  # nobody reads what was struck out
    if not changed:
        return []
    found: list[Fact] = []
    # A record that was moved to another day is news for whoever could look at it on the earlier of the two.
    fresh = {key: min(_day(r) for r in (after.get(key), person.records.get(key)) if r is not None) for key in changed}
    for _ in range(ROUNDS_MAX):
        again = [key for key in _touched(setting, after, fresh) if _again(setting, person, after, key, fresh, found)]
        if not again:
            break
        fresh = {key: _day(after[key]) for key in again}
    return found


def derived_otherwise(
    setting: Setting, person: ParticipantState, keys: Collection[RecordKey] | None = None
) -> tuple[int, list[Fact]]:
    """How many records (of `keys`; all when None) hold derived items, and a value_corrected for each
    that the rules would now give another value.
    """
    found: list[Fact] = []
    asked = [key for key in (person.records if keys is None else keys) if setting.plan(key[2]).following]
    for key in asked:
        found += _differences(setting, person, person.records, key, "derived again")
    return len(asked), found


def _day(record: RecordRow) -> str:
    """From which day on others may rest on the record; one without a day may be looked at by all."""
    return record.observed or ""


def _on_record(fact: Fact) -> bool:
    on_record = ("form_recorded", "value_corrected", "record_struck", "erased")
    return fact.kind in on_record and "form" in fact.payload


def _touched(
    setting: Setting, after: Mapping[RecordKey, RecordRow], changed: Mapping[RecordKey, str]
) -> list[RecordKey]:
    """The records, in their order in time, whose derivations may rest on a changed record: not those of earlier days.

    A record is not looked at again because of itself: filling it in has derived its items already.
    """
    resting = forms_resting_on(setting.protocol, {key[2] for key in changed})
    found = []
    for key, record in after.items():
        if key[2] not in resting:
            continue
        behind = forms_behind(setting.protocol, key[2])
        if any(one != key and one[2] in behind and day <= (record.observed or day) for one, day in changed.items()):
            found.append(key)
    return sorted(found, key=lambda key: place_in_time(setting.protocol, after[key]))


def _again(
    setting: Setting,
    person: ParticipantState,
    after: dict[RecordKey, RecordRow],
    key: RecordKey,
    because: Mapping[RecordKey, str],
    found: list[Fact],
) -> bool:
    """Derive one record's items again; whether anything changed."""
    cause = min((one for one in because if one != key), key=lambda one: (one[2], one[0], one[1]))
    facts = _differences(setting, person, after, key, f"follows from {cause[2]} at {cause[0]} ({cause[1]})")
    for fact in facts:
        after[key] = corrected(after[key], fact.payload)
    found += facts
    return bool(facts)


def _differences(
    setting: Setting, person: ParticipantState, records: Mapping[RecordKey, RecordRow], key: RecordKey, reason: str
) -> list[Fact]:
    """The derived items of one record that do not hold what follows from the records."""
    plan, record = setting.plan(key[2]), records[key]
    others = [other for name, other in records.items() if name != key]
    values, groups = fill_again(plan, record, setting.knowledge(person), others)
    facts = [
        _correction(key, None, None, item, record.values.get(item), new, reason)
        for item, new in values.items()
        if item in plan.following and record.values.get(item) != new
    ]
    for group, rows in groups.items():
        old_rows = record.groups.get(group, [])
        facts += [
            _correction(key, group, place, item, old_rows[place - 1].get(item), new, reason)
            for place, row in enumerate(rows, start=1)
            for item, new in row.items()
            if item in plan.following and old_rows[place - 1].get(item) != new
        ]
    return [Fact("value_corrected", payload, person.id, person.site) for payload in facts]


def _correction(
    key: RecordKey, group: str | None, row: int | None, item: str, old: Any, new: Any, reason: str
) -> dict[str, Any]:
    return {
        "visit": key[0],
        "occurrence": key[1],
        "form": key[2],
        "group": group,
        "row": row,
        "item": item,
        "old": old,
        "new": new,
        "reason": reason,
    }
