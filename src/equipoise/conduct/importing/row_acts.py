"""From typed columns to the acts of each row, in the order in which a trial goes: what the mapping's expressions say.

Promises that nothing vanishes: an expression that gives nothing where the file has a value is told, row by row. Refuses
to know whether an act may be done: that is the desk's to decide.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from equipoise.conduct.acts import Accepted, Act, Consent, Enroll, RecordAllocation, RecordForm, Screen
from equipoise.conduct.importing.cells import Cells, accept_clause
from equipoise.conduct.importing.mapping import MappedRecord
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.values import shown
from equipoise.conduct.importing.words import finding, phrase
from equipoise.findings import Finding
from equipoise.forms import Form
from equipoise.protocol.document import Protocol
from equipoise.rules import evaluate, read_rule
from equipoise.words import Phrase

__all__ = ["RowActs", "RowStep", "plan_rows"]


@dataclass(frozen=True, slots=True)
class RowStep:
    """One act of a row under a name of its own, and the columns that each of its fields or items comes from."""

    name: str
    act: Act
    sources: AnyMapping[str, tuple[str, ...]]


@dataclass(slots=True)
class RowActs:
    """What becomes of the row at `place`."""

    place: int
    participant: str
    site: str | None = None
    screened: str | None = None
    steps: list[RowStep] = field(default_factory=list)


class _Expressions:
    """Each expression computed once for all rows."""

    def __init__(self, cells: Cells) -> None:
        self.cells, self._known = cells, dict[str, list[Any]]()

    def value(self, text: str, place: int) -> Any:
        if text not in self._known:
            tree = read_rule(text).tree
            # A bare decimal column keeps its digits: 4.20 is not 4.2.
            bare = tree.get("Column") if isinstance(tree, dict) else None
            self._known[text] = self.cells.exact[bare] if bare else evaluate(text, self.cells.frame).to_list()
        value = self._known[text][place]
        return value.isoformat() if isinstance(value, date) else value


class _Planner:
    def __init__(self, source: MappingFile, protocol: Protocol, cells: Cells) -> None:
        self.source, self.protocol, self.cells = source, protocol, cells
        self.values = _Expressions(cells)
        self.findings: list[Finding] = []
        self.first_seen: dict[str, int] = {}
        self.place, self.sound, self.told = 0, True, set[str]()

    def ask(self, text: str | None, what: Phrase | str, *, needed: bool = False) -> Any:
        """The value of an expression in the row at hand. Nothing, where the row has something, is a Finding."""
        if text is None:
            return None
        value = self.values.value(text, self.place)
        if value is None or value == "":
            names = read_rule(text).names
            given = [name for name in names if self.cells.exact[name][self.place] is not None]
            if text not in self.told and (needed or (names and len(given) == len(names))):
                self.told.add(text)
                self._tell_nothing(text, what, names, given)
            return None
        return value

    def _tell_nothing(self, text: str, what: Phrase | str, names: tuple[str, ...], given: list[str]) -> None:
        cells, map_file = self.cells, self.source.file
        said = [phrase("cell", column=n, value=shown(cells.original(self.place, n))) for n in names] or phrase("row")
        if not given:
            self._tell("import.no_value", names, said=said, what=what)
            return
        facts = {"said": said, "what": what, "rule": _short(text), "map_file": map_file}
        if len(names) > 1:
            self._tell("import.no_value/expression", names, **facts)
            return
        # One value that stands alone can be named in a clause; two that belong together are the expression's matter.
        value, kind = cells.exact[names[0]][self.place], self.source.mapping.type_of(names[0])
        self._tell("import.no_value/accept", names, clause=accept_clause(names[0], kind, value), **facts)

    def _tell(self, key: str, columns: tuple[str, ...], /, **facts: Any) -> None:
        self.sound = False
        self.findings.append(finding(key, self.cells.where(self.place, *columns), **facts))

    def row(self, place: int) -> RowActs | None:
        """The acts of one row; None when something about it was told."""
        self.place, self.sound, self.told = place, True, set()
        acts = self.source.mapping.acts
        participant = self.ask(acts.participant, phrase("number"), needed=True)
        planned = RowActs(place, str(participant))
        planned.site = self.ask(acts.site, phrase("site"), needed=True)
        planned.screened = self.ask(acts.screened, phrase("screened"), needed=True)
        if participant is not None:
            self._need_new(planned, acts.screened is not None)
        self._need_site(planned)
        self._stages(planned)
        return planned if self.sound else None

    def _need_new(self, planned: RowActs, screened: bool) -> None:
        line = self.cells.rows[self.place].line
        before = self.first_seen.setdefault(planned.participant, line)
        if screened and before != line:
            columns = read_rule(self.source.mapping.acts.participant).names
            self._tell("import.participant_twice", columns, participant=planned.participant, line=before)

    def _need_site(self, planned: RowActs) -> None:
        known = [site.id for site in self.protocol.sites]
        if planned.site is not None and planned.site not in known:
            columns = read_rule(self.source.mapping.acts.site or "").names
            self._tell("import.unknown_site", columns, site=planned.site, sites=known)

    def _stages(self, planned: RowActs) -> None:
        acts, who = self.source.mapping.acts, planned.participant
        steps, records = planned.steps, self._records(planned)
        if planned.screened is not None:
            act = Screen(who, planned.site or "", planned.screened)
            steps.append(RowStep("screen", act, _from(date=acts.screened, participant=acts.participant)))
        if on := self.ask(acts.consented, phrase("consented")):
            steps.append(RowStep("consent", Consent(who, on), _from(date=acts.consented)))
        # What is recorded before enrollment comes first: eligibility is assessed on it.
        steps += [step for anchor, step in records if anchor in (None, "consent")]
        if on := self.ask(acts.enrolled, phrase("enrolled")):
            steps.append(RowStep("enroll", Enroll(who, on), _from(date=acts.enrolled)))
        steps += [step for anchor, step in records if anchor == "enrollment"]
        if (step := self._allocation(who)) is not None:
            steps.append(step)
        steps += [step for anchor, step in records if anchor == "randomization"]

    def _allocation(self, who: str) -> RowStep | None:
        clause = self.source.mapping.acts.randomized
        if clause is None:
            return None
        if clause.when is not None and not self.ask(clause.when, phrase("whether_allocated"), needed=True):
            return None
        arm = self.ask(clause.arm, phrase("arm"), needed=True)
        on = self.ask(clause.date, phrase("allocated"), needed=True)
        if arm is None or on is None:
            return None
        names = read_rule(clause.arm).names
        said = ", ".join(f"{name} {self.cells.original(self.place, name)}" for name in names)
        file = self.cells.table.file.replace("\\", "/").rpartition("/")[2]
        place = f"{file}, line {self.cells.rows[self.place].line}"
        act = RecordAllocation(who, on, arm, f"{place}: {said}" if said else place)
        return RowStep("allocation", act, _from(date=clause.date, arm=clause.arm))

    def _records(self, planned: RowActs) -> list[tuple[str | None, RowStep]]:
        found: list[tuple[str | None, RowStep]] = []
        for record in self.source.mapping.acts.records:
            asked = phrase("whether_form", form=record.form)
            if record.when is not None and not self.ask(record.when, asked, needed=True):
                continue
            occurrence = 1
            if record.occurrence is not None:
                occurrence = self.ask(record.occurrence, phrase("occurrence"), needed=True) or 1
            act = self._filled_in(planned.participant, record, occurrence)
            name = record.form if record.visit == record.form else f"{record.visit} {record.form}"
            named = name if occurrence == 1 else f"{name} {occurrence}"
            step = RowStep(named, act, _from(observed=record.observed, **record.values))
            found.append((self.protocol.visit_by_id[record.visit].anchor, step))
        return found

    def _filled_in(self, participant: str, record: MappedRecord, occurrence: int) -> RecordForm:
        values = {item: self.ask(text, item) for item, text in record.values.items()}
        accepted, overrides = self._taken(record, self.protocol.form_by_id[record.form])
        return RecordForm(
            participant,
            record.visit,
            record.form,
            values,
            occurrence=occurrence,
            overrides=overrides,
            observed=self.ask(record.observed, phrase("observed")),
            accepted=tuple(accepted),
        )

    def _taken(self, record: MappedRecord, form: Form) -> tuple[list[Accepted], dict[str, str]]:
        """What the ledger keeps of the blemishes behind this record, and the soft checks that they confirm."""
        accepted: list[Accepted] = []
        overrides: dict[str, str] = {}
        for item, text in record.values.items():
            for name in read_rule(text).names:
                taken = self.cells.taken.get((self.place, name))
                if taken is None:
                    continue
                accepted.append(Accepted(taken.clause, item, taken.original, taken.reason))
                if not taken.replaced:
                    overrides[f"{item}.range"] = taken.reason
                    overrides |= {
                        check.id: taken.reason
                        for check in form.checks
                        if item in {*check.items, *read_rule(check.rule).names}
                    }
        return accepted, overrides


def plan_rows(source: MappingFile, protocol: Protocol, cells: Cells) -> tuple[list[RowActs], list[Finding]]:
    """The acts of every usable row, and what was told of the others."""
    planner = _Planner(source, protocol, cells)
    planned = [
        row for place in range(len(cells.rows)) if place not in cells.faulty and (row := planner.row(place)) is not None
    ]
    return planned, planner.findings


def _from(**expressions: str | None) -> dict[str, tuple[str, ...]]:
    return {name: read_rule(text).names for name, text in expressions.items() if text is not None}


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
