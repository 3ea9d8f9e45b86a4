"""One look through a protocol: what is looked at, what has been found so far, and how a Finding is made.

Every check receives the Inspection and adds to it. A name that was lost with an unreadable part counts as known, so
that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

from equipoise.findings import Finding
from equipoise.protocol.document import Protocol
from equipoise.protocol.positions import Positions
from equipoise.protocol.shape import EVERYTHING
from equipoise.protocol.shape_findings import near

__all__ = ["Inspection"]


@dataclass(slots=True)
class Inspection:
    """`lost`: names that went with unreadable parts; `whole` is False when whole files could not be read."""

    protocol: Protocol
    positions: Positions
    lost: frozenset[str] = frozenset()
    whole: bool = True
    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        path: Iterable[str | int],
        what: str,
        why: str,
        mend: str,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        """One Finding at `path`."""
        self.findings.append(Finding(code, self.positions.where(*path), what, why, mend, severity))

    def warn(self, code: str, path: Iterable[str | int], what: str, why: str, mend: str) -> None:
        """One Finding that does not stop anything."""
        self.add(code, path, what, why, mend, "warning")

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
