"""What is known of a virtual participant: hidden traits, what was recorded, and what is true where that was mistyped.

A rule of a form is answered from what was recorded, as the desk will answer it; a rule of the scenario from what is
true, with latents and the moment. Draws nothing but latents, once for each participant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from equipoise.chance import Stream
from equipoise.conduct.state.built_ins import NAMED_BY_EXTENT, built_ins
from equipoise.conduct.state.state import ParticipantState, Withdrawal
from equipoise.forms import Form
from equipoise.forms.facets import FACETS, NOWHERE
from equipoise.knowledge.one_participant import OneParticipant
from equipoise.knowledge.participant import Knowledge
from equipoise.knowledge.records import RecordKey, RecordRow
from equipoise.knowledge.surroundings import around_row
from equipoise.protocol.document import Site
from equipoise.protocol.scope import BUILT_INS, Named, item_named
from equipoise.rules import compute
from equipoise.rules.plain import NotPlain
from equipoise.virtual.script import Origin, ReadyRule, Script
from equipoise.virtual.values import drawn_number

__all__ = ["Memory", "OpenForm"]

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(slots=True)
class OpenForm:
    """A form while it is being filled in (`of`; None when it is none), and where. `around` holds what the record that
    it follows says.

    `before` is the row's earlier self, where the rows of a group come again.
    """

    of: str | None
    day: date
    visit: str = ""
    occurrence: int = 1
    around: Mapping[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    row: Mapping[str, Any] | None = None
    number: int = 0
    before: Mapping[str, Any] | None = None


class Memory:
    """Records in the order in which they came about, and the values of names as they follow from them."""

    def __init__(self, script: Script, name: str, site: Site, stream: Stream) -> None:
        self.script = script
        self.protocol = script.protocol
        self.id = name
        self.site = site
        self.stream = stream
        self.records: list[RecordRow] = []
        self.built_ins: dict[str, Any] = {"participant": name, "site": site.id}
        # What is on file (`records`) and what is true of the same records, in step. Nearly always both are the same
        # objects: only a mistyped record differs.
        self._true: list[tuple[Mapping[str, Any], Rows]] = []
        # Indexes, kept up to date by `keep` and `replace`: every form asks for values of earlier ones, and a search
        # through all records would make each visit dearer than the one before.
        self._last: dict[str, Any] = {}
        self._rows: dict[tuple[str, str], Sequence[Mapping[str, Any]]] = {}
        self._of_form: dict[str, RecordRow] = {}
        self.by_key: dict[RecordKey, RecordRow] = {}
        # What is derived from the records is built when a rule first asks, and thrown away whenever one changes: most
        # forms are drawn without any rule that looks back, and then nothing is built at all.
        self._view: OneParticipant | None = None
        self._knowledge: Knowledge | None = None
        # A number that changes when anything does: whoever keeps an answer remembers at which number it was given.
        self.changes = 0
        self.until: date | None = None

    @cached_property
    def latents(self) -> dict[str, Any]:
        """The participant's hidden traits, each from a stream of its own."""
        found: dict[str, Any] = {}
        for name, how in self.script.latents.items():

            def tells(rule: str, so_far: Mapping[str, Any] = found) -> Any:
                return _answer(self.script.rule(rule), so_far)

            # A stream by name: adding a latent to a scenario, or moving it, leaves everybody's others as they were.
            found[name] = drawn_number(how, float(self.stream.child("latent", name).uniform(0)), tells)
        return found

    def view(self) -> OneParticipant:
        """Everything that a participant-level rule may name, as recorded so far."""
        if self._view is None:
            flags = {n: f"{n}_date" in self.built_ins for n, column in BUILT_INS.items() if column.type == "boolean"}
            self._view = OneParticipant(self.protocol, self.records, flags | self.built_ins)
        return self._view

    def knowledge(self) -> Knowledge:
        """What the desk knows of the participant."""
        if self._knowledge is None:
            # In a blinded trial the desk does not know the arm, and what the desk does not know must not decide which
            # items a form asks: a derived value would then tell the arm.
            arm = self.built_ins.get("arm") if self.protocol.randomization.blinding == "open" else None
            state, columns = self.as_state(), self.script.columns
            self._knowledge = Knowledge(self.protocol, state.records, built_ins(state), columns, lambda: arm)
        return self._knowledge

    def as_state(self) -> ParticipantState:
        """The participant as the desk has them."""
        day = {
            n: str(self.built_ins.get(f"{n}_date") or "") for n in ("screened", "consented", "enrolled", "randomized")
        }
        return ParticipantState(
            self.id,
            self.site.id,
            day["screened"],
            consents=[(day["consented"], "")] if day["consented"] else [],
            records=self.by_key,
            enrolled=day["enrolled"] or None,
            randomized=day["randomized"] or None,
            recorded_arm=self.built_ins.get("arm") if self.protocol.randomization.blinding == "open" else None,
            withdrawals=[
                Withdrawal(str(self.built_ins[f"{name}_date"]), extent)
                for extent, name in NAMED_BY_EXTENT.items()
                if f"{name}_date" in self.built_ins
            ],
        )

    def learn(self, **built_ins: Any) -> None:
        """Something about the participant is now known: a date, the arm."""
        self.built_ins.update(built_ins)
        self._changed()

    def _changed(self) -> None:
        self._view = self._knowledge = None
        self.changes += 1

    def keep(self, record: RecordRow, true: RecordRow | None = None) -> None:
        """The record is on file. Where it was mistyped, `true` says how it is; those are the last known values."""
        # Forms are drawn from what is true (a patient does not know what was mistyped) and judged by what is on file
        # (the desk knows nothing else). So the last known values are the true ones, the records those on file.
        true = true or record
        self.records.append(record)
        self._true.append((true.values, true.groups))
        self._of_form[record.form] = record
        self.by_key[record.visit, record.occurrence, record.form] = record
        self._changed()
        for row in (true.values, *(row for rows in true.groups.values() for row in rows)):
            # What was not asked this time is still known from the time before.
            self._last.update((name, value) for name, value in row.items() if value is not None)
        for group, rows in true.groups.items():
            if rows:
                self._rows[record.form, group] = rows

    def replace(self, old: RecordRow, new: RecordRow) -> None:
        """A correction: the record is now `new`, in its old place."""
        # By identity, not by equality: two visits may have the same values, and only one of them is corrected.
        self.records = [new if record is old else record for record in self.records]
        self._of_form = {form: new if record is old else record for form, record in self._of_form.items()}
        self.by_key[new.visit, new.occurrence, new.form] = new
        self._changed()

    def corrected(self, said: Mapping[str, Any]) -> None:
        """A correction as the desk entered it, also one that followed from another."""
        old = self.by_key.get((said["visit"], said["occurrence"], said["form"]))
        if old is None:
            return
        item, new = said["item"], said["new"]
        observed = said.get("observed", old.observed)
        if said["group"] is None:
            self.replace(old, replace(old, values={**old.values, item: new}, observed=observed))
        else:
            rows: list[Any] = [dict(row) for row in old.groups.get(said["group"], ())]
            rows += [{} for _ in range(said["row"] - len(rows))]
            rows[said["row"] - 1][item] = new
            self.replace(old, replace(old, groups={**old.groups, said["group"]: rows}))
        # A correction of an earlier visit does not change what was last known; one of the latest does.
        if self._of_form[old.form] is self.by_key[old.visit, old.occurrence, old.form] and new is not None:
            self._last[item] = new

    def typed(self, record: RecordRow) -> dict[str, Any]:
        """The single values of a record by name, as rules compute with them."""
        return {name: self._typed(item_named(self.protocol, name), record.values) for name in record.values}

    def day_of(self, form: Form, values: Mapping[str, Any]) -> str | None:
        """The day in the form's date item, as the desk will read it."""
        day = self._typed(item_named(self.protocol, form.date_item or ""), values)
        return None if day is None else str(day.isoformat())[:10]

    def _typed(self, named: Named | None, values: Mapping[str, Any]) -> Any:
        """What a name means in recorded values; bounds of imputed days are looked up in the same values."""
        if named is None:
            return None
        around = NOWHERE
        if named.item.type in FACETS:
            table = (named.form.id, named.group)
            around = around_row(self.protocol, self.site.timezone, table, values, self.built_ins.get)
        return named.value(values, around)

    def forget(self, count: int) -> None:
        """Keep only the first `count` records: what followed is drawn anew."""
        kept = list(zip(self.records[:count], self._true[:count], strict=True))
        self.records, self._true, self._last, self._rows, self._of_form, self.by_key = [], [], {}, {}, {}, {}
        self._changed()
        for record, (values, groups) in kept:
            true = RecordRow(
                record.participant,
                record.visit,
                record.occurrence,
                record.form,
                record.observed,
                record.seq,
                values,
                groups,  # type: ignore[arg-type]
            )
            self.keep(record, true)

    def last_rows(self, form: str, group: str) -> Sequence[Mapping[str, Any]]:
        """The rows of a group when it was last recorded."""
        return self._rows.get((form, group), ())

    def last(self, name: str) -> Any:
        """An item's last known value, as it is entered."""
        return self._last.get(name)

    def says(self, rule: str) -> Any:
        """The value of a participant-level rule as things stand."""
        return self.ruled(rule, None)

    def ruled(self, rule: str, at: OpenForm | None) -> Any:
        """The value of a rule of the protocol, from what is recorded and the form at hand."""
        prepared = self.script.rule(rule)
        return _answer(prepared, {name: self._recorded(name, kind, at) for name, kind in prepared.names})

    def told(self, rule: str, at: OpenForm, about: str = "") -> Any:
        """The value of a rule of the scenario, from what is true, at a moment, about an item."""
        prepared = self.script.rule(rule, about)
        return _answer(prepared, {name: self.known(name, kind, at, about) for name, kind in prepared.names})

    def known(self, name: str, kind: Origin, at: OpenForm, about: str = "") -> Any:
        """What is true of a name: of the record that this one follows, on the sheet, else as last known."""
        # From the nearest to the farthest: the record that this one follows, the row, the sheet, and then what was last
        # known. A name of the form at hand that has no value yet is not looked up further: the answer of the visit
        # before is no answer to today's question.
        if name in at.around:
            return at.around[name]
        if kind is Origin.ITEM:
            named = item_named(self.protocol, name)
            assert named is not None  # its origin says so
            for values in (at.row, at.values):
                if values is not None and named.item.id in values:
                    return self._typed(named, values)
            return None if named.form.id == at.of else self._typed(named, self._last)
        if kind is Origin.MOMENT:
            return self._of_moment(name, at, about)
        return self._recorded(name, kind, at)

    def _recorded(self, name: str, kind: Origin, at: OpenForm | None) -> Any:
        if kind is Origin.ITEM:
            named = item_named(self.protocol, name)
            assert named is not None  # its origin says so
            if at is not None:
                for values in (at.row, at.values):
                    if values is not None and named.item.id in values:
                        return self._typed(named, values)
                if named.form.id == at.of:
                    return None
            # Only where a form comes once, or the protocol picks one of many, has a bare name one value on file.
            record = self._of_form.get(named.form.id) if name in self.script.bare else None
            return self._typed(named, record.values) if record is not None else None
        if kind is Origin.BUILT_IN:
            return self.view()[name]
        return self.latents.get(name) if kind is Origin.LATENT else None

    def _of_moment(self, name: str, at: OpenForm, about: str) -> Any:
        match name:
            case "leaving":
                return None
            case "days_left":
                return None if self.until is None else max(0, (self.until - at.day).days)
            case "visit":
                return at.visit
            case "occurrence":
                return at.occurrence
            case "row":
                return at.number or None
            case "day":
                start = self.built_ins.get("randomized_date")
                return 0 if start is None else max(0, (at.day - start).days)
        named = item_named(self.protocol, about)
        if named is None:
            return None
        if named.group is None:
            return self._typed(named, self._last)
        return self._typed(named, at.before) if at.before is not None else None


def _answer(prepared: ReadyRule, values: Mapping[str, Any]) -> Any:
    if prepared.plain is not None:
        try:
            return prepared.plain(values)
        except NotPlain:
            pass
    return compute(prepared.text, values, prepared.columns)
