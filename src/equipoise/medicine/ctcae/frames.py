"""Grades of laboratory results by the million: the same limits as `grading.py`, passed a column at a time.

Reads a table with one result a row; results of one term in one unit are judged together. Twin of `grade_result`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.medicine.ctcae.criteria import (
    Limit,
    Version,
    conversion_of,
    intervals_of,
    limits_in,
    measured,
)
from equipoise.medicine.ctcae.terms import term_of
from equipoise.medicine.ctcae.words import NOTES
from equipoise.medicine.nearness import EQUAL
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Bools = np.ndarray[Any, np.dtype[np.bool_]]
    Whole = np.ndarray[Any, np.dtype[np.integer[Any]]]

__all__ = ["grade_results", "notes_in"]

_NUMBERS = ("value", "lln", "uln", "baseline", "baseline_lln", "baseline_uln")
_BIT = {note: 1 << place for place, note in enumerate(NOTES)}
_STATES = {"low": -1, "normal": 0, "high": 1}
_UNKNOWN = 2


def notes_in(mask: int) -> tuple[str, ...]:
    """The codes that a number in the column `notes` stands for, in their order."""
    return tuple(note for note, bit in _BIT.items() if mask & bit)


@literals_checked
def grade_results(frame: pl.DataFrame, version: Version, *, assume_symptoms: bool = True) -> pl.DataFrame:
    """Columns `grade` (Int8, null where it cannot be known) and `notes` (UInt32, see `notes_in`) beside each row's
    result.

    Needs `term` and `value`. Uses, where they are there: `unit`, `lln`, `uln`, `baseline`, `baseline_lln`,
    `baseline_uln` (numbers), `baseline_state` (low, normal, high), `symptoms` and `anticoagulation` (true, false),
    `analyte`.
    """
    import numpy as np
    import polars as pl

    rows = frame.height
    numbers = {name: _numbers(frame, name) for name in _NUMBERS}
    state = _coded(frame, "baseline_state", _STATES)
    symptoms = _truths(frame, "symptoms")
    anticoagulation = _truths(frame, "anticoagulation")
    grades, notes = np.full(rows, -1, dtype=np.int8), np.zeros(rows, dtype=np.uint32)
    for key, at in _alike(frame):
        term, unit, analyte = key
        part = _Part(
            **{name: None if column is None else column[at] for name, column in numbers.items()},
            state=None if state is None else state[at],
            symptoms=None if symptoms is None else symptoms[at],
            anticoagulation=None if anticoagulation is None else anticoagulation[at],
            rows=len(at),
        )
        grades[at], notes[at] = part.judge(term, unit, analyte, version, assume_symptoms=assume_symptoms)
    return frame.with_columns(
        pl.Series("grade", grades).replace(-1, None).alias("grade"), pl.Series("notes", notes).alias("notes")
    )


def _numbers(frame: pl.DataFrame, name: str) -> Floats | None:
    import polars as pl

    if name not in frame.columns:
        return None
    return frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _coded(frame: pl.DataFrame, name: str, codes: dict[str, int]) -> Whole | None:
    import polars as pl

    if name not in frame.columns:
        return None
    coded = frame[name].cast(pl.String).replace_strict(codes, default=_UNKNOWN, return_dtype=pl.Int8)
    return coded.fill_null(_UNKNOWN).to_numpy()


def _truths(frame: pl.DataFrame, name: str) -> Whole | None:
    import polars as pl

    if name not in frame.columns:
        return None
    return frame[name].cast(pl.Boolean).cast(pl.Int8).fill_null(_UNKNOWN).to_numpy()


def _alike(frame: pl.DataFrame) -> list[tuple[tuple[str, str | None, str | None], Whole]]:
    """The places of the rows that have term, unit and analyte in common."""
    import numpy as np
    import polars as pl

    if frame.is_empty():
        return []
    keys = ["term", *(name for name in ("unit", "analyte") if name in frame.columns)]
    codes = np.zeros(frame.height, dtype=np.int64)
    values: list[list[str | None]] = []
    for name in keys:
        column = frame[name].cast(pl.String)
        distinct = column.unique().sort().to_list()
        place = column.replace_strict(distinct, list(range(len(distinct))), return_dtype=pl.Int64)
        codes = codes * len(distinct) + place.to_numpy()
        values.append(distinct)
    order = np.argsort(codes.astype(np.int32), kind="stable")
    found, starts = np.unique(codes[order], return_index=True)
    parts: list[tuple[tuple[str, str | None, str | None], Whole]] = []
    for code, at in zip(found.tolist(), np.split(order, starts[1:]), strict=True):
        key, rest = [], code
        for distinct in reversed(values):
            rest, place = divmod(rest, len(distinct))
            key.append(distinct[place])
        named = dict(zip(reversed(keys), key, strict=True))
        parts.append(((str(named["term"]), named.get("unit"), named.get("analyte")), at))
    return parts


class _Part:
    """Results of one term in one unit, as columns; a column that the table lacks is None."""

    def __init__(
        self,
        value: Floats | None,
        lln: Floats | None,
        uln: Floats | None,
        baseline: Floats | None,
        baseline_lln: Floats | None,
        baseline_uln: Floats | None,
        state: Whole | None,
        symptoms: Whole | None,
        anticoagulation: Whole | None,
        rows: int,
    ) -> None:
        import numpy as np

        nothing = np.full(rows, np.nan)
        self.value, self.lln, self.uln, self.baseline, self.baseline_lln, self.baseline_uln = (
            nothing if column is None else column for column in (value, lln, uln, baseline, baseline_lln, baseline_uln)
        )
        unknown = np.full(rows, _UNKNOWN, dtype=np.int8)
        self.state = unknown if state is None else state
        self.symptoms = unknown if symptoms is None else symptoms
        self.anticoagulation = unknown if anticoagulation is None else anticoagulation
        self.rows = rows
        self.notes = np.zeros(rows, dtype=np.uint32)

    def judge(
        self, name: str, unit: str | None, analyte: str | None, version: Version, *, assume_symptoms: bool
    ) -> tuple[Whole, Whole]:
        """Grades (-1 where not known) and notes."""
        import numpy as np

        term = term_of(name)
        none = np.full(self.rows, -1, dtype=np.int8)
        if term is None or not measured(term.id, version):
            return none, np.full(self.rows, _BIT["not_in_version"], dtype=np.uint32)
        lost = np.isnan(self.value)
        wrong = np.isinf(self.value) | (self.value < 0)
        unusable = np.where(lost, _BIT["value_missing"], np.where(wrong, _BIT["value_invalid"], 0)).astype(np.uint32)
        into = conversion_of(term.id, version, unit, analyte or term.analytes[0])
        if isinstance(into, str):
            return none, np.where(unusable > 0, unusable, _BIT[into]).astype(np.uint32)
        table_unit, factor, offset = into
        self._prepare(factor, offset)
        limits = limits_in(term.id, version, table_unit)
        grade = self._grade(limits, assume_symptoms=assume_symptoms)
        for interval in intervals_of(term.id, version, table_unit):
            inside = _beyond(self.value, "<", interval.below)
            if np.isfinite(interval.above):
                inside &= _beyond(self.value, ">", interval.above)
            self._note(inside, interval.kind)
            if interval.kind == "ungraded":
                grade[inside] = -1
        dropped = unusable > 0
        return np.where(dropped, none, grade), np.where(dropped, unusable, self.notes).astype(np.uint32)

    def _note(self, where: Bools, note: str) -> None:
        import numpy as np

        self.notes |= np.where(where, _BIT[note], 0).astype(np.uint32)

    def _prepare(self, factor: float, offset: float) -> None:
        """Into the table's unit; limits and baselines that make no sense count as missing, and are noted."""
        import numpy as np

        for name in _NUMBERS:
            column = getattr(self, name)
            if name != "value":
                column = np.where(np.isinf(column), np.nan, column)
            setattr(self, name, column * factor + offset)
        for low, high in (("lln", "uln"), ("baseline_lln", "baseline_uln")):
            lower, upper = getattr(self, low), getattr(self, high)
            bad = (lower > upper) | (lower < 0) | (upper <= 0)
            self._note(bad, "limits_invalid")
            setattr(self, low, np.where(bad, np.nan, lower))
            setattr(self, high, np.where(bad, np.nan, upper))
        bad = self.baseline <= 0
        self._note(bad, "baseline_invalid")
        self.baseline = np.where(bad, np.nan, self.baseline)

    def _grade(self, limits: tuple[Limit, ...], *, assume_symptoms: bool) -> Whole:
        """By all limits, then (where it was not recorded whether there were symptoms) with
        and without those of symptoms.
        """
        import numpy as np

        whens = {one.when for one in limits}
        high, high_unknown = self._abnormal(1, self.baseline_uln, self.uln, ">")
        low, low_unknown = self._abnormal(-1, self.baseline_lln, self.lln, "<")
        applies = {
            "": None,
            "baseline_high": high,
            "baseline_not_high": ~high,
            "baseline_low": low,
            "baseline_not_low": ~low,
            "symptoms": (self.symptoms == 1) | ((self.symptoms == _UNKNOWN) & assume_symptoms),
            "anticoagulation": self.anticoagulation == 1,
        }
        grade, notes = self._highest(limits, applies)
        self.notes |= notes
        if "symptoms" in whens:
            unknown = self.symptoms == _UNKNOWN
            worse = self._highest(limits, applies | {"symptoms": None})[0]
            milder = self._highest(tuple(one for one in limits if one.when != "symptoms"), applies)[0]
            self._note(unknown & (worse != milder), "symptoms_assumed")
        if "baseline_high" in whens:
            self._note(high_unknown & (grade > 0), "baseline_missing")
        if "baseline_low" in whens:
            self._note(low_unknown, "baseline_missing")
        return np.asarray(grade)

    def _abnormal(self, state: int, own: Floats, current: Floats, bound: str) -> tuple[Bools, Bools]:
        """Where the baseline is beyond its limit of normal (the current one where it has none), and where
        that is not known.
        """
        import numpy as np

        limit = np.where(np.isnan(own), current, own)
        told = self.state != _UNKNOWN
        beyond = _beyond(self.baseline, bound, limit)
        return np.where(told, self.state == state, beyond), ~told & (np.isnan(self.baseline) | np.isnan(limit))

    def _highest(self, limits: tuple[Limit, ...], applies: dict[str, Bools | None]) -> tuple[Whole, Whole]:
        import numpy as np

        references = {"absolute": None, "lln": self.lln, "uln": self.uln, "baseline": self.baseline}
        passed_grade = np.zeros(self.rows, dtype=np.int8)
        unknown: list[tuple[Limit, Bools, dict[str, Bools]]] = []
        for one in limits:
            reference = references[one.of]
            limit = one.limit + one.plus if reference is None else one.limit * reference + one.plus
            passed = _beyond(self.value, one.bound, limit)
            open_: Bools | None = None
            missing: dict[str, Bools] = {}
            if reference is not None:
                open_ = np.isnan(reference)
                missing[one.of] = open_
            if one.also:
                name, bound = ("uln", ">") if one.also == "above_uln" else ("lln", "<")
                other = references[name]
                assert other is not None
                beyond, lost = _beyond(self.value, bound, other), np.isnan(other)
                first = np.zeros(self.rows, dtype=bool) if open_ is None else open_
                open_ = (first & (beyond | lost)) | (lost & passed)
                missing = {
                    one.of: first & open_,
                    name: missing.get(name, np.zeros(self.rows, dtype=bool)) | (lost & open_),
                }
                passed &= beyond
            where = applies[one.when]
            if where is not None:
                passed = passed & where
                open_ = None if open_ is None else open_ & where
            passed_grade[passed & (passed_grade < one.grade)] = one.grade
            if open_ is not None and open_.any():
                unknown.append((one, open_, missing))
        notes = np.zeros(self.rows, dtype=np.uint32)
        not_known = np.zeros(self.rows, dtype=bool)
        for one, open_, missing in unknown:
            matters = open_ & (passed_grade < one.grade)
            for name, lost in missing.items():
                notes |= np.where(matters & lost, _BIT[f"{name}_missing"], 0).astype(np.uint32)
            if one.skip:
                matters &= ~(missing["baseline"] & ~_others(missing))
            not_known |= matters
        notes |= np.where(not_known & (passed_grade > 0), _BIT["at_least"], 0).astype(np.uint32)
        return np.where(not_known & (passed_grade == 0), -1, passed_grade).astype(np.int8), notes


def _others(missing: dict[str, Bools]) -> Bools:
    import numpy as np

    rest = [lost for name, lost in missing.items() if name != "baseline"]
    return np.logical_or.reduce(rest) if rest else np.zeros(len(missing["baseline"]), dtype=bool)


def _beyond(x: Floats, bound: str, limit: Floats | float) -> Bools:
    """Whether the value is beyond the limit; False where either is not a number."""
    import numpy as np

    slack = EQUAL * np.abs(limit)
    if bound == ">":
        return np.asarray(x - limit > slack)
    if bound == "<":
        return np.asarray(limit - x > slack)
    return np.asarray(x - limit >= -slack if bound == ">=" else limit - x >= -slack)
