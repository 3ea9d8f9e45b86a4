"""Erase a payload, or one item of a form, that must not be kept (a name typed into a text, say).

The chain still verifies, and the erasure is an entry. Of a form only the named item goes, with its corrections, what is
computed from it, and the queries that tell it; all else that the form said is kept again and read in its place. The
whole form goes only where that is asked for. What a result of the trial reads goes by two hands alone: the second is
of the participant's own site (ICH E6(R3) 4.2.2(b); GDPR article 17).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.in_place import in_place, kept_of
from equipoise.conduct.entries.records import ERASED, FORM_RECORDED, RECORD_KEPT, VALUE_CORRECTED
from equipoise.conduct.following.following import derive_again
from equipoise.conduct.guards import need_reason
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.query import QUERY_KINDS, query_entry, query_name
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Entry, Fact
from equipoise.protocol.results import names_of_results
from equipoise.protocol.scope import names_behind

__all__ = ["ACT", "Erase"]

Place = tuple[str | None, int | None, str]


@dataclass(frozen=True, slots=True)
class Erase:
    """`entry` is the number of the entry. Possible in a locked study too: the law does not wait.

    Of a form: `item`, in a repeating group with `group` and `row` (from 1; none: every row); or the `whole` form.
    """

    right: ClassVar[str] = "erase"
    entry: int
    reason: str
    item: str | None = None
    group: str | None = None
    row: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """A form that stands: its own entry, the entry that holds what it says now, and what that is."""

    entry: Entry
    holder: Entry
    said: Mapping[str, Any]


def decide_erase(_state: StudyState, act: Erase, setting: Setting) -> list[Fact]:
    """erased, for the entry and (of a form) for each of its corrections; record_kept, for the rest of the form."""
    reason = need_reason(act.reason, phrase("of.erasure"))
    kept = kept_of(written := setting.around(act.entry))
    around = list(in_place(written, kept))
    found = _found(act, around, setting)
    how = setting.kinds[found.kind].erasure
    if how != "record":
        if act.item is not None or act.whole:
            refuse("erasure.no_form", "item", entry=act.entry, kind=found.kind)
        gone = _whole(found, around) if how == "query" else [found]
        return [_erased(entry, {"kind": entry.kind, "reason": reason}) for entry in gone]
    holder = next((e for e in reversed(written) if e.kind == RECORD_KEPT.name and _keeps(e, found)), found)
    form = _Form(found, holder, found.payload or {})
    if act.whole:
        return _followed(_whole_form(act, form, reason, around, setting), found, setting)
    if act.item is None:
        refuse("erasure.which", "item", entry=act.entry, form=form.said["form"], items=sorted(_items(form.said)))
    return _followed(_one_item(act, form, reason, around, setting), found, setting)


def _found(act: Erase, around: Sequence[Entry], setting: Setting) -> Entry:
    found = next((entry for entry in around if entry.seq == act.entry), None)
    if found is None:
        refuse("erasure.no_such_entry", "entry", entry=act.entry)
    how = setting.kinds[found.kind].erasure if found.kind in setting.kinds else "never"
    if how == "with_query" and found.payload is not None:
        query = found.payload["query"]
        refuse("erasure.query", "entry", entry=act.entry, query=query, raised=query_entry(query))
    if how == "never":
        erasable = [kind.name for kind in setting.kinds.values() if kind.erasure not in ("never", "with_query")]
        refuse("erasure.needed", "entry", entry=act.entry, kind=found.kind, kinds=erasable)
    if found.payload is None:
        refuse("erasure.done", "entry", entry=act.entry)
    if how == "with_record":
        _to_its_form(act, found, around)
    return found


def _erased(entry: Entry, said: Mapping[str, Any]) -> Fact:
    return Fact(ERASED.name, {"erases": entry.seq, **said}, entry.participant, entry.site)


def _followed(facts: list[Fact], found: Entry, setting: Setting) -> list[Fact]:
    """And what other records derived from it, derived again."""
    person = setting.participant(found.participant or "")
    return facts if person is None else facts + derive_again(setting, person, facts)


def _keeps(entry: Entry, form: Entry) -> bool:
    """Whether the entry holds what an earlier erasure left of the form."""
    return entry.payload is not None and entry.payload["record"] == form.seq


def _of_record(act: Erase, form: _Form, reason: str) -> dict[str, Any]:
    """What every erasure about a form says. The entry that kept what an earlier one left names the form's own."""
    place = {name: form.said[name] for name in ("visit", "occurrence", "form")}
    named = {name: value for name in ("item", "group", "row", "whole") if (value := getattr(act, name))}
    return {"kind": form.holder.kind, "record": form.entry.seq, "reason": reason, **place, **named}


def _whole_form(act: Erase, form: _Form, reason: str, around: Sequence[Entry], setting: Setting) -> list[Fact]:
    later = _corrections(form, around)
    names = _items(form.said) | {entry.payload["item"] for entry in later if entry.payload}
    held = Counter(item for _, item, value in _values(form, later) if value is not None)
    said = {**_of_record(act, form, reason), "items": {item: held[item] for item in sorted(names)}}
    gone = [*later, *_drafts(form, around, names)]
    gone += [entry for query in _queries(form, around, setting, names, whole=True) for entry in _whole(query, around)]
    return [_erased(form.holder, said), *(_erased(one, {"kind": one.kind, "reason": reason}) for one in gone)]


def _one_item(act: Erase, form: _Form, reason: str, around: Sequence[Entry], setting: Setting) -> list[Fact]:
    later = _corrections(form, around)
    places = _places(act, form, later, setting)
    names = {item for _, _, item in places}
    held = Counter(place[2] for place, _, value in _values(form, later) if place in places and value is not None)
    clause = setting.plan(form.said["form"]).form
    dated = {"observed": None} if clause.date_item in names else {}
    said = {
        **_of_record(act, form, reason),
        "items": {item: held[item] for item in sorted(names)},
        "places": [list(place) for place in places],
        **dated,
    }
    gone = [e for e in later if e.payload and (e.payload["group"], e.payload["row"], e.payload["item"]) in places]
    gone += _drafts(form, around, names)
    gone += [entry for query in _queries(form, around, setting, names) for entry in _whole(query, around)]
    kept = {"record": form.entry.seq, "said": {**_without(form.said, places), **dated}}
    return [
        _erased(form.holder, said),
        *(_erased(one, {"kind": one.kind, "reason": reason}) for one in gone),
        Fact(RECORD_KEPT.name, kept, form.entry.participant, form.entry.site),
    ]


def _places(act: Erase, form: _Form, later: Sequence[Entry], setting: Setting) -> list[Place]:
    """Where the item stands, or once stood, and what is computed from it there: it would give the value back."""
    known = dict.fromkeys(place for place, _, _ in _values(form, later))
    named = [p for p in known if p[2] == act.item and act.group in (None, p[0]) and act.row in (None, p[1])]
    if not named:
        refuse("erasure.no_such_item", "item", item=act.item, entry=act.entry, items=sorted({p[2] for p in known}))
    protocol = setting.over_all_versions().protocol
    return [
        place
        for place in known
        if place in named
        or (place[2] != act.item and act.item in names_behind(protocol, [place[2]]) and _near(place, named))
    ]


def _near(place: Place, named: Collection[Place]) -> bool:
    """What a row holds is computed from its own row; what the form holds, from any."""
    return any(place[:2] == one[:2] or None in (place[0], one[0]) for one in named)


def _values(form: _Form, later: Sequence[Entry]) -> Iterator[tuple[Place, str, Any]]:
    """Every value that the form and its corrections told: its place, its item, itself as it stood last."""
    stands: dict[Place, Any] = {(None, None, item): value for item, value in form.said["values"].items()}
    for group, rows in (form.said.get("groups") or {}).items():
        stands |= {(group, n, item): value for n, row in enumerate(rows, start=1) for item, value in row.items()}
    for entry in later:
        if (said := entry.payload) is not None:
            stands[said["group"], said["row"], said["item"]] = said["new"]
    return ((place, place[2], value) for place, value in stands.items())


def _without(said: Mapping[str, Any], places: Collection[Place]) -> dict[str, Any]:
    """What the form said, without the values at these places and without what was accepted about them."""
    values = {item: value for item, value in said["values"].items() if (None, None, item) not in places}
    groups = {
        group: [
            {item: value for item, value in row.items() if (group, n, item) not in places}
            for n, row in enumerate(rows, start=1)
        ]
        for group, rows in (said.get("groups") or {}).items()
    }
    names = {item for _, _, item in places}
    checks = [check for check in said.get("checks", ()) if check["item"].partition("[")[0] not in names]
    made = said.get("made")
    if made is not None:
        made = {**made, "rules": {item: rule for item, rule in made["rules"].items() if item not in names}}
    return {**said, "values": values, "groups": groups, "checks": checks, **({} if made is None else {"made": made})}


def _items(said: Mapping[str, Any]) -> set[str]:
    return {*said["values"], *(item for rows in (said.get("groups") or {}).values() for row in rows for item in row)}


def _place(entry: Entry) -> tuple[Any, ...] | None:
    return _place_of(entry.payload) if entry.payload else None


def _place_of(said: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(said.get(name) for name in ("visit", "occurrence", "form"))


def _corrections(form: _Form, around: Sequence[Entry]) -> list[Entry]:
    """The corrections of this record, up to where the same form was recorded anew."""
    found = []
    for entry in around:
        if entry.seq <= form.entry.seq or entry.payload is None:
            continue
        if entry.kind not in (FORM_RECORDED.name, VALUE_CORRECTED.name) or _place(entry) != _place_of(form.said):
            continue
        if entry.kind == FORM_RECORDED.name:
            break
        found.append(entry)
    return found


def _drafts(form: _Form, around: Sequence[Entry], names: Collection[str]) -> list[Entry]:
    """What was half filled of the form before it was recorded, where it held any of this."""
    return [
        entry
        for entry in around
        if entry.kind == "form_drafted"
        and entry.payload is not None
        and entry.seq < form.entry.seq
        and _place(entry) == _place_of(form.said)
        and not _items(entry.payload).isdisjoint(names)
    ]


def _queries(
    form: _Form, around: Sequence[Entry], setting: Setting, names: Collection[str], *, whole: bool = False
) -> list[Entry]:
    """The queries about these items (about the record, where all of it goes), and those of the system that tell what
    rests on them."""
    return [
        entry
        for entry in around
        if entry.kind == "query_raised"
        and entry.payload is not None
        and entry.seq > form.entry.seq
        and (
            (_place(entry) == _place_of(form.said) and (whole or not set(entry.payload["items"]).isdisjoint(names)))
            or not names_behind(setting.protocol, entry.payload.get("values", ())).isdisjoint(names)
        )
    ]


def _whole(query: Entry, around: Sequence[Entry]) -> list[Entry]:
    """All entries of a query that still say something."""
    name = query_name(query.seq)
    return [query, *(e for e in around if e.kind in QUERY_KINDS and e.payload and e.payload.get("query") == name)]


def _to_its_form(act: Erase, found: Entry, around: Sequence[Entry]) -> None:
    """A correction alone would leave the old value standing as if it had never been corrected."""
    said = found.payload or {}
    if found.kind == RECORD_KEPT.name:
        refuse("erasure.correction/kept", "entry", entry=act.entry, form=said["record"])
    earlier = (e for e in reversed(around) if e.seq < found.seq and e.kind == FORM_RECORDED.name)
    form = next((e for e in earlier if _place(e) == _place(found)), None)
    if form is None:
        refuse("erasure.correction/form_gone", "entry", entry=act.entry)
    refuse("erasure.correction", "entry", entry=act.entry, form=form.seq, item=said["item"])


def _read(state: StudyState, act: Erase, setting: Setting) -> tuple[str, str | None] | None:
    """Who must agree: somebody who records at the participant's site, where a result of the trial reads it."""
    facts = decide_erase(state, act, setting)
    names = {item for fact in facts for item in fact.payload.get("items", ())}
    if names.isdisjoint(names_of_results(setting.over_all_versions().protocol)):
        return None
    who = facts[0].participant or ""
    person = setting.participant(who)
    return "record", facts[0].site if person is None else person.site


ACT = ActKind(
    Erase,
    label=("erase lawfully", "依法删除"),
    decide=decide_erase,
    leaves=(ERASED,),
    also=(RECORD_KEPT, VALUE_CORRECTED),
    agreed_by=_read,
    kept_as={"entry": "erases"},
)
