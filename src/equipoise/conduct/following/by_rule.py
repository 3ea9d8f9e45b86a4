"""Who says a computed value: the rule that made it, by its place in a version of the protocol, and not whoever acted.

What a person enters is theirs; what follows from it is the protocol's. So an entry says of each value that nobody
entered by which rule it was made (`made`), and every reader tells that rule in the place of the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from equipoise.conduct.sheet.setting import Setting
from equipoise.ledger import Fact

__all__ = ["signed_by_rules"]

_DIGEST_LENGTH = 16


def signed_by_rules(facts: Sequence[Fact], setting: Setting, digest: str) -> list[Fact]:
    """The facts, with `made` where a rule made values: protocol (version), digest (its beginning), rules by item.

    `digest`: of the version that is followed.
    """
    return [_signed(fact, setting, digest) for fact in facts]


def _signed(fact: Fact, setting: Setting, digest: str) -> Fact:
    said: Mapping[str, Any] = fact.payload
    if fact.kind not in ("form_recorded", "value_corrected"):
        return fact
    rules = setting.plan_with(said["form"], said["item"]).rules if "item" in said else setting.plan(said["form"]).rules
    made = {item: rules[item] for item in _items(said) if item in rules}
    if not made:
        return fact
    version = setting.protocol.study.version
    by = {"protocol": version, "digest": digest[:_DIGEST_LENGTH], "rules": dict(sorted(made.items()))}
    return replace(fact, payload={**said, "made": by})


def _items(said: Mapping[str, Any]) -> Iterable[str]:
    """The items that the fact gives a value."""
    if "item" in said:
        return (said["item"],)
    rows = [said["values"], *(row for rows in (said.get("groups") or {}).values() for row in rows)]
    return {item for row in rows for item, value in row.items() if value is not None}
