"""Correct one value.

The old one is kept, the reason is required, and the page is judged again around it (21 CFR 11.10(e)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NoReturn

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.record_form import check_observed, corrections, place_of, row_of, stated_day
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.records import VALUE_CORRECTED
from equipoise.conduct.following.following import derive_again
from equipoise.conduct.guards import need_participant, need_reason, need_running
from equipoise.conduct.sheet.form_plan import FormPlan
from equipoise.conduct.sheet.issue import judged_alone
from equipoise.conduct.sheet.judging import judge_form
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.findings import Refusal
from equipoise.ledger import Fact
from equipoise.words import nearest

__all__ = ["ACT", "CorrectValue"]


@dataclass(frozen=True, slots=True)
class CorrectValue:
    """`group` and `row` (from 1) name a place in a repeating group. `overrides` confirms soft checks."""

    right: ClassVar[str] = "correct"
    participant: str
    visit: str
    form: str
    item: str
    value: Any
    reason: str
    occurrence: int = 1
    group: str | None = None
    row: int | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)


def decide_correct_value(state: StudyState, act: CorrectValue, setting: Setting) -> list[Fact]:
    """value_corrected, and one for each item that follows from it, in this record or another.

    Nothing when the value is the same.
    """
    need_running(state)
    person = need_participant(state, act.participant)
    before = person.records.get((act.visit, act.occurrence, act.form))
    if before is None:
        refuse("record.missing", act.form, form=act.form, visit=act.visit, occurrence=act.occurrence)
    need_reason(act.reason, phrase("of.correction"))
    plan = setting.plan_with(act.form, act.item)
    _known_item(plan, act)
    values, groups = plan.entered(before)
    if act.group is None:
        values[act.item] = act.value
    else:
        rows = groups.get(act.group, [])
        if act.row is None or not 1 <= act.row <= len(rows):
            refuse("record.no_row", act.group, group=act.group, row=act.row, rows=len(rows))
        rows[act.row - 1][act.item] = act.value
    excused = frozenset(item for item, value in before.values.items() if value is None) - {act.item}
    filled = judge_form(
        plan,
        values,
        groups,
        setting.knowledge(person),
        at=(act.visit, act.occurrence, before.observed),
        overrides=act.overrides,
        excused=excused,
    )
    # Only what the corrected value is about may refuse: an answer confirmed before is not asked for again.
    concerned = {act.item} | plan.filled_in
    if issues := [
        issue
        for issue in filled.issues
        if (issue.names & concerned or issue.finding.code == "form.not_shown") and row_of(issue) in (None, act.row)
    ]:
        raise Refusal(judged_alone(issue.finding) for issue in issues)
    day = stated_day(setting, person, plan, filled)
    if act.item == plan.form.date_item and day is not None:
        check_observed(setting, person, filled, day, act.item)
    facts = corrections(person, before, filled, act.reason, plan.form.date_item, day)
    facts = [fact for fact in facts if fact.payload["item"] in concerned]
    return facts + derive_again(setting, person, facts)


def _known_item(plan: FormPlan, act: CorrectValue) -> None:
    items = {item.id: item for item, _ in plan.tables.get(act.group, ())}
    if act.item not in items:
        _refuse_item(plan, act, items)
    if act.item in plan.form.advised_items():
        refuse("form.advised", act.item, item=act.item)
    if act.item in plan.filled_in:
        by = items[act.item].computed or next(d.method for d in plan.form.derivations if act.item in d.gives.values())
        refuse("form.computed", act.item, item=act.item, by=by)


def _refuse_item(plan: FormPlan, act: CorrectValue, items: Mapping[str, Any]) -> NoReturn:
    """An item that is not asked there: it may stand in a group of the form, or be misspelt."""
    where = place_of(act.form, act.group)
    for table, known in plan.tables.items():
        if table != act.group and any(item.id == act.item for item, _ in known):
            there = place_of(act.form, table)
            key = "form.unknown_item/elsewhere" if table is None else "form.unknown_item/in_group"
            facts = {} if table is None else {"group": table}
            refuse(key, act.item, where=where, item=act.item, there=there, **facts)
    if (near := nearest(act.item, items)) is not None:
        refuse("form.unknown_item/near", act.item, where=where, item=act.item, near=near)
    refuse("form.unknown_item", act.item, where=where, item=act.item)


ACT = ActKind(
    CorrectValue,
    label=("correct values", "更正数据"),
    decide=decide_correct_value,
    leaves=(VALUE_CORRECTED,),
    kept_as={"value": ""},  # kept in its canonical form, and not always as it was typed
)
