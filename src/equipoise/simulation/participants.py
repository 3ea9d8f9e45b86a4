"""Virtual participants: what each has, form by form, and whom the criteria would let in.

A participant's numbers come from streams named by the participant, so that nobody depends on how many others there are.
A form is drawn item by item in its own order, with its conditions and computed items; what breaks a hard check is drawn
again, and what breaks a soft one too unless the scenario said how it comes about: a scenario's distribution is not bent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from equipoise.chance import Stream
from equipoise.design import Distribution
from equipoise.forms import Check, Form, Item
from equipoise.forms.values import check_range
from equipoise.protocol.derivation import BUILT_INS, RecordRow, item_column
from equipoise.protocol.document import Protocol, Site
from equipoise.protocol.one_participant import OneParticipant, typed_value
from equipoise.rules import Column, compute, read_rule
from equipoise.simulation.people import language_of
from equipoise.simulation.values import Asked, default_value, drawn_value, entered

__all__ = ["Drawing", "VirtualParticipant", "items_behind"]

REDRAWS_MAX = 40
FILLED_WHEN_OPTIONAL = 0.8
Place = tuple[str, int, str]  # visit, occurrence, form


@dataclass(slots=True)
class Drawing:
    """How often each item of a form at one place was drawn again, and which are drawn from all they can hold."""

    again: dict[str, int] = field(default_factory=dict)
    wide: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Sheet:
    """A form while it is being filled in."""

    form: Form
    day: date
    uniforms: dict[int, list[float]]
    stream: Stream
    sets: Mapping[str, Distribution]
    drawing: Drawing
    values: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    row: Mapping[str, Any] | None = None


def items_behind(protocol: Protocol, names: Iterable[str], hows: Mapping[str, Distribution] | None = None) -> set[str]:
    """The items that decide what the named items and variables are; with `hows`, also through rules of distributions."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        variable = protocol.variable_by_id.get(name)
        if variable is not None and variable.pick is not None:
            waiting += [variable.pick.item, *(read_rule(variable.pick.where).names if variable.pick.where else ())]
        elif variable is not None:
            waiting += read_rule(variable.rule or "").names
        elif name in protocol.item_by_id:
            item = protocol.item_by_id[name][2]
            waiting += read_rule(item.computed).names if item.computed else ()
            how = (hows or {}).get(name)
            waiting += read_rule(how.rule).names if how is not None and how.rule else ()
            found.add(name)
    return found


class VirtualParticipant:
    """One virtual participant: what was recorded so far, in the order in which it came about."""

    def __init__(
        self, protocol: Protocol, items: Mapping[str, Distribution], number: int, name: str, site: Site, stream: Stream
    ) -> None:
        self.protocol = protocol
        self.items = items
        self.number = number
        self.id = name
        self.site = site
        self.language = language_of(site)
        self.stream = stream
        self.records: list[RecordRow] = []
        self.built_ins: dict[str, Any] = {"participant": name, "site": site.id}
        self._last: dict[str, Any] = {}
        self._levels: dict[str, list[float]] = {}
        self._view: OneParticipant | None = None

    def view(self) -> OneParticipant:
        """Everything that a participant-level rule may name, as recorded so far."""
        if self._view is None:
            flags = {n: f"{n}_date" in self.built_ins for n in ("consented", "enrolled", "randomized", "withdrawn")}
            self._view = OneParticipant(self.protocol, self.records, flags | self.built_ins)
        return self._view

    def learn(self, **built_ins: Any) -> None:
        """Something about the participant is now known: a date, the arm."""
        self.built_ins.update(built_ins)
        self._view = None

    def keep(self, record: RecordRow) -> None:
        """The record is on file; its values are the participant's last known ones."""
        self.records.append(record)
        self._view = None
        for row in (record.values, *(row for rows in record.groups.values() for row in rows)):
            self._last.update((name, value) for name, value in row.items() if value is not None)

    def replace(self, old: RecordRow, new: RecordRow) -> None:
        """A correction: the record is now `new`, in its old place."""
        kept = [new if record is old else record for record in self.records]
        self.forget(0)
        for record in kept:
            self.keep(record)

    def forget(self, count: int) -> None:
        """Keep only the first `count` records: what followed is drawn anew."""
        kept, self.records, self._last = self.records[:count], [], {}
        self._view = None
        for record in kept:
            self.keep(record)

    def says(self, rule: str) -> Any:
        """The value of a participant-level rule as things stand."""
        return self._ruled(rule, None)

    def draw_form(
        self,
        place: Place,
        day: date,
        *,
        sets: Mapping[str, Distribution] | None = None,
        drawing: Drawing | None = None,
    ) -> RecordRow:
        """One filled-in form, which keeps its hard checks if any draw does; not yet kept."""
        visit, occurrence, form_id = place
        form = self.protocol.form_by_id[form_id]
        stream = self.stream.child("form", visit, occurrence, form_id)
        drawing = drawing or Drawing()
        uniforms: dict[int, list[float]] = {}
        fixed = set(sets or {}) & {n for n, how in (sets or {}).items() if how.value is not None}
        again, sheet = dict(drawing.again), _Sheet(form, day, uniforms, stream, sets or {}, drawing)
        for attempt in range(REDRAWS_MAX):
            sheet = _Sheet(form, day, uniforms, stream, sets or {}, Drawing(again, drawing.wide))
            self._fill(sheet)
            broken = self._to_draw_again(sheet, fixed, give_up_soft=attempt > REDRAWS_MAX // 2)
            if not broken:
                break
            for name in broken:
                again[name] = again.get(name, 0) + 1
        observed = sheet.values.get(form.date_item or "") or day.isoformat()
        return RecordRow(self.id, visit, occurrence, form_id, observed, len(self.records), sheet.values, sheet.groups)

    def confirmations(self, record: RecordRow) -> list[str]:
        """The soft checks and ranges that the record does not keep, each as the desk names it: to be confirmed."""
        form = self.protocol.form_by_id[record.form]
        sheet = _Sheet(
            form,
            date.min,
            {},
            self.stream,
            {},
            Drawing(),
            dict(record.values),
            {g: [dict(r) for r in rows] for g, rows in record.groups.items()},
        )
        found = [check.id for check in form.checks if check.severity == "soft" and self._breaks(check, sheet)]
        for group, item in form.all_items():
            if item.soft is not None:
                rows = record.groups.get(group, ()) if group is not None else (record.values,)
                marks = [f"[{k}]" if group is not None else "" for k in range(1, len(rows) + 1)]
                values = [row.get(item.id) for row in rows]
                found += [
                    f"{item.id}.range{m}"
                    for m, v in zip(marks, values, strict=True)
                    if check_range(item, v, "soft") is not None
                ]
        return found

    def _fill(self, sheet: _Sheet) -> None:
        for number, item in enumerate(sheet.form.items):
            sheet.values[item.id] = self._answer(sheet, item, number, 0)
        for offset, group in enumerate(sheet.form.groups):
            lot = self._uniform(sheet, f"{group.id}#rows", 0, 900 + offset)[0]
            most = min(group.max_rows if group.max_rows is not None else 3, group.min_rows + 3)
            rows = group.min_rows + int(lot**2 * (most - group.min_rows + 1))
            filled: list[Mapping[str, Any]] = []
            for row in range(1, rows + 1):
                answers: dict[str, Any] = {}
                sheet.row = answers
                for number, item in enumerate(group.items):
                    answers[item.id] = self._answer(sheet, item, number, row + 20 * offset)
                filled.append(answers)
            sheet.row = None
            if filled:
                sheet.groups[group.id] = filled

    def _uniform(self, sheet: _Sheet, name: str, number: int, row: int) -> tuple[float, float, float]:
        """Three uniforms for one item: read at a position made of how often it was drawn again and its row."""
        position = row * 1000 + sheet.drawing.again.get(name, 0)
        drawn = sheet.uniforms.get(position)
        if drawn is None or len(drawn) < 3 * number + 3:
            width = 3 * max(len(sheet.form.items), *(len(g.items) for g in sheet.form.groups), number + 1)
            drawn = sheet.uniforms[position] = sheet.stream.uniform(position, width).tolist()
        a, b, c = drawn[3 * number : 3 * number + 3]
        return a, b, c

    def _answer(self, sheet: _Sheet, item: Item, number: int, row: int) -> Any:
        if item.computed is not None:
            return entered(item, self._ruled(item.computed, sheet))
        if item.shown_when is not None and self._ruled(item.shown_when, sheet) is not True:
            return None
        how = sheet.sets.get(item.id) or self.items.get(item.id)
        uniforms = self._uniform(sheet, item.id, number, row)
        needed = item.required if item.required_when is None else self._ruled(item.required_when, sheet) is True
        if not needed and how is None and uniforms[1] > FILLED_WHEN_OPTIONAL:
            return None
        codelist = self.protocol.codelist_by_id.get(item.codelist or "")
        wide = item.id in sheet.drawing.wide
        asked = Asked(
            item, uniforms, sheet.day, tuple(c.code for c in codelist.codes) if codelist else (),
            self._last.get(item.id), self._level(sheet.form, number) if row == 0 else 0.5, self.language,
            item.id == sheet.form.date_item, wide, sheet.drawing.again.get(item.id, 0) > 0,
        )  # fmt: skip
        if how is None or (wide and item.id not in sheet.sets):
            return default_value(asked)
        ruled = self._ruled(how.rule, sheet) if how.rule is not None else None
        known = {how.from_: self._known(how.from_, sheet)} if how.from_ else {}
        value = drawn_value(asked, how, known, ruled)
        return default_value(asked) if value is None and needed else value

    def _level(self, form: Form, number: int) -> float:
        """Where this participant lies among others for the item, the same at every visit."""
        levels = self._levels.get(form.id)
        if levels is None:
            drawn = self.stream.child("level", form.id).uniform(0, max(len(form.items), 1))
            levels = self._levels[form.id] = drawn.tolist()
        return levels[number]

    def _column(self, name: str) -> Column:
        if name in self.protocol.item_by_id:
            return item_column(self.protocol, self.protocol.item_by_id[name][2])
        if name in BUILT_INS or name in self.protocol.variable_by_id:
            return self.view().column(name)
        return Column(name, "text")

    def _known(self, name: str, sheet: _Sheet | None) -> Any:
        """A name's value: on the sheet being filled in, else as recorded last, else as derived."""
        of = self.protocol.item_by_id.get(name)
        if of is not None:
            item = of[2]
            for values in (sheet.row, sheet.values) if sheet is not None else ():
                if values is not None and name in values:
                    return typed_value(item.type, values[name])
            if sheet is not None and of[0] is sheet.form:
                return None
            return typed_value(item.type, self._last.get(name))
        if name in BUILT_INS or name in self.protocol.variable_by_id:
            return self.view()[name]
        return None

    def _ruled(self, rule: str, sheet: _Sheet | None) -> Any:
        names = read_rule(rule).names
        return compute(rule, {n: self._known(n, sheet) for n in names}, {n: self._column(n) for n in names})

    def _to_draw_again(self, sheet: _Sheet, fixed: set[str], *, give_up_soft: bool) -> set[str]:
        """The items behind a broken check that may be drawn again."""
        again: set[str] = set()
        for check in sheet.form.checks:
            if check.severity == "soft" and (give_up_soft or sheet.drawing.wide):
                continue
            if self._breaks(check, sheet):
                again |= self._loose(check, sheet, fixed)
        return again

    def _breaks(self, check: Check, sheet: _Sheet) -> bool:
        grouped = {name: g.id for g in sheet.form.groups for name in (i.id for i in g.items)}
        group = next((grouped[n] for n in read_rule(check.rule).names if n in grouped), None)
        if group is None:
            return self._ruled(check.rule, sheet) is False
        for row in sheet.groups.get(group, ()):
            sheet.row = row
            broken = self._ruled(check.rule, sheet) is False
            sheet.row = None
            if broken:
                return True
        return False

    def _loose(self, check: Check, sheet: _Sheet, fixed: set[str]) -> set[str]:
        """Items without a distribution; when a hard check stands on distributions alone, those that are chance."""
        own = {item.id for _, item in sheet.form.all_items()}
        behind = (items_behind(self.protocol, read_rule(check.rule).names) & own) - fixed
        free = {name for name in behind if name not in self.items and name not in sheet.sets}
        if undated := free - {sheet.form.date_item}:
            free = undated  # the day of the visit is given up last
        if free or check.severity == "soft":
            return free
        hows = {name: sheet.sets.get(name) or self.items[name] for name in behind}
        return {name for name, how in hows.items() if how.value is None and how.rule is None}
