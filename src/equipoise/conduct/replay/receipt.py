"""What an act gives back: its entries, what they say in one sentence, and the arm for those who may see it.

Made from the entries alone, so that asking again for the same act gives the same receipt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from equipoise.conduct.entries.words import phrase
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.conduct.state.query import QUERY_KINDS, query_name
from equipoise.findings import Finding
from equipoise.words import Phrase

if TYPE_CHECKING:
    from equipoise.ledger import Entry
    from equipoise.wording import Text

__all__ = ["Receipt", "sentence_of", "summarize", "warnings_of"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """`entries` is empty when there was nothing to change. `summary` is said in English.

    `findings` are warnings to read. `arm_label`: what the arm is called, where somebody must treat by it at once.
    """

    act_id: str
    entries: tuple[Entry, ...]
    summary: str
    arm: str | None = None
    findings: tuple[Finding, ...] = ()
    arm_label: Text | None = None

    def say(self, language: str = "en") -> str:
        """The summary in `language`."""
        return summarize(self.entries, self.arm, language, self.arm_label)


def sentence_of(entry: Entry, language: str = "en") -> str:
    """What one entry says, as its kind declares; its name where this software does not know the kind."""
    kind = KIND_OF.get(entry.kind)
    return entry.kind.replace("_", " ") if kind is None else kind.say(entry, language)


def summarize(entries: Sequence[Entry], arm: str | None = None, language: str = "en", label: Text | None = None) -> str:
    """One sentence; never the arm, nor its name (`label`), unless it is given."""
    if not entries:
        return phrase("nothing").in_(language)
    first, last = entries[0], entries[-1]
    text = sentence_of(first, language)
    if first.kind == "value_corrected" and (more := sum(entry.kind == "value_corrected" for entry in entries) - 1):
        text = phrase("more", said=text, n=more).in_(language)
    told = [] if first.kind in QUERY_KINDS else _told_of_queries(entries)
    if arm:
        told.append(phrase("arm", arm=arm) if label is None else phrase("arm_named", arm=arm, label=label))
    told.append(
        phrase("entry", first=first.seq) if first is last else phrase("entries", first=first.seq, last=last.seq)
    )
    return text + "".join(part.in_(language) for part in told)


def _told_of_queries(entries: Sequence[Entry]) -> list[Phrase]:
    """The queries that the system opened or closed in the same act."""
    raised = [entry for entry in entries if entry.kind == "query_raised"]
    kept = [query_name(entry.seq) for entry in raised if "kept" in (entry.payload or {})]
    opened = [name for entry in raised if (name := query_name(entry.seq)) not in kept]
    closed = [(entry.payload or {}).get("query", "") for entry in entries if entry.kind == "query_closed"]
    told = [phrase("kept", n=len(kept), names=kept)] if kept else []
    if opened:
        told.append(phrase("opened" if len(opened) == 1 else "opened_several", names=opened))
    if closed:
        told.append(phrase("closed" if len(closed) == 1 else "closed_several", names=closed))
    return told


def warnings_of(entries: Sequence[Entry]) -> tuple[Finding, ...]:
    """What whoever did it should know."""
    found: list[Finding] = []
    for entry in entries:
        kind = KIND_OF.get(entry.kind)
        if kind is not None and kind.warns is not None and entry.payload:
            found += kind.warns(entry, entry.payload)
    return tuple(found)
