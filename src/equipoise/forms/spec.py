"""The description of a form: items, repeating groups, ranges, conditions and checks (CDASH terms where they exist).

A hard range or check refuses a value; a soft one asks for confirmation and is itself recorded when overridden. A check
that opens a query keeps the value and asks the site, until it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from equipoise.forms.qualified_numbers import SIGNS
from equipoise.variables import ValueType
from equipoise.wording import Clause, Count, Identifier, Number, Rule, Text, WholeNumber, inconsistent

__all__ = [
    "DATES_OF_BIRTH",
    "DATES_OF_DEATH",
    "Check",
    "Code",
    "Codelist",
    "Derivation",
    "Form",
    "Group",
    "Impute",
    "Item",
    "ItemType",
    "Range",
    "Rows",
    "StoredAdvice",
]

ItemType = Literal[ValueType, "partial_date", "qualified_number"]
QUALIFIER = r"^(<=|>=|[<>~]|[A-Za-z][A-Za-z0-9_]{0,15})$"
Within = Literal["first", "middle", "last"]
Counts = Literal["nothing", "limit", "half"] | Number
DATES_OF_BIRTH = ("BRTHDAT", "BRTHDTC")
"""The CDASH names of a date of birth."""
DATES_OF_DEATH = ("DTHDAT", "DTHDTC")
"""The CDASH names of a date of death."""


class Code(Clause):
    """One allowed value of a codelist. `code` is what is stored; YAML must quote it when it looks like a number.

    `cdisc` is the submission value that means the same, where CDISC's list of the codelist has one.
    """

    code: str = Field(min_length=1)
    label: Text
    cdisc: str | None = Field(default=None, min_length=1)


class Codelist(Clause):
    """A closed list of values; `source` names the terminology it is taken from, with its version.

    `cdisc` is the NCI code of the CDISC codelist to which the codes' own `cdisc` values belong, for example C66731.
    """

    id: Identifier
    label: Text | None = None
    source: str | None = None
    cdisc: str | None = Field(default=None, pattern="^C[0-9]+$")
    codes: tuple[Code, ...] = Field(min_length=1)


class Range(Clause):
    """Inclusive limits: numbers for integer and decimal items, ISO dates (quoted or bare) for dates.

    `unit` may repeat the item's unit; another unit of the same quantity is a Finding, not a conversion.
    """

    min: Number | str | None = None
    max: Number | str | None = None
    unit: str | None = None
    assumption: bool = False
    source: str | None = None


class Impute(Clause):
    """Which day stands in for a date of which a part is not known, when a rule computes with it.

    `day` where the day of a known month is missing: its first, its 15th or its last; `month` where the month is: the
    first, the middle (30 June) or the last day of the year that agrees with what is known. What is not said is not
    imputed. An imputed day is moved to the bounds where what is known allows it.
    """

    day: Within | None = None
    month: Within | None = None
    not_before: tuple[Identifier, ...] = ()
    not_after: tuple[Identifier, ...] = ()


class Item(Clause):
    """One question. Required unless `required: false` or `required_when` is not true."""

    id: Identifier
    label: Text
    type: ItemType
    unit: str | None = None
    codelist: Identifier | None = None
    decimals: int | None = Field(default=None, ge=0, le=10)
    qualifiers: dict[Annotated[str, Field(pattern=QUALIFIER)], Counts] = Field(default_factory=dict)
    at_least: Literal["nothing", "year", "month", "day"] = "year"
    impute: Impute | None = None
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
            raise inconsistent("item.codelist")
        if (self.type == "qualified_number") != bool(self.qualifiers):
            raise inconsistent("item.qualifiers")
        if self.type != "partial_date" and (self.impute is not None or self.at_least != "year"):
            raise inconsistent("item.impute")
        for qualifier, counts in self.qualifiers.items():
            if qualifier not in SIGNS and counts in ("limit", "half"):
                raise inconsistent("item.qualifiers.word", qualifier=qualifier)
        return self


class Check(Clause):
    """A rule that must hold over the form (and what was recorded before it); `message` says what was found
    and what resolves it.
    """

    id: Identifier
    rule: Rule
    severity: str = Field(default="soft", pattern="^(hard|soft|query)$")
    message: Text
    items: tuple[Identifier, ...] = ()


class Group(Clause):
    """A repeating group of items: several rows within one form record."""

    id: Identifier
    label: Text
    items: tuple[Item, ...] = Field(min_length=1)
    min_rows: int = Field(default=0, ge=0, le=10_000)
    max_rows: Count | None = None


class Rows(Clause):
    """The rows of a repeating group as a medical rule reads them: its own names to items of the group."""

    group: Identifier
    fields: dict[Identifier, Identifier] = Field(min_length=1)


class Derivation(Clause):
    """Items of the form that follow from others by a published medical rule, which is named with its version.

    `inputs` gives the rule's names items of this form, items of other forms (as known on the day of the record) or
    built-in dates; `gives` names the items that it fills in. With `group` it is made for each row. What it gives is
    never entered.
    """

    id: Identifier
    method: Identifier
    version: str | None = None
    inputs: dict[Identifier, Identifier] = Field(default_factory=dict)
    rows: dict[Identifier, Rows] = Field(default_factory=dict)
    group: Identifier | None = None
    options: dict[Identifier, bool | WholeNumber | Number | str | tuple[str, ...]] = Field(default_factory=dict)
    gives: dict[Identifier, Identifier] = Field(min_length=1)
    note: Text | None = None
    assumption: bool = False
    source: str | None = None

    def rests_on(self) -> tuple[str, ...]:
        """The items and built-ins that go in."""
        return (*self.inputs.values(), *(name for rows in self.rows.values() for name in rows.fields.values()))


class StoredAdvice(Clause):
    """What the dose rules advise about a treatment, kept on the form as it was advised when the form was recorded.

    `gives` names items of the form: recommendation, percent (of the planned dose), dose, days (of delay), reasons and
    not_known (both the ids of rules). Nobody enters them, and nothing changes them later.
    """

    treatment: Identifier
    gives: dict[Literal["recommendation", "percent", "dose", "days", "reasons", "not_known"], Identifier] = Field(
        min_length=1
    )


class Form(Clause):
    """One page of questions. `date_item` names the item that says when the observation was made.

    `consent_part`: the part of the consent without which it is not recorded.
    """

    id: Identifier
    title: Text
    domain: str | None = None
    date_item: Identifier | None = None
    consent_part: Identifier | None = None
    items: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    advice: tuple[StoredAdvice, ...] = ()
    checks: tuple[Check, ...] = ()
    instructions: Text | None = None
    assumption: bool = False
    source: str | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Form:
        if not self.items and not self.groups:
            raise inconsistent("form.empty")
        return self

    def all_items(self) -> Iterator[tuple[str | None, Item]]:
        """Every item with the id of its repeating group (None when it is a single item)."""
        for item in self.items:
            yield None, item
        for group in self.groups:
            for item in group.items:
                yield group.id, item

    def derived_items(self) -> frozenset[str]:
        """The items that medical rules fill in."""
        return frozenset(name for derivation in self.derivations for name in derivation.gives.values())

    def advised_items(self) -> frozenset[str]:
        """The items that keep what was advised."""
        return frozenset(name for advice in self.advice for name in advice.gives.values())
