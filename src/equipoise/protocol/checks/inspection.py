"""One look through a protocol: what is looked at, what has been found so far, and how a Finding is made.

Every check receives the Inspection and adds to it. A name that was lost with an unreadable part counts as known, so
that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from equipoise.findings import Finding, prose
from equipoise.protocol.document import Protocol
from equipoise.protocol.positions import Positions
from equipoise.protocol.shape import EVERYTHING
from equipoise.protocol.shape_findings import near
from equipoise.protocol.words import finding

__all__ = ["Inspection"]

Severity = Literal["error", "warning"]


@dataclass(slots=True)
class Inspection:
    """`lost`: names that went with unreadable parts; `whole` is False when whole files could not be read."""

    protocol: Protocol
    positions: Positions
    lost: frozenset[str] = frozenset()
    whole: bool = True
    findings: list[Finding] = field(default_factory=list)

    def add(
        self, key: str, path: Iterable[str | int], /, *told: str, severity: Severity = "error", **facts: Any
    ) -> None:
        """One Finding at `path`, in the words that stand under `key`."""
        where = self.positions.where(*path)
        found = prose(key, where, *told, severity) if told else finding(key, where, severity=severity, **facts)  # type: ignore[arg-type, call-arg]
        self.findings.append(found)

    def warn(self, key: str, path: Iterable[str | int], /, *told: str, **facts: Any) -> None:
        """One Finding that does not stop anything."""
        self.add(key, path, *told, severity="warning", **facts)

    def excused(self, name: str) -> bool:
        """Whether `name` may be missing because the part that defines it could not be read."""
        return not self.whole or name in self.lost or EVERYTHING in self.lost

    def refer(self, path: Iterable[str | int], name: str, known: Collection[str], noun: str) -> bool:
        """Whether `name` is known; if not, a Finding says so with the nearest known name."""
        if name in known:
            return True
        if not self.excused(name):
            names = sorted(known)
            listed = (
                f"The names are: {', '.join(names[:12])}{', ...' if len(names) > 12 else ''}."
                if names
                else f"No {noun} is defined yet."
            )
            self.add(
                "name.unknown",
                path,
                f"`{name}` is not {_a(noun)}",
                f"no {noun} has that name",
                f"{near(name, names)}{listed}",
            )
        return False


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
