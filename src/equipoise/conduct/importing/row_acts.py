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
from equipoise.conduct.importing.mapping import Record
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.values import shown
from equipoise.findings import Finding, prose
from equipoise.forms import Form
from equipoise.protocol.document import Protocol
from equipoise.rules import evaluate, read_rule

__all__ = ["RowActs", "Step", "plan_rows"]


@dataclass(frozen=True, slots=True)
class Step:
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
    steps: list[Step] = field(default_factory=list)


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

    def ask(self, text: str | None, what: str, *, needed: bool = False) -> Any:
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

    def _tell_nothing(self, text: str, what: str, names: tuple[str, ...], given: list[str]) -> None:
        said = ", ".join(f"{name} is {shown(self.cells.original(self.place, name))}" for name in names) or "the row"
        # One value that stands alone can be named in a clause; two that belong together are the expression's matter.
        one = names[0] if len(names) == 1 else None
        accept = ""
        if one is not None and given:
            value, kind = self.cells.exact[one][self.place], self.source.mapping.type_of(one)
            accept = f", or accept the value under `accept`: {accept_clause(one, kind, value)}"
        mend = f"Complete the expression in {self.source.file}{accept}" if given else "Complete the row in the file."
        why = f"`{_short(text)}` gives nothing for it" if given else f"{what} is needed and the file has no value"
        self._tell("no_value", names, f"{said}, and nothing becomes of it as {what}", why, mend)

    def _tell(self, code: str, columns: tuple[str, ...], what: str, why: str, mend: str) -> None:
        self.sound = False
        self.findings.append(prose(f"import.{code}", self.cells.where(self.place, *columns), what, why, mend))

    def row(self, place: int) -> RowActs | None:
        """The acts of one row; None when something about it was told."""
        self.place, self.sound, self.told = place, True, set()
        acts = self.source.mapping.acts
        participant = self.ask(acts.participant, "the participant's number", needed=True)
        planned = RowActs(place, str(participant))
        planned.site = self.ask(acts.site, "the site", needed=True)
        planned.screened = self.ask(acts.screened, "the date of screening", needed=True)
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
            self._tell(
                "participant_twice",
                columns,
                f"participant {planned.participant} stands on line {before} already",
                "each row is one participant",
                "Remove one of the rows, or let `participant` tell them apart.",
            )

    def _need_site(self, planned: RowActs) -> None:
        known = [site.id for site in self.protocol.sites]
        if planned.site is not None and planned.site not in known:
            columns = read_rule(self.source.mapping.acts.site or "").names
            self._tell(
                "unknown_site",
                columns,
                f"there is no site {planned.site}",
                f"the protocol names {', '.join(known)}",
                "Correct the row or the expression, or add the site to the protocol before the study is made.",
            )

    def _stages(self, planned: RowActs) -> None:
        acts, who = self.source.mapping.acts, planned.participant
        steps, records = planned.steps, self._records(planned)
        if planned.screened is not None:
            steps.append(
                Step(
                    "screen",
                    Screen(who, planned.site or "", planned.screened),
                    _from(date=acts.screened, participant=acts.participant),
                )
            )
        if on := self.ask(acts.consented, "the date of consent"):
            steps.append(Step("consent", Consent(who, on), _from(date=acts.consented)))
        # What is recorded before enrollment comes first: eligibility is assessed on it.
        steps += [step for anchor, step in records if anchor in (None, "consent")]
        if on := self.ask(acts.enrolled, "the date of enrollment"):
            steps.append(Step("enroll", Enroll(who, on), _from(date=acts.enrolled)))
        steps += [step for anchor, step in records if anchor == "enrollment"]
        if (step := self._allocation(who)) is not None:
            steps.append(step)
        steps += [step for anchor, step in records if anchor == "randomization"]

    def _allocation(self, who: str) -> Step | None:
        clause = self.source.mapping.acts.randomized
        if clause is None or (
            clause.when is not None and not self.ask(clause.when, "whether there was an allocation", needed=True)
        ):
            return None
        arm, on = (
            self.ask(clause.arm, "the arm", needed=True),
            self.ask(clause.date, "the date of allocation", needed=True),
        )
        if arm is None or on is None:
            return None
        names = read_rule(clause.arm).names
        said = ", ".join(f"{name} {self.cells.original(self.place, name)}" for name in names)
        place = (
            f"{self.cells.table.file.replace(chr(92), '/').rpartition('/')[2]}, line {self.cells.rows[self.place].line}"
        )
        return Step(
            "allocation",
            RecordAllocation(who, on, arm, f"{place}: {said}" if said else place),
            _from(date=clause.date, arm=clause.arm),
        )

    def _records(self, planned: RowActs) -> list[tuple[str | None, Step]]:
        found: list[tuple[str | None, Step]] = []
        for record in self.source.mapping.acts.records:
            if record.when is not None and not self.ask(
                record.when, f"whether there is a form {record.form}", needed=True
            ):
                continue
            occurrence = 1 if record.occurrence is None else self.ask(record.occurrence, "the occurrence", needed=True)
            visit, form = self.protocol.visit_by_id[record.visit], self.protocol.form_by_id[record.form]
            values = {item: self.ask(text, item) for item, text in record.values.items()}
            accepted, overrides = self._taken(record, form)
            act = RecordForm(planned.participant, record.visit, record.form, values, occurrence=occurrence or 1, overrides=overrides,
                             observed=self.ask(record.observed, "the date of observation"), accepted=tuple(accepted))  # fmt: skip
            name = record.form if record.visit == record.form else f"{record.visit} {record.form}"
            found.append(
                (
                    visit.anchor,
                    Step(
                        name if occurrence in (None, 1) else f"{name} {occurrence}",
                        act,
                        _from(observed=record.observed, **record.values),
                    ),
                )
            )
        return found

    def _taken(self, record: Record, form: Form) -> tuple[list[Accepted], dict[str, str]]:
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
