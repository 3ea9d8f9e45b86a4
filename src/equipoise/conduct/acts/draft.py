"""A form half filled is kept: in no cut, counted by the status, and gone when the form is recorded.

What is filled in is judged; what is still asked for is told and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.record_form import RecordForm, need_due
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.entries.mending import FORM_DRAFTED
from equipoise.conduct.guards import need_participant, need_running
from equipoise.conduct.sheet.issue import Issue
from equipoise.conduct.sheet.judging import judge_form
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.findings import Refusal
from equipoise.ledger import Fact

__all__ = ["ACT", "Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """Kept again, the later draft counts. Soft checks and checks between items are asked when the form is recorded."""

    right: ClassVar[str] = "draft"
    participant: str
    visit: str
    form: str
    values: Mapping[str, Any] = field(default_factory=dict)
    groups: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    occurrence: int = 1


def decide_draft(state: StudyState, act: Draft, setting: Setting) -> list[Fact]:
    """form_drafted, with the items that are still asked for; nothing when the same is kept already."""
    need_running(state)
    person = need_participant(state, act.participant)
    need_due(setting, person, RecordForm(act.participant, act.visit, act.form, occurrence=act.occurrence))
    key = (act.visit, act.occurrence, act.form)
    if key in person.records:
        refuse("record.recorded", act.form, form=act.form, visit=act.visit, occurrence=act.occurrence)
    filled = judge_form(
        setting.plan(act.form),
        act.values,
        act.groups,
        setting.knowledge(person),
        at=(act.visit, act.occurrence, None),
        overrides={},
    )
    if wrong := [one for one in filled.issues if one.check is None and not _waits(one)]:
        raise Refusal(issue.finding for issue in wrong)
    lacking = [one.finding.where.path.partition(".")[2] for one in filled.issues if _is_asked_for(one)]
    computed = filled.derived
    values = {item: value for item, value in filled.values.items() if item not in computed and value is not None}
    groups = {
        group: [{i: v for i, v in row.items() if i not in computed and v is not None} for row in rows]
        for group, rows in filled.groups.items()
        if rows
    }
    before = person.draft(key)
    if before is not None and (before.values, before.groups) == (values, groups):
        return []
    payload = {
        "visit": act.visit,
        "occurrence": act.occurrence,
        "form": act.form,
        "values": values,
        "groups": groups,
        "lacking": lacking,
    }
    return [Fact(FORM_DRAFTED.name, payload, person.id, person.site)]


def _is_asked_for(issue: Issue) -> bool:
    return issue.finding.code == "form.required" or issue.finding.wording.endswith("form.rows/few")


def _waits(issue: Issue) -> bool:
    """What an answer that is still asked for may yet put right."""
    return _is_asked_for(issue) or issue.finding.code == "form.check"


ACT = ActKind(Draft, label=("keep a form half filled", "暂存表单"), decide=decide_draft, leaves=(FORM_DRAFTED,))
