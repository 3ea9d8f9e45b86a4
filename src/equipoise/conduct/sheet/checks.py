"""Holding a page to the checks of its form, once everything on it is filled in: hard ones refuse, soft ones ask.

A check that is not yet known stops nobody: what it lacks is asked for by the item that lacks it. Checks that open
queries are looked at after the entry is decided (`following.querying`), because they rest on other records too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipoise.conduct.sheet import words
from equipoise.conduct.sheet.form_plan import FormPlan
from equipoise.conduct.sheet.issue import Issue
from equipoise.conduct.sheet.reading import Sheet
from equipoise.findings import Refusal
from equipoise.forms import Check
from equipoise.rules import Column, compute, read_rule
from equipoise.words import Phrase

__all__ = ["judge_checks"]


def judge_checks(plan: FormPlan, sheet: Sheet) -> list[Issue]:
    """What the form's own checks find, in each row where they are about rows."""
    return [
        issue
        for check, table, names in plan.checks
        if check.severity != "query"
        for row in sheet.tables[table]
        for issue in _judge(plan, check, names, row.mark, sheet.around(row), plan.columns[table])
    ]


def _judge(
    plan: FormPlan,
    check: Check,
    names: frozenset[str],
    mark: str,
    known: Mapping[str, Any],
    columns: dict[str, Column],
) -> list[Issue]:
    try:
        holds = compute(check.rule, known, columns)
    except Refusal as refusal:
        return [Issue(finding, names) for finding in refusal.findings]
    if holds is None or holds:
        return []
    path = f"{plan.form.id}.{check.items[0] if check.items else check.id}{mark}"
    facts: dict[str, Any] = {
        "id": check.id,
        "message": check.message,
        "values": [_shown(name, known.get(name)) for name in sorted(read_rule(check.rule).names)],
    }
    if check.severity == "hard":
        return [Issue(words.finding("form.check", path, **facts), names)]
    confirmed_as = f"{check.id}{mark}"
    return [Issue(words.finding("form.soft/check", path, **facts, check=confirmed_as), names, confirmed_as)]


def _shown(name: str, value: Any) -> Phrase:
    if value is None:
        return words.phrase("unknown", name=name)
    return words.phrase("known", name=name, value=value if isinstance(value, bool) else str(value))
