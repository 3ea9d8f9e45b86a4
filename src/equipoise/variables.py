"""Variables: values derived from what was recorded, either picked from the records or computed by a rule.

A pick turns the many rows of a repeated item into one value per participant; a rule is a SQL expression over
items and other variables. Variables never replace what a person recorded: both stand side by side.
"""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from equipoise.rules.reading import names_of
from equipoise.wording import Clause, Identifier, Rule, Text, inconsistent

__all__ = ["Pick", "ValueType", "Variable"]

ValueType = Literal["integer", "decimal", "text", "date", "datetime", "boolean", "code"]


class Pick(Clause):
    """One value per participant out of an item's rows.

    `item` names the item; `visits` narrows to visits; `where` is a rule over the items of the same row (the items of
    the same repeating-group row and the single items of its form record); rows are ordered by visit order, then
    occurrence, then row. `any` is true when any row satisfies `where` (or, without `where`, has a value); `count`
    counts those rows; both are over recorded rows and are 0 / false when nothing was recorded.
    """

    item: Identifier
    which: Literal["first", "last", "min", "max", "sum", "mean", "count", "any"] = "last"
    visits: tuple[Identifier, ...] = ()
    where: Rule | None = None


class Variable(Clause):
    """A derived value with a name, a type and, when it is a quantity, a unit."""

    id: Identifier
    label: Text
    type: ValueType
    unit: str | None = None
    codelist: Identifier | None = None
    pick: Pick | None = None
    rule: Rule | None = None
    note: Text | None = None
    assumption: bool = False
    source: str | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Variable:
        if (self.pick is None) == (self.rule is None):
            raise inconsistent("variable.one_origin")
        if self.type == "code" and not self.codelist:
            raise inconsistent("variable.codelist")
        return self

    def rests_on(self) -> tuple[str, ...]:
        """The names that it is made of."""
        if self.pick is None:
            return names_of(self.rule or "")
        return (self.pick.item, *(names_of(self.pick.where) if self.pick.where else ()))
