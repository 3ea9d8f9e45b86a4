"""Names and columns: what a rule may name, of which type, and what a value rests on.

A bare item may be named in a participant-level rule only when it can have one value: its form is used at exactly
one visit that is neither repeated nor a log, and it stands outside any repeating group. Knows no records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import ByIdentity
from equipoise.rules import Column, names_of

if TYPE_CHECKING:
    from equipoise.forms import Item

__all__ = [
    "BUILT_INS",
    "KEYS",
    "bare_items",
    "item_column",
    "names_behind",
    "participant_columns",
    "table_columns",
    "table_of",
]

# What comes to pass: whether, and when. Stopping treatment is not withdrawing: who stopped is followed up all the same.
_COMES = ("consented", "enrolled", "randomized", "withdrawn", "stopped_treatment", "left_follow_up", "withdrew_consent")
BUILT_INS: dict[str, Column] = {
    column.name: column
    for column in (
        *(Column(n, "text", where="built-in") for n in ("participant", "site", "arm")),
        *(Column(f"{n}_date", "date", where="built-in") for n in ("screened", *_COMES, "cut")),
        *(Column(n, "boolean", where="built-in") for n in _COMES),
    )
}
KEYS = ("participant", "visit", "occurrence", "row", "seq", "observed")


def item_column(protocol: Protocol, item: Item, where: str = "") -> Column:
    """The column that an item makes in a table."""
    codelist = protocol.codelist_by_id.get(item.codelist or "")
    codes = frozenset(code.code for code in codelist.codes) if codelist else None
    return Column(item.id, item.type, item.unit, codes, where)


def table_columns(protocol: Protocol, form_id: str, group: str | None = None) -> dict[str, Column]:
    """The items of one table: a form's single items, or those plus the items of one repeating group."""
    return dict(_table_columns(ByIdentity(protocol), form_id, group))


@lru_cache(maxsize=1024)
def _table_columns(protocol: ByIdentity, form_id: str, group: str | None) -> dict[str, Column]:
    form = protocol.of.form_by_id[form_id]
    words = f"item of form {form_id}"
    return {item.id: item_column(protocol.of, item, words) for of, item in form.all_items() if of in (None, group)}


@lru_cache(maxsize=64)
def _bare_items(protocol: ByIdentity) -> frozenset[str]:
    return frozenset(_single_valued(protocol.of))


def _single_valued(protocol: Protocol) -> Iterable[str]:
    uses: dict[str, list[bool]] = {}
    for visit in protocol.visits:
        for form_id in dict.fromkeys(visit.forms):
            uses.setdefault(form_id, []).append(visit.kind == "scheduled" and visit.repeat is None)
    for form in protocol.forms:
        if uses.get(form.id) == [True]:
            yield from (item.id for item in form.items)


def bare_items(protocol: Protocol) -> frozenset[str]:
    """The items that a participant-level rule may name as they are."""
    return _bare_items(ByIdentity(protocol))


def participant_columns(protocol: Protocol) -> dict[str, Column]:
    """Everything that a participant-level rule may name once everything has been recorded."""
    columns = dict(BUILT_INS)
    for name in bare_items(protocol):
        form, _, item = protocol.item_by_id[name]
        columns[name] = item_column(protocol, item, f"item of form {form.id}")
    for variable in protocol.variables:
        codelist = protocol.codelist_by_id.get(variable.codelist or "")
        codes = frozenset(code.code for code in codelist.codes) if codelist else None
        columns[variable.id] = Column(variable.id, variable.type, variable.unit, codes, "variable")
    return columns


def names_behind(
    protocol: Protocol, names: Iterable[str], also: Callable[[str], Iterable[str]] = lambda _name: ()
) -> frozenset[str]:
    """The names and all that their values rest on: items, variables and built-ins, by picks, rules and derivations.

    `also` gives what else a name rests on.
    """
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting += also(name)
        if (variable := protocol.variable_by_id.get(name)) is not None:
            waiting += variable.rests_on()
        elif name in protocol.item_by_id:
            form, _, item = protocol.item_by_id[name]
            waiting += names_of(item.computed) if item.computed else ()
            waiting += [n for d in form.derivations if name in d.gives.values() for n in d.rests_on()]
    return frozenset(found)


def table_of(protocol: Protocol, item: str) -> str:
    """The table that holds an item: its form, or its form and repeating group."""
    form, group, _ = protocol.item_by_id[item]
    return f"{form.id}.{group}" if group else form.id
