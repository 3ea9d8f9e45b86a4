"""The clauses of a mapping: how the columns of a foreign file become acts, and which of its blemishes are accepted.

A mapping is closed to unknown keys like a protocol. Its expressions are those of the rules room, over the file's
columns. Refuses to know any file and any trial: whether the names resolve is checked in `mapping_checks`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from equipoise.conduct.importing.words import phrase
from equipoise.wording import Clause, Identifier, Inconsistent, Rule, Text

__all__ = [
    "Accept",
    "Acts",
    "Confirm",
    "DateFormat",
    "Different",
    "LeaveOut",
    "MappedRecord",
    "MappedRow",
    "Mapping",
    "Randomized",
    "Reads",
    "Scalar",
]

Encoding = Literal["utf-8", "utf-16", "gbk", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1252", "latin-1"]
ColumnType = Literal["integer", "decimal", "text", "boolean", "date", "datetime", "partial_date", "qualified_number"]
ColumnName = str
Scalar = bool | int | float | str | None


class Reads(Clause):
    """How the file is written. `missing`: the texts that stand for no value, compared exactly.

    `decimal` is the sign before the decimals; `either` where both stand in one file. `yes` and `no` are further words
    of columns of yes and no. `sheet` names the sheet of a workbook, `header` the line of the columns' names: what
    stands above it is no row.
    """

    encoding: Encoding = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    missing: tuple[str, ...] = ("",)
    decimal: Literal[".", ",", "either"] = "."
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    sheet: str | None = None
    header: int = Field(default=1, ge=1, le=1000)


class Accept(Clause):
    """A known blemish, and what it is taken as: `when` a rule holds of the row, or a cell is `written` exactly so.

    `becomes: null` takes it as missing. Without `becomes` the value stays as it is, and soft checks about it are
    confirmed.
    """

    id: Identifier
    column: ColumnName
    when: Rule | None = None
    written: str | None = None
    becomes: Scalar = None
    reason: Text

    @model_validator(mode="after")
    def _one_condition(self) -> Accept:
        if (self.when is None) == (self.written is None):
            raise Inconsistent(phrase("accept.one_condition"))
        if self.written is not None and not self.replaces:
            raise Inconsistent(phrase("accept.written"))
        return self

    @property
    def replaces(self) -> bool:
        """Whether another value takes the place of what is written."""
        return "becomes" in self.model_fields_set


class LeaveOut(Clause):
    """Rows from which nothing is taken: totals, tests of the system, people of another study."""

    id: Identifier
    when: Rule
    reason: Text


class Confirm(Clause):
    """A soft question of the forms, by its id, confirmed with a reason; `when` says in which rows (default: all).

    Questions about a single value can be confirmed by `accept` as well; those of a form's checks and of medical rules
    are about no column.
    """

    id: Identifier
    check: str = Field(min_length=1, max_length=200)
    when: Rule | None = None
    reason: Text


class Different(Clause):
    """Numbers that look alike and belong to different people."""

    id: Identifier
    participants: tuple[str, ...] = Field(min_length=2)
    reason: Text


class DateFormat(Clause):
    """How the dates of a column are written: iso, dddyy, excel, excel1904, or a pattern such as %d/%m/%Y.

    `formats` lists several. Two-digit years need a century.
    """

    format: str | None = Field(default=None, min_length=1, max_length=40)
    formats: tuple[str, ...] = ()
    century: int | None = None

    @model_validator(mode="after")
    def _says_one(self) -> DateFormat:
        if (self.format is None) == (not self.formats):
            raise Inconsistent(phrase("dates.format_or_formats"))
        return self

    @property
    def all_formats(self) -> tuple[str, ...]:
        """Every format that a cell may have."""
        return self.formats or (self.format or "",)


class Randomized(Clause):
    """The allocation that was made: on which day, to which arm; `when` names the rows that have one (default: all)."""

    date: Rule
    arm: Rule
    when: Rule | None = None


class MappedRow(Clause):
    """One row of a repeating group, from each row of the file of which `when` holds.

    Without `when`: from each that fills at least one of its items.
    """

    when: Rule | None = None
    values: dict[Identifier, Rule] = Field(min_length=1)


class MappedRecord(Clause):
    """One form at one visit, filled in by one expression for each item.

    `visit` is the id of a visit, or an expression that gives one. `numbered`: the occurrences are counted as the rows
    of the participant come. What several rows of a participant say about one record fills it together.
    """

    form: Identifier
    visit: Rule
    occurrence: Rule | None = None
    numbered: bool = False
    observed: Rule | None = None
    when: Rule | None = None
    values: dict[Identifier, Rule] = Field(default_factory=dict)
    groups: dict[Identifier, tuple[MappedRow, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fills_in_something(self) -> MappedRecord:
        if not self.values and not self.groups:
            raise Inconsistent(phrase("record.empty"))
        if self.numbered and self.occurrence is not None:
            raise Inconsistent(phrase("record.numbered"))
        return self


class Acts(Clause):
    """What becomes of the rows. An act whose date is missing is not done.

    `rows`: whether each participant has `one` row, or `several` that belong together.
    """

    rows: Literal["one", "several"] = "one"
    participant: Rule
    site: Rule | None = None
    screened: Rule | None = None
    consented: Rule | None = None
    enrolled: Rule | None = None
    randomized: Randomized | None = None
    records: tuple[MappedRecord, ...] = ()

    @model_validator(mode="after")
    def _screening_at_a_site(self) -> Acts:
        if (self.site is None) != (self.screened is None):
            raise Inconsistent(phrase("acts.site_and_screened"))
        return self

    def expressions(self) -> list[str]:
        """Every expression of the acts."""
        texts = [self.participant, self.site, self.screened, self.consented, self.enrolled]
        if self.randomized is not None:
            texts += [self.randomized.date, self.randomized.arm, self.randomized.when]
        for record in self.records:
            texts += [record.visit, record.occurrence, record.observed, record.when, *record.values.values()]
            for row in (row for rows in record.groups.values() for row in rows):
                texts += [row.when, *row.values.values()]
        return [text for text in texts if text]


class Mapping(Clause):
    """The whole mapping. `ignore` names columns of the file that nothing is taken from."""

    reads: Reads = Reads()
    columns: dict[ColumnName, ColumnType] = Field(min_length=1)
    ignore: tuple[ColumnName, ...] = ()
    leave_out: tuple[LeaveOut, ...] = ()
    accept: tuple[Accept, ...] = ()
    confirm: tuple[Confirm, ...] = ()
    different: tuple[Different, ...] = ()
    dates: dict[ColumnName, DateFormat] = Field(default_factory=dict)
    acts: Acts

    def type_of(self, column: str) -> str:
        """The type of a column as expressions see it.

        A column with a date format is a date; dates of which a part is not known, and numbers with a qualifier, are
        text that has been looked at.
        """
        kind = self.columns[column]
        if kind in ("partial_date", "qualified_number"):
            return "text"
        return "date" if column in self.dates and kind != "datetime" else kind
