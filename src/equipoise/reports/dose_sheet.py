"""A participant's treatment on one screen, in either language: planned, given, late, reduced, and advised next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, timedelta
from typing import Any

from equipoise.arms import Arm
from equipoise.conduct.doses.advising import Advice, OpenRule
from equipoise.conduct.doses.course import DoseRow, DrugCourse, RadiotherapyCourse, why_no_day
from equipoise.conduct.state.state import ParticipantState
from equipoise.numerals import amount_text, share_text
from equipoise.protocol.document import Protocol
from equipoise.reports.columns import columns
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["dose_data", "dose_lines"]

WORDS: dict[str, tuple[str, str]] = {
    "head": ("{person} · {arm} · as known on {on}", "{person} · {arm} · 截至{on}的记录"),
    "day_1_given": ("Day 1 is {day}: the first dose that was given.", "第1天为{day}，即首次给药日。"),
    "day_1_planned": ("Day 1 is planned for {day}; nothing was given yet.", "第1天计划为{day}，尚未给药。"),
    "day_1_no_visit": (
        "No day is planned yet: no dated visit has the form of the doses ({forms}). The first dose recorded is day 1.",
        "尚无计划日期：记录给药的表单（{forms}）不在任何有日期的访视中。首次给药日即为第1天。",
    ),
    "day_1_no_record": (
        "No day is planned: the protocol does not say where doses of this arm are recorded (given_by).",
        "尚无计划日期：方案未说明该组给药记录于何处（given_by）。",
    ),
    "number": ("dose", "次"),
    "planned_on": ("planned on", "计划日期"),
    "planned": ("planned", "计划剂量"),
    "recorded_on": ("recorded on", "记录日期"),
    "given": ("given", "给药"),
    "late": ("days late", "延迟天数"),
    "percent": ("% of plan", "占计划%"),
    "cumulative": ("cumulative", "累积剂量"),
    "intensity": ("RDI", "相对剂量强度"),
    "entry": ("entry", "条目"),
    "status": ("status", "状态"),
    "not_given": ("not given", "未给药"),
    "status_on_time": ("on time", "按时"),
    "status_early": ("early", "提前"),
    "status_delayed": ("delayed", "延迟"),
    "status_reduced": ("reduced", "减量"),
    "status_delayed_reduced": ("delayed and reduced", "延迟且减量"),
    "status_increased": ("above plan", "高于计划"),
    "status_above_maximum": ("above the maximum", "超过最大剂量"),
    "status_omitted": ("omitted", "停用"),
    "so_far": (
        "So far {total} of {asked} {unit} planned for the doses recorded; relative dose intensity {intensity}.",
        "迄今{total} {unit}（所记录各次计划共{asked} {unit}）；相对剂量强度{intensity}。",
    ),
    "rt_plan": ("Planned: {gy} Gy in {n} fractions, {first} to {last}.", "计划：{gy} Gy/{n}次，{first}至{last}。"),
    "rt_days": (
        "The protocol plans {days} days in all, until {last}.",
        "方案计划总治疗时间为{days}天，至{last}。",
    ),
    "rt_days_over": (
        "The protocol plans {days} days in all, until {last}; exceeded by {over}.",
        "方案计划总治疗时间为{days}天，至{last}；已超出{over}天。",
    ),
    "rt_holidays": (
        "Public holidays of some of these days are not known to us: only weekends were left out.",
        "部分日期的法定节假日未知：仅扣除周末。",
    ),
    "rt_so_far": (
        "Given: {n} fractions, {gy} Gy; {due} were due by then.",
        "已照射：{n}次，{gy} Gy；至当日应为{due}次。",
    ),
    "rt_counted": ("Given: {n} fractions; {due} were due by then.", "已照射：{n}次；至当日应为{due}次。"),
    "rt_overall": (
        ("Overall {days} days from {first} to {last}; {beyond} beyond plan; missed {missed}; made up for {made_up}."),
        "总治疗时间{days}天（{first}至{last}）；超出计划{beyond}天；漏照{missed}天；已补{made_up}次。",
    ),
    "advice": ("Next dose: {what}", "下一次：{what}"),
    "advice_next": ("Dose {n}, planned for {day}: {what}", "第{n}次，计划{day}：{what}"),
    "advice_none": ("The protocol has no dose rules for this treatment.", "方案未对该治疗规定剂量调整规则。"),
    "all_recorded": ("All planned doses are recorded.", "计划各次均已记录。"),
    "say_give": ("give {dose}", "给予{dose}"),
    "say_reduce": ("reduce to {percent}%: {dose}", "减至{percent}%：{dose}"),
    "say_delay": (
        "delay by {days} days, ask again on {again}; then {percent}% ({dose})",
        "延迟{days}天，于{again}再评估；届时给予{percent}%（{dose}）",
    ),
    "say_omit": ("omit this dose", "停用本次"),
    "say_stop": ("stop this treatment", "终止该治疗"),
    "say_unknown": ("not yet known", "尚不可知"),
    "open": (
        "not settled: a rule that is not yet known could still change this",
        "未定：尚不可知的规则仍可能改变该建议",
    ),
    "because": ("because: {reason} [{rule}]", "原因：{reason} [{rule}]"),
    "empty_because": (" (empty on {day} for want of {lacking})", "（{day}因缺少{lacking}而为空）"),
    "lacked_later": ("{name}, known only from {later} on", "{name}（{later}起方有数据）"),
    "lacking": ("not yet known: {reason} [{rule}]; missing {missing}", "尚不可知：{reason} [{rule}]；缺少{missing}"),
    "decides": (
        "The rules advise; the treating physician decides and records what was given.",
        "规则仅作建议；由主治医师决定，并记录实际给药。",
    ),
    "item": ("{label} ({form})", "{label}（{form}）"),
    "comma": (", ", "、"),
    "none": ("–", "–"),
}


@literals_checked
def dose_lines(
    protocol: Protocol,
    person: ParticipantState,
    arm: Arm,
    courses: Sequence[DrugCourse | RadiotherapyCourse],
    on: date,
    language: Language = "en",
) -> list[str]:
    """The lines of the sheet."""
    say = _Say(protocol, language)
    lines = [say("head", person=person.id, arm=arm.label.in_(language), on=on)]
    if courses:
        begun, day_1 = courses[0].begun, courses[0].day_1
        lines.append(say(f"day_1_{begun}", day=day_1) if begun is not None else _no_day(protocol, arm, say))
    for course in courses:
        lines += ["", course.treatment.label.in_(language)]
        lines += _drug(course, say) if isinstance(course, DrugCourse) else _radiotherapy(course, say)
        following = course.next if isinstance(course, DrugCourse) else None
        done = following is None and bool(course.rows) if isinstance(course, DrugCourse) else _all_fractions(course)
        lines += [say("all_recorded")] if done else _advice(course.advice, following, say)
    return [*lines, "", say("decides")] if courses else lines


def _no_day(protocol: Protocol, arm: Arm, say: _Say) -> str:
    why, forms = why_no_day(arm)
    titles = [protocol.form_by_id[form].title.in_(say.language) for form in forms]
    return say(f"day_1_{why}", forms=say("comma").join(titles))


class _Say:
    """The words of one language with their blanks filled in."""

    def __init__(self, protocol: Protocol, language: Language) -> None:
        self.protocol, self.language = protocol, language

    def __call__(self, key: str, **blanks: object) -> str:
        return WORDS[key][self.language == "zh"].format(**blanks)

    def name(self, name: str) -> str:
        """An item with its label, and the form on which it is recorded."""
        known = self.protocol.item_by_id.get(name)
        if known is not None:
            return self("item", label=known[2].label.in_(self.language), form=known[0].title.in_(self.language))
        variable = self.protocol.variable_by_id.get(name)
        return variable.label.in_(self.language) if variable is not None else name


def _amount(value: float | None, unit: str | None, *, worked_out: bool = False) -> str:
    """An amount with its unit; what is counted ({patch}) by its name."""
    return f"{amount_text(value, worked_out=worked_out)} {_of(unit)}".rstrip() if value is not None else "–"


def _of(unit: str | None) -> str:
    return (unit or "").strip("{}").removeprefix("1")


def _drug(course: DrugCourse, say: _Say) -> list[str]:
    if not course.rows:
        return []
    keys = (
        "number",
        "planned_on",
        "planned",
        "recorded_on",
        "given",
        "late",
        "percent",
        "cumulative",
        "intensity",
        "status",
        "entry",
    )
    rows = [[say(key) for key in keys], *(_row(row, course, say) for row in course.rows)]
    lines = columns(rows, left=(9,))
    if course.cumulative is not None and any(row.given is not None for row in course.rows):
        total = amount_text(course.cumulative, worked_out=course.by_size)
        asked = amount_text(course.planned_so_far)
        intensity = share_text(course.intensity, (0.0, 1.0))
        lines.append(say("so_far", total=total, asked=asked, unit=_of(course.treatment.unit), intensity=intensity))
    return lines


def _row(row: DoseRow, course: DrugCourse, say: _Say) -> list[str]:
    told = row.judged
    given = "" if row.given is None else say("not_given") if not row.given else _amount(row.amount, row.amount_unit)
    first = [str(row.number), str(row.planned_on), _amount(row.planned, row.unit, worked_out=course.by_size)]
    if told is None:
        return [*first, *[""] * 8]
    late = "" if told.delay_days is None else str(told.delay_days)
    return [
        *first,
        str(row.recorded_on or ""),
        given,
        late,
        share_text(told.percent),
        amount_text(told.cumulative, worked_out=course.by_size),
        share_text(told.relative_dose_intensity, (0.0, 1.0)),
        say(f"status_{told.status}"),
        str(row.entry or ""),
    ]


def _all_fractions(course: RadiotherapyCourse) -> bool:
    return course.fractions >= course.treatment.fractions.value


def _radiotherapy(course: RadiotherapyCourse, say: _Say) -> list[str]:
    if not course.planned:
        return []
    plan = course.treatment
    lines = [
        say(
            "rt_plan",
            gy=amount_text(plan.dose_gy.value),
            n=plan.fractions.value,
            first=course.planned[0],
            last=course.planned[-1],
        )
    ]
    lines += _planned_days(course, say)
    lines += [] if course.holidays_known else [say("rt_holidays")]
    key = "rt_counted" if course.total_gy is None else "rt_so_far"
    lines.append(say(key, n=course.fractions, due=course.due, gy=amount_text(course.total_gy)))
    if (done := course.course) is not None:
        facts = {"days": done.overall_days, "beyond": done.interruption_days, "missed": len(done.missed)}
        lines.append(say("rt_overall", first=done.first, last=done.last, made_up=done.compensated, **facts))
    return lines


def _planned_days(course: RadiotherapyCourse, say: _Say) -> list[str]:
    """The overall time that the protocol plans, beside the time that it took so far."""
    if (planned := course.treatment.days) is None:
        return []
    days, done = planned.value, course.course
    last = (done.first if done is not None else course.planned[0]) + timedelta(days=days - 1)
    over = done.overall_days - days if done is not None else 0
    return [say("rt_days_over", days=days, last=last, over=over) if over > 0 else say("rt_days", days=days, last=last)]


def _advice(advice: Advice | None, following: DoseRow | None, say: _Say) -> list[str]:
    if advice is None:
        return [say("advice_none")]
    what = _what(advice, say)
    lines = [
        say("advice_next", n=following.number, day=following.planned_on, what=what)
        if following
        else say("advice", what=what)
    ]
    lines += [] if advice.settled or advice.recommendation is None else [f"  {say('open')}"]
    lines += [f"  {say('because', reason=rule.reason.in_(say.language), rule=rule.id)}" for rule in advice.reasons]
    for open_ in advice.not_known:
        missing = say("comma").join(say.name(name) + _because(open_, name, say) for name in open_.missing)
        words = say("lacking", reason=open_.rule.reason.in_(say.language), rule=open_.rule.id, missing=missing)
        lines.append(f"  {words}")
    return lines


def _because(open_: OpenRule, name: str, say: _Say) -> str:
    """Why a derived item is empty: what lacked on the day of its record, and from when on it is known."""
    day, lacks = open_.because.get(name, (None, ()))
    if not lacks:
        return ""
    told = [
        say("lacked_later", name=say.name(one.name), later=one.later) if one.later else say.name(one.name)
        for one in lacks
    ]
    return say("empty_because", day=day or "–", lacking=say("comma").join(told))


def _what(advice: Advice, say: _Say) -> str:
    if advice.recommendation is None:
        return say("say_unknown")
    return say(
        f"say_{advice.recommendation}",
        dose=_amount(advice.dose, advice.unit, worked_out=advice.worked_out),
        percent=amount_text(advice.percent, worked_out=True),
        days=advice.delay_days,
        again=advice.ask_again_on,
    )


def dose_data(
    person: ParticipantState, arm: Arm, courses: Sequence[DrugCourse | RadiotherapyCourse], on: date
) -> dict[str, Any]:
    """The same as data for JSON: dates as text, rules by their ids."""
    return {
        "participant": person.id,
        "arm": arm.id,
        "on": on.isoformat(),
        "treatments": [{"kind": c.treatment.kind, **_plain(c), "treatment": c.treatment.id} for c in courses],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Advice):
        told = {k: getattr(value, k) for k in ("recommendation", "percent", "dose", "unit", "delay_days", "settled")}
        open_ = {o.rule.id: list(o.missing) for o in value.not_known}
        return {**told, "reasons": [rule.id for rule in value.reasons], "not_known": open_}
    if is_dataclass(value) and not isinstance(value, type):
        names = [name for name in value.__dataclass_fields__ if name != "treatment"]
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
