"""Filling in a form: typed values, computed items, what is shown, required, in range, and whether the checks hold.

Promises every Finding of the page at once. A hard fault refuses; a soft one asks, and is recorded with its reason when
confirmed (FDA Q&A 2024, Q13: the prompt, the answer and the change are all kept). Pure; one participant at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from equipoise.conduct.sheet.form_plan import FormPlan, Step
from equipoise.findings import Finding, Refusal, Where, prose
from equipoise.forms import Check, Item
from equipoise.forms.values import Unusable, canonical_value, check_range, plain_value, read_value, same_value
from equipoise.knowledge.medical_rules import Bound, Occasion, Said, derive_items
from equipoise.knowledge.participant import Knowledge
from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol
from equipoise.rules import compute, read_rule

__all__ = ["Filled", "Issue", "fill", "fill_in"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A Finding about a page; `names` are the items it is about. `check` is set when it is soft: what to confirm.

    `said` is the remark of a medical rule, which has its words in both languages.
    """

    finding: Finding
    names: frozenset[str]
    check: str | None = None
    said: Said | None = None


@dataclass(slots=True)
class Filled:
    """The page in canonical form, what is wrong with it, and the checks that were confirmed with a reason."""

    values: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class _Sheet:
    """A page while it is judged: rows in canonical form, as rules compute with them, and the items that could not be read.

    The first row of table None holds the single items; `outside` is what else the rules may name.
    """

    plan: FormPlan
    filled: Filled
    outside: Mapping[str, Any]
    occasion: Occasion
    protocol: Protocol
    rows: dict[str | None, list[dict[str, Any]]] = field(default_factory=dict)
    known: dict[str | None, list[dict[str, Any]]] = field(default_factory=dict)
    faulty: dict[str | None, list[set[str]]] = field(default_factory=dict)

    def around(self, table: str | None, row: int) -> dict[str, Any]:
        """Everything that a rule about a row may name."""
        single = self.known[None][0]
        return single if table is None else {**single, **self.known[table][row]}

    def place(self, table: str | None, row: int) -> str:
        """The row in words, as a path begins."""
        return "" if table is None else f"{table}[{row + 1}]."


def fill(
    plan: FormPlan,
    values: Mapping[str, Any],
    groups: Mapping[str, Sequence[Mapping[str, Any]]],
    knowledge: Knowledge,
    *,
    at: tuple[str, int, str | None] = ("", 1, None),
    overrides: Mapping[str, str],
    excused: frozenset[str] = frozenset(),
) -> Filled:
    """The page, judged. `at`: visit, occurrence and, when it is said apart, the day. `overrides`: check id to reason.

    `excused`: items whose absence was accepted for a stated reason.
    """
    filled = Filled()
    outside = knowledge.values(plan.outside) if plan.outside else {}
    sheet = _Sheet(plan, filled, outside, Occasion(None, *at[:2]), knowledge.protocol)
    _read(sheet, None, [values])
    for name in groups.keys() - {group.id for group in plan.form.groups}:
        filled.issues.append(
            _issue(
                "form.unknown_group",
                plan,
                name,
                f"form {plan.form.id} has no group {name}",
                "only what the form asks can be recorded",
                "Correct the name.",
            )
        )
    for group in plan.form.groups:
        _read(sheet, group.id, groups.get(group.id, ()))
    single = sheet.rows[None][0]
    sheet.occasion = _occasion(plan, knowledge, single, at)
    for step in plan.steps:
        _take(sheet, step)
    for table in plan.tables:
        for row in range(len(sheet.rows[table])):
            _judge_row(sheet, table, row, excused)
    filled.values = single
    for group in plan.form.groups:
        rows = filled.groups[group.id] = sheet.rows[group.id]
        most = group.max_rows if group.max_rows is not None else len(rows)
        if not group.min_rows <= len(rows) <= most:
            what = f"{group.id} has {len(rows)} rows"
            why = (
                f"at least {group.min_rows} are asked for"
                if len(rows) < group.min_rows
                else f"at most {most} are taken"
            )
            filled.issues.append(_issue("form.rows", plan, group.id, what, why, "Add or remove rows."))
    for check, table, names in plan.checks:
        if check.severity == "query":  # stops nobody: see `querying`
            continue
        for row in range(len(sheet.rows[table])):
            place = f"[{row + 1}]" if table is not None else ""
            _check(plan, check, table, names, place, sheet.around(table, row), filled)
    _confirm(filled, overrides)
    return filled


def fill_in(
    plan: FormPlan, record: RecordRow, knowledge: Knowledge, records: Sequence[RecordRow]
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """The values and groups of a record with everything filled in again that rests on derivations; nothing is judged.

    `records` are all records of the participant as they are to stand.
    """
    outside = knowledge.values(plan.outside) if plan.outside else {}
    occasion = Occasion(record.observed, record.visit, record.occurrence, records, knowledge.value)
    sheet = _Sheet(plan, Filled(), outside, occasion, knowledge.protocol)
    _read(sheet, None, [record.values])
    for group in plan.form.groups:
        _read(sheet, group.id, record.groups.get(group.id, ()))
    for step in plan.steps:
        if step.gives <= plan.following:
            _take(sheet, step, asked=False)
    for table, items in plan.tables.items():
        for item, _ in items:
            if item.id in plan.following and item.shown_when:
                for row, values in enumerate(sheet.rows[table]):
                    if compute(item.shown_when, sheet.around(table, row), plan.columns[table]) is not True:
                        values[item.id] = None
    return sheet.rows[None][0], {group.id: sheet.rows[group.id] for group in plan.form.groups}


def _occasion(
    plan: FormPlan, knowledge: Knowledge, single: Mapping[str, Any], at: tuple[str, int, str | None]
) -> Occasion:
    """The record in its place; the participant's other records are looked at by derivations only."""
    day = single.get(plan.form.date_item) if plan.form.date_item else None
    others = [
        r for key, r in knowledge.records.items() if key != (at[0], at[1], plan.form.id)
    ] if plan.following else []  # fmt: skip
    return Occasion(str(day)[:10] if day else at[2], at[0], at[1], others, knowledge.value)


def _read(sheet: _Sheet, table: str | None, raw_rows: Sequence[Mapping[str, Any]]) -> None:
    """One table's rows: canonical, and typed as rules compute with them."""
    plan, filled = sheet.plan, sheet.filled
    items = plan.tables[table]
    known_names = {item.id for item, _ in items}
    rows, known, faults = list[dict[str, Any]](), list[dict[str, Any]](), list[set[str]]()
    for place, raw in enumerate(raw_rows):
        row: dict[str, Any] = {}
        faulty: set[str] = set()
        if len(raw) > len(items) or raw.keys() - known_names:
            _unknown(plan, table, raw, filled, sheet.place(table, place))
        for item, codelist in items:
            try:
                row[item.id] = read_value(item, raw.get(item.id), codelist)
            except Unusable as fault:
                row[item.id] = None
                faulty.add(item.id)
                path = f"{plan.form.id}.{sheet.place(table, place)}{item.id}"
                filled.issues.append(Issue(fault.at(Where(path=path)), frozenset((item.id,))))
        rows.append(row)
        typed = dict(sheet.outside) if table is None else {}
        typed.update((item.id, plain_value(item.type, row[item.id])) for item, _ in items)
        known.append(typed)
        faults.append(faulty)
    sheet.rows[table], sheet.known[table], sheet.faulty[table] = rows, known, faults


def _take(sheet: _Sheet, step: Step, *, asked: bool = True) -> None:
    """Fill in what the step gives, in every row of its table. `asked`: what was entered there is compared with it."""
    for row in range(len(sheet.rows[step.table])):
        if isinstance(step.what, Item):
            _compute(sheet, step.table, row, step.what, asked=asked)
        else:
            _derive(sheet, step.table, row, step.what, asked=asked)


def _derive(sheet: _Sheet, table: str | None, row: int, bound: Bound, *, asked: bool) -> None:
    """A medical rule's answers, and its remarks: hard ones refuse, soft ones ask."""
    plan = sheet.plan
    groups = {name: rows for name, rows in sheet.rows.items() if name is not None}
    own = None if table is None else (row + 1, sheet.rows[table][row])
    given, said = derive_items(sheet.protocol, bound, sheet.occasion, sheet.rows[None][0], groups, own)
    for name, value in given.items():
        item = next(item for item, _ in plan.tables[table] if item.id == name)
        _put(sheet, table, row, item, value, f"the rule {bound.method.id}" if asked else None)
    for one in said:
        names = frozenset(one.items) or frozenset(given)
        path = f"{one.group}[{one.row}]." if one.group and one.row else ""
        where = Where(path=f"{plan.form.id}.{path}{one.items[0] if one.items else bound.id}")
        remark = one.remark
        words = f"{remark.what['en']}", f"{remark.why['en']}"
        if remark.severity == "hard":
            sheet.filled.issues.append(
                Issue(prose("form.medicine", where, *words, remark.mend["en"]), names, None, one)
            )
        else:
            mend = (
                f"{remark.mend['en']} If the source says so, confirm with a reason: overrides {{{one.check}: reason}}."
            )
            sheet.filled.issues.append(Issue(prose("form.soft", where, *words, mend), names, one.check, one))


def _put(sheet: _Sheet, table: str | None, row: int, item: Item, value: Any, of: str | None) -> None:
    """A value that follows from others takes its place; another one that was entered there is a fault."""
    plan, values = sheet.plan, sheet.rows[table][row]
    entered = values[item.id]
    if of is not None and entered is not None and not same_value(item.type, entered, value):
        what = f"{item.id} was entered as {entered} and computes to {value}"
        sheet.filled.issues.append(
            _issue(
                "form.computed",
                plan,
                sheet.place(table, row) + item.id,
                what,
                f"it follows from the other answers ({of})",
                "Leave it empty, or correct the answers.",
            )
        )
    values[item.id], sheet.known[table][row][item.id] = value, plain_value(item.type, value)


def _judge_row(sheet: _Sheet, table: str | None, row: int, excused: frozenset[str]) -> None:
    known = sheet.around(table, row)
    for item, _ in sheet.plan.tables[table]:
        if item.id not in sheet.faulty[table][row]:
            _judge(
                sheet.plan, table, item, sheet.rows[table][row], known, sheet.filled, excused, sheet.place(table, row)
            )
            sheet.known[table][row][item.id] = known[item.id]


def _unknown(plan: FormPlan, table: str | None, raw: Mapping[str, Any], filled: Filled, place: str) -> None:
    own = [item.id for item, _ in plan.tables[table]]
    for name in sorted(raw.keys() - set(own)):
        near = get_close_matches(name, own, 1)
        mend = f"Did you mean {near[0]}?" if near else "Correct the name, or leave it out."
        filled.issues.append(
            _issue(
                "form.unknown_item",
                plan,
                place + name,
                f"form {plan.form.id} does not ask for {name}",
                "only what the form asks can be recorded",
                mend,
            )
        )


def _compute(sheet: _Sheet, table: str | None, row: int, item: Item, *, asked: bool) -> None:
    try:
        value = canonical_value(item, compute(item.computed or "", sheet.around(table, row), sheet.plan.columns[table]))
    except Refusal as refusal:
        sheet.filled.issues += [Issue(finding, frozenset((item.id,))) for finding in refusal.findings]
        return
    _put(sheet, table, row, item, value, item.computed if asked else None)


def _judge(
    plan: FormPlan,
    table: str | None,
    item: Item,
    row: dict[str, Any],
    known: dict[str, Any],
    filled: Filled,
    excused: frozenset[str],
    place: str,
) -> None:
    """Shown, required, in range."""
    path, value = place + item.id, row[item.id]
    if item.shown_when and compute(item.shown_when, known, plan.columns[table]) is not True:
        if value is not None and item.id not in plan.filled_in:
            what = f"{item.id} has a value and is not asked here"
            filled.issues.append(
                _issue(
                    "form.not_shown",
                    plan,
                    path,
                    what,
                    f"it is asked only when {item.shown_when}",
                    "Clear it, or correct the answer it depends on.",
                    item.id,
                )
            )
        row[item.id] = known[item.id] = None
        return
    if value is None:
        required = item.required and item.id not in plan.filled_in and item.id not in excused
        if required and (item.required_when is None or compute(item.required_when, known, plan.columns[table]) is True):
            why = f"it is required when {item.required_when}" if item.required_when else "it is required"
            filled.issues.append(
                _issue(
                    "form.required", plan, path, f"{item.id} ({item.label.en}) has no value", why, "Enter it.", item.id
                )
            )
        return
    fault = check_range(item, value, "hard")
    if fault is not None:
        filled.issues.append(Issue(fault.at(Where(path=f"{plan.form.id}.{path}")), frozenset((item.id,))))
        return
    fault = check_range(item, value, "soft")
    if fault is not None:
        check = f"{item.id}.range{_row_mark(place)}"
        filled.issues.append(Issue(_soft(plan, path, fault.what, fault.why, check), frozenset((item.id,)), check))


def _row_mark(place: str) -> str:
    return place[place.index("[") : -1] if place else ""


def _check(
    plan: FormPlan,
    check: Check,
    table: str | None,
    names: frozenset[str],
    place: str,
    known: Mapping[str, Any],
    filled: Filled,
) -> None:
    try:
        holds = compute(check.rule, known, plan.columns[table])
    except Refusal as refusal:
        filled.issues += [Issue(finding, names) for finding in refusal.findings]
        return
    if holds is None or holds:
        return
    path = f"{check.items[0] if check.items else check.id}{place}"
    shown = ", ".join(f"{name} = {known.get(name)}" for name in sorted(read_rule(check.rule).names))
    what, why = f"check {check.id}: {check.message.en}", f"{check.rule} does not hold ({shown})"
    if check.severity == "hard":
        filled.issues.append(
            Issue(
                prose(
                    "form.check",
                    Where(path=f"{plan.form.id}.{path}"),
                    what,
                    why,
                    "Correct the answers that do not agree.",
                ),
                names,
            )
        )
    else:
        identity = f"{check.id}{place}"
        filled.issues.append(Issue(_soft(plan, path, what, why, identity), names, identity))


def _soft(plan: FormPlan, path: str, what: str, why: str, check: str) -> Finding:
    mend = f"Look at the source again; if it says so, confirm with a reason: overrides {{{check}: reason}}."
    return prose("form.soft", Where(path=f"{plan.form.id}.{path}"), what, why, mend)


def _confirm(filled: Filled, overrides: Mapping[str, str]) -> None:
    """Soft issues that were confirmed with a reason leave the issues and become part of the record."""
    open_issues = []
    for issue in filled.issues:
        reason = overrides.get(issue.check, overrides.get(issue.check.partition("[")[0])) if issue.check else None
        if issue.check and reason and reason.strip():
            item = issue.finding.where.path.partition(".")[2]
            filled.checks.append(
                {"check": issue.check, "severity": "soft", "item": item, "overridden": True, "reason": reason.strip()}
            )
        else:
            open_issues.append(issue)
    filled.issues = open_issues


def _issue(code: str, plan: FormPlan, path: str, what: str, why: str, mend: str, item: str = "") -> Issue:
    return Issue(prose(code, Where(path=f"{plan.form.id}.{path}"), what, why, mend), frozenset((item or path,)))
