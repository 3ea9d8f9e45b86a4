"""Virtual participants: what each has, form by form, and whom the criteria would let in.

A participant's numbers come from streams named by the participant, so that nobody depends on how many others there are.
A form is drawn item by item in its own order, with its conditions and computed items; what breaks a hard check is drawn
again, and what breaks a soft one too unless the scenario said how it comes about: a scenario's distribution is not
bent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from equipoise.arms import DrugDose
from equipoise.chance import Stream
from equipoise.conduct.doses.advising import amount_of
from equipoise.conduct.doses.kept_advice import with_advice
from equipoise.conduct.doses.recorded import next_number
from equipoise.conduct.sheet.judging import Judgement, judge_form
from equipoise.conduct.sheet.setting import Setting
from equipoise.design import Distribution
from equipoise.forms import Check, Form, Group, Item
from equipoise.forms.values import canonical_value, check_range
from equipoise.knowledge.medical_rules import Bound, Occasion, PlacedRemark, derive_items
from equipoise.knowledge.records import RecordRow
from equipoise.numerals import amount_text
from equipoise.protocol.document import Site
from equipoise.rules import read_rule
from equipoise.units import convert, same_quantity
from equipoise.virtual.dosing import followed
from equipoise.virtual.memory import Memory, OpenForm
from equipoise.virtual.people import language_of
from equipoise.virtual.script import Order, Origin, Script, items_behind
from equipoise.virtual.values import Asked, default_value, drawn_number, drawn_value, entered

__all__ = ["Redrawn", "VirtualParticipant"]

REDRAWS_MAX = 40
FILLED_WHEN_OPTIONAL = 0.8
ROWS_MAX = 200
Place = tuple[str, int, str]  # visit, occurrence, form


@dataclass(slots=True)
class Redrawn:
    """How often each item of a form at one place was drawn again, and which are drawn from all they can hold."""

    again: dict[str, int] = field(default_factory=dict)
    wide: set[str] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class _Sheet(OpenForm):
    """A form while it is being drawn: where its chance comes from, and what is said about it alone."""

    form: Form
    uniforms: dict[int, list[float]] = field(default_factory=dict)
    stream: Stream | None = None
    sets: Mapping[str, Distribution] = field(default_factory=dict)
    drawing: Redrawn = field(default_factory=Redrawn)
    unknown: frozenset[str] = frozenset()
    derived: dict[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)
    said: list[PlacedRemark] = field(default_factory=list)


class VirtualParticipant(Memory):
    """One virtual participant, who fills in forms."""

    def __init__(self, script: Script, number: int, name: str, site: Site, stream: Stream) -> None:
        super().__init__(script, name, site, stream)
        self.number = number
        self.language = language_of(site)
        self._levels: dict[str, list[float]] = {}
        self._fresh: tuple[RecordRow, int, _Sheet] | None = None

    def draw_form(
        self,
        place: Place,
        day: date,
        *,
        sets: Mapping[str, Distribution] | None = None,
        around: Mapping[str, Any] | None = None,
        drawing: Redrawn | None = None,
        unknown: frozenset[str] = frozenset(),
    ) -> RecordRow:
        """One filled-in form, which keeps its hard checks if any draw does; not yet kept.

        `sets` come before the scenario's own distributions; `around` is what the record that it follows says; `unknown`
        items stay empty, and what follows from them follows from that.
        """
        visit, occurrence, form_id = place
        form = self.protocol.form_by_id[form_id]
        stream = self.stream.child("form", visit, occurrence, form_id)
        drawing = drawing or Redrawn()
        uniforms: dict[int, list[float]] = {}
        fixed = set(sets or {}) & {n for n, how in (sets or {}).items() if how.value is not None}
        again = dict(drawing.again)

        def begin() -> _Sheet:
            return _Sheet(
                form_id,
                day,
                visit,
                occurrence,
                around or {},
                form=form,
                uniforms=uniforms,
                stream=stream,
                sets=sets or {},
                drawing=Redrawn(again, drawing.wide),
                unknown=unknown,
            )

        sheet = begin()
        # What breaks a check is drawn again with a lot of its own, and the whole form is filled in anew: other answers
        # may follow from the one that changed. All other lots stay, so that a form settles rather than wanders. After
        # half of the attempts a soft check is let be: a site would confirm the value.
        for attempt in range(REDRAWS_MAX):
            sheet = begin()
            self._fill(sheet)
            broken = self._to_draw_again(sheet, fixed, give_up_soft=attempt > REDRAWS_MAX // 2)
            if not broken:
                break
            for name in broken:
                again[name] = again.get(name, 0) + 1
        observed = self.day_of(form, sheet.values) or day.isoformat()
        record = RecordRow(self.id, visit, occurrence, form_id, observed, len(self.records), sheet.values, sheet.groups)
        # Most records are entered as they were drawn, at once: what was found while drawing need not be found again.
        self._fresh = (record, self.changes, sheet)
        return record

    def judge(self, record: RecordRow) -> Judgement:
        """The record as the desk will judge it: with everything filled in, and every issue."""
        untyped = self.script.untyped(record.form)
        values = {name: value for name, value in record.values.items() if name not in untyped}
        groups = {
            g: [{n: v for n, v in row.items() if n not in untyped} for row in rows] for g, rows in record.groups.items()
        }
        place = (record.visit, record.occurrence, record.observed)
        return judge_form(self.script.plan(record.form), values, groups, self.knowledge(), at=place, overrides={})

    def confirmations(self, record: RecordRow) -> list[str]:
        """The soft checks, ranges and remarks that the record does not keep, each as the desk names it: to be
        confirmed.

        Of a record that was drawn this moment they are known from drawing it; any other is judged.
        """
        if self._fresh is None or self._fresh[0] is not record or self._fresh[1] != self.changes:
            return list(dict.fromkeys(issue.check for issue in self.judge(record).issues if issue.check is not None))
        sheet = self._fresh[2]
        found = [check.id for check in sheet.form.checks if check.severity == "soft" and self._breaks(check, sheet)]
        found += [one.check for one in sheet.said if one.remark.severity != "hard"]
        for group, item in self.script.order(sheet.form.id).ranged:
            rows = sheet.groups.get(group, ()) if group is not None else (sheet.values,)
            for place, row in enumerate(rows, start=1):
                value = row.get(item.id)
                if value is not None and check_range(item, value, "soft") is not None:
                    found.append(f"{item.id}.range{f'[{place}]' if group is not None else ''}")
        return list(dict.fromkeys(found))

    def _fill(self, sheet: _Sheet) -> None:
        order = self.script.order(sheet.form.id)
        if sheet.form.advice:
            sheet.values.update(self._advised(sheet))
        for number, item in order.early:
            if item.id not in sheet.values:
                self._put(sheet, item, number, order)
        for offset, group in enumerate(sheet.form.groups):
            self._fill_rows(sheet, group, offset, order)
        for number, item in order.late:
            self._put(sheet, item, number, order)

    def _put(self, sheet: _Sheet, item: Item, number: int, order: Order) -> None:
        bound = order.bounds.get(item.id)
        if bound is None:
            sheet.values[item.id] = self._answer(sheet, item, number, 0)
        else:
            sheet.values[item.id] = self._derived(sheet, bound, None).get(item.id)

    def _fill_rows(self, sheet: _Sheet, group: Group, offset: int, order: Order) -> None:
        before = self.last_rows(sheet.form.id, group.id) if group.id in self.script.same_rows else ()
        stays = self.script.same_rows.get(group.id, ())
        filled: list[Mapping[str, Any]] = []
        for row in range(1, (len(before) or self._rows_of(sheet, group, offset)) + 1):
            answers: dict[str, Any] = {}
            sheet.row, sheet.number, sheet.before = answers, row, before[row - 1] if before else None
            for number, item in enumerate(group.items):
                bound = order.bounds.get(item.id)
                if bound is not None:
                    answers[item.id] = self._derived(sheet, bound, (row, answers)).get(item.id)
                elif sheet.before is not None and item.id in stays:
                    answers[item.id] = sheet.before.get(item.id)
                else:
                    answers[item.id] = self._answer(sheet, item, number, row + ROWS_MAX * offset)
            filled.append(answers)
        sheet.row, sheet.number, sheet.before = None, 0, None
        if filled:
            sheet.groups[group.id] = filled

    def _derived(self, sheet: _Sheet, bound: Bound, row: tuple[int, Mapping[str, Any]] | None) -> Mapping[str, Any]:
        """What a medical rule gives of the sheet so far: the rule that the desk uses, on the same records. Items stand
        after what they rest on, so that one answer serves all that it fills in.
        """
        key = (bound.id, 0 if row is None else row[0])
        if key in sheet.derived:
            return sheet.derived[key]
        day = self.day_of(sheet.form, sheet.values) or sheet.day.isoformat()
        occasion = Occasion(day, sheet.visit, sheet.occurrence, self.records, self.knowledge().value)
        found, said = derive_items(self.protocol, bound, occasion, sheet.values, sheet.groups, row)
        sheet.derived[key] = found
        sheet.said += said
        return found

    def _advised(self, sheet: _Sheet) -> Mapping[str, Any]:
        """What the dose rules advise on the day of the form."""
        now = datetime.combine(sheet.day, time(12), UTC)
        kept = with_advice(
            Setting(self.protocol, now, prepared=self.script.prepared),
            self.as_state(),
            sheet.form,
            {},
            sheet.day.isoformat(),
            None,
        )
        return {name: kept.get(name) for name in sheet.form.advised_items()}

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
            return canonical_value(item, self.ruled(item.computed, sheet))
        if item.id in sheet.unknown:
            return None
        if item.shown_when is not None and self.ruled(item.shown_when, sheet) is not True:
            return None
        how = sheet.sets.get(item.id) or self.script.items.get(item.id)
        uniforms = self._uniform(sheet, item.id, number, row)
        needed = item.required if item.required_when is None else self.ruled(item.required_when, sheet) is True
        if not needed and how is None and uniforms[1] > FILLED_WHEN_OPTIONAL and item.id not in self.script.doses:
            return None
        wide = item.id in sheet.drawing.wide
        asked = Asked(
            item,
            (uniforms[0], uniforms[1], uniforms[2]),
            sheet.day,
            self.script.codes.get(item.codelist or "", ()),
            self.last(item.id),
            self._level(sheet, number) if row == 0 else None,
            self.language,
            item.id == sheet.form.date_item,
            wide,
            sheet.drawing.again.get(item.id, 0) > 0,
        )
        if how is None and (planned := self._planned(sheet, item)) is not None:
            return planned
        if how is None or (wide and item.id not in sheet.sets):
            return default_value(asked)
        known = {how.from_: self._date(how.from_, sheet)} if how.from_ else {}
        value = drawn_value(asked, how, known, lambda rule: self.told(rule, sheet, item.id))
        return default_value(asked) if value is None and needed else value

    def _planned(self, sheet: _Sheet, item: Item) -> Any:
        """What the arm's regimen plans, where the item says what was given of one of its treatments."""
        if item.id not in self.script.doses or self.built_ins.get("arm") is None:
            return None
        for treatment, by in followed(self.protocol, self.built_ins["arm"]):
            named = by.form == sheet.form.id and item.id in (by.given, by.dose)
            if not named or (by.when is not None and self.told(by.when, sheet) is not True):
                continue
            if item.id == by.given:
                return True
            number = next_number(self.protocol, self.as_state(), treatment, sheet.day)
            amount, unit = amount_of(treatment, self.knowledge(), number=number)
            if amount is None or unit is None or item.unit is None or not same_quantity(unit, item.unit):
                return None
            by_size = isinstance(treatment, DrugDose) and treatment.scaled_by is not None
            amount = convert(amount, unit, item.unit)
            if item.type == "decimal" and item.decimals is None:
                return amount_text(amount, worked_out=by_size)
            return entered(item, amount)
        return None

    def _date(self, name: str, sheet: _Sheet) -> Any:
        prepared = self.script.rule(name)
        return self.known(name, dict(prepared.names).get(name, Origin.NOTHING), sheet)

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
                again |= self._loose(read_rule(check.rule).names, sheet, fixed, soft=check.severity == "soft")
        for one in sheet.said:
            if one.remark.severity == "hard":
                again |= self._loose(one.items, sheet, fixed, soft=False)
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

    def _loose(self, names: Sequence[str], sheet: _Sheet, fixed: set[str], *, soft: bool) -> set[str]:
        """Items without a distribution; when a hard fault stands on distributions alone, those that are chance."""
        own = {item.id for _, item in sheet.form.all_items()}
        behind = (items_behind(self.protocol, names) & own) - fixed - self.script.untyped(sheet.form.id)
        free = {name for name in behind if name not in self.script.items and name not in sheet.sets}
        if undated := free - {sheet.form.date_item}:
            free = undated  # the day of the visit is given up last
        if free or soft:
            return free
        hows = {name: sheet.sets.get(name) or self.script.items[name] for name in behind}
        return {name for name, how in hows.items() if how.is_chance}
