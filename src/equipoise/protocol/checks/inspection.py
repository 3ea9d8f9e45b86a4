"""One look through a protocol: what is looked at, what has been found so far, and how a Finding is made.

Every check receives the Inspection and adds to it. A name that was lost with an unreadable part counts as known, so
that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from equipoise.findings import Finding
from equipoise.protocol.document import Protocol
from equipoise.protocol.positions import Positions
from equipoise.protocol.shape import EVERYTHING
from equipoise.protocol.words import finding, near, phrase, warning
from equipoise.words import Phrase

__all__ = ["Inspection"]

SHOWN_MAX = 12  # of the names that could have been meant


@dataclass(slots=True)
class Inspection:
    """`lost`: names that went with unreadable parts; `whole` is False when whole files could not be read."""

    protocol: Protocol
    positions: Positions
    lost: frozenset[str] = frozenset()
    whole: bool = True
    findings: list[Finding] = field(default_factory=list)

    def add(self, key: str, path: Iterable[str | int], /, **facts: Any) -> None:
        """One Finding at `path`, in the words that stand under `key`."""
        self.findings.append(finding(key, self.positions.where(*path), **facts))

    def warn(self, key: str, path: Iterable[str | int], /, **facts: Any) -> None:
        """One Finding that does not stop anything."""
        self.findings.append(warning(key, self.positions.where(*path), **facts))

    def excused(self, name: str) -> bool:
        """Whether `name` may be missing because the part that defines it could not be read."""
        return not self.whole or name in self.lost or EVERYTHING in self.lost

    def refer(
        self, path: Iterable[str | int], name: str, known: Collection[str], noun: str | Phrase, /, **facts: Any
    ) -> bool:
        """Whether `name` is known; if not, a Finding says so with the nearest known name.

        `noun` says of what kind the name should be: what follows `noun.` in the table, with its `facts`; or the phrase.
        """
        if name in known:
            return True
        if self.excused(name):
            return False
        kind = noun if isinstance(noun, Phrase) else phrase(f"noun.{noun}", **facts)
        told: dict[str, Any] = {"name": name, "noun": kind, "a_noun": _a(kind)}
        if names := sorted(known):
            shown = [*names[:SHOWN_MAX], "..."] if len(names) > SHOWN_MAX else names
            self.add("name.unknown", path, **told, near=near(name, names), names=shown)
        else:
            self.add("name.unknown/none", path, **told)
        return False


def _a(noun: Phrase) -> Phrase:
    """The noun after its English article; Chinese has none."""
    return replace(noun, en=f"{'an' if noun.en[0] in 'aeiou' else 'a'} {noun.en}")
