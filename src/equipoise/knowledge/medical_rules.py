"""Derivations at work: a form's record and the earlier ones go to a medical rule, and its answer comes back as items.

Promises the same values wherever they are asked for (desk, correction, rehearsal): values as known on the day of the
record, units converted once and exactly, answers in the canonical form of their items. Knows no ledger and no desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from equipoise.forms import Derivation, Form, Item
from equipoise.forms.facets import Around
from equipoise.forms.values import canonical_value, plain_value
from equipoise.knowledge.records import RecordRow
from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Derived, Method, Observation, Remark
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import ByIdentity
from equipoise.protocol.scope import BUILT_INS, timezone_of
from equipoise.units import convert

__all__ = [
    "Bound",
    "Occasion",
    "PlacedRemark",
    "as_of",
    "bind",
    "derive_items",
    "forms_behind",
    "forms_resting_on",
    "place_in_time",
]

_LAST_DAY = "9999-12-31"
_LATELY = 4
"""So many answers a method's bound form remembers."""
Key = tuple[str, int, int]  # day, place of the visit in the schedule, occurrence


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a method's input comes from: an item (of this form or another) or a built-in;
    and how its unit is changed.
    """

    port: str
    name: str
    item: Item | None
    form: str | None
    unit: tuple[str, str, str | None] | None

    def read(self, raw: Any, around: Around) -> Any:
        """A canonical value as the method takes it."""
        if self.item is None or raw is None:
            return raw
        value = plain_value(self.item, raw, around)
        if value is None or self.unit is None:
            return value
        return convert(value, self.unit[0], self.unit[1], self.unit[2])


@dataclass(frozen=True, slots=True)
class Bound:
    """A derivation made ready: its method, the protocol's choices, where its inputs come from and what it fills in."""

    derivation: Derivation
    method: Method
    options: Mapping[str, Any]
    own: tuple[_Source, ...]
    outside: tuple[_Source, ...]
    rows: Mapping[str, tuple[str, tuple[_Source, ...]]]
    gives: tuple[tuple[str, Item, tuple[str, str, str | None] | None], ...]
    needs: frozenset[str]
    units: Mapping[str, str]
    lately: list[tuple[Observation, list[Observation], Derived]] = field(
        default_factory=list, compare=False, repr=False
    )

    @property
    def id(self) -> str:
        """The derivation's id."""
        return self.derivation.id


@dataclass(frozen=True, slots=True)
class Occasion:
    """The record that is being filled in: its place in the trial, and what else is known of the participant.

    `known` gives a built-in by name. `records` are the participant's others, in any order.
    """

    day: str | None
    visit: str
    occurrence: int
    records: Sequence[RecordRow] = ()
    known: Callable[[str], Any] = lambda _name: None


@dataclass(frozen=True, slots=True)
class PlacedRemark:
    """A method's remark, at items of the form. `check` is what confirms it; `row` counts from 1 in `group`."""

    check: str
    remark: Remark
    items: tuple[str, ...]
    group: str | None = None
    row: int | None = None


def bind(protocol: Protocol, form_id: str) -> tuple[Bound, ...]:
    """The form's derivations, made ready. Those that name what does not exist are left out: checking has told them."""
    return _bound(ByIdentity(protocol), form_id)


@lru_cache(maxsize=1024)
def _bound(kept: ByIdentity, form_id: str) -> tuple[Bound, ...]:
    form = kept.of.form_by_id[form_id]
    return tuple(one for one in (_bind_one(kept.of, form, d) for d in form.derivations) if one is not None)


def _bind_one(protocol: Protocol, form: Form, derivation: Derivation) -> Bound | None:
    method = method_of(derivation.method)
    if method is None:
        return None
    items = {item.id: item for _, item in form.all_items()}
    own, outside = list[_Source](), list[_Source]()
    for port, name in derivation.inputs.items():
        of = protocol.item_by_id.get(name)
        if port not in method.inputs or (of is None and name not in BUILT_INS):
            return None
        unit = _unit(of[2].unit if of else None, method.inputs[port].unit, method.inputs[port].analyte)
        source = _Source(port, name, of[2] if of else None, of[0].id if of else None, unit)
        (own if name in items else outside).append(source)
    rows: dict[str, tuple[str, tuple[_Source, ...]]] = {}
    for port, given in derivation.rows.items():
        ports = method.rows.get(port)
        if ports is None or any(f not in ports or n not in items for f, n in given.fields.items()):
            return None
        rows[port] = (
            given.group,
            tuple(
                _Source(f, n, items[n], form.id, _unit(items[n].unit, ports[f].unit, ports[f].analyte))
                for f, n in given.fields.items()
            ),
        )
    if any(port not in method.outputs or name not in items for port, name in derivation.gives.items()):
        return None
    gives = tuple(
        (port, items[name], _unit(method.outputs[port].unit, items[name].unit, method.outputs[port].analyte))
        for port, name in derivation.gives.items()
    )
    options: dict[str, Any] = {name: option.default for name, option in method.options.items()}
    options |= derivation.options
    if method.versions:
        options["version"] = derivation.version or method.versions[-1]
    needs = {source.name for source in own} | {s.name for _, fields in rows.values() for s in fields}
    units = {
        s.port: s.item.unit
        for s in (*own, *outside)
        if s.item is not None and s.item.unit is not None and method.inputs[s.port].any_unit
    }
    return Bound(derivation, method, options, tuple(own), tuple(outside), rows, gives, frozenset(needs), units)


def _unit(source: str | None, target: str | None, analyte: str | None) -> tuple[str, str, str | None] | None:
    return None if source is None or target is None or source == target else (source, target, analyte)


@lru_cache(maxsize=64)
def _order(kept: ByIdentity) -> dict[str, int]:
    return {visit.id: place for place, visit in enumerate(kept.of.visits)}


def place_in_time(protocol: Protocol, record: RecordRow | Occasion) -> Key:
    """Records in the order in which they were observed: by day, then by the schedule, then by occurrence;
    undated last.
    """
    day = record.day if isinstance(record, Occasion) else record.observed
    order = _order(ByIdentity(protocol))
    return day or _LAST_DAY, order.get(record.visit, len(order)), record.occurrence


def forms_behind(protocol: Protocol, form_id: str) -> frozenset[str]:
    """The forms whose records may change what this form's derivations give: other forms named, itself
    where one looks back.
    """
    return _behind(ByIdentity(protocol), form_id)


def forms_resting_on(protocol: Protocol, form_ids: Iterable[str]) -> frozenset[str]:
    """The forms whose derivations may rest on records of any of these."""
    resting = _resting_on(ByIdentity(protocol))
    return frozenset().union(*(resting.get(form, ()) for form in form_ids))


@lru_cache(maxsize=64)
def _resting_on(kept: ByIdentity) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for form in kept.of.forms:
        for behind in forms_behind(kept.of, form.id):
            found[behind] = found.get(behind, frozenset()) | {form.id}
    return found


@lru_cache(maxsize=1024)
def _behind(kept: ByIdentity, form_id: str) -> frozenset[str]:
    found = set[str]()
    for bound in _bound(kept, form_id):
        found |= {source.form for source in bound.outside if source.form is not None}
        if bound.method.looks_back:
            found.add(form_id)
    return frozenset(found)


def as_of(protocol: Protocol, name: str, occasion: Occasion) -> Any:
    """The canonical value of another form's item as known on the day of the record: the latest
    that was recorded by then.
    """
    of = protocol.item_by_id.get(name)
    if of is None or of[1] is not None:
        return None
    until = occasion.day or _LAST_DAY
    best: tuple[Key, Any] | None = None
    for record in occasion.records:
        if record.form != of[0].id or record.values.get(name) is None:
            continue
        key = place_in_time(protocol, record)
        if key[0] <= until and (best is None or key > best[0]):
            best = key, record.values[name]
    return None if best is None else best[1]


def derive_items(
    protocol: Protocol,
    bound: Bound,
    occasion: Occasion,
    values: Mapping[str, Any],
    groups: Mapping[str, Sequence[Mapping[str, Any]]],
    row: tuple[int, Mapping[str, Any]] | None = None,
) -> tuple[dict[str, Any], list[PlacedRemark]]:
    """What the rule gives, by item and in canonical form, and what it remarks. All values given are canonical.

    `row` is the place (from 1) and the values of the row for which a derivation of a repeating group is made.
    """
    zone = Around(timezone_of(protocol, occasion.known("site")), occasion.known)
    around = {
        s.port: s.read(as_of(protocol, s.name, occasion) if s.item is not None else occasion.known(s.name), zone)
        for s in bound.outside
    }
    now = _moment(bound, occasion.day, occasion.visit, occasion.occurrence, _merged(values, row), groups, around, zone)
    derived = _answer(bound, now, _before(protocol, bound, occasion, around, zone))
    given = {item.id: _given(item, derived.values.get(port), unit) for port, item, unit in bound.gives}
    return given, [_said(bound, remark, row) for remark in derived.remarks]


def _answer(bound: Bound, now: Observation, before: list[Observation]) -> Derived:
    """What the method says of the moment. Whoever draws or previews a page asks just before the desk does: a method is
    a function of what it is given, and what it said lately it would say again.
    """
    for then, earlier, said in tuple(bound.lately):
        if then == now and earlier == before:
            return said
    derived = bound.method.derive(now, before, bound.options)
    bound.lately[:] = [*bound.lately[1 - _LATELY :], (now, before, derived)]
    return derived


def _merged(values: Mapping[str, Any], row: tuple[int, Mapping[str, Any]] | None) -> Mapping[str, Any]:
    return values if row is None else {**values, **row[1]}


def _given(item: Item, value: Any, unit: tuple[str, str, str | None] | None) -> Any:
    if value is not None and unit is not None:
        value = convert(value, unit[0], unit[1], unit[2])
    return canonical_value(item, value)


def _moment(
    bound: Bound,
    day: str | None,
    visit: str,
    occurrence: int,
    values: Mapping[str, Any],
    groups: Mapping[str, Sequence[Mapping[str, Any]]],
    around: Mapping[str, Any],
    zone: Around,
) -> Observation:
    def day_of(name: str) -> Any:
        own = next((s for s in bound.own if s.name == name), None)
        return zone.day_of(name) if own is None else own.read(values.get(name), Around(zone.timezone))

    here = Around(zone.timezone, day_of)
    taken = dict(around)
    for source in bound.own:
        taken[source.port] = source.read(values.get(source.name), here)
    rows = {
        port: tuple({s.port: s.read(one.get(s.name), here) for s in fields} for one in groups.get(group, ()))
        for port, (group, fields) in bound.rows.items()
    }
    return Observation(date.fromisoformat(day) if day else None, visit, occurrence, taken, rows, bound.units)


def _before(
    protocol: Protocol, bound: Bound, occasion: Occasion, around: Mapping[str, Any], zone: Around
) -> list[Observation]:
    """The earlier records of the same form. What other forms say is, for them too,
    as it stands for the record itself.
    """
    if not bound.method.looks_back:
        return []
    form = protocol.item_by_id[bound.gives[0][1].id][0].id
    now = place_in_time(protocol, occasion)
    same = (r for r in occasion.records if r.form == form)
    earlier = [(key, r) for r in same if (key := place_in_time(protocol, r)) < now]
    earlier.sort(key=lambda pair: pair[0])
    return [_moment(bound, r.observed, r.visit, r.occurrence, r.values, r.groups, around, zone) for _, r in earlier]


def _said(bound: Bound, remark: Remark, row: tuple[int, Mapping[str, Any]] | None) -> PlacedRemark:
    fields = {s.port: s.name for s in (*bound.own, *bound.outside)}
    group, place = bound.derivation.group, row[0] if row is not None else None
    if remark.rows is not None:
        group, of = bound.rows.get(remark.rows, (None, ()))
        fields |= {s.port: s.name for s in of}
        place = remark.row
    items = tuple(dict.fromkeys(fields[name] for name in remark.names if name in fields))
    mark = f"[{place}]" if place is not None else ""
    return PlacedRemark(f"{bound.id}.{remark.code}{mark}", remark, items, group, place)


def items_of(bounds: Iterable[Bound]) -> frozenset[str]:
    """The items that these derivations fill in."""
    return frozenset(item.id for bound in bounds for _, item, _ in bound.gives)
