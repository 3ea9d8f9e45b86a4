"""Filling in a form: typed values, computed items, what is shown, required, in range, and whether the checks hold.

Promises every Finding of the page at once. A hard fault refuses; a soft one asks, and is recorded with its reason when
confirmed (FDA Q&A 2024, Q13: the prompt, the answer and the change are all kept). Pure; one participant at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from typing import Any

from equipoise.conduct.knowledge import Knowledge
from equipoise.findings import Finding, Refusal, Where
from equipoise.forms import Check, Codelist, Form, Item
from equipoise.forms.values import Unusable, check_range, plain_value, read_value, same_value
from equipoise.protocol.derivation import table_columns
from equipoise.protocol.document import Protocol
from equipoise.rules import Column, compute, read_rule

__all__ = ["Filled", "FormPlan", "Issue", "fill", "plan_form"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A Finding about a page; `names` are the items it is about. `check` is set when it is soft: what to confirm."""

    finding: Finding
    names: frozenset[str]
    check: str | None = None


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form made ready: its items with their codelists by table (None: single items), its columns, its rules' names."""

    form: Form
    tables: Mapping[str | None, tuple[tuple[Item, Codelist | None], ...]]
    computed: Mapping[str | None, tuple[Item, ...]]
    columns: Mapping[str | None, dict[str, Column]]
    outside: frozenset[str]
    checks: tuple[tuple[Check, str | None, frozenset[str]], ...]
    version: str
    known: frozenset[str]


@dataclass(slots=True)
class Filled:
    """The page in canonical form, what is wrong with it, and the checks that were confirmed with a reason."""

    values: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)


def plan_form(protocol: Protocol, form_id: str, all_columns: dict[str, Column]) -> FormPlan:
    """Everything about filling in a form that does not depend on the participant."""
    form = protocol.form_by_id[form_id]
    tables: dict[str | None, tuple[tuple[Item, Codelist | None], ...]] = {
        table: tuple(
            (item, protocol.codelist_by_id.get(item.codelist or "")) for of, item in form.all_items() if of == table
        )
        for table in (None, *(group.id for group in form.groups))
    }
    own = {item.id for _, item in form.all_items()}
    rules = [r for _, item in form.all_items() for r in (item.required_when, item.shown_when, item.computed) if r]
    names = {name for rule in [*rules, *(check.rule for check in form.checks)] for name in read_rule(rule).names}
    outside = frozenset(names - own)
    columns = {
        table: {n: all_columns[n] for n in outside if n in all_columns} | table_columns(protocol, form_id, table)
        for table in tables
    }
    checks = []
    for check in form.checks:
        used = frozenset(read_rule(check.rule).names)
        table = next((group.id for group in form.groups if used & {item.id for item in group.items}), None)
        checks.append((check, table, frozenset(used | set(check.items))))
    version = hashlib.sha256(form.model_dump_json().encode()).hexdigest()[:16]
    computed = {table: _in_order([item for item, _ in items if item.computed]) for table, items in tables.items()}
    return FormPlan(form, tables, computed, columns, outside, tuple(checks), version, frozenset(own))


def _in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """Computed items so that each comes after those it needs."""
    left, done = list(items), list[Item]()
    while left:
        waiting = {item.id for item in left}
        ready = [
            item for item in left if waiting.isdisjoint({*read_rule(item.computed or "").names} - {item.id})
        ] or left
        done += ready
        left = [item for item in left if item not in ready]
    return tuple(done)


def fill(
    plan: FormPlan,
    values: Mapping[str, Any],
    groups: Mapping[str, Sequence[Mapping[str, Any]]],
    knowledge: Knowledge,
    *,
    overrides: Mapping[str, str],
    excused: frozenset[str] = frozenset(),
) -> Filled:
    """The page, judged. `overrides`: check id to reason. `excused`: items whose absence was accepted for a stated reason."""
    filled = Filled()
    outside = knowledge.values(plan.outside) if plan.outside else {}
    single, known = _row(plan, None, values, outside, filled, excused, "")
    filled.values = single
    rows_known: dict[str, list[dict[str, Any]]] = {}
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
        rows = groups.get(group.id, ())
        pairs = [
            _row(plan, group.id, row, known, filled, excused, f"{group.id}[{place}].")
            for place, row in enumerate(rows, start=1)
        ]
        filled.groups[group.id] = [row for row, _ in pairs]
        rows_known[group.id] = [row for _, row in pairs]
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
        places: list[tuple[str, dict[str, Any]]] = [("", known)]
        if table is not None:
            places = [(f"[{place}]", row) for place, row in enumerate(rows_known[table], start=1)]
        for place, row in places:
            _check(plan, check, table, names, place, row, filled)
    _confirm(filled, overrides)
    return filled


def _row(
    plan: FormPlan,
    table: str | None,
    raw: Mapping[str, Any],
    around: Mapping[str, Any],
    filled: Filled,
    excused: frozenset[str],
    place: str,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """One table's values: canonical, and (with everything around them) as rules compute with them."""
    row: dict[str, Any] = {}
    faulty: set[str] = set()
    items = plan.tables[table]
    if len(raw) > len(items) or raw.keys() - {item.id for item, _ in items}:
        _unknown(plan, table, raw, filled, place)
    for item, codelist in items:
        try:
            row[item.id] = read_value(item, raw.get(item.id), codelist)
        except Unusable as fault:
            row[item.id] = None
            faulty.add(item.id)
            filled.issues.append(Issue(fault.at(Where(path=f"{plan.form.id}.{place}{item.id}")), frozenset((item.id,))))
    known = dict(around)
    for item, _ in items:
        known[item.id] = plain_value(item.type, row[item.id])
    for item in plan.computed[table]:
        _compute(plan, table, item, row, known, filled, place)
    for item, _ in items:
        if item.id not in faulty:
            _judge(plan, table, item, row, known, filled, excused, place)
    return row, known


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


def _compute(
    plan: FormPlan,
    table: str | None,
    item: Item,
    row: dict[str, Any],
    known: dict[str, Any],
    filled: Filled,
    place: str,
) -> None:
    try:
        value = _canonical(item, compute(item.computed or "", known, plan.columns[table]))
    except Refusal as refusal:
        filled.issues += [Issue(finding, frozenset((item.id,))) for finding in refusal.findings]
        return
    typed = row[item.id]
    if typed is not None and not same_value(item.type, typed, value):
        what = f"{item.id} was entered as {typed} and computes to {value}"
        filled.issues.append(
            _issue(
                "form.computed",
                plan,
                place + item.id,
                what,
                f"it follows from the other answers ({item.computed})",
                "Leave it empty, or correct the answers.",
            )
        )
    row[item.id], known[item.id] = value, plain_value(item.type, value)


def _canonical(item: Item, value: Any) -> Any:
    if value is None:
        return None
    if item.type == "decimal":
        exact = Decimal(repr(float(value)))
        return format(
            exact.quantize(Decimal(1).scaleb(-item.decimals), ROUND_HALF_UP)
            if item.decimals is not None
            else exact.normalize(),
            "f",
        )
    if item.type == "integer":
        return int(value)
    if item.type in ("date", "datetime"):
        return value.isoformat()[:10] if item.type == "date" else value.isoformat()
    return bool(value) if item.type == "boolean" else str(value)


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
        if value is not None and not item.computed:
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
        required = item.required and not item.computed and item.id not in excused
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
                Finding(
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
    return Finding("form.soft", Where(path=f"{plan.form.id}.{path}"), what, why, mend)


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
    return Issue(Finding(code, Where(path=f"{plan.form.id}.{path}"), what, why, mend), frozenset((item or path,)))
