"""Correct one value: the old one is kept, the reason is required, and the page is judged again around it (21 CFR 11.10(e))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from equipoise.conduct.acts.record_form import check_observed, corrections, row_of
from equipoise.conduct.filling import FormPlan, fill
from equipoise.conduct.setting import Setting, need_participant, need_reason, need_running, refuse
from equipoise.conduct.state import StudyState
from equipoise.findings import Refusal
from equipoise.ledger import Fact

__all__ = ["CorrectValue", "decide_correct_value"]


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
    """value_corrected, and one for each computed item that follows; nothing when the value is the same."""
    need_running(state)
    person = need_participant(state, act.participant)
    before = person.records.get((act.visit, act.occurrence, act.form))
    if before is None:
        refuse(
            "record.missing",
            f"form {act.form} at visit {act.visit} ({act.occurrence}) was not recorded",
            "there is nothing to correct",
            "Record the form.",
            act.form,
        )
    need_reason(act.reason, "a correction")
    plan = setting.plan(act.form)
    _known_item(plan, act)
    computed = {item.id for items in plan.computed.values() for item in items}
    values = {item: value for item, value in before.values.items() if item not in computed}
    groups = {
        name: [{i: v for i, v in row.items() if i not in computed} for row in rows]
        for name, rows in before.groups.items()
    }
    if act.group is None:
        values[act.item] = act.value
    else:
        rows = groups.get(act.group, [])
        if act.row is None or not 1 <= act.row <= len(rows):
            refuse(
                "record.no_row",
                f"{act.group} has no row {act.row}",
                f"it has {len(rows)} rows",
                "Name a row that was recorded; add rows by recording the form again.",
                act.group,
            )
        rows[act.row - 1][act.item] = act.value
    excused = frozenset(item for item, value in before.values.items() if value is None) - {act.item}
    filled = fill(plan, values, groups, setting.knowledge(person), overrides=act.overrides, excused=excused)
    # Only what the corrected value is about may refuse: an answer confirmed before is not asked for again.
    concerned = {act.item} | computed
    if issues := [
        issue
        for issue in filled.issues
        if (issue.names & concerned or issue.finding.code == "form.not_shown") and row_of(issue) in (None, act.row)
    ]:
        raise Refusal(issue.finding for issue in issues)
    if act.item == plan.form.date_item and filled.values.get(act.item):
        check_observed(setting, person, filled, str(filled.values[act.item])[:10], act.item)
    facts = corrections(person, before, filled, act.reason, plan.form.date_item)
    return [fact for fact in facts if fact.payload["item"] in concerned]


def _known_item(plan: FormPlan, act: CorrectValue) -> None:
    items = {item.id: item for item, _ in plan.tables.get(act.group, ())}
    if act.item not in items:
        where = f"group {act.group} of form {act.form}" if act.group else f"form {act.form}"
        refuse(
            "form.unknown_item",
            f"{where} does not ask for {act.item}",
            "only what the form asks can be corrected",
            "Correct the name.",
            act.item,
        )
    if items[act.item].computed:
        refuse(
            "form.computed",
            f"{act.item} is computed",
            f"it follows from other answers ({items[act.item].computed})",
            "Correct the answers it is computed from.",
            act.item,
        )
