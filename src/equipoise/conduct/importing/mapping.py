"""The clauses of a mapping: how the columns of a foreign file become acts, and which of its blemishes are accepted.

A mapping is closed to unknown keys like a protocol. Its expressions are those of the rules room, over the file's
columns. Refuses to know any file and any trial: whether the names resolve is checked in `mapping_checks`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from equipoise.conduct.importing.words import phrase
from equipoise.wording import Clause, Identifier, Inconsistent, Rule, Text

__all__ = ["Accept", "Acts", "DateFormat", "MappedRecord", "Mapping", "Randomized", "Reads", "Scalar"]

Encoding = Literal["utf-8", "utf-16", "gbk", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1252", "latin-1"]
ColumnType = Literal["integer", "decimal", "text", "boolean", "date", "datetime"]
ColumnName = str
Scalar = bool | int | float | str | None


class Reads(Clause):
    """How the file is written. `missing`: the texts that stand for no value, compared exactly."""

    encoding: Encoding = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    missing: tuple[str, ...] = ("",)


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


class DateFormat(Clause):
    """How the dates of a column are written: iso, dddyy, or a pattern such as %d/%m/%Y.

    Two-digit years need a century.
    """

    format: str = Field(min_length=1, max_length=40)
    century: int | None = None


class Randomized(Clause):
    """The allocation that was made: on which day, to which arm; `when` names the rows that have one (default: all)."""

    date: Rule
    arm: Rule
    when: Rule | None = None


class MappedRecord(Clause):
    """One form at one visit, filled in by one expression for each item."""

    form: Identifier
    visit: Identifier
    occurrence: Rule | None = None
    observed: Rule | None = None
    when: Rule | None = None
    values: dict[Identifier, Rule] = Field(min_length=1)


class Acts(Clause):
    """What becomes of one row. An act whose date is missing in a row is not done for it."""

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


class Mapping(Clause):
    """The whole mapping. `ignore` names columns of the file that nothing is taken from."""

    reads: Reads = Reads()
    columns: dict[ColumnName, ColumnType] = Field(min_length=1)
    ignore: tuple[ColumnName, ...] = ()
    accept: tuple[Accept, ...] = ()
    dates: dict[ColumnName, DateFormat] = Field(default_factory=dict)
    acts: Acts

    def type_of(self, column: str) -> str:
        """The type of a column as expressions see it: a column with a date format is a date."""
        return "date" if column in self.dates else self.columns[column]
