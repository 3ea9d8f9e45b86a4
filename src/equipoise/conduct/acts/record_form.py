"""Record a form at a visit. Saved again, only what differs is written, item by item and with a reason (EMA 6.2.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from equipoise.conduct.filling import Filled, FormPlan, fill
from equipoise.conduct.setting import Setting, check_day, need_participant, need_reason, need_running, refuse
from equipoise.conduct.state import ParticipantState, StudyState
from equipoise.findings import Refusal
from equipoise.ledger import Fact
from equipoise.protocol.derivation import RecordRow
from equipoise.visits import Visit

__all__ = ["Accepted", "RecordForm", "corrections", "decide_record_form"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A known blemish of a source, taken in for a stated reason: `original` is what the source says."""

    id: str
    item: str
    original: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordForm:
    """`overrides` confirms soft checks (id to reason). `reason` is needed where the form was recorded and differs."""

    right: ClassVar[str] = "record"
    participant: str
    visit: str
    form: str
    values: Mapping[str, Any] = field(default_factory=dict)
    groups: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    occurrence: int = 1
    observed: str | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    accepted: tuple[Accepted, ...] = ()


def decide_record_form(state: StudyState, act: RecordForm, setting: Setting) -> list[Fact]:
    """form_recorded; or, where the form was recorded before, a value_corrected for each item that differs."""
    need_running(state)
    person = need_participant(state, act.participant)
    visit = _due(setting, person, act)
    plan = setting.plan(act.form)
    knowledge = setting.knowledge(person)
    if visit.when is not None:
        _applies(visit, *knowledge.holds(visit.when))
    excused = frozenset(accepted.item for accepted in act.accepted)
    filled = fill(plan, act.values, act.groups, knowledge, overrides=act.overrides, excused=excused)
    observed = _observed(setting, person, act, plan, filled)
    if filled.issues:
        raise Refusal(issue.finding for issue in filled.issues)
    before = person.records.get((act.visit, act.occurrence, act.form))
    if before is not None:
        return corrections(person, before, filled, act.reason)
    checks = filled.checks + [
        {
            "check": a.id,
            "severity": "accepted",
            "item": a.item,
            "overridden": True,
            "reason": a.reason,
            "original": a.original,
        }
        for a in act.accepted
    ]
    payload = {"visit": act.visit, "occurrence": act.occurrence, "form": act.form, "form_version": plan.version,
               "observed": observed, "values": filled.values, "groups": filled.groups, "checks": checks}  # fmt: skip
    return [Fact("form_recorded", payload, person.id, person.site)]


def _due(setting: Setting, person: ParticipantState, act: RecordForm) -> Visit:
    """The visit, when the form belongs to it and its time can have come."""
    visit = setting.protocol.visit_by_id.get(act.visit)
    if visit is None:
        refuse(
            "visit.unknown",
            f"there is no visit {act.visit}",
            f"the visits are {', '.join(setting.protocol.visit_by_id)}",
            "Choose one of these.",
            act.visit,
        )
    if act.form not in visit.forms:
        refuse(
            "visit.form_not_due",
            f"form {act.form} does not belong to visit {act.visit}",
            f"its forms are {', '.join(visit.forms) or 'none'}",
            "Choose one of these, or another visit.",
            f"{act.visit}.{act.form}",
        )
    most = visit.repeat.value.count if visit.repeat is not None else 10_000 if visit.kind == "log" else 1
    if isinstance(act.occurrence, bool) or not isinstance(act.occurrence, int) or not 1 <= act.occurrence <= most:
        refuse(
            "visit.occurrence",
            f"visit {act.visit} has no occurrence {act.occurrence}",
            f"its occurrences are 1 to {most}",
            "Correct the number.",
            act.visit,
        )
    if not person.consents:
        refuse(
            "consent.missing",
            f"{person.id} has not consented",
            "nothing may be recorded without consent",
            "Record the consent first.",
            person.id,
        )
    reached = {
        "consent": True,
        None: True,
        "enrollment": person.enrolled is not None,
        "randomization": person.randomized is not None,
    }
    if not reached[visit.anchor]:
        why = f"its days count from {visit.anchor}, which has not taken place"
        refuse(
            "visit.too_early",
            f"visit {act.visit} cannot have taken place",
            why,
            f"Record the {visit.anchor} first.",
            act.visit,
        )
    return visit


def _applies(visit: Visit, truth: bool | None, missing: tuple[str, ...]) -> None:
    if truth:
        return
    why = f"it takes place when {visit.when}" + (f"; not known yet: {', '.join(missing)}" if truth is None else "")
    refuse(
        "visit.does_not_apply",
        f"visit {visit.id} does not apply to this participant",
        why,
        "Record what it depends on first, or choose another visit.",
        visit.id,
    )


def _observed(
    setting: Setting, person: ParticipantState, act: RecordForm, plan: FormPlan, filled: Filled
) -> str | None:
    """When the observation was made: not in the future, not before birth, not after the participant left."""
    observed = act.observed
    named = filled.values.get(plan.form.date_item) if plan.form.date_item else None
    named = named[:10] if named else None
    if observed and named and observed != named:
        what = f"the form is dated {named} and said to be observed on {observed}"
        refuse(
            "date.differs",
            what,
            f"{plan.form.date_item} says when the observation was made",
            "Give one date.",
            f"{act.form}.{plan.form.date_item}",
        )
    observed = observed or named
    if observed is None:
        return None
    name = plan.form.date_item if named else "observed"
    check_day(
        setting,
        person.site,
        observed,
        f"{act.form}.{name}",
        after=(_birth(setting, person, filled), "the date of birth"),
    )
    left = min((on for on, extent in person.withdrawals if extent != "treatment"), default=None)
    if left is not None and observed > left:
        refuse(
            "participant.withdrawn",
            f"{person.id} left on {left}, before {observed}",
            "what is observed after that may not be recorded",
            "Record only what was observed before.",
            person.id,
        )
    return observed


def _birth(setting: Setting, person: ParticipantState, filled: Filled) -> str:
    """The date of birth as ISO text where an item asks for it (CDASH BRTHDAT), else nothing."""
    for name in setting.birth_items():
        value = filled.values.get(name)
        for record in person.records.values():
            value = value or record.values.get(name)
        if value:
            return str(value)
    return ""


def corrections(person: ParticipantState, before: RecordRow, filled: Filled, reason: str) -> list[Fact]:
    """A value_corrected for each item that differs from what was recorded; none when nothing does."""
    changes: list[tuple[str | None, int | None, str, Any, Any]] = [
        (None, None, item, before.values.get(item), new)
        for item, new in filled.values.items()
        if before.values.get(item) != new
    ]
    for group, rows in filled.groups.items():
        old_rows = before.groups.get(group, [])
        if len(rows) < len(old_rows):
            why = "a row that was recorded is never taken away"
            refuse(
                "form.rows",
                f"{group} had {len(old_rows)} rows and has {len(rows)} now",
                why,
                "Keep the row and correct its values.",
                group,
            )
        for place, row in enumerate(rows, start=1):
            old = old_rows[place - 1] if place <= len(old_rows) else {}
            changes += [(group, place, item, old.get(item), new) for item, new in row.items() if old.get(item) != new]
    if changes:
        need_reason(reason, f"the correction of {', '.join(change[2] for change in changes)}")
    facts = []
    for group_id, row_number, item, old_value, new in changes:
        payload: dict[str, Any] = {"visit": before.visit, "occurrence": before.occurrence, "form": before.form, "group": group_id,
                                   "row": row_number, "item": item, "old": old_value, "new": new, "reason": reason.strip()}  # fmt: skip
        if about := [check for check in filled.checks if check["item"].partition("[")[0] in (item, group_id)]:
            payload["checks"] = about
        facts.append(Fact("value_corrected", payload, person.id, person.site))
    return facts
