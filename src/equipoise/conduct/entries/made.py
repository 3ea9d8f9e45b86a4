"""The rule that made a value, as an entry names it, for whoever tells who said it. Older entries name none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["MadeBy", "made_by"]


@dataclass(frozen=True, slots=True)
class MadeBy:
    """`rule`: its place in the protocol; `protocol`: the version, and `digest` the beginning of its digest."""

    rule: str
    protocol: str
    digest: str

    @property
    def version(self) -> str:
        """Which protocol, for a column."""
        return f"{self.protocol} {self.digest}".strip()


def made_by(said: Mapping[str, Any] | None, item: str | None = None) -> MadeBy | None:
    """The rule that made a value of an entry: of this item, or of the one that the entry corrects."""
    made = (said or {}).get("made")
    if not made:
        return None
    rule = made["rules"].get(item if item is not None else (said or {}).get("item"))
    return None if rule is None else MadeBy(rule, made["protocol"], made["digest"])
