"""Asking the expressions of a mapping of the rows of a file: each computed once, and nothing vanishes in it.

An expression that gives nothing where the file has a value is told, and rows of one participant that say different
things are told with both lines. Refuses to know what becomes of a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from equipoise.conduct.importing.cells import Cells
from equipoise.conduct.importing.clauses import accept_clause, leave_out_clause
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.values import shown
from equipoise.conduct.importing.words import finding, phrase
from equipoise.findings import Finding
from equipoise.rules import evaluate, read_rule
from equipoise.words import Phrase

__all__ = ["Answer", "Asking"]

_RULE_LONGEST = 120


class Answer(NamedTuple):
    """A value, and the expression and the row that gave it; without a value, those that were asked first."""

    value: Any
    text: str
    place: int


class Asking:
    """The expressions over the typed columns. `faults` counts what was told against the rows asked so far."""

    def __init__(self, source: MappingFile, cells: Cells) -> None:
        self.source, self.cells = source, cells
        self.findings: list[Finding] = []
        self.faults = 0
        self._known = dict[str, list[Any]]()
        self._told = set[tuple[int, str]]()

    def value(self, text: str, place: int) -> Any:
        """The value of an expression in a row, as it would be entered; None for nothing."""
        if text not in self._known:
            tree = read_rule(text).tree
            # A bare decimal column keeps its digits: 4.20 is not 4.2.
            bare = tree.get("Column") if isinstance(tree, dict) else None
            self._known[text] = self.cells.exact[bare] if bare else evaluate(text, self.cells.frame).to_list()
        value = self._known[text][place]
        if value == "":
            return None
        return value.isoformat() if isinstance(value, date) else value

    def values(self, text: str) -> list[Any]:
        """The value of an expression in every row."""
        return [self.value(text, place) for place in range(len(self.cells.rows))]

    def agreed(self, asked: Sequence[tuple[str, int]], what: Phrase | str, *, needed: bool = False) -> Answer:
        """What the expressions give in these rows: one value, nothing, or a Finding where rows say different things."""
        given = [Answer(value, text, place) for text, place in asked if (value := self.value(text, place)) is not None]
        if not given:
            forgotten = next((pair for pair in asked if self._all_given(*pair)), None)
            if forgotten is not None or needed:
                self._tell_nothing(*(forgotten or asked[0]), what)
            return Answer(None, *asked[0])
        first = given[0]
        other = next((answer for answer in given if answer.value != first.value), None)
        if other is not None:
            line = self.cells.rows[first.place].line
            columns = read_rule(other.text).names
            facts = {"what": what, "value": shown(other.value), "line": line, "first": shown(first.value)}
            self.tell("import.rows_disagree", other.place, columns, map_file=self.source.file, **facts)
        return first

    def holds(self, text: str | None, place: int, what: Phrase) -> bool:
        """Whether a condition holds of a row; neither yes nor no is a Finding, which says how to decide it."""
        if text is None:
            return True
        truth = self.value(text, place)
        if truth is None and self._first_time(place, text):
            names = read_rule(text).names
            facts = {"said": self._said(place, names), "what": what, "rule": text}
            self.tell("import.neither", place, names, map_file=self.source.file, **facts)
        return bool(truth)

    def tell(self, key: str, place: int, columns: Iterable[str], /, **facts: Any) -> None:
        """A Finding about a row, which then cannot be taken in."""
        self.faults += 1
        self.findings.append(finding(key, self.cells.where(place, *columns), **facts))

    def _first_time(self, place: int, text: str) -> bool:
        new = (place, text) not in self._told
        self._told.add((place, text))
        return new

    def _all_given(self, text: str, place: int) -> bool:
        names = read_rule(text).names
        return bool(names) and all(self.cells.exact[name][place] is not None for name in names)

    def _said(self, place: int, names: tuple[str, ...]) -> Any:
        cells = self.cells
        return [phrase("cell", column=n, value=shown(cells.original(place, n))) for n in names] or phrase("row")

    def _tell_nothing(self, text: str, place: int, what: Phrase | str) -> None:
        if not self._first_time(place, text):
            self.faults += 1
            return
        cells, map_file, names = self.cells, self.source.file, read_rule(text).names
        given = [name for name in names if cells.exact[name][place] is not None]
        said = self._said(place, names)
        if not given:
            if len(names) == 1 and text == self.source.mapping.acts.participant:
                clause = leave_out_clause(names[0])
                self.tell("import.no_value/leave_out", place, names, said=said, map_file=map_file, clause=clause)
            else:
                self.tell("import.no_value", place, names, said=said, what=what)
            return
        facts = {"said": said, "what": what, "rule": _short(text), "map_file": map_file}
        if len(names) > 1:
            self.tell("import.no_value/expression", place, names, **facts)
            return
        # One value that stands alone can be named in a clause; two that belong together are the expression's matter.
        value, kind = cells.exact[names[0]][place], self.source.mapping.type_of(names[0])
        clause = accept_clause(names[0], kind, value)
        self.tell("import.no_value/accept", place, names, clause=clause, **facts)


def _short(text: str) -> str:
    return text if len(text) <= _RULE_LONGEST else f"{text[: _RULE_LONGEST - 3]}..."
