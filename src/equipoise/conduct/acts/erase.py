"""Erase a payload that must not be kept (a name typed into a text, say).

The chain still verifies, and the erasure is an entry.

Only what the course of the trial does not hang on can go. A form goes with its corrections, because those repeat its
old values and would otherwise bring one back, and with the queries about it or that tell its values; what may be kept
of it is recorded again. A query goes as a whole, and is closed by that (ICH E6(R3) 4.2.2(b); GDPR article 17).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.records import ERASED, FORM_RECORDED
from equipoise.conduct.guards import need_reason
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.query import QUERY_KINDS, query_entry, query_name
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Entry, Fact
from equipoise.protocol.scope import names_behind

__all__ = ["ACT", "Erase"]


@dataclass(frozen=True, slots=True)
class Erase:
    """`entry` is the number of the entry. Possible in a locked study too: the law does not wait."""

    right: ClassVar[str] = "erase"
    entry: int
    reason: str


def decide_erase(_state: StudyState, act: Erase, setting: Setting) -> list[Fact]:
    """erased, for the entry and (of a form) for each of its corrections."""
    reason = need_reason(act.reason, phrase("of.erasure"))
    around = setting.around(act.entry)
    found = next((entry for entry in around if entry.seq == act.entry), None)
    if found is None:
        refuse("erasure.no_such_entry", "entry", entry=act.entry)
    how = setting.kinds[found.kind].erasure if found.kind in setting.kinds else "never"
    if how == "with_query" and found.payload is not None:
        refuse(
            "erasure.query",
            "entry",
            entry=act.entry,
            query=found.payload["query"],
            raised=query_entry(found.payload["query"]),
        )
    if how == "never":
        erasable = [kind.name for kind in setting.kinds.values() if kind.erasure not in ("never", "with_query")]
        refuse("erasure.needed", "entry", entry=act.entry, kind=found.kind, kinds=erasable)
    if found.payload is None:
        refuse("erasure.done", "entry", entry=act.entry)
    if how == "with_record":
        _to_its_form(act, found, around)
    gone = [found]
    if how == "record":
        gone += _corrections(found, around)
        gone += [entry for query in _queries(found, around, setting) for entry in _whole(query, around)]
    elif how == "query":
        gone = _whole(found, around)
    return [Fact(ERASED.name, _said(entry, reason), entry.participant, entry.site) for entry in gone]


def _said(entry: Entry, reason: str) -> dict[str, Any]:
    said: dict[str, Any] = {"erases": entry.seq, "kind": entry.kind, "reason": reason}
    if entry.kind == FORM_RECORDED.name and entry.payload is not None:
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


def _queries(form: Entry, around: Sequence[Entry], setting: Setting) -> list[Entry]:
    """The queries about this record, and those of the system that tell what rests on its items."""
    said = form.payload or {}
    items = {*said["values"], *(item for rows in said["groups"].values() for row in rows for item in row)}
    return [
        entry
        for entry in around
        if entry.kind == "query_raised"
        and entry.payload is not None
        and entry.seq > form.seq
        and (
            _place(entry) == _place(form)
            or not items.isdisjoint(names_behind(setting.protocol, entry.payload.get("values", ())))
        )
    ]


def _whole(query: Entry, around: Sequence[Entry]) -> list[Entry]:
    """All entries of a query that still say something."""
    name = query_name(query.seq)
    return [query, *(e for e in around if e.kind in QUERY_KINDS and e.payload and e.payload.get("query") == name)]


def _to_its_form(act: Erase, found: Entry, around: Sequence[Entry]) -> None:
    """A correction alone would leave the old value standing as if it had never been corrected."""
    form = next(
        (e for e in reversed(around) if e.seq < found.seq and e.kind == "form_recorded" and _place(e) == _place(found)),
        None,
    )
    if form is None:
        refuse("erasure.correction/form_gone", "entry", entry=act.entry)
    refuse("erasure.correction", "entry", entry=act.entry, form=form.seq)


ACT = ActKind(
    Erase, label=("erase lawfully", "依法删除"), decide=decide_erase, leaves=(ERASED,), kept_as={"entry": "erases"}
)
