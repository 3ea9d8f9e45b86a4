"""Erase a payload that must not be kept (a name typed into a text, say): the chain still verifies, and the erasure is an entry.

Only what the course of the trial does not hang on can go. A form goes with its corrections, because those repeat its old
values and would otherwise bring one back; what may be kept of it is recorded again (ICH E6(R3) 4.2.2(b); GDPR article 17).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.conduct.setting import Setting, need_reason, refuse
from equipoise.conduct.state import StudyState
from equipoise.ledger import Entry, Fact

__all__ = ["ERASABLE", "Erase", "decide_erase"]

ERASABLE = ("form_recorded", "value_corrected", "deviation_reported", "refused")


@dataclass(frozen=True, slots=True)
class Erase:
    """`entry` is the number of the entry. Possible in a locked study too: the law does not wait."""

    right: ClassVar[str] = "erase"
    entry: int
    reason: str


def decide_erase(_state: StudyState, act: Erase, setting: Setting) -> list[Fact]:
    """erased, for the entry and (of a form) for each of its corrections."""
    reason = need_reason(act.reason, "an erasure")
    around = setting.around(act.entry)
    found = next((entry for entry in around if entry.seq == act.entry), None)
    if found is None:
        refuse(
            "erasure.no_such_entry",
            f"there is no entry {act.entry}",
            "the ledger does not hold it",
            "Give the number of the entry, as its receipt tells it.",
            "entry",
        )
    if found.kind not in ERASABLE:
        refuse(
            "erasure.needed",
            f"entry {act.entry} ({found.kind}) cannot be erased",
            f"the course of the trial hangs on it; what can go is {', '.join(ERASABLE)}",
            "Leave it, or correct what it says.",
            "entry",
        )
    if found.payload is None:
        refuse(
            "erasure.done",
            f"the payload of entry {act.entry} was erased already",
            "nothing of it is left",
            "There is nothing left to do.",
            "entry",
        )
    if found.kind == "value_corrected":
        _to_its_form(act, found, around)
    gone = [found, *(_corrections(found, around) if found.kind == "form_recorded" else ())]
    return [Fact("erased", _said(entry, reason), entry.participant, entry.site) for entry in gone]


def _said(entry: Entry, reason: str) -> dict[str, Any]:
    said: dict[str, Any] = {"erases": entry.seq, "kind": entry.kind, "reason": reason}
    if entry.kind == "form_recorded" and entry.payload is not None:
        said |= {name: entry.payload[name] for name in ("visit", "occurrence", "form")}
    return said


def _place(entry: Entry) -> tuple[Any, ...] | None:
    return tuple(entry.payload[name] for name in ("visit", "occurrence", "form")) if entry.payload else None


def _corrections(form: Entry, around: Sequence[Entry]) -> list[Entry]:
    """The corrections of this record, up to where the same form was recorded anew."""
    found = []
    for entry in around:
        if entry.seq <= form.seq or entry.payload is None or entry.kind not in ("form_recorded", "value_corrected"):
            continue
        if _place(entry) != _place(form):
            continue
        if entry.kind == "form_recorded":
            break
        found.append(entry)
    return found


def _to_its_form(act: Erase, found: Entry, around: Sequence[Entry]) -> None:
    """A correction alone would leave the old value standing as if it had never been corrected."""
    form = next(
        (e for e in reversed(around) if e.seq < found.seq and e.kind == "form_recorded" and _place(e) == _place(found)),
        None,
    )
    mend = f"Erase entry {form.seq}, the form; its corrections go with it." if form else "Erase the form's own entry."
    refuse(
        "erasure.correction",
        f"entry {act.entry} corrects a value and cannot be erased alone",
        "the value before it would count again",
        mend,
        "entry",
    )
