"""From the rows of one participant to the records of forms: single items, rows of groups, what was accepted of them.

What several rows say about one record (the same form, visit and occurrence) fills it together; a group gets one row
from each row of the file that fills it, in the file's order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from equipoise.conduct.acts import Accepted, RecordForm
from equipoise.conduct.importing.asking import Answer, Asking
from equipoise.conduct.importing.cells import Taken
from equipoise.conduct.importing.mapping import MappedRecord, MappedRow
from equipoise.conduct.importing.planned import CellOrigin, ImportStep
from equipoise.conduct.importing.words import phrase
from equipoise.forms import Form
from equipoise.protocol.document import Protocol
from equipoise.rules import read_rule

__all__ = ["Filling"]

_Key = tuple[str, str, int]


@dataclass(slots=True)
class _Page:
    """A record while rows fill it: the clauses that do, each with one row of the file."""

    form: str
    visit: str
    occurrence: int
    filled_by: list[tuple[MappedRecord, int]] = field(default_factory=list)

    @property
    def places(self) -> tuple[int, ...]:
        """The rows of the file behind it."""
        return tuple(dict.fromkeys(place for _, place in self.filled_by))

    @property
    def name(self) -> str:
        """As a step of the import is called."""
        name = self.form if self.visit == self.form else f"{self.visit} {self.form}"
        return name if self.occurrence == 1 else f"{name} {self.occurrence}"


@dataclass(slots=True)
class _Written:
    """What becomes of a page, and from where."""

    sources: dict[str, CellOrigin] = field(default_factory=dict)
    accepted: dict[tuple[str, str], Accepted] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)


class Filling:
    """The records of a participant. Counts the occurrences that the mapping leaves to be counted."""

    def __init__(self, ask: Asking, protocol: Protocol) -> None:
        self.ask, self.protocol = ask, protocol
        self._counted = dict[tuple[str, int, str], int]()

    def records(self, participant: str, places: Sequence[int]) -> list[tuple[str | None, ImportStep]]:
        """Each record with the anchor of its visit, in the mapping's order and that of the visits."""
        pages: dict[_Key, _Page] = {}
        for number, record in enumerate(self.ask.source.mapping.acts.records):
            found: dict[_Key, _Page] = {}
            for place in places:
                if (key := self._key(participant, number, record, place)) is not None:
                    found.setdefault(key, pages.get(key) or _Page(*key)).filled_by.append((record, place))
            order = list(self.protocol.visit_by_id)
            for key in sorted(found, key=lambda key: (order.index(key[1]), key[2])):
                pages.setdefault(key, found[key])
        return [
            (self.protocol.visit_by_id[page.visit].anchor, self._step(participant, page)) for page in pages.values()
        ]

    def _key(self, participant: str, number: int, record: MappedRecord, place: int) -> _Key | None:
        """Which record a row is about; None when it is about none, or when that was told."""
        ask = self.ask
        if not ask.holds(record.when, place, phrase("whether_form", form=record.form)):
            return None
        visit = record.visit
        if visit not in self.protocol.visit_by_id:
            visit = ask.agreed([(record.visit, place)], phrase("visit"), needed=True).value
            if visit is None:
                return None
            due = [one.id for one in self.protocol.visits if record.form in one.forms]
            if visit not in due:
                columns = read_rule(record.visit).names
                ask.tell("import.unknown_visit", place, columns, visit=visit, form=record.form, visits=due)
                return None
        if record.numbered:
            counted = (participant, number, visit)
            self._counted[counted] = self._counted.get(counted, 0) + 1
            return record.form, visit, self._counted[counted]
        if record.occurrence is None:
            return record.form, visit, 1
        occurrence = ask.agreed([(record.occurrence, place)], phrase("occurrence"), needed=True).value
        return None if occurrence is None else (record.form, visit, occurrence)

    def _step(self, participant: str, page: _Page) -> ImportStep:
        form, written = self.protocol.form_by_id[page.form], _Written()
        asked: dict[str, list[tuple[str, int]]] = {}
        observed: list[tuple[str, int]] = []
        for record, place in page.filled_by:
            for item, text in record.values.items():
                asked.setdefault(item, []).append((text, place))
            if record.observed is not None:
                observed.append((record.observed, place))
        values = {item: self._item(form, item, pairs, written) for item, pairs in asked.items()}
        groups: dict[str, list[dict[str, Any]]] = {}
        for record, place in page.filled_by:
            for group, rows in record.groups.items():
                self._rows(form, group, rows, place, groups.setdefault(group, []), written)
        day = self.ask.agreed(observed, phrase("observed")) if observed else None
        if day is not None:
            written.sources["observed"] = CellOrigin(day.place, read_rule(day.text).names)
        confirms = self._confirmed(page.places, written)
        act = RecordForm(
            participant,
            page.visit,
            page.form,
            values,
            groups,
            occurrence=page.occurrence,
            overrides=written.overrides,
            observed=day.value if day is not None else None,
            accepted=tuple(written.accepted.values()),
        )
        return ImportStep(page.name, act, page.places, written.sources, confirms)

    def _item(
        self, form: Form, item: str, pairs: Sequence[tuple[str, int]], written: _Written, group: str = "", row: int = 0
    ) -> Any:
        answer = self.ask.agreed(pairs, item)
        within, mark = (f"{group}[{row}].", f"[{row}]") if group else ("", "")
        origin = CellOrigin(answer.place, read_rule(answer.text).names)
        written.sources[f"{within}{item}"] = origin
        if group:
            written.sources[f"{item}{mark}"] = origin
        # Where nothing came of all the rows, each of them may hold what was accepted as missing.
        behind = [Answer(None, text, place) for text, place in pairs] if answer.value is None else [answer]
        for taken in self._taken(behind):
            written.accepted.setdefault(
                (taken.clause, f"{within}{item}"),
                Accepted(taken.clause, f"{within}{item}", taken.original, taken.reason),
            )
            if not taken.replaced:
                about = [check for check in form.checks if item in {*check.items, *read_rule(check.rule).names}]
                written.overrides[f"{item}.range{mark}"] = taken.reason
                written.overrides |= {f"{check.id}{mark}": taken.reason for check in about}
        return answer.value

    def _taken(self, answers: Iterable[Answer]) -> Iterable[Taken]:
        cells = self.ask.cells
        found = (cells.taken.get((a.place, name)) for a in answers for name in read_rule(a.text).names)
        return [taken for taken in found if taken is not None]

    def _rows(
        self,
        form: Form,
        group: str,
        clauses: Sequence[MappedRow],
        place: int,
        rows: list[dict[str, Any]],
        written: _Written,
    ) -> None:
        """The rows of a group that one row of the file gives."""
        for clause in clauses:
            if clause.when is not None:
                if not self.ask.holds(clause.when, place, phrase("whether_row", group=group)):
                    continue
            elif not any(self._given(text, place) for text in clause.values.values()):
                continue
            number = len(rows) + 1
            rows.append(
                {
                    item: self._item(form, item, [(text, place)], written, group, number)
                    for item, text in clause.values.items()
                }
            )

    def _given(self, text: str, place: int) -> bool:
        """Whether the file has something for an expression; a constant is nothing that a file has."""
        names = read_rule(text).names
        cells = self.ask.cells
        return any(cells.exact[name][place] is not None or (place, name) in cells.taken for name in names)

    def _confirmed(self, places: Sequence[int], written: _Written) -> dict[str, str]:
        """The questions that clauses of `confirm` answer in these rows, by the id of the clause."""
        confirms: dict[str, str] = {}
        for clause in self.ask.source.mapping.confirm:
            if clause.when is None or any(self.ask.value(clause.when, place) for place in places):
                reason = f"{clause.reason.en} / {clause.reason.zh}"
                if written.overrides.setdefault(clause.check, reason) == reason:
                    confirms[clause.check] = clause.id
        return confirms
