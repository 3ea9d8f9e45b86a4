"""What came of a rehearsal that was played to its end, noted in its folder: asked for again, it is told, not played.

The note is believed only while the ledger holds the head that it names, and nobody has come to the participants since;
in any other case everything is played again, and meets its own acts. It says nothing that the report does not say.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from equipoise.ledger import Head
from equipoise.rehearsal.report import RehearsalReport
from equipoise.whole import write_whole
from equipoise.words import Phrase

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["FINISHED_FILE", "find_report", "keep_report"]

FINISHED_FILE: Final = "rehearsed.json"
_NOTES = frozenset({"checkpoint_signed", "cut_made", "reading_noted"})
"""What the looking leaves: it changes nothing that a rehearsal has played."""


def keep_report(study: Study, fingerprint: str, report: RehearsalReport) -> None:
    """Note it in the folder; one that may only be read keeps no note, and the next time everything is played again."""
    said = {field.name: getattr(report, field.name) for field in fields(report)}
    said |= {name: said[name].isoformat() for name in ("start", "until", "reached")}
    said |= {"notes": [note.in_both() for note in report.notes], "head": [report.head.seq, report.head.hash]}
    text = json.dumps({"rehearsal": fingerprint, "report": said}, ensure_ascii=False)
    with suppress(OSError):
        write_whole(study.folder / FINISHED_FILE, text, mode=0o600)


def find_report(study: Study, fingerprint: str) -> RehearsalReport | None:
    """The report of this rehearsal with the head of today; None where it was not played to its end, or is not as it was
    left.
    """
    try:
        kept = json.loads((study.folder / FINISHED_FILE).read_bytes())
        if kept["rehearsal"] != fingerprint:
            return None
        report = _read(kept["report"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # none, or something that nobody here has written
    head = study.store.head(study.id)
    return None if _moved_on(study, report.head) else replace(report, head=head, again=True)


def _read(said: dict[str, Any]) -> RehearsalReport:
    days = {name: date.fromisoformat(said[name]) for name in ("start", "until", "reached")}
    notes = tuple(Phrase(note["en"], note["zh"]) for note in said["notes"])
    return RehearsalReport(**{**said, **days, "notes": notes, "head": Head(*said["head"])})


def _moved_on(study: Study, left: Head) -> bool:
    """Whether the ledger does not hold the head that was left, or somebody has done more since than to look."""
    entries = iter(study.store.read(study.id, after=max(left.seq, 1) - 1))
    last = next(entries, None)
    if last is None or (last.seq, last.hash) != (left.seq, left.hash):
        return True
    return any(entry.kind not in _NOTES for entry in entries)
