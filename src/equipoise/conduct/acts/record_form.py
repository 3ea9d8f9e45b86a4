"""Record a form at a visit. Saved again, only what differs is written, item by item and with a reason (EMA 6.2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NoReturn

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.doses.kept_advice import with_advice
from equipoise.conduct.entries.records import FORM_RECORDED, VALUE_CORRECTED
from equipoise.conduct.following.following import derive_again
from equipoise.conduct.guards import check_day, need_participant, need_reason, need_running, need_visit, today_at
from equipoise.conduct.sheet.form_plan import FormPlan
from equipoise.conduct.sheet.issue import Issue
from equipoise.conduct.sheet.judging import Judgement, judge_form
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.findings import Refusal
from equipoise.forms.partial_dates import PartialDate, read_partial
from equipoise.knowledge.lacking import lacks_of
from equipoise.knowledge.medical_rules import Occasion
from equipoise.knowledge.participant import Knowledge
from equipoise.knowledge.records import RecordRow
from equipoise.ledger import Fact
from equipoise.visits import Visit
from equipoise.words import Phrase

__all__ = [
    "ACT",
    "Accepted",
    "RecordForm",
    "check_observed",
    "corrections",
    "need_due",
    "place_of",
    "row_of",
    "stated_day",
]

_ROW = re.compile(r"\[([0-9]+)\]")


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
    """form_recorded; or, where the form was recorded before, a value_corrected for each item that differs.

    And what follows.
    """
    need_running(state)
    person = need_participant(state, act.participant)
    visit = need_due(setting, person, act)
    plan = setting.plan(act.form)
    knowledge = setting.knowledge(person)
    if visit.when is not None:
        _applies(visit, *knowledge.holds(visit.when))
    excused = frozenset(accepted.item for accepted in act.accepted)
    before = person.records.get((act.visit, act.occurrence, act.form))
    if before is not None and not before.groups:
        # What its version did not ask for lacks nothing; whoever knows it now may add it.
        excused |= {item for item in plan.names[None] if item not in before.values}
    values = with_advice(setting, person, plan.form, act.values, act.observed, before)
    filled = judge_form(
        plan,
        values,
        act.groups,
        knowledge,
        at=(act.visit, act.occurrence, act.observed),
        overrides=act.overrides,
        excused=excused,
    )
    observed = _observed(setting, person, act, plan, filled)
    _check_part(setting, person, plan, observed)
    if issues := filled.issues if before is None else _new_issues(before, filled):
        raise Refusal(issue.finding for issue in issues)
    if before is not None:
        if plan.form.date_item is None and act.observed not in (None, before.observed):
            refuse(
                "date.differs/recorded",
                f"{act.form}.observed",
                before=before.observed or phrase("no_day"),
                observed=act.observed,
            )
        day = stated_day(setting, person, plan, filled)
        if not act.reason.strip():
            _differs(setting, before, filled)
        facts = corrections(person, before, filled, act.reason, plan.form.date_item, day)
        return facts + derive_again(setting, person, facts)
    checks = list(filled.checks) + [
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
    payload = {
        "visit": act.visit,
        "occurrence": act.occurrence,
        "form": act.form,
        "form_version": plan.version,
        "observed": observed,
        "values": filled.values,
        "groups": filled.groups,
        "checks": checks,
    }
    if lacking := _lacking(setting, knowledge, act, observed, filled):
        payload["lacking"] = lacking
    if (draft := person.draft((act.visit, act.occurrence, act.form))) is not None:
        payload["drafted"] = draft.seq
    facts = [Fact(FORM_RECORDED.name, payload, person.id, person.site)]
    return facts + derive_again(setting, person, facts)


def _differs(setting: Setting, before: RecordRow, filled: Judgement) -> None:
    """Somebody was faster, or the page was filled in before: who did it, when, and with which values."""
    changes = [change for change in _changes(before, filled) if change.item not in filled.derived]
    if not changes:
        return
    entry = next((one for one in setting.around(before.seq) if one.seq == before.seq), None)
    refuse(
        "record.differs",
        before.form,
        form=before.form,
        visit=before.visit,
        occurrence=before.occurrence,
        by=entry.actor if entry is not None else "?",
        at=str(entry.at)[:19] + "Z" if entry is not None else "?",
        pairs=[phrase("differs", item=one.item, stands=_told(one.old), given=_told(one.new)) for one in changes[:5]],
    )


def _told(value: Any) -> Phrase | str:
    return phrase("none") if value is None else str(value)


def _lacking(
    setting: Setting, knowledge: Knowledge, act: RecordForm, observed: str | None, filled: Judgement
) -> list[dict[str, Any]]:
    """What medical rules could not fill in, and which inputs lacked on the day of the record."""
    own = (act.visit, act.occurrence, act.form)
    others = [record for key, record in knowledge.records.items() if key != own]
    occasion = Occasion(observed and observed[:10], act.visit, act.occurrence, others, knowledge.value)
    return [
        {"items": list(items), "inputs": [{"name": one.name, "form": one.form, "later": one.later} for one in lacks]}
        for items, lacks in lacks_of(setting.protocol, act.form, occasion, filled.values)
    ]


def _new_issues(before: RecordRow, filled: Judgement) -> list[Issue]:
    """What is wrong with a page that was recorded before: what was confirmed or excused then is not asked for again."""
    changes = _changes(before, filled)

    def about_a_change(issue: Issue) -> bool:
        row = row_of(issue)
        return any(change.item in issue.names for change in changes if row is None or change.row in (None, row))

    return [
        issue
        for issue in filled.issues
        if not (issue.check is not None or (issue.finding.code == "form.required" and not changes))
        or about_a_change(issue)
    ]


def row_of(issue: Issue) -> int | None:
    """The row of a group that an issue is about; None when it is about the page."""
    found = _ROW.search(issue.finding.where.path)
    return int(found.group(1)) if found else None


def need_due(setting: Setting, person: ParticipantState, act: RecordForm) -> Visit:
    """The visit, when the form belongs to it and its time can have come."""
    visit = need_visit(setting, act.visit, act.form, act.occurrence)
    if not person.consents:
        refuse("consent.missing", person.id, participant=person.id)
    reached = {
        "consent": True,
        None: True,
        "enrollment": person.enrolled is not None,
        "randomization": person.randomized is not None,
    }
    if not reached[visit.anchor]:
        refuse("visit.too_early", act.visit, visit=act.visit, anchor=phrase(f"anchor.{visit.anchor}"))
    return visit


def _applies(visit: Visit, truth: bool | None, missing: tuple[str, ...]) -> None:
    if truth:
        return
    if truth is None:
        refuse("visit.does_not_apply/not_known", visit.id, visit=visit.id, rule=visit.when, missing=missing)
    refuse("visit.does_not_apply", visit.id, visit=visit.id, rule=visit.when)


def _observed(
    setting: Setting, person: ParticipantState, act: RecordForm, plan: FormPlan, filled: Judgement
) -> str | None:
    """When the observation was made: not in the future, not before birth, not after the participant left."""
    observed = act.observed
    named = stated_day(setting, person, plan, filled)
    if observed and named and observed != named:
        refuse(
            "date.differs",
            f"{act.form}.{plan.form.date_item}",
            named=named,
            observed=observed,
            item=plan.form.date_item,
        )
    observed = observed or named
    check_observed(setting, person, filled, observed, f"{act.form}.{plan.form.date_item if named else 'observed'}")
    return observed


def stated_day(setting: Setting, person: ParticipantState, plan: FormPlan, filled: Judgement) -> str | None:
    """The day in the form's date item. One that is imputed is today at the latest, where it may be today."""
    if filled.day is None or plan.form.date_item is None:
        return None
    today, known = today_at(setting, person.site), read_partial(str(filled.values[plan.form.date_item]))
    if filled.day > today and known is not None and known.missing is not None and known.possible()[0] <= today:
        return today.isoformat()
    return filled.day.isoformat()


def check_observed(
    setting: Setting, person: ParticipantState, filled: Judgement, observed: str | None, path: str
) -> None:
    """A day on which the participant could be observed: not in the future, not before birth, not after they left."""
    if observed is not None:
        check_day(setting, person.site, observed, path, after=(_birth(setting, person, filled), phrase("birth")))
    left = person.left
    if left is not None and (observed is None or observed > left.date):
        _left(person, left.date, observed)
    if observed is not None and (gap := person.gap(observed)) is not None:
        since, until = gap.withdrawal.date, gap.date
        refuse("participant.withdrawn/gap", person.id, participant=person.id, day=since, until=until, observed=observed)


def _check_part(setting: Setting, person: ParticipantState, plan: FormPlan, observed: str | None) -> None:
    """A form that belongs to a part of the consent: agreed to on its day, and not taken back before."""
    part = plan.form.consent_part
    if part is None:
        return
    day = observed or today_at(setting, person.site).isoformat()
    said = [agrees for on, agrees in person.parts.get(part, []) if on <= day]
    if not said:
        refuse("consent.part_missing", plan.form.id, form=plan.form.id, part=part, participant=person.id, day=day)
    if not said[-1]:
        refuse("consent.part_withdrawn", plan.form.id, form=plan.form.id, part=part, participant=person.id, day=day)


def _birth(setting: Setting, person: ParticipantState, filled: Judgement) -> str:
    """The date of birth as ISO text where an item asks for it (CDASH BRTHDAT), else nothing."""
    for name in setting.birth_items():
        value = filled.values.get(name)
        for record in person.records.values():
            value = value or record.values.get(name)
        if value and (days := (read_partial(str(value)) or PartialDate()).possible()):
            return days[0].isoformat()
    return ""


@dataclass(frozen=True, slots=True)
class _Change:
    """One item whose value differs from what was recorded; `row` counts from 1 within `group`."""

    group: str | None
    row: int | None
    item: str
    old: Any
    new: Any


def _changes(before: RecordRow, filled: Judgement) -> list[_Change]:
    changes = [
        _Change(None, None, item, before.values.get(item), new)
        for item, new in filled.values.items()
        if before.values.get(item) != new
    ]
    for group, rows in filled.groups.items():
        old_rows = before.groups.get(group, [])
        for place, row in enumerate(rows, start=1):
            old = old_rows[place - 1] if place <= len(old_rows) else {}
            changes += [
                _Change(group, place, item, old.get(item), new) for item, new in row.items() if old.get(item) != new
            ]
    return changes


def corrections(
    person: ParticipantState, before: RecordRow, filled: Judgement, reason: str, date_item: str | None, day: str | None
) -> list[Fact]:
    """A value_corrected for each item that differs from what was recorded; none when nothing does.

    `day`: what the date item says now.
    """
    for group, rows in filled.groups.items():
        if len(rows) < (had := len(before.groups.get(group, []))):
            refuse("form.rows", group, group=group, had=had, rows=len(rows))
    # What somebody changed comes first, what follows from it after: a receipt names the first.
    changes = sorted(_changes(before, filled), key=lambda change: change.item in filled.derived)
    if changes:
        need_reason(reason, phrase("of.corrections", items=[change.item for change in changes]))
    facts = []
    for change in changes:
        payload: dict[str, Any] = {
            "visit": before.visit,
            "occurrence": before.occurrence,
            "form": before.form,
            "group": change.group,
            "row": change.row,
            "item": change.item,
            "old": change.old,
            "new": change.new,
            "reason": reason.strip(),
        }
        if change.item == date_item and change.group is None:
            payload["observed"] = day
        if about := [c for c in filled.checks if c["item"].partition("[")[0] in (change.item, change.group)]:
            payload["checks"] = about
        facts.append(Fact(VALUE_CORRECTED.name, payload, person.id, person.site))
    return facts


def _left(person: ParticipantState, day: str, observed: str | None) -> NoReturn:
    if observed is None:
        refuse("participant.withdrawn/undated", person.id, participant=person.id, day=day)
    refuse("participant.withdrawn/observed", person.id, participant=person.id, day=day, observed=observed)


def place_of(form: str, group: str | None) -> Phrase:
    """A form, or a group of it, in words."""
    return phrase("group", group=group, form=form) if group else phrase("form", form=form)


def _with_blemishes(given: Mapping[str, Any]) -> dict[str, Any]:
    """As a file gives it, with blemishes as what they are."""
    return {**given, "accepted": tuple(Accepted(**blemish) for blemish in given.get("accepted") or ())}


ACT = ActKind(
    RecordForm,
    label=("record forms", "填写表单"),
    decide=decide_record_form,
    leaves=(FORM_RECORDED, VALUE_CORRECTED),
    read=_with_blemishes,
)
