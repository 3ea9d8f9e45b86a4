"""The description of a form: items, repeating groups, ranges, conditions and checks (CDASH terms where they exist).

A hard range or check refuses a value; a soft one asks for confirmation and is itself recorded when overridden.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from equipoise.variables import ValueType
from equipoise.wording import Clause, Identifier, Rule, Text

__all__ = ["Check", "Code", "Codelist", "Form", "Group", "Item", "Range"]


class Code(Clause):
    """One allowed value of a codelist. `code` is what is stored; YAML must quote it when it looks like a number."""

    code: str = Field(min_length=1)
    label: Text


class Codelist(Clause):
    """A closed list of values; `source` names the terminology it is taken from, with its version."""

    id: Identifier
    label: Text | None = None
    source: str | None = None
    codes: tuple[Code, ...] = Field(min_length=1)


class Range(Clause):
    """Inclusive limits: numbers for integer and decimal items, ISO dates (quoted or bare) for dates.

    `unit` may repeat the item's unit; another unit of the same quantity is a Finding, not a conversion.
    """

    min: float | str | None = None
    max: float | str | None = None
    unit: str | None = None
    assumption: bool = False
    source: str | None = None


class Item(Clause):
    """One question. Required unless `required: false` or `required_when` is not true."""

    id: Identifier
    label: Text
    type: ValueType
    unit: str | None = None
    codelist: Identifier | None = None
    decimals: int | None = Field(default=None, ge=0, le=10)
    hard: Range | None = None
    soft: Range | None = None
    required: bool = True
    required_when: Rule | None = None
    shown_when: Rule | None = None
    computed: Rule | None = None
    identifying: bool = False
    help: Text | None = None
    cdash: str | None = None

    @model_validator(mode="after")
    def _type_and_codelist(self) -> Item:
        if (self.type == "code") != (self.codelist is not None):
            raise ValueError("an item of type code names its codelist, and no other type does")
        return self


class Check(Clause):
    """A rule that must hold over the form (and what was recorded before it); `message` says what was found and what resolves it."""

    id: Identifier
    rule: Rule
    severity: str = Field(default="soft", pattern="^(hard|soft)$")
    message: Text
    items: tuple[Identifier, ...] = ()


class Group(Clause):
    """A repeating group of items: several rows within one form record."""

    id: Identifier
    label: Text
    items: tuple[Item, ...] = Field(min_length=1)
    min_rows: int = Field(default=0, ge=0)
    max_rows: int | None = Field(default=None, ge=1)


class Form(Clause):
    """One page of questions. `date_item` names the item that says when the observation was made."""

    id: Identifier
    title: Text
    domain: str | None = None
    date_item: Identifier | None = None
    items: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()
    checks: tuple[Check, ...] = ()
    instructions: Text | None = None
    assumption: bool = False
    source: str | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Form:
        if not self.items and not self.groups:
            raise ValueError("a form asks at least one question")
        return self

    def all_items(self) -> Iterator[tuple[str | None, Item]]:
        """Every item with the id of its repeating group (None when it is a single item)."""
        for item in self.items:
            yield None, item
        for group in self.groups:
            for item in group.items:
                yield group.id, item
