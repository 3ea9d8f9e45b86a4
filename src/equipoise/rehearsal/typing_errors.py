"""Slips of the hand: two digits exchanged, one left out, one typed twice.

Only a slip that the form's ranges let through is made: the others are stopped at the door, as in a real trial.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from equipoise.forms import Form, Item
from equipoise.forms.values import check_range
from equipoise.rules import read_rule

__all__ = ["may_be_mistyped", "mistyped"]


def may_be_mistyped(form: Form, untyped: Collection[str] = ()) -> list[Item]:
    """The numbers of a form on which no rule on it depends; nobody types what is filled in."""
    rules = [
        rule for _, item in form.all_items() for rule in (item.shown_when, item.required_when, item.computed) if rule
    ]
    used = {name for rule in (*rules, *(check.rule for check in form.checks)) for name in read_rule(rule).names}
    free = (i for i in form.items if i.id not in used and i.id not in untyped)
    return [i for i in free if i.type in ("integer", "decimal") and i.computed is None]


def mistyped(
    form: Form, values: Mapping[str, Any], chance: float, uniform: float, untyped: Collection[str] = ()
) -> tuple[str, Any] | None:
    """The item that is mistyped and what is typed, when `uniform` says that a slip happens; each number by `chance`."""
    numbers = [item for item in may_be_mistyped(form, untyped) if values.get(item.id) is not None]
    happens = 1 - (1 - chance) ** len(numbers)
    if not numbers or uniform >= happens:
        return None
    place = uniform / happens * len(numbers)
    item = numbers[int(place)]
    right = str(values[item.id])
    slips = [slip for slip in dict.fromkeys(_slips(right)) if _fits(item, slip, right)]
    if not slips:
        return None
    slip = slips[int((place - int(place)) * len(slips))]
    return item.id, int(slip) if item.type == "integer" else slip


def _slips(right: str) -> Iterator[str]:
    for k in range(len(right) - 1):
        if right[k].isdigit() and right[k + 1].isdigit():
            yield right[:k] + right[k + 1] + right[k] + right[k + 2 :]
    for k, sign in enumerate(right):
        if sign.isdigit():
            yield right[:k] + right[k + 1 :]
            yield right[:k] + sign + right[k:]


def _fits(item: Item, slip: str, right: str) -> bool:
    digits = slip.replace(".", "", 1).replace("-", "", 1)
    if not digits.isdigit() or slip.endswith(".") or slip.startswith((".", "00", "-.")) or float(slip) == float(right):
        return False
    if len(slip) > 1 and slip[0] == "0" and slip[1] != ".":
        return False
    value: Any = int(slip) if item.type == "integer" else slip
    if item.type == "decimal" and item.decimals is not None and len(slip.partition(".")[2]) > item.decimals:
        return False
    return check_range(item, value, "hard") is None and check_range(item, value, "soft") is None
