"""Every check of the flagship can hold and can fail: a rule that no answers break, or that is never known, guards nothing.

Answers are drawn from what the items can hold, the numbers and codes of the rule itself among them.
"""

from __future__ import annotations

import random
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from equipoise.forms import Check
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, item_column, participant_columns
from equipoise.rules import Column, compute, read_rule
from equipoise.rules.plain import NotPlain, plain
from tests.protocols.reading_aid import protocol

DRAWS = 3000
CHECKS = [(form.id, check) for form in protocol().forms for check in form.checks]
_DAYS = [date(2025, 1, 1) + timedelta(days=n) for n in (0, 1, 2, 7, 14, 20, 60, 100, 400)]


def _columns(of: Protocol) -> dict[str, Column]:
    items = {name: item_column(of, item) for name, (_, _, item) in of.item_by_id.items()}
    return {**BUILT_INS, **items, **participant_columns(of)}


def _answers(of: Protocol, name: str, column: Column, rule: str, luck: random.Random) -> Any:
    """Something that the name can hold, or nothing."""
    if luck.random() < 0.1:
        return None
    match column.type:
        case "boolean":
            return luck.random() < 0.5
        case "code" | "text":
            return luck.choice(
                sorted(column.codes or {*re.findall(r"'([^']*)'", rule), "text", "a longer text of words"})
            )
        case "date":
            return luck.choice(_DAYS)
        case "datetime":
            return datetime(2025, 1, 1, luck.randrange(8, 17), luck.choice((0, 30)))
    known = of.item_by_id.get(name)
    limits = [
        limit
        for range_ in ((known[2].hard, known[2].soft) if known else ())
        if range_ is not None
        for limit in (range_.min, range_.max)
        if limit is not None
    ]
    written = [float(text) for text in re.findall(r"-?(?<![\w.])\d+(?:\.\d+)?", rule)]
    near = [float(luck.choice([*limits, *written, 1.0])), luck.uniform(0, 120)]
    return luck.choice(near) + luck.choice((-1.0, 0.0, 0.0, 1.0))


def _silent(of: Protocol, check: Check) -> set[bool]:
    """What the check never says: true, false, or both."""
    columns, luck = _columns(of), random.Random(check.id)
    names, ready = read_rule(check.rule).names, plain(check.rule)
    left = {True, False}
    for _ in range(DRAWS):
        values = {name: _answers(of, name, columns[name], check.rule, luck) for name in names}
        try:
            said = ready(values) if ready is not None else compute(check.rule, values, columns)
        except NotPlain:
            continue
        left -= {said}
        if not left:
            break
    return left


@pytest.mark.parametrize(("form", "check"), CHECKS, ids=lambda value: value if isinstance(value, str) else value.id)
def test_a_check_can_hold_and_can_fail(form: str, check: Check) -> None:
    assert _silent(protocol(), check) == set(), f"{form}.{check.id}: {check.rule}"


def test_control_a_check_that_is_never_known_to_fail_is_noticed() -> None:
    _, check = next(pair for pair in CHECKS if pair[1].id == "ecog_within_entry")
    lame = check.model_copy(update={"rule": "ecog_score IN ('0', '1') OR ecog IS NULL OR ecog IS NOT NULL"})
    assert _silent(protocol(), lame) == {False}


def test_every_check_names_the_items_at_which_it_is_shown_and_says_what_would_resolve_it() -> None:
    """A sentence for what was found, and one for what to do: two at least, in both languages."""
    for form, check in CHECKS:
        assert check.items, f"{form}.{check.id}"
        assert len(re.findall(r"[.:?!](?:\s|$)", check.message.en)) >= 2, f"{form}.{check.id}"
        assert len(re.findall(r"[。：？！；]", check.message.zh)) >= 1, f"{form}.{check.id}"
