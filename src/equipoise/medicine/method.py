"""The shape of a medical rule that a form may ask for: what goes in, what comes out, by which version, from which
source.

A method is a pure function of one record (a `Observation`) and of the earlier records of the same form. It computes
what can be computed and says with Remarks what it stumbled over; it never replaces what a person judged. Knows no form:
whoever asks binds the method's own names to items and converts units first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from equipoise.wording.literals import literals_checked
from equipoise.words import Said, Words

__all__ = ["Derived", "Method", "Observation", "Option", "Port", "Remark", "both"]

PortType = Literal["integer", "decimal", "text", "date", "boolean", "code"]


def both(en: str, zh: str) -> Mapping[str, str]:
    """One text in both languages."""
    return {"en": en, "zh": zh}


@literals_checked
@dataclass(frozen=True, slots=True)
class Port:
    """One value that goes in or comes out. `unit` is the unit that the method computes in (UCUM); `codes` closes a
    code.

    `analyte` names what is measured where a conversion of units needs to know it (units.convert). With `any_unit` an
    input is taken in the unit of its item, which `Observation.units` names: for rules that are stated in several units.
    `empty_when`: with these values of another input, no value of this one is an answer too. `asks`: an output that is
    false comes with this remark, which asks for a confirmation unless the option of `asks_unless` has that value.
    """

    type: PortType
    meaning: str
    unit: str | None = None
    codes: tuple[str, ...] = ()
    required: bool = True
    analyte: str | None = None
    any_unit: bool = False
    empty_when: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    asks: str | None = None
    asks_unless: tuple[str, Any] | None = None


@literals_checked
@dataclass(frozen=True, slots=True)
class Option:
    """One fixed choice of the protocol: a number, a text (one of `codes` when there are any), true or false, or a list
    of them.

    `above`, `up_to`: a number is greater than the one and not greater than the other. `pattern`: what each text looks
    like, as a regular expression for all of it.
    """

    type: Literal["integer", "decimal", "text", "boolean", "visits", "texts"]
    meaning: str
    codes: tuple[str, ...] = ()
    default: Any = None
    required: bool = False
    above: float | None = None
    up_to: float | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One record as the method sees it: when and where it was made, single values and rows under the method's own
    names.

    A value that is missing or unreadable is None. `rows` keeps the order of the form. `units` names the unit of each
    value that is taken in any.
    """

    day: date | None
    visit: str
    occurrence: int
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@literals_checked
@dataclass(frozen=True, slots=True)
class Remark:
    """Something that does not fit: what was found, why that matters, what would mend it, as words and facts.

    `names` are the inputs it is about; `row` counts from 1 within the rows named `rows`. A hard remark refuses the
    record, a soft one asks for confirmation.
    """

    code: str
    words: Words
    facts: Mapping[str, Any] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    rows: str | None = None
    row: int | None = None
    severity: Literal["soft", "hard"] = "soft"

    def say(self, language: str = "en") -> Said:
        """What, why and mend in `language`."""
        return self.words.say(self.facts, language)


@dataclass(frozen=True, slots=True)
class Derived:
    """What came out: values by output name (None when it cannot be known), and remarks."""

    values: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """A medical rule by name. `derive(now, before, options)`: the record, the earlier ones in their order, the
    protocol's options.

    `before` is empty unless `looks_back`: then it holds the records of the same form dated before this one, oldest
    first. `versions` are the editions that `options["version"]` may name; a method without editions has none.
    """

    id: str
    meaning: Mapping[str, str]
    source: str
    derive: Callable[[Observation, Sequence[Observation], Mapping[str, Any]], Derived]
    inputs: Mapping[str, Port]
    outputs: Mapping[str, Port]
    rows: Mapping[str, Mapping[str, Port]] = field(default_factory=dict)
    options: Mapping[str, Option] = field(default_factory=dict)
    versions: tuple[str, ...] = ()
    looks_back: bool = False
