"""Remarks from a table of words: what makes a medical remark of them is how severe it is and which inputs it is about.

Knows no rule of medicine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from equipoise.findings import Table
from equipoise.medicine.method import Remark
from equipoise.words import Words

__all__ = ["RemarkTable"]


class RemarkTable(Table):
    """The words of a rule's remarks. `hard` names the codes that refuse a record; all others ask for confirmation."""

    __slots__ = ("hard",)

    def __init__(
        self,
        room: str,
        words: Mapping[str, Words],
        phrases: Mapping[str, tuple[str, str]] | None = None,
        hard: Collection[str] = (),
    ) -> None:
        super().__init__(room, words, phrases)
        self.hard = frozenset(hard)

    def remark(self, key: str, /, *names: str, **facts: Any) -> Remark:
        """The remark of that code (and wording) about the inputs named."""
        found = self.finding(key, **facts)
        severity = "hard" if found.code in self.hard else "soft"
        return Remark(found.code, found.words, facts, names=names, severity=severity)  # type: ignore[arg-type]
