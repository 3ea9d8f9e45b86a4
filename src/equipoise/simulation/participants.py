"""Virtual participants: what each has, form by form, and whom the criteria would let in.

A participant's numbers come from streams named by the participant, so that nobody depends on how many others there are.
A form is drawn item by item in its own order, with its conditions and computed items; what breaks a hard check is drawn
again, and what breaks a soft one too unless the scenario said how it comes about: a scenario's distribution is not bent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from equipoise.chance import Stream
from equipoise.design import Distribution
from equipoise.forms import Check, Group, Item
from equipoise.forms.values import check_range
from equipoise.protocol.derivation import RecordRow
from equipoise.protocol.document import Site
from equipoise.rules import read_rule
from equipoise.simulation.memory import Memory, Moment
from equipoise.simulation.people import language_of
from equipoise.simulation.script import Kind, Script, items_behind
from equipoise.simulation.values import Asked, default_value, drawn_number, drawn_value, entered

__all__ = ["Drawing", "VirtualParticipant"]

REDRAWS_MAX = 40
FILLED_WHEN_OPTIONAL = 0.8
ROWS_MAX = 200
Place = tuple[str, int, str]  # visit, occurrence, form


@dataclass(slots=True)
class Drawing:
    """How often each item of a form at one place was drawn again, and which are drawn from all they can hold."""

    again: dict[str, int] = field(default_factory=dict)
    wide: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Sheet(Moment):
    """A form while it is being drawn: where its chance comes from, and what is said about it alone."""

    uniforms: dict[int, list[float]] = field(default_factory=dict)
    stream: Stream | None = None
    sets: Mapping[str, Distribution] = field(default_factory=dict)
    drawing: Drawing = field(default_factory=Drawing)


class VirtualParticipant(Memory):
    """One virtual participant, who fills in forms."""

    def __init__(self, script: Script, number: int, name: str, site: Site, stream: Stream) -> None:
        super().__init__(script, name, site, stream)
        self.number = number
        self.language = language_of(site)
        self._levels: dict[str, list[float]] = {}

    def draw_form(
        self,
        place: Place,
        day: date,
        *,
        sets: Mapping[str, Distribution] | None = None,
        around: Mapping[str, Any] | None = None,
        drawing: Drawing | None = None,
    ) -> RecordRow:
        """One filled-in form, which keeps its hard checks if any draw does; not yet kept.

        `sets` come before the scenario's own distributions; `around` is what the record that it follows says.
        """
        visit, occurrence, form_id = place
        form = self.protocol.form_by_id[form_id]
        stream = self.stream.child("form", visit, occurrence, form_id)
        drawing = drawing or Drawing()
        uniforms: dict[int, list[float]] = {}
        fixed = set(sets or {}) & {n for n, how in (sets or {}).items() if how.value is not None}
        again = dict(drawing.again)

        def begin() -> _Sheet:
            return _Sheet(
                form, day, visit, occurrence, around or {}, uniforms=uniforms, stream=stream, sets=sets or {},
                drawing=Drawing(again, drawing.wide),
            )  # fmt: skip

        sheet = begin()
        for attempt in range(REDRAWS_MAX):
            sheet = begin()
            self._fill(sheet)
            broken = self._to_draw_again(sheet, fixed, give_up_soft=attempt > REDRAWS_MAX // 2)
            if not broken:
                break
            for name in broken:
                again[name] = again.get(name, 0) + 1
        observed = sheet.values.get(form.date_item or "") or day.isoformat()
        return RecordRow(
            self.id, visit, occurrence, form_id, observed[:10], len(self.records), sheet.values, sheet.groups
        )

    def confirmations(self, record: RecordRow) -> list[str]:
        """The soft checks and ranges that the record does not keep, each as the desk names it: to be confirmed."""
        form = self.protocol.form_by_id[record.form]
        groups: dict[str, list[Mapping[str, Any]]] = {g: [dict(r) for r in rows] for g, rows in record.groups.items()}
        sheet = _Sheet(form, date.min, record.visit, record.occurrence, values=dict(record.values), groups=groups)
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
            before = self.last_rows(sheet.form.id, group.id) if group.id in self.script.same_rows else ()
            stays = self.script.same_rows.get(group.id, ())
            filled: list[Mapping[str, Any]] = []
            for row in range(1, (len(before) or self._rows_of(sheet, group, offset)) + 1):
                answers: dict[str, Any] = {}
                sheet.row, sheet.number, sheet.before = answers, row, before[row - 1] if before else None
                for number, item in enumerate(group.items):
                    if sheet.before is not None and item.id in stays:
                        answers[item.id] = sheet.before.get(item.id)
                    else:
                        answers[item.id] = self._answer(sheet, item, number, row + ROWS_MAX * offset)
                filled.append(answers)
            sheet.row, sheet.number, sheet.before = None, 0, None
            if filled:
                sheet.groups[group.id] = filled

    def _rows_of(self, sheet: _Sheet, group: Group, offset: int) -> int:
        """How many rows there are: as the scenario says, else few."""
        lot = self._uniform(sheet, f"{group.id}#rows", 0, 100_000 + offset)[0]
        how = self.script.rows.get(group.id)
        if how is None:
            most = min(group.max_rows if group.max_rows is not None else 3, group.min_rows + 3)
            return group.min_rows + int(lot**2 * (most - group.min_rows + 1))
        told = drawn_number(how, lot, lambda rule: self.told(rule, sheet))
        rows = round(float(told)) if told is not None else 0
        return max(group.min_rows, min(rows, group.max_rows if group.max_rows is not None else ROWS_MAX - 1))

    def _uniform(self, sheet: _Sheet, name: str, number: int, row: int) -> Sequence[float]:
        """Three uniforms for one item: read at a position made of how often it was drawn again and its row."""
        position = row * 1000 + sheet.drawing.again.get(name, 0)
        drawn = sheet.uniforms.get(position)
        if drawn is None or len(drawn) < 3 * number + 3:
            assert sheet.stream is not None  # a sheet that is drawn has its chance
            width = 3 * max(len(sheet.form.items), *(len(g.items) for g in sheet.form.groups), number + 1)
            drawn = sheet.uniforms[position] = sheet.stream.uniform(position, width).tolist()
        return drawn[3 * number : 3 * number + 3]

    def _answer(self, sheet: _Sheet, item: Item, number: int, row: int) -> Any:
        if item.computed is not None:
            return entered(item, self.ruled(item.computed, sheet))
        if item.shown_when is not None and self.ruled(item.shown_when, sheet) is not True:
            return None
        how = sheet.sets.get(item.id) or self.script.items.get(item.id)
        uniforms = self._uniform(sheet, item.id, number, row)
        needed = item.required if item.required_when is None else self.ruled(item.required_when, sheet) is True
        if not needed and how is None and uniforms[1] > FILLED_WHEN_OPTIONAL:
            return None
        codelist = self.protocol.codelist_by_id.get(item.codelist or "")
        wide = item.id in sheet.drawing.wide
        asked = Asked(
            item, (uniforms[0], uniforms[1], uniforms[2]), sheet.day, tuple(c.code for c in codelist.codes) if codelist else (),
            self.last(item.id), self._level(sheet, number) if row == 0 else None, self.language,
            item.id == sheet.form.date_item, wide, sheet.drawing.again.get(item.id, 0) > 0,
        )  # fmt: skip
        if how is None or (wide and item.id not in sheet.sets):
            return default_value(asked)
        known = {how.from_: self._date(how.from_, sheet)} if how.from_ else {}
        value = drawn_value(asked, how, known, lambda rule: self.told(rule, sheet, item.id))
        return default_value(asked) if value is None and needed else value

    def _date(self, name: str, sheet: _Sheet) -> Any:
        prepared = self.script.rule(name)
        return self.known(name, dict(prepared.names).get(name, Kind.NOTHING), sheet)

    def _level(self, sheet: _Sheet, number: int) -> float:
        """Where this participant lies among others for the item, the same at every visit."""
        levels = self._levels.get(sheet.form.id)
        if levels is None:
            drawn = self.stream.child("level", sheet.form.id).uniform(0, max(len(sheet.form.items), 1))
            levels = self._levels[sheet.form.id] = drawn.tolist()
        return levels[number]

    def _to_draw_again(self, sheet: _Sheet, fixed: set[str], *, give_up_soft: bool) -> set[str]:
        """The items behind a broken check that may be drawn again."""
        again: set[str] = set()
        for check in sheet.form.checks:
            if check.severity != "hard" and (check.severity != "soft" or give_up_soft or sheet.drawing.wide):
                continue
            if self._breaks(check, sheet):
                again |= self._loose(check, sheet, fixed)
        return again

    def _breaks(self, check: Check, sheet: _Sheet) -> bool:
        group = self.script.group_of(sheet.form, check)
        if group is None:
            return self.ruled(check.rule, sheet) is False
        for row in sheet.groups.get(group, ()):
            sheet.row = row
            broken = self.ruled(check.rule, sheet) is False
            sheet.row = None
            if broken:
                return True
        return False

    def _loose(self, check: Check, sheet: _Sheet, fixed: set[str]) -> set[str]:
        """Items without a distribution; when a hard check stands on distributions alone, those that are chance."""
        own = {item.id for _, item in sheet.form.all_items()}
        behind = (items_behind(self.protocol, read_rule(check.rule).names) & own) - fixed - self.script.derived
        free = {name for name in behind if name not in self.script.items and name not in sheet.sets}
        if undated := free - {sheet.form.date_item}:
            free = undated  # the day of the visit is given up last
        if free or check.severity == "soft":
            return free
        hows = {name: sheet.sets.get(name) or self.script.items[name] for name in behind}
        return {name for name, how in hows.items() if how.is_chance}
